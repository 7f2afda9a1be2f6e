"""How what stands in the form of the red phone is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.redphone.rules import pages as rules
from bot.features.redphone.rules.notices import Turn, turn
from bot.features.redphone.rules.pages import Filled, Origin
from bot.features.redphone.rules.policies import Level, Policy

IDS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.", max_size=36)


@pytest.mark.parametrize(
    ("text", "is_help"),
    [("", False), ("help", True), (" Help ", True), ("help, it burns", False), ("down", False)],
)
def test_only_the_word_alone_asks_for_help(text: str, is_help: bool) -> None:
    assert rules.is_call_for_help(text) is is_help


@given(IDS, IDS, IDS, IDS)
def test_a_form_knows_where_it_came_from(form: str, typed: str, channel: str, ts: str) -> None:
    origin = Origin(form, typed, channel, ts)
    assert Origin.from_text(origin.to_text()) == origin


@given(st.lists(st.text(max_size=130), max_size=10))
def test_every_criterion_can_be_chosen_once(criteria: list[str]) -> None:
    kinds = rules.kinds(tuple(criteria))
    assert all(1 <= len(kind) <= rules.MAX_KIND for kind in kinds)
    assert set(kinds) == {kind for each in criteria if (kind := rules.kind_of(each))}


def test_a_criterion_is_called_what_stands_before_its_colon() -> None:
    assert rules.kind_of("Data loss: what we keep is being lost") == "Data loss"
    assert rules.kind_of("Customers cannot pay") == "Customers cannot pay"


@given(st.text(max_size=3_000), st.text(max_size=700))
def test_what_is_kept_of_a_form_has_its_limits_and_stays_the_same(what: str, impact: str) -> None:
    once = rules.cleared(Filled(Origin("f"), what=what, impact=impact))
    assert len(once.what) <= rules.MAX_WHAT
    assert len(once.impact) <= rules.MAX_IMPACT


def test_a_target_is_exactly_one() -> None:
    assert Filled(Origin("f"), whom="rotation:1", person_id="U1").target == "rotation:1"
    assert Filled(Origin("f"), person_id="U1").target == "person:U1"
    assert Filled(Origin("f")).target == ""


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 60))
def test_the_rounds_are_counted_from_one_and_begin_anew(
    levels: int, rounds: int, position: int
) -> None:
    policy = Policy([Level()] * levels, rounds)
    found = turn(policy, position)
    assert 1 <= found.number <= found.of == rounds
    assert turn(policy, position + levels * rounds) == found
    assert turn(policy, 0) == turn(policy, 1) == Turn(1, rounds)
