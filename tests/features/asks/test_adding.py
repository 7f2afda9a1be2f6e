"""What completes a message, in whatever order news of it and of what was replied arrives."""

from collections.abc import Sequence
from itertools import permutations

import pytest

from bot.core.db import Database
from bot.core.events import Event, MessageSent
from bot.core.ports import Addition, Draft
from bot.features.asks import queries
from bot.features.asks.rules.shown import Words
from bot.features.asks.service import adding, drawing, showing
from tests.features.asks.office import (
    ANA,
    CHANNEL,
    SECOND,
    START,
    TEAM,
    TOM,
    Office,
    deleted,
    edited,
    posted,
    reacted,
    ts_at,
)

HELLO = posted(TOM, f"<@{ANA}> can you look at it?", START)
BEFORE = posted(ANA, "It is raining here, and I am at the dentist.", START + SECOND, under=HELLO.ts)
AFTER = posted(ANA, "The pool size is 20, I raised it.", START + 400 * SECOND, under=HELLO.ts)
DRAFT = Draft("Which pool size?", people=[ANA])
ADDED = "added"
SENT = "sent"
STORIES: dict[str, tuple[Sequence[Event | str], str]] = {
    "replied before": ([BEFORE, ADDED, SENT], "open"),
    "answered after": ([ADDED, SENT, AFTER], "answered"),
    "replied before and answered after": ([BEFORE, ADDED, SENT, AFTER], "answered"),
    "edited": ([ADDED, SENT, edited(HELLO, "Hi all", START + 350 * SECOND)], "open"),
    "deleted": ([ADDED, SENT, deleted(HELLO)], "withdrawn"),
    "done": (
        [ADDED, SENT, reacted(ANA, HELLO.ts, "white_check_mark", START + 400 * SECOND)],
        "answered",
    ),
}
CLOSED_BEFORE: dict[str, str] = {
    "replied before": "answered; open",
    "replied before and answered after": "answered; answered",
}
"""How it ends where a reply was heard before anything was added, and closed what it replied to."""


@pytest.fixture
def office(database: Database) -> Office:
    """The office, in which nobody has asked anything."""
    found = Office(database)
    found.found()
    return found


def play(office: Office, step: Event | str) -> None:
    """Something happens; what is added stands in the channel a little later."""
    place = (CHANNEL, HELLO.ts, HELLO.ts)
    if step == ADDED:
        with office.unit() as uow:
            adding.add(uow, Addition("form:1", TOM, *place, DRAFT))
    elif isinstance(step, str):
        with office.unit() as uow:
            text = queries.text_made_by(uow, "form:1")
        if text is not None:
            key, ts = drawing.key_of(text.id), ts_at(START + 301 * SECOND)
            office.hear(MessageSent(team_id=TEAM, key=key, channel_id=CHANNEL, ts=ts))
    else:
        office.hear(step)
    office.tick()


def states(office: Office) -> str:
    """Where the asks stand, by age."""
    asks = sorted(office.seen().asks.values(), key=lambda ask: ask["asked_at"])
    return "; ".join(ask["state"] for ask in asks)


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES)
def test_news_in_any_order_and_twice_ends_the_same(office: Office, story: str) -> None:
    steps, ends = STORIES[story]
    for order in permutations(steps):
        heard_before = order[: order.index(ADDED)]
        if set(heard_before) - {BEFORE}:
            continue  # what happened later cannot have been heard of
        office.clear()
        office.clock.set(START + 300 * SECOND)
        for step in (HELLO, *order, order[0], HELLO):
            play(office, step)
        assert states(office) == (CLOSED_BEFORE[story] if heard_before else ends), order


def test_a_form_begins_with_what_a_draft_has_and_leaves_the_rest_empty() -> None:
    assert adding.words_of(Draft("", "It times out.", "nonsense")) == Words("", "It times out.")
    assert adding.words_of(Draft(" Which? ", "It times out.", "update", "20")) == Words(
        "Which?", "It times out.", "update", "20"
    )
    assert adding.words_of(Draft()) == Words("")


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (Draft("", "It times out.", proposal="20"), Words("It times out.", proposal="20")),
        (Draft("", "", proposal="20"), Words("20")),
    ],
)
def test_without_a_question_it_asks_by_what_there_is(
    office: Office, draft: Draft, said: Words
) -> None:
    office.clear()
    office.hear(HELLO)
    with office.unit() as uow:
        assert adding.add(uow, Addition("form:1", TOM, CHANNEL, HELLO.ts, HELLO.ts, draft))
        text = queries.text_made_by(uow, "form:1")
        assert text is not None
        assert showing.words_of(text) == said


def test_nothing_cannot_be_added(office: Office) -> None:
    office.clear()
    office.hear(HELLO)
    with office.unit() as uow:
        assert not adding.add(uow, Addition("form:1", TOM, CHANNEL, HELLO.ts, HELLO.ts, Draft()))
