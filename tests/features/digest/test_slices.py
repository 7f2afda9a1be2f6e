"""How the talk of a channel is cut into slices, and what readers get of them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.message_store import StoredMessage
from bot.features.digest.rules import slices as rules
from bot.features.digest.rules.slices import Drafted, DraftedLine, LineSource, Stretch

START = datetime(2026, 10, 5, tzinfo=UTC)
HOURS = st.integers(0, 48).map(lambda hours: START + timedelta(hours=hours))
STRETCHES = st.lists(st.tuples(HOURS, HOURS).map(sorted).map(tuple), max_size=8)
END = START + timedelta(hours=48)


def _covers(stretches: list[Stretch], at: datetime) -> int:
    return sum(begins <= at < ends for begins, ends in stretches)


@given(STRETCHES)
def test_slices_and_gaps_together_are_all_of_the_time(covered: list[Stretch]) -> None:
    gaps = rules.gaps(covered, START, END)
    for half_hours in range(96):
        at = START + timedelta(minutes=30 * half_hours)
        assert _covers(gaps, at) == (0 if _covers(covered, at) else 1)


@given(STRETCHES, HOURS)
def test_what_lies_outside_of_what_is_looked_back_on_is_no_gap(
    covered: list[Stretch], since: datetime
) -> None:
    for begins, ends in rules.gaps(covered, since, END):
        assert since <= begins < ends <= END


def test_what_is_shorter_than_an_hour_is_no_slice() -> None:
    slice_before = (START, START + timedelta(hours=2))
    assert rules.gaps([slice_before], START, START + timedelta(minutes=179)) == []
    assert len(rules.gaps([slice_before], START, START + timedelta(hours=3))) == 1


def _said(number: int, text: str) -> StoredMessage:
    at = START + timedelta(minutes=number)
    return StoredMessage("C1", f"{at.timestamp():.6f}", "U1", text, None, at)


SIZES = st.sampled_from([1, 900, 7_000, rules.LARGEST_MESSAGE, rules.LARGEST_MESSAGE + 1])


@settings(deadline=None, max_examples=25)  # long texts take their time
@given(st.lists(SIZES, max_size=12))
def test_parts_follow_one_another_and_each_fits_into_one_draft(sizes: list[int]) -> None:
    said = [_said(number, "x" * size) for number, size in enumerate(sizes)]
    parts = rules.slices_of("C1", said, (START, END), END)
    read = [ts for part in parts for ts in part.read]
    assert read == [each.ts for each in said if len(each.text) <= rules.LARGEST_MESSAGE]
    for part in parts:
        assert sum(len(each.text) for each in part.material.sources) <= rules.LARGEST_SLICE
    if parts:
        assert (parts[0].told_from, parts[-1].told_until) == (START, END)
    for part, following in pairwise(parts):
        assert part.told_until == following.told_from


def test_where_nobody_said_more_than_hello_there_is_nothing_to_word() -> None:
    assert rules.slices_of("C1", [_said(1, "Hi!"), _said(2, "hello")], (START, END), END) == []


def _line(*minutes: int) -> DraftedLine:
    sources = [LineSource(_said(each, "").ts, "") for each in minutes]
    return DraftedLine(f"line {minutes}", "", "fyi", {}, sources)


def _drafted(begins: int, ends: int, *lines: DraftedLine, prompt: str = "p v1") -> Drafted:
    stretch = START + timedelta(minutes=begins), START + timedelta(minutes=ends)
    read = frozenset(source.ts for line in lines for source in line.sources)
    return Drafted("C1", *stretch, lines, read, prompt)


def test_a_reader_gets_the_lines_that_are_news_to_them_of_all_slices() -> None:
    old, both, new = _line(1), _line(2, 40), _line(70)
    parts = [_drafted(60, 90, new, prompt="p v2"), _drafted(0, 60, old, both)]
    told = rules.joined(parts, START + timedelta(minutes=30))
    assert told is not None
    assert (list(told.lines), told.prompt) == ([both, new], "p v2")
    assert told.tells_of(_said(70, ""))
    assert not told.tells_of(_said(71, "said in that time, and it came later"))


def test_of_slices_that_overlap_one_counts() -> None:
    first, second = _line(1), _line(1, 2)
    told = rules.joined([_drafted(5, 20, second), _drafted(0, 20, first)], START)
    assert told is not None
    assert list(told.lines) == [first]
    assert rules.joined([], START) is None
