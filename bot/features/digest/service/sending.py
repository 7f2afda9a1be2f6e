"""Sends digests, each once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core import attention, introductions, people
from bot.core.attention import Urgency
from bot.core.digests import DigestSources, Reader
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages import digest as messages
from bot.features.digest.queries import mornings as queries
from bot.features.digest.rules import mornings as rules
from bot.features.digest.rules.mornings import Due, State
from bot.features.digest.rules.slices import WAIT_FOR_DRAFTS
from bot.features.digest.service.composing import compose
from bot.features.digest.service.mornings import enrolled, hour, reader_of, wants


def due(
    session: Session, now: datetime, limit: int, *, waits: bool = False
) -> Sequence[tuple[str, Due]]:
    """(team, digest) of those that are due, in any workspace.

    If it `waits`, drafts that are still to come hold a digest up a little.
    """
    waiting_since = now - WAIT_FOR_DRAFTS if waits else None
    return queries.due(session, now, limit, waiting_since=waiting_since)


def send(uow: UnitOfWork, some: Sequence[Due], sources: DigestSources) -> None:
    """Sends people's digests of today, each once, and schedules their next."""
    for due in queries.free(uow, some):
        _send(uow, due, sources)


def _send(uow: UnitOfWork, due: Due, sources: DigestSources) -> None:
    user_id = due.user_id
    person = people.find(uow.session, uow.team_id, user_id)
    if person is None:
        return
    at = hour(uow, user_id)
    following = rules.next_digest(uow.now, person.working_time, at)
    if not queries.move_on(uow, due, to=following):
        return
    day = rules.due_on(due.scheduled, uow.now, person.working_time, at)
    if day is None or enrolled(uow, user_id) is None or not wants(uow, user_id):
        return
    reader = reader_of(uow, person)
    message = compose(uow, reader, sources)
    state = State.SENT if message else State.EMPTY
    if rules.is_too_late(uow.now, person.working_time, at) or uow.workspace.is_paused:
        state = State.SKIPPED
    is_new = queries.record(uow, user_id, day, state, reader.since)
    if is_new and message and state is State.SENT:
        if introductions.is_first(uow, user_id, "digest"):
            message = messages.with_way_out(message)
        key = rules.key_of(user_id, day)
        attention.reach(uow, key, person, message, urgency=Urgency.DIGEST)


def make_again(uow: UnitOfWork, key: str, sources: DigestSources) -> None:
    """Makes a digest once more, of what its reader may see now."""
    found = rules.day_of_key(key)
    if found is None:
        return
    user_id, day = found
    person, since = enrolled(uow, user_id), queries.covers_from(uow, user_id, day)
    if person is None or since is None:
        return
    message = compose(uow, Reader(person, since), sources)
    if message is not None:
        attention.reach(uow, f"{key}:again", person, message, urgency=Urgency.DIGEST)
