"""A page goes on until somebody presses a button, or everybody was tried as often as it says."""

from collections.abc import Iterator, Sequence
from typing import Final

import pytest
from sqlalchemy import select

from bot.core import addresses
from bot.core.encryption import new_key
from bot.core.people import PersonRow
from bot.features.redphone.models import PageEventRow, PageRow, PageStepRow
from bot.features.redphone.queries import policies
from bot.features.redphone.rules.policies import Level, Policy
from bot.features.redphone.rules.states import State, StepState
from bot.playground.cast import PEOPLE as CAST
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.databases import Rows, fill
from tests.support.pagers import NotingPager, set_up
from tests.support.town import Town, town

FIRE: Final = "/redphone Nobody can sign up"
DOWN: Final = "Production down: customers cannot use the product"
FILLED: Final = {"What is it?": DOWN, "What it hurts": "All new customers"}
SETTINGS: Final = {"baton_encryption_keys": new_key()}


@pytest.fixture
def sms() -> NotingPager:
    return NotingPager("sms")


@pytest.fixture
def email() -> NotingPager:
    return NotingPager("email")


@pytest.fixture
def webhook() -> NotingPager:
    return NotingPager("webhook")


@pytest.fixture
def reachable(
    database_url: str,
    acquaintance: Rows,
    sms: NotingPager,
    email: NotingPager,
    webhook: NotingPager,
) -> Iterator[Town]:
    """A town with ways outside of Slack, in which Priya entered an address and a number."""
    fill(database_url, acquaintance)
    register = set_up(sms, email, webhook)
    with town(database_url, settings=SETTINGS, register=register) as living:
        _enters(living, living.priya, email="priya@example.com", phone="+4915123456789")
        yield living


def test_f43_a_page_goes_on_for_three_rounds_and_then_says_so(lively: Town) -> None:
    _page(lively)
    assert len(_pages(lively, lively.priya)) == 1
    for number in (2, 3):
        lively.advance(minutes=4)
        assert len(_pages(lively, lively.priya)) == number - 1
        lively.advance(minutes=1)
        assert len(_pages(lively, lively.priya)) == number
    lively.advance(minutes=5)
    assert len(_pages(lively, lively.priya)) == 3
    assert "I tried everybody as often as" in lively.writes_to(lively.sam)[-1]
    assert _the_page(lively).state == State.EXHAUSTED
    lively.priya.presses("I'm on it")
    lively.settle()
    assert _the_page(lively).state == State.ACKNOWLEDGED


def test_the_next_level_is_paged_when_nobody_of_the_first_is_on_it(reachable: Town) -> None:
    _agree(reachable, Level(), Level((f"person:{_id(reachable.mei)}",)))
    _page(reachable)
    assert _pages(reachable, reachable.mei) == []
    reachable.advance(minutes=5)
    assert len(_pages(reachable, reachable.mei)) == 1
    assert "level 2 of 2" in _timeline(reachable)
    reachable.mei.presses("I'm on it")
    reachable.advance(minutes=20)
    assert len(_pages(reachable, reachable.priya)) == 1
    assert _the_page(reachable).acknowledged_by == _id(reachable.mei)


def test_f43_one_way_outside_is_tried_first_and_the_next_when_it_is_refused(
    reachable: Town, sms: NotingPager, email: NotingPager, webhook: NotingPager
) -> None:
    sms.refuses = True
    _page(reachable)
    ((notice, to),) = email.calls
    assert to == "priya@example.com"
    assert notice.subject == "Sam needs you now: Nobody can sign up"
    assert "What it hurts: All new customers" in notice.text
    assert _made(webhook) == ["trigger"]
    states = {step.way: step.state for step in _steps(reachable)}
    assert states["sms"] == StepState.FAILED
    assert states["email"] == StepState.SENT
    reachable.advance(minutes=4)
    assert len(email.calls) == 1, "the next level has its time"


def test_an_sms_is_short_and_the_other_ways_wait_for_it(
    reachable: Town, sms: NotingPager, email: NotingPager
) -> None:
    _page(reachable)
    ((notice, to),) = sms.calls
    assert to == "+4915123456789"
    assert (notice.subject, notice.text) == ("Sam needs you now: Nobody can sign up", "")
    assert email.calls == []


def test_all_ways_at_once(reachable: Town, sms: NotingPager, email: NotingPager) -> None:
    _agree(reachable, Level(all_at_once=True))
    _page(reachable)
    assert len(sms.calls) == len(email.calls) == 1


def test_whoever_cannot_get_a_direct_message_is_reached_outside(
    reachable: Town, sms: NotingPager, email: NotingPager
) -> None:
    refusal = {"method": "chat.postMessage", "error": "msg_blocked", "about": "needs"}
    reachable.slack.faults(methods=[refusal])
    _page(reachable)
    assert len(sms.calls) == len(email.calls) == 1
    assert _the_page(reachable).state == State.OPEN


def test_the_caller_is_told_at_once_when_nothing_reaches_anybody(quiet: Town) -> None:
    refusal = {"method": "chat.postMessage", "error": "msg_blocked", "about": "needs"}
    quiet.slack.faults(methods=[refusal])
    _page(quiet)
    told = [text for text in quiet.writes_to(quiet.sam) if "I could not reach @Priya" in text]
    assert len(told) == 1
    assert "call somebody who can help" in told[0]
    quiet.advance(minutes=5)
    assert len(_pages(quiet, quiet.priya)) == 1, "the next round tries again"


def test_a_contact_who_left_is_left_out_and_noted(reachable: Town) -> None:
    left, tom = _id(reachable.ana), _id(reachable.tom)
    _agree(reachable, Level((f"person:{left}", "rotation:gone")), Level((f"person:{tom}",)))
    with reachable.app.bot.database.transaction() as session:
        session.get_one(PersonRow, (TEAM_ID, left)).is_member = False
    _page(reachable)
    assert len(_pages(reachable, reachable.tom)) == 1, "the next level is reached at once"
    assert "nobody to page behind “Ana”" in _timeline(reachable)
    assert "a contact that is not there any more" in _timeline(reachable)


def test_pagers_that_are_nobodys_own_are_told_once_of_each_turn(
    reachable: Town, webhook: NotingPager
) -> None:
    _page(reachable)
    reachable.advance(minutes=5)
    assert _made(webhook) == ["trigger"], "the second round is the same page"
    reachable.priya.presses("I'm on it")
    reachable.settle()
    assert _made(webhook) == ["trigger", "acknowledge"]
    assert webhook.calls[-1][0].subject == "Priya is on it: Nobody can sign up"
    reachable.sam.presses("It's over")
    reachable.settle()
    assert _made(webhook) == ["trigger", "acknowledge", "resolve"]
    assert len({notice.incident for notice, _ in webhook.calls}) == 1


def test_what_was_not_begun_is_taken_back_by_the_button(reachable: Town, sms: NotingPager) -> None:
    _page(reachable)
    reachable.priya.presses("I'm on it")
    reachable.advance(minutes=20)
    assert len(sms.calls) == len(_pages(reachable, reachable.priya)) == 1
    assert all(step.settle_by is None for step in _steps(reachable))


def test_a_page_that_lapsed_begins_anew_at_its_first_level(
    reachable: Town, webhook: NotingPager
) -> None:
    _agree(reachable, Level(), Level((f"person:{_id(reachable.mei)}",)))
    _page(reachable)
    reachable.advance(minutes=5)
    reachable.mei.presses("I'm on it")
    reachable.advance(minutes=30)
    reachable.advance(minutes=5)
    assert _the_page(reachable).state == State.OPEN
    assert len(_pages(reachable, reachable.priya)) == 2
    assert _made(webhook) == ["trigger", "acknowledge", "trigger"]
    reachable.advance(minutes=5)
    assert len(_pages(reachable, reachable.mei)) == 2


def _page(living: Town, whom: str = "Priya") -> None:
    living.sam.types("#infra", FIRE)
    living.sam.fills_in({**FILLED, "Person to page": whom})
    living.settle()


def _pages(living: Town, person: Person) -> list[str]:
    return [text for text in living.writes_to(person) if "needs you now" in text]


def _the_page(living: Town) -> PageRow:
    with living.app.bot.reading() as (session, _):
        return session.scalars(select(PageRow)).one()


def _steps(living: Town) -> Sequence[PageStepRow]:
    with living.app.bot.reading() as (session, _):
        return session.scalars(select(PageStepRow).order_by(PageStepRow.id)).all()


def _enters(living: Town, person: Person, **given: str) -> None:
    """Somebody entered and confirmed addresses."""
    bot, user_id = living.app.bot, _id(person)
    with bot.begin(TEAM_ID, during="job") as uow:
        for kind, address in given.items():
            row = addresses.hold(uow, user_id, kind)
            addresses.close(row, bot.house.keyring, "address", address)
            row.confirmed_at = uow.now


def _agree(living: Town, *levels: Level, rounds: int = 1) -> None:
    """The workspace has its own policy."""
    with living.app.bot.begin(TEAM_ID, during="job") as uow:
        policies.save(uow, policies.USUAL, Policy(levels, rounds).to_json(), by="operator")


def _made(pager: NotingPager) -> list[str]:
    return [notice.act for notice, _ in pager.calls]


def _timeline(living: Town) -> str:
    with living.app.bot.reading() as (session, _):
        rows = session.scalars(select(PageEventRow).order_by(PageEventRow.id))
        return "\n".join(f"{row.kind} {row.text}" for row in rows)


def _id(person: Person) -> str:
    return next(user.id for user in CAST if user.name == person.name)
