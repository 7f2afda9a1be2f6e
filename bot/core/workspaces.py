"""The workspaces Baton is installed in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    String,
    bindparam,
    event,
    func,
    select,
    update,
)
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    Session,
    mapped_column,
    with_loader_criteria,
)

from bot.core.charts import FILES
from bot.core.db import Base, UtcDateTime, affected, upsert
from bot.core.errors import UnknownWorkspace, WorkspaceGone

CHANNELS: Final = "channels:manage"
PRIVATE_CHANNELS: Final = "groups:write"
"""The optional scopes with which Baton makes channels, and invites people into them."""
_CACHE = "workspaces"


class WorkspaceRow(Base):
    """One workspace; `url` ends with a slash and begins every permalink.

    `installation` and `generation` are by which installation Baton is there, empty: by the token of
    the settings. Since `ended_at` it is not, and from `erase_at` on all that is kept of it goes.
    Since `parked_at` Slack takes no call.
    """

    __tablename__ = "workspaces"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str]
    url: Mapped[str]
    bot_id: Mapped[str] = mapped_column(String(32))
    bot_user_id: Mapped[str] = mapped_column(String(32))
    scopes: Mapped[str]
    paused_at: Mapped[datetime | None]
    installed_at: Mapped[datetime]
    installation: Mapped[str] = mapped_column(String(32), default="", server_default="")
    generation: Mapped[int] = mapped_column(default=0, server_default="0")
    parked_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    erase_at: Mapped[datetime | None]


IS_PARKED: Final = WorkspaceRow.parked_at.is_not(None)
_GONE: Final = select(WorkspaceRow.team_id).where(WorkspaceRow.ended_at.is_not(None))
_ONE: Final = select(WorkspaceRow).where(WorkspaceRow.team_id == bindparam("team_id"))


@dataclass(frozen=True, slots=True)
class Workspace:
    """What is known of a workspace."""

    team_id: str
    name: str
    url: str
    bot_id: str
    bot_user_id: str
    scopes: frozenset[str]
    paused_at: datetime | None = None
    installation: str = ""
    generation: int = 0
    installed_at: datetime | None = None

    @property
    def takes_files(self) -> bool:
        """Whether Baton may upload pictures there."""
        return FILES in self.scopes

    def lets_make_channels(self, *, is_private: bool) -> bool:
        """Whether Baton may make channels there, and invite people into them."""
        return (PRIVATE_CHANNELS if is_private else CHANNELS) in self.scopes

    @property
    def is_paused(self) -> bool:
        """Whether Baton says nothing there but pages."""
        return self.paused_at is not None

    def permalink(self, channel_id: str, ts: str, thread_ts: str | None = None) -> str:
        """The address of a message, made without asking Slack."""
        link = f"{self.url}archives/{channel_id}/p{ts.replace('.', '')}"
        in_thread = thread_ts is not None and thread_ts != ts
        return f"{link}?thread_ts={thread_ts}&cid={channel_id}" if in_thread else link

    def address(self, channel_id: str) -> str:
        """The address of a channel, for what is in it but has no message of its own yet."""
        return f"{self.url}archives/{channel_id}"

    @property
    def profile(self) -> str:
        """The address of Baton's own page, from which people open their conversation with it."""
        return f"{self.url}team/{self.bot_user_id}"


def save(session: Session, workspace: Workspace, *, now: datetime) -> None:
    """Records by which installation Baton is in a workspace, or what changed about it.

    One that is over stays so.
    """
    values = {
        "team_id": workspace.team_id,
        "name": workspace.name,
        "url": workspace.url,
        "bot_id": workspace.bot_id,
        "bot_user_id": workspace.bot_user_id,
        "scopes": ",".join(sorted(workspace.scopes)),
        "paused_at": None,
        "installed_at": now,
        "installation": workspace.installation,
        "generation": workspace.generation,
        "parked_at": None,
    }
    upsert(session, WorkspaceRow, values, keep=["installed_at", "paused_at"])
    session.info.pop(_CACHE, None)


def find(session: Session, team_id: str) -> Workspace | None:
    """The workspace with this id, if Baton is installed there; read once in a unit of work."""
    known: dict[str, Workspace] = session.info.setdefault(_CACHE, {})
    if team_id not in known:
        row = session.scalars(_ONE, {"team_id": team_id}).one_or_none()
        if row is None or row.ended_at is not None:
            return None
        known[team_id] = _workspace(row)
    return known[team_id]


def get(session: Session, team_id: str) -> Workspace:
    """The workspace with this id. Raises UnknownWorkspace."""
    workspace = find(session, team_id)
    if workspace is None:
        raise UnknownWorkspace(f"({team_id})")
    return workspace


def in_turn(
    team_id: SQLColumnExpression[str], *order: SQLColumnExpression[Any]
) -> ColumnElement[int]:
    """What a row stands at within its workspace: so none of them waits behind all of another's."""
    return func.dense_rank().over(partition_by=team_id, order_by=order)


def can_be_asked(team_id: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Whether a row is of a workspace in which Slack takes calls."""
    return team_id.not_in(select(WorkspaceRow.team_id).where(IS_PARKED))


def parked(session: Session) -> frozenset[str]:
    """Those in which Slack takes no call."""
    return frozenset(session.scalars(select(WorkspaceRow.team_id).where(IS_PARKED)))


def over_until(session: Session, team_id: str) -> datetime | None:
    """From when on all is deleted that is kept of a workspace that Baton is not in any more.

    None: Baton is in it, or keeps nothing of it.
    """
    table = WorkspaceRow.__table__.c  # read also in sessions that overlook what is gone
    since = func.coalesce(table.erase_at, table.ended_at, type_=UtcDateTime)
    over = select(since).where(table.team_id == team_id, table.ended_at.is_not(None))
    found: datetime | None = session.scalar(over)
    return found


def hold(session: Session, team_id: str, *, alone: bool = False) -> None:
    """Keeps an erasure, and the end of an installation, from running beside other work there.

    All others hold the workspace together; whoever ends or erases waits until it has it `alone`.
    SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        mode = {"read": not alone}
        session.get(WorkspaceRow, team_id, with_for_update=mode, populate_existing=True)


def enter(session: Session, team_id: str, *, generation: int | None = None) -> None:
    """Holds a workspace for work. Raises WorkspaceGone where Baton is not installed any more.

    `generation`: nor if it was installed anew since then.
    """
    hold(session, team_id)
    found = find(session, team_id)
    if found is None or generation not in {None, found.generation}:
        raise WorkspaceGone(f"({team_id})")


def generation_of(session: Session, team_id: str) -> int:
    """By which installation Baton is in a workspace now. Raises WorkspaceGone."""
    found = find(session, team_id)
    if found is None:
        raise WorkspaceGone(f"({team_id})")
    return found.generation


def overlook_gone(session: Session) -> None:
    """Has a session find nothing of the workspaces that Baton is not in any more.

    What is due there would never be done, and might stand before all that can be.
    """
    gone = session.scalars(_GONE).all()
    if not gone:
        return

    def overlook(state: ORMExecuteState) -> None:
        if state.is_select:
            tables: list[Any] = [mapper.class_ for mapper in state.all_mappers]
            lives = [with_loader_criteria(each, each.team_id.not_in(gone)) for each in tables]
            state.statement = state.statement.options(*lives)

    event.listen(session, "do_orm_execute", overlook)


def silence(session: Session, team_id: str, *, since: datetime | None) -> bool:
    """Notes since when Baton is to be silent in a workspace; None: it speaks.

    Returns False if that was so before.
    """
    speaks = WorkspaceRow.paused_at.is_(None)
    step = update(WorkspaceRow).where(
        WorkspaceRow.team_id == team_id, ~speaks if since is None else speaks
    )
    session.info.pop(_CACHE, None)
    return affected(session, step.values(paused_at=since)) == 1


def every(session: Session) -> list[Workspace]:
    """All workspaces that Baton is in, by id."""
    living = select(WorkspaceRow).where(WorkspaceRow.ended_at.is_(None)).order_by("team_id")
    return [_workspace(row) for row in session.scalars(living)]


def _workspace(row: WorkspaceRow) -> Workspace:
    return Workspace(
        team_id=row.team_id,
        name=row.name,
        url=row.url,
        bot_id=row.bot_id,
        bot_user_id=row.bot_user_id,
        scopes=frozenset(row.scopes.split(",")) - {""},
        paused_at=row.paused_at,
        installation=row.installation,
        generation=row.generation,
        installed_at=row.installed_at,
    )
