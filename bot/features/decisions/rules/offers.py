"""When a thread that settled something is offered to be logged."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.core.agreement.kinds import Switch
from bot.core.agreement.setting import Layer, Setting
from bot.core.events import ChannelKind, MessageEdited, MessagePosted
from bot.core.message_store import StoredMessage
from bot.core.response_clock import CountedIn, advance
from bot.core.talk import Line
from bot.core.working_time import WorkingTime
from bot.features.decisions.rules.acts import ACCEPTING, COMMITTING, Act
from bot.features.decisions.rules.reading import acts_in
from bot.features.decisions.rules.weighing import deciding_message

OFFERS: Final = Setting[bool](
    "decisions.offers",
    Switch(),
    default=True,
    layers=(Layer.WORKSPACE, Layer.CHANNEL),
    label="Offer to log what a thread settled",
    hint="Whoever settled it is asked once, privately, after four working hours",
)
OFFER_ME: Final = Setting[bool](
    "decisions.offer_me",
    Switch(),
    default=True,
    layers=(Layer.PERSON,),
    label="Offer me to log what I settled",
    hint="A direct message when a thread of yours settled something that is not recorded",
)

WAIT: Final = timedelta(hours=4)
"""Working hours of each participant that pass before anybody is asked: they may log it first."""
LONGEST_WAIT: Final = timedelta(days=2)
"""Nobody's days off put an offer off for longer."""
REACHED_WITHIN: Final = timedelta(days=4)
"""Whoever is not open to a message for longer is away: a weekend with a holiday is no absence."""
FRESH: Final = timedelta(days=1)
"""What arrives later than that is not looked at."""
KEPT_FOR: Final = timedelta(days=90)
WEEK: Final = timedelta(days=7)
"""What was settled longer ago is offered to nobody any more."""
MOST_LINES: Final = 500

_PUTTING_UP: Final = frozenset({*COMMITTING, Act.PROPOSES})
_TAKING_UP: Final = _PUTTING_UP | {*ACCEPTING, Act.SAYS_YES, Act.NODS, Act.CONCEDES}
_IN_CHANNELS: Final = frozenset({ChannelKind.PUBLIC, ChannelKind.PRIVATE})


class State(StrEnum):
    """What became of a thread that seems to settle something."""

    WATCHED = "watched"  # it is looked at again
    OFFERED = "offered"
    NOT_OFFERED = "not_offered"  # there was nobody to ask
    REFUSED = "refused"  # it is no decision, says whoever was asked


def may_settle(event: MessagePosted | MessageEdited) -> bool:
    """Whether a thread may settle something because of a message, from the message alone.

    Outside of a thread it has to put something up or to commit to it: others may reply to that.
    """
    if isinstance(event, MessagePosted) and event.kind not in _IN_CHANNELS:
        return False
    is_reply = event.thread_ts not in {None, event.ts}
    wanted = _TAKING_UP if is_reply else _PUTTING_UP
    return bool(acts_in(event.text, event.user_id, wanted))


def settled(said: Sequence[StoredMessage]) -> StoredMessage | None:
    """The message of a thread, in order of age, that settles something; one alone settles nothing.

    Takes time in proportion to the length, of which the last 500 messages count.
    """
    said = said[-MOST_LINES:]
    lines = [
        Line(number, each.user_id, each.text, each.at.timestamp())
        for number, each in enumerate(said)
    ]
    number = deciding_message(lines) if len(lines) > 1 else None
    return None if number is None else said[number]


def due_at(settled_at: datetime, participants: Iterable[WorkingTime]) -> datetime:
    """When it is offered: for each participant four of their own working hours have passed.

    That is two days later at the latest, whoever is away or has their weekend then.
    """
    latest = settled_at + LONGEST_WAIT
    passed = [settled_at + WAIT]
    for each in participants:
        with suppress(ValueError):  # somebody who has no working day in over a year
            passed.append(advance(settled_at, WAIT, CountedIn.WORKING_HOURS, each))
    return min(max(passed), latest)


def is_first_of_week(since: datetime, now: datetime) -> bool:
    """Whether what tells of the time `since` then is the first to do so in its week.

    Both are in the reader's own time; a week begins on Monday.
    """
    return since.isocalendar()[:2] != now.isocalendar()[:2]
