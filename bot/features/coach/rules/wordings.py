"""What a model is asked to word for somebody, and how far that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from bot.features.coach.rules.catalogue import Part

KEPT_FOR: Final = timedelta(days=7)
"""As long as the buttons under it are good."""
LATE: Final = timedelta(minutes=2)
"""After this long whoever took it on has stopped: it is told plainly."""


class Wording(StrEnum):
    """What is worded."""

    DRAFT = "draft"
    KINDLY = "kindly"


class State(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    DRAFTING = "drafting"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class About:
    """Who asked for words, and about which message."""

    kind: Wording
    user_id: str
    channel_id: str
    ts: str


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be worded, as it was asked for.

    `rev` tells the wording of the message that it is about; `missing` is what a draft lacks.
    """

    id: UUID
    about: About
    rev: str
    state: State
    made_at: datetime
    missing: tuple[Part, ...]
    parts: Mapping[str, str]
