"""`baton keys`: made, changed, and what is told about it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from bot.core import addresses
from bot.core.addresses import AddressRow
from bot.core.db import Database
from bot.core.encryption import new_key
from bot.settings import Settings
from tests.support.browsing import ring
from tests.support.shell import Shell

AT = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)


def _keep(url: str, key: str) -> None:
    row = AddressRow(team_id="T1", user_id="U1", kind="email")
    addresses.close(row, ring(key), "address", "a@example.com")
    empty = {"wanted": "", "code": "", "tries": 0, "sent": 0, "entered_at": AT}
    own = {"team_id": "T1", "user_id": "U1", "kind": "email", "address": row.address}
    database = Database(url)
    with database.transaction() as session:
        session.execute(insert(AddressRow).values(own | empty))
    database.close()


def test_a_new_key_is_one_that_the_settings_take(baton: Shell) -> None:
    first, second = baton("keys", "new").stdout.strip(), baton("keys", "new").stdout.strip()
    both = Settings(_env_file=None, baton_encryption_keys=f"{first},{second}")
    assert len(both.encryption_keys) == 2


@pytest.mark.slow
def test_keys_are_changed_and_then_the_old_one_can_go(house: Shell, sqlite_url: str) -> None:
    old, new = new_key(), new_key()
    _keep(sqlite_url, old)
    told = house("keys", "rotate", BATON_ENCRYPTION_KEYS=f"{new},{old}")
    assert told.returncode == 0
    assert told.stdout.startswith(
        f"Encrypted anew by {new.partition(':')[0]}: 1.\n"
        f"If {new.partition(':')[0]} is your new key, you can take {old.partition(':')[0]} out of "
        "BATON_ENCRYPTION_KEYS now. "
    )
    again = house("keys", "rotate", BATON_ENCRYPTION_KEYS=new)
    assert again.returncode == 0
    assert again.stdout == f"Encrypted anew by {new.partition(':')[0]}: 0.\n"
    assert "a@example.com" not in told.stdout + told.stderr


def test_whoever_changes_keys_too_early_is_not_told_to_take_the_new_one_out(
    house: Shell, sqlite_url: str
) -> None:
    old, new = new_key(), new_key()
    _keep(sqlite_url, old)
    told = house("keys", "rotate", BATON_ENCRYPTION_KEYS=f"{old},{new}")
    assert told.returncode == 0
    assert told.stdout.startswith(
        f"Encrypted anew by {old.partition(':')[0]}: 0.\nIf {old.partition(':')[0]} is your new key"
    )
    assert "If not, put the new key first, restart every process, and do this" in told.stdout


def test_a_key_that_is_missing_is_told(house: Shell, sqlite_url: str) -> None:
    _keep(sqlite_url, new_key())
    told = house("keys", "rotate", BATON_ENCRYPTION_KEYS=new_key())
    assert told.returncode == 1
    assert "None of the keys opens 1 more: put the older key back" in told.stderr


def test_without_keys_there_is_nothing_to_change(house: Shell) -> None:
    told = house("keys", "rotate")
    assert told.returncode == 2
    assert told.stderr == "error: BATON_ENCRYPTION_KEYS is empty: `baton keys new` makes a key.\n"


def test_a_key_that_is_none_is_one_sentence(baton: Shell) -> None:
    told = baton("config", "check", BATON_ENCRYPTION_KEYS="a:nonsense")
    assert told.returncode == 2
    assert told.stderr.startswith("error: BATON_ENCRYPTION_KEYS must be id:key")
    assert "nonsense" not in told.stderr
