"""The figures of asks as people read them."""

from datetime import timedelta

from bot.core.blocks import Message, context, section
from bot.core.render import Channel, Mrkdwn, join, mrkdwn
from bot.features.asks.rules.figures import Counted, Figures, bars

TOO_FEW = (
    "too few people asked or answered until last Monday: I tell no figures about fewer than five."
)


def stats(counted: Counted, tally: tuple[int, int, int]) -> Message:
    """What `/ask stats` shows; `tally` is the reader's own count of urgent asks, theirs alone."""
    parts = []
    if counted.channel_id:
        title = mrkdwn("*{channel}*", channel=Channel(counted.channel_id))
        parts.append(_part(title, counted.of_channel))
    parts.append(_part(mrkdwn("*Public channels of the workspace*"), counted.of_workspace))
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
    blocks = [*(section(part) for part in parts), context(small)]
    return Message(join("\n\n", [*parts, small]), blocks)


def _part(title: Mrkdwn, figures: Figures | None) -> Mrkdwn:
    if figures is None:
        return join(" ", [title, mrkdwn(TOO_FEW)])
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
    """To half an hour, for the same reason."""
    if length is None:
        return "a time nobody has waited yet"
    halves = max(round(length / timedelta(minutes=30)), 1)
    return f"{halves / 2:g} h"
