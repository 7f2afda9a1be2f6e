"""What commands of an operator work on: the database, without Slack."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from bot import settings
from bot.core import logs
from bot.core.errors import BatonError

if TYPE_CHECKING:  # the rest is imported only where it is used: it takes a while
    from sqlalchemy.orm import Session

    from bot.core.bot import Bot
    from bot.core.workspaces import Workspace


class NoWorkspaceYet(BatonError):
    """There is no workspace yet: there is once Baton runs, and somebody has installed it."""


class WhichWorkspace(BatonError):
    """There are several workspaces: say which with --workspace."""


class NoSuchWorkspace(BatonError):
    """There is no workspace of that id: see `baton workspaces list`."""


class WorkspaceOver(BatonError):
    """It is over there; `baton erase --everything` deletes at once what is kept of it."""

    def __init__(self, team_id: str, erase_at: datetime) -> None:
        super().__init__(f"({team_id}, else deleted from {erase_at:%Y-%m-%d %H:%M} UTC)")


class NoSuchOperation(BatonError):
    """No feature does this: is it taken out?"""


@contextmanager
def opened() -> "Iterator[Bot]":
    """The bot with all its features on an up-to-date database. Raises BatonError."""
    from bot.app import assemble  # noqa: PLC0415
    from bot.core import schema  # noqa: PLC0415

    loaded = settings.load()
    logs.configure("ERROR", loaded.baton_log_format, secrets=loaded.secrets)
    bot = assemble(loaded)
    try:
        schema.check(bot.database)
        yield bot
    finally:
        bot.database.close()


def refuse_over(session: "Session", team_id: str) -> None:
    """Raises WorkspaceOver where Baton is not any more and something is kept still."""
    from bot.core import workspaces  # noqa: PLC0415

    erase_at = workspaces.over_until(session, team_id)
    if erase_at is not None:
        raise WorkspaceOver(team_id, erase_at)


def operate(name: str, wanted: str) -> str:
    """Does an operation of a feature in the workspace that is meant; returns what it says.

    Raises NoSuchOperation, and what `opened` and `workspace` raise.
    """
    with opened() as bot:
        operation = bot.operations.get(name)
        if operation is None:
            raise NoSuchOperation
        with bot.database.reading() as session:
            team_id = workspace(session, wanted).team_id
        return bot.perform(team_id, operation, during="job")


def workspace(session: "Session", wanted: str) -> "Workspace":
    """The workspace that is meant.

    Raises NoWorkspaceYet, WhichWorkspace, NoSuchWorkspace or WorkspaceOver.
    """
    from bot.core import workspaces  # noqa: PLC0415

    refuse_over(session, wanted)
    known = workspaces.every(session)
    if not known:
        raise NoWorkspaceYet
    found = [each for each in known if wanted in {"", each.team_id}]
    if not found:
        raise NoSuchWorkspace(f"({wanted})")
    if len(found) > 1:
        raise WhichWorkspace(f"({', '.join(each.team_id for each in known)})")
    return found[0]
