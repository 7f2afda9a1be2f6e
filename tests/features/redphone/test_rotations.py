"""Who is on call when: exactly one person at each instant, whatever the clocks do.

The oracle knows nothing of the rules: it goes through the local clock second by second near what
matters, and counts hand-overs by walking the calendar.
"""

import itertools
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.week import Week, read_week
from bot.features.redphone.rules.rotations import (
    ALWAYS,
    Every,
    Layer,
    Rotation,
    Stretch,
    on_call,
    shifts,
    until,
)

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
PEOPLE = ("ana", "ben", "cem")
CLOCKS = (time(0), time(0, 30), time(1), time(1, 30), time(2), time(2, 30), time(3), time(9))
FEW_ZONES = (
    "Europe/Berlin",
    "America/Los_Angeles",
    "America/Santiago",  # skips midnight
    "Australia/Lord_Howe",  # half an hour
    "Africa/Casablanca",  # four times within two years, the other way round
    "Asia/Beirut",
)


@cache
def _transitions(name: str) -> tuple[datetime, ...]:
    """When the clocks of a zone change within the two years, to the second."""
    zone, found = ZoneInfo(name), []
    at = FIRST
    while at < LAST:
        if at.astimezone(zone).utcoffset() != (at + DAY).astimezone(zone).utcoffset():
            found += [
                moment
                for moment in _in_steps(at, at + DAY, timedelta(minutes=15))
                if moment.astimezone(zone).utcoffset()
                != (moment - SECOND).astimezone(zone).utcoffset()
            ]
        at += DAY
    return tuple(found)


def _clock_of(name: str) -> tuple[object, ...]:
    """All that matters of a zone within the two years."""
    zone = ZoneInfo(name)
    offsets = [at.astimezone(zone).utcoffset() for at in (FIRST, *_transitions(name))]
    return (*offsets, *_transitions(name))


def _in_steps(start: datetime, end: datetime, step: timedelta) -> Iterator[datetime]:
    at = start + step
    while at <= end:
        yield at
        at += step


def _shows(zone: ZoneInfo, at: datetime) -> datetime:
    """What the clock on the wall shows."""
    return at.astimezone(zone).replace(tzinfo=None)


def _first_showing(zone: ZoneInfo, wall: datetime) -> datetime:
    """The first instant at which the wall shows that, or would have: found by looking at it.

    The wall only ever jumps by at most a day and a half, so that is where one has to look.
    """
    low = wall.replace(tzinfo=UTC) - timedelta(hours=36)
    for step in (HOUR / 4, SECOND):
        while _shows(zone, low + step) < wall:
            low += step
    return low + SECOND


def _oracle(zone: ZoneInfo, layer: Layer, at: datetime) -> str:
    """Whose turn it is: hand-overs are counted day by day from the start."""
    turn, day = 0, layer.starts_on
    while True:
        is_day = layer.every is Every.DAY or day.weekday() == layer.weekday
        if is_day and _handed_over(zone, datetime.combine(day, layer.hand_over_at), at):
            turn += 1
        if day > _shows(zone, at).date() + DAY:
            return layer.members[turn % len(layer.members)]
        day += DAY


def _handed_over(zone: ZoneInfo, wall: datetime, at: datetime) -> bool:
    """Whether the wall has shown that hour, or a later one, by then."""
    if abs(_shows(zone, at) - wall) > 2 * DAY:
        return _shows(zone, at) > wall
    return _first_cached(zone.key, wall) <= at


@cache
def _first_cached(name: str, wall: datetime) -> datetime:
    return _first_showing(ZoneInfo(name), wall)


def _watched(change: datetime, layer: Layer, zone: ZoneInfo) -> list[datetime]:
    """Every second near a change of the clocks and near the hand-overs of that night."""
    near = {change}
    for days in (-1, 0, 1):
        day = _shows(zone, change).date() + days * DAY
        near.add(_first_cached(zone.key, datetime.combine(day, layer.hand_over_at)))
    chance = random.Random(f"{zone.key} {change} {layer.hand_over_at}")  # noqa: S311 - a test
    anywhere = [change + SECOND * chance.randrange(-9 * 86_400, 9 * 86_400) for _ in range(8)]
    return sorted({at + SECOND * each for at in near for each in range(-3, 4)} | set(anywhere))


def _check_night(name: str, change: datetime, every: Every, clock: time) -> None:
    zone = ZoneInfo(name)
    day = _shows(zone, change).date()
    layer = Layer(PEOPLE, every, clock, day.weekday(), day - timedelta(days=17))
    rotation = Rotation(zone, [layer], able=frozenset(PEOPLE))
    watched = _watched(change, layer, zone)
    parts = shifts(rotation, watched[0], watched[-1] + SECOND)
    assert parts[0].start == watched[0]
    assert parts[-1].end == watched[-1] + SECOND
    for before, after in itertools.pairwise(parts):
        assert before.end == after.start, "no gap, and nobody twice"
        order = (PEOPLE.index(before.user_id or "") + 1) % len(PEOPLE)
        assert after.user_id == PEOPLE[order], "the next in order"
    for at in watched:
        expected = _oracle(zone, layer, at)
        assert on_call(rotation, at) == expected, (name, at)
        holding = [each.user_id for each in parts if each.start <= at < each.end]
        assert holding == [expected], (name, at)


@pytest.mark.slow
@pytest.mark.parametrize("name", FEW_ZONES)
@pytest.mark.parametrize("every", list(Every))
def test_exactly_one_person_is_on_call_in_every_night_of_a_change(name: str, every: Every) -> None:
    changes = _transitions(name)
    assert len(changes) >= 4, "two years of it"
    for number, change in enumerate(changes):
        for clock in (CLOCKS[number % len(CLOCKS)], time(2, 30)):
            _check_night(name, change, every, clock)


@pytest.mark.long
@pytest.mark.parametrize("every", list(Every))
@pytest.mark.parametrize("clock", CLOCKS)
def test_that_holds_for_all_zones(every: Every, clock: time) -> None:
    names = [name for name in sorted(available_timezones()) if _transitions(name)]
    assert len(names) > 100
    alike = {_clock_of(name): name for name in names}  # one name of each that show the same
    for name in alike.values():
        for change in _transitions(name):
            _check_night(name, change, every, clock)


def test_a_time_that_is_skipped_is_the_first_after_the_gap() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    layer = Layer(PEOPLE, Every.DAY, time(2, 30), starts_on=date(2026, 3, 28))
    rotation = Rotation(berlin, [layer], able=frozenset(PEOPLE))
    spring = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)  # 02:00 is 03:00
    assert on_call(rotation, spring - SECOND) == "ben"
    assert on_call(rotation, spring) == "cem"


def test_a_time_that_comes_twice_is_the_first() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    layer = Layer(PEOPLE, Every.DAY, time(2, 30), starts_on=date(2026, 10, 24))
    rotation = Rotation(berlin, [layer], able=frozenset(PEOPLE))
    autumn = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30, and an hour later again
    assert on_call(rotation, autumn - SECOND) == "ben"
    assert [on_call(rotation, autumn + each * HOUR) for each in range(3)] == ["cem"] * 3


OFFICE = read_week("Mon-Fri 09:00-17:00")
NIGHTS = read_week("Mon-Sun 00:00-06:00, 22:00-24:00")
INSTANTS = st.integers(0, 700 * 86_400).map(lambda each: FIRST + each * SECOND)


@st.composite
def _rotations(draw: st.DrawFn) -> Rotation:
    """Rotations of every shape, some of whose people left."""
    people = [*PEOPLE, "dee", "eve"]
    zone = ZoneInfo(draw(st.sampled_from(FEW_ZONES)))
    hours: list[Week] = [ALWAYS, OFFICE, NIGHTS]
    layers = [
        Layer(
            draw(st.lists(st.sampled_from(people), max_size=4)),
            draw(st.sampled_from(list(Every))),
            draw(st.sampled_from(CLOCKS)),
            draw(st.integers(0, 6)),
            date(2026, 1, 1) + draw(st.integers(0, 400)) * DAY,
            draw(st.sampled_from(hours)) if number else ALWAYS,
        )
        for number in range(draw(st.integers(0, 3)))
    ]

    def stretches() -> list[Stretch]:
        starts = draw(st.lists(INSTANTS, max_size=3))
        return [
            Stretch(at, at + draw(st.integers(1, 300)) * HOUR, draw(st.sampled_from(people)))
            for at in starts
        ]

    able = frozenset(draw(st.sets(st.sampled_from(people))))
    return Rotation(zone, layers, stretches(), stretches(), able)


@given(_rotations(), INSTANTS, st.integers(1, 21 * 86_400), st.data())
def test_shifts_tile_the_time_and_say_what_on_call_says(
    rotation: Rotation, start: datetime, seconds: int, data: st.DataObject
) -> None:
    end = start + seconds * SECOND
    parts = shifts(rotation, start, end)
    assert (parts[0].start, parts[-1].end) == (start, end)
    for before, after in itertools.pairwise(parts):
        assert before.end == after.start
        assert before.user_id != after.user_id
    for part in parts:
        inside = [part.start, part.end - SECOND / 1000]
        span = int((part.end - part.start) / SECOND)
        inside.append(part.start + SECOND * data.draw(st.integers(0, max(span - 1, 0))))
        assert {on_call(rotation, at) for at in inside} == {part.user_id}
        assert part.user_id is None or part.user_id in rotation.able
    next_change = until(rotation, start)
    if len(parts) > 1:
        assert next_change == parts[0].end


@given(_rotations(), INSTANTS)
def test_what_goes_first_is_on_call(rotation: Rotation, at: datetime) -> None:
    """Overrides before the calendar, that before the layers, the upper before the lower."""
    able = rotation.able
    made = [each.user_id for each in rotation.overrides if each.start <= at < each.end]
    fed = [each.user_id for each in rotation.feed if each.start <= at < each.end]
    who = on_call(rotation, at)
    if any(each in able for each in made):
        assert who == next(each for each in made if each in able)
    elif any(each in able for each in fed):
        assert who in fed
    elif any(set(each.members) & able for each in rotation.layers if each.hours == ALWAYS):
        assert who in {each for layer in rotation.layers for each in layer.members} & able
    else:
        assert who is None or any(each.hours != ALWAYS for each in rotation.layers)


def test_the_upper_layer_is_there_at_its_hours_only() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    upper = Layer(["dee"], Every.WEEK, time(9), 0, date(2026, 10, 5), OFFICE)
    rotation = Rotation(berlin, [Layer(["ana"]), upper], able=frozenset({"ana", "dee"}))
    tuesday = datetime(2026, 10, 6, 7, 0, tzinfo=UTC)  # 09:00 in Berlin
    assert on_call(rotation, tuesday - SECOND) == "ana"
    assert on_call(rotation, tuesday) == "dee"
    assert until(rotation, tuesday) == tuesday + 8 * HOUR
    assert on_call(rotation, tuesday + 8 * HOUR) == "ana"


def test_the_turn_of_whoever_left_is_that_of_the_next_in_order() -> None:
    rotation = Rotation(
        ZoneInfo("UTC"),
        [Layer(PEOPLE, Every.DAY, time(9), starts_on=date(2026, 10, 6))],
        able=frozenset({"ana", "cem"}),
    )
    noon = datetime(2026, 10, 5, 12, tzinfo=UTC)
    assert [on_call(rotation, noon + each * DAY) for each in range(4)] == [
        "ana",
        "cem",
        "cem",
        "ana",
    ]


def test_nobody_is_on_call_where_nobody_can_be() -> None:
    rotation = Rotation(ZoneInfo("UTC"), [Layer(PEOPLE)], able=frozenset())
    assert on_call(rotation, FIRST) is None
    assert until(rotation, FIRST) is None
