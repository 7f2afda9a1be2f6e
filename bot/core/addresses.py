"""Where people can be reached outside of Slack: what they entered and confirmed themselves."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from sqlalchemy import String, Text, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.db import Base, affected, grouped, insert_new
from bot.core.encryption import ENCRYPTED, Keyring, place
from bot.core.errors import CannotDecrypt
from bot.core.unit_of_work import UnitOfWork

EMAIL: Final = "email"
PHONE: Final = "phone"


class AddressRow(Base):
    """An e-mail address or a phone number of somebody's, encrypted; `kind` is email or phone.

    `address` is the one that was confirmed, empty: none yet. `wanted` is to take its place once
    it is confirmed; `code` is the digest of what was sent there for that. `sent` counts what was
    sent to either since `sent_since`, so that it stays little.
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
    tries: Mapped[int]
    sent: Mapped[int]
    sent_since: Mapped[datetime | None]


Column: TypeAlias = Literal["address", "wanted"]
WANTED_FOR: Final = timedelta(days=1)
"""How long an address waits for its code; what was sent is counted for less than that."""


def kinds_of(uow: UnitOfWork, user_ids: Collection[str]) -> Mapping[str, frozenset[str]]:
    """The kinds of address at which people can be reached, by id; whoever has none is left out."""
    if not uow.house.keyring or not user_ids:
        return {}
    confirmed = select(AddressRow.user_id, AddressRow.kind).where(
        AddressRow.team_id == uow.team_id,
        AddressRow.user_id.in_(sorted(set(user_ids))),
        AddressRow.address != "",
    )
    found = grouped(uow.session.execute(confirmed), by=lambda row: row[0])
    return {user_id: frozenset(kind for _, kind in rows) for user_id, rows in found.items()}


def read(
    session: Session,
    keyring: Keyring,
    team_id: str,
    user_id: str,
    kind: str,
    *,
    column: Column = "address",
) -> str | None:
    """Somebody's confirmed address; None: there is none, or no key opens it.

    `wanted`: the one that they entered and did not confirm yet, to which their code goes.
    """
    row = session.get(AddressRow, (team_id, user_id, kind))
    return opened(row, keyring, column) if row is not None else None


def opened(row: AddressRow, keyring: Keyring, column: Column) -> str | None:
    """An address as it was typed; None: there is none, or no key opens it."""
    kept = getattr(row, column)
    if not kept:
        return None
    try:
        return keyring.decrypt(kept, place=_place(row, column))
    except CannotDecrypt:
        return None


def close(row: AddressRow, keyring: Keyring, column: Column, address: str) -> None:
    """Keeps an address, encrypted."""
    setattr(row, column, keyring.encrypt(address, place=_place(row, column)))


def code_digests(row: AddressRow, keyring: Keyring, code: str) -> Sequence[str]:
    """What a code is known by without being kept; that of the first key is kept."""
    return keyring.digests(code, place=_place(row, "code"))


def is_code(row: AddressRow, keyring: Keyring, code: str) -> bool:
    """Whether a code is the one that was sent; takes as long if it is not."""
    return keyring.verifies(code, row.code, place=_place(row, "code"))


def of(uow: UnitOfWork, user_id: str) -> Sequence[AddressRow]:
    """What somebody entered."""
    own = (AddressRow.team_id == uow.team_id) & (AddressRow.user_id == user_id)
    return uow.session.scalars(select(AddressRow).where(own).order_by(AddressRow.kind)).all()


def hold(uow: UnitOfWork, user_id: str, kind: str) -> AddressRow:
    """The row of somebody's address of a kind, which nobody else changes meanwhile."""
    place = {"team_id": uow.team_id, "user_id": user_id, "kind": kind}
    empty = {"address": "", "wanted": "", "code": "", "tries": 0, "sent": 0}
    insert_new(uow.session, AddressRow, [place | empty | {"entered_at": uow.now}])
    return uow.session.get_one(
        AddressRow, (uow.team_id, user_id, kind), with_for_update=True, populate_existing=True
    )


def forget_person(uow: UnitOfWork, user_id: str) -> int:
    """Deletes somebody's addresses; returns how many."""
    own = (AddressRow.team_id == uow.team_id) & (AddressRow.user_id == user_id)
    return affected(uow.session, delete(AddressRow).where(own))


def forget_old(uow: UnitOfWork) -> int:
    """Forgets what was never confirmed; returns how many."""
    old = (AddressRow.team_id == uow.team_id) & (AddressRow.entered_at < uow.now - WANTED_FOR)
    waiting = update(AddressRow).where(old, AddressRow.wanted != "")
    count = affected(uow.session, waiting.values(wanted="", code="", code_sent_at=None))
    return count + affected(uow.session, delete(AddressRow).where(old, AddressRow.address == ""))


def _place(row: AddressRow, column: str) -> str:
    return place(row.team_id, AddressRow.__tablename__, column, row.user_id, row.kind)
