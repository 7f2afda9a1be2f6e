"""When a page counts as an emergency, and what a caller's pages come to."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.redphone.rules import reviews as rules
from bot.features.redphone.rules.reviews import Share, Words

SAID = st.sampled_from([None, True, False])
WORDS = st.builds(Words, SAID, SAID)


@pytest.mark.parametrize("caller", [None, True, False])
def test_the_word_of_whoever_was_on_it_decides(caller: bool | None) -> None:
    assert rules.is_justified(Words(responder=True, caller=caller)) is True
    assert rules.is_justified(Words(responder=False, caller=caller)) is False


def test_nobody_vouches_for_themselves_but_a_callers_no_counts() -> None:
    assert rules.is_justified(Words(responder=None, caller=True)) is None
    assert rules.is_justified(Words(responder=None, caller=False)) is False
    assert rules.is_justified(Words(responder=None, caller=None)) is None


@given(st.lists(WORDS))
def test_a_caller_who_says_yes_never_makes_it_looser_than_one_who_says_nothing(
    pages: list[Words],
) -> None:
    silent = [Words(each.responder, None) for each in pages]
    eager = [Words(each.responder, caller=True) for each in pages]
    assert rules.share_of(silent) == rules.share_of(eager)


@given(st.lists(WORDS))
def test_no_more_pages_are_justified_than_were_reviewed(pages: list[Words]) -> None:
    share = rules.share_of(pages)
    assert 0 <= share.justified <= share.reviewed <= len(pages)


@pytest.mark.parametrize(
    ("justified", "reviewed", "is_tight"),
    [(0, 4, False), (0, 5, True), (2, 5, True), (3, 5, False), (3, 6, False), (2, 6, True)],
)
def test_a_caller_pages_less_often_below_half_of_at_least_five(
    justified: int, reviewed: int, is_tight: bool
) -> None:
    assert rules.is_tight(Share(justified, reviewed)) is is_tight


def test_drills_and_what_was_called_off_at_once_say_nothing() -> None:
    soon, later = timedelta(minutes=2), timedelta(minutes=3)
    assert not rules.is_reviewed(is_drill=True, is_resolved=True, lasted=later)
    assert not rules.is_reviewed(is_drill=False, is_resolved=False, lasted=soon)
    assert rules.is_reviewed(is_drill=False, is_resolved=False, lasted=later)
    assert rules.is_reviewed(is_drill=False, is_resolved=True, lasted=soon)
