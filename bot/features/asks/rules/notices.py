"""What people are told about asks in direct messages, and as long as it is worth telling."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.features.asks.rules.states import UNSETTLED, WAITING, State


class Notice(StrEnum):
    """Something to tell somebody."""

    ASKED = "asked"  # the ask itself, where it is no message in a channel
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    DELEGATED = "delegated"  # to whom it was passed on
    STANDS_IN = "stands_in"  # to who stands in for somebody who is away
    ESCALATED = "escalated"  # to who is asked, too
    RETURNED = "returned"  # to who had passed it on
    ASKED_BACK = "asked_back"  # to the first asker: what the answerer has to know before
    RESUMED = "resumed"  # to who had asked back: it waits for them again
    ANSWERED = "answered"  # the rest are for the asker, or for both
    DECLINED = "declined"
    WENT_AHEAD = "went_ahead"
    EXPIRED = "expired"
    LEFT = "left"  # the answerer is no full member any more
    NOT_POSTED = "not_posted"
    UNREACHABLE = "unreachable"  # whom Baton may not write to any more
    PASSED_ON = "passed_on"  # who has it now
    WAS_URGENT = "was_urgent"  # for the answerer
    ADDED = "added"  # what the other side wrote to Baton after it was settled


REMINDERS: Final = frozenset({Notice.DUE_SOON, Notice.OVERDUE})
"""What somebody can switch off."""
STARTING: Final = frozenset(
    {
        Notice.ASKED,
        Notice.DELEGATED,
        Notice.STANDS_IN,
        Notice.ESCALATED,
        Notice.RETURNED,
        Notice.ASKED_BACK,
    }
)
"""What the clock of an ask starts with."""
FIRST: Final = STARTING | {Notice.RESUMED}
"""What somebody hears an ask by: it waits until they are open to it, however long that takes."""
ASKING: Final = REMINDERS | FIRST
"""What asks for an answer: settled with the ask."""

NEWS: Final = frozenset(
    {Notice.ANSWERED, Notice.DECLINED, Notice.WENT_AHEAD, Notice.EXPIRED, Notice.LEFT}
)
"""What a digest tells, too."""
PROMPT: Final = timedelta(minutes=5)
"""What is told that soon was told at once."""
HELD: Final = timedelta(hours=1)
"""So long what may not be told at all waits until it is looked at again."""
SAME_MORNING: Final = timedelta(hours=1)
"""So close to when somebody is open to a message their digest comes first."""

_WORTH: Final = {
    Notice.ASKED: UNSETTLED,
    Notice.DUE_SOON: frozenset({State.DUE_SOON}),
    Notice.OVERDUE: frozenset({State.OVERDUE}),
    Notice.DELEGATED: WAITING,
    Notice.STANDS_IN: WAITING,
    Notice.ESCALATED: WAITING,
    Notice.RETURNED: WAITING,
    Notice.ASKED_BACK: WAITING,
    Notice.RESUMED: WAITING,
    Notice.PASSED_ON: frozenset({State.DELEGATED}),
}


def is_worth_telling(notice: Notice, state: State) -> bool:
    """Whether it still has to be told to somebody about an ask in that state."""
    return state in _WORTH.get(notice, frozenset(State))
