"""One story of batons round the sun, over Easter, while events arrive twice and in any order."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from bot.core.agreement.setting import person_scope
from bot.core.holiday_calendar import Region
from bot.playground import choosing
from bot.playground.client import Person
from tests.support.town import Town, town

pytestmark = pytest.mark.needs("handoffs", "asks", "digest")

THURSDAY: Final = datetime(2027, 3, 25, 16, 30, tzinfo=UTC)
"""Before Easter: 16:30 in London, 09:30 in San Francisco, 03:30 on Friday in Sydney."""
SYDNEYS_TUESDAY: Final = datetime(2027, 3, 29, 22, 0, tzinfo=UTC)  # 09:00; Friday and Monday are
LONDONS_TUESDAY: Final = datetime(2027, 3, 30, 8, 0, tzinfo=UTC)  # holidays; 09:00 since Sunday BST
SANS_TUESDAY: Final = datetime(2027, 3, 30, 16, 0, tzinfo=UTC)

INFRA: Final = "C0INFRA00"
POOL: Final = "Raise the pool size"
COPY: Final = "The copy of the landing page"
RENEW: Final = "Renew the certificate"


@pytest.fixture
def easter(database_url: str, weather: dict[str, Any]) -> Iterator[Town]:
    """Noor in London, Sam in San Francisco and Mei in Sydney, and a chain of the three."""
    with town(database_url, start=THURSDAY, faults=weather) as living:
        noor = living.slack.person("Noor")
        noor.moves_to("Europe/London")
        living.mei.moves_to("Australia/Sydney")
        living.sets("people.holidays", Region("GB", "ENG"), person_scope("U0NOOR000"))
        living.settle()
        noor.types("#infra", "/handoff chain @Noor @Sam @Mei")
        living.settle()
        yield living


def card(living: Town, what: str) -> str:
    """The only card of a thing in #infra, as everybody reads it."""
    posts = [str(each["text"]) for each in living.posts_in("#infra")]
    [found] = [text for text in posts if f"*{what}*" in text]
    return found


def told(living: Town, person: Person, words: str) -> list[str]:
    """What Baton wrote to somebody directly that has these words in it."""
    return [text for text in living.writes_to(person) if words in text]


def chain(living: Town, person: Person) -> str:
    """What `/handoff chain` shows somebody."""
    person.types("#infra", "/handoff chain")
    living.settle()
    return living.whispers_to(person)[-1]


def press(living: Town, person: Person, label: str, what: str) -> None:
    """Presses a button of the card of a thing."""
    seen = [each for each in person.messages("#infra") if "Handed over by" in each["text"]]
    [found] = [each for each in seen if f"*{what}*" in each["text"]]
    [place] = choosing.buttons(found["blocks"], label)
    living.slack.act(person.name, "press", **place, channel=INFRA, ts=found["ts"])
    living.settle()


def hands_over(living: Town, person: Person, *items: str) -> None:
    """Fills in the form of the day; each thing goes to the next in the chain."""
    person.types("#infra", "/handoff")
    person.fills_in({"In progress": "\n".join(items)})
    person.fills_in({})
    living.settle()


@pytest.mark.slow
def test_round_the_sun_over_easter(easter: Town) -> None:
    noor, sam, mei = easter.slack.person("Noor"), easter.sam, easter.mei
    hands_over(easter, noor, POOL, COPY, RENEW)
    assert all("For Sam to take" in card(easter, what) for what in (POOL, COPY, RENEW))
    assert len(told(easter, sam, "@Noor hands over 3 things to you")) == 1, "one message, not three"
    _friday_never_comes(easter, sam)
    _monday_is_a_holiday(easter, mei)
    _back_in_london(easter, noor)
    _back_in_san_francisco(easter, sam)
    assert "No baton is under way." in chain(easter, noor)


def _friday_never_comes(easter: Town, sam: Person) -> None:
    """Sam takes one, asks about one, and does not see the third."""
    press(easter, sam, "I have it", POOL)
    press(easter, sam, "Ask back…", COPY)
    sam.fills_in({"What do you need to know first?": "Which of the two headlines?"})
    easter.settle()
    assert "Sam has it" in card(easter, POOL)
    assert "Sam asked Noor something first" in card(easter, COPY)
    easter.move_to(THURSDAY + timedelta(hours=2, minutes=5))
    assert len(told(easter, sam, "Can you take this")) == 1
    easter.move_to(THURSDAY + timedelta(hours=4, minutes=5))
    assert len(told(easter, sam, "Can you take this")) == 1, "once is enough"
    assert "For Mei to take · their day begins Tue 30 Mar, 09:00 there" in card(easter, RENEW)
    press(easter, sam, "Pass on…", POOL)
    sam.fills_in({"What should they know?": "Staging runs with 20 now."})
    easter.settle()
    assert "For Mei to take · their day begins Tue 30 Mar, 09:00 there" in card(easter, POOL)
    assert "Staging runs with 20 now." in card(easter, POOL)


def _monday_is_a_holiday(easter: Town, mei: Person) -> None:
    """Mei's digest has both on her first day after Easter; she takes one of them."""
    easter.move_to(SYDNEYS_TUESDAY - timedelta(minutes=5))
    assert told(easter, mei, POOL) == []
    easter.move_to(SYDNEYS_TUESDAY + timedelta(minutes=5))
    [digest] = told(easter, mei, POOL)
    assert digest.index("Handed over to you") < digest.index(RENEW)
    press(easter, mei, "I have it", POOL)
    easter.move_to(SYDNEYS_TUESDAY + timedelta(hours=2, minutes=5))
    assert len(told(easter, mei, "Can you take this")) == 1
    easter.move_to(SYDNEYS_TUESDAY + timedelta(hours=4, minutes=5))
    assert "With Noor again" in card(easter, RENEW), "it was round, and nobody took it"
    press(easter, mei, "Pass on…", POOL)
    mei.fills_in({"Who carries it on?": "Noor"})


def _back_in_london(easter: Town, noor: Person) -> None:
    """What nobody took is Noor's again, what Mei passes on is hers to take, and Sam has a reply."""
    easter.move_to(LONDONS_TUESDAY + timedelta(minutes=5))
    [digest] = told(easter, noor, "Handed over to you")
    mine = digest[digest.index("Handed over to you") :]
    assert f"For you to take, from @Noor, passed on by @Mei: {POOL}" in mine
    assert f"With you again, since nobody took it: {RENEW}" in mine
    assert mine.count(POOL) == mine.count(RENEW) == 1
    shown = chain(easter, noor)
    assert "Batons under way (3)" in shown
    assert f"{COPY}: waits for an answer to a question since Do., 25. März, 16:30, 4 days" in shown
    press(easter, noor, "I have it", POOL)
    press(easter, noor, "Done", POOL)
    press(easter, noor, "I keep it", RENEW)
    [asked] = [each for each in easter.posts_in("#infra") if "Context:" in each["text"]]
    noor.says("#infra", "The short one.", reply_to=asked["ts"])
    easter.settle()
    assert "For Sam to take" in card(easter, COPY)


def _back_in_san_francisco(easter: Town, sam: Person) -> None:
    """Sam's digest has the answer, and the thing is his to take again."""
    easter.move_to(SANS_TUESDAY + timedelta(minutes=5))
    assert f"For you to take, from @Noor: {COPY}" in told(easter, sam, "Settled for you")[-1]
    press(easter, sam, "I have it", COPY)
    press(easter, sam, "Done", COPY)
    assert "Done by Sam" in card(easter, COPY)
