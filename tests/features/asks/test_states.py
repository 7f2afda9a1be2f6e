"""The states of asks: whatever people do, whenever, and in whatever order news of it arrives."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from bot.core.attention import BUDGET
from bot.core.db import Database
from bot.core.events import Event, MessagePosted, MessageSent
from bot.core.ports import Addition, Draft
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.models import AskRow
from bot.features.asks.rules.shown import Words
from bot.features.asks.rules.states import (
    RUNNING,
    TRANSITIONS,
    UNSETTLED,
    WAITING,
    State,
    may_become,
    states_before,
)
from bot.features.asks.service import acting, adding, composing, drawing, restraint
from bot.features.asks.service.composing import Composed
from tests.features.asks import states_model
from tests.features.asks.office import (
    ANA,
    CHANNEL,
    MEI,
    SAM,
    SECOND,
    START,
    TEAM,
    TOM,
    ZONES,
    Office,
    Seen,
    deleted,
    edited,
    person,
    posted,
    reacted,
    ts_at,
)

PEOPLE = st.sampled_from(sorted(ZONES))
ANSWER = "The pool size is 20, I raised it this morning."
ASKS_BACK = "which pool do you mean?"
SAID = st.sampled_from([ANSWER, ASKS_BACK, "on it", "thanks!", "never mind", "me too"])
Act = Callable[[UnitOfWork, AskRow], object]


class Asks(RuleBasedStateMachine):
    """Four people who ask one another, and do all they can about it."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office, self.said, self.number = office, list[MessagePosted](), 0
        office.clear()
        self.seen = self.last = office.seen()

    @property
    def asked(self) -> Sequence[AskRow]:
        with self.office.bot.reading() as (session, _):
            return session.scalars(select(AskRow).order_by(AskRow.asked_at, AskRow.id)).all()

    @precondition(lambda self: len(self.seen.asks) < 6)
    @rule(whom=st.sampled_from([(ANA,), (ANA, SAM), (SAM, MEI)]))
    def somebody_asks(self, whom: Sequence[str]) -> None:
        named = " ".join(f"<@{user_id}>" for user_id in whom)
        self._say(TOM, f"{named} can you look at the pool size?")

    @precondition(lambda self: len(self.seen.asks) < 6)
    @rule(fallback=st.sampled_from(["", "merge it"]), channel_id=st.sampled_from(["", CHANNEL]))
    def somebody_composes(self, fallback: str, channel_id: str) -> None:
        self.number += 1
        words = Words("which one?", fallback=fallback)
        given = Composed(f"form:{self.number}", TOM, words, [ANA], channel_id=channel_id)
        with self.office.unit() as uow:
            composing.compose(uow, given)
        with self.office.unit() as uow:
            made = uow.session.scalar(select(AskRow).order_by(AskRow.id.desc()))
            assert made is not None
            key = drawing.key_of(made.text_id) if made.text_id else ""
        if channel_id:
            at = ts_at(self._now())
            self.office.hear(MessageSent(team_id=TEAM, key=key, channel_id=CHANNEL, ts=at))

    @precondition(lambda self: self.said and len(self.seen.asks) < 6)
    @rule(
        whom=st.sampled_from([(), (ANA,), (SAM, MEI)]),
        hours=st.sampled_from([0, 5, 50]),
        which=st.integers(0, 9),
    )
    def somebody_completes_a_message(self, whom: Sequence[str], hours: int, which: int) -> None:
        original = self.said[which % len(self.said)]
        self.number += 1
        key = f"form:{self.number}"
        draft = Draft("which one?", "it times out", people=whom)
        with self.office.unit() as uow:
            due_at = uow.now + timedelta(hours=hours) if hours else None
            place = (CHANNEL, original.ts, original.thread_ts or original.ts)
            adding.add(uow, Addition(key, original.user_id, *place, draft, due_at))
        with self.office.unit() as uow:
            text = queries.text_made_by(uow, key)
        if text is not None:
            sent = {"key": drawing.key_of(text.id), "channel_id": CHANNEL, "ts": ts_at(self._now())}
            self.office.hear(MessageSent(team_id=TEAM, **sent))

    @rule(
        length=st.sampled_from(
            [timedelta(minutes=20), timedelta(hours=3), timedelta(hours=21), timedelta(days=6)]
        )
    )
    def time_goes_by(self, length: timedelta) -> None:
        self.office.clock.advance(length)
        self.office.tick()

    @precondition(lambda self: self.seen.asks)
    @rule()
    def an_ask_falls_due(self) -> None:
        due = [ask["due_at"] for ask in self.seen.asks.values() if ask["state"] in WAITING]
        if due:
            self.office.clock.set(max(*due, self.office.clock.now()))
            self.office.tick()

    @precondition(lambda self: self.seen.asks)
    @rule(who=PEOPLE, text=SAID, which=st.randoms(use_true_random=False))
    def somebody_replies(self, who: str, text: str, which: Any) -> None:
        ask = which.choice(self.asked)
        if ask.root_ts:
            self._say(who, text, under=ask.root_ts)

    @precondition(lambda self: self.seen.asks)
    @rule(
        by_answerer=st.booleans(),
        emoji=st.sampled_from(["white_check_mark", "eyes"]),
        added=st.booleans(),
        which=st.randoms(use_true_random=False),
    )
    def somebody_reacts(self, by_answerer: bool, emoji: str, added: bool, which: Any) -> None:
        ask = which.choice(self.asked)
        if ask.message_ts:
            who = ask.answerer_id if by_answerer else ask.asker_id
            self.office.hear(reacted(who, ask.message_ts, emoji, self._now(), added=added))

    @precondition(lambda self: self.seen.asks)
    @rule(
        act=st.sampled_from(
            [
                lambda uow, ask: acting.done(uow, ask, ask.answerer_id),
                lambda uow, ask: acting.done(uow, ask, ask.asker_id),
                acting.accept,
                lambda uow, ask: acting.decline(uow, ask, "no time"),
                lambda uow, ask: acting.answer(uow, ask, ANSWER),
                acting.give_back,
                acting.give_back,
                acting.snooze,
                acting.withdraw,
                composing.unwithdraw,
                lambda uow, ask: restraint.make_urgent(uow, ask, "the release waits"),
                lambda uow, ask: acting.set_deadline(uow, ask, uow.now + timedelta(hours=9)),
            ]
        ),
        which=st.randoms(use_true_random=False),
    )
    def somebody_presses(self, act: Act, which: Any) -> None:
        with self.office.unit() as uow:
            ask = queries.get(uow, which.choice(self.asked).id)
            assert ask is not None
            act(uow, ask)

    @precondition(lambda self: self.seen.asks)
    @rule(to=PEOPLE, escalates=st.booleans(), which=st.randoms(use_true_random=False))
    def somebody_else_is_asked(self, to: str, escalates: bool, which: Any) -> None:
        with self.office.unit() as uow:
            ask = queries.get(uow, which.choice(self.asked).id)
            assert ask is not None
            before = ask.state
            if escalates:
                refusal = acting.escalate(uow, ask, [person(uow, to)])
                assert not refusal or ask.state == before
                assert refusal or uow.now >= ask.due_at
            else:
                acting.delegate(uow, ask, person(uow, to), "you know it better")

    @rule(who=PEOPLE, days=st.integers(0, 9))
    def somebody_goes_away(self, who: str, days: int) -> None:
        today: date = self.office.clock.now().date()
        self.office.go_away(who, today, today + timedelta(days=days))

    @precondition(lambda self: self.said)
    @rule(text=st.sampled_from(["<@U3> can you look?", "it is fine"]), which=st.integers(0, 9))
    def somebody_edits(self, text: str, which: int) -> None:
        original = self.said[which % len(self.said)]
        self.office.hear(edited(original, text, self._now()))

    @precondition(lambda self: self.said)
    @rule(which=st.integers(0, 9))
    def somebody_deletes(self, which: int) -> None:
        self.office.hear(deleted(self.said.pop(which % len(self.said))))

    @invariant()
    def everything_is_as_promised(self) -> None:
        self.last, self.seen = self.seen, self.office.seen()
        found = states_model.problems(self.last, self.seen)
        assert not found, found

    def _say(self, who: str, text: str, under: str | None = None) -> None:
        message = posted(who, text, self._now(), under=under)
        self.office.hear(message)
        self.said.append(message)

    def _now(self) -> Any:
        self.office.clock.advance(SECOND)
        return self.office.clock.now()


@pytest.fixture
def office(database: Database) -> Office:
    """The office, in which nobody has asked anything."""
    found = Office(database)
    found.found()
    return found


def run(office: Office, examples: int) -> None:
    profile = settings(
        max_examples=examples,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=True,
    )

    class Here(Asks):
        def __init__(self) -> None:
            super().__init__(office)

    run_state_machine_as_test(Here, settings=profile)


@pytest.mark.slow
def test_whatever_people_do_every_promise_holds(office: Office) -> None:
    run(office, 7)


@pytest.mark.long
def test_whatever_people_do_for_long_every_promise_holds(office: Office) -> None:
    run(office, 500)


ASKED = posted(TOM, f"<@{ANA}> can you look at the pool size?", START)
REPLY = posted(ANA, ANSWER, START + 60 * SECOND, under=ASKED.ts)
BACK = posted(ANA, f"<@{TOM}> {ASKS_BACK}", START + 60 * SECOND, under=ASKED.ts)
OWED = posted(TOM, "The one of the checkout, in production.", START + 90 * SECOND, under=ASKED.ts)
MORE = posted(TOM, f"<@{ANA}> and can you look at the timeout?", START + 30 * SECOND)
STORIES: dict[str, tuple[Sequence[Event], str]] = {
    "answered, then thanks": (
        [ASKED, REPLY, posted(TOM, "thanks!", START + 90 * SECOND, under=ASKED.ts)],
        "answered",
    ),
    "looked at, then answered": (
        [ASKED, reacted(ANA, ASKED.ts, "eyes", START + 10 * SECOND), REPLY],
        "answered",
    ),
    "done": ([ASKED, reacted(ANA, ASKED.ts, "white_check_mark", START + SECOND)], "answered"),
    "done and taken back": (
        [
            ASKED,
            reacted(ANA, ASKED.ts, "white_check_mark", START + SECOND),
            reacted(ANA, ASKED.ts, "white_check_mark", START + 2 * SECOND, added=False),
        ],
        "open",
    ),
    "looked at and taken back": (
        [
            ASKED,
            reacted(ANA, ASKED.ts, "eyes", START + SECOND),
            reacted(ANA, ASKED.ts, "eyes", START + 2 * SECOND, added=False),
        ],
        "open",
    ),
    "asked back": ([ASKED, BACK], "open, stands still; open (turned)"),
    "asked back and answered": ([ASKED, BACK, OWED], "open; answered (turned)"),
    "deleted": ([ASKED, deleted(ASKED)], "withdrawn"),
    "names nobody any more": (
        [ASKED, edited(ASKED, "it is fine", START + 30 * SECOND)],
        "withdrawn",
    ),
    "names somebody else": (
        [ASKED, edited(ASKED, f"<@{SAM}> can you look?", START + 30 * SECOND)],
        "withdrawn; open",
    ),
    "asked in two messages": ([ASKED, MORE], "open"),
    "never mind": (
        [ASKED, posted(TOM, "never mind", START + 60 * SECOND, under=ASKED.ts)],
        "withdrawn",
    ),
}
GONE_BEFORE_IT_CAME = {"withdrawn": {""}, "withdrawn; open": {"open"}}
"""What was deleted or changed before the question was heard was never an ask."""


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES)
def test_news_in_any_order_and_twice_ends_the_same(office: Office, story: str) -> None:
    events, ends = STORIES[story]
    may_end = {ends} | GONE_BEFORE_IT_CAME.get(ends, set())
    for order in permutations(events):
        office.clear()
        office.clock.set(START + 300 * SECOND)
        for event in (*order, order[0]):
            office.hear(event)
            office.tick()
        assert _told(office.seen()) in may_end, order


def _told(seen: Seen) -> str:
    asks = sorted(seen.asks.values(), key=lambda ask: (ask["asked_at"], ask["answerer_id"]))
    return "; ".join(
        ask["state"]
        + (f" ({ask['relation']})" if ask["relation"] else "")
        + (", stands still" if ask["paused_at"] else "")
        for ask in asks
    )


@given(st.lists(st.sampled_from(State), max_size=8))
def test_an_ask_that_is_settled_waits_again_only_by_somebodys_doing(steps: list[State]) -> None:
    state = State.OPEN
    for step in steps:
        if may_become(state, step):
            if state not in UNSETTLED and step in UNSETTLED:
                assert step in {State.OPEN, State.DELEGATED}
            state = step


def test_the_table_is_the_models() -> None:
    assert {str(state): set(map(str, after)) for state, after in TRANSITIONS.items()} == (
        states_model.FOLLOWS
    )
    assert set(map(str, WAITING)) == states_model.WAITING
    assert set(map(str, UNSETTLED)) == states_model.UNSETTLED
    assert states_before(State.WENT_AHEAD) == RUNNING | {State.DELEGATED}


def test_nobody_goes_ahead_of_whoever_is_on_it_or_late() -> None:
    assert not may_become(State.ACCEPTED, State.WENT_AHEAD)
    assert not may_become(State.OVERDUE, State.WENT_AHEAD)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "answered"},
        {"nudge_at": None},
        {"closed_at": START},
        {"paused_at": START},
        {"due_at": START - timedelta(days=9)},
        {"answerer_id": TOM},
        {"state": "delegated", "nudge_at": None},
    ],
    ids=str,
)
def test_the_model_notices_what_is_wrong(office: Office, wrong: dict[str, Any]) -> None:
    office.clear()
    office.hear(ASKED)
    seen = office.seen()
    assert states_model.problems(seen, seen) == []
    bad = {ask_id: ask | wrong for ask_id, ask in seen.asks.items()}
    assert states_model.problems(seen, replace(seen, asks=bad))


def test_the_model_notices_a_reminder_that_comes_early_or_twice(office: Office) -> None:
    office.clear()
    office.hear(ASKED)
    seen = office.seen()
    key = f"asks:{next(iter(seen.asks))}:1:overdue:{ANA}"
    assert states_model.problems(seen, replace(seen, sent=frozenset({key})))
    late = replace(seen, now=START + timedelta(days=9))
    assert states_model.problems(late, replace(late, sent=frozenset({key}))) == []
    again = key.replace(":1:", ":2:")
    assert states_model.problems(late, replace(late, sent=frozenset({key, again})))


def test_four_workers_who_ring_at_once_tell_everybody_once(office: Office) -> None:
    office.clear()
    for number in range(6):
        office.clock.set(START + timedelta(minutes=10 * number))
        asked = f"<@{ANA}> <@{SAM}> can you look at number {number}?"
        office.hear(posted(TOM, asked, office.clock.now()))
    office.clock.set(START + timedelta(days=1, hours=7))  # 12:00 in São Paulo, 17:00 in Berlin
    start = Barrier(4)

    def work(_number: int) -> None:
        start.wait()
        office.tick()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    seen = office.seen()
    assert len(seen.asks) == 12
    assert all(states_model.path(ask, seen).count("overdue") == 1 for ask in seen.asks.values())
    told = [each["ask_id"] for each in seen.notices if each["told_at"] is not None]
    assert len(told) == len(set(told)) == BUDGET.default  # Ana's; Sam has gone home
    assert len([key for key in seen.sent if ":overdue:" in key]) == len(told)
