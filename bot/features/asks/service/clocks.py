"""Sets the response clocks of asks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.core import people
from bot.core.people import Person
from bot.core.response_clock import ClockPolicy
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.models import AskRow
from bot.features.asks.rules import settings
from bot.features.asks.rules.clock import Clock
from bot.features.asks.rules.states import RUNNING, WAITING, State
from bot.features.asks.service import drawing

STANDARD, URGENT = "standard", "urgent"
_UNSAID: Final = RUNNING | {State.OVERDUE}


def policy(uow: UnitOfWork, urgency: str, channel_id: str) -> ClockPolicy:
    """How long an answer may take: what is said of this urgency on the nearest layer."""
    setting = settings.URGENT if urgency == URGENT else settings.STANDARD
    return uow.setting(setting, channel_id=channel_id)


def follow_working_time(uow: UnitOfWork, user_ids: Sequence[str] | None) -> None:
    """What these people (None: all) are asked for falls due at other times now.

    What they were reminded of stays due when it was; a deadline moves if they cannot keep it.
    """
    for user_id in queries.waited_for(uow) if user_ids is None else user_ids:
        answerer = people.find(uow.session, uow.team_id, user_id)
        for ask in queries.waiting_on(uow, user_id) if answerer else ():
            if answerer and ask.state != State.OVERDUE:
                was_due = ask.due_at
                set_clock(uow, ask, queries.clock_of(ask), answerer)
                if ask.due_at != was_due:
                    drawing.redraw_of(uow, ask)


def set_clock(uow: UnitOfWork, ask: AskRow, clock: Clock, answerer: Person) -> None:
    """Has an ask's clock run like this; what it means for now is seen at the next tick."""
    nudge_at = None if ask.paused_at else uow.now
    queries.set_clock(uow, ask, clock, clock.due(answerer.working_time), nudge_at)


def start_at(uow: UnitOfWork, ask: AskRow, answerer: Person, at: datetime) -> None:
    """Has the clock of what reaches its answerer at an instant run from then.

    A deadline that is over by then gives way to the usual time.
    """
    if ask.state in _UNSAID and ask.paused_at is None:
        _start(uow, ask, answerer, at, _named(ask, at))


def begin_anew(uow: UnitOfWork, ask: AskRow, deadline: datetime | None) -> None:
    """Has the clock of what can be answered only now run from now on.

    Without a deadline the one that was named before holds, if it is still to come.
    """
    answerer = people.find(uow.session, uow.team_id, ask.answerer_id)
    if answerer is not None and ask.state in WAITING and ask.paused_at is None:
        _start(uow, ask, answerer, uow.now, deadline or _named(ask, uow.now))


def restart(uow: UnitOfWork, ask: AskRow) -> None:
    """Gives an ask a new clock from now on, e.g. because it came back to its answerer."""
    answerer = people.find(uow.session, uow.team_id, ask.answerer_id)
    if answerer is not None:
        ask.round += 1
        found = policy(uow, ask.urgency, ask.channel_id)
        set_clock(uow, ask, Clock.started(uow.now, found), answerer)


def _named(ask: AskRow, at: datetime) -> datetime | None:
    return ask.due_at if ask.is_deadline and ask.due_at > at else None


def _start(
    uow: UnitOfWork, ask: AskRow, answerer: Person, at: datetime, deadline: datetime | None
) -> None:
    if ask.state in {State.DUE_SOON, State.OVERDUE} and queries.move(uow, ask, State.OPEN):
        ask.round += 1  # what was to be told of the old due time is told of the new one
    found = policy(uow, ask.urgency, ask.channel_id)
    set_clock(uow, ask, Clock.started(at, found, deadline), answerer)
