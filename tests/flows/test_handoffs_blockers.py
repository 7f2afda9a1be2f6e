"""Blockers, from being noted to nobody being blocked, while events arrive twice and in any order."""

from datetime import UTC, datetime

import pytest

from bot.playground.client import Person
from tests.support.town import Town

pytestmark = pytest.mark.needs("asks", "handoffs", "digest")


def blockers_of(person: Person, town: Town) -> str:
    """What `/handoff blockers` shows somebody."""
    town.settle()
    person.types("#infra", "/handoff blockers")
    return town.whispers_to(person)[-1]


def told(person: Person, town: Town, words: str) -> list[str]:
    """What Baton wrote to somebody directly that has these words in it."""
    return [text for text in town.writes_to(person) if words in text]


def test_it_is_chased_by_its_ask_and_closed_by_the_answer(lively: Town) -> None:
    lively.tom.types("#infra", "/handoff blocked @Priya the pool size for the new cluster")
    noted = lively.whispers_to(lively.tom)[-1]
    print(noted)
    [card] = lively.posts_in("#infra")
    print(card["text"])
    print(blockers_of(lively.tom, lively))
    print(blockers_of(lively.priya, lively))
    lively.move_to(datetime(2026, 10, 7, 8, 35, tzinfo=UTC))
    print(lively.writes_to(lively.priya))
    print(lively.writes_to(lively.tom))
    lively.priya.says("#infra", "It is 20.", reply_to=card["ts"])
    print(blockers_of(lively.tom, lively))
    print(lively.home_of(lively.tom))
    assert 0
