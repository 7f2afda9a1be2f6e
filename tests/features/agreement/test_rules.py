"""What a settings form says, and what comes back of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.agreement.kinds import Number, Switch
from bot.core.agreement.setting import WORKSPACE, Layer, Scope, Setting
from bot.features.agreement.rules import (
    INHERIT,
    FormReference,
    read_form,
    read_reference,
    scope_wanted,
)

BOTH = (Layer.WORKSPACE, Layer.PERSON)
LOUD = Setting("test.loud", Number(0, 10), 5, BOTH, "Loud")
SHINY = Setting("test.shiny", Switch(), default=True, layers=BOTH, label="Shiny")


def test_a_field_left_empty_or_as_it_is_above_says_nothing_itself() -> None:
    read = read_form([LOUD, SHINY], {"test.loud": " ", "test.shiny": INHERIT})
    assert read == ({"test.loud": None, "test.shiny": None}, {})


def test_a_wrong_field_has_its_sentence_and_the_others_are_read() -> None:
    values, wrong = read_form([LOUD, SHINY], {"test.loud": "eleven", "test.shiny": "off"})
    assert values == {"test.shiny": False}
    assert wrong == {"test.loud": "Write a whole number from 0 to 10."}


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("", Scope(Layer.PERSON, "U1")),
        ("channel", Scope(Layer.CHANNEL, "C1")),
        ("Workspace", WORKSPACE),
        ("loud", None),
    ],
)
def test_whose_settings_are_meant(text: str, scope: Scope | None) -> None:
    assert scope_wanted(text, channel_id="C1", user_id="U1") == scope


@given(st.sampled_from(Layer), st.text("ABC019"), st.integers(0, 10**6))
def test_a_form_knows_what_it_is_about(layer: Layer, scope_id: str, version: int) -> None:
    reference = FormReference(Scope(layer, scope_id), version)
    assert read_reference(str(reference)) == reference


@given(st.text())
def test_h33_any_other_reference_is_none_of_ours(text: str) -> None:
    reference = read_reference(text)
    assert reference is None or str(reference.scope.layer) in text
