"""When reviewers who have not spoken are asked to."""

from datetime import date, timedelta
from typing import Final

AGAIN: Final = timedelta(hours=12)
"""A proposal is looked at so often at least: a status without an end makes a leave longer."""


def is_new(asked_on: date | None, opened_on: date) -> bool:
    """Whether somebody was not asked yet since it was opened; both are their own days."""
    return asked_on is None or asked_on < opened_on


def is_asked(
    *, is_new: bool, is_last_day: bool, has_digest: bool, comes_now: bool, has_spoken: bool
) -> bool:
    """Whether somebody is written to on one of their working days, which happens once on each.

    Their digest asks, too, so on the days between the first and the last they are not written to
    if one comes, and on those neither if it comes just now. Who has spoken already, before it was
    changed, is asked on the last day only.
    """
    if comes_now:
        return False
    return is_last_day or (not has_spoken and (is_new or not has_digest))
