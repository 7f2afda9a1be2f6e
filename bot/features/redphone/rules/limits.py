"""How often the red phone may be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

PERIOD: Final = timedelta(hours=1)
OWN: Final = 3
OWN_TIGHTENED: Final = 1
"""For whoever paged for what mostly was no emergency."""
OF_ALL: Final = 10
DRILLS: Final = 3


class Why(StrEnum):
    """Which limit is reached."""

    OWN = "own"
    TIGHTENED = "tightened"
    OF_ALL = "of_all"
    DRILLS = "drills"


@dataclass(frozen=True, slots=True)
class Limited:
    """Nobody is paged before `until`, when `most` pages an hour were sent."""

    why: Why
    most: int
    until: datetime


def judge(
    own: Sequence[datetime], of_all: Sequence[datetime], now: datetime, *, is_tightened: bool
) -> Limited | None:
    """What speaks against another page: when the caller, and the whole workspace, paged before.

    Of two limits the one that lasts longer is told.
    """
    most = OWN_TIGHTENED if is_tightened else OWN
    theirs = Why.TIGHTENED if is_tightened else Why.OWN
    found = [_reached(own, most, theirs, now), _reached(of_all, OF_ALL, Why.OF_ALL, now)]
    return max(filter(None, found), key=lambda limited: limited.until, default=None)


def judge_drill(drills: Sequence[datetime], now: datetime) -> Limited | None:
    """What speaks against another drill: when the workspace had some before."""
    return _reached(drills, DRILLS, Why.DRILLS, now)


def _reached(times: Sequence[datetime], most: int, why: Why, now: datetime) -> Limited | None:
    recent = sorted(each for each in times if each > now - PERIOD)
    return Limited(why, most, recent[-most] + PERIOD) if len(recent) >= most else None
