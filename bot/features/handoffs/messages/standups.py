"""What is said around a stand-up in writing: asking, the thread, and when it comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.core.blocks import Block, Element, Message, actions, button, context, section, sections
from bot.core.render import Channel, Mention, Mrkdwn, join, local_day, mrkdwn
from bot.features.handoffs.rules.standups import (
    AT,
    EntryState,
    Plan,
    Spot,
    written,
    written_days,
)

WRITE: Final = "handoffs.write_standup"
SKIP: Final = "handoffs.skip_standup"
UNSKIP: Final = "handoffs.unskip_standup"
DECLINE: Final = "handoffs.decline_standup"
JOIN: Final = "handoffs.join_standup"
UNDO: Final = "handoffs.undo_standup"
USAGE: Final = "standup [09:30 Mon-Thu | week | off]"
NOTHING: Final = "Write a line, or close this and press “Skip today”."
OVER: Final = "This stand-up is closed, or you are not in its channel any more."

_COMMANDS: Final = Mrkdwn(
    "`/handoff standup 09:30 Mon-Thu` sets it, `/handoff standup off` ends it, "
    "`/handoff standup week` shows what this week came to."
)
_WHO_MAY: Final = Mrkdwn(
    "Admins and whoever made the channel can change that. `/handoff standup week` shows what this "
    "week came to."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds in a channel for somebody: when they are asked next, and what they did today.

    `mine` is the stand-up of today where they are; without a `state` they have none.
    """

    channel_id: str
    plan: Plan
    next_on: date | None
    may_change: bool
    state: EntryState | None
    mine: Spot


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody wrote; `delivered` is what they had promised, `blocker` a name."""

    author_id: str
    delivered: tuple[str, ...]
    done: tuple[str, ...]
    promised: tuple[str, ...]
    blocked: str
    blocker: str
    watch_out: tuple[str, ...]
    is_late: bool


def prompt(spot: Spot, channel: str, until: str) -> Message:
    """Somebody is asked to write; `until` is when their time is over, as they say it.

    `channel` is what the channel is called.
    """
    text = mrkdwn(
        "Stand-up of {channel} for {day}: what is done, what is next, and what is in your way? A "
        "few words are enough. There is time until {until}; later is fine, too.",
        channel=Channel(spot.channel_id),
        day=local_day(spot.day),
        until=until,
    )
    buttons = [
        button("Write it", WRITE, str(spot), style="primary"),
        button("Skip today", SKIP, str(spot)),
        button(f"Not for me in #{channel}", DECLINE, str(spot)),
    ]
    return Message(text, [section(text), actions(buttons)], besides=frozenset({spot.channel_id}))


def root(day: date) -> Message:
    """A stand-up's thread begins."""
    text = mrkdwn(
        ":spiral_note_pad: *Stand-up of {day}*: everybody writes in this thread when their day "
        "comes to it.",
        day=local_day(day),
    )
    return Message(text)


def entry(told: Told) -> Message:
    """What somebody wrote, as it stands in the thread."""
    late = mrkdwn("{who} · late, and just as welcome", who=Mention(told.author_id))
    title = late if told.is_late else mrkdwn("{who}", who=Mention(told.author_id))
    waits = " (waits for {blocker})" if told.blocker else ""
    blocked = [mrkdwn("• {what}" + waits, what=told.blocked, blocker=told.blocker)]
    parts = [
        title,
        *_listed("Done", [*told.delivered, *told.done]),
        *_listed("Next", told.promised),
        *([join("\n", [Mrkdwn("*Blocked*"), *blocked])] if told.blocked else []),
        *_listed("Watch out", told.watch_out),
    ]
    text = join("\n", parts)
    return Message(text, sections(text))


def written_down(spot: Spot) -> Message:
    """Somebody's words stand in the thread."""
    text = mrkdwn(
        "Thank you. What you wrote stands in the thread of {channel} for {day}.",
        channel=Channel(spot.channel_id),
        day=local_day(spot.day),
    )
    return _with([button("Change it", WRITE, str(spot))], text)


def skipped(spot: Spot) -> Message:
    """Somebody writes nothing today."""
    text = mrkdwn(
        "Skipped: nothing from you in {channel} for {day}, and nobody is told.",
        channel=Channel(spot.channel_id),
        day=local_day(spot.day),
    )
    return _with([button("Undo", UNSKIP, str(spot))], text)


def declined(spot: Spot) -> Message:
    """Somebody is not asked in a channel any more."""
    text = mrkdwn(
        "I will not ask you for the stand-up of {channel} any more. `/handoff standup` there "
        "brings you back.",
        channel=Channel(spot.channel_id),
    )
    return _with([button("Undo", JOIN, str(spot))], text)


def joined(channel_id: str) -> Message:
    """Somebody is asked in a channel again."""
    return Message(
        mrkdwn("Good to have you back in the stand-up of {channel}.", channel=Channel(channel_id))
    )


def not_in_it(channel_id: str) -> Message:
    """Somebody is not in the channel any more."""
    return Message(
        mrkdwn("You are not in {channel} any more, or I am not.", channel=Channel(channel_id))
    )


def is_over(spot: Spot) -> Message:
    """Nothing can be written for a stand-up any more."""
    return Message(
        mrkdwn(
            "The stand-up of {channel} for {day} is closed. The next one asks you again.",
            channel=Channel(spot.channel_id),
            day=local_day(spot.day),
        )
    )


def told(standing: Standing) -> Message:
    """What holds in a channel, and what somebody can do."""
    buttons = _doing(standing)
    hint = _COMMANDS if standing.may_change else _WHO_MAY
    holds = _holds(standing)
    blocks: list[Block] = [section(holds), *([actions(buttons)] if buttons else []), context(hint)]
    return Message(join("\n", [holds, hint]), blocks)


def changed(standing: Standing, before: Plan, version: int) -> Message:
    """Something else holds now; one click takes it back, as long as nobody changed it again."""
    back = button("Undo", UNDO, f"{standing.channel_id}|{version}|{written(before)}")
    if standing.plan.is_on:
        return _with([back], join(" ", [Mrkdwn("Done:"), _holds(standing)]))
    over = mrkdwn("Done: no stand-up in {channel} any more.", channel=Channel(standing.channel_id))
    return _with([back], over)


def as_it_was(standing: Standing) -> Message:
    """It was set like that before."""
    return Message(join(" ", [Mrkdwn("It is like that already:"), _holds(standing)]))


def undone(standing: Standing) -> Message:
    """What was changed is taken back."""
    return Message(join(" ", [Mrkdwn("Done, all is as before:"), _holds(standing)]))


def changed_meanwhile(standing: Standing) -> Message:
    """There is nothing to take back any more."""
    return Message(join(" ", [Mrkdwn("It was changed since then."), _holds(standing)]))


def not_here() -> Message:
    """There is no stand-up in this conversation."""
    return Message(
        mrkdwn(
            "I can only do that in a channel that we are both in. Type `/handoff standup` there."
        )
    )


def not_allowed() -> Message:
    """Somebody may not change the channel's stand-up."""
    return Message(
        mrkdwn(
            "Only admins and whoever made this channel can change its stand-up. Ask one of them."
        )
    )


def unreadable(sentence: str) -> Message:
    """Something was typed that says no time."""
    return Message(
        mrkdwn(
            "{sentence} Type `/handoff standup` and behind it `09:30`, `09:30 Mon-Thu`, `week` or "
            "`off`.",
            sentence=sentence,
        )
    )


def _holds(standing: Standing) -> Mrkdwn:
    plan, channel = standing.plan, Channel(standing.channel_id)
    if not plan.is_on:
        words = (
            "{channel} has no stand-up in writing. With one, everybody is asked at their own local "
            "time, and what they write stands in one thread a day."
        )
        return mrkdwn(words, channel=channel)
    holds = mrkdwn(
        "{channel} has a stand-up in writing, {days} at {at}, for everybody where they are.",
        channel=channel,
        days=written_days(plan.days),
        at=AT.kind.words(plan.at),
    )
    following = mrkdwn("You are asked next on {day}.", day=local_day(standing.next_on or date.min))
    is_asked = standing.next_on is not None and standing.state is not EntryState.DECLINED
    return join(" ", [holds, *([following] if is_asked else [])])


def _doing(standing: Standing) -> list[Element]:
    spot = str(standing.mine)
    match standing.state:
        case EntryState.DECLINED:
            return [button("Take part again", JOIN, spot)]
        case EntryState.ANSWERED:
            return [button("Change mine", WRITE, spot)]
        case None:
            return []
        case _:
            return [button("Write mine", WRITE, spot), button("Not for me", DECLINE, spot)]


def _listed(title: str, lines: Sequence[str]) -> list[Mrkdwn]:
    if not lines:
        return []
    told = [mrkdwn("• {line}", line=line) for line in lines]
    return [join("\n", [mrkdwn("*{title}*", title=title), *told])]


def _with(buttons: Sequence[Element], text: Mrkdwn) -> Message:
    return Message(text, [section(text), actions(buttons)])
