"""Who is on a page: what a press or the clock makes of it, and until when it stands."""

from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.core.agreement.kinds import Number
from bot.core.agreement.setting import Layer, Setting
from bot.features.redphone.rules.states import OVER, UNANSWERED, State

UPDATE_EVERY: Final = Setting[int](
    "redphone.update_every",
    Number(5, 240, "minutes"),
    30,
    (Layer.WORKSPACE,),
    "Update an open page every",
    "Without a word for that long, whoever is on it is asked; without an answer it is paged on",
)
ANSWER_WITHIN: Final = timedelta(minutes=5)
"""How long whoever is asked has to say that they are on it."""
SNOOZED_AT_MOST: Final = timedelta(hours=4)
"""So long after the last update nobody can put off being asked any more."""
REOPENED_WITHIN: Final = timedelta(minutes=5)
TAKEN: Final = "taken"
UNTAKEN: Final = "unanswered"


class How(StrEnum):
    """How somebody came to be a responder."""

    PAGED = "paged"
    ASKED = "asked"  # by somebody who was on it already
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a press: who is on it and since when; or in one sentence why it had no effect.

    `by` is empty where nobody is. `in_flight` attempts had begun by then and cannot be called back.
    """

    is_first: bool
    by: str = ""
    at: datetime | None = None
    refusal: str = ""
    in_flight: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a page stands; the columns of the same names.

    `acknowledged_by` has had it since `acknowledged_at`, and told how it goes at `updated_at`.
    `asked_at`: they were asked whether they are still on it, and did not answer yet. The clock
    looks at it at `next_at`.
    """

    state: State
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None
    updated_at: datetime | None = None
    asked_at: datetime | None = None
    next_at: datetime | None = None
    resolved_by: str = ""
    resolved_at: datetime | None = None
    resolution: str = ""
    decays: int = 0


MOVED: Final = tuple(each.name for each in fields(Standing) if each.name != "state")
"""The columns that change where a page stands, besides its state."""


def bound_to(standing: Standing) -> str:
    """The state to which buttons on a card for many are bound."""
    if standing.state in UNANSWERED:
        return UNTAKEN
    if standing.state is State.ACKNOWLEDGED:
        return f"{TAKEN}:{standing.acknowledged_by}"
    return standing.state.value


def acknowledged(
    before: Standing, user_id: str, now: datetime, every: timedelta
) -> Standing | None:
    """Somebody is on it; None: somebody is already, or it is over."""
    if before.state not in UNANSWERED:
        return None
    return replace(
        before,
        state=State.ACKNOWLEDGED,
        acknowledged_by=user_id,
        acknowledged_at=now,
        updated_at=now,
        asked_at=None,
        next_at=now + every,
    )


def confirmed(before: Standing, user_id: str, now: datetime, every: timedelta) -> Standing | None:
    """Whoever has it is still on it; None: they do not have it."""
    if not has(before, user_id):
        return None
    return replace(before, asked_at=None, next_at=now + every)


def updated(before: Standing, now: datetime, every: timedelta) -> Standing | None:
    """Somebody told how it goes; None: nobody is on it."""
    if before.state is not State.ACKNOWLEDGED:
        return None
    return replace(before, updated_at=now, asked_at=None, next_at=now + every)


def snoozed(
    before: Standing, user_id: str, now: datetime, lasts: timedelta, every: timedelta
) -> Standing | None:
    """Whoever has it wants to be asked later; None: they do not have it, or put it off too long."""
    if not has(before, user_id) or before.updated_at is None:
        return None
    until = min(now + lasts, before.updated_at + SNOOZED_AT_MOST)
    if until < now + min(lasts, every):
        return None
    return replace(before, asked_at=None, next_at=until)


def handed_over(before: Standing, user_id: str, to: str, now: datetime) -> Standing | None:
    """Somebody else has it, and is asked at once whether they do; None: who gave it had it not."""
    if not has(before, user_id) or to == user_id:
        return None
    return replace(
        before,
        acknowledged_by=to,
        acknowledged_at=now,
        updated_at=now,
        asked_at=now,
        next_at=now + ANSWER_WITHIN,
    )


def looked_at(before: Standing, now: datetime) -> Standing | None:
    """What the clock makes of it: whoever has it is asked, or it lapses; None: it is not time."""
    if before.state is not State.ACKNOWLEDGED or before.next_at is None or before.next_at > now:
        return None
    if before.asked_at is not None:
        return lapsed(before)
    return replace(before, asked_at=now, next_at=now + ANSWER_WITHIN)


def lapsed(before: Standing) -> Standing | None:
    """Nobody has it any more, and it is paged on; None: nobody had it."""
    if before.state is not State.ACKNOWLEDGED:
        return None
    return replace(
        before,
        state=State.OPEN,
        acknowledged_by="",
        acknowledged_at=None,
        updated_at=None,
        asked_at=None,
        next_at=None,
        decays=before.decays + 1,
    )


def resolved(before: Standing, user_id: str, words: str, now: datetime) -> Standing | None:
    """It is over; None: nobody is on it, or it was over before."""
    if before.state is not State.ACKNOWLEDGED:
        return None
    return replace(
        before,
        state=State.RESOLVED,
        asked_at=None,
        next_at=None,
        resolved_by=user_id,
        resolved_at=now,
        resolution=words,
    )


def called_off(before: Standing, user_id: str, now: datetime) -> Standing | None:
    """Its caller ends it, whoever is on it; None: it was over before."""
    if before.state in OVER:
        return None
    return replace(
        before,
        state=State.CALLED_OFF,
        asked_at=None,
        next_at=None,
        resolved_by=user_id,
        resolved_at=now,
    )


def reopened(before: Standing, now: datetime, every: timedelta) -> Standing | None:
    """It is not over after all, and with whoever had it; None: it was not resolved just now."""
    is_late = before.resolved_at is None or now > before.resolved_at + REOPENED_WITHIN
    if before.state is not State.RESOLVED or is_late:
        return None
    return replace(
        before,
        state=State.ACKNOWLEDGED,
        updated_at=now,
        next_at=now + every,
        resolved_by="",
        resolved_at=None,
        resolution="",
    )


def has(standing: Standing, user_id: str) -> bool:
    """Whether somebody is the one who is on it."""
    return standing.state is State.ACKNOWLEDGED and standing.acknowledged_by == user_id
