"""What the digest says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.core.agreement.switches import off_button, on_button
from bot.core.blocks import Message, actions, context, header, section, sections
from bot.core.bot import DigestSection
from bot.core.drafting import with_people
from bot.core.people import Person
from bot.core.quotations import WORDED, linked
from bot.core.render import Channel, Link, Mention, Mrkdwn, join, local_time, mrkdwn, shorten
from bot.core.visibility import held_back
from bot.features.digest.rules import WANTED

COMMAND_DESCRIPTION: Final = "Your digest: when it comes, or at once"
COMMAND_USAGE: Final = "now"
HELP: Final = (
    "*Digest.* On each of your working mornings (at 09:00 unless you change it), one message says "
    "what waits on you, what was decided and what happened since you stopped working. "
    "`/digest now` shows it at once."
)
CONVERSATIONS: Final = "In your channels"
PLAIN: Final = "Plain digest, no AI used"
DRAFTED: Final = "Drafted with AI from the linked messages"
KEEPS: Final = "On which days you got a digest; not what was in it"
KEPT_FOR: Final = "90 days"
SCHEDULE: Final = "When your next digest comes"
SCHEDULED_FOR: Final = "until it does"
SLICES: Final = "Talk in your channels in short, for the next digests"
SLICES_FOR: Final = "a day"


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


def digest(
    person: Person,
    parts: Sequence[DigestSection],
    *,
    now: datetime,
    since: datetime,
    is_drafted: bool = False,
) -> Message:
    """The digest; times are the reader's own."""
    greeting = f"{_greeting(now)}, {person.name} · {now:%A} {now.day} {now:%B}"
    blocks = [header(greeting)]
    texts = [mrkdwn("{greeting}", greeting=greeting)]
    for each in (part for part in parts if part.lines):
        text = join("\n", [mrkdwn("*{title}*", title=each.title), *map(_bullet, each.lines)])
        texts.append(text)
        blocks += sections(text)
    footer = mrkdwn(
        "Since {since}, when you stopped working. {how}.",
        since=local_time(since),
        how=DRAFTED if is_drafted else PLAIN,
    )
    small_print = [held_back(count)] if (count := sum(part.held_back for part in parts)) else []
    small_print.append(footer)
    blocks += map(context, small_print)
    about = frozenset(place for each in parts for place in each.about)
    return Message(join("\n\n", [*texts, *small_print]), blocks, about)


def with_way_out(digest: Message) -> Message:
    """The first digest says how to stop them."""
    why = mrkdwn(
        "This is your first digest. `/digest` says when it comes; your settings change it."
    )
    off = actions([off_button(WANTED, "No more digests")])
    text = join("\n\n", [digest.text, why])
    return replace(digest, text=text, blocks=[*digest.blocks, context(why), off])


def is_off() -> Message:
    """Somebody asks who has switched it off."""
    text = mrkdwn("Your digest is off. `/digest now` shows it at once, all the same.")
    return Message(text, [section(text), actions([on_button(WANTED, "Switch on again")])])


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


def nothing_new() -> Message:
    """There is nothing to say."""
    return Message(mrkdwn("Nothing waits on you, and nothing happened since you stopped working."))


def scheduled(when: datetime) -> Message:
    """When the next digest comes."""
    return Message(
        mrkdwn(
            "Your next digest comes {when} (your time), if there is something to say. "
            "`/digest now` shows it at once.",
            when=local_time(when),
        )
    )


def not_enrolled() -> Message:
    """Somebody asks who is in no channel with Baton."""
    return Message(
        mrkdwn("You get a digest once you are in a channel that I am in, too: `/invite` me there.")
    )


def _greeting(now: datetime) -> str:
    if now.hour < 12:  # noqa: PLR2004 - noon
        return "Good morning"
    return "Good afternoon" if now.hour < 18 else "Good evening"  # noqa: PLR2004 - the evening


def _bullet(line: Mrkdwn) -> Mrkdwn:
    return join(" ", [mrkdwn("•"), line])
