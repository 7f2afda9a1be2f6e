"""Who stands in for people who are away: named, told, taken back, found."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from bot.core import attention, leave, people
from bot.core.attention import Route, Urgency
from bot.core.leave import DaysOff, Leave
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import refusals
from bot.features.handoffs.messages import stand_ins as messages
from bot.features.handoffs.models import HandoffStandInRow
from bot.features.handoffs.queries import stand_ins as queries
from bot.features.handoffs.rules import stand_ins as rules
from bot.features.handoffs.rules.stand_ins import There


@dataclass(frozen=True, slots=True)
class Named:
    """Who stands in for somebody and when, and the leaves that they are on themselves then.

    `knows_leave`: Baton knows of a day on which it matters.
    """

    days: Leave
    stand_in_id: str
    away: tuple[Leave, ...] = ()
    knows_leave: bool = True


class StandIns:
    """Knows who stands in for people who are away: see `bot.core.ports.StandIns`."""

    def stand_in_for(self, uow: UnitOfWork, user_id: str, instant: datetime) -> str | None:
        """Whoever answers in somebody's place on that day of theirs; None: nobody does.

        Somebody who is there answers themselves.
        """
        if _is_there(uow, instant, user_id) is not There.AWAY:
            return None
        named_by = partial(_named_by, uow, instant)
        return rules.resolve(user_id, named_by, partial(_is_there, uow, instant))


def name(uow: UnitOfWork, person: Person, stand_in_id: str, until: str = "") -> Named | str:
    """Names who stands in for somebody and tells them; or why that cannot be, in a sentence.

    Raises Unreadable if `until` names no day to come.
    """
    to = people.find(uow.session, uow.team_id, stand_in_id)
    if stand_in_id == person.user_id:
        return refusals.YOURSELF
    if to is None or not to.is_member:
        return refusals.NOT_A_MEMBER
    if attention.is_off(uow, stand_in_id):
        return refusals.IS_OFF
    today = _today(uow, person)
    last_day = rules.last_day(until, today) if until.strip() else None
    days, is_of_leave = rules.days_named(last_day, told(uow, person), today)
    known = queries.get(uow, person.user_id, days.first_day)
    if known is None or (known.stand_in_id, known.last_day) != (stand_in_id, days.last_day):
        before = shown(uow, person)
        row = queries.put(uow, person.user_id, days, stand_in_id, is_of_leave=is_of_leave)
        _take_back(uow, person, before)
        _ask(uow, person, row, to)
    return _named(person, days, to)


def shown(uow: UnitOfWork, person: Person) -> list[Named]:
    """Who stands in for somebody, now and later, the next first."""
    rows = queries.of_person(uow, person.user_id, _today(uow, person))
    found = [(row, people.find(uow.session, uow.team_id, row.stand_in_id)) for row in rows]
    return [_named(person, _days(row), to) for row, to in found if to is not None]


def off(uow: UnitOfWork, person: Person, first_day: date | None = None) -> int:
    """Takes back whom somebody named, on all days or those from `first_day` on; returns how many.

    The ones they had named see it where they were asked.
    """
    before = shown(uow, person)
    for row in queries.of_person(uow, person.user_id, _today(uow, person)):
        if row.stand_in_id and first_day in {None, row.first_day}:
            queries.clear(uow, row)
    _take_back(uow, person, before)
    return len(before) - len(shown(uow, person))


def decline(uow: UnitOfWork, by: str, user_id: str, first_day: date) -> bool:
    """Whoever was named cannot stand in, and whoever named them hears it; False: it is over."""
    row = queries.get(uow, user_id, first_day)
    person = people.find(uow.session, uow.team_id, user_id)
    if row is None or person is None or row.stand_in_id != by or row.last_day < uow.now.date():
        return False
    key, days = _key(user_id, first_day, by), _days(row)
    uow.outbox.revise(f"{key}:declined:{_stamp(uow)}", of=key, message=messages.you_declined())
    told_by, cannot = f"{key}:cannot:{_stamp(uow)}", messages.cannot(by, days)
    route = attention.reach(uow, told_by, person, cannot, urgency=Urgency.ROUTINE)
    at = None if route is Route.NOW else attention.opens_at(uow, person)
    queries.clear(uow, row, tell_at=at)
    return True


def for_whom(uow: UnitOfWork, person: Person) -> list[tuple[str, Leave, datetime]]:
    """For whom somebody stands in, when, and since when they are to: now and later."""
    rows = queries.by_stand_in(uow, person.user_id, _today(uow, person))
    return [(row.user_id, _days(row), row.noted_at) for row in rows]


def told(uow: UnitOfWork, person: Person) -> list[Leave]:
    """The leaves that somebody told of and that are not over, the next first."""
    place = (uow.session, uow.team_id, person.user_id)
    return leave.of(*place, since=_today(uow, person), only_told=True)


def _named(person: Person, days: Leave, to: Person) -> Named:
    theirs = [each for each in _leaves(to) if _overlap(each, days)]
    own = [each for each in _leaves(person) if _overlap(each, days)]
    return Named(days, to.user_id, tuple(theirs), knows_leave=bool(own))


def _ask(uow: UnitOfWork, person: Person, row: HandoffStandInRow, to: Person) -> None:
    """Whoever stands in is told at once if they are open to it; else their digest tells them."""
    message = messages.asked(person.user_id, _days(row))
    key = _key(person.user_id, row.first_day, to.user_id)
    if uow.outbox.knows(key):
        uow.outbox.revise(f"{key}:again:{_stamp(uow)}", of=key, message=message)
        return
    attention.reach(uow, key, to, message, urgency=Urgency.ROUTINE)


def _take_back(uow: UnitOfWork, person: Person, before: list[Named]) -> None:
    """What was asked of those who are not named any more says so."""
    after = {(each.days.first_day, each.stand_in_id) for each in shown(uow, person)}
    for each in before:
        if (each.days.first_day, each.stand_in_id) not in after:
            key = _key(person.user_id, each.days.first_day, each.stand_in_id)
            gone = messages.taken_back(person.user_id)
            uow.outbox.revise(f"{key}:back:{_stamp(uow)}", of=key, message=gone)


def _is_there(uow: UnitOfWork, instant: datetime, user_id: str) -> There:
    person = people.find(uow.session, uow.team_id, user_id)
    if person is None or not person.is_member or attention.is_off(uow, user_id):
        return There.NO
    day = person.working_time.local(instant).date()
    return There.AWAY if any(day in each for each in _leaves(person)) else There.YES


def _named_by(uow: UnitOfWork, instant: datetime, user_id: str) -> str:
    person = people.find(uow.session, uow.team_id, user_id)
    day = person.working_time.local(instant).date() if person else instant.date()
    return queries.named_on(uow, user_id, day)


def _leaves(person: Person) -> tuple[Leave, ...]:
    """The leaves that are known of somebody, also by their status."""
    off_days = person.working_time.days_off
    return off_days.leaves if isinstance(off_days, DaysOff) else ()


def _overlap(one: Leave, other: Leave) -> bool:
    return one.first_day <= other.last_day and other.first_day <= one.last_day


def _days(row: HandoffStandInRow) -> Leave:
    return Leave(row.first_day, row.last_day)


def _today(uow: UnitOfWork, person: Person) -> date:
    return person.working_time.local(uow.now).date()


def _key(user_id: str, first_day: date, stand_in_id: str) -> str:
    return f"handoffs:stand_in:{user_id}:{first_day}:{stand_in_id}"


def _stamp(uow: UnitOfWork) -> int:
    return int(uow.now.timestamp())
