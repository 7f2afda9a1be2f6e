"""What is to be read first after a long absence, and what people think of their digests."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.digests import ThreadKind
from bot.core.message_store import StoredMessage
from bot.core.working_time import WorkingTime
from bot.features.digest.rules import opinions, ranks
from bot.features.digest.rules.opinions import DigestOf, Opinion
from bot.features.digest.rules.ranks import Rank
from bot.features.digest.rules.threads import Thread, threads_of

BERLIN = WorkingTime(ZoneInfo("Europe/Berlin"))
FRIDAY_EVENING = datetime(2026, 10, 9, 15, 0, tzinfo=UTC)
KINDS = st.sampled_from([*ThreadKind, None])


def _thread(user: str = "U1", text: str = "It broke.", replies: int = 0) -> Thread:
    at = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
    first = StoredMessage("C1", "1", user, text, None, at)
    said = [
        StoredMessage("C1", str(number), "U2", "Yes.", "1", at + timedelta(hours=number))
        for number in range(2, replies + 2)
    ]
    return threads_of([first, *said])[0]


@pytest.mark.parametrize(
    ("days", "leave", "is_long"),
    [
        (2.7, (), False),  # Monday after a weekend
        (3.7, (12,), False),  # and a holiday
        (4.7, (12, 13), True),
        (9.7, (12, 13, 14, 15, 16), True),
    ],
)
def test_a_weekend_is_no_long_absence(days: float, leave: tuple[int, ...], is_long: bool) -> None:
    person = replace(BERLIN, days_off={date(2026, 10, day) for day in leave})
    back = FRIDAY_EVENING + timedelta(days=days)
    assert ranks.is_long_absence(FRIDAY_EVENING, back, person) is is_long
    assert ranks.days_lost(FRIDAY_EVENING, back, person) == len(leave)


@given(st.integers(0, 30), KINDS, st.booleans())
def test_what_was_said_to_somebody_is_always_to_be_read(
    replies: int, kind: ThreadKind | None, is_aside: bool
) -> None:
    for thread in (_thread("UME", replies=replies), _thread(text="<@UME> hm", replies=replies)):
        assert ranks.rank_of(thread, kind, "UME", is_aside=is_aside) is Rank.READ


@given(st.integers(0, 30), KINDS)
def test_what_was_settled_is_read_and_what_is_open_or_busy_skimmed(
    replies: int, kind: ThreadKind | None
) -> None:
    rank = ranks.rank_of(_thread(replies=replies), kind, "UME")
    is_open = kind in {ThreadKind.OPEN_QUESTION, ThreadKind.DISAGREEMENT}
    if kind is ThreadKind.SETTLED:
        assert rank is Rank.READ
    elif is_open or replies >= ranks.BUSY:
        assert rank is Rank.SKIM
    else:
        assert rank is Rank.SKIP
    assert ranks.rank_of(_thread(replies=replies), kind, "UME", is_aside=True) is Rank.SKIP


@given(st.dates(), st.text(min_size=1, max_size=30))
def test_a_button_refers_to_the_digest_it_stands_under(day: date, prompt: str) -> None:
    digest = DigestOf(day, prompt)
    assert DigestOf.read(digest.reference) == digest


@pytest.mark.parametrize("text", ["", "plain", "2026-10-07", "2026-10-07|", "2026-13-07|plain"])
def test_nothing_else_refers_to_a_digest(text: str) -> None:
    assert DigestOf.read(text) is None


def test_opinions_are_counted_by_the_prompt_and_its_version() -> None:
    said = [Opinion(f"U{n}", "digest/channel v2", n != 1) for n in range(5)]
    found = opinions.quality([*said, Opinion("U1", "plain", is_good=False)])
    assert [(each.prompt, each.count, each.good, len(each.people)) for each in found] == [
        ("digest/channel v2", 5, 4, 5),
        ("plain", 1, 0, 1),
    ]
