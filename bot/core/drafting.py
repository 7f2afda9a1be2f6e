"""What features and the model's adapter share: material to draft from, and drafts made of it.

Nothing here knows a vendor. People stand in the material as A1, A2 …; only code puts them back.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final, Protocol

from bot.core.agreement.kinds import Dollars, Switch
from bot.core.agreement.setting import Layer, Setting
from bot.core.patterns import regex
from bot.core.render import Mention, Mrkdwn, clean, join, mrkdwn, plain

ALIAS: Final = regex(r"\bA[1-9]\d{0,3}\b")
LINK: Final = regex(
    r"://|\\\\\w|\bwww\.|xn--|\b(?:data|javascript|vbscript|mailto|tel):\S|\]\s*\("
    r"|\w[.\uff0e]\w*[^\W\d_]|\b\d{1,3}(?:\.\d{1,3}){3}\b|\w\s?[\[({]\s?(?:\.|dot)\s?[\])}]|\w\u00b7\w|\bdot\s(?:com|org|net|io)\b",
    re.IGNORECASE,
)
"""What Slack, or a reader, could take for an address."""
MARKUP: Final = regex(
    r"[<>*`~_@\uff1c\uff1e\uff20\ufe64\ufe65\ufe6b]|&#?\w+;|:[a-z][\w+-]*:", re.IGNORECASE
)
"""What Slack would make something of."""

DRAFTS: Final = Setting[bool](
    "model.drafts",
    Switch(),
    default=True,
    layers=(Layer.WORKSPACE,),
    label="Drafts by a model",
    hint="Only where whoever runs Baton has given it a key; off: every draft is the plain one",
)
DAILY_CAP: Final = Setting[Decimal](
    "model.daily_cap",
    Dollars(Decimal(1_000)),
    Decimal(5),
    (Layer.WORKSPACE,),
    "Model budget a day",
    "In dollars; it never goes past the limit of whoever runs Baton",
)

MAX_PASSES: Final = 8
_LINK_TOKEN: Final = regex(r"<[a-z][a-z0-9+.-]*:[^>]*>", re.IGNORECASE)
_ADDRESS: Final = regex(r"\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+", re.IGNORECASE)
_DOT_INSIDE: Final = regex(r"(?<=\w)\.(?=\w*[^\W\d_])")
_PERSON: Final = regex(r"<@([UW]\w+)(?:\|[^>]*)?>")
_AS_WORDS: Final = str.maketrans({"<": "‹", ">": "›", "@": "at ", "_": " "})  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands."""

    channel_id: str
    ts: str


@dataclass(frozen=True, slots=True)
class Source:
    """A message to draft from; `text` is what a model may read, `rev` tells edits apart."""

    id: str
    author_id: str
    text: str
    place: Place
    rev: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Material:
    """Messages of one channel, and the people in them by their aliases."""

    sources: Sequence[Source]
    people: Mapping[str, str]

    def alias_of(self, user_id: str) -> str:
        """What a person is called in the material."""
        return next(alias for alias, known in self.people.items() if known == user_id)


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a channel as it was written, with Slack's tokens."""

    place: Place
    author_id: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """The kinds of lines that a draft may have, and how far they may leave the words of others.

    Lines of the kinds in `own_words` may say what no message says; what they name and count must
    stand there all the same. `stands_in`: a line that says something else than what it cites is
    replaced by those words; otherwise it is left out.
    """

    kinds: tuple[str, ...]
    own_words: frozenset[str] = frozenset()
    stands_in: bool = True


NEWS: Final = Wanted(("blocker", "decision", "question", "update", "fyi"))
"""What somebody who was away needs to know."""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One line of a draft: what it says, the messages it comes from, and words of the first."""

    text: str
    source_ids: tuple[str, ...]
    quote: str
    kind: str


@dataclass(frozen=True, slots=True)
class Usage:
    """The tokens that a call took."""

    input_tokens: int = 0
    output_tokens: int = 0


@dataclass(frozen=True, slots=True)
class PromptRef:
    """Which prompt a draft was asked for with."""

    id: str = ""
    version: int = 0
    sha: str = ""

    @property
    def name(self) -> str:
        """What it is called, e.g. "digest/channel v2"."""
        return f"{self.id} v{self.version}"


@dataclass(frozen=True, slots=True)
class Draft:
    """Lines that were checked; `outcome` says in a word how it came about.

    A plain one holds nothing but people's own words.
    """

    lines: Sequence[DraftLine]
    outcome: str
    is_plain: bool
    prompt: PromptRef = field(default_factory=PromptRef)
    model: str = ""
    usage: Usage = field(default_factory=Usage)
    drops: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """What to draft: the prompt's id, the material, and values for the prompt's own variables.

    `wanted` are the kinds of lines that the prompt asks for.
    """

    team_id: str
    prompt: str
    material: Material
    values: Mapping[str, str] = field(default_factory=dict)
    wanted: Wanted = NEWS


class Drafter(Protocol):
    """Words a draft from material; called between units of work, never inside one."""

    @property
    def is_plain(self) -> bool:
        """Whether every draft is the plain one, so that there is no need to ask."""
        ...

    def draft(self, request: DraftRequest) -> Draft:
        """Always returns a draft: what goes wrong makes it a plain one."""
        ...


def material_of(said: Iterable[Said]) -> Material:
    """Gives messages short ids and people aliases that occur in nobody's words."""
    messages = list(said)
    taken = {found for each in messages for found in ALIAS.findall(clean(each.text))}
    mentioned = (found[1] for each in messages for found in _PERSON.finditer(each.text))
    people = dict.fromkeys([*(each.author_id for each in messages), *mentioned])
    free = (f"A{n}" for n in range(1, len(people) + len(taken) + 1) if f"A{n}" not in taken)
    aliases = dict(zip(people, free, strict=False))
    sources = [
        Source(
            f"S{number}",
            each.author_id,
            readable(each.text, aliases),
            each.place,
            revision(each.text),
            each.at,
        )
        for number, each in enumerate(messages, 1)
    ]
    return Material(sources, {alias: user_id for user_id, alias in aliases.items()})


def readable(text: str, aliases: Mapping[str, str]) -> str:
    """A message as a model may read it: aliases for people, no markup, no link, nothing unseen."""
    text = _PERSON.sub(lambda found: aliases.get(found[1], "someone"), clean(text))
    text = _ADDRESS.sub("[link]", plain(_LINK_TOKEN.sub("[link]", text)))
    text = _DOT_INSIDE.sub(". ", text.translate(_AS_WORDS))
    for _ in range(MAX_PASSES):
        before = text
        if LINK.search(unicodedata.normalize("NFKC", text)):
            text = LINK.sub(" [link] ", unicodedata.normalize("NFKC", text))
        text = " ".join(clean(MARKUP.sub("", text)).split())
        if text == before:
            return text
    return ""


def revision(text: str) -> str:
    """Tells one wording of a message from another."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def with_people(text: str, people: Mapping[str, str]) -> Mrkdwn:
    """Safe text in which the aliases have become the people they stand for."""
    parts: list[Mrkdwn] = []
    end = 0
    for found in ALIAS.finditer(text):
        user_id = people.get(found[0])
        if user_id is not None:
            parts.append(mrkdwn("{text}", text=text[end : found.start()]))
            parts.append(mrkdwn("{who}", who=Mention(user_id)))
            end = found.end()
    return join("", [*parts, mrkdwn("{text}", text=text[end:])])
