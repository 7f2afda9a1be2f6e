"""Where a page and its steps stand."""

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a page stands."""

    OPEN = "open"  # nobody is on it: it goes on until a human presses a button
    EXHAUSTED = "exhausted"  # everybody was tried as often as the policy says
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"
    CALLED_OFF = "called_off"  # by its caller


UNANSWERED: Final = frozenset({State.OPEN, State.EXHAUSTED})
OVER: Final = frozenset({State.RESOLVED, State.CALLED_OFF})


class StepState(StrEnum):
    """What is known of one attempt."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"  # it did not arrive
    UNKNOWN = "unknown"  # it may have arrived; it is not repeated
    CANCELLED = "cancelled"  # somebody was on it before it was begun


class EventKind(StrEnum):
    """What a line of a timeline tells."""

    PAGED = "paged"
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    ESCALATED = "escalated"
    EXHAUSTED = "exhausted"
    ACKNOWLEDGED = "acknowledged"
    JOINED = "joined"
    UPDATED = "updated"
    ASKED = "asked"  # whether somebody is still on it
    SNOOZED = "snoozed"
    LAPSED = "lapsed"  # nobody said so: it is paged on
    HANDED_BACK = "handed_back"  # whoever had it has it no more: it is paged on
    HANDED_OVER = "handed_over"  # to whom it names: they have it now
    REOPENED = "reopened"
    RESOLVED = "resolved"
    CALLED_OFF = "called_off"
    ALARMED = "alarmed"
    CHANNEL = "channel"  # one was made for it; the text is its id
    NO_CHANNEL = "no_channel"  # Slack did not let that happen
    NOT_INVITED = "not_invited"  # somebody, into that channel
    ARCHIVED = "archived"
