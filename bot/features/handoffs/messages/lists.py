"""What /handoff list shows."""

from typing import Final

from bot.core.blocks import Block, Message, context, section
from bot.core.render import Channel, Link, Mrkdwn, join, mrkdwn, shorten
from bot.core.visibility import Sifted, held_back
from bot.features.handoffs.messages import batons
from bot.features.handoffs.messages.board import SENT
from bot.features.handoffs.messages.digest import HANDED_OVER
from bot.features.handoffs.rules.shown import BatonShown

MOST: Final = 20
"""So many lines of each kind fit into one message."""
_WHAT: Final = 150


def both(held: Sifted[BatonShown], sent: Sifted[BatonShown], reader_id: str) -> Message:
    """What is with the reader, and what they handed over that others have."""
    told = [
        *_part(HANDED_OVER, "Nothing is with you.", held, reader_id),
        *_part(
            SENT,
            "Nothing of yours is on its way. `/handoff @somebody what` hands something over.",
            sent,
            reader_id,
        ),
    ]
    return Message(join("\n", [text for text, _ in told]), [block for _, block in told])


def _part(
    title: str, nothing: str, batons_seen: Sifted[BatonShown], reader_id: str
) -> list[tuple[Mrkdwn, Block]]:
    seen, more = batons_seen.seen[:MOST], len(batons_seen.seen) - MOST
    heading = mrkdwn("*{title}*", title=title) if seen else mrkdwn("{text}", text=nothing)
    told = [(heading, section(heading))]
    for each in seen:
        line = _line(each, reader_id)
        told.append((line, section(line, accessory=batons.menu(each, reader_id))))
    notes = [mrkdwn("… and {count} more.", count=more)] if more > 0 else []
    if batons_seen.held_back:
        notes.append(held_back(batons_seen.held_back))
    return [*told, *[(each, context(each)) for each in notes]]


def _line(shown: BatonShown, reader_id: str) -> Mrkdwn:
    what = Link(shown.link, shorten(shown.what, _WHAT))
    where = Channel(shown.channel_id)
    said = batons.where(shown, reader_id)
    return join(" ", [mrkdwn("• {what} in {where}.", what=what, where=where), said])
