"""What somebody's own messages of a day tell: what they finished, links, and open threads."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.core.cues import cue, ends_in_question, own_words, sentences
from bot.core.digests import ThreadKind
from bot.core.message_store import StoredMessage
from bot.core.patterns import regex

MAX_ADDRESS: Final = 300
MOST_REPLIES: Final = 60
"""So many messages of a thread, the last, tell whether it is open."""

_OPEN: Final = frozenset({ThreadKind.OPEN_QUESTION, ThreadKind.DISAGREEMENT})
_PLACE: Final = r"(?P<where>[\w.-]{1,100}(?:/[\w.-]{1,100}){1,4}?)"
_NUMBER: Final = r"(?P<number>\d{1,9})"
_ADDRESS: Final = regex(
    r"<(?P<url>https://(?P<host>[\w.-]{3,200})/(?:"
    rf"{_PLACE}/(?:-/)?(?P<kind>pull|issues|merge_requests)/{_NUMBER}"
    r"|(?:[\w.-]{1,40}/){0,2}(?:browse|issue)/(?P<key>[A-Z][A-Z0-9]{1,15}-\d{1,9})"
    r"))(?=[/?#|>])[^|<>\s]*(?:\|[^<>]*)?>",
    re.ASCII,
)
_SENTENCE: Final = regex(r"(?<=[.!?\u2026])\s+|\n+")
_FINISHED: Final = (
    r"(?:merged|shipped|deployed|released|fixed|finished|completed|resolved|closed|landed|"
    r"moved|migrated|upgraded|added|removed|reviewed|tested|documented|refactored|published|"
    r"rolled (?:out|back)|wrapped up|cleaned up|sent out|handed in)"
)
_DONE: Final = cue(
    "finished",
    "says what was finished, in the first person or without one",
    rf"(?:(?:and|so|also|ok|okay|update|fyi|done|just|finally|now|today)[\s,:]+)*"
    rf"(?:(?:i|we)(?:'ve| have)?(?: (?:just|finally|now|also|already))? )?{_FINISHED}\b|"
    rf"[^.?!]{{0,80}}\b(?:is|are|was|were|has been|have been|got)(?: (?:now|finally|all))? "
    rf"(?:{_FINISHED}|done|live|out)\b",
)
_NOT_DONE: Final = cue(
    "not finished",
    "denies it, asks for it, or puts it off",
    r"\?|\b(?:not|never|no|nothing|cannot|\w+n't|will|won't|if|once|until|unless|before|should|"
    r"could|can|would|must|needs? to|to be|almost|nearly|half|partly)\b",
)


@dataclass(frozen=True, slots=True)
class Linked:
    """A pull request or an issue that a message links to, and how people write it."""

    url: str
    label: str
    token: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread in which somebody wrote that day, by age; `own` are their messages of the day."""

    said: Sequence[StoredMessage]
    own: Sequence[StoredMessage]

    @property
    def root_ts(self) -> str:
        """The message under which it stands."""
        return self.own[0].thread_root

    @property
    def at(self) -> datetime:
        """When they wrote in it first that day."""
        return self.own[0].at


def linked_in(text: str) -> list[Linked]:
    """The pull requests and issues that a text of Slack's links to, each once."""
    found: dict[str, Linked] = {}
    for each in _ADDRESS.finditer(text):
        url = each["url"] if each["key"] else each["url"].lower()
        if len(url) <= MAX_ADDRESS:
            label = each["key"] or f"{each['where'].removesuffix('/-')} #{each['number']}"
            found.setdefault(url, Linked(url, label, each[0]))
    return list(found.values())


def about(text: str, linked: Linked, readable: Callable[[str], str]) -> str:
    """The sentence with a link, in its author's words, the link as people write it."""
    mark = f" {linked.label} "
    words = " ".join(text.replace(linked.token, mark).split(" "))
    named = next((each for each in _SENTENCE.split(words) if linked.label in each), words)
    return " ".join(readable(_without_addresses(named)).split())


def finished(text: str, readable: Callable[[str], str]) -> str:
    """The sentences of a text that say what its author finished; empty: none does."""
    told = [each for each in _SENTENCE.split(text) if _is_done(each)]
    return " ".join(" ".join(readable(_without_addresses(each)).split()) for each in told)


def says_done(text: str) -> bool:
    """Whether a text says that something is finished, and nowhere that it is not."""
    return any(map(_is_done, _SENTENCE.split(text))) and not _NOT_DONE.occurs(own_words(text))


def is_open(kind: ThreadKind | None, said: Sequence[StoredMessage]) -> bool:
    """Whether a thread waits for something: a feature knows, or its last words ask."""
    return kind in _OPEN or (kind is None and bool(said) and ends_in_question(said[-1].text))


def _is_done(sentence: str) -> bool:
    return any(
        _DONE.begins(each) and not _NOT_DONE.occurs(each) for each in sentences(own_words(sentence))
    )


def _without_addresses(text: str) -> str:
    """A text without the addresses that stand in it; what a link is called stays."""
    return re.sub(r"<https?://[^<>|\s]+>", "", text)
