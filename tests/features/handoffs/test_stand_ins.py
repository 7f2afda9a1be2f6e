"""Who stands in, as rules: what is typed, which days, who in the end, and when it is offered."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.leave import DaysOff, Leave
from bot.core.week import OFFICE_WEEK
from bot.core.working_time import WorkingTime
from bot.features.handoffs.rules.stand_ins import (
    There,
    Wish,
    days_named,
    followed,
    is_open,
    is_worth_an_offer,
    offer_at,
    parse,
    resolve,
)

TUESDAY = date(2026, 10, 6)
NOON = datetime(2026, 10, 6, 10, 0, tzinfo=UTC)  # in Berlin
PEOPLE = st.sampled_from(["ana", "ben", "cem", "dee", "eve"])


def _leave(first: int, last: int) -> Leave:
    return Leave(date(2026, 10, first), date(2026, 10, last))


def _berlin(*leaves: Leave, holidays: frozenset[date] = frozenset()) -> WorkingTime:
    return WorkingTime(ZoneInfo("Europe/Berlin"), OFFICE_WEEK, DaysOff(leaves, holidays))


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("", Wish("show")),
        (" OFF ", Wish("off")),
        ("<@U1>", Wish("name", "U1")),
        ("<@U1|ana> until Friday", Wish("name", "U1", "Friday")),
        ("<@U1>, 24 Dec", Wish("name", "U1", "24 Dec")),
        ("<@U1> to 24 Dec", Wish("name", "U1", "24 Dec")),
        ("ana until Friday", Wish("unclear")),
        ("off please", Wish("unclear")),
    ],
)
def test_what_is_typed_names_somebody_until_a_day(typed: str, wish: Wish) -> None:
    assert parse(typed) == wish


def test_the_days_are_those_named_or_the_next_leave_or_every_leave() -> None:
    leaves = [_leave(20, 23), _leave(12, 13)]
    assert days_named(date(2026, 10, 9), leaves, TUESDAY) == (_leave(6, 9), False)
    assert days_named(None, leaves, TUESDAY) == (_leave(12, 13), True)
    days, is_of_leave = days_named(None, [], TUESDAY)
    assert is_open(days)
    assert not is_of_leave


def test_a_stand_in_follows_a_leave_that_is_longer_moved_cancelled_or_over() -> None:
    days = _leave(12, 16)

    def now(*leaves: Leave, today: date = TUESDAY, others: tuple[date, ...] = ()) -> Leave | None:
        return followed(days, leaves, others={days.first_day, *others}, today=today)

    assert now(_leave(12, 20)) == _leave(12, 20)
    assert now(_leave(14, 18)) == _leave(14, 18)
    assert now() == days, "it may come back on other days"
    assert now(_leave(14, 18), others=(date(2026, 10, 14),)) == days
    far = Leave(date(2026, 12, 24), date(2026, 12, 31))
    assert now(far) == days
    assert now(far, today=date(2026, 10, 13)) is None, "back early"


def test_a_day_away_is_not_worth_an_offer_and_two_are() -> None:
    assert not is_worth_an_offer(_leave(7, 7), _berlin())
    assert not is_worth_an_offer(_leave(9, 11), _berlin()), "Friday and the weekend"
    assert is_worth_an_offer(_leave(9, 12), _berlin())
    assert not is_worth_an_offer(_leave(9, 12), _berlin(holidays=frozenset({date(2026, 10, 12)})))


def test_the_offer_comes_an_hour_before_the_last_working_day_ends() -> None:
    leave = _leave(12, 16)  # from Monday on
    friday = datetime(2026, 10, 9, 14, 0, tzinfo=UTC)  # 16:00 in Berlin
    assert offer_at(leave, _berlin(leave), NOON) == friday
    holiday = frozenset({date(2026, 10, 9)})
    assert offer_at(leave, _berlin(leave, holidays=holiday), NOON) == friday - timedelta(days=1)
    begun = _leave(6, 9)
    assert offer_at(begun, _berlin(begun), NOON) == NOON, "at once"
    over = _leave(1, 5)
    assert offer_at(over, _berlin(over), NOON) is None


def test_the_offer_comes_at_the_same_local_time_across_a_change_of_the_clocks() -> None:
    leave = Leave(date(2026, 10, 27), date(2026, 10, 30))
    monday = datetime(2026, 10, 26, 15, 0, tzinfo=UTC)  # 16:00, in winter time by then
    assert offer_at(leave, _berlin(leave), NOON) == monday


def test_who_is_away_has_whom_they_named_asked_and_a_circle_ends() -> None:
    named = {"ana": "ben", "ben": "cem", "cem": "ana"}

    def found(**there: There) -> str | None:
        return resolve("ana", lambda who: named.get(who, ""), lambda who: there[who])

    assert found(ben=There.YES) == "ben"
    assert found(ben=There.AWAY, cem=There.YES) == "cem"
    assert found(ben=There.AWAY, cem=There.AWAY) is None
    assert found(ben=There.NO) is None


@given(
    st.dictionaries(PEOPLE, PEOPLE, max_size=5),
    st.dictionaries(PEOPLE, st.sampled_from(There), max_size=5),
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_nobody_stands_in_for_themselves_and_whoever_does_is_there(
    named: dict[str, str], there: dict[str, There]
) -> None:
    found = resolve("ana", lambda who: named.get(who, ""), lambda who: there.get(who, There.YES))
    assert found != "ana"
    assert found is None or there.get(found, There.YES) is There.YES
