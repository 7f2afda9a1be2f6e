"""Lines about what was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.core.digests import Line, ThreadKind
from bot.core.drafting import with_people
from bot.core.gaps import Gap, Why
from bot.core.locales import clock, moment
from bot.core.quotations import WORDED, linked
from bot.core.render import Channel, Instant, Link, Mention, Mrkdwn, join, mrkdwn, shorten
from bot.features.digest.rules.ranks import Rank

MOST_GAPS: Final = 3

RANKS: Final = {
    Rank.READ: "Read these",
    Rank.SKIM: "Skim these",
    Rank.SKIP: "You can skip these",
}
_KINDS: Final = {
    ThreadKind.SETTLED: "Settled",
    ThreadKind.OPEN_QUESTION: "Open question",
    ThreadKind.DISAGREEMENT: "Views differ",
}


@dataclass(frozen=True, slots=True)
class ThreadShown:
    """A conversation as one line of the digest shows it.

    Times are the reader's own, written as in `locale`. `channel_id` only where the line
    itself has to say where it is.
    """

    author_id: str
    permalink: str
    quote: str | None
    reply_count: int
    last_author_id: str
    last_at: datetime
    now: datetime
    locale: str
    kind: ThreadKind | None = None
    channel_id: str = ""


@dataclass(frozen=True, slots=True)
class DraftedShown:
    """A line that a model worded, with the words it rests on; the first link leads to them."""

    author_id: str
    text: str
    people: Mapping[str, str]
    quote: str
    permalinks: Sequence[str]
    channel_id: str = ""


def channel_title(channel_id: str) -> Mrkdwn:
    """The title of what was said in a channel."""
    return mrkdwn("{channel}", channel=Channel(channel_id))


def rank_title(rank: Rank) -> Mrkdwn:
    """The title of what is to be read first, or later, after a long absence."""
    return mrkdwn("{rank}", rank=RANKS[rank])


def thread_line(thread: ThreadShown) -> Line:
    """One line about a conversation: what it came to, and its first words, literally."""
    count, at = thread.reply_count, _at(thread)
    about = [mrkdwn("{kind}", kind=_KINDS[thread.kind])] if thread.kind in _KINDS else []
    if count:
        replies = "1 new reply" if count == 1 else f"{count} new replies"
        last = mrkdwn(
            "{replies}, the last by {who} {at}",
            replies=replies,
            who=Mention(thread.last_author_id),
            at=at,
        )
        about.append(last)
        author = mrkdwn("{who}:", who=Mention(thread.author_id))
    else:
        author = mrkdwn("{at} {who}:", who=Mention(thread.author_id), at=at)
    text = join(" · ", [*about, author])
    return Line(_placed(thread.channel_id, text), (linked(thread.permalink, thread.quote),))


def drafted_line(line: DraftedShown) -> Line:
    """One line that a model worded: it ends in the words it rests on, linked."""
    labels = [f"“{shorten(line.quote, 80)}”", "2", "3"]
    links = [Link(url, label) for url, label in zip(line.permalinks, labels, strict=False)]
    said = mrkdwn("{worded}{author}:", worded=WORDED, author=Mention(line.author_id))
    text = join(" ", [with_people(line.text, line.people), said])
    return Line(_placed(line.channel_id, text), tuple(links))


def counted(count: int, permalink: str, channel_id: str = "") -> Line:
    """How many conversations are only counted, and where the first of them is."""
    what = "1 conversation" if count == 1 else f"{count} conversations"
    text = mrkdwn("{what}", what=what)
    return Line(_placed(channel_id, text), (_first(count, permalink),))


def from_here(count: int, permalink: str) -> Mrkdwn:
    """The way to the first of so many conversations."""
    return mrkdwn("{here}", here=_first(count, permalink))


def only_newest(channel_id: str, count: int) -> Mrkdwn:
    """A gap: more was said in a channel than is read."""
    return mrkdwn(
        "of {channel} only the newest {count} messages",
        channel=Channel(channel_id),
        count=f"{count:,}",
    )


def not_kept(count: int) -> Mrkdwn:
    """A gap: texts that are not stored."""
    what = "1 message whose text is" if count == 1 else f"{count:,} messages whose texts are"
    return mrkdwn("{what} not kept", what=what)


def missing_of(gaps: Sequence[Gap]) -> Sequence[Mrkdwn]:
    """What did not come, and is not known otherwise by now: the first times of it."""
    told = [_missing(each) for each in gaps[:MOST_GAPS]]
    more = len(gaps) - MOST_GAPS
    return [*told, mrkdwn("the like at {more} more times since", more=more)] if more > 0 else told


def _missing(gap: Gap) -> Mrkdwn:
    why = "what Slack did not deliver" if gap.why is Why.DROPPED else "what I could not hear"
    return mrkdwn(
        "{why} from {since} to {until}, so messages may be missing",
        why=why,
        since=Instant(gap.since),
        until=Instant(gap.until),
    )


def _first(count: int, permalink: str) -> Link:
    return Link(permalink, "here" if count == 1 else "from here on")


def _at(thread: ThreadShown) -> str:
    """When the newest was said: of the last 24 hours the time of day is enough."""
    is_near = thread.now - thread.last_at < timedelta(days=1)
    return (clock if is_near else moment)(thread.last_at, thread.locale)


def _placed(channel_id: str, text: Mrkdwn) -> Mrkdwn:
    if not channel_id:
        return text
    return join(" ", [mrkdwn("{channel}", channel=Channel(channel_id)), text])
