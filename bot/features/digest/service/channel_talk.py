"""What a channel's digest says: only what was said and decided in that channel."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.core import attention, message_store, people
from bot.core.blocks import Message
from bot.core.digests import ChannelReader, DigestSection, DigestSources, ThreadKind
from bot.core.message_store import StoredMessage
from bot.core.quotations import Place
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages import channel as messages
from bot.features.digest.messages.channel import Counts, ThreadShown
from bot.features.digest.rules import channels as rules
from bot.features.digest.rules import threads
from bot.features.digest.rules.threads import Thread


@dataclass(frozen=True, slots=True)
class Told:
    """The conversations of a channel, and how many there were."""

    sections: Sequence[DigestSection]
    counts: Counts


def compose(
    uow: UnitOfWork,
    reader: ChannelReader,
    sources: DigestSources,
    zone: ZoneInfo,
    *,
    is_late: bool = False,
) -> Message | None:
    """The digest, in the time of a zone, or None if there is nothing to say.

    If it `is_late`, it says as of when it tells.
    """
    found = [section for source in sources.of_channels if (section := source(uow, reader))]
    about = frozenset(place for section in found for place in section.about)
    talk = _conversations(uow, reader, about, sources)
    sections = [*found, *talk.sections]
    if not sections:
        return None
    return messages.digest(
        reader,
        sections,
        talk.counts,
        now=uow.now.astimezone(zone),
        since=reader.since.astimezone(zone),
        is_late=is_late,
    )


def _conversations(
    uow: UnitOfWork, reader: ChannelReader, told: Collection[Place], sources: DigestSources
) -> Told:
    """What was said in the channel, but for what is `told` of elsewhere in the digest."""
    channel_id = reader.channel.channel_id
    said = [
        each
        for each in message_store.between(
            uow.session, uow.team_id, channel_id, reader.since, uow.now
        )
        if not attention.is_off(uow, each.user_id)
        and not threads.is_to(uow.workspace.bot_user_id, each.text)
    ]
    untold = [each for each in said if (channel_id, each.thread_root) not in told]
    worth = threads.threads_worth_a_line(untold, reader_id="")
    waiting = [each for each in worth if _is_unanswered(uow, each.first, untold, sources)]
    rest = [each for each in worth if each not in waiting]
    asked = threads.busiest(waiting)
    busy = threads.busiest(rest)
    sections = [
        messages.unanswered([_shown(uow, each) for each in asked], len(waiting) - len(asked)),
        messages.busiest([_shown(uow, each) for each in busy], len(rest) - len(busy)),
    ]
    counts = Counts(conversations=len({each.thread_root for each in said}), messages=len(said))
    return Told([each for each in sections if each is not None], counts)


def _is_unanswered(
    uow: UnitOfWork, first: StoredMessage, said: Sequence[StoredMessage], sources: DigestSources
) -> bool:
    """Whether a conversation is a question that nobody answered, as far as anybody can tell."""
    together = [each for each in said if each.thread_root == first.thread_root]
    readings = (reading(uow, together) for reading in sources.threads)
    kind = next((kind for kind in readings if kind is not None), None)
    if kind is not None:
        return kind is ThreadKind.OPEN_QUESTION
    place = (uow.session, uow.team_id, first.channel_id)
    return rules.is_unanswered(first, message_store.replies(*place, first.thread_root))


def _shown(uow: UnitOfWork, thread: Thread) -> ThreadShown:
    """A conversation by its first words, or by the first new ones where those cannot be shown."""
    first = thread.first
    place = (uow.session, uow.team_id, first.channel_id)
    root = message_store.find(*place, first.thread_root)
    shown = first if root is None or attention.is_off(uow, root.user_id) else root
    return ThreadShown(
        place=(shown.channel_id, shown.ts),
        at=shown.at,
        permalink=uow.workspace.permalink(shown.channel_id, shown.ts, shown.thread_ts),
        quote=people.readable(uow.session, uow.team_id, shown.text) if shown.is_kept else None,
        reply_count=thread.reply_count,
    )
