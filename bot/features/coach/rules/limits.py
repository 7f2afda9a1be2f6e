"""How rarely the coach speaks up: once in a while to one person, and once about one thread."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.features.coach.rules.catalogue import Rule
from bot.features.coach.rules.settings import REST


class HeldBack(StrEnum):
    """Why a hint that a rule would give is not given."""

    COMPLETED = "completed"  # or answered, before it was looked at
    RESTING = "resting"  # its author had another one not long before
    SAID_THERE = "said_there"  # the same was said in its thread before


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hint that a rule would give; `root` is its thread, `place` what people call the channel."""

    at: datetime
    user_id: str
    rule: Rule
    root: tuple[str, str]
    phrase: str
    place: str


def within_limits(candidates: Iterable[Candidate]) -> Iterator[tuple[Candidate, HeldBack | None]]:
    """Each hint, the oldest first, and what holds it back, if anything does."""
    said: set[tuple[tuple[str, str], Rule]] = set()
    last: dict[str, datetime] = {}
    for each in sorted(candidates, key=lambda one: (one.at, one.root)):
        before = last.get(each.user_id)
        if (each.root, each.rule) in said:
            yield each, HeldBack.SAID_THERE
        elif before is not None and each.at - before < REST:
            yield each, HeldBack.RESTING
        else:
            said.add((each.root, each.rule))
            last[each.user_id] = each.at
            yield each, None
