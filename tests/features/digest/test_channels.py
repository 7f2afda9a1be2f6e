"""When a channel's digest is due, in every zone there is."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.week import Unreadable
from bot.core.working_time import UNKNOWN_ZONE
from bot.features.digest.rules import channels as rules
from bot.features.digest.rules.channels import WEEKDAYS, Frequency, Rhythm, Slot

BERLIN = ZoneInfo("Europe/Berlin")
OFF = Rhythm(Frequency.OFF, time(9), "monday", UNKNOWN_ZONE)
KOLKATA = ZoneInfo("Asia/Kolkata")
DAILY = Rhythm(Frequency.DAILY, time(16), "monday", BERLIN)
WEEKLY = Rhythm(Frequency.WEEKLY, time(9), "monday", BERLIN)
FRIDAYS = Rhythm(Frequency.WEEKLY, time(15), "friday", BERLIN)
TUESDAY = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
HALF_HOURS = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
DAY = timedelta(days=1)
FRIDAY = 4
SOON = timedelta(microseconds=1)

zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
rhythms = st.builds(
    Rhythm,
    st.sampled_from([Frequency.DAILY, Frequency.WEEKLY]),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(WEEKDAYS),
    zones,
)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def _next(after: datetime, rhythm: Rhythm) -> Slot:
    slot = rules.next_slot(after, rhythm)
    assert slot is not None
    return slot


def _changes_of_the_clock() -> list[tuple[ZoneInfo, date]]:
    """Each day of two years on which a zone's clocks change, once for zones that agree."""
    days = [date(2026, 1, 1) + number * DAY for number in range(731)]
    noons = [datetime.combine(day, time(12), UTC) for day in days]
    found: dict[tuple[timedelta | None, ...], ZoneInfo] = {}
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        offsets = tuple(noon.astimezone(zone).utcoffset() for noon in noons)
        found.setdefault(offsets, zone)
    return [
        (zone, days[number])
        for offsets, zone in found.items()
        for number in range(1, len(days))
        if offsets[number] != offsets[number - 1]
    ]


@pytest.mark.slow
def test_no_change_of_any_clock_drops_or_doubles_a_date() -> None:
    changes = _changes_of_the_clock()
    assert len(changes) > 50
    for zone, day in changes:
        for at in HALF_HOURS:
            rhythm = Rhythm(Frequency.DAILY, at, "monday", zone)
            slot = _next(datetime.combine(day - 4 * DAY, time(0), UTC), rhythm)
            while slot.day < day + 3 * DAY:
                following = _next(slot.at, rhythm)
                step = 3 if slot.day.weekday() == FRIDAY else 1
                assert following.day == slot.day + step * DAY, (zone.key, day, at)
                assert rules.date_of(following.at, rhythm) == following.day, (zone.key, day, at)
                slot = following


@given(rhythms, instants)
def test_the_next_slot_is_the_first_after_an_instant(rhythm: Rhythm, after: datetime) -> None:
    slot = _next(after, rhythm)
    assert slot.at > after
    before = rules.slot_before(slot.at, rhythm)
    assert before is not None
    assert before.at <= after, "none is left out in between"
    assert before.day < slot.day
    assert _next(before.at, rhythm) == slot
    assert rules.date_of(slot.at, rhythm) == slot.day
    local = slot.at.astimezone(rhythm.zone)
    assert slot.day <= local.date() <= slot.day + DAY
    if rhythm.frequency is Frequency.WEEKLY:
        assert WEEKDAYS[slot.day.weekday()] == rhythm.day
    else:
        assert slot.day.weekday() <= FRIDAY


@given(rhythms, rhythms, instants)
def test_a_date_that_had_one_has_no_other_whatever_is_changed(
    one: Rhythm, other: Rhythm, now: datetime
) -> None:
    first = _next(now, one)
    following = rules.next_slot(first.at, other, last=first.day)
    assert following is not None
    assert following.day > first.day
    assert following.at > first.at


@given(rhythms)
def test_what_a_button_bears_is_read_again(rhythm: Rhythm) -> None:
    assert rules.unwritten(rules.written(rhythm)) == rhythm


def test_off_comes_never() -> None:
    assert rules.next_slot(TUESDAY, OFF) is None
    assert rules.slot_before(TUESDAY, OFF) is None


def test_it_is_late_after_two_hours_and_left_to_the_next_after_six() -> None:
    for hours, late, folded in ((0, False, False), (2, False, False), (6, True, False)):
        now = TUESDAY + timedelta(hours=hours)
        assert (rules.is_late(TUESDAY, now), rules.is_folded(TUESDAY, now)) == (late, folded)
    assert rules.is_late(TUESDAY, TUESDAY + timedelta(hours=2) + SOON)
    assert rules.is_folded(TUESDAY, TUESDAY + timedelta(hours=6) + SOON)


def test_the_first_one_tells_as_any_would_but_nothing_twice() -> None:
    monday = datetime(2026, 10, 12, 7, 0, tzinfo=UTC)
    week = rules.covers_at_first(monday, WEEKLY, None)
    assert week == monday - timedelta(days=7)
    told = monday - timedelta(days=2)
    assert rules.covers_at_first(monday, WEEKLY, told) == told
    assert rules.covers_at_first(monday, WEEKLY, monday - timedelta(days=30)) == week


def test_it_looks_back_two_weeks_at_most() -> None:
    month_ago = TUESDAY - timedelta(days=30)
    assert rules.tells_from(month_ago, TUESDAY) == TUESDAY - timedelta(days=14)
    assert rules.tells_from(TUESDAY - DAY, TUESDAY) == TUESDAY - DAY


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("daily 16:00", DAILY),
        ("Daily at 4 pm", DAILY),
        ("weekdays 16", DAILY),
        ("daily", Rhythm(Frequency.DAILY, time(9), "monday", BERLIN)),
        ("weekly", WEEKLY),
        ("weekly monday 09:00", WEEKLY),
        ("weekly on Fridays at 15:30", Rhythm(Frequency.WEEKLY, time(15, 30), "friday", BERLIN)),
        ("weekly, tue", Rhythm(Frequency.WEEKLY, time(9), "tuesday", BERLIN)),
        ("weekly 7:30", Rhythm(Frequency.WEEKLY, time(7, 30), "monday", BERLIN)),
        ("16:00", DAILY),
        ("at 4pm", DAILY),
        ("off", OFF),
        ("none", OFF),
    ],
)
def test_what_people_type_is_read(typed: str, wanted: Rhythm) -> None:
    assert rules.read_typed(typed, OFF, BERLIN) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("weekly", FRIDAYS),
        ("daily", replace(FRIDAYS, frequency=Frequency.DAILY)),
        ("weekly tuesday", replace(FRIDAYS, day="tuesday")),
        ("9:30", replace(FRIDAYS, at=time(9, 30), zone=KOLKATA)),
        ("daily 15:00", replace(FRIDAYS, frequency=Frequency.DAILY, zone=KOLKATA)),
        ("off", replace(FRIDAYS, frequency=Frequency.OFF)),
    ],
)
def test_only_what_is_typed_changes(typed: str, wanted: Rhythm) -> None:
    assert rules.read_typed(typed, FRIDAYS, KOLKATA) == wanted


def test_switched_on_again_it_comes_as_before() -> None:
    off = rules.read_typed("off", FRIDAYS, KOLKATA)
    assert rules.read_typed("weekly", off, KOLKATA) == FRIDAYS


@pytest.mark.parametrize(
    "typed",
    [
        "monthly",
        "at",
        "25:00",
        "16:00 daily",
        "²",
        "daily 25:00",
        "daily monday",
        "weekly t 9",
        "weekly friday noon",
    ],
)
def test_what_says_no_time_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(Unreadable) as refused:
        rules.read_typed(typed, OFF, BERLIN)
    assert refused.value.sentence.endswith(".")


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_it(typed: str) -> None:
    try:
        read = rules.read_typed(typed, DAILY, BERLIN)
    except Unreadable:
        return
    assert rules.unwritten(rules.written(read)) == read
