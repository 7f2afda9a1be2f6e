"""Keys are changed in portions, and what no key opens is told and stays as it is."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import func, insert, select

from bot.app import metadata
from bot.core import addresses, encrypted
from bot.core.addresses import AddressRow
from bot.core.bot import Bot
from bot.core.db import Base, Database
from bot.core.encrypted import PORTION, Rotated
from bot.core.encryption import Keyring, place
from bot.core.unit_of_work import House
from tests.support.browsing import ring

OLD, NEW, LOST = ring(), ring(), ring()
BOTH = Keyring({**NEW.keys, **OLD.keys})
AT = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
FEED = "rotation_feeds"
URL = "https://calendar.example/secret.ics"


metadata()  # the tables of the features are known from here on


def _address(number: int, keys: Keyring, *, wanted: str = "") -> dict[str, object]:
    user_id = f"U{number:04}"
    row = AddressRow(team_id="T1", user_id=user_id, kind="email")
    addresses.close(row, keys, "address", f"{user_id}@example.com")
    if wanted:
        addresses.close(row, keys, "wanted", wanted)
    empty = {"code": "", "tries": 0, "sent": 0, "entered_at": AT, "confirmed_at": AT}
    kept = {"address": row.address, "wanted": row.wanted or ""}
    return {"team_id": "T1", "user_id": user_id, "kind": "email"} | kept | empty


def _fill(database: Database, rows: list[dict[str, object]]) -> None:
    with database.transaction() as session:
        session.execute(insert(AddressRow), rows)


def _add_feed(database: Database, keys: Keyring) -> None:
    rotation_id = UUID(int=1)
    url = keys.encrypt(URL, place=place("T1", FEED, "url", rotation_id))
    given = {"team_id": "T1", "rotation_id": rotation_id, "url": url, "next_at": AT}
    empty = {"host": "", "etag": "", "error": ""}
    with database.transaction() as session:
        session.execute(insert(Base.metadata.tables[FEED]).values(given | empty))


def _by_key(database: Database, keys: Keyring) -> int:
    begins = AddressRow.address.startswith(f"{keys.newest}:")
    with database.reading() as session:
        return session.scalar(select(func.count()).where(begins)) or 0


def test_the_columns_are_known() -> None:
    found = {f"{column.table.name}.{column.name}" for column in encrypted.columns()}
    assert {"addresses.address", "addresses.wanted", "rotation_feeds.url"} <= found


def test_everything_has_the_newest_key_in_the_end(database: Database) -> None:
    _fill(database, [_address(1, OLD, wanted="new@example.org"), _address(2, NEW)])
    _add_feed(database, OLD)
    assert list(encrypted.rotate(database, BOTH))[-1] == Rotated(renewed=3)
    assert list(encrypted.rotate(database, BOTH)) == [], "there is nothing left to do"
    with database.reading() as session:
        read = addresses.read(session, NEW, "T1", "U0001", "email")
        wanted = addresses.read(session, NEW, "T1", "U0001", "email", column="wanted")
        url = session.scalar(select(Base.metadata.tables[FEED].c.url))
    assert (read, wanted) == ("U0001@example.com", "new@example.org")
    assert url is not None
    assert NEW.decrypt(url, place=place("T1", FEED, "url", UUID(int=1))) == URL


def test_it_goes_on_where_it_was_stopped(database: Database) -> None:
    _fill(database, [_address(number, OLD) for number in range(2 * PORTION + 1)])
    changing = encrypted.rotate(database, BOTH)
    assert next(changing) == Rotated(renewed=PORTION)
    assert _by_key(database, NEW) == PORTION
    assert list(encrypted.rotate(database, BOTH))[-1] == Rotated(renewed=PORTION + 1)
    assert _by_key(database, OLD) == 0


def test_what_no_key_opens_stays_and_is_counted(database: Database) -> None:
    lost = [_address(number, LOST) for number in range(PORTION + 3)]
    _fill(database, lost + [_address(number, OLD) for number in range(5_000, 5_020)])
    assert list(encrypted.rotate(database, BOTH))[-1] == Rotated(20, PORTION + 3)
    assert _by_key(database, LOST) == PORTION + 3


def test_what_changes_meanwhile_is_not_written_over(database: Database) -> None:
    _fill(database, [_address(1, OLD)])
    newer = NEW.encrypt("newer@example.com", place=place("T1", "addresses", "address", "U0001"))
    column = metadata().tables["addresses"].c.address
    with database.reading() as session:
        (row,) = session.execute(encrypted._kept(column)).all()
    with database.transaction() as session:
        session.get_one(AddressRow, ("T1", "U0001", "email")).address = newer
    with database.transaction() as session:
        assert encrypted._renew(session, column, BOTH, row)
    with database.reading() as session:
        assert session.scalar(select(AddressRow.address)) == newer


def test_the_doctor_tells_what_no_key_opens(bot: Bot) -> None:
    (none,) = encrypted.look_over(bot)
    assert not none.to_do
    _fill(bot.database, [_address(1, OLD), _address(2, LOST)])
    bot.house = House(BOTH)
    (found,) = encrypted.look_over(bot)
    assert found.found == "none of them opens 1 of 2 encrypted texts"
    assert "Put the key back" in found.to_do
    bot.house = House(Keyring({**BOTH.keys, **LOST.keys}))
    (found,) = encrypted.look_over(bot)
    assert found.found == "3, and every encrypted text is readable"
    assert not found.to_do


def test_without_keys_nobody_has_an_address(bot: Bot) -> None:
    _fill(bot.database, [_address(1, OLD)])
    with bot.database.transaction() as session:
        assert addresses.read(session, Keyring(), "T1", "U0001", "email") is None
        assert addresses.read(session, LOST, "T1", "U0001", "email") is None
        assert addresses.read(session, OLD, "T1", "U0009", "email") is None
