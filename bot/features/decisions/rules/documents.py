"""A decision with all that is known of it, as plain data: what is exported, and imported again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from bot.features.decisions.rules.registry import Change, Outcome, Status, name_of

SNAPSHOT: Final = (
    "title",
    "text",
    "context",
    "alternatives",
    "objections",
    "owner_id",
    "review_on",
    "is_reversible",
    "tags",
    "status",
    "outcome",
)
"""What a version of a decision keeps (`DecisionVersionRow.record`)."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person by Slack's id and the name people know; both empty: nobody, or nobody any more."""

    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One version: who changed what, when, why in words, and the decision as it was then.

    `snapshot` has the names in SNAPSHOT: texts, dates as ISO text, tags parted by blanks. Empty: it
    is not known.
    """

    version: int
    at: datetime
    by: Somebody
    change: Change
    note: str = ""
    snapshot: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """A decision in its newest version, and what is known of the ones before.

    The texts are as in `Fields`. `author` said what was decided, `logged_by` wrote it down.
    `first_title` is that of the first version; the file is named after it. `supersedes` and
    `superseded_by` are names of files (`madr.file_name`). `channel_id`, `message_ts` and `root_ts`
    are its place in Slack, `permalink` the address of it. Times are in UTC, to the microsecond.
    """

    number: int
    version: int
    status: Status
    title: str
    first_title: str
    decided_at: datetime
    changed_at: datetime
    text: str = ""
    context: str = ""
    alternatives: str = ""
    objections: str = ""
    owner: Somebody = Somebody()
    author: Somebody = Somebody()
    logged_by: Somebody = Somebody()
    tags: tuple[str, ...] = ()
    review_on: date | None = None
    is_reversible: bool | None = None
    outcome: Outcome = Outcome.NONE
    supersedes: tuple[str, ...] = ()
    superseded_by: str = ""
    channel_id: str = ""
    message_ts: str = ""
    root_ts: str = ""
    permalink: str = ""
    is_source_gone: bool = False
    versions: tuple[Version, ...] = ()

    @property
    def name(self) -> str:
        """What people call it, e.g. D-17."""
        return name_of(self.number)


def snapshot(record: Record) -> dict[str, Any]:
    """A record as its newest version keeps it."""
    return {
        "title": record.title,
        "text": record.text,
        "context": record.context,
        "alternatives": record.alternatives,
        "objections": record.objections,
        "owner_id": record.owner.id,
        "review_on": record.review_on.isoformat() if record.review_on else None,
        "is_reversible": record.is_reversible,
        "tags": " ".join(record.tags),
        "status": str(record.status),
        "outcome": str(record.outcome),
    }
