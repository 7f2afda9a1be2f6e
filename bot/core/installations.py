"""The installations of Baton: by whose leave it works, with which token, and since when."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base
from bot.core.encryption import ENCRYPTED


class Ending(StrEnum):
    """Why an installation is over."""

    UNINSTALLED = "uninstalled"
    REVOKED = "revoked"
    REFUSED = "refused"  # Slack does not take the token any more, and never said why
    REPLACED = "replaced"  # the app was installed again


class InstallationRow(Base):
    """One time that somebody installed Baton; `team_id` is the workspace, or a whole organisation.

    The token is empty once it is over. `erase_at`: when what is kept of it is deleted.
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
    installed_by: Mapped[str] = mapped_column(String(32), default="")
    installed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(String(16), default="")
    looked_at: Mapped[datetime | None]
    erase_at: Mapped[datetime | None]
