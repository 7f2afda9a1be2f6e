"""How quickly questions are answered: exact, and telling of nobody."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import combinations, pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.render import mrkdwn, plain
from bot.features.asks.rules import figures as asks_figures
from bot.features.asks.rules.figures import (
    WEEKS,
    Observed,
    bars,
    figures,
    kaplan_meier,
    may_tell,
    quantile,
    tellable,
)

NOW = datetime(2026, 10, 8, 9, 0, tzinfo=UTC)  # a Thursday
HOUR = timedelta(hours=1)
ASK = Observed("U1", "U2", NOW - timedelta(days=1), False, HOUR, True, True)  # noqa: FBT003

took = st.integers(0, 12).map(lambda number: number * HOUR)
people = st.integers(1, 8).map(lambda number: f"U{number}")
asks = st.builds(
    Observed,
    asker_id=people,
    answerer_id=people,
    asked=st.integers(0, 24 * 90).map(lambda number: NOW - number * HOUR),
    is_urgent=st.booleans(),
    took=took,
    is_answered=st.booleans(),
    in_time=st.sampled_from([True, False, None]),
)
many = st.lists(asks, max_size=25)


def _waits(text: str, unit: timedelta = HOUR) -> list[Observed]:
    """Asks from times like `6 6+ 7`; a plus is one that was never answered."""
    return [
        replace(ASK, took=float(each.rstrip("+")) * unit, is_answered="+" not in each)
        for each in text.split()
    ]


def _shares(observed: Sequence[Observed]) -> list[tuple[float, float]]:
    return [(wait / HOUR, round(share, 4)) for wait, share in kaplan_meier(observed)]


def _between(askers: Sequence[int], answerers: Sequence[int]) -> list[Observed]:
    return [
        replace(ASK, asker_id=f"U{asker}", answerer_id=f"U{answerer}")
        for asker, answerer in zip(askers, answerers, strict=True)
    ]


FIVE = _between(range(1, 6), range(11, 16))


def _mass_to_the_right(observed: Sequence[Observed]) -> list[tuple[timedelta, Fraction]]:
    """The same estimate by other means (Efron 1967): each ask has the same mass; one that was never
    answered leaves its own to those that waited longer, in equal parts."""
    left = sorted(observed, key=lambda ask: (ask.took, not ask.is_answered))
    masses = [Fraction(1, len(left)) for _ in left]
    for number, ask in enumerate(left):
        heirs = range(number + 1, len(left))
        if not ask.is_answered and heirs:
            for heir in heirs:
                masses[heir] += masses[number] / len(heirs)
            masses[number] = Fraction(0)
    answered = {ask.took for ask in left if ask.is_answered}
    return [
        (
            time,
            1
            - sum(
                (
                    mass
                    for ask, mass in zip(left, masses, strict=True)
                    if ask.is_answered and ask.took <= time
                ),
                Fraction(0),
            ),
        )
        for time in sorted(answered)
    ]


def _share_at(curve: Sequence[tuple[timedelta, float]], time: timedelta) -> float:
    return next((share for wait, share in reversed(curve) if wait <= time), 1.0)


def test_eight_of_kaplan_and_meier_1958() -> None:
    observed = _waits("0.8 1.0+ 2.7+ 3.1 5.4 7.0+ 9.2 12.1+")
    assert _shares(observed) == [(0.8, 0.875), (3.1, 0.7), (5.4, 0.525), (9.2, 0.2625)]


def test_the_21_in_remission_under_6_mp() -> None:
    observed = _waits(
        "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+",
    )
    assert _shares(observed) == [
        (6, 0.8571),
        (7, 0.8067),
        (10, 0.7529),
        (13, 0.6902),
        (16, 0.6275),
        (22, 0.5378),
        (23, 0.4482),
    ]
    curve = kaplan_meier(observed)
    assert quantile(curve, 0.5) == 23 * HOUR
    assert quantile(curve, 0.9) is None


def test_the_21_under_placebo() -> None:
    curve = kaplan_meier(_waits("1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"))
    assert _share_at(curve, 5 * HOUR) == 12 / 21
    assert _share_at(curve, 10 * HOUR) == 8 / 21
    assert quantile(curve, 0.5) == 8 * HOUR
    assert quantile(curve, 0.9) == 17 * HOUR


def test_of_the_same_time_answers_come_before_what_was_given_up() -> None:
    assert _shares(_waits("1+ 1 2")) == [(1, 0.6667), (2, 0)]


def test_nothing_answered_has_no_curve() -> None:
    assert kaplan_meier([]) == []
    assert kaplan_meier(_waits("1+ 2+")) == []


def test_an_answer_that_took_no_working_time_counts_at_once() -> None:
    assert _shares(_waits("0 4")) == [(0, 0.5), (4, 0)]


def test_nine_in_ten_is_reached_by_nine_of_ten() -> None:
    assert quantile(kaplan_meier(_waits("1 2 3 4 5 6 7 8 9 10+")), 0.9) == 9 * HOUR


@given(many)
def test_it_is_the_mass_that_the_unanswered_leave_to_those_who_waited_longer(
    observed: list[Observed],
) -> None:
    exact = _mass_to_the_right(observed)
    curve = kaplan_meier(observed)
    assert [wait for wait, _ in curve] == [wait for wait, _ in exact]
    assert [share for _, share in curve] == pytest.approx([float(share) for _, share in exact])


@given(many, st.integers(1, 20))
def test_a_quantile_is_the_first_time_at_which_so_many_are_answered(
    observed: list[Observed], twentieths: int
) -> None:
    q = Fraction(twentieths, 20)
    reached = [wait for wait, share in _mass_to_the_right(observed) if 1 - share >= q]
    assert quantile(kaplan_meier(observed), float(q)) == next(iter(reached), None)


@given(many)
def test_a_curve_falls_and_stays_between_0_and_1(observed: list[Observed]) -> None:
    curve = kaplan_meier(observed)
    shares = [1.0, *(share for _, share in curve)]
    assert all(0 <= later < earlier for earlier, later in pairwise(shares))
    assert [wait for wait, _ in curve] == sorted({ask.took for ask in observed if ask.is_answered})


@given(many)
def test_where_everything_is_answered_it_is_the_share_that_took_longer(
    observed: list[Observed],
) -> None:
    answered = [replace(ask, is_answered=True) for ask in observed]
    for wait, share in kaplan_meier(answered):
        assert share == sum(ask.took > wait for ask in answered) / len(answered)


@given(many.filter(bool), st.data())
def test_an_answer_that_never_came_lowers_no_share(
    observed: list[Observed], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(observed) - 1))
    without = [*observed]
    without[index] = replace(without[index], is_answered=False)
    before, after = kaplan_meier(observed), kaplan_meier(without)
    for time in {ask.took for ask in observed}:
        assert _share_at(after, time) >= _share_at(before, time) - 1e-12


@given(many, st.randoms(use_true_random=False))
def test_order_does_not_matter(observed: list[Observed], random: Random) -> None:
    shuffled = [*observed]
    random.shuffle(shuffled)
    assert kaplan_meier(shuffled) == kaplan_meier(observed)
    assert figures(shuffled, now=NOW) == figures(observed, now=NOW)


def test_figures_of_a_team() -> None:
    waits = [HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR, 8 * HOUR]
    observed = [replace(ask, took=wait) for ask, wait in zip(FIVE, waits, strict=True)]
    late = replace(ASK, took=9 * HOUR, is_answered=False, in_time=False, is_urgent=True)
    new = replace(ASK, took=HOUR / 2, is_answered=False, in_time=None)
    found = figures([*observed, late, new], now=NOW)
    assert found == asks_figures.Figures(
        asks=7,
        people=10,
        answered_in_time=5 / 6,
        median=3 * HOUR,
        ninetieth=None,
        per_week=((date(2026, 10, 5), 7),),
        urgent_share=1 / 7,
    )


@pytest.mark.parametrize(
    ("askers", "answerers"),
    [([1, 2, 3, 4, 5], [6, 7, 8, 9, 6]), ([1, 2, 3, 4, 1], [6, 7, 8, 9, 10]), ([], [])],
)
def test_below_five_who_were_asked_or_five_who_asked_there_are_none(
    askers: list[int], answerers: list[int]
) -> None:
    assert figures(_between(askers, answerers), now=NOW) is None


def test_five_who_ask_each_other_are_enough() -> None:
    found = figures(_between([1, 2, 3, 4, 5], [2, 3, 4, 5, 1]), now=NOW)
    assert found is not None
    assert found.people == 5


def test_a_share_in_time_is_never_about_fewer_than_five() -> None:
    assert figures([*FIVE[:4], replace(FIVE[4], in_time=None)], now=NOW) is None


def _weeks(*days: datetime) -> tuple[tuple[date, int], ...]:
    observed = [replace(ask, asked=NOW) for ask in FIVE]
    found = figures([*observed, *(replace(ASK, asked=day) for day in days)], now=NOW)
    assert found is not None
    return found.per_week


def test_weeks_without_a_question_count_zero() -> None:
    assert _weeks(NOW - timedelta(weeks=3)) == (
        (date(2026, 9, 14), 1),
        (date(2026, 9, 21), 0),
        (date(2026, 9, 28), 0),
        (date(2026, 10, 5), 5),
    )


def test_weeks_go_on_to_the_present_one() -> None:
    found = figures(FIVE, now=NOW + timedelta(weeks=2))
    assert found is not None
    assert found.per_week == (
        (date(2026, 10, 5), 5),
        (date(2026, 10, 12), 0),
        (date(2026, 10, 19), 0),
    )


def test_only_the_last_eight_weeks_are_told() -> None:
    weeks = _weeks(NOW - timedelta(weeks=WEEKS), NOW - timedelta(weeks=WEEKS - 1))
    assert len(weeks) == WEEKS
    assert weeks[0] == (date(2026, 8, 17), 1)
    assert weeks[-1] == (date(2026, 10, 5), 5)


def test_a_week_is_one_of_utc_wherever_it_was_asked() -> None:
    east = datetime.fromisoformat("2026-10-05T08:00+13:00")  # still Sunday in UTC
    assert _weeks(east) == ((date(2026, 9, 28), 1), (date(2026, 10, 5), 5))


def test_a_new_year_does_not_part_a_week() -> None:
    observed = [replace(ask, asked=datetime(2026, 12, 31, 9, tzinfo=UTC)) for ask in FIVE]
    observed.append(replace(ASK, asked=datetime(2027, 1, 3, 23, 59, tzinfo=UTC)))
    found = figures(observed, now=datetime(2027, 1, 4, 0, 0, tzinfo=UTC))
    assert found is not None
    assert found.per_week == ((date(2026, 12, 28), 6), (date(2027, 1, 4), 0))


@given(st.lists(st.lists(asks, max_size=8) | st.lists(asks, min_size=12, max_size=25), max_size=4))
def test_what_is_left_between_figures_is_nothing_or_tells_of_nobody(
    channels: list[list[Observed]],
) -> None:
    shown = [observed for observed in channels if may_tell(observed)]
    whole = tellable(channels)
    for count in range(len(shown) + 1):
        for known in combinations(shown, count):
            rest = Counter(whole)
            rest.subtract(ask for observed in known for ask in observed)
            assert min(rest.values(), default=0) >= 0
            assert not +rest or may_tell(list((+rest).elements()))


def test_small_channels_count_where_together_they_tell_of_nobody() -> None:
    small = _between([1, 2, 3], [4, 5, 6]), _between([4, 5, 6], [1, 2, 3])
    assert tellable([FIVE, *small]) == [*FIVE, *small[0], *small[1]]


def test_one_small_channel_beside_a_big_one_does_not_count() -> None:
    assert tellable([FIVE, _between([1, 2], [3, 4])]) == FIVE


def test_bars_are_in_proportion_and_equally_wide() -> None:
    assert bars([("28 Sep", 5, "5"), ("5 Oct", 10, "10"), ("12 Oct", 0, "0")], width=10) == [
        "28 Sep █████       5",
        "5 Oct  ██████████ 10",
        "12 Oct             0",
    ]


def test_a_small_value_has_a_bar_nothing_has_none() -> None:
    tiny, most = bars([("a", 0.001, "x"), ("b", 1, "y")])
    assert tiny.count("█") == 1
    assert most.count("█") == 20


def test_no_rows_no_bars() -> None:
    assert bars([]) == []
    assert bars([("a", 0, "0")], width=3) == ["a     0"]


def test_wide_letters_take_two_columns() -> None:
    assert bars([("東京", 1, "1"), ("Rio", 1, "1")], width=1) == ["東京 █ 1", "Rio  █ 1"]


@pytest.mark.parametrize(
    "label", ["```", "a\n```\nb", "a\u1fef\u1fef\u1fefb", "`\u200b``", "\u2028"]
)
def test_no_label_ends_the_code_block(label: str) -> None:
    line, _ = bars([(label, 1, "1"), ("b", 2, label)])
    assert "`" not in line
    assert len(line.splitlines()) == 1


words = st.text(max_size=60) | st.sampled_from(
    ["<!channel>", "@channel", "@hereafter all", "<@U1|x>", "a & b", "&lt;", "\u202eabc", "x" * 90]
)


@given(st.lists(st.tuples(words, st.floats(0, 1e9), words), min_size=1), st.integers(1, 30))
def test_escaping_changes_no_line_and_no_width(
    rows: list[tuple[str, float, str]], width: int
) -> None:
    lines = bars(rows, width)
    block = mrkdwn("```\n{lines}\n```", lines="\n".join(lines))
    assert plain(block) == "\n".join(["```", *lines, "```"])
    assert block.count("`") == 6
    assert len({sum(map(asks_figures._width, line)) for line in lines}) == 1
