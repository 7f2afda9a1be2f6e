"""How often the red phone may be used."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.features.redphone.rules import limits as rules
from bot.features.redphone.rules.limits import Limited, Why

NOW = datetime(2026, 10, 6, 12, 0, tzinfo=UTC)
PAGES = st.lists(
    st.tuples(st.integers(0, 3 * 3600), st.booleans()).map(
        lambda each: (NOW - timedelta(seconds=each[0]), each[1])
    ),
    max_size=25,
)
"""When somebody paged, and whether it was the caller."""


def _judge(
    pages: list[tuple[datetime, bool]], now: datetime, *, is_tightened: bool
) -> Limited | None:
    own = [at for at, is_own in pages if is_own]
    return rules.judge(own, [at for at, _ in pages], now, is_tightened=is_tightened)


def _count(pages: list[tuple[datetime, bool]], now: datetime, *, is_own: bool) -> int:
    return sum(at > now - rules.PERIOD and (own or not is_own) for at, own in pages)


@given(PAGES, st.booleans())
def test_nobody_pages_more_often_than_the_limits_say(
    pages: list[tuple[datetime, bool]], is_tightened: bool
) -> None:
    most = rules.OWN_TIGHTENED if is_tightened else rules.OWN
    is_free = _count(pages, NOW, is_own=True) < most
    is_free_for_all = _count(pages, NOW, is_own=False) < rules.OF_ALL
    limited = _judge(pages, NOW, is_tightened=is_tightened)
    assert (limited is None) == (is_free and is_free_for_all)


@given(PAGES, st.booleans())
def test_it_is_free_again_at_the_time_that_is_told_and_not_before(
    pages: list[tuple[datetime, bool]], is_tightened: bool
) -> None:
    limited = _judge(pages, NOW, is_tightened=is_tightened)
    if limited is None:
        return
    assert NOW < limited.until <= NOW + rules.PERIOD
    just_before = limited.until - timedelta(microseconds=1)
    assert _judge(pages, just_before, is_tightened=is_tightened) is not None
    assert _judge(pages, limited.until, is_tightened=is_tightened) is None


def test_the_reason_is_the_limit_that_lasts_longer() -> None:
    own = [NOW - timedelta(minutes=minutes) for minutes in (50, 40, 30)]
    others = [NOW - timedelta(minutes=5)] * 7
    limited = rules.judge(own, own + others, NOW, is_tightened=False)
    assert limited == Limited(Why.OWN, 3, own[0] + rules.PERIOD)
    of_all = rules.judge(own, own[1:] + [NOW] * 10, NOW, is_tightened=False)
    assert of_all == Limited(Why.OF_ALL, 10, NOW + rules.PERIOD)


def test_whoever_paged_for_no_emergency_pages_once_an_hour() -> None:
    once = [NOW - timedelta(minutes=10)]
    assert rules.judge(once, once, NOW, is_tightened=False) is None
    limited = rules.judge(once, once, NOW, is_tightened=True)
    assert limited == Limited(Why.TIGHTENED, 1, NOW + timedelta(minutes=50))


@given(st.lists(st.integers(0, 7200), max_size=8))
def test_there_are_three_drills_an_hour(seconds: list[int]) -> None:
    drills = [NOW - timedelta(seconds=each) for each in seconds]
    recent = [each for each in drills if each > NOW - rules.PERIOD]
    limited = rules.judge_drill(drills, NOW)
    assert (limited is None) == (len(recent) < rules.DRILLS)
    if limited is not None:
        assert limited.why is Why.DRILLS
        assert rules.judge_drill(drills, limited.until) is None
