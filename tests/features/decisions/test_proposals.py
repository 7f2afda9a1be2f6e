"""What is read from forms, buttons, links and questions about proposals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.decisions.rules import permalinks
from bot.features.decisions.rules.proposals import (
    MAX_OPTIONS,
    asked_for,
    days_in,
    is_about,
    options_in,
    read_reference,
    reference_of,
)

LINK = "https://town.slack.com/archives/C0INFRA00/p1700000000000100"
TS = "1700000000.000100"


@pytest.mark.parametrize(
    ("text", "ts_and_root"),
    [
        (LINK, (TS, TS)),
        (f"<{LINK}> Postgres", (TS, TS)),
        (
            f"see <{LINK}?thread_ts=1690000000.000200&amp;cid=C0INFRA00|this>",
            (TS, "1690000000.000200"),
        ),
        ("https://town.slack.com/archives/C0INFRA00", None),
        ("Postgres for the queue", None),
    ],
)
def test_a_link_names_a_message_and_its_thread(
    text: str, ts_and_root: tuple[str, str] | None
) -> None:
    found = permalinks.first_in(text)
    assert ts_and_root == (found and (found.ts, found.root_ts))
    assert found is None or found.channel_id == "C0INFRA00"


def test_words_around_a_link_are_the_title() -> None:
    assert permalinks.without(f"Postgres {LINK} for the queue") == "Postgres for the queue"


@given(st.integers(1, 10**9), st.integers(1, 10**6))
def test_a_reference_is_read_as_it_was_written(number: int, version: int) -> None:
    assert read_reference(reference_of(number, version)) == (number, version)


@given(st.text())
def test_any_other_reference_names_nothing_or_two_numbers(text: str) -> None:
    number, version = read_reference(text)
    assert (number, version) == (0, 0) or text.partition(":")[1]


@given(st.text())
def test_options_are_lines_without_marks_each_once(text: str) -> None:
    options = options_in(text)
    assert len(set(options)) == len(options) <= MAX_OPTIONS
    assert all(option and "\n" not in option for option in options)


def test_options_lose_their_bullets() -> None:
    assert options_in("- Redis\n\n• Postgres\n* Redis") == ("Redis", "Postgres")


@pytest.mark.parametrize(
    ("text", "days"),
    [("3", 3), (" 20 ", 20), ("21", None), ("0", None), ("-1", None), ("²", None), ("", None)],
)
def test_a_comment_period_has_one_to_twenty_days(text: str, days: int | None) -> None:
    assert days_in(text) == days


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("what were the objections to the new UI design?", ("new", "ui", "design")),
        ("to the", ("to", "the")),
        ("???", ()),
    ],
)
def test_the_small_words_of_a_question_are_left_out(question: str, words: tuple[str, ...]) -> None:
    assert asked_for(question) == words


def test_every_word_has_to_begin_one_that_is_there() -> None:
    texts = ("New UI designs", "Contrast: grey on grey")
    assert is_about(("ui", "design", "contr"), texts)
    assert not is_about(("ui", "latency"), texts)
