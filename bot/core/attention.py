"""The one way to a person's attention: every direct message that notifies passes here.

It comes now, later when the person is open to it, in their digest, or never. All features share one
daily budget per person. Only the red phone goes past all of this.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import Date, String, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.agreement.kinds import Hours, Number, Switch
from bot.core.agreement.setting import Layer, Setting
from bot.core.blocks import Message
from bot.core.charts import Picture
from bot.core.db import Base, affected, insert_new
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import NO_WEEK, Week
from bot.core.working_time import WorkingTime

SEARCH_DAYS: Final = 60  # somebody who is open to nothing for that long reads it in the digest

OFF: Final = Setting[bool](
    "people.off",
    Switch(),
    default=False,
    layers=(Layer.PERSON,),
    label="Leave me alone",
    hint="On: Baton does not write to you, coach you, quote you or keep what you write",
)
FOCUS: Final = Setting[Week](
    "attention.focus",
    Hours(),
    NO_WEEK,
    (Layer.PERSON,),
    "Focus blocks",
    "Nothing but a page reaches you then, e.g. Mon-Fri 09:00-11:00; or none",
)
COMMS: Final = Setting[Week](
    "attention.comms",
    Hours(),
    NO_WEEK,
    (Layer.WORKSPACE, Layer.PERSON),
    "Comms windows",
    "Reminders come only then, e.g. Mon-Fri 11:30-12:00, 16:00-16:30; none: at any working time",
)
BUDGET: Final = Setting[int](
    "attention.budget",
    Number(0, 20, "a day"),
    3,
    (Layer.WORKSPACE, Layer.PERSON),
    "Direct messages a day",
    "What is more waits for the digest. Digests, pages and answers to your own clicks do not count",
)


class Urgency(StrEnum):
    """How much a message may ask of a person's attention."""

    PAGE = "page"  # the red phone: at any hour
    REPLY = "reply"  # the outcome of something the person set off: at once
    DIGEST = "digest"  # in the person's own morning, which its schedule sees to
    ROUTINE = "routine"  # everything else: only when the person is open to it


GOOD_FOR: Final = {Urgency.DIGEST: timedelta(hours=6), Urgency.ROUTINE: timedelta(hours=2)}
"""How long after it was decided a message may still come: later the person may be asleep."""


class Route(StrEnum):
    """What becomes of a message."""

    NOW = "now"
    LATER = "later"
    DIGEST = "digest"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The route of a message; of `LATER`, from when on the person is open to it."""

    route: Route
    at: datetime | None = None


class AttentionRow(Base):
    """How many messages of the daily budget somebody got on one of their days."""

    __tablename__ = "attention"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    spent: Mapped[int]


def consider(uow: UnitOfWork, person: Person, urgency: Urgency) -> Verdict:
    """What would become of a message of this urgency now."""
    if not person.is_member:
        return Verdict(Route.NEVER)
    if urgency is Urgency.PAGE:
        return Verdict(Route.NOW)
    if uow.workspace.is_paused:
        return Verdict(Route.NEVER)
    if urgency is Urgency.REPLY:
        return Verdict(Route.NOW)
    if is_off(uow, person.user_id):
        return Verdict(Route.NEVER)
    return Verdict(Route.NOW) if urgency is Urgency.DIGEST else _consider_routine(uow, person)


def reach(
    uow: UnitOfWork,
    key: str,
    person: Person,
    message: Message,
    *,
    urgency: Urgency,
    under: str | None = None,
) -> Route:
    """Queues a direct message if the person may be reached now; tells what became of it.

    Whoever calls decides what to do about a message that may only come later. `under`: the key
    of an earlier message to the same person, in whose thread it shall stand.
    """
    if urgency is Urgency.ROUTINE and uow.outbox.knows(key):
        return Route.NOW
    route = consider(uow, person, urgency).route
    if route is not Route.NOW:
        return route
    if urgency is Urgency.ROUTINE and not _spend(uow, person):
        return Route.DIGEST
    worth = GOOD_FOR.get(urgency)
    uow.outbox.post_to_person(
        key,
        person.user_id,
        message,
        under=under,
        urgency=urgency,
        drop_after=uow.now + worth if worth else None,
    )
    return Route.NOW


def whisper(
    uow: UnitOfWork,
    key: str,
    person: Person,
    message: Message,
    *,
    channel_id: str,
    drop_after: datetime,
    thread_ts: str | None = None,
) -> Route:
    """Shows a message to somebody alone where they just wrote; tells what became of it.

    They are there, so it does not wait for a better time; it takes one of their daily budget.
    """
    if not may_hint(uow, person):
        return Route.NEVER
    if not _spend(uow, person):
        return Route.DIGEST
    uow.outbox.whisper(
        key, channel_id, person.user_id, message, drop_after=drop_after, thread_ts=thread_ts
    )
    return Route.NOW


def may_hint(uow: UnitOfWork, person: Person) -> bool:
    """Whether Baton may tell somebody something they did not ask for, where they just wrote."""
    is_silenced = uow.workspace.is_paused or is_off(uow, person.user_id)
    return person.is_member and not is_silenced and _spent(uow, person) < _budget(uow, person)


def show(uow: UnitOfWork, key: str, person: Person, picture: Picture) -> Route:
    """Queues a picture that somebody asked for by a click; tells what became of it."""
    route = consider(uow, person, Urgency.REPLY).route
    if route is Route.NOW:
        uow.outbox.show_to_person(key, person.user_id, picture, urgency=Urgency.REPLY)
    return route


def opens_at(uow: UnitOfWork, person: Person) -> datetime | None:
    """When a routine message may reach somebody next, now or later; None: not that one can see."""
    if consider(uow, person, Urgency.ROUTINE).route is Route.NEVER or not _budget(uow, person):
        return None
    local = person.working_time.local
    is_spent = _spent(uow, person) >= _budget(uow, person)
    for start, _ in _openings_of(uow, person):
        at = max(start, uow.now)
        if not is_spent or local(at).date() != local(uow.now).date():
            return at
    return None


def is_off(uow: UnitOfWork, user_id: str) -> bool:
    """Whether somebody wants to be left alone altogether."""
    return uow.setting(OFF, user_id=user_id)


def openings(
    person: WorkingTime, after: datetime, *, focus: Week, comms: Week
) -> Iterator[tuple[datetime, datetime]]:
    """Start and end of the stretches that end after an instant in which reminders may come.

    That is in working time, within a comms window if there are any, and outside focus blocks.
    """
    first = person.local(after).date()
    for day in (first + timedelta(days=number) for number in range(SEARCH_DAYS)):
        stretches = person.stretches_of(day)
        if any(comms):
            stretches = _common(stretches, person.stretches_of(day, comms))
        for start, end in _without(stretches, person.stretches_of(day, focus)):
            if end > after:
                yield start, end


def _consider_routine(uow: UnitOfWork, person: Person) -> Verdict:
    start = next((start for start, _ in _openings_of(uow, person)), None)
    if start is None:
        return Verdict(Route.DIGEST)
    if start > uow.now:
        return Verdict(Route.LATER, start)
    is_spent = _spent(uow, person) >= _budget(uow, person)
    return Verdict(Route.DIGEST if is_spent else Route.NOW)


def _openings_of(uow: UnitOfWork, person: Person) -> Iterator[tuple[datetime, datetime]]:
    focus = uow.setting(FOCUS, user_id=person.user_id)
    comms = uow.setting(COMMS, user_id=person.user_id)
    return openings(person.working_time, uow.now, focus=focus, comms=comms)


def _budget(uow: UnitOfWork, person: Person) -> int:
    return uow.setting(BUDGET, user_id=person.user_id)


def _spent(uow: UnitOfWork, person: Person) -> int:
    row = uow.session.get(AttentionRow, _day(uow, person), populate_existing=True)
    return row.spent if row else 0


def _spend(uow: UnitOfWork, person: Person) -> bool:
    """Takes one message of today's budget; returns False if there is none left."""
    team_id, user_id, day = _day(uow, person)
    fresh = {"team_id": team_id, "user_id": user_id, "day": day, "spent": 0}
    insert_new(uow.session, AttentionRow, [fresh])
    one = update(AttentionRow).where(
        AttentionRow.team_id == team_id,
        AttentionRow.user_id == user_id,
        AttentionRow.day == day,
        AttentionRow.spent < _budget(uow, person),
    )
    return affected(uow.session, one.values(spent=AttentionRow.spent + 1)) == 1


def _day(uow: UnitOfWork, person: Person) -> tuple[str, str, date]:
    return uow.team_id, person.user_id, person.working_time.local(uow.now).date()


_Stretches = list[tuple[datetime, datetime]]


def _common(some: _Stretches, others: _Stretches) -> _Stretches:
    overlaps = [
        (max(start, from_), min(end, until)) for start, end in some for from_, until in others
    ]
    return [(start, end) for start, end in overlaps if start < end]


def _without(stretches: _Stretches, blocks: _Stretches) -> _Stretches:
    for begins, ends in blocks:
        parts = [
            part
            for start, end in stretches
            for part in ((start, min(end, begins)), (max(start, ends), end))
        ]
        stretches = [(start, end) for start, end in parts if start < end]
    return stretches
