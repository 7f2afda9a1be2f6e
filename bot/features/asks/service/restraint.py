"""Holds back the asker: chasers before the due time, and more urgent asks than a week has."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from bot.core import people
from bot.core.events import MessagePosted
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.messages import hints
from bot.features.asks.models import AskRow
from bot.features.asks.rules import settings
from bot.features.asks.rules.chasing import chosen
from bot.features.asks.rules.clock import Clock
from bot.features.asks.rules.notices import Notice
from bot.features.asks.rules.opening import FRESH
from bot.features.asks.rules.states import WAITING
from bot.features.asks.service import clocks, showing

TALLY_WEEKS: Final = 8


def hold_back(event: MessagePosted, uow: UnitOfWork) -> None:
    """Tells somebody who chases, and only them, when it is due; if it was, what they can do."""
    asker = people.find(uow.session, uow.team_id, event.user_id)
    if asker is None or uow.now - event.at > FRESH:
        return
    shown = [each for ask in _chased(uow, event) if (each := showing.show(uow, ask, asker))]
    if not shown:
        return
    ask = shown[chosen(event.text, [each.quote or "" for each in shown])]
    note = hints.wait(ask)
    if ask.is_overdue:
        note = hints.overdue(ask, was_reminded=_was_reminded(uow, UUID(ask.id)))
    key, until = f"asks:{ask.id}:wait:{event.ts}", uow.now + FRESH
    uow.outbox.whisper(key, event.channel_id, asker.user_id, note, drop_after=until)


def may_be_urgent(uow: UnitOfWork, asker: Person) -> bool:
    """Takes one urgent ask of the asker's week; returns False if there is none left."""
    return queries.spend_urgent(uow, asker.user_id, week_of(uow, asker), budget(uow))


def budget(uow: UnitOfWork) -> int:
    """How many urgent asks a week has for each person."""
    return uow.setting(settings.URGENT_BUDGET)


def week_of(uow: UnitOfWork, person: Person) -> date:
    """The Monday of the week it is where somebody is."""
    today = person.working_time.local(uow.now).date()
    return today - timedelta(days=today.weekday())


def make_urgent(uow: UnitOfWork, ask: AskRow, reason: str) -> bool:
    """The asker says why it presses; returns False if their week has no urgent ones left."""
    asker = people.find(uow.session, uow.team_id, ask.asker_id)
    answerer = people.find(uow.session, uow.team_id, ask.answerer_id)
    is_over = ask.state not in WAITING
    if asker is None or answerer is None or is_over or ask.urgency == clocks.URGENT:
        return ask.urgency == clocks.URGENT
    if not may_be_urgent(uow, asker):
        return False
    ask.urgency = clocks.URGENT
    policy = clocks.policy(uow, clocks.URGENT, ask.channel_id)
    if not ask.is_deadline:  # nobody is late for what was not urgent until now
        clocks.set_clock(uow, ask, Clock.started(uow.now, policy), answerer)
    queries.note_step(uow, ask.id, clocks.URGENT, by=ask.asker_id, words=reason)
    return True


def judge_urgency(uow: UnitOfWork, ask: AskRow, *, was_urgent: bool) -> None:
    """The answerer says whether it was urgent; only the asker sees the count."""
    asker = people.find(uow.session, uow.team_id, ask.asker_id)
    steps = {step.step for step in queries.steps(uow, ask.id)}
    if asker is not None and not steps & {"was_urgent", "was_not"}:
        queries.note_step(uow, ask.id, "was_urgent" if was_urgent else "was_not")
        at = asker.working_time.local(ask.asked_at).date()
        week = at - timedelta(days=at.weekday())
        queries.count_urgency(uow, ask.asker_id, week, was_urgent=was_urgent)


def tally(uow: UnitOfWork, person: Person) -> tuple[int, int, int]:
    """Somebody's own urgent asks of the last weeks: how many, called urgent, and not."""
    since = week_of(uow, person) - timedelta(weeks=TALLY_WEEKS)
    return queries.urgent_tally(uow, person.user_id, since)


def _was_reminded(uow: UnitOfWork, ask_id: UUID) -> bool:
    told = (each.kind for each in queries.notices_of(uow, ask_id) if each.told_at is not None)
    return Notice.OVERDUE in told


def _chased(uow: UnitOfWork, event: MessagePosted) -> list[AskRow]:
    """What a chaser may be about, by due time."""
    asks = (
        queries.under(uow, event.channel_id, event.thread_ts or event.ts)
        if event.in_thread
        else queries.asked_by(uow, event.user_id)
    )
    found = [
        ask
        for ask in asks
        if ask.asker_id == event.user_id
        and ask.channel_id == event.channel_id
        and (event.in_thread or not event.mentions or ask.answerer_id in event.mentions)
        and ask.state in WAITING
        and ask.paused_at is None
        and ask.asked_at < event.at
        and ask.message_ts != event.ts
    ]
    return sorted(found, key=lambda ask: ask.due_at)
