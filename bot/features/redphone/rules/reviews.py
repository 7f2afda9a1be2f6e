"""Whether pages were emergencies, as the people say who were there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

ENOUGH: Final = 5
"""Of fewer reviewed pages no share is told."""
WITHIN: Final = timedelta(days=90)
TOO_SHORT: Final = timedelta(minutes=2)
"""Whoever calls a page off within that time made a mistake, which says nothing."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the pages that were reviewed were emergencies."""

    justified: int
    reviewed: int


@dataclass(frozen=True, slots=True)
class Words:
    """What was said of one page: by whoever was on it, and by its caller. None: nothing."""

    responder: bool | None
    caller: bool | None


def is_reviewed(*, is_drill: bool, is_resolved: bool, lasted: timedelta) -> bool:
    """Whether people are asked about a page that is over."""
    return not is_drill and (is_resolved or lasted > TOO_SHORT)


def is_justified(words: Words) -> bool | None:
    """Whether a page counts as an emergency; None: it does not count at all.

    The word of whoever was on it decides. Without it a caller's own “no” counts, but their “yes”
    does not: nobody vouches for themselves.
    """
    if words.responder is not None:
        return words.responder
    return None if words.caller is None or words.caller else False


def share_of(pages: Collection[Words]) -> Share:
    """How many of these were emergencies, of those that count."""
    counted = [found for found in map(is_justified, pages) if found is not None]
    return Share(sum(counted), len(counted))


def is_tight(share: Share) -> bool:
    """Whether a caller gets fewer pages: less than half of enough of them were emergencies."""
    return share.reviewed >= ENOUGH and share.justified * 2 < share.reviewed
