"""What people type about chains, and the way of a baton through them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.handoffs.messages.chains import lasted
from bot.features.handoffs.rules.chains import (
    MOST,
    Request,
    Verb,
    parse,
    unwritten,
    way,
    written,
)

NOON = datetime(2026, 10, 6, 12, tzinfo=UTC)
IDS = st.from_regex(r"[UW][A-Z0-9]{5,10}", fullmatch=True)


@pytest.mark.parametrize(
    ("typed", "request_"),
    [
        ("", Request(Verb.SHOW)),
        ("Apollo", Request(Verb.SHOW, "Apollo")),
        ("<@U1>", Request(Verb.SET, "", ("U1",))),
        ("<@U1|tom> <@U2|ana>", Request(Verb.SET, "", ("U1", "U2"))),
        ("<@U1>, then <@U2> and <@U3>", Request(Verb.SET, "", ("U1", "U2", "U3"))),
        ("<@U1> -&gt; <@U2> → <@U1>", Request(Verb.SET, "", ("U1", "U2"))),
        ("the  new site: <@U1>", Request(Verb.SET, "the new site", ("U1",))),
        ("R&amp;D <@U1>", Request(Verb.SET, "R&D", ("U1",))),
        ("off", Request(Verb.END)),
        ("Apollo off", Request(Verb.END, "Apollo")),
        ("kick-off", Request(Verb.SHOW, "kick-off")),
        ("off <@U1>", Request(Verb.UNCLEAR)),
        ("help", Request(Verb.HELP)),
        ("<@U1> who knows <@U2>", Request(Verb.UNCLEAR)),
        ("<@U1> <!subteam^S1|@design>", Request(Verb.UNCLEAR)),
        ("<!subteam^S1|@design>", Request(Verb.UNCLEAR)),
        ("x" * 81 + " <@U1>", Request(Verb.UNCLEAR)),
    ],
)
def test_a_chain_is_read_from_names_and_mentions(typed: str, request_: Request) -> None:
    assert parse(typed) == request_


@pytest.mark.slow
@given(st.lists(IDS, min_size=1, max_size=MOST + 3, unique=True))
def test_people_stand_in_the_order_in_which_they_were_typed(ids: list[str]) -> None:
    found = parse(" ".join(f"<@{each}>" for each in ids))
    expected = Request(Verb.SET, "", tuple(ids)) if len(ids) <= MOST else Request(Verb.UNCLEAR)
    assert found == expected
    assert unwritten(written(found.people)) == found.people


@given(st.text(st.sampled_from("<@U1|> !#&;,→-off\nSubteam^"), max_size=60) | st.text(max_size=60))
def test_whatever_is_typed_is_read(typed: str) -> None:
    found = parse(typed)
    assert bool(found.people) == (found.verb is Verb.SET)
    assert len(found.name) <= 80


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 100)), min_size=1))
def test_the_stages_of_a_way_follow_one_another_without_a_gap(
    moves: list[tuple[str, int]],
) -> None:
    at, steps = NOON, []
    for holder_id, minutes in moves:
        at += timedelta(minutes=minutes)
        steps.append((holder_id, at))
    stages = way(steps)
    assert all(
        one.until == following.since and one.holder_id != following.holder_id
        for one, following in pairwise(stages)
    )
    assert (stages[0].since, stages[-1].until) == (steps[0][1], None)
    now = at + timedelta(hours=1)
    assert sum((each.rested(now) for each in stages), timedelta()) == now - steps[0][1]


def test_a_length_of_time_is_told_in_its_largest_unit() -> None:
    lengths = {"0 min": 0, "59 min": 59, "1 h": 119, "47 h": 2_879, "2 days": 2_880}
    assert {lasted(timedelta(minutes=each)): each for each in lengths.values()} == lengths
