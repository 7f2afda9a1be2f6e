"""Five schedulers at once make every digest, and none twice."""

from dataclasses import replace

import pytest

from bot.core.db import Database
from tests.load.digest_mornings import Outcome, contest, windows


@pytest.mark.slow
def test_five_schedulers_at_once_make_each_digest_once(database: Database) -> None:
    outcome = contest(database, windows(2, 25, seed=20261006))
    assert outcome.owed > 100
    assert outcome == replace(outcome, missing=0, double=0, unowed=0)


@pytest.mark.long
def test_five_schedulers_at_once_make_ten_thousand_digests_once_each(database: Database) -> None:
    outcome = contest(database, windows(34, 102, seed=20261006))
    print(f"{database.dialect}: {outcome}")  # noqa: T201
    assert outcome.owed >= 10_000
    assert outcome == Outcome(outcome.owed, missing=0, double=0, unowed=0)
