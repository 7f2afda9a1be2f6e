"""The figures of asks as people read them."""

from datetime import datetime, timedelta
from typing import Final

from bot.core.blocks import Block, Message, actions, button, context, section
from bot.core.charts import Bar, Chart, Panel, Picture
from bot.core.render import Channel, Mrkdwn, clean, join, mrkdwn, shorten
from bot.features.asks.messages import names
from bot.features.asks.rules.figures import Counted, Figures, bars

AS_A_PICTURE: Final = "As a picture"
SHOWN: Final = "The picture is on its way to our direct messages."
SHOWN_BEFORE: Final = "You have asked for it: it is in our direct messages, or on its way."
PAUSED: Final = "I am paused in this workspace, so I send nothing for now."
NO_PICTURES: Final = "I can draw no pictures here at the moment; `/ask stats` shows the figures."
TOO_FEW_PEOPLE: Final = "These figures would be about fewer than five people, so I tell none."
OF_WORKSPACE: Final = "Public channels of the workspace"
LONGER: Final = "a time nobody has waited yet"
MAX_NAME: Final = 36
TOO_FEW: Final = (
    "Too few people asked or answered until last Monday: I tell no figures about fewer than five."
)


def stats(counted: Counted, tally: tuple[int, int, int], *, with_pictures: bool) -> Message:
    """What `/ask stats` shows; `tally` is the reader's own count of urgent asks, theirs alone.

    `with_pictures`: each part's figures can be had as a picture, too.
    """
    parts, blocks = [], list[Block]()
    told = {counted.channel_id: counted.of_channel} if counted.channel_id else {}
    for channel_id, found in {**told, "": counted.of_workspace}.items():
        parts.append(_part(_title(channel_id), found))
        blocks.append(section(parts[-1]))
        if with_pictures and found is not None:
            blocks.append(actions([button(AS_A_PICTURE, names.PICTURE, channel_id)]))
    spent, was_urgent, was_not = tally
    own = mrkdwn(
        "Only you see this: of your {spent} urgent asks of the last weeks {was} were called urgent "
        "and {was_not} not.",
        spent=spent,
        was=was_urgent,
        was_not=was_not,
    )
    small = mrkdwn(
        "Working time of whoever was asked, until Monday {until}. Asks without an answer count, "
        "too. Never per person.",
        until=f"{counted.until:%-d %b}",
    )
    if spent:
        parts.append(own)
        blocks.append(section(own))
    return Message(join("\n\n", [*parts, small]), [*blocks, context(small)])


def picture(figures: Figures, channel_id: str, name: str, until: datetime) -> Picture:
    """The same figures of a channel, or of the workspace, as a picture; as rounded as in words."""
    monday = f"{until:%-d %b}"
    title = f"#{shorten(clean(name), MAX_NAME)}" if channel_id else OF_WORKSPACE
    return Picture(
        _chart(figures, title, monday),
        join("", [_title(channel_id), mrkdwn(", until Monday {until}", until=monday)]),
        _in_words(figures, monday),
        frozenset({channel_id} if channel_id else ()),
    )


def _chart(figures: Figures, title: str, monday: str) -> Chart:
    weeks = tuple(Bar(f"{day:%-d %b}", count, str(count)) for day, count in figures.per_week)
    waits = (("half answered", figures.median), ("nine in ten", figures.ninetieth))
    in_time = _share(figures.answered_in_time)
    return Chart(
        title,
        Panel(f"Asks a week, {_share(figures.urgent_share)} of them urgent", weeks),
        Panel(
            "Until an answer, in working time of whoever was asked",
            tuple(Bar(label, _hours(length), _within(length)) for label, length in waits),
        ),
        f"Until Monday {monday}, asks without an answer included. {in_time} were in time.",
    )


def _in_words(figures: Figures, monday: str) -> str:
    weeks = ", ".join(f"{count} in the week of {day:%-d %b}" for day, count in figures.per_week)
    return (
        f"Until Monday {monday}. Asks a week: {weeks}. Urgent: {_share(figures.urgent_share)}. "
        f"Half are answered within {_time(figures.median)} of working time, nine in ten within "
        f"{_time(figures.ninetieth)}. In time: {_share(figures.answered_in_time)}."
    )


def _title(channel_id: str) -> Mrkdwn:
    if channel_id:
        return mrkdwn("*{channel}*", channel=Channel(channel_id))
    return mrkdwn("*Public channels of the workspace*")


def _part(title: Mrkdwn, figures: Figures | None) -> Mrkdwn:
    if figures is None:
        return join("\n", [title, mrkdwn(TOO_FEW)])
    lines = bars(
        [
            ("in time", figures.answered_in_time, _share(figures.answered_in_time)),
            ("urgent", figures.urgent_share, _share(figures.urgent_share)),
        ]
    )
    most = max((count for _, count in figures.per_week), default=0) or 1
    weeks = bars([(f"{day:%-d %b}", count / most, str(count)) for day, count in figures.per_week])
    text = mrkdwn(
        "Half are answered within {median}, nine in ten within {ninetieth}.\n"
        "```\n{lines}\n\nasks a week\n{weeks}\n```",
        median=_time(figures.median),
        ninetieth=_time(figures.ninetieth),
        lines="\n".join(lines),
        weeks="\n".join(weeks),
    )
    return join("\n", [title, text])


def _share(share: float) -> str:
    """To five per cent: an exact share would tell of single asks."""
    return f"{round(share * 20) * 5} %"


def _time(length: timedelta | None) -> str:
    return LONGER if length is None else f"{_hours(length):g} h"


def _within(length: timedelta | None) -> str:
    return f"within {_time(length)}"


def _hours(length: timedelta | None) -> float:
    """To half an hour, for the same reason; 0 where nobody knows."""
    return 0 if length is None else max(round(length / timedelta(minutes=30)), 1) / 2
