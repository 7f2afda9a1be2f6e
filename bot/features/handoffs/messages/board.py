"""Batons on App Home."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.people import Person
from bot.core.render import Channel, Link, Mrkdwn, join, mrkdwn, shorten
from bot.core.visibility import Sifted, held_back
from bot.features.handoffs.messages.batons import menu
from bot.features.handoffs.messages.digest import (
    HANDED_OVER,
    WHAT_LENGTH,
    next_step,
    where,
    with_you,
)
from bot.features.handoffs.rules.shown import BatonShown

SENT: Final = "What you handed over"


def handed_over(found: Sifted[BatonShown], owner: Person) -> BoardSection:
    """What is with the owner of a board, what is to be taken first."""
    rows = [
        _row(each, join(", ", [with_you(each), *next_step(each)]), owner) for each in found.seen
    ]
    return _section("handoffs-yours", HANDED_OVER, rows, found.held_back)


def sent(found: Sifted[BatonShown], owner: Person, now: datetime) -> BoardSection:
    """What the owner of a board handed over, and where it is."""
    rows = [_row(each, where(each, owner, now), owner) for each in found.seen]
    return _section("handoffs-sent", SENT, rows, found.held_back)


def _row(shown: BatonShown, told: Mrkdwn, owner: Person) -> Row:
    what = mrkdwn(
        "{what} in {channel}",
        what=Link(shown.link, shorten(shown.what, WHAT_LENGTH)),
        channel=Channel(shown.channel_id),
    )
    return Row(join("\n", [what, told]), menu(shown, owner.user_id))


def _section(name: str, title: str, rows: Sequence[Row], not_checked: int) -> BoardSection:
    notes = [held_back(not_checked)] if not_checked else []
    return BoardSection(name, BoardPart.BATONS, title, rows, notes=notes)
