"""What was said meanwhile, as the part of a digest that tells it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.core import gaps, visibility
from bot.core.digests import DigestSection, Part, Reader, ThreadReading
from bot.core.gaps import Gap
from bot.core.rooms import is_social
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages import talk as messages
from bot.features.digest.messages import wishes as wish_words
from bot.features.digest.queries import wishes as queries
from bot.features.digest.rules import choosing, ranks
from bot.features.digest.rules import threads as rules
from bot.features.digest.rules.choosing import Choice, Entry
from bot.features.digest.rules.coverage import Coverage
from bot.features.digest.rules.ranks import Rank
from bot.features.digest.rules.threads import Thread
from bot.features.digest.rules.wishes import MOST_SHOWN, Wish
from bot.features.digest.service import app_talk, lines, places, reading, translating
from bot.features.digest.service.reading import ChannelTalk

MOST_RANKED: Final = {Rank.READ: 15, Rank.SKIM: 10}
"""So many lines a part has after a long absence; what is too much for one moves to the next."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What was said, as sections in the order in which they are read.

    `prompt` is which prompt its worded lines come from, with its version; empty: there is none.
    """

    sections: Sequence[DigestSection]
    coverage: Coverage
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """What of one channel somebody is told."""

    talk: ChannelTalk
    news: Sequence[Thread]
    wish: Wish
    choice: Choice

    @property
    def is_aside(self) -> bool:
        """Whether the channel is for company, and its reader wants no more of it."""
        return is_social(self.talk.channel.name) and self.wish is not Wish.MORE

    @property
    def is_worded(self) -> bool:
        """Whether any of its lines is a model's."""
        return any(each.worded for each in self.choice.entries)


@dataclass(slots=True)
class _Read:
    """What was read for somebody so far."""

    told: list[_Told] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    channels: int = 0
    messages: int = 0
    not_kept: int = 0
    withheld: int = 0
    missing: Sequence[Gap] = ()

    @property
    def coverage(self) -> Coverage:
        """What the digest was made from."""
        unread = [messages.only_newest(each, rules.MOST_READ) for each in self.cut]
        if self.not_kept:
            unread.append(messages.not_kept(self.not_kept))
        return Coverage(
            self.channels,
            self.messages,
            (*unread, *messages.missing_of(self.missing)),
            self.withheld,
        )


def conversations(
    uow: UnitOfWork,
    reader: Reader,
    told: Collection[tuple[str, str]],
    readings: Sequence[ThreadReading],
) -> Talk:
    """What was said in the reader's channels meanwhile: what its conversations came to.

    Left out is what is `told` of elsewhere in the digest, by the (channel, ts) of messages.
    """
    work = reader.person.working_time
    is_long = ranks.is_long_absence(reader.since, uow.now, work)
    read = _read(uow, reader, told, readings, most=choosing.SHORTLIST if is_long else None)
    prompts = [each.talk.wording.prompt for each in read.told if each.is_worded]
    if is_long and sum(len(each.news) for each in read.told) > ranks.FEW:
        sections, count = list(_by_rank(uow, reader, read.told)), len(read.told)
    else:
        sections = [_by_channel(uow, reader, each) for each in _in_order(reader, read.told)]
        posted = app_talk.after(uow, reader, sections, told)
        sections, read.withheld = posted.sections, read.withheld + posted.withheld
        count = len(sections)
    return Talk(sections, replace(read.coverage, told=count), max(prompts, default=""))


def _read(
    uow: UnitOfWork,
    reader: Reader,
    told: Collection[tuple[str, str]],
    readings: Sequence[ThreadReading],
    *,
    most: int | None,
) -> _Read:
    """Reads each channel once; `most` lines of it are chosen, else as many as its reader wants."""
    reader_id = reader.person.user_id
    shared = places.told_of(uow, reader_id)
    look = visibility.look(uow, reader_id, [each.channel_id for each in shared])
    wishes = queries.of_person(uow, reader_id)
    language = translating.language_for(uow, reader.person)
    read = _Read()
    span = (uow.session, uow.team_id, reader.since, uow.now)
    read.missing = uow.once(("gaps", *span[2:]), lambda: gaps.open_between(*span))
    for channel in shared:
        talk = reading.read(uow, channel, reader.since, language)
        news = [
            each
            for each in talk.threads
            if rules.is_news(each, reader_id) and not rules.is_told(each, told)
        ]
        wish = wishes.get(channel.channel_id, Wish.USUAL)
        shown = look.sift(uow, news[: MOST_SHOWN[wish]], channel_of=lambda each: each.key[0])
        read.withheld += shown.held_back
        if news and not shown.seen:
            continue
        read.messages += talk.count
        read.channels += talk.count > 0
        read.not_kept += talk.not_kept
        read.cut += [channel.channel_id] if talk.is_cut else []
        if news:
            kinds = reading.kinds_of(uow, talk, choosing.shortlist(news, reader_id), readings)
            choice = choosing.choose(
                news,
                kinds,
                reader_id,
                talk.wording,
                wish=wish,
                is_social=is_social(channel.name),
                most=most or MOST_SHOWN[wish],
            )
            read.told.append(_Told(talk, news, wish, choice))
    return read


def _in_order(reader: Reader, told: Sequence[_Told]) -> list[_Told]:
    """The channel that means most to the reader first.

    Rooms for company come last; of what concerns the reader there, after the like elsewhere.
    """
    by_name = sorted(told, key=lambda each: each.talk.channel.name)

    def weight(each: _Told) -> tuple[bool, bool, bool, float]:
        concerned, matters, score = choosing.relevance(each.choice, reader.person.user_id)
        return concerned, not each.is_aside, matters, score

    return sorted(by_name, key=weight, reverse=True)


def _by_channel(uow: UnitOfWork, reader: Reader, told: _Told) -> DigestSection:
    channel_id = told.talk.channel.channel_id
    entries, rest = told.choice.entries, told.choice.rest
    return DigestSection(
        Part.HAPPENED,
        messages.channel_title(channel_id),
        [lines.of(uow, reader, told.talk, each) for each in entries] or [lines.counted(uow, rest)],
        lines.about(entries) if entries else frozenset({rest[0].key}),
        more=len(rest) if entries else 0,
        rest=lines.from_here(uow, rest) if entries and rest else None,
        menu=wish_words.menu(channel_id, told.wish),
    )


def _by_rank(uow: UnitOfWork, reader: Reader, told: Sequence[_Told]) -> Iterator[DigestSection]:
    """After a long absence: what to read first, wherever it was said; the rest is counted."""
    found: list[tuple[Rank, _Told, Entry]] = [
        (_rank(reader, each, entry), each, entry)
        for each in _in_order(reader, told)
        for entry in each.choice.entries
    ]
    left = found
    shown: list[Entry] = []
    for rank, most in MOST_RANKED.items():
        chosen = [each for each in left if each[0] <= rank][:most]
        left = [each for each in left if each not in chosen]
        entries = [entry for _, _, entry in chosen]
        shown += entries
        if chosen:
            yield DigestSection(
                Part.HAPPENED,
                messages.rank_title(rank),
                [
                    lines.of(uow, reader, each.talk, entry, is_placed=True)
                    for _, each, entry in chosen
                ],
                lines.about(entries),
            )
    rests = [choosing.rest_of(each.news, shown) for each in _in_order(reader, told)]
    if counted := [rest for rest in rests if rest]:
        yield DigestSection(
            Part.HAPPENED,
            messages.rank_title(Rank.SKIP),
            [lines.counted(uow, rest, is_placed=True) for rest in counted],
            frozenset(rest[0].key for rest in counted),
        )


def _rank(reader: Reader, told: _Told, entry: Entry) -> Rank:
    reader_id = reader.person.user_id
    return ranks.rank_of(entry.thread, entry.kind, reader_id, is_aside=told.is_aside)
