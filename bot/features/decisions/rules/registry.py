"""What a decision is, and which changes of it there are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from bot.core.patterns import regex
from bot.core.render import shorten
from bot.features.decisions.rules.proposals import Proposal, Result

TITLE_LENGTH: Final = 120
TEXT_LENGTH: Final = 3_000
MAX_TAGS: Final = 10
TAG_LENGTH: Final = 40
FORMS_KEPT_FOR: Final = timedelta(days=1)
FOUND: Final = 10
"""How many decisions an answer shows."""
STEPS_SHOWN: Final = 4
"""How many versions stand below a decision; its history shows more of them."""
STEPS_LISTED: Final = 20
LATELY: Final = timedelta(days=7)
"""How long what was decided stands on boards."""

_NOT_IN_TAGS: Final = regex(r"[^\w-]+")
_SENTENCE_END: Final = regex(r"(?<=[.!?])\s")


class Status(StrEnum):
    """Where a decision stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    DEPRECATED = "deprecated"


class Change(StrEnum):
    """What made a new version of a decision."""

    LOGGED = "logged"
    PROPOSED = "proposed"
    AMENDED = "amended"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNDECIDED = "undecided"
    REVIEWERS = "reviewers"
    SUPERSEDED = "superseded"
    REINSTATED = "reinstated"
    DEPRECATED = "deprecated"
    REVIEWED = "reviewed"
    SOURCE_DELETED = "source_deleted"
    IMPORTED = "imported"


class Outcome(StrEnum):
    """What a review of a decision found."""

    NONE = ""
    STILL_TRUE = "still_true"
    REVERSED = "reversed"
    IMPLEMENTED = "implemented"


NEXT: Final[Mapping[Status, frozenset[Status]]] = {
    Status.PROPOSED: frozenset({Status.ACCEPTED, Status.REJECTED, Status.DEPRECATED}),
    Status.ACCEPTED: frozenset({Status.SUPERSEDED, Status.DEPRECATED}),
    Status.REJECTED: frozenset(),
    Status.SUPERSEDED: frozenset({Status.ACCEPTED, Status.DEPRECATED}),  # when that is undone
    Status.DEPRECATED: frozenset({Status.SUPERSEDED}),
}
"""The statuses that may follow each."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What people write about a decision; `text` is what was decided, in full.

    Of `alternatives` and `objections` each line is one. `is_reversible` None: nobody said.
    """

    title: str
    text: str = ""
    context: str = ""
    alternatives: str = ""
    objections: str = ""
    owner_id: str = ""
    review_on: date | None = None
    is_reversible: bool | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a decision was made; without `root_ts` its card begins a thread of its own."""

    channel_id: str
    message_ts: str = ""
    root_ts: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as the registry knows it, in its newest version.

    `logged_by` wrote it down; empty: nobody of whom anything is kept. `permalink` is where it was
    made, or its card, and `channel_link` its channel. `was_review_due`: the day of its review is
    over. `recorded_in` are the systems of record that hold this version: name and address of its
    page there, or an empty one.
    `proposed` is how its proposal ended; None: it was never proposed.
    """

    number: int
    version: int
    status: Status
    fields: Fields
    place: Place
    permalink: str
    logged_by: str
    decided_at: datetime
    changed_at: datetime
    superseded_by: int | None = None
    supersedes: tuple[int, ...] = field(default=())
    outcome: Outcome = Outcome.NONE
    is_source_gone: bool = False
    was_review_due: bool = False
    recorded_in: tuple[tuple[str, str], ...] = ()
    proposed: Result | None = None
    channel_link: str = ""

    @property
    def address(self) -> str:
        """Where one finds it: where it was made, or its card, or else its channel."""
        return self.permalink or self.channel_link

    @property
    def name(self) -> str:
        """What people call it, e.g. D-17."""
        return name_of(self.number)

    @property
    def standing(self) -> str:
        """Its status as people call it: what its proposer took back was not rejected."""
        is_withdrawn = self.proposed is Result.WITHDRAWN and self.status is Status.REJECTED
        return str(Result.WITHDRAWN) if is_withdrawn else str(self.status)


@dataclass(frozen=True, slots=True)
class Step:
    """One version of a decision, for a reader: `at` is in their zone, `changed` names fields."""

    version: int
    change: Change
    at: datetime
    by: str
    note: str = ""
    changed: tuple[str, ...] = ()
    outcome: Outcome = Outcome.NONE


@dataclass(frozen=True, slots=True)
class History:
    """What happened to a decision, the newest first; `more` versions are older than these."""

    steps: tuple[Step, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Details:
    """A decision and all that a reader may know of it, `now` in their zone."""

    decision: Decision
    now: datetime
    history: History = field(default_factory=History)
    superseded_by: Decision | None = None
    supersedes: tuple[Decision, ...] = ()
    proposal: Proposal | None = None


def name_of(number: int) -> str:
    """What people call the decision with this number, e.g. D-17."""
    return f"D-{number}"


def may_become(status: Status, following: Status) -> bool:
    """Whether a status may follow another."""
    return following in NEXT[status]


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the fields in which two records of a decision differ."""
    names = (each.name for each in fields(Fields))
    return tuple(name for name in names if before.get(name) != after.get(name))


def tags_in(text: str) -> tuple[str, ...]:
    """The tags that somebody wrote, parted by blanks or commas, in lower case and each once."""
    return all_tags_in(text)[:MAX_TAGS]


def all_tags_in(text: str) -> tuple[str, ...]:
    """The same, also where they are more than a decision may bear."""
    words = (_NOT_IN_TAGS.sub("", word.lower()) for word in re.split(r"[\s,;]+", text))
    return tuple(dict.fromkeys(word[:TAG_LENGTH] for word in words if word))


def prefilled_title(text: str) -> str:
    """The first sentence of what was said, as a title; what is left out shows as dots."""
    first = _SENTENCE_END.split(" ".join(text.split()), maxsplit=1)[0]
    return shorten(first, TITLE_LENGTH).rstrip(" .!")


def is_taken_from(title: str, text: str) -> bool:
    """Whether a title is the beginning of what was said, as the form fills it in."""
    own, said = (" ".join(each.split()).casefold().rstrip(".!?…") for each in (title, text))
    return bool(own) and said.startswith(own)
