"""Whether one decision may take the place of another."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.features.decisions.rules.registry import Status, may_become

UNDO_WITHIN: Final = timedelta(minutes=10)


class Refusal(StrEnum):
    """Why one decision cannot take the place of another."""

    ITSELF = "itself"
    SUPERSEDED_BEFORE = "superseded_before"
    NOT_DECIDED = "not_decided"
    CYCLE = "cycle"
    NOT_ACCEPTED = "not_accepted"


def refusal(
    old: int, new: int, statuses: Mapping[int, Status], successors: Mapping[int, int]
) -> Refusal | None:
    """Why `new` cannot supersede `old`; None: it can.

    `successors` are what superseded each, as far as one gets from `new`.
    """
    if old == new:
        return Refusal.ITSELF
    if statuses[old] is Status.SUPERSEDED:
        return Refusal.SUPERSEDED_BEFORE
    if not may_become(statuses[old], Status.SUPERSEDED):
        return Refusal.NOT_DECIDED
    if old in chain(new, successors):
        return Refusal.CYCLE
    return None if statuses[new] is Status.ACCEPTED else Refusal.NOT_ACCEPTED


def chain(number: int, successors: Mapping[int, int]) -> list[int]:
    """A decision, what superseded it, what superseded that, and so on; each once."""
    found = [number]
    while (following := successors.get(found[-1])) is not None and following not in found:
        found.append(following)
    return found
