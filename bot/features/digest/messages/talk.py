"""Lines about what was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.drafting import with_people
from bot.core.quotations import WORDED, linked
from bot.core.render import Channel, Link, Mention, Mrkdwn, join, mrkdwn, shorten

CONVERSATIONS: Final = "In your channels"


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


def thread_line(thread: ThreadShown) -> Mrkdwn:
    """One line about a conversation: its first words, literally, and where it is."""
    count = thread.reply_count
    replies = {0: "", 1: ", 1 new reply"}.get(count, f", {count} new replies")
    return mrkdwn(
        "{channel} {author}: {link}{replies}",
        channel=Channel(thread.channel_id),
        author=Mention(thread.author_id),
        link=linked(thread.permalink, thread.quote),
        replies=replies,
    )


def drafted_line(line: DraftedShown) -> Mrkdwn:
    """One line that a model worded: it ends in the words it rests on, linked."""
    labels = [f"“{shorten(line.quote, 80)}”", "2", "3"]
    links = [Link(url, label) for url, label in zip(line.permalinks, labels, strict=False)]
    text = with_people(line.text, line.people)
    return join(
        " ",
        [
            mrkdwn("{channel}", channel=Channel(line.channel_id)),
            text,
            mrkdwn("{worded}{author}:", worded=WORDED, author=Mention(line.author_id)),
            *(mrkdwn("{link}", link=link) for link in links),
        ],
    )


def more_threads(channel_id: str, count: int) -> Mrkdwn:
    """How many conversations of a channel a digest does not show."""
    what = "conversation" if count == 1 else "conversations"
    return mrkdwn(
        "{channel} and {count} more {what}", channel=Channel(channel_id), count=count, what=what
    )
