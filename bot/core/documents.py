"""What is written to a system of record, and where it stands there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256


class Kind(StrEnum):
    """What a part of a document is."""

    HEADING = "heading"
    TEXT = "text"
    BULLET = "bullet"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a document as people read it, without any markup; a link has a `url`."""

    kind: Kind
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A record for a system outside of Slack, in two forms: a markdown file, and its parts.

    `name` is the file's; it never changes, and no other document has it. `key` is what people call
    the record (`D-17`), `title` begins with it. `change` says in one line what is new in it, `at`
    when that was.
    """

    name: str
    text: str
    key: str = ""
    title: str = ""
    parts: Sequence[Part] = ()
    change: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a document stands: `id` is the system's own, `url` what people open; empty: nothing.

    `digest` is that of what the system gives back as long as nobody changes it there. `replaced`:
    somebody had, and it was written over; the system's history has their text.
    """

    id: str
    digest: str
    url: str = ""
    replaced: bool = False


def digest(text: str) -> str:
    """What tells one text from another."""
    return sha256(text.encode()).hexdigest()


def lines_of(parts: Sequence[Part]) -> str:
    """The parts as plain text, a line each, without differences of blanks that systems make."""
    said = (" ".join(f"{part.kind}: {part.text} {part.url}".split()) for part in parts)
    return "\n".join(said)
