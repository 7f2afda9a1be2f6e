"""The lines about conversations, each ending in where it was said."""

from collections.abc import Iterable, Sequence

from bot.core.digests import Line, Reader
from bot.core.drafting import ALIAS
from bot.core.message_store import StoredMessage
from bot.core.render import Mrkdwn, plain
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages import talk as messages
from bot.features.digest.messages.talk import DraftedShown, ThreadShown
from bot.features.digest.rules.choosing import Entry, Key, Worded
from bot.features.digest.rules.threads import Thread, first_sentence
from bot.features.digest.service.reading import ChannelTalk


def of(
    uow: UnitOfWork, reader: Reader, talk: ChannelTalk, entry: Entry, *, is_placed: bool = False
) -> Line:
    """The line about a conversation; `is_placed`: it says itself in which channel that is."""
    channel_id = talk.channel.channel_id if is_placed else ""
    if entry.worded is not None:
        return messages.drafted_line(_drafted(uow, talk, entry.worded, channel_id))
    opening, last = entry.thread.opening, entry.thread.last
    return messages.thread_line(
        ThreadShown(
            author_id=opening.user_id,
            permalink=_permalink(uow, opening),
            quote=first_sentence(plain(opening.text, talk.names)) if opening.is_kept else None,
            reply_count=entry.thread.reply_count,
            last_author_id=last.user_id,
            last_at=reader.person.working_time.local(last.at),
            now=uow.now,
            locale=reader.person.locale,
            kind=entry.kind,
            channel_id=channel_id,
        )
    )


def counted(uow: UnitOfWork, threads: Sequence[Thread], *, is_placed: bool = False) -> Line:
    """The line about conversations of a channel that are only counted; there is one at least."""
    first = threads[0].said[0]
    channel_id = first.channel_id if is_placed else ""
    return messages.counted(len(threads), _permalink(uow, first), channel_id)


def from_here(uow: UnitOfWork, threads: Sequence[Thread]) -> Mrkdwn:
    """The way to the first of these conversations of a channel; there is one at least."""
    return messages.from_here(len(threads), _permalink(uow, threads[0].said[0]))


def about(entries: Iterable[Entry]) -> frozenset[Key]:
    """The messages that these lines tell of."""
    return frozenset(
        (each.channel_id, each.ts)
        for entry in entries
        for each in (entry.worded.cited if entry.worded else _told_of(entry.thread))
    )


def _told_of(thread: Thread) -> tuple[StoredMessage, ...]:
    """What is quoted of a conversation, how it began, and who is named as the last."""
    return (thread.whole[0], thread.opening, thread.last)


def _drafted(uow: UnitOfWork, talk: ChannelTalk, worded: Worded, channel_id: str) -> DraftedShown:
    line, cited = worded.line, worded.cited
    called = {alias: talk.names.get(who, "someone") for alias, who in line.people.items()}
    return DraftedShown(
        author_id=cited[0].user_id,
        text=line.text,
        people=line.people,
        quote=ALIAS.sub(lambda found: "@" + called.get(found[0], found[0]), line.quote),
        permalinks=[_permalink(uow, each) for each in cited],
        channel_id=channel_id,
    )


def _permalink(uow: UnitOfWork, message: StoredMessage) -> str:
    return uow.workspace.permalink(message.channel_id, message.ts, message.thread_ts)
