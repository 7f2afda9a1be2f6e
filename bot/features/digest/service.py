"""Makes digests and sends them."""

from collections.abc import Collection, Sequence
from datetime import datetime, time

from sqlalchemy.orm import Session

from bot.core import attention, channels, introductions, message_store, people
from bot.core.attention import Urgency
from bot.core.blocks import Message
from bot.core.bot import DigestSection, Reader, SectionSource
from bot.core.keeping import rows
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest import messages, queries, rules
from bot.features.digest.messages import ThreadShown
from bot.features.digest.models import DigestRow, DigestScheduleRow
from bot.features.digest.rules import Due, State


def schedule(uow: UnitOfWork, user_id: str) -> None:
    """Somebody is enrolled: their first digest comes on their next working morning."""
    person = people.find(uow.session, uow.team_id, user_id)
    if person is not None:
        at = _hour(uow, user_id)
        queries.schedule(uow, user_id, rules.next_digest(uow.now, person.working_time, at))


def reschedule(uow: UnitOfWork, user_id: str) -> None:
    """Somebody's mornings come at other instants from now on."""
    person = people.find(uow.session, uow.team_id, user_id)
    before = queries.scheduled(uow, user_id)
    if person is not None and before is not None:
        at = _hour(uow, user_id)
        queries.reschedule(
            uow, user_id, rules.rescheduled(before, uow.now, person.working_time, at)
        )


def reschedule_all(uow: UnitOfWork) -> None:
    """Everybody's mornings may come at other instants from now on."""
    for user_id in queries.everybody(uow):
        reschedule(uow, user_id)


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, Due]]:
    """(team, digest) of those that are due, in any workspace."""
    return queries.due(session, now, limit)


def send(uow: UnitOfWork, due: Due, sources: Sequence[SectionSource]) -> None:
    """Sends somebody's digest of today, once, and schedules the next."""
    user_id = due.user_id
    person = people.find(uow.session, uow.team_id, user_id)
    if person is None:
        return
    at = _hour(uow, user_id)
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
        key = f"digest:{user_id}:{day}"
        attention.reach(uow, key, person, message, urgency=Urgency.DIGEST)


def wants(uow: UnitOfWork, user_id: str) -> bool:
    """Whether somebody has their digest switched on."""
    return uow.setting(rules.WANTED, user_id=user_id) and not attention.is_off(uow, user_id)


def enrolled(uow: UnitOfWork, user_id: str) -> Person | None:
    """The person, if they are in a channel with Baton and so get digests."""
    person = people.find(uow.session, uow.team_id, user_id)
    is_enrolled = person and channels.is_enrolled(uow.session, uow.team_id, person)
    return person if is_enrolled else None


def reader_of(uow: UnitOfWork, person: Person) -> Reader:
    """Somebody who reads about everything since they last stopped working and got a digest."""
    history = queries.history(uow, person.user_id)
    return Reader(person, since=rules.looks_back_to(history, uow.now, person.working_time))


def compose(uow: UnitOfWork, reader: Reader, sources: Sequence[SectionSource]) -> Message | None:
    """The digest, or None if there is nothing to say."""
    sections = [section for source in sources if (section := source(uow, reader)) is not None]
    told = frozenset(message for section in sections for message in section.about)
    talk = conversations(uow, reader, told)
    if talk is not None:
        sections.append(talk)
    if not sections:
        return None
    local = reader.person.working_time.local
    return messages.digest(reader.person, sections, now=local(uow.now), since=local(reader.since))


def next_at(uow: UnitOfWork, person: Person) -> datetime:
    """When somebody's next digest comes, in their own time."""
    scheduled = queries.scheduled(uow, person.user_id)
    at = _hour(uow, person.user_id)
    following = scheduled or rules.next_digest(uow.now, person.working_time, at)
    return person.working_time.local(following)


def conversations(
    uow: UnitOfWork, reader: Reader, told: Collection[tuple[str, str]]
) -> DigestSection | None:
    """What was said in the reader's channels meanwhile, in the words of those who said it.

    Left out are threads whose first message is `told` of elsewhere in the digest.
    """
    lines, about = [], set()
    for channel in channels.shared_with(uow.session, uow.team_id, reader.person.user_id):
        said = message_store.between(
            uow.session, uow.team_id, channel.channel_id, reader.since, uow.now
        )
        untold = [
            each
            for each in said
            if (each.channel_id, each.thread_root) not in told
            and not attention.is_off(uow, each.user_id)
        ]
        threads = rules.threads_worth_a_line(untold, reader.person.user_id)
        shown = rules.busiest(threads)
        lines += [messages.thread_line(_shown(uow, thread)) for thread in shown]
        about |= {(channel.channel_id, thread.first.thread_root) for thread in shown}
        about |= {(channel.channel_id, thread.first.ts) for thread in shown}
        if len(threads) > len(shown):
            lines.append(messages.more_threads(channel.channel_id, len(threads) - len(shown)))
    return DigestSection(messages.CONVERSATIONS, lines, frozenset(about)) if lines else None


KEPT = (
    rows(
        "digests",
        DigestRow,
        DigestRow.user_id,
        what=messages.KEEPS,
        how_long=messages.KEPT_FOR,
        purge=lambda uow, _days: queries.forget_old(uow, (uow.now - rules.KEPT_FOR).date()),
    ),
    rows(
        "digest schedule",
        DigestScheduleRow,
        DigestScheduleRow.user_id,
        what=messages.SCHEDULE,
        how_long=messages.SCHEDULED_FOR,
    ),
)


def _hour(uow: UnitOfWork, user_id: str) -> time:
    return uow.setting(rules.AT, user_id=user_id)


def _shown(uow: UnitOfWork, thread: rules.Thread) -> ThreadShown:
    first = thread.first
    place = (uow.session, uow.team_id, first.channel_id)
    root = message_store.find(*place, first.thread_root) or first
    return ThreadShown(
        channel_id=root.channel_id,
        author_id=root.user_id,
        permalink=uow.workspace.permalink(root.channel_id, root.ts, root.thread_ts),
        quote=people.readable(uow.session, uow.team_id, root.text) if root.is_kept else None,
        reply_count=thread.reply_count,
    )
