"""Which decision comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.decisions.rules.ranking import Candidate, has_words, indexed, ranked
from bot.features.decisions.rules.registry import Fields, Status
from bot.features.decisions.rules.words import words_of


def _one(number: int, title: str, *, status: str = Status.ACCEPTED, **fields: str) -> Candidate:
    tags = tuple(fields.pop("tags", "").split())
    return Candidate(number, "C1", status, *indexed(number, Fields(title, **fields, tags=tags)))  # type: ignore[arg-type]


def _order(typed: str, *candidates: Candidate) -> list[int]:
    return [each.number for each in ranked(candidates, words_of(typed))]


def test_the_title_counts_more_than_tags_and_these_more_than_the_text() -> None:
    found = _order(
        "postgres",
        _one(1, "Postgres for the queue"),
        _one(2, "The queue", tags="postgres"),
        _one(3, "The queue", text="We run it on Postgres."),
    )
    assert found == [1, 2, 3]


def test_a_whole_word_counts_more_than_the_beginning_of_one() -> None:
    assert _order("post", _one(1, "Post by hand"), _one(2, "Postgres")) == [1, 2]


@pytest.mark.parametrize("status", [Status.SUPERSEDED, Status.DEPRECATED, Status.REJECTED])
def test_what_does_not_hold_stands_below_what_does(status: Status) -> None:
    assert _order("budget", _one(1, "Budget"), _one(2, "Budget", status=status)) == [1, 2]
    proposed = _one(2, "Budget", status=Status.PROPOSED)
    assert _order("budget", _one(1, "Budget"), proposed) == [2, 1], "what is proposed may come"


def test_of_equals_the_newer_comes_first() -> None:
    assert _order("budget", _one(1, "Budget"), _one(3, "Budget"), _one(2, "Budget")) == [3, 2, 1]


def test_a_name_finds_its_decision_first() -> None:
    mention = _one(20, "Queue", context="Follows from D-17.")
    assert _order("D-17", mention, _one(17, "Postgres"), _one(170, "Redis")) == [17, 20, 170]
    assert not has_words(_one(170, "Redis"), words_of("D-17"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Größe STRASSE", ("grosse", "strasse")),
        ("résumé \ufb01le \uff12\uff10", ("resume", "file", "20")),
        ("a_b-c d-17 D-2x", ("a", "b", "c", "d17", "d", "2x")),
        ("re re RE", ("re",)),
        ("50 % — ?!", ("50",)),
        ("日本語 ok", ("日本語", "ok")),
        ("x" * 100, ("x" * 64,)),
    ],
)
def test_words_are_what_is_left_of_a_text(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@given(st.text(), st.text())
def test_a_decision_has_its_own_words_wherever_they_stand(title: str, text: str) -> None:
    candidate = Candidate(1, "C1", "accepted", *indexed(1, Fields(title, text)))
    assert has_words(candidate, words_of(title))
    assert has_words(candidate, words_of(text))
    assert not set(candidate.title + candidate.text) & set("\"'\\·•†*:()%_")
