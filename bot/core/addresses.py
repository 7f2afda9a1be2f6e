"""Where people can be reached outside of Slack: what they entered and confirmed themselves."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base


class AddressRow(Base):
    """An e-mail address or a phone number of somebody's, encrypted; `kind` is email or phone.

    It counts from `confirmed_at` on. `code` is the digest of what was sent there to confirm it.
    """

    __tablename__ = "addresses"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    address: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    code: Mapped[str] = mapped_column(String(64))
    code_sent_at: Mapped[datetime | None]
    codes_sent: Mapped[int]
    tries: Mapped[int]
