"""The rules of blockers: what is typed, and when two of them are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.handoffs.rules.blockers import Ended, how_ended, parse, same

WORDS = st.text(min_size=1).filter(lambda text: text.split() != [])
SPACES = st.sampled_from([" ", "  ", "\n", "\t "])


@pytest.mark.parametrize(
    ("text", "people", "what"),
    [
        ("<@U1> the key", ("U1",), "the key"),
        ("<@U1|ana>: the key", ("U1",), "the key"),
        ("by <@U1> the key", ("U1",), "the key"),
        ("<@U1>, <@U2> and <@U3|x> the key", ("U1", "U2", "U3"), "the key"),
        ("<@U1> <@U1> the key of <@U2>", ("U1",), "the key of <@U2>"),
        ("<@U1> \u2013 the key", ("U1",), "the key"),
        ("<@U1> -", ("U1",), ""),
        ("<@U1>", ("U1",), ""),
        ("the key", (), "the key"),
        ("", (), ""),
    ],
)
def test_who_blocks_stands_in_front_of_what_is_needed(
    text: str, people: tuple[str, ...], what: str
) -> None:
    request = parse(text)
    assert (request.people, request.what) == (people, what)


@given(st.text())
def test_whatever_is_typed_can_be_read(text: str) -> None:
    request = parse(text)
    assert request.what == request.what.strip()


@given(st.lists(WORDS, min_size=1), SPACES, SPACES)
def test_spaces_and_case_make_no_other_blocker(words: list[str], one: str, other: str) -> None:
    said, again = one.join(words), other.join(words)
    assert same("U1", "U2", said) == same("U1", "U2", f" {again}\n")
    assert same("U1", "U2", said) == same("U1", "U2", said.casefold())


@given(WORDS)
def test_between_two_others_it_is_another_one(what: str) -> None:
    found = {same("U1", "U2", what), same("U2", "U1", what), same("U1", "U3", what)}
    assert len(found) == 3


@pytest.mark.parametrize(
    ("state", "ended"),
    [
        ("declined", Ended.DECLINED),
        ("withdrawn", Ended.TAKEN_BACK),
        ("expired", Ended.UNANSWERED),
        ("went_ahead", Ended.UNANSWERED),
    ],
)
def test_an_ask_that_nobody_answered_ended_somehow(state: str, ended: Ended) -> None:
    assert how_ended(state) is ended
