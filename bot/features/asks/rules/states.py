"""Where an ask can stand, and how it gets from one state to another."""

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where an ask stands."""

    OPEN = "open"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    DECLINED = "declined"
    DELEGATED = "delegated"
    WENT_AHEAD = "went_ahead"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


_ENDS: Final = frozenset({State.ANSWERED, State.DECLINED, State.WITHDRAWN, State.EXPIRED})

TRANSITIONS: Final = {
    State.OPEN: _ENDS
    | {State.DUE_SOON, State.OVERDUE, State.ACCEPTED, State.DELEGATED, State.WENT_AHEAD},
    State.DUE_SOON: _ENDS
    | {State.OPEN, State.OVERDUE, State.ACCEPTED, State.DELEGATED, State.WENT_AHEAD},
    State.OVERDUE: _ENDS | {State.OPEN, State.ACCEPTED, State.DELEGATED},
    State.ACCEPTED: _ENDS | {State.OPEN, State.OVERDUE, State.DELEGATED},
    State.DELEGATED: (_ENDS - {State.DECLINED}) | {State.OPEN, State.WENT_AHEAD},
    # a ✅ that is taken back, perhaps by whom it was passed on to
    State.ANSWERED: frozenset({State.OPEN, State.DELEGATED}),
    State.DECLINED: frozenset({State.OPEN, State.ANSWERED}),  # asked once more, or done after all
    State.WENT_AHEAD: frozenset({State.ANSWERED}),  # an answer that came after all
    State.WITHDRAWN: frozenset({State.OPEN}),  # undone, or named again by an edit
    State.EXPIRED: frozenset({State.ANSWERED}),
}
"""Each state and those that may follow it."""

WAITING: Final = frozenset({State.OPEN, State.DUE_SOON, State.OVERDUE, State.ACCEPTED})
"""Somebody is waiting for the answerer."""
RUNNING: Final = frozenset({State.OPEN, State.DUE_SOON})
"""The time that was promised still runs, and nobody has said anything."""
UNSETTLED: Final = WAITING | {State.DELEGATED}
"""Somebody is waiting, for the answerer or for whom they passed it on to."""


class Relation(StrEnum):
    """How an ask came from another one."""

    DELEGATED = "delegated"  # passed on to this answerer, who may return it
    ESCALATED = "escalated"  # the answerer was silent, so somebody else is asked, too
    STAND_IN = "stand_in"  # the answerer is away, so the asker asks who stands in for them
    TURNED = "turned"  # the answerer asked back: the first asker owes, the other clock stands still


PASSED_ON: Final = frozenset({Relation.DELEGATED, Relation.STAND_IN})
"""What another answerer has instead of the one before, who has it again if it is returned."""


class How(StrEnum):
    """By what an ask was settled."""

    REPLY = "reply"
    REACTION = "reaction"
    BUTTON = "button"
    ASKER = "asker"
    EDIT = "edit"  # the message does not ask them any more
    OTHER = "other"  # the ask that it came from, or that came from it
    CLOCK = "clock"
    LEFT = "left"  # one of the two is no full member any more


def may_become(state: State, following: State) -> bool:
    """Whether the table of transitions allows a step."""
    return following in TRANSITIONS[state]


def states_before(following: State) -> frozenset[State]:
    """The states from which `following` can be reached."""
    return frozenset(state for state in State if may_become(state, following))
