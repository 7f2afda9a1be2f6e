"""What the operator is told of digests."""

from datetime import date

import pytest

from bot.core import workspaces
from bot.core.bot import Bot
from bot.core.clock import SystemClock
from bot.core.db import Database
from bot.features.digest.rules.opinions import DigestOf
from bot.features.digest.service import opinions
from tests.support.shell import Shell


@pytest.mark.slow
def test_quality_is_told_by_prompt_and_of_fewer_than_five_people_not_at_all(house: Shell) -> None:
    database = Database(f"sqlite:///{house.folder / 'baton.db'}")
    clock = SystemClock()
    with database.transaction() as session:
        tideline = workspaces.Workspace("T1", "Tideline", "https://t/", "B1", "U0", frozenset())
        workspaces.save(session, tideline, now=clock.now())
    assert "Nobody has said yet" in house("digest", "quality").stdout
    worded = DigestOf(date(2026, 10, 7), "digest/channel v2")
    with Bot(database, clock, clock).begin("T1", during="job") as uow:
        for number in range(5):
            opinions.note(uow, f"U{number}", worded, is_good=number != 0)
        opinions.note(uow, "U1", worded, is_good=False)  # changed their mind
        opinions.note(uow, "U9", DigestOf(date(2026, 10, 7), "plain"), is_good=True)
    database.close()
    assert house("digest", "quality").stdout == (
        "digest/channel v2: 5 opinions, 60% good\nplain: too few people to say\n"
    )
