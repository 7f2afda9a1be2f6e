"""What `/digest` answers."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from bot.core.blocks import Element, Message, actions, button, context, section
from bot.core.locales import clock, moment
from bot.core.render import Mrkdwn, join, mrkdwn
from bot.features.digest.messages.since import since
from bot.features.digest.rules.command import DAILY, OFF, ON, WEEKLY, SetTo
from bot.features.digest.rules.mornings import Beginning
from bot.features.digest.rules.settings import AT, Rhythm

SHOW: Final = "digest.show"
CHANGE: Final = "digest.change"
HOW: Final = mrkdwn(
    "`/digest 08:30` changes the time, `/digest weekly` and `/digest daily` how often it comes, "
    "`/digest off` ends it. `/digest help` has the rest."
)
_HOW_OFF: Final = mrkdwn("`/digest on` brings it back. `/digest help` has the rest.")


@dataclass(frozen=True, slots=True)
class Shown:
    """When somebody's next digest comes, in their own time, and what they set of it.

    Times are written as in `locale`. `is_due`: in a moment. `is_left_alone`: they want none of
    Baton's messages. `is_after_work`: its time comes after each of their working days.
    """

    comes_at: datetime
    is_due: bool
    at: time
    rhythm: str
    is_on: bool
    is_left_alone: bool
    is_after_work: bool
    locale: str


def told(shown: Shown) -> Message:
    """When the next digest comes, and what can be changed about that."""
    text = _when(shown)
    switch = _button("Switch off", OFF) if shown.is_on else _button("Switch on again", ON)
    is_weekly = shown.rhythm == Rhythm.WEEKLY
    rhythm = _button("Daily", DAILY) if is_weekly else _button("Weekly", WEEKLY)
    buttons = actions([button("Show now", SHOW), switch, rhythm])
    how = HOW if shown.is_on else _HOW_OFF
    return Message(join("\n", [text, how]), [section(text), context(how), buttons])


def changed(shown: Shown, undo: SetTo) -> Message:
    """Something was set; one click takes it back."""
    text = mrkdwn("Done. {when}", when=_when(shown))
    if shown.is_after_work and undo.setting is AT:
        text = join(" ", [text, mrkdwn("That is after your working day ends.")])
    return Message(text, [section(text), actions([_button("Undo", undo)])])


def as_it_was(shown: Shown) -> Message:
    """It was set like that before."""
    return Message(mrkdwn("It is like that already. {when}", when=_when(shown)))


def explained(shown: Shown) -> Message:
    """What can be typed behind `/digest`."""
    lines = [
        _when(shown),
        mrkdwn("• `/digest now` shows it at once; the next one comes all the same."),
        mrkdwn("• `/digest 08:30` has it come at that time of your working days."),
        mrkdwn(
            "• `/digest weekly`: once a week, on your first working day. `/digest daily`: each."
        ),
        mrkdwn("• `/digest off` ends it, `/digest on` brings it back."),
        mrkdwn("• `/digest channel`, typed in a channel, shows and changes that channel's digest."),
        mrkdwn("• `/digest help` shows this."),
    ]
    return Message(join("\n", lines))


def unreadable(sentence: str) -> Message:
    """What was typed could not be read."""
    return Message(mrkdwn("{sentence} Nothing was changed.", sentence=sentence))


def gone() -> Message:
    """A button of an older version."""
    return Message(mrkdwn("That button is too old. `/digest` shows what there is now."))


def nothing_new(at: str, beginning: Beginning) -> Message:
    """There is nothing to say; the digest would tell from an instant on, and what was then."""
    nothing = "Nothing waits on you, and nothing happened since {since}."
    return Message(mrkdwn(nothing, since=since(at, beginning)))


def not_enrolled() -> Message:
    """Somebody asks who is in no channel with Baton."""
    return Message(
        mrkdwn("You get a digest once you are in a channel that I am in, too: `/invite` me there.")
    )


def _when(shown: Shown) -> Mrkdwn:
    if not shown.is_on:
        return mrkdwn(
            "Your digest is off. `/digest on` brings it back, at {at} {often}; `/digest now` shows "
            "it at once, all the same.",
            at=clock(shown.at, shown.locale),
            often=_often(shown),
        )
    if shown.is_left_alone:
        return mrkdwn(
            "You asked me to leave you alone, so no digest comes; `/baton settings` changes that. "
            "`/digest now` shows it at once."
        )
    comes = mrkdwn("{when} (your time)", when=moment(shown.comes_at, shown.locale))
    return mrkdwn(
        "Your next digest comes {comes}, if there is something to say; then at {at} {often}.",
        comes=mrkdwn("in a moment") if shown.is_due else comes,
        at=clock(shown.at, shown.locale),
        often=_often(shown),
    )


def _often(shown: Shown) -> str:
    is_weekly = shown.rhythm == Rhythm.WEEKLY
    return "on the first working day of each week" if is_weekly else "on each working day"


def _button(label: str, wanted: SetTo) -> Element:
    return button(label, CHANGE, wanted.name)
