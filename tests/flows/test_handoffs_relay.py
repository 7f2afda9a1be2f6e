"""Chains, and what becomes of a baton that nobody takes, that is left behind, or that rests."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.core.bot import Bot
from bot.features.handoffs.models import HandoffBatonRow
from bot.features.handoffs.queries import batons as queries
from bot.features.handoffs.rules.items import Item, State, StepKind, To
from bot.features.handoffs.service.batons import HandedOver, hand_over
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.town import Town

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
TAKE_IT = "Can you take this"
LOGIN = "Fix the login"


def test_a_baton_goes_round_the_sun_with_one_reminder_each_and_comes_back(lively: Town) -> None:
    _chain(lively, "@Priya @Ana @Sam")
    _hand_over(lively, LOGIN)
    tuesday = datetime(2026, 10, 6, tzinfo=UTC)
    assert _holder(lively) == "Priya", "she works until 11:30 UTC"
    lively.move_to(tuesday + timedelta(hours=10) - MINUTE)
    assert _reminded(lively, lively.priya) == 0
    lively.move_to(tuesday + timedelta(hours=10))
    lively.advance(minutes=20)
    assert _reminded(lively, lively.priya) == 1
    assert "Wed 7 Oct" in lively.writes_to(lively.priya)[-1], "half an hour of it is tomorrow's"
    wednesday = tuesday + timedelta(days=1)
    lively.move_to(wednesday + timedelta(hours=4) - MINUTE)
    assert _holder(lively) == "Priya"
    lively.move_to(wednesday + timedelta(hours=4))
    assert _holder(lively) == "Ana", "the next one, though she starts at 12:00 UTC only"
    lively.move_to(wednesday + timedelta(hours=14))
    assert _reminded(lively, lively.ana) == 1
    lively.move_to(wednesday + timedelta(hours=16))
    assert _holder(lively) == "Sam"
    lively.move_to(wednesday + timedelta(hours=18))
    assert _reminded(lively, lively.sam) == 1
    assert "it goes back to @Tom" in _reminders(lively, lively.sam)[-1]
    lively.move_to(wednesday + timedelta(hours=20))
    assert _holder(lively) == "Tom"
    assert _state(lively) == State.BACK
    lively.move_to(wednesday + timedelta(days=1, hours=8))
    assert "nobody" in "\n".join(lively.writes_to(lively.tom)).casefold()
    moves = [StepKind.HANDED_OVER, *[StepKind.NUDGED, StepKind.MOVED] * 2]
    assert _steps(lively) == [*moves, StepKind.NUDGED, StepKind.CAME_BACK]
