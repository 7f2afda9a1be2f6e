"""How decisions are numbered, found and prefilled."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

TITLE_LENGTH: Final = 120
TEXT_LENGTH: Final = 3_000
FORMS_KEPT_FOR: Final = timedelta(days=1)
FOUND: Final = 10
"""How many decisions an answer shows."""

_NUMBER: Final = re.compile(r"(?:d-?)?(\d{1,9})", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s")
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as the registry knows it."""

    number: int
    title: str
    text: str
    reason: str
    owner_id: str
    channel_id: str
    root_ts: str
    permalink: str
    decided_at: datetime

    @property
    def name(self) -> str:
        """What people call it, e.g. D-17."""
        return f"D-{self.number}"


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody typed behind /decision."""

    verb: str
    words: tuple[str, ...] = ()
    number: int | None = None


def parse(text: str) -> Request:
    """Reads `find words`, `show D-17`, `list`; a bare number is shown, anything else gets help."""
    verb, _, rest = text.strip().partition(" ")
    verb = verb.lower()
    if verb == "find" and words_of(rest):
        return Request("find", words=words_of(rest))
    number = _NUMBER.fullmatch(rest.strip() if verb == "show" else verb)
    if number:
        return Request("show", number=int(number[1]))
    return Request("list") if verb == "list" else Request("help")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, each once."""
    return tuple(dict.fromkeys(_WORD.findall(text.lower())))


def search_text(title: str, text: str, reason: str) -> str:
    """What a decision is found by."""
    return " ".join(words_of(f"{title} {text} {reason}"))


def prefilled_title(text: str) -> str:
    """The first sentence of what was said, as a title."""
    first = _SENTENCE_END.split(" ".join(text.split()), maxsplit=1)[0]
    return first[:TITLE_LENGTH].rstrip(" .!")


def is_taken_from(title: str, text: str) -> bool:
    """Whether a title is the beginning of what was said, as the form fills it in."""
    own, said = (" ".join(each.split()).casefold().rstrip(".!?…") for each in (title, text))
    return bool(own) and said.startswith(own)
