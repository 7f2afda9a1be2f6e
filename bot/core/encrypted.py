"""Every column in which something encrypted stands: its keys are changed, and looked over, here.

A column is one of them by its `info=ENCRYPTED`; its table's primary key begins with `team_id`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Row, Select, select, update
from sqlalchemy.orm import Session

from bot.core.bot import Bot
from bot.core.checks import Checked
from bot.core.db import Base, Database, affected
from bot.core.encryption import ENCRYPTED, Keyring, place
from bot.core.errors import CannotDecrypt

PORTION: Final = 100


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many texts have the newest key now, and how many others none of the keys opens."""

    renewed: int = 0
    unreadable: int = 0


def columns() -> list[Column[Any]]:
    """All of them, by table."""
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.info.items() >= ENCRYPTED.items()
    ]


def rotate(database: Database, keyring: Keyring) -> Iterator[Rotated]:
    """Encrypts everything by the newest key, a portion in a transaction; again, it goes on.

    Tells after each portion what came of all of them.
    """
    done = Rotated()
    for column in columns():
        passed = 0  # over those that stay as they are
        while True:
            with database.transaction() as session:
                older = _kept(column).where(~column.startswith(f"{keyring.newest}:"))
                rows = session.execute(older.offset(passed).limit(PORTION)).all()
                renewed = sum(_renew(session, column, keyring, row) for row in rows)
            if not rows:
                break
            passed += len(rows) - renewed
            done = Rotated(done.renewed + renewed, done.unreadable + len(rows) - renewed)
            yield done


def look_over(bot: Bot) -> Iterator[Checked]:
    """Whether there are keys, and something that none of them opens."""
    keyring = bot.house.keyring
    with bot.database.reading() as session:
        opens = [
            _text(column, keyring, row) is not None
            for column in columns()
            for row in session.execute(_kept(column))
        ]
    if not all(opens):
        to_do = "Put the key back in BATON_ENCRYPTION_KEYS, behind the newest one."
        found = f"none of them opens {opens.count(False)} of {len(opens)} encrypted texts"
        yield Checked("keys", found, to_do)
    elif keyring:
        yield Checked("keys", f"{len(keyring.keys)}, and every encrypted text is readable")
    else:
        yield Checked("keys", "none: people cannot enter an address of their own")


def _kept(column: Column[Any]) -> Select[Any]:
    """The text and the primary key of every row that has one, in a fixed order."""
    key = column.table.primary_key.columns
    return select(column, *key).where(column != "").order_by(*key)


def _renew(session: Session, column: Column[Any], keyring: Keyring, row: Row[Any]) -> bool:
    """Encrypts one text anew; False: no key opens it. What changed meanwhile has a newer key."""
    text = _text(column, keyring, row)
    if text is None:
        return False
    kept, key = row[0], zip(column.table.primary_key.columns, [*row][1:], strict=True)
    same = update(column.table).where(column == kept, *(part == value for part, value in key))
    renewed = keyring.encrypt(text, place=_place(column, row))
    affected(session, same.values({column: renewed}))
    return True


def _text(column: Column[Any], keyring: Keyring, row: Row[Any]) -> str | None:
    try:
        return keyring.decrypt(row[0], place=_place(column, row))
    except CannotDecrypt:
        return None


def _place(column: Column[Any], row: Row[Any]) -> str:
    found: list[Any] = list(row)
    return place(found[1], column.table.name, column.name, *found[2:])
