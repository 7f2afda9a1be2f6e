"""Sends digests, each once."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.core import attention, introductions, people
from bot.core.attention import Urgency
from bot.core.digests import DigestSources, Reader
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages import digest as messages
from bot.features.digest.queries import mornings as queries
from bot.features.digest.rules import mornings as rules
from bot.features.digest.rules.mornings import Beginning, Due, Scheduled, State
from bot.features.digest.service.composing import compose
from bot.features.digest.service.mornings import beginning_of, enrolled, had, mornings_of, wants


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, Due]]:
    """(team, digest) of those that are due, in any workspace."""
    return queries.due(session, now, limit)


def send(uow: UnitOfWork, some: Sequence[Due], sources: DigestSources) -> None:
    """Sends people's digests of their newest morning, each once, and schedules their next."""
    for user_id, scheduled in queries.claim(uow, some).items():
        _send(uow, user_id, scheduled, sources)


def _send(uow: UnitOfWork, user_id: str, scheduled: Scheduled, sources: DigestSources) -> None:
    person = people.find(uow.session, uow.team_id, user_id)
    if person is None:
        queries.forget_schedule(uow, user_id)
        return
    mornings, morning = mornings_of(uow, person), scheduled.morning(person.working_time)
    step = rules.come_due(
        morning,
        uow.now,
        mornings,
        had(uow, person, morning.day),
        is_silent=uow.workspace.is_paused,
    )
    told = scheduled.told
    is_wanted, is_enrolled = wants(uow, person.user_id), enrolled(uow, person.user_id) is not None
    if is_enrolled and (step.day is not None or not is_wanted):
        told = rules.told_by(uow.now, person.working_time)
    queries.move(uow, person.user_id, step.following, told)
    if is_wanted and is_enrolled:
        since = rules.looks_back_to(scheduled.told, uow.now, mornings)
        for day in step.folded:
            queries.record(uow, person.user_id, day, State.FOLDED, since)
        if step.day is not None:
            reader = Reader(person, since)
            beginning = beginning_of(uow, reader, scheduled.told)
            _make(uow, reader, step.day, sources, beginning=beginning, late=step.is_late)


def _make(
    uow: UnitOfWork,
    reader: Reader,
    day: date,
    sources: DigestSources,
    *,
    beginning: Beginning,
    late: bool,
) -> None:
    """Makes the digest of a date that had none, and queues it if there is something to say."""
    person = reader.person
    composed = compose(uow, reader, sources, beginning=beginning, late=late)
    state = State.SENT if composed else State.EMPTY
    is_new = queries.record(uow, person.user_id, day, state, reader.since)
    if is_new and composed is not None:
        message = composed.message
        if introductions.is_first(uow, person.user_id, "digest"):
            message = messages.with_way_out(message)
        key = rules.key_of(person.user_id, day)
        attention.reach(uow, key, person, message, urgency=Urgency.DIGEST)


def make_again(uow: UnitOfWork, key: str, sources: DigestSources) -> None:
    """Makes a digest once more, of what its reader may see now."""
    found = rules.day_of_key(key)
    if found is None:
        return
    user_id, day = found
    person, since = enrolled(uow, user_id), queries.covers_from(uow, user_id, day)
    if person is None or since is None or not wants(uow, user_id):
        return
    composed = compose(uow, Reader(person, since), sources)
    if composed is not None:
        again = f"{key}:again"
        attention.reach(uow, again, person, composed.message, urgency=Urgency.DIGEST)
