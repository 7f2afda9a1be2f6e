"""Notes when people are away, and what they focus on."""

from datetime import date

from bot.core import availability, leave, people
from bot.core.agreement.changing import Change
from bot.core.agreement.setting import person_scope
from bot.core.attention import COMMS, FOCUS
from bot.core.bot import Bot
from bot.core.events import LeaveChanged
from bot.core.holiday_calendar import region_name
from bot.core.leave import Leave
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import Week, write_week
from bot.features.availability.messages import Shown
from bot.features.availability.rules import Away


def find(uow: UnitOfWork, user_id: str) -> Person | None:
    """The person, as far as Baton knows them."""
    return people.find(uow.session, uow.team_id, user_id)


def today(uow: UnitOfWork, person: Person) -> date:
    """The date it is where somebody is."""
    return person.working_time.local(uow.now).date()


def go_away(bot: Bot, uow: UnitOfWork, person: Person, told: Leave) -> Away:
    """Notes a leave."""
    leave.tell(uow.session, uow.team_id, person.user_id, told, now=uow.now)
    return _changed(bot, uow, person, told)


def come_back(bot: Bot, uow: UnitOfWork, person: Person) -> bool:
    """Ends the leave that somebody is on, as of yesterday; returns False if they are on none."""
    day = today(uow, person)
    current = [each for each in upcoming(uow, person) if day in each]
    for each in current:
        leave.end(uow.session, uow.team_id, person.user_id, each, before=day)
        _changed(bot, uow, person, each)
    return bool(current)


def says_away(uow: UnitOfWork, person: Person) -> bool:
    """Whether somebody's Slack status says that they are away."""
    now = person.working_time.local(uow.now)
    return leave.leave_of_status(person.status, now) is not None


def cancel(bot: Bot, uow: UnitOfWork, person: Person, first_day: date) -> Leave | None:
    """Takes a leave back as if it had never been told; None if there is none that begins then."""
    found = [each for each in upcoming(uow, person) if each.first_day == first_day]
    for each in found:
        leave.end(uow.session, uow.team_id, person.user_id, each, before=each.first_day)
        _changed(bot, uow, person, each)
    return found[0] if found else None


def upcoming(uow: UnitOfWork, person: Person) -> list[Leave]:
    """What somebody told of days away that are not over, the next first."""
    place = (uow.session, uow.team_id, person.user_id)
    return leave.of(*place, since=today(uow, person), only_told=True)


def set_focus(bot: Bot, uow: UnitOfWork, person: Person, week: Week) -> None:
    """Sets somebody's focus blocks."""
    change = Change(FOCUS, person_scope(person.user_id), after=FOCUS.kind.plain(week))
    bot.change_settings(uow, [change], by=person.user_id)


def focus_of(uow: UnitOfWork, person: Person) -> str:
    """Somebody's focus blocks as they would write them; empty if there are none."""
    return write_week(uow.setting(FOCUS, user_id=person.user_id))


def shown(uow: UnitOfWork, person: Person) -> Shown:
    """When somebody works, as they see it themselves."""
    place = (uow.session, uow.team_id, person.user_id)
    return Shown(
        hours=write_week(person.working_time.week),
        zone=person.time_zone,
        holidays=region_name(availability.region_of(*place, person.time_zone)),
        focus=focus_of(uow, person),
        comms=write_week(uow.setting(COMMS, user_id=person.user_id)),
        leaves=tuple(upcoming(uow, person)),
        is_away_by_status=says_away(uow, person),
    )


def _changed(bot: Bot, uow: UnitOfWork, person: Person, told: Leave) -> Away:
    bot.emit(LeaveChanged(team_id=uow.team_id, user_id=person.user_id), uow)
    fresh = find(uow, person.user_id) or person
    return Away(told, fresh.working_time.next_working_day(told.last_day))
