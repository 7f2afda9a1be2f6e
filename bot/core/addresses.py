"""Where people can be reached outside of Slack: what they entered and confirmed themselves."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.db import Base, grouped
from bot.core.encryption import ENCRYPTED, Keyring, place
from bot.core.errors import CannotDecrypt
from bot.core.unit_of_work import UnitOfWork

EMAIL: Final = "email"
PHONE: Final = "phone"


class AddressRow(Base):
    """An e-mail address or a phone number of somebody's, encrypted; `kind` is email or phone.

    `address` is the one that was confirmed, empty: none yet. `wanted` is to take its place once
    it is confirmed; `code` is the digest of what was sent there for that, within the hour that
    began at `codes_since` so many times as `codes_sent`.
    """

    __tablename__ = "addresses"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    address: Mapped[str] = mapped_column(Text, info=ENCRYPTED)
    wanted: Mapped[str] = mapped_column(Text, info=ENCRYPTED)
    entered_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    code: Mapped[str] = mapped_column(String(64))
    code_sent_at: Mapped[datetime | None]
    codes_sent: Mapped[int]
    codes_since: Mapped[datetime | None]
    tries: Mapped[int]


def kinds_of(uow: UnitOfWork, user_ids: Collection[str]) -> Mapping[str, frozenset[str]]:
    """The kinds of address at which people can be reached, by id; whoever has none is left out."""
    if not uow.house.keyring or not user_ids:
        return {}
    confirmed = select(AddressRow.user_id, AddressRow.kind).where(
        AddressRow.team_id == uow.team_id,
        AddressRow.user_id.in_(sorted(set(user_ids))),
        AddressRow.address != "",
    )
    found = grouped(uow.session.execute(confirmed).tuples(), by=lambda row: row[0])
    return {user_id: frozenset(kind for _, kind in rows) for user_id, rows in found.items()}


def read(
    session: Session,
    keyring: Keyring,
    team_id: str,
    user_id: str,
    kind: str,
    *,
    is_wanted: bool = False,
) -> str | None:
    """Somebody's confirmed address; None: there is none, or no key opens it.

    `is_wanted`: the one that they entered and did not confirm yet, to which their code goes.
    """
    row = session.get(AddressRow, (team_id, user_id, kind))
    column = "wanted" if is_wanted else "address"
    kept = getattr(row, column, "")
    if not kept:
        return None
    try:
        return keyring.decrypt(kept, place=place_of(team_id, column, user_id, kind))
    except CannotDecrypt:
        return None


def place_of(team_id: str, column: str, user_id: str, kind: str) -> str:
    """Where an encrypted address stands."""
    return place(team_id, AddressRow.__tablename__, column, user_id, kind)
