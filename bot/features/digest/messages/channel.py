"""The digest of a channel, and what `/digest channel` answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.core.blocks import Block, Element, Message, actions, button, context, header, section
from bot.core.blocks import sections as paragraphs
from bot.core.digests import ChannelReader, DigestSection, Line, Part
from bot.core.quotations import Place, linked
from bot.core.render import Channel, Instant, Mrkdwn, join, local_day, local_time, mrkdwn
from bot.features.digest.messages.fitting import as_text
from bot.features.digest.rules.channels import AT, Frequency, Rhythm, written

CHOOSE: Final = "digest.choose_channel"
UNDO: Final = "digest.undo_channel"
USAGE: Final = "channel [daily 16:00 | weekly monday 09:00 | off]"
KEEPS: Final = "When the digests of your channels come, and on which days there was one"
KEPT_FOR: Final = "90 days"

_CHOICES: Final = {
    Frequency.DAILY: "Every weekday",
    Frequency.WEEKLY: "Once a week",
    Frequency.OFF: "No digest here",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was said in a channel; `gaps` say what of it could not be read."""

    conversations: int
    messages: int
    gaps: tuple[Mrkdwn, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds in a channel; `next_at` is in the zone of its rhythm, None: there is none."""

    channel_id: str
    rhythm: Rhythm
    next_at: datetime | None
    may_change: bool


def digest(
    reader: ChannelReader,
    parts: Sequence[DigestSection],
    counts: Counts,
    *,
    now: datetime,
    since: datetime,
    is_late: bool,
) -> Message:
    """The digest of a channel; times are those of the zone that was chosen for it."""
    what = "The week in" if reader.is_weekly else "Digest of"
    title = f"{what} #{reader.channel.name} · {now:%A} {now.day} {now:%B}"
    texts = [as_text([each]) for each in parts]
    blocks = [block for text in texts for block in paragraphs(text)]
    footer = _footer(counts, now, since, is_late=is_late)
    return Message(
        join("\n\n", [mrkdwn("{title}", title=title), *texts, footer]),
        [header(title), *blocks, context(footer)],
        frozenset(place for each in parts for place in each.about),
    )


def unanswered(lines: Sequence[Line], more: int) -> DigestSection | None:
    """The questions under which nobody else wrote."""
    return _threads(mrkdwn("Questions without an answer so far"), lines, more)


def busiest(lines: Sequence[Line], more: int) -> DigestSection | None:
    """The conversations in which most was said."""
    return _threads(mrkdwn("Conversations"), lines, more)


def line(
    place: Place, at: datetime, permalink: str, quote: str | None, *, reply_count: int
) -> Line:
    """A conversation; place, time and permalink are those of the quote."""
    replies = _counted(reply_count, "new reply", "new replies")
    text = mrkdwn("{at}{replies}:", at=Instant(at), replies=f", {replies}" if reply_count else "")
    return Line(text, (linked(permalink, quote),), about=frozenset({place}))


def told(standing: Standing) -> Message:
    """What holds in a channel, and what can be chosen instead."""
    choices = [each for each in _CHOICES if each is not standing.rhythm.frequency]
    buttons = [button(_CHOICES[each], CHOOSE, f"{standing.channel_id}|{each}") for each in choices]
    hint = mrkdwn(
        "Other times: `/digest channel daily 16:00`, `/digest channel weekly friday 15:00`."
        if standing.may_change
        else "Admins and whoever made the channel can change that."
    )
    return _answer(_holds(standing), buttons if standing.may_change else [], hint)


def changed(standing: Standing, before: Rhythm, version: int) -> Message:
    """Something else holds now; one click takes it back, as long as nobody changed it again."""
    back = button("Undo", UNDO, f"{standing.channel_id}|{version}|{written(before)}")
    return _answer(_holds(standing), [back])


def changed_meanwhile(standing: Standing) -> Message:
    """There is nothing to take back any more."""
    return Message(join(" ", [Mrkdwn("It was changed since then."), _holds(standing)]))


def not_here() -> Message:
    """There is no digest for this conversation."""
    return Message(
        mrkdwn(
            "I can only do that in a channel that I am in. Type `/digest channel` there, or "
            "`/invite` me first. Your own digest is `/digest`."
        )
    )


def not_allowed() -> Message:
    """Somebody may not change the channel's digest."""
    return Message(
        mrkdwn("Only admins and whoever made this channel can change its digest. Ask one of them.")
    )


def unreadable(sentence: str) -> Message:
    """Something was typed that says no time."""
    return Message(
        mrkdwn(
            "{sentence} Type for example `/digest channel daily 16:00`, "
            "`/digest channel weekly monday 09:00` or `/digest channel off`.",
            sentence=sentence,
        )
    )


def _holds(standing: Standing) -> Mrkdwn:
    if standing.next_at is None:
        return mrkdwn(
            "{channel} gets no digest. I can post one here for everybody: what was decided and "
            "asked in this channel, and where it was busy.",
            channel=Channel(standing.channel_id),
        )
    rhythm = standing.rhythm
    is_weekly = rhythm.frequency is Frequency.WEEKLY
    return mrkdwn(
        "{channel} gets a digest {when} at {at} ({zone}), if there is something to say. The next "
        "one comes on {following}.",
        channel=Channel(standing.channel_id),
        when=f"every {rhythm.day.capitalize()}" if is_weekly else "from Monday to Friday",
        at=AT.kind.words(rhythm.at),
        zone=rhythm.zone.key,
        following=local_day(standing.next_at.date()),
    )


def _answer(text: Mrkdwn, buttons: Sequence[Element], hint: Mrkdwn | None = None) -> Message:
    blocks: list[Block] = [section(text), *([actions(buttons)] if buttons else [])]
    below = [hint] if hint else []
    return Message(join("\n", [text, *below]), [*blocks, *map(context, below)])


def _footer(counts: Counts, now: datetime, since: datetime, *, is_late: bool) -> Mrkdwn:
    footer = mrkdwn(
        "{as_of}Since {since} ({zone}): {messages} in {conversations}. Only what was said in this "
        "channel, quoted, no AI used. `/digest channel` says when it comes.",
        as_of=f"As of {local_time(now)}. " if is_late else "",
        since=local_time(since),
        zone=str(now.tzinfo),
        messages=_counted(counts.messages, "message"),
        conversations=_counted(counts.conversations, "conversation"),
    )
    not_read = [join("", [Mrkdwn("Not read: "), gap, Mrkdwn(".")]) for gap in counts.gaps]
    return join(" ", [footer, *not_read])


def _threads(title: Mrkdwn, lines: Sequence[Line], more: int) -> DigestSection | None:
    if not lines:
        return None
    about = frozenset(place for each in lines for place in each.about)
    return DigestSection(Part.HAPPENED, title, lines, about, more=more)


def _counted(count: int, one: str, several: str = "") -> str:
    return f"{count} {one if count == 1 else several or f'{one}s'}"
