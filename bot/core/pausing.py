"""Silences Baton in a workspace, but for pages; what it would have said is not said later."""

from bot.core import audit, outbox, workspaces
from bot.core.unit_of_work import UnitOfWork


def pause(uow: UnitOfWork, *, by: str) -> bool:
    """Silences Baton; returns False if it was silent. `by` is an id, or a word for an operator."""
    if not workspaces.silence(uow.session, uow.team_id, since=uow.now):
        return False
    outbox.drop_waiting(uow.session, uow.team_id, now=uow.now)
    _record(uow, by, "workspace.paused")
    return True


def resume(uow: UnitOfWork, *, by: str) -> bool:
    """Lets Baton speak again; returns False if it did."""
    if not workspaces.silence(uow.session, uow.team_id, since=None):
        return False
    _record(uow, by, "workspace.resumed")
    return True


def _record(uow: UnitOfWork, by: str, action: str) -> None:
    place = (uow.session, uow.team_id)
    audit.record(*place, at=uow.now, actor_id=by, action=action, about="workspace")
