"""What somebody hands over, and to whom."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """Where a baton is."""

    OFFERED = "offered"  # its holder is to take it
    RETURNED = "returned"  # its holder asked something, and the sender owes an answer
    TAKEN = "taken"
    BACK = "back"  # nobody took it: it is the sender's again
    DONE = "done"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({State.OFFERED, State.RETURNED, State.TAKEN, State.BACK})


class StepKind(StrEnum):
    """What happened to a baton."""

    HANDED_OVER = "handed over"
    TAKEN = "taken"
    RETURNED = "returned"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"  # the question was settled without an answer
    PASSED_ON = "passed on"
    NUDGED = "nudged"
    MOVED = "moved"  # not taken in time: offered to the next one
    CAME_BACK = "came back"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be carried on; everything is plain text as people typed it.

    `source` names what it is about: `ask:<id>`, `link:<address>`, `message:<channel>|<ts>`, or
    nothing. `blocked_by` is who its author waits for, `blocked_on` what for, and `asked` the id of
    the ask by which they are asked for it already.
    """

    what: str
    progress: str = ""
    why: str = ""
    next_step: str = ""
    watch_out: str = ""
    links: tuple[str, ...] = ()
    source: str = ""
    blocked_by: str = ""
    blocked_on: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class To:
    """To whom something goes: a named person, or whoever is next in a chain."""

    user_id: str = ""
    chain_id: UUID | None = None
