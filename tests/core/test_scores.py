"""Scores, against cases counted by hand and against a slow way to count."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import RowUnfit
from bot.core.scores import Score, scored


def _total(pairs: list[tuple[Any, dict[str, Any]]]) -> Score:
    scores = (scored({"x": value}, labels).get("x", Score()) for value, labels in pairs)
    return sum(scores, Score())


def test_yes_and_no_as_counted_by_hand() -> None:
    said = [True] * 5 + [False] * 5
    labels = [True, True, True, False, False, True, False, False, False, False]
    total = _total([(value, {"x": label}) for value, label in zip(said, labels, strict=True)])
    assert (total.tp, total.fp, total.fn, total.tn) == (3, 2, 1, 4)
    assert (total.precision, total.recall, total.accuracy) == (0.6, 0.75, 0.7)
    assert total.f1 == pytest.approx(2 / 3)
    assert total.too_early_rate is None


def test_picked_messages_as_counted_by_hand() -> None:
    total = _total(
        [
            (3, {"x": 3}),
            (5, {"x": 3, "also_acceptable": [5]}),
            (2, {"x": 3}),  # too early
            (4, {"x": 3}),  # late and wrong
            (2, {"x": None}),  # too early: no answer came
            (2, {"x": None, "also_acceptable": [2]}),
            (None, {"x": 3}),
            (None, {"x": None}),
        ]
    )
    assert (total.tp, total.fp, total.fn, total.tn) == (3, 3, 3, 1)
    assert (total.precision, total.recall, total.f1) == (0.5, 0.5, 0.5)
    assert (total.accuracy, total.too_early_rate) == (0.5, 0.25)


def test_words_count_one_by_one_and_a_row_is_right_only_with_all_of_them() -> None:
    total = _total([(["a", "b"], {"x": ["b", "c"]}), ([], {"x": []}), (["a"], {"x": ["a"]})])
    assert (total.tp, total.fp, total.fn, total.tn) == (2, 1, 1, 1)
    assert (total.right, total.labelled) == (2, 3)


def test_a_kind_is_right_or_wrong() -> None:
    total = _total([("hello", {"x": "hello"}), ("hello", {"x": "status"})])
    assert (total.accuracy, total.precision, total.recall, total.f1) == (0.5, None, None, None)


def test_what_has_no_label_is_not_counted() -> None:
    assert scored({"x": True, "y": ["a"], "z": 1}, {"x": None, "y": None, "other": 3}) == {}
    assert Score().accuracy is None


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (True, "true"),
        (True, 1),
        (1, True),
        (None, False),
        (1, "1"),
        (1, 1.0),
        ("a", 1),
        (["a"], "a"),
        (["a"], ["a", 1]),
    ],
)
def test_a_label_of_a_wrong_type_is_refused_by_name(value: Any, label: Any) -> None:
    with pytest.raises(RowUnfit, match='its label "x" is of a wrong type'):
        scored({"x": value}, {"x": label})


@pytest.mark.parametrize("also", ["12", [None], [True], {"1": 2}])
def test_so_is_a_wrong_list_of_what_is_also_acceptable(also: Any) -> None:
    with pytest.raises(RowUnfit, match="also_acceptable"):
        scored({"x": 1}, {"x": 1, "also_acceptable": also})


# The slow way: say each thing that was found, and each that was to be found, and compare.

Fact = tuple[int, Any]


def _facts(rows: Iterable[Iterable[Any]]) -> set[Fact]:
    return {(row, word) for row, words in enumerate(rows) for word in words}


def _rates(found: set[Fact], so: set[Fact], missed: set[Fact]) -> list[Fraction | None]:
    hits = len(found & so)
    precision = Fraction(hits, len(found)) if found else None
    recall = Fraction(hits, hits + len(missed)) if hits + len(missed) else None
    if precision and recall:
        return [precision, recall, 2 / (1 / precision + 1 / recall)]
    return [precision, recall, Fraction(0) if found or missed else None]


def _check(total: Score, rates: list[Fraction | None], accuracy: Fraction | None) -> None:
    got = [total.precision, total.recall, total.f1, total.accuracy]
    for mine, slow in zip(got, [*rates, accuracy], strict=True):
        assert (mine is None) == (slow is None)
        assert mine is None or slow is None or mine == pytest.approx(float(slow))


def _mean(right: list[bool]) -> Fraction | None:
    return Fraction(right.count(True), len(right)) if right else None


FLAGS = st.lists(st.tuples(st.booleans(), st.booleans()))
WORDS = st.lists(st.sampled_from("abc"), unique=True)
NUMBER = st.none() | st.integers(0, 4)
NUMBERS = st.lists(st.tuples(NUMBER, NUMBER, st.lists(st.integers(0, 4), max_size=2)))


@given(FLAGS)
def test_yes_and_no_agree_with_the_slow_way(rows: list[tuple[bool, bool]]) -> None:
    found = _facts([["yes"] * value for value, _ in rows])
    so = _facts([["yes"] * label for _, label in rows])
    total = _total([(value, {"x": label}) for value, label in rows])
    _check(total, _rates(found, so, so - found), _mean([value == label for value, label in rows]))


@given(st.lists(st.tuples(WORDS, WORDS)))
def test_words_agree_with_the_slow_way(rows: list[tuple[list[str], list[str]]]) -> None:
    found, so = _facts([value for value, _ in rows]), _facts([label for _, label in rows])
    right = [sorted(value) == sorted(label) for value, label in rows]
    total = _total([(value, {"x": label}) for value, label in rows])
    _check(total, _rates(found, so, so - found), _mean(right))


@given(NUMBERS)
def test_picked_messages_agree_with_the_slow_way(
    rows: list[tuple[int | None, int | None, list[int]]],
) -> None:
    accepted: list[list[int | None]] = [[label, *also] for _, label, also in rows]
    picks = [value for value, _, _ in rows]
    right = [pick in good for pick, good in zip(picks, accepted, strict=True)]
    found = {(row, pick) for row, pick in enumerate(picks) if pick is not None}
    so = _facts(accepted)
    missed = {
        (row, label)
        for row, (_, label, _) in enumerate(rows)
        if label is not None and not right[row]
    }
    early = [
        pick is not None and not any(step in good for step in range(pick + 1))
        for pick, good in zip(picks, accepted, strict=True)
    ]
    total = _total([(value, {"x": label, "also_acceptable": also}) for value, label, also in rows])
    _check(total, _rates(found, so, missed), _mean(right))
    rate = _mean(early)
    assert total.too_early_rate == (None if rate is None else pytest.approx(float(rate)))
