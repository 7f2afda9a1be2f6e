"""Offers everybody, once a day and before it ends, to write their hand-off."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core import attention, channels, people
from bot.core.agreement.setting import Layer
from bot.core.attention import COMMS, FOCUS
from bot.core.events import SettingChanged
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.queries import days as queries
from bot.features.handoffs.rules.days import DAY, DAY_ME, Endings
from bot.features.handoffs.rules.notes import Reason
from bot.features.handoffs.service import notes


def due(session: Session, now: datetime, limit: int) -> Iterable[tuple[str, tuple[str, datetime]]]:
    """(team, (person, when)) of whose day has to be looked at, in any workspace."""
    return queries.due(session, now, limit)


def look(uow: UnitOfWork, what: tuple[str, datetime]) -> None:
    """Offers somebody to hand over if their day ends now, and looks again at its next ending."""
    user_id, scheduled = what
    if not queries.claim(uow, user_id, scheduled):
        return
    person = people.find(uow.session, uow.team_id, user_id)
    if person is None or not wants(uow, person):
        queries.forget(uow, user_id)
        return
    endings = endings_of(uow, person)
    ending = endings.due(uow.now)
    if ending is not None:
        notes.offer(uow, person, reason=Reason.DAY, local_date=ending.day)
    try:
        queries.move(uow, user_id, next(endings.after(uow.now)))
    except ValueError:  # they do not work for over a year: news of their days look again
        queries.forget(uow, user_id)


def wants(uow: UnitOfWork, person: Person) -> bool:
    """Whether somebody is offered to hand over: a channel of theirs wants it, and so do they."""
    user_id = person.user_id
    if not person.is_member or attention.is_off(uow, user_id):
        return False
    return uow.setting(DAY_ME, user_id=user_id) and any(
        uow.setting(DAY, channel_id=each.channel_id)
        for each in channels.shared_with(uow.session, uow.team_id, user_id)
    )


def endings_of(uow: UnitOfWork, person: Person) -> Endings:
    """When somebody's days end, as their settings are now."""
    focus = uow.setting(FOCUS, user_id=person.user_id)
    return Endings(person.working_time, focus, uow.setting(COMMS, user_id=person.user_id))


def follow(uow: UnitOfWork, user_id: str) -> None:
    """Somebody's day may end at another instant from now on, or they may get offers now."""
    person = people.find(uow.session, uow.team_id, user_id)
    if person is not None and wants(uow, person):
        queries.look_now(uow, [user_id])


def follow_setting(uow: UnitOfWork, event: SettingChanged) -> None:
    """What the agreement says of the end of days changed, for somebody, a channel or everybody."""
    if event.layer == Layer.PERSON:
        follow(uow, event.scope_id)
    elif event.layer == Layer.CHANNEL:
        queries.look_now(uow, channels.members(uow.session, uow.team_id, event.scope_id))
    elif event.key == DAY.key:
        queries.look_now(uow, channels.everybody(uow.session, uow.team_id))
    else:
        queries.look_at_known(uow)
