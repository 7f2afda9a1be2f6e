"""What availability says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.core.blocks import Block, Element, Message, actions, button, section
from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.leave import Leave
from bot.core.render import Mrkdwn, mrkdwn
from bot.features.availability.rules import Away

CANCEL: Final = "availability.cancel"
AWAY_USAGE: Final = "away until Friday"
BACK_USAGE: Final = "back"
FOCUS_USAGE: Final = "focus Mon-Fri 09:00-11:00"
HELP: Final = (
    "*Your time.* `/baton away until Friday` tells me that you are away, `/baton back` that you "
    "are back; a status like :palm_tree: does the same. `/baton focus Mon-Fri 09:00-11:00` keeps "
    "reminders away then, and nobody sees that. Whoever asks you something is told when you are "
    "back. Hours and holidays are in `/baton settings`."
)


BENEFIT: Final = (
    "*Your time stays yours:* nothing falls due while you are away, and no reminder comes into "
    "your focus time: `/baton away until Friday`"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """When somebody works, as words; what is not set is empty."""

    hours: str
    zone: str
    holidays: str
    focus: str
    comms: str
    leaves: tuple[Leave, ...]
    is_away_by_status: bool


def away(told: Away) -> Message:
    """Somebody said that they are away; one click takes it back."""
    text = mrkdwn(
        "You are away {days}, and I count you back on {back}. While you are away nothing falls "
        "due for you, and no reminder or digest comes; a page still reaches you.",
        days=_days(told.leave),
        back=_day(told.back_on),
    )
    undo = button("Undo", CANCEL, told.leave.first_day.isoformat())
    return Message(text, [section(text), actions([undo])])


def back() -> Message:
    """Somebody is back."""
    return Message(mrkdwn("Welcome back! From now on I count you in again."))


def status_says_away() -> Message:
    """Somebody says that they are back whose status says otherwise."""
    return Message(
        mrkdwn(
            "Your Slack status still says that you are away: clear it, and I count you in again."
        )
    )


def not_away(upcoming: Sequence[Leave]) -> Message:
    """Somebody says that they are back who was not away."""
    if not upcoming:
        return Message(mrkdwn("You are not away: I count you in."))
    text = mrkdwn("You are not away now. You told me of these days:")
    return Message(text, [section(text), *(_leave_line(each) for each in upcoming)])


def cancelled(leave: Leave) -> Message:
    """A leave was taken back."""
    return Message(mrkdwn("Taken back: you are not away {days}.", days=_days(leave)))


def not_told() -> Message:
    """A leave that was taken back before, or is over."""
    return Message(mrkdwn("That is over or taken back already. `/baton away` tells what I know."))


def unreadable(sentence: str) -> Message:
    """What was typed could not be read."""
    return Message(mrkdwn("{sentence} Nothing was changed.", sentence=sentence))


def focus(blocks: str) -> Message:
    """Somebody's focus blocks, as they are now."""
    if not blocks:
        text = "You have no focus blocks. `/baton focus Mon-Fri 09:00-11:00` sets some."
        return Message(mrkdwn(text))
    text = "Your focus blocks: {blocks}. Then only a page reaches you. `/baton focus none` ends it."
    return Message(mrkdwn(text, blocks=blocks))


def told_leaves(upcoming: Sequence[Leave]) -> Message:
    """What somebody told so far, and how to tell more."""
    text = mrkdwn(
        "Tell me until when you are away, e.g. `/baton away until Friday`, `/baton away 24 Dec "
        "until 2 Jan` or `/baton away for 3 days`; the last day counts."
    )
    return Message(text, [section(text), *(_leave_line(each) for each in upcoming)])


def unknown_person() -> Message:
    """Slack has not told who that is."""
    return Message(mrkdwn("Slack has not told me who you are yet. Please try again in a minute."))


def on_board(shown: Shown) -> BoardSection:
    """When somebody works."""
    lines = [
        mrkdwn(
            "*Your time:* {hours} ({zone}), holidays: {holidays}",
            hours=shown.hours,
            zone=shown.zone,
            holidays=shown.holidays,
        )
    ]
    if shown.focus:
        lines.append(mrkdwn("*Focus:* {focus}", focus=shown.focus))
    if shown.comms:
        lines.append(mrkdwn("*Comms windows:* {comms}", comms=shown.comms))
    if shown.is_away_by_status:
        lines.append(mrkdwn("Your status says that you are away, so I count you out today."))
    rows = [*map(Row, lines), *(Row(_away(each), _take_back(each)) for each in shown.leaves)]
    return BoardSection("time", BoardPart.SETTINGS, "", rows)


def _leave_line(leave: Leave) -> Block:
    return section(_away(leave), accessory=_take_back(leave))


def _away(leave: Leave) -> Mrkdwn:
    return mrkdwn("Away {days}", days=_days(leave))


def _take_back(leave: Leave) -> Element:
    return button("Take back", CANCEL, leave.first_day.isoformat())


def _days(leave: Leave) -> str:
    if leave.first_day == leave.last_day:
        return f"on {_day(leave.first_day)}"
    return f"from {_day(leave.first_day)} to {_day(leave.last_day)}"


def _day(day: date) -> Mrkdwn:
    return mrkdwn("{day}", day=f"{day:%a} {day.day} {day:%b %Y}")
