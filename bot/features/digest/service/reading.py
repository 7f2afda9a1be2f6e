"""Reads what was said in a channel: the same for everybody who reads about the same time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.core import attention, groups, message_store, people
from bot.core.agreement import reading
from bot.core.agreement.setting import person_scope
from bot.core.channels import Channel
from bot.core.digests import ThreadKind, ThreadReading
from bot.core.message_store import StoredMessage
from bot.core.render import groups_in, mentions_in
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.queries import slices as queries
from bot.features.digest.rules import choosing, kinds
from bot.features.digest.rules import threads as rules
from bot.features.digest.rules.choosing import Key, Wording
from bot.features.digest.rules.threads import Thread
from bot.features.digest.service import translating


@dataclass(frozen=True, slots=True)
class ChannelTalk:
    """What was said in a channel since an instant, as anybody may be told who can see the channel.

    `count` messages were read; if `is_cut` there were more. Of `not_kept` there is no text.
    `names` are what the people and groups in it are called. `kinds` is what is known by now of what
    conversations came to, see `kinds_of`.
    """

    channel: Channel
    threads: Sequence[Thread]
    wording: Wording
    names: Mapping[str, str]
    count: int
    not_kept: int = 0
    is_cut: bool = False
    kinds: dict[Key, ThreadKind | None] = field(default_factory=dict)


def read(uow: UnitOfWork, channel: Channel, since: datetime, language: str = "") -> ChannelTalk:
    """What was said in a channel since then; what a model worded is in a language, if given.

    Where it is read for many readers, it is read once for all who look back as far.
    """
    key = ("talk", channel.channel_id, since, language)
    return uow.once(key, lambda: _read(uow, channel, since, language))


def _read(uow: UnitOfWork, channel: Channel, since: datetime, language: str) -> ChannelTalk:
    """Reads it, in a handful of statements."""
    place = (uow.session, uow.team_id, channel.channel_id)
    said = message_store.between(*place, since, uow.now, newest=rules.MOST_READ + 1)
    is_cut, said = len(said) > rules.MOST_READ, said[-rules.MOST_READ :]
    drafted = queries.drafted(uow, channel.channel_id, since) if said else None
    drafted = translating.worded_in(uow, drafted, language)
    cited = {each.ts for line in drafted.lines for each in line.sources} if drafted else set()
    older_ts = ({each.thread_root for each in said} | cited) - {each.ts for each in said}
    older = message_store.find_all(*place, older_ts)
    authors = {each.user_id for each in (*said, *older.values())}
    reading.read_ahead(uow.session, uow.team_id, map(person_scope, authors))
    is_off = {each: attention.is_off(uow, each) for each in authors}
    older = {ts: each for ts, each in older.items() if not is_off[each.user_id]}
    baton = uow.workspace.bot_user_id
    threads = rules.threads_of(
        [each for each in said if not is_off[each.user_id] and not rules.is_to(baton, each.text)],
        older,
        message_store.reaction_counts(*place, since) if said else {},
    )
    wording = choosing.wording_of(drafted, threads, older)
    return ChannelTalk(
        channel,
        threads,
        wording,
        _names(uow, [each.opening for each in threads], wording),
        len(said),
        not_kept=sum(not each.is_kept for each in said),
        is_cut=is_cut,
    )


def kinds_of(
    uow: UnitOfWork,
    talk: ChannelTalk,
    threads: Sequence[Thread],
    readings: Sequence[ThreadReading],
) -> Mapping[Key, ThreadKind | None]:
    """What these conversations of a channel came to; each is looked at once, whoever reads.

    What a feature knows goes before what the words tell, the first that knows before the others.
    """
    unread = [each for each in threads if each.key not in talk.kinds]
    for source in readings:
        if not unread:
            break
        told = source(uow, [each.whole for each in unread])
        found = dict(zip((each.key for each in unread), told, strict=True))
        talk.kinds.update({key: kind for key, kind in found.items() if kind is not None})
        unread = [each for each in unread if each.key not in talk.kinds]
    talk.kinds.update({each.key: kinds.kind_of(each) for each in unread})
    return talk.kinds


def _names(uow: UnitOfWork, quoted: Sequence[StoredMessage], wording: Wording) -> Mapping[str, str]:
    """What everybody is called who is mentioned in what may be quoted, looked up at once."""
    texts = " ".join(each.text for each in quoted)
    worded = {user_id for each in wording.lines for user_id in each.line.people.values()}
    mentioned = {*mentions_in(texts), *worded}
    named = people.names(uow.session, uow.team_id, mentioned) if mentioned else {}
    return {**named, **groups.names(uow.session, uow.team_id, groups_in(texts))}
