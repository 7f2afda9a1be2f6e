"""What of the texts of other apps gets a line of its own."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.digest.rules.apps import AppMessage, by_app, may_keep, weight

NOON = datetime(2026, 10, 6, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Incident INC-7 triggered: checkout is down", 3),
        ("*[SEV1]* payments degraded", 3),
        ("Build 4711 failed on main", 2),
        ("Deploy of web rolled back", 2),
        ("Pull request opened by <https://github.com/ana|ana>", 1),
        ("ana merged pull request #12", 1),
        ("Released 2.4.0", 1),
        ("Incident INC-7 resolved", 1),
        ("Resolved: build 4711 failed on main", 1),
        ("Build 4711 failed on main: resolved merge conflicts", 2),
        ("Build 4712 recovered after 3 failures", 1),
        ("809 passed, 3 failed", 2),
        ("All tests of the error page passed", 1),
        ("New issue: TypeError in checkout.ts (37 users)", 2),
        ("java.lang.NullPointerException in Cart", 2),
        ("Alert: the queue is long", 2),
        ("Alert: names cannot be resolved", 2),
        ("The mirror is synchronised", 0),
        ("Scan done: no new issues, 0 alerts", 0),
        ("Build 4711 passed, 0 failures", 0),
        ("All 812 tests passed without errors", 0),
        ("ana pushed 2 commits to main", 0),
        ("ana commented on #12", 0),
        ("", 0),
        ("ok " * 200 + "failed", 0),
    ],
)
def test_what_is_broken_matters_most(text: str, expected: int) -> None:
    assert weight(text) == expected


def _posted(number: int, text: str, app: str = "CI") -> AppMessage:
    at = NOON + timedelta(minutes=number)
    return AppMessage("C1", f"{number:04}", at, app, "", text)


def test_what_is_over_does_not_outrank_what_is_broken() -> None:
    texts = ["New issue: TypeError (37 users)", "Build failed", "Incident INC-7 resolved", "passed"]
    (ci,) = by_app([_posted(number, text) for number, text in enumerate(texts)])
    assert [each.text for each in ci.shown] == texts[:2]


def test_two_of_each_app_are_shown_and_the_others_counted() -> None:
    texts = ["passed", "failed a", "Released 2", "failed b", "failed c", "passed"]
    messages = [_posted(number, text) for number, text in enumerate(texts)]
    messages.append(_posted(9, "hello", app="bots"))
    bots, ci = by_app(messages)
    assert (bots.app, bots.shown, len(bots.rest)) == ("bots", [], 1)
    assert [each.text for each in ci.shown] == ["failed b", "failed c"]
    assert [each.text for each in ci.rest] == ["passed", "failed a", "Released 2", "passed"]


@given(st.permutations([_posted(n, t) for n, t in enumerate(["failed", "x", "merged PR", "y"])]))
def test_the_order_in_which_they_arrived_does_not_matter(messages: list[AppMessage]) -> None:
    (shown,) = by_app(messages)
    assert [each.ts for each in shown.shown] == ["0000", "0002"]
    assert [each.ts for each in shown.rest] == ["0001", "0003"]


@pytest.mark.parametrize(
    ("age", "days", "kept"),
    [(1, 30, True), (1, 0, False), (8, 7, False), (29, 365, True), (31, 365, False)],
)
def test_texts_are_kept_as_long_as_peoples_and_a_month_at_most(
    age: int, days: int, kept: bool
) -> None:
    assert may_keep(NOON - timedelta(days=age), NOON, days) is kept
