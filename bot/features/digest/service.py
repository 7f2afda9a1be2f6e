"""Makes digests and sends them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from sqlalchemy.orm import Session

from bot.core import attention, channels, introductions, message_store, people
from bot.core.attention import Urgency
from bot.core.blocks import Message
from bot.core.bot import DigestSection, Reader, SectionSource
from bot.core.channels import Channel
from bot.core.drafting import ALIAS, Draft, Source, revision
from bot.core.keeping import Kept, rows
from bot.core.message_store import StoredMessage
from bot.core.people import Person
from bot.core.plain_drafter import plain_draft
from bot.core.render import Mrkdwn
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.digest import messages, queries, rules
from bot.features.digest.messages import DraftedShown, ThreadShown
from bot.features.digest.models import DigestRow, DigestScheduleRow, DigestSliceRow
from bot.features.digest.rules import Drafted, DraftedLine, Due, Slice, State


@dataclass(slots=True)
class Talk:
    """What was said, as lines: worded by a model, and literal ones.

    `about` are the messages they tell of; `held_back` lines could not be checked just now.
    """

    drafted: list[Mrkdwn] = field(default_factory=list)
    plain: list[Mrkdwn] = field(default_factory=list)
    about: set[tuple[str, str]] = field(default_factory=set)
    held_back: int = 0

    @property
    def section(self) -> DigestSection | None:
        """All of it as a part of the digest."""
        lines = [*self.drafted, *self.plain]
        if not lines and not self.held_back:
            return None
        return DigestSection(messages.CONVERSATIONS, lines, frozenset(self.about), self.held_back)


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


def due(
    session: Session, now: datetime, limit: int, *, waits: bool = False
) -> Sequence[tuple[str, Due]]:
    """(team, digest) of those that are due, in any workspace.

    If it `waits`, drafts that are still to come hold a digest up a little.
    """
    waiting_since = now - rules.WAIT_FOR_DRAFTS if waits else None
    return queries.due(session, now, limit, waiting_since=waiting_since)


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
        key = rules.key_of(user_id, day)
        attention.reach(uow, key, person, message, urgency=Urgency.DIGEST)


def make_again(uow: UnitOfWork, key: str, sources: Sequence[SectionSource]) -> None:
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


class Schedule:
    """When people read their digests, for the rest of the house: see `bot.core.ports.Digests`."""

    def comes_between(
        self, uow: UnitOfWork, person: Person, start: datetime, end: datetime
    ) -> bool:
        """Whether a digest of somebody's comes, or came, between two instants."""
        if not wants(uow, person.user_id) or enrolled(uow, person.user_id) is None:
            return False
        at = _hour(uow, person.user_id)
        return rules.next_digest(start, person.working_time, at) <= end


def wants(uow: UnitOfWork, user_id: str) -> bool:
    """Whether somebody has their digest switched on."""
    return uow.setting(rules.WANTED, user_id=user_id) and not attention.is_off(uow, user_id)


def enrolled(uow: UnitOfWork, user_id: str) -> Person | None:
    """The person, if they are in a channel with Baton and so get digests."""
    person = people.find(uow.session, uow.team_id, user_id)
    is_enrolled = person and channels.is_enrolled(uow.session, uow.team_id, person)
    return person if is_enrolled else None


def reader_of(uow: UnitOfWork, person: Person, *, at: datetime | None = None) -> Reader:
    """Somebody who reads about everything since they last stopped working and got a digest."""
    history = queries.history(uow, person.user_id)
    return Reader(person, since=rules.looks_back_to(history, at or uow.now, person.working_time))


def compose(uow: UnitOfWork, reader: Reader, sources: Sequence[SectionSource]) -> Message | None:
    """The digest, or None if there is nothing to say."""
    sections = [section for source in sources if (section := source(uow, reader)) is not None]
    told = frozenset(message for section in sections for message in section.about)
    talk = conversations(uow, reader, told)
    if talk.section is not None:
        sections.append(talk.section)
    if not sections:
        return None
    local = reader.person.working_time.local
    return messages.digest(
        reader.person,
        sections,
        now=local(uow.now),
        since=local(reader.since),
        is_drafted=bool(talk.drafted),
    )


def next_at(uow: UnitOfWork, person: Person) -> datetime:
    """When somebody's next digest comes, in their own time."""
    scheduled = queries.scheduled(uow, person.user_id)
    at = _hour(uow, person.user_id)
    following = scheduled or rules.next_digest(uow.now, person.working_time, at)
    return person.working_time.local(following)


def conversations(uow: UnitOfWork, reader: Reader, told: Collection[tuple[str, str]]) -> Talk:
    """What was said in the reader's channels meanwhile: lines a model worded, and literal ones.

    Left out are threads whose first message is `told` of elsewhere in the digest.
    """
    talk = Talk()
    for channel in channels.shared_with(uow.session, uow.team_id, reader.person.user_id):
        said = message_store.between(
            uow.session, uow.team_id, channel.channel_id, reader.since, uow.now
        )
        untold = [
            each
            for each in said
            if (each.channel_id, each.thread_root) not in told
            and not attention.is_off(uow, each.user_id)
            and not rules.is_to(uow.workspace.bot_user_id, each.text)
        ]
        shown = rules.busiest(rules.threads_worth_a_line(untold, reader.person.user_id))
        if shown and not may_see(uow, reader.person.user_id, channel.channel_id):
            talk.held_back += len(shown)
            continue
        worded = queries.drafted(uow, channel.channel_id, reader.since)
        rest = _add_worded(uow, reader, worded, untold, talk) if worded else untold
        _add_literal(uow, reader, channel, rest, talk)
    return talk


def undrafted(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, Due]]:
    """(team, digest) of those that come soon and whose drafts nobody has taken on."""
    return queries.undrafted(session, now + rules.DRAFT_AHEAD, limit)


def claim_drafts(uow: UnitOfWork, due: Due) -> list[Slice]:
    """Takes on what is to be drafted for somebody's digest, channel by channel."""
    person = enrolled(uow, due.user_id)
    if not queries.claim_drafting(uow, due) or person is None:
        return []
    since = reader_of(uow, person, at=max(due.scheduled, uow.now)).since
    parts = []
    for channel in channels.shared_with(uow.session, uow.team_id, person.user_id):
        said = message_store.between(uow.session, uow.team_id, channel.channel_id, since, uow.now)
        part = rules.slice_of(channel.channel_id, said, since, uow.now)
        if part is not None and queries.claim_slice(uow, part):
            parts.append(part)
    return parts


def keep_draft(uow: UnitOfWork, part: Slice, draft: Draft) -> None:
    """Keeps what became of a draft until the digests that need it are sent.

    Of a draft whose messages were changed, erased or taken back meanwhile nothing is kept.
    """
    holds = all(_is_as_it_was(uow, source) for source in part.material.sources)
    queries.keep_draft(uow, part, draft if holds else plain_draft(part.material, "changed"))


def forget_worded(uow: UnitOfWork, channel_id: str, ts: str) -> None:
    """A message says something else now, or nothing any more."""
    queries.forget_slices_of(uow, channel_id, ts)


def forget_words_of(uow: UnitOfWork, user_id: str) -> None:
    """Nothing that was worded of somebody's talk is kept, if they are left alone."""
    if attention.is_off(uow, user_id):
        queries.forget_worded(uow, user_id)


def _is_as_it_was(uow: UnitOfWork, source: Source) -> bool:
    place = (uow.session, uow.team_id, source.place.channel_id, source.place.ts)
    message = message_store.find(*place)
    return (
        message is not None
        and revision(message.text) == source.rev
        and message.user_id == source.author_id
    )


def forget_drafts(session: Session, before: datetime) -> None:
    """Deletes the drafts of before then."""
    queries.forget_slices(session, before=before)


def _add_worded(
    uow: UnitOfWork, reader: Reader, worded: Drafted, said: Sequence[StoredMessage], talk: Talk
) -> list[StoredMessage]:
    """Adds the lines of a channel that still hold; returns what is still to be told of."""
    known = {each.ts: each for each in said}
    lost: set[str] = set()
    for line in rules.by_weight(worded.lines):
        cited = [known.get(source.ts) for source in line.sources]
        holds = all(
            each and revision(each.text) == source.rev
            for each, source in zip(cited, line.sources, strict=True)
        )
        live = [each for each in cited if each is not None]
        if not holds or len(talk.drafted) >= rules.DRAFTED_LINES:
            lost.update(each.thread_root for each in live)
        elif any(each.user_id != reader.person.user_id for each in live):
            talk.drafted.append(messages.drafted_line(_drafted(uow, line, live)))
            talk.about |= {(each.channel_id, each.ts) for each in live}
    return [each for each in said if not worded.tells_of(each) or each.thread_root in lost]


def _add_literal(
    uow: UnitOfWork, reader: Reader, channel: Channel, said: Sequence[StoredMessage], talk: Talk
) -> None:
    threads = rules.threads_worth_a_line(said, reader.person.user_id)
    shown = rules.busiest(threads)
    talk.plain += [messages.thread_line(_shown(uow, thread)) for thread in shown]
    talk.about |= {(channel.channel_id, thread.first.thread_root) for thread in shown}
    talk.about |= {(channel.channel_id, thread.first.ts) for thread in shown}
    if len(threads) > len(shown):
        talk.plain.append(messages.more_threads(channel.channel_id, len(threads) - len(shown)))


def _drafted(uow: UnitOfWork, line: DraftedLine, cited: Sequence[StoredMessage]) -> DraftedShown:
    names = people.names(uow.session, uow.team_id, line.people.values())
    called = {alias: names.get(user_id, "someone") for alias, user_id in line.people.items()}
    link = uow.workspace.permalink
    return DraftedShown(
        channel_id=cited[0].channel_id,
        author_id=cited[0].user_id,
        text=line.text,
        people=line.people,
        quote=ALIAS.sub(lambda found: "@" + called.get(found[0], found[0]), line.quote),
        permalinks=[link(each.channel_id, each.ts, each.thread_ts) for each in cited],
    )


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
        is_trace=True,
    ),
    Kept(
        "worded talk",
        messages.SLICES,
        messages.SLICES_FOR,
        (DigestSliceRow,),
        lambda _uow, _user_id: [],
        queries.forget_worded,
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
