"""What somebody wants of `/ask`."""

import re
from dataclasses import dataclass
from typing import Final

from bot.core.patterns import regex

_PERSON: Final = regex(r"<@(\w+)(?:\|[^>]*)?>")
_GROUP: Final = regex(r"<!subteam\^(\w+)(?:\|[^>]*)?>")
_CHANNEL: Final = regex(r"<#(\w+)(?:\|[^>]*)?>")
_URGENT: Final = regex(
    r"(?:^|\s)(?<!\bnot\s)(?<!\bnon\s)(?<!n't\s)(?<!\bnot so\s)(?<!\bnot that\s)(?<!\bless\s)"
    r"urgent:\s*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_WHOM: Final = r"(?:<@\w+(?:\|[^>]*)?>|<!subteam\^\w+(?:\|[^>]*)?>)"
_AND: Final = r"(?:[\s,:;/+]|&amp;|&|\band\b)"
_LEADING: Final = regex(rf"\s*{_WHOM}(?:{_AND}*{_WHOM})*[\s,:]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody typed behind /ask; `text` is Slack's, `reason` why it is urgent."""

    verb: str
    text: str = ""
    people: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    channel_id: str = ""
    is_urgent: bool = False
    reason: str = ""


def parse(text: str) -> Request:
    """Reads `list`, `stats`, `stats #channel`, `help`, nothing (the composer), and a question.

    A question begins with whom it is for. What has no person in front is unclear.
    """
    words = text.strip()
    verb, _, rest = words.partition(" ")
    match verb.lower():
        case "":
            return Request("compose")
        case "list" | "help" if not rest.strip():
            return Request(verb.lower())
        case "stats":
            channel = _CHANNEL.fullmatch(rest.strip())
            return Request("stats", channel_id=channel[1] if channel else "")
    whom = _LEADING.match(words)
    if whom is None:
        return Request("unclear", text=words)
    people = tuple(dict.fromkeys(_PERSON.findall(whom[0])))
    groups = tuple(dict.fromkeys(_GROUP.findall(whom[0])))
    what = words[whom.end() :].strip()
    urgent = _URGENT.search(what)
    reason = urgent[1].strip() if urgent else ""
    if urgent:
        what = what[: urgent.start()].strip()
    return Request(
        "ask" if what else "compose", what, people, groups, "", urgent is not None, reason
    )
