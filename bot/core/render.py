"""The one way from text to Slack: normalise, strip what cannot be seen, escape.

Whatever people or models wrote is escaped; mentions, links and times are typed objects that only
code can make. The order matters: full-width brackets normalise to those of a live mention,
so escaping comes last.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from string import Formatter
from types import MappingProxyType
from typing import Final, TypeAlias

from bot.core.patterns import regex


class Mrkdwn(str):
    """Text in Slack's markup that is safe to post, and stays as it is inside of another."""

    __slots__ = ()


MAX_COMBINING: Final = 8
MAX_NAME: Final = 40
MAX_LABEL: Final = 300
SPARE: Final = 4
"""How many times as much as will be shown is looked at: some of it cannot be seen."""
_FORMATTING: Final = str.maketrans("", "", "*~`")
# What compatibility normalisation would turn into markup. All of NFKC would spoil people's words:
# it makes 12 of ½ and other letters of Japanese.
_LOOKALIKES: Final = str.maketrans(
    "\uff1c\uff1e\uff06\uff20\ufe64\ufe65\ufe60\ufe6b", "<>&@<>&@"
) | {0: "\u2400"}
_BLANKS: Final = regex("[\u00ad\u034f\u115f\u1160\u2800\u3164\uffa0]")
_VARIATION: Final = regex("[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_SURROGATE: Final = regex("[\ud800-\udfff]")
_BLANK_LINES: Final = regex(r"\n{3,}")
_COMBINING_RUN: Final = regex(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{9,}")
_BROADCAST: Final = regex(r"(?<!\w)@(?=(?:channel|here|everyone)\b)", re.IGNORECASE)
_MENTION: Final = regex(r"<@([UW]\w+)(?:\|([^<>]*))?>")
_GROUP: Final = regex(r"<!subteam\^(S[A-Z0-9]{1,30})(?:\|@?([^<>]*))?>")
_LABELLED: Final = regex(r"<(https?://[^<>|\s]+)\|([^<>]+)>")
_ERASED: Final = "somebody"  # what stands in the place of an id that was erased
_KEPT_CONTROLS: Final = {"\n", "\t"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, shown by their current name."""

    user_id: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, shown by its current name."""

    channel_id: str


@dataclass(frozen=True, slots=True)
class Group:
    """A user group, shown by its current handle; in a channel everybody in it is notified."""

    group_id: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an address that our own code made."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Instant:
    """An instant, which Slack shows in each reader's own time; where it cannot, it is in UTC."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words on lines of their own, cut at `limit` characters.

    In them `@name` of these people is a mention; `people` are names by id.
    """

    text: str
    limit: int = 300
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Addressed:
    """Somebody's words, in which `@name` of these people is a mention; `people` are names by id."""

    text: str
    people: Mapping[str, str]


Part: TypeAlias = str | int | Mention | Channel | Group | Link | Instant | Quote | Addressed


def mrkdwn(template: str, **parts: Part) -> Mrkdwn:
    """Fills `{name}` fields of a template of ours; strings that are no markup are escaped."""
    filled = []
    for literal, name, _, _ in Formatter().parse(template):
        filled.append(literal)
        if name is not None:
            filled.append(_markup(parts[name]))
    return Mrkdwn("".join(filled))


def join(separator: str, parts: list[Mrkdwn]) -> Mrkdwn:
    """Joins safe texts."""
    return Mrkdwn(separator.join(parts))


def clean(text: str) -> str:
    """Text as a reader sees it: normalised, without invisible, direction and control characters."""
    if text.isascii() and text.isprintable():
        return text  # there is nothing to hide in it
    text = unicodedata.normalize("NFC", text).translate(_LOOKALIKES)
    text = _BLANKS.sub("", text)
    text = _SURROGATE.sub("\ufffd", text)
    text = _VARIATION.sub(lambda run: "\ufe0f" if run[0][0] == "\ufe0f" else "", text)
    text = "".join(char for char in text if _visible(char))
    return _COMBINING_RUN.sub(lambda run: run[0][:MAX_COMBINING], text)


def escape(text: str) -> str:
    """Text that Slack shows literally: no mention, link or markup token can come out of it."""
    text = clean(text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _BROADCAST.sub("at-", text)


def plain(text: str, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """What people read in a text that came from Slack: its escapes undone, its tokens as words.

    `names` tells how the people and user groups mentioned are called, by their id.
    """
    text = _MENTION.sub(lambda found: "@" + (names.get(found[1]) or found[2] or "someone"), text)
    text = _GROUP.sub(lambda found: "@" + (names.get(found[1]) or found[2] or "a group"), text)
    text = re.sub(r"<!(here|channel|everyone)(?:\|[^<>]*)?>", r"@\1", text)
    text = re.sub(r"<#\w+\|([^<>]+)>", r"#\1", text)
    text = re.sub(r"<!date\^[^<>|]*\|([^<>]*)>", r"\1", text)
    text = re.sub(r"<[^<|>\s]+\|([^<>]*)>", r"\1", text)
    text = re.sub(r"<((?:https?|mailto):[^<>]*)>", r"\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mentions_in(text: str) -> tuple[str, ...]:
    """Ids of the people mentioned in a text that came from Slack, in order."""
    return tuple(dict.fromkeys(found[1] for found in _MENTION.finditer(text)))


def links_in(text: str) -> tuple[Link, ...]:
    """The web addresses with a label of their own in a text that came from Slack, in order."""
    return tuple(Link(plain(found[1]), plain(found[2])) for found in _LABELLED.finditer(text))


def groups_in(text: str) -> tuple[str, ...]:
    """Ids of the user groups mentioned in a text that came from Slack, in order."""
    return tuple(dict.fromkeys(found[1] for found in _GROUP.finditer(text)))


def cut(text: str, limit: int) -> str:
    """The first `limit` characters, cleaned, and how many more there are."""
    head = text[: limit * SPARE]
    shown = _BLANK_LINES.sub("\n\n", clean(head)).strip()
    if len(head) == len(text) and len(shown) <= limit:
        return shown
    shown = shown[:limit].rstrip()
    return f"{shown}…[{len(text) - len(shown)} more]"


def person_name(name: str) -> str:
    """How somebody is called, on one line, without formatting, at most 40 characters."""
    named = clean(name[: MAX_NAME * SPARE]).translate(_FORMATTING)
    return shorten(named, MAX_NAME) or "somebody"


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters on one line, cut at a word where one is near."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    word = cut.rfind(" ")
    return (cut[:word] if word > limit // 2 else cut).rstrip() + "…"


def local_time(instant: datetime, now: datetime | None = None) -> str:
    """An aware local time as people say it, e.g. `Tue 6 Oct, 09:00`.

    With its year if that is another one than that of `now`.
    """
    year = f" {instant:%Y}" if now is not None and now.year != instant.year else ""
    return f"{instant:%a} {instant.day} {instant:%b}{year}, {instant:%H:%M}"


def local_day(day: date) -> str:
    """A day as people say it, e.g. `Tue 6 Oct`."""
    return f"{day:%a} {day.day} {day:%b}"


def _visible(char: str) -> bool:
    if char in _KEPT_CONTROLS or char == "\ufe0f":
        return True
    # Cc control, Cf format (zero width, direction, tags), Cs surrogate, Co private, Cn unassigned
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"} or char == "\u200d"


def _markup(part: Part) -> str:
    match part:
        case Mention() | Channel() | Group() | Link() | Instant():
            return _token(part)
        case Quote(text, limit, people):
            return _quoted(text, limit, people)
        case Addressed(text, people):
            return _with_mentions(clean(text), people)
        case Mrkdwn():
            return part
        case _:
            return escape(str(part))


def _token(part: Mention | Channel | Group | Link | Instant) -> str:
    match part:
        case Mention(user_id):
            return f"<@{user_id}>" if user_id not in {"", _ERASED} else _ERASED
        case Channel(channel_id):
            return f"<#{channel_id}>"
        case Group(group_id):
            return f"<!subteam^{group_id}>"
        case Link(url, label):
            return f"<{url}|{escape(shorten(label, MAX_LABEL)).replace('|', '/')}>"
        case Instant(at):
            in_utc = at.astimezone(UTC)
            fallback = f"{local_time(in_utc)} UTC"
            return f"<!date^{int(at.timestamp())}^{{date_short_pretty}}, {{time}}|{fallback}>"


def _quoted(text: str, limit: int, people: Mapping[str, str]) -> str:
    lines = cut(text, limit).splitlines()
    return "\n".join(f"> {_with_mentions(line, people)}" for line in lines)


def _with_mentions(text: str, people: Mapping[str, str]) -> str:
    """Escapes all but the names; one that several people have mentions none of them."""
    count = Counter(people.values())
    ids = {name: user_id for user_id, name in people.items() if count[name] == 1}
    if not ids:
        return escape(text)
    longest_first = sorted(count, key=len, reverse=True)
    named = regex(rf"(?<!\w)@({'|'.join(map(re.escape, longest_first))})(?!\w)")
    parts, end = [], 0
    for found in named.finditer(text):
        if found[1] in ids:
            parts += [escape(text[end : found.start()]), f"<@{ids[found[1]]}>"]
            end = found.end()
    return "".join([*parts, escape(text[end:])])
