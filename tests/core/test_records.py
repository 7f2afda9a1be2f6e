"""What the house keeps goes when it is too old, and not while it is on its way."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.blocks import Message
from bot.core.bot import Bot
from bot.core.clock import StoppedClock
from bot.core.outbox import OutboxRow
from bot.core.queue import State
from bot.core.records import HOUSE
from bot.core.render import mrkdwn
from bot.core.retention import purge_one

SENT = next(kept for kept in HOUSE if kept.name == "sent")


@pytest.mark.parametrize("retention_days", [0, 30])
def test_a_purge_leaves_what_waits_to_be_sent(
    retention_days: int, bot: Bot, clock: StoppedClock
) -> None:
    with bot.begin("T1", during="job") as uow:
        uow.outbox.post("digest", "C1", Message(mrkdwn("hello")))
    for passed, state in [(1, State.READY), (24 * max(retention_days, 1), State.DROPPED)]:
        clock.advance(timedelta(hours=passed))
        with bot.begin("T1", during="job") as uow:
            purge_one(uow, SENT, retention_days)
        with bot.database.reading() as session:
            row = session.scalars(select(OutboxRow)).one()
        assert (row.state, bool(row.payload)) == (state, state == State.READY)
