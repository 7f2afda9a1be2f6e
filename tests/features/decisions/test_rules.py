"""How the number of a decision is read, and how its form is prefilled."""

import pytest

from bot.features.decisions.rules import command, registry


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("D-17", 17),
        ("#1", 1),
        ("1.", 1),
        ("D-1.", 1),
        ("D\u20131", 1),
        ("D 1", 1),
        ("D-1 please", 1),
        ("\u201cD-1\u201d", 1),
        ("D-1 and D-2", 1),
        ("1.5", None),
        ("v2", None),
        ("17", 17),
        ("d17", 17),
        ("D-", None),
        ("D-9999999999", None),
        ("", None),
        ("help", None),
        ("'; DROP TABLE decisions --", None),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, number: int | None) -> None:
    assert number == command.number_in(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("D-1 D-2", (1, 2)),
        ("D-1 by D-2", (1, 2)),
        ("D-1 -&gt; D-2", (1, 2)),
        ("\u201cD-1\u201d with #2, please.", (1, 2)),
        ("D-1", (1,)),
        ("D-2 supersedes D-1", ()),
        ("D-1 by tomorrow 5", ()),
    ],
)
def test_two_numbers_are_read_with_nothing_but_a_joint_between(
    text: str, numbers: tuple[int, ...]
) -> None:
    assert command.numbers_in(text) == numbers


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Then let's go with Postgres.", "Then let's go with Postgres"),
        ("We take A. Because of B.", "We take A"),
        ("two\nlines here! And more", "two lines here"),
        ("x" * 300, "x" * (registry.TITLE_LENGTH - 1) + "…"),
        ("", ""),
    ],
)
def test_the_title_is_the_first_sentence(said: str, title: str) -> None:
    assert title == registry.prefilled_title(said)
