"""What people are told about asks, as long as it is worth telling."""

import pytest

from bot.features.asks.rules.notices import (
    ASKING,
    FIRST,
    NEWS,
    REMINDERS,
    Notice,
    is_worth_telling,
)
from bot.features.asks.rules.states import UNSETTLED, WAITING, State

SETTLED = set(State) - UNSETTLED


@pytest.mark.parametrize("notice", sorted(ASKING))
def test_what_asks_for_an_answer_is_not_told_once_it_is_settled(notice: Notice) -> None:
    assert not any(is_worth_telling(notice, state) for state in SETTLED)


def test_overdue_is_told_only_while_it_is() -> None:
    told_in = {state for state in State if is_worth_telling(Notice.OVERDUE, state)}
    assert told_in == {State.OVERDUE}


def test_whoever_is_on_it_hears_of_no_due_time_that_comes() -> None:
    assert not is_worth_telling(Notice.DUE_SOON, State.ACCEPTED)
    assert not is_worth_telling(Notice.DUE_SOON, State.OVERDUE)
    assert is_worth_telling(Notice.DUE_SOON, State.DUE_SOON)


@pytest.mark.parametrize("notice", sorted(FIRST - {Notice.ASKED}))
def test_who_is_asked_now_hears_of_it_as_long_as_somebody_waits_for_them(notice: Notice) -> None:
    assert {state for state in State if is_worth_telling(notice, state)} == WAITING


@pytest.mark.parametrize("notice", sorted(set(Notice) - ASKING - {Notice.PASSED_ON}))
def test_what_became_of_an_ask_is_told_whatever_comes_after(notice: Notice) -> None:
    assert all(is_worth_telling(notice, state) for state in State)


def test_only_reminders_can_be_switched_off_and_nothing_is_both_news_and_a_request() -> None:
    assert {Notice.DUE_SOON, Notice.OVERDUE} == REMINDERS
    assert not NEWS & ASKING
