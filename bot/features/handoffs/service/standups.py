"""When people are asked to write for a stand-up, each once on their own date."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core import attention
from bot.core.attention import Route, Urgency
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import standups as messages
from bot.features.handoffs.models import StandupEntryRow, StandupRow
from bot.features.handoffs.queries import standups as queries
from bot.features.handoffs.rules import outcomes as outcome_rules
from bot.features.handoffs.rules import standup_keys as keys
from bot.features.handoffs.rules import standups as rules
from bot.features.handoffs.rules.standups import EntryState, Plan, Spot, StandupState, Times
from bot.features.handoffs.service import outcomes, plans


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, Spot]]:
    """(team, stand-up) of those that have to be looked at, in any workspace."""
    return queries.due(session, now, limit)


def due_entries(
    session: Session, now: datetime, limit: int
) -> Sequence[tuple[str, tuple[Spot, str]]]:
    """(team, (stand-up, user)) of those who are to be asked to write, in any workspace."""
    found = queries.due_entries(session, now, limit)
    return [(team_id, (spot, user_id)) for team_id, spot, user_id in found]


def follow(uow: UnitOfWork, channel_id: str) -> None:
    """A channel's stand-ups come at other times from now on, or not any more."""
    _plan_next(uow, channel_id)
    for row in queries.in_state(uow, channel_id, StandupState.OPEN):
        _follow_all(uow, row, since=uow.now)


def follow_everybody(uow: UnitOfWork) -> None:
    """Everybody's own times may be others from now on."""
    for channel_id in queries.channels_with_any(uow):
        follow(uow, channel_id)


def follow_person(uow: UnitOfWork, user_id: str) -> None:
    """Somebody's own times, or the channels they are in, are others from now on."""
    for row in queries.open_anywhere(uow):
        spot = Spot(row.channel_id, row.local_date)
        is_in = plans.is_asked(uow, spot.channel_id, user_id) is not None
        if not is_in and queries.entry(uow, spot, user_id) is None:
            continue
        _follow(uow, row, [user_id], since=uow.now)


def look(uow: UnitOfWork, spot: Spot) -> None:
    """A stand-up's date begins somewhere, its week's page is due, or everybody had their time."""
    row = queries.get(uow, spot, lock=True)
    if row is None or row.look_at is None or row.look_at > uow.now:
        return
    if row.state == StandupState.PLANNED:
        _open(uow, row)
        return
    first = queries.first_prompt(uow, spot)
    if first is not None and first <= uow.now:
        outcomes.post_week_before(uow, spot)
    _set_look(uow, row)
    if row.closes_at <= uow.now and queries.move(uow, row, StandupState.OVER, look_at=None):
        outcomes.sum_up(uow, spot)


def ask(uow: UnitOfWork, due: tuple[Spot, str]) -> None:
    """Asks somebody to write, once, as soon as they are open to it and while it is not late."""
    spot, user_id = due
    queries.get(uow, spot, lock=True)
    entry = queries.entry(uow, spot, user_id, lock=True)
    is_due = entry is not None and entry.look_at is not None and entry.look_at <= uow.now
    if entry is None or not is_due or entry.state != EntryState.WAITING:
        return
    plan, person = (
        plans.plan_of(uow, spot.channel_id),
        plans.is_asked(uow, spot.channel_id, user_id),
    )
    times = _times(uow, plan, spot, person)
    if person is None or times is None:
        _drop(uow, spot, user_id)
    else:
        _reach(uow, entry, person, times.due_at)


def _reach(uow: UnitOfWork, entry: StandupEntryRow, person: Person, due_at: datetime) -> None:
    """Their time begins when they are asked; until then they are asked when they are open to it."""
    spot = Spot(entry.channel_id, entry.local_date)
    called = plans.called(uow, spot.channel_id)
    message = messages.prompt(spot, called, person.moment(due_at))
    key = keys.prompt(spot, person.user_id)
    if attention.reach(uow, key, person, message, urgency=Urgency.ROUTINE) is Route.NOW:
        queries.step(uow, entry, EntryState.PROMPTED, look_at=None, due_at=due_at)
        _set_look_of(uow, spot)
        return
    at = attention.opens_at(uow, person)
    is_in_time = at is not None and uow.now < at < entry.due_at
    queries.step(uow, entry, EntryState.WAITING, look_at=at if is_in_time else None)


def _open(uow: UnitOfWork, row: StandupRow) -> None:
    channel_id = row.channel_id
    if plans.there(uow, channel_id) is None or not plans.plan_of(uow, channel_id).is_on:
        queries.unplan(uow, channel_id)
        return
    planned_at = row.opened_at
    if queries.move(uow, row, StandupState.OPEN, opened_at=uow.now, look_at=None):
        _follow_all(uow, row, since=planned_at)
        _plan_next(uow, channel_id)


def _plan_next(uow: UnitOfWork, channel_id: str) -> None:
    queries.unplan(uow, channel_id)
    if plans.there(uow, channel_id) is None:
        return
    plan, last = plans.plan_of(uow, channel_id), queries.last_date(uow, channel_id)
    day = rules.next_date(plan, uow.now, after=last)
    if day is not None:
        queries.plan(uow, Spot(channel_id, day), rules.opens_at(day))


def _follow_all(uow: UnitOfWork, row: StandupRow, *, since: datetime) -> None:
    spot = Spot(row.channel_id, row.local_date)
    waiting = {each.user_id for each in queries.entries(uow, spot, EntryState.WAITING)}
    _follow(uow, row, sorted(waiting.union(plans.asked(uow, row.channel_id))), since=since)


def _follow(uow: UnitOfWork, row: StandupRow, user_ids: Iterable[str], *, since: datetime) -> None:
    """Has people asked at their own times; those whose time came before `since` are left out."""
    spot = Spot(row.channel_id, row.local_date)
    queries.get(uow, spot, lock=True)
    plan, declined = plans.plan_of(uow, row.channel_id), queries.declined(uow, row.channel_id)
    for user_id in user_ids:
        person = plans.is_asked(uow, spot.channel_id, user_id)
        times = _times(uow, plan, spot, person)
        entry = queries.entry(uow, spot, user_id, lock=True)
        if entry is not None:
            _move(uow, entry, times)
        elif times is not None and times.prompt_at >= since:
            look_at = None if user_id in declined else times.prompt_at
            queries.add_entry(uow, spot, user_id, times, look_at=look_at)
            queries.forget_declined(uow, spot, user_id)
    _set_look(uow, row)


def _move(uow: UnitOfWork, entry: StandupEntryRow, times: Times | None) -> None:
    """Whoever was asked already is not asked again."""
    if entry.state != EntryState.WAITING:
        return
    if times is None:
        queries.drop_waiting(uow, Spot(entry.channel_id, entry.local_date), [entry.user_id])
    elif times != Times(entry.prompt_at, entry.due_at):
        values = {"prompt_at": times.prompt_at, "due_at": times.due_at}
        look_at = max(times.prompt_at, uow.now)
        queries.step(uow, entry, EntryState.WAITING, look_at=look_at, **values)


def _times(uow: UnitOfWork, plan: Plan, spot: Spot, person: Person | None) -> Times | None:
    """Somebody's own times, of which nothing is over yet; None: they are not asked, or no more."""
    usual = rules.times_of(plan, spot.day, person.working_time) if person else None
    if person is None or usual is None or uow.now >= usual.due_at:
        return None
    return rules.times_of(plan, spot.day, person.working_time, from_=uow.now)


def _drop(uow: UnitOfWork, spot: Spot, user_id: str) -> None:
    queries.drop_waiting(uow, spot, [user_id])
    _set_look_of(uow, spot)


def _set_look_of(uow: UnitOfWork, spot: Spot) -> None:
    row = queries.get(uow, spot, lock=True)
    if row is not None and row.state == StandupState.OPEN:
        _set_look(uow, row)


def _set_look(uow: UnitOfWork, row: StandupRow) -> None:
    """An open stand-up ends when the last of all had their time.

    One that was switched off meanwhile ends when it would have: it may be switched on again.
    """
    spot = Spot(row.channel_id, row.local_date)
    first, closes_at = queries.first_prompt(uow, spot), row.closes_at
    if plans.plan_of(uow, spot.channel_id).is_on:
        closes_at = queries.last_due(uow, spot) or rules.ends_at(spot.day)
    page = keys.week(spot.channel_id, outcome_rules.monday_of(spot.day) - outcome_rules.WEEK)
    waits_for_page = first is not None and first > uow.now and not uow.outbox.knows(page)
    look_at = first if waits_for_page else closes_at
    queries.move(uow, row, StandupState.OPEN, closes_at=closes_at, look_at=look_at)
