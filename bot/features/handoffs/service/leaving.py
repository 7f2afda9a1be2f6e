"""Follows people's leaves, and offers to hand over on the last day before one."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.core import attention, people
from bot.core.attention import Route, Urgency
from bot.core.leave import Leave
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import stand_ins as messages
from bot.features.handoffs.models import HandoffStandInRow
from bot.features.handoffs.queries import stand_ins as queries
from bot.features.handoffs.rules import stand_ins as rules
from bot.features.handoffs.rules.notes import Reason
from bot.features.handoffs.rules.stand_ins import OFFERED
from bot.features.handoffs.service import notes, stand_ins


def follow(uow: UnitOfWork, user_id: str) -> None:
    """Somebody is away on other days than before: so is whoever stands in for them."""
    person = people.find(uow.session, uow.team_id, user_id)
    if person is None or not person.is_member:
        return
    leaves, today = stand_ins.told(uow, person), person.working_time.local(uow.now).date()
    rows = [row for row in queries.of_person(uow, user_id, today) if row.is_of_leave]
    for row in rows:
        _follow(uow, row, leaves, others={each.first_day for each in rows}, today=today)
    known = {row.first_day for row in queries.of_person(uow, user_id, today) if row.is_of_leave}
    for leave in leaves:
        if leave.first_day not in known and rules.is_worth_an_offer(leave, person.working_time):
            at = rules.offer_at(leave, person.working_time, uow.now)
            queries.expect(uow, user_id, leave, at)


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, tuple[str, date]]]:
    """(team, (user, first day)) of those who are to be offered to hand over by now."""
    return queries.due(session, now, limit)


def offer(uow: UnitOfWork, what: tuple[str, date]) -> None:
    """Offers somebody about to be away to hand over, and to say who stands in for them; once."""
    user_id, first_day = what
    row = queries.get(uow, user_id, first_day)
    person = people.find(uow.session, uow.team_id, user_id)
    if row is None or row.look_at is None or row.look_at > uow.now:
        return
    row.look_at = None
    if person is not None and not row.is_of_leave:
        _tell_nobody_does(uow, person, row)
        return
    leaves = stand_ins.told(uow, person) if person else []
    leave = next((each for each in leaves if each.first_day == first_day), None)
    if person is None or leave is None or not _may_offer(uow, person):
        return
    at = rules.offer_at(leave, person.working_time, uow.now)
    later = _later(uow, person, leave)
    if at is not None and at > uow.now:
        row.look_at = at
    elif later is not None:
        row.look_at = later
    else:
        _offer(uow, person, leave, row)


def _offer(uow: UnitOfWork, person: Person, leave: Leave, row: HandoffStandInRow) -> None:
    today = person.working_time.local(uow.now).date()
    is_open = attention.consider(uow, person, Urgency.ROUTINE).route is Route.NOW
    if today not in leave and is_open:
        notes.offer(uow, person, reason=Reason.LEAVE, local_date=today)
        return
    if row.stand_in_id and today in leave:
        return
    key = f"handoffs:leave:{person.user_id}:{leave.first_day}:{int(row.noted_at.timestamp())}"
    message = messages.offer(leave, row.stand_in_id)
    attention.reach(uow, key, person, message, urgency=Urgency.REPLY)


def _tell_nobody_does(uow: UnitOfWork, person: Person, row: HandoffStandInRow) -> None:
    """Whom they named cannot, and they were not open to hear it then."""
    if not row.stand_in_id:
        key = f"handoffs:nobody:{person.user_id}:{row.first_day}:{int(row.noted_at.timestamp())}"
        message = messages.nobody_does(Leave(row.first_day, row.last_day))
        attention.reach(uow, key, person, message, urgency=Urgency.ROUTINE)
        queries.drop(uow, row)


def _later(uow: UnitOfWork, person: Person, leave: Leave) -> datetime | None:
    """When they are open to it, if that is before they are away; None: now, or not before."""
    verdict = attention.consider(uow, person, Urgency.ROUTINE)
    if verdict.route is not Route.LATER or verdict.at is None:
        return None
    is_before = person.working_time.local(verdict.at).date() < leave.first_day
    return verdict.at if is_before else None


def _may_offer(uow: UnitOfWork, person: Person) -> bool:
    is_off = attention.is_off(uow, person.user_id)
    return person.is_member and not is_off and uow.setting(OFFERED, user_id=person.user_id)


def _follow(
    uow: UnitOfWork,
    row: HandoffStandInRow,
    leaves: Sequence[Leave],
    *,
    others: set[date],
    today: date,
) -> None:
    days = Leave(row.first_day, row.last_day)
    now = rules.followed(days, leaves, others=others, today=today)
    is_gone = now is None or (now == days and now not in leaves and not row.stand_in_id)
    if is_gone and (now is None or row.look_at is not None):
        queries.drop(uow, row)
    elif now is not None and now != days:
        moved = queries.move(uow, row, now)
        if moved.look_at is not None:
            moved.look_at = uow.now  # the clock looks when that is by now
