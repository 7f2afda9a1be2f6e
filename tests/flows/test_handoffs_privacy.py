"""What is kept of people in hand-offs: it goes with whoever has their data erased."""

import pytest
from sqlalchemy import select

from bot.app import metadata
from bot.playground.client import Person
from tests.flows.test_handoffs_batons import POOL, hand_over, open_batons, press, the_card
from tests.support.town import Town

pytestmark = pytest.mark.needs("asks", "handoffs", "home", "privacy")


def test_what_the_erased_one_handed_over_goes_also_where_somebody_has_it(lively: Town) -> None:
    hand_over(lively, lively.mei, POOL, lively.priya)
    press(lively, lively.priya, "I have it")
    _erase(lively, lively.mei)
    [card] = [each for each in lively.posts_in("#infra") if "(erased)" in each["text"]]
    assert "pool size" not in str(card)
    told = "\n".join(str(each["text"]) for each in lively.priya.direct_messages())
    assert "Raise the pool size" not in told
    assert open_batons(lively) == 0
    assert _hits(lively, "pool size") == set()
    assert _hits(lively, "U0MEI0000") == set()


def test_what_the_erased_one_had_goes_back_and_can_be_read_without_them(quiet: Town) -> None:
    hand_over(quiet, quiet.tom, POOL, quiet.priya)
    press(quiet, quiet.priya, "I have it")
    quiet.priya.types("#web-relaunch", "/baton privacy erase")
    assert "go back to whoever handed them over: 1 now" in quiet.forms_of(quiet.priya)[-1]
    quiet.priya.fills_in({})
    quiet.settle()
    card = the_card(quiet)
    assert "Raise the pool size" in card
    assert "Priya" not in card
    assert open_batons(quiet) == 1
    assert _hits(quiet, "U0PRIYA00") == set()


def test_a_stand_in_who_is_erased_stands_in_no_more(quiet: Town) -> None:
    quiet.priya.types("#infra", "/baton away until Friday")
    quiet.priya.types("#infra", "/handoff stand-in @Mei")
    _erase(quiet, quiet.mei)
    quiet.priya.types("#infra", "/handoff stand-in")
    assert "Nobody stands in for you." in quiet.whispers_to(quiet.priya)[-1]
    assert _hits(quiet, "U0MEI0000") == set()


def _erase(town: Town, person: Person) -> None:
    person.types("#web-relaunch", "/baton privacy erase")
    person.fills_in({})
    town.settle()


def _hits(town: Town, word: str) -> set[str]:
    with town.app.bot.database.reading() as session:
        return {
            f"{table.name}.{column.name}"
            for table in metadata().sorted_tables
            for row in session.execute(select(table)).mappings()
            for column in table.columns
            if word in str(row[column.name])
        }
