"""Whether a page was an emergency: who is asked, and what follows."""

from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.queries import reviews as queries
from bot.features.redphone.rules import reviews as rules
from bot.features.redphone.rules.reviews import Share


def share(uow: UnitOfWork) -> Share | None:
    """How many of the workspace's reviewed pages were emergencies; None: too few to tell."""
    found = rules.share_of(queries.said(uow, since=uow.now - rules.WITHIN).values())
    return found if found.reviewed >= rules.ENOUGH else None


def share_of(uow: UnitOfWork, user_id: str) -> Share:
    """How many of somebody's own pages were; for their eyes only."""
    theirs = queries.said(uow, since=uow.now - rules.WITHIN, caller_id=user_id)
    return rules.share_of(theirs.values())


def is_tightened(uow: UnitOfWork, user_id: str) -> bool:
    """Whether somebody may page less often: under half of their reviewed pages were emergencies."""
    return rules.is_tight(share_of(uow, user_id))
