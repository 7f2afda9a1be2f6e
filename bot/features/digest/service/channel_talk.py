"""What a channel's digest says: only what was said and decided in that channel."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.core import gaps
from bot.core.blocks import Message
from bot.core.digests import ChannelReader, DigestSection, DigestSources, Line, ThreadKind
from bot.core.quotations import Place
from bot.core.render import plain
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages import channel as messages
from bot.features.digest.messages import talk as words
from bot.features.digest.messages.channel import Counts
from bot.features.digest.rules import threads
from bot.features.digest.rules.threads import Thread
from bot.features.digest.service import reading
from bot.features.digest.service.reading import ChannelTalk

SHOWN: Final = 5
NOBODY: Final = ""
"""Nobody's own words are left out, and nothing concerns anybody more than others."""


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
    talk = reading.read(uow, reader.channel, reader.since)
    news = [
        each
        for each in talk.threads
        if threads.is_news(each, NOBODY) and not threads.is_told(each, told)
    ]
    kinds = reading.kinds_of(uow, talk, news, sources.threads)
    waiting = [each for each in news if kinds[each.key] is ThreadKind.OPEN_QUESTION]
    rest = [each for each in news if kinds[each.key] is not ThreadKind.OPEN_QUESTION]
    sections = [
        messages.unanswered(*_most_talked_of(uow, talk, waiting)),
        messages.busiest(*_most_talked_of(uow, talk, rest)),
    ]
    return Told([each for each in sections if each is not None], _counts(uow, talk, reader.since))


def _most_talked_of(
    uow: UnitOfWork, talk: ChannelTalk, found: Sequence[Thread]
) -> tuple[list[Line], int]:
    """The few conversations in which most was said, and how many others there are."""
    shown = threads.by_score(found, NOBODY)[:SHOWN]
    return [_line(uow, talk, each) for each in shown], len(found) - len(shown)


def _counts(uow: UnitOfWork, talk: ChannelTalk, since: datetime) -> Counts:
    """How much was read; what people said who want to be left alone is not counted."""
    unread = [words.only_newest(talk.channel.channel_id, threads.MOST_READ)] if talk.is_cut else []
    if talk.not_kept:
        unread.append(words.not_kept(talk.not_kept))
    missing = gaps.open_between(uow.session, uow.team_id, since, uow.now)
    said = sum(len(each.said) for each in talk.threads)
    told = (*unread, *words.missing_of(missing))
    return Counts(conversations=len(talk.threads), messages=said, gaps=told)


def _line(uow: UnitOfWork, talk: ChannelTalk, thread: Thread) -> Line:
    """A conversation by the words that stand for it."""
    opening = thread.opening
    said = threads.first_sentence(plain(opening.text, talk.names))
    return messages.line(
        (opening.channel_id, opening.ts),
        opening.at,
        uow.workspace.permalink(opening.channel_id, opening.ts, opening.thread_ts),
        said if opening.is_kept else None,
        reply_count=thread.reply_count,
    )
