"""What those who are on a page, and its caller, are shown of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.features.redphone.rules.acknowledging import Standing
from bot.features.redphone.rules.policies import Policy, Way
from bot.features.redphone.rules.states import OVER, State

FORM_IS_WATCHED_FOR: Final = timedelta(minutes=15)
"""So long after a page its caller may still look at what stands in the form's place."""


@dataclass(frozen=True, slots=True)
class Turn:
    """How far a page has come: the round it is in, of how many; both count from 1."""

    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Notice:
    """A page as somebody who is paged reads it.

    `paged_at` is when they were, `since` when it came to where it stands, both as their own clock
    shows it. `about` and `card` are addresses that this reader may open, empty: none; the card
    stands in `card_channel`. `channel_id` is where everybody works on it, empty: nowhere.
    """

    page_id: str
    reader_id: str
    caller_id: str
    kind: str
    what: str
    impact: str
    paged_at: str
    turn: Turn
    standing: Standing
    since: str = ""
    about: str = ""
    card: str = ""
    card_channel: str = ""
    channel_id: str = ""
    is_drill: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """Somebody who is on a page, what time it is for them, and how they were paged last.

    `ways` are those that are on their way or arrived, `failed` those that did not arrive.
    """

    user_id: str
    local: str
    ways: Sequence[Way] = ()
    failed: Sequence[Way] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """A page as its caller follows it.

    `since` is when it came to where it stands, as their clock shows it. `route` says what to do if
    nobody answers, in the house's words; `on_call` are who is.
    """

    page_id: str
    what: str
    standing: Standing
    turn: Turn
    since: str = ""
    tried: Sequence[Tried] = ()
    route: Sequence[str] = ()
    on_call: Sequence[str] = ()
    is_drill: bool = False


def turn(policy: Policy, position: int) -> Turn:
    """The round that a page is in; `position` counts the levels that were begun, over all."""
    index = max(position - 1, 0)
    return Turn(index // len(policy.levels) % policy.rounds + 1, policy.rounds)


def since(standing: Standing) -> datetime | None:
    """When a page came to where it stands; None: nobody was on it yet."""
    if standing.state in OVER:
        return standing.resolved_at
    return standing.acknowledged_at if standing.state is State.ACKNOWLEDGED else None
