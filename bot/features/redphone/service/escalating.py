"""How a page goes on until a human presses a button."""

from dataclasses import dataclass
from uuid import UUID

from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import PageRow


@dataclass(frozen=True, slots=True)
class Stopped:
    """What became of the attempts that were not settled when somebody was on it.

    Those that are `in_flight` were begun, so they may still arrive.
    """

    cancelled: int
    in_flight: int


def begin(uow: UnitOfWork, page: PageRow) -> None:
    """Reaches the first level, in the unit of work that made the page."""


def advance(uow: UnitOfWork, page_id: UUID) -> bool:
    """Goes on with a page if it is open and something is due; returns whether it did."""
    return False


def stop(uow: UnitOfWork, page: PageRow) -> Stopped:
    """Takes back everything that waits, since somebody is on it or it is over."""
    return Stopped(0, 0)


def resume(uow: UnitOfWork, page: PageRow) -> None:
    """Pages on from the first level: nobody is on it any more."""
