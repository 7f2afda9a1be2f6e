"""What stand-ups came to: the summary of a day, and the page about a week. Nobody is named."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from bot.core.blocks import Message, context, header, sections
from bot.core.quotations import linked
from bot.core.render import Channel, Mrkdwn, join, local_day, mrkdwn
from bot.features.handoffs.rules.outcomes import Line, Outcome, Summary

MOST_LINES: Final = 15
_LAST_WORKING_DAY: Final = timedelta(days=4)
_FOOTER: Final = Mrkdwn("Each line is what somebody wrote and leads to it. No AI used.")


def summary(day: date, found: Summary) -> Message:
    """What ends a stand-up's thread."""
    title = mrkdwn("*{day} in short*", day=local_day(day))
    if found.is_empty:
        return Message(join("\n", [title, Mrkdwn("What stood here was taken back.")]))
    parts = [
        *_part("What moves", found.moves),
        *_part("What is promised", found.promised),
        *_part("What blocks", found.blocked),
        *_part("What to watch out for", found.watch_out),
    ]
    text = join("\n", [title, *parts])
    return Message(join("\n", [text, _FOOTER]), [*sections(text), context(_FOOTER)])


def week(channel_id: str, found: Outcome) -> Message:
    """What a channel's team promised, delivered and was blocked by in a week."""
    end = found.monday + _LAST_WORKING_DAY
    title = f"What we promised and delivered · {local_day(found.monday)} to {local_day(end)}"
    figures = mrkdwn(
        "{channel}: {promised} promised, {delivered} delivered, {blocked} blocked.",
        channel=Channel(channel_id),
        promised=found.promised,
        delivered=len(found.delivered),
        blocked=len(found.blocked),
    )
    parts = [
        *_part("Delivered", found.delivered),
        *_part("Still on it", found.still),
        *_part("Not needed any more", found.dropped),
        *_part("Blocked", found.blocked),
    ]
    text = join("\n", [figures, *parts])
    said = join("\n", [mrkdwn("{title}", title=title), text, _FOOTER])
    return Message(said, [header(title), *sections(text), context(_FOOTER)])


def no_week(channel_id: str) -> Message:
    """Nothing was written this week."""
    return Message(
        mrkdwn("Nothing was written for {channel} this week so far.", channel=Channel(channel_id))
    )


def _part(title: str, lines: Sequence[Line]) -> list[Mrkdwn]:
    if not lines:
        return []
    told = [_line(each) for each in lines[:MOST_LINES]]
    more = len(lines) - MOST_LINES
    rest = [mrkdwn("… and {more} more", more=more)] if more > 0 else []
    return [join("\n", [mrkdwn("*{title}*", title=title), *told, *rest])]


def _line(line: Line) -> Mrkdwn:
    if not line.permalink:
        return mrkdwn("• {words}", words=line.words)
    return mrkdwn("• {words}", words=linked(line.permalink, line.words))
