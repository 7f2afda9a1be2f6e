"""Lines about what was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.digests import Line
from bot.core.drafting import with_people
from bot.core.quotations import WORDED, linked
from bot.core.render import Channel, Link, Mention, join, mrkdwn, shorten

CONVERSATIONS: Final = mrkdwn("In your channels")


@dataclass(frozen=True, slots=True)
class ThreadShown:
    """A thread as one line of the digest shows it."""

    channel_id: str
    author_id: str
    permalink: str
    quote: str | None
    reply_count: int


@dataclass(frozen=True, slots=True)
class DraftedShown:
    """A line that a model worded, with the words it rests on; the first link leads to them."""

    channel_id: str
    author_id: str
    text: str
    people: Mapping[str, str]
    quote: str
    permalinks: Sequence[str]


def thread_line(thread: ThreadShown) -> Line:
    """One line about a conversation: its first words, literally, and where it is."""
    count = thread.reply_count
    replies = {0: "", 1: ", 1 new reply"}.get(count, f", {count} new replies")
    told = mrkdwn(
        "{channel} {author}{replies}:",
        channel=Channel(thread.channel_id),
        author=Mention(thread.author_id),
        replies=replies,
    )
    return Line(told, (linked(thread.permalink, thread.quote),))


def drafted_line(line: DraftedShown) -> Line:
    """One line that a model worded: it ends in the words it rests on, linked."""
    labels = [f"“{shorten(line.quote, 80)}”", "2", "3"]
    links = [Link(url, label) for url, label in zip(line.permalinks, labels, strict=False)]
    told = join(
        " ",
        [
            mrkdwn("{channel}", channel=Channel(line.channel_id)),
            with_people(line.text, line.people),
            mrkdwn("{worded}{author}:", worded=WORDED, author=Mention(line.author_id)),
        ],
    )
    return Line(told, tuple(links))
