"""What people choose and press about what goes out later."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Final

from bot.core.events import ButtonPressed, FormSubmitted
from bot.core.people import Person
from bot.core.replies import Answer, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import Unreadable
from bot.features.asks import modals
from bot.features.asks.listeners.reading import time_in, whom
from bot.features.asks.messages import answers, scheduled
from bot.features.asks.messages.names import CANCEL, MORE_SCHEDULED, SCHEDULED, SEND_NOW, UNCANCEL
from bot.features.asks.rules.scheduling import When
from bot.features.asks.service import composing, scheduling
from bot.features.asks.service.access import Refused
from bot.features.asks.service.composing import Composed
from bot.features.asks.service.scheduling import Scheduled

Press = Callable[[ButtonPressed, UnitOfWork], Reply | None]
PressOf = Callable[[ButtonPressed, UnitOfWork, Scheduled], Reply | None]


def instant_of(event: FormSubmitted, uow: UnitOfWork, author: Person | None) -> datetime | None:
    """When a form's text is to go out; None: now. Raises Unreadable."""
    chosen, typed = event.values.get(modals.WHEN, When.NOW), event.values.get(modals.AT, "").strip()
    if chosen == When.AT:
        found = time_in(event, uow, modals.AT, author)
        if found is None:
            raise Unreadable(scheduled.NO_TIME)
        return found.at
    if typed:
        raise Unreadable(scheduled.NOT_AT)
    is_in_channel = bool(event.values.get(modals.WHERE))
    # what goes to somebody directly waits until they are open to it anyway
    if chosen == When.WORKDAY and is_in_channel:
        at = scheduling.when_at_work(uow, whom(event))
        if at is None:
            raise Unreadable(scheduled.NEVER_TOGETHER)
        return at if at > uow.now else None
    return None


def plan(uow: UnitOfWork, given: Composed, at: datetime, *, is_ask: bool = True) -> Reply:
    """Has it go out later, and says when."""
    local = scheduling.schedule(uow, given, at, is_ask=is_ask)
    told = scheduled.goes_out(local, scheduling.there(uow, given.people, at), uow.now)
    return ShowNext(modals.told(scheduled.TITLE, told.text))


def for_author(press: PressOf) -> Press:
    """A button that only whoever wrote it may press."""

    @wraps(press)
    def listen(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
        try:
            row = scheduling.own(uow, event.value, event.user_id)
        except Refused as refused:
            return Answer(answers.said(refused.sentence))
        return press(event, uow, row)

    return listen


def choose(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
    """An entry of the menu beside what goes out later."""
    name, _, row_id = event.value.partition("|")
    return _ENTRIES[name](replace(event, action_id=name, value=row_id), uow)


@for_author
def send_now(_event: ButtonPressed, uow: UnitOfWork, row: Scheduled) -> Reply:
    """Its author does not want to wait."""
    why = scheduling.send_now(uow, row)
    return Answer(answers.said(why or scheduled.WENT_OUT))


@for_author
def cancel(_event: ButtonPressed, uow: UnitOfWork, row: Scheduled) -> Reply:
    """It is not to go out."""
    if not scheduling.cancel(uow, row):
        return Answer(answers.said(scheduled.OVER))
    return Answer(scheduled.cancelled(scheduling.shown(uow, row)))


@for_author
def undo(_event: ButtonPressed, uow: UnitOfWork, row: Scheduled) -> Reply:
    """It is to go out after all."""
    if not scheduling.undo(uow, row):
        return Answer(scheduled.too_late(scheduling.shown(uow, row)))
    return Answer(answers.said(scheduled.AFTER_ALL))


def show_more(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """What the list of what goes out later had no room for."""
    author = composing.member(uow, event.user_id)
    planned = scheduling.of(uow, author) if author else []
    start = int(event.value) if event.value.isdecimal() else 0
    return Answer(scheduled.page(planned, start))


_ENTRIES: Final[Mapping[str, Press]] = {SEND_NOW: send_now, CANCEL: cancel}
BUTTONS: Final[Mapping[str, Press]] = {
    **_ENTRIES,
    SCHEDULED: choose,
    UNCANCEL: undo,
    MORE_SCHEDULED: show_more,
}
"""Every button and menu about what goes out later, by name."""
