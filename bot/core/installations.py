"""The installations of Baton: by whose leave it works, with which token, and since when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Index, Select, String, Text, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core import workspaces
from bot.core.db import Base, insert_new
from bot.core.encryption import ENCRYPTED, Keyring, place
from bot.core.workspaces import WorkspaceRow

_ALL: Final = ""  # numbers are given out over all workspaces


class Ending(StrEnum):
    """Why an installation is over."""

    UNINSTALLED = "uninstalled"
    REVOKED = "revoked"
    REFUSED = "refused"  # Slack does not take the token any more, and never said why
    REPLACED = "replaced"  # the app was installed again
    OPERATOR = "operator"


class InstallationRow(Base):
    """One time that somebody installed Baton; `team_id` is the workspace, or a whole organisation.

    `live_at`: since when all its workspaces are served. `parked_at`: since when Slack refuses the
    token, `looked_at` when that was tried last. The token is empty once it is over. `erase_at`:
    when what is kept of it is deleted.
    """

    __tablename__ = "installations"
    __table_args__ = (
        Index(
            "ix_installations_erase_at",
            "erase_at",
            sqlite_where=text("erase_at IS NOT NULL"),
            postgresql_where=text("erase_at IS NOT NULL"),
        ),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    generation: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[str] = mapped_column(String(32), default="")
    is_org_wide: Mapped[bool] = mapped_column(default=False)
    app_id: Mapped[str] = mapped_column(String(32), default="")
    bot_id: Mapped[str] = mapped_column(String(32), default="")
    bot_user_id: Mapped[str] = mapped_column(String(32), default="")
    scopes: Mapped[str] = mapped_column(Text, default="")
    token: Mapped[str] = mapped_column(Text, default="", info=ENCRYPTED)
    installed_at: Mapped[datetime]
    live_at: Mapped[datetime | None]
    parked_at: Mapped[datetime | None]
    parked_because: Mapped[str] = mapped_column(String(32), default="")
    looked_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(String(16), default="")
    erase_at: Mapped[datetime | None]


class GenerationRow(Base):
    """The number of the newest installation of all.

    No number is given twice, not even when everything of an installation was deleted: whatever was
    begun under one can never go on under another. `team_id` is empty.
    """

    __tablename__ = "generations"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    last: Mapped[int]


@dataclass(frozen=True, slots=True)
class Granted:
    """What Slack gave when somebody installed Baton; `team_id` as in `InstallationRow`."""

    team_id: str
    token: str = field(repr=False)
    bot_user_id: str
    scopes: frozenset[str]
    app_id: str = ""
    bot_id: str = ""
    enterprise_id: str = ""
    is_org_wide: bool = False


def install(session: Session, keyring: Keyring, granted: Granted, *, now: datetime) -> int:
    """Records an installation and returns its generation; `go_live` makes it work.

    One that lives goes on under the new token, with all that is kept. What one that is over left
    is deleted first: from now on that is due.
    """
    generation = _next_generation(session)
    older = session.scalars(_of(granted.team_id).with_for_update()).all()
    going_on = [row for row in older if row.ended_at is None]
    scopes = ",".join(sorted(granted.scopes))
    sealed = keyring.encrypt(granted.token, place=_place(granted.team_id, generation))
    for row in older:
        if row.ended_at is not None:
            row.erase_at = now
            hasten(session, [row.team_id], now=now)
    for row in going_on:
        for each in alone_in_all_of(session, row):
            each.generation, each.parked_at = generation, None
            each.bot_id, each.bot_user_id = granted.bot_id or each.bot_id, granted.bot_user_id
            each.scopes = scopes
        session.delete(row)
    is_live = any(row.live_at for row in going_on) and not granted.is_org_wide
    session.add(
        InstallationRow(
            team_id=granted.team_id,
            generation=generation,
            enterprise_id=granted.enterprise_id,
            is_org_wide=granted.is_org_wide,
            app_id=granted.app_id,
            bot_id=granted.bot_id,
            bot_user_id=granted.bot_user_id,
            scopes=scopes,
            token=sealed,
            installed_at=now,
            live_at=now if is_live else None,
        )
    )
    session.flush()
    return generation


def hasten(session: Session, team_ids: Iterable[str], *, now: datetime) -> None:
    """What is kept of workspaces that are over is deleted at once: Baton is to begin anew there."""
    over = update(WorkspaceRow).where(
        WorkspaceRow.team_id.in_(sorted(team_ids)), WorkspaceRow.ended_at.is_not(None)
    )
    session.execute(over.values(erase_at=now))


def find(session: Session, team_id: str, *, alone: bool = False) -> InstallationRow | None:
    """The living installation of a workspace or organisation; `alone` keeps all others off it."""
    living = _of(team_id).where(InstallationRow.ended_at.is_(None))
    return session.scalar(living.with_for_update() if alone else living)


def doubt(row: InstallationRow) -> None:
    """Has Slack asked anew in which workspaces an installation is; meanwhile it goes on."""
    row.live_at = row.looked_at = None


def doubt_organisations(session: Session) -> None:
    """The same for every organisation's that lives and that nobody is asking about already."""
    settled = select(InstallationRow).where(
        InstallationRow.is_org_wide,
        InstallationRow.live_at.is_not(None),
        InstallationRow.ended_at.is_(None),
        InstallationRow.parked_at.is_(None),
    )
    for row in session.scalars(settled.with_for_update()):
        doubt(row)


def every(session: Session) -> Sequence[InstallationRow]:
    """All of them, also those that are over and of which something is kept still."""
    ordered = select(InstallationRow).order_by(InstallationRow.team_id, InstallationRow.generation)
    return session.scalars(ordered).all()


def token(row: InstallationRow, keyring: Keyring) -> str:
    """The token of an installation that lives. Raises CannotDecrypt."""
    return keyring.decrypt(row.token, place=_place(row.team_id, row.generation))


def served_by(session: Session, team_id: str) -> InstallationRow | None:
    """The living installation by which Baton is in a workspace; None: by that of the settings."""
    workspace = workspaces.find(session, team_id)
    if workspace is None or not workspace.installation:
        return None
    found = session.get(InstallationRow, (workspace.installation, workspace.generation))
    return found if found is not None and found.ended_at is None else None


def alone_in_all_of(session: Session, row: InstallationRow) -> Sequence[WorkspaceRow]:
    """The living workspaces of an installation, when no other work goes on in any of them."""
    theirs = select(WorkspaceRow).where(
        WorkspaceRow.installation == row.team_id,
        WorkspaceRow.generation == row.generation,
        WorkspaceRow.ended_at.is_(None),
    )
    held = theirs.order_by(WorkspaceRow.team_id).with_for_update()
    return session.scalars(held.execution_options(populate_existing=True)).all()


def replace(session: Session, there: WorkspaceRow | None, by: InstallationRow) -> None:
    """An installation of one workspace is over when another one takes that workspace over."""
    if there is None or there.generation in {0, by.generation}:
        return
    older = session.get(InstallationRow, (there.installation, there.generation))
    if older is not None and not older.is_org_wide:
        session.delete(older)


def _next_generation(session: Session) -> int:
    insert_new(session, GenerationRow, [{"team_id": _ALL, "last": 0}])
    row = session.get_one(GenerationRow, _ALL, with_for_update=True, populate_existing=True)
    row.last += 1
    return row.last


def _of(team_id: str) -> Select[InstallationRow]:
    own = select(InstallationRow).where(InstallationRow.team_id == team_id)
    return own.order_by(InstallationRow.generation.desc())


def _place(team_id: str, generation: int) -> str:
    return place(team_id, InstallationRow.__tablename__, "token", generation)
