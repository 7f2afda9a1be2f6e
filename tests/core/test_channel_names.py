"""Names of channels that Slack takes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.channel_names import LONGEST, named, numbered

TAKEN = re.compile(r"[a-z0-9_-]{1,80}")


@given(st.lists(st.text(max_size=120), max_size=4))
def test_a_name_is_one_that_slack_takes_or_empty(parts: list[str]) -> None:
    name = named(*parts)
    assert name == "" or TAKEN.fullmatch(name)
    assert name == "" or re.search("[a-z0-9]", name), "punctuation alone is refused"
    assert not name.startswith(("-", "_"))


@given(st.text(max_size=120), st.integers(2, 99))
def test_a_number_behind_a_name_keeps_it_one_that_slack_takes(text: str, number: int) -> None:
    name = numbered(named("inc", text), number)
    assert TAKEN.fullmatch(name)
    assert name.endswith(f"-{number}")
    assert name != numbered(named("inc", text), number + 1)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Nobody can sign up!", "nobody-can-sign-up"),
        ("Kasse lädt nicht (500)", "kasse-ladt-nicht-500"),
        ("it's <down> & out", "its-down-out"),
        ("決済が落ちた", ""),
        ("決済 checkout", "checkout"),
        ("---", ""),
    ],
)
def test_what_somebody_wrote_becomes_a_name(said: str, name: str) -> None:
    assert named(said) == name


def test_a_long_name_ends_at_a_word() -> None:
    name = named("word " * 40)
    assert len(name) <= LONGEST
    assert set(name.split("-")) == {"word"}
    assert numbered("a" * LONGEST, 12) == "a" * (LONGEST - 3) + "-12"
