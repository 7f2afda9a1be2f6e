"""A message that somebody points at because they wait for a reply to it."""

from dataclasses import astuple, dataclass, fields
from enum import StrEnum
from typing import Final

MOST: Final = 3_000
"""Characters that Slack lets a form bring back; words are cut to fit."""


class Heard(StrEnum):
    """What Baton knows of such a message by itself."""

    KNOWN = "known"
    MISSED = "missed"  # it is in that channel, but was not when the message came
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Pointed:
    """Where it stands, who wrote it, and its words as Slack has them, as far as they are needed."""

    channel_id: str
    ts: str
    thread_ts: str
    author_id: str
    words: str

    def reference(self) -> str:
        """As a form carries it until it is sent off; nothing is stored before."""
        return "\n".join(astuple(self))[:MOST]

    @classmethod
    def of(cls, reference: str) -> "Pointed | None":
        """What a form brings back."""
        parts = reference.split("\n", 4)
        return cls(*parts) if len(parts) == len(fields(cls)) else None
