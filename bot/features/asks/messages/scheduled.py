"""What asks say about what goes out later."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.core.blocks import Block, Element, Message, actions, button, overflow, section
from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.render import Channel, Mention, Mrkdwn, join, local_time, mrkdwn, shorten
from bot.features.asks.messages import answers, names
from bot.features.asks.rules.scheduling import Planned

TITLE: Final = "Scheduled"
OVER: Final = "That one went out already, was cancelled, or you have its text back."
NOT_KEPT: Final = "That one is over, and I do not keep its text any more."
NOT_YOURS: Final = "Only whoever wrote it can do that."
AFTER_ALL: Final = "It goes out after all."
WENT_OUT: Final = "It is on its way."
NO_TIME: Final = "Write when it goes out, e.g. tomorrow 9:00."
NOT_AT: Final = "This is only for “At a time”. Choose that above, or leave this empty."
NEVER_TOGETHER: Final = (
    "They are never at work at the same time. Choose “At a time”, or ask them one by one."
)
NO_MORE: Final = "There is no more."
NOBODY_LEFT: Final = "Nobody is left whom it asks."
PAUSED: Final = "I was paused here."
PAUSED_NOW: Final = "I am paused here, so nothing goes out. `/baton resume` lets me speak again."
OFF: Final = "You told me to leave you alone."
DEADLINE_OVER: Final = "The time that you named for an answer is over."
NOT_TAKEN: Final = "Slack did not let me post there."
MOST_THERE: Final = 3
MOST_LISTED: Final = 10
MOST_ON_A_PAGE: Final = 40
_ENTRIES: Final = {names.SEND_NOW: "Send now", names.CANCEL: "Cancel"}


def too_soon(at: datetime, now: datetime) -> str:
    """Under the field of a form: an answer is wanted before it goes out (the author's time)."""
    return f"That is before it goes out ({local_time(at, now)}). Name a later time, or none."


def goes_out(at: datetime, there: Mapping[str, datetime], now: datetime) -> Message:
    """It is scheduled; `at` is the author's time, `there` is that of those it asks, by id."""
    others = [
        mrkdwn(
            "{time} for {who}",
            time=f"{time:%H:%M}" if time.date() == at.date() else local_time(time, now),
            who=Mention(who),
        )
        for who, time in there.items()
        if time.utcoffset() != at.utcoffset()
    ]
    where = f" ({join(', ', others[:MOST_THERE])})" if others else ""
    text = mrkdwn("It goes out on {at}", at=local_time(at, now))
    hint = "`/ask list` shows it: you can send it now or cancel it there."
    return Message(Mrkdwn(f"{text}{where}. {hint}"))


def rows(planned: Sequence[Planned], start: int = 0, most: int = MOST_LISTED) -> list[Block]:
    """The part of a list that shows what goes out later, each with what can be done about it.

    It begins with the one at `start`; a button shows those that are left.
    """
    if not planned[start:]:
        return []
    end = start + most
    count = mrkdwn("*{title}* ({count})", title=TITLE, count=len(planned))
    shown = [section(line(each), accessory=_menu(each)) for each in planned[start:end]]
    left = len(planned) - end
    if left > 0:
        more = button("Show more", names.MORE_SCHEDULED, str(end))
        shown.append(section(mrkdwn("and {count} more", count=left), accessory=more))
    return [section(count), *shown]


def on_board(planned: Sequence[Planned]) -> BoardSection:
    """What its author has go out later."""
    found = [Row(line(each), _menu(each)) for each in planned]
    return BoardSection("asks-scheduled", BoardPart.WAITING, TITLE, found, is_counted=False)


def page(planned: Sequence[Planned], start: int) -> Message:
    """What a list had no room for."""
    blocks = rows(planned, start, MOST_ON_A_PAGE)
    if not blocks:
        return answers.said(NO_MORE)
    return Message(Mrkdwn("\n".join(block["text"]["text"] for block in blocks)), blocks)


def line(planned: Planned) -> Mrkdwn:
    """One line about something that goes out later."""
    parts = [mrkdwn("{at}", at=local_time(planned.at))]
    if planned.people:
        whom = join(", ", [mrkdwn("{who}", who=Mention(each)) for each in planned.people])
        parts.append(Mrkdwn(f"to {whom}"))
    if planned.channel_id:
        parts.append(mrkdwn("in {channel}", channel=Channel(planned.channel_id)))
    quote = mrkdwn("“{words}”", words=shorten(planned.words.what, 120))
    held = mrkdwn(" (did not go out: {why})", why=planned.why) if planned.why else ""
    return Mrkdwn(f"{join(' ', parts)}{held}: {quote}")


def cancelled(planned: Planned) -> Message:
    """It does not go out; one click takes that back."""
    text = join("\n", [mrkdwn("Cancelled. This does not go out:"), line(planned)])
    undo = button("Undo", names.UNCANCEL, planned.id)
    return Message(text, [section(text), actions([undo])])


def too_late(planned: Planned) -> Message:
    """It stays cancelled, since its time is over: the text, so that nothing is lost."""
    if not planned.words.what:
        return answers.said(NOT_KEPT)
    intro = mrkdwn("That time is over, so it stays cancelled. You wrote:")
    return answers.given_back(intro, planned.words)


def given_back(planned: Planned, now: datetime) -> Message:
    """It could not go out, or will not: why, and the text."""
    where = " in {channel}" if planned.channel_id else ""
    does = "does" if planned.at > now else "did"
    intro = mrkdwn(
        f"What you scheduled for {{at}}{where} {does} not go out. {{why}} You wrote:",
        at=local_time(planned.at),
        channel=Channel(planned.channel_id),
        why=planned.why,
    )
    return answers.given_back(intro, planned.words)


def _menu(planned: Planned) -> Element:
    entries = {f"{name}|{planned.id}": label for name, label in _ENTRIES.items()}
    return overflow(names.SCHEDULED, entries)
