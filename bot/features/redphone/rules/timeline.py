"""What a page's timeline is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from bot.features.redphone.rules.states import EventKind

UNTOLD: Final = frozenset({EventKind.REACHED, EventKind.NOT_REACHED, EventKind.SNOOZED})
"""What is noted, and told nobody at once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; `user_id` is whoever did it, or whom it names; empty: Baton."""

    id: UUID
    at: datetime
    kind: EventKind
    user_id: str
    text: str


def fitted(lines: Sequence[str], most: int, left_out: str) -> str:
    """Lines in at most `most` characters: the first and the last stay, and a line between says.

    `left_out` has a field for how many were left out, e.g. `… {count} more …`. A line that alone is
    too long is cut.
    """
    whole = "\n".join(lines)
    if len(whole) <= most:
        return whole
    share = (most - len(left_out.format(count=len(lines))) - 2) // 2
    first = _whole_within(lines, share)
    last = _whole_within(lines[first:][::-1], share)
    if not first + last:
        return whole[: most - 1] + "…"
    note = left_out.format(count=len(lines) - first - last)
    return "\n".join([*lines[:first], note, *lines[len(lines) - last :]])


def _whole_within(lines: Sequence[str], most: int) -> int:
    """How many lines from the start fit."""
    room = most
    for number, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            return number
    return len(lines)
