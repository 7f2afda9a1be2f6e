"""Who is on call: turns, swaps, calendars, and what people are told of them."""

from datetime import UTC, datetime

import pytest

from bot.playground.client import Person
from tests.support.town import Town

WEEK = {
    "Time zone": "europe/berlin",
    "Who takes turns?": ["Tom", "Ana", "Mei"],
}


def test_people_take_turns_by_the_week_and_hand_over_in_the_rotations_zone(lively: Town) -> None:
    lively.tom.types("#infra", "/redphone schedule")
    assert "Nobody is on call" in lively.whispers_to(lively.tom)[-1]
    lively.tom.presses("New rotation…")
    lively.tom.fills_in(WEEK | {"Name": "Payments"})
    print(lively.forms_of(lively.tom)[-1])
    lively.mei.types("#infra", "/redphone oncall")
    print(lively.whispers_to(lively.mei)[-1])
    lively.mei.types("#infra", "/redphone schedule")
    print(lively.whispers_to(lively.mei)[-1])
    print(lively.writes_to(lively.ana))
    lively.advance(days=7)
    lively.mei.types("#infra", "/redphone oncall")
    print(lively.whispers_to(lively.mei)[-1])
    assert 0
