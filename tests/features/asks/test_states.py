"""The states of asks: whatever people do, whenever, and in whatever order news of it arrives."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from bot.core.db import Database
from bot.core.events import Event, MessagePosted, MessageSent
from bot.core.unit_of_work import UnitOfWork
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
from bot.features.asks.service import acting, composing, drawing, restraint
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
            self.office.clock.set(max(max(due), self.office.clock.now()))
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
                lambda uow, ask: acting.accept(uow, ask),
                lambda uow, ask: acting.decline(uow, ask, "no time"),
                lambda uow, ask: acting.answer(uow, ask, ANSWER),
                lambda uow, ask: acting.give_back(uow, ask),
                lambda uow, ask: acting.give_back(uow, ask),
                lambda uow, ask: acting.snooze(uow, ask),
                lambda uow, ask: acting.withdraw(uow, ask),
                lambda uow, ask: composing.unwithdraw(uow, ask),
                lambda uow, ask: restraint.make_urgent(uow, ask, "the release waits"),
                lambda uow, ask: acting.set_deadline(uow, ask, uow.now + timedelta(hours=9)),
            ]
        ),
        which=st.randoms(use_true_random=False),
    )
    def somebody_presses(self, act: Act, which: Any) -> None:
        with self.office.unit() as uow:
            ask = acting.queries.get(uow, which.choice(self.asked).id)
            assert ask is not None
            act(uow, ask)

    @precondition(lambda self: self.seen.asks)
    @rule(to=PEOPLE, escalates=st.booleans(), which=st.randoms(use_true_random=False))
    def somebody_else_is_asked(self, to: str, escalates: bool, which: Any) -> None:
        with self.office.unit() as uow:
            ask = acting.queries.get(uow, which.choice(self.asked).id)
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


def run(machine: Callable[[], Asks], examples: int) -> None:
    profile = settings(
        max_examples=examples,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=True,
    )
    run_state_machine_as_test(machine, settings=profile)


def test_whatever_people_do_every_promise_holds(office: Office) -> None:
    run(lambda: Asks(office), 12)


@pytest.mark.long
def test_whatever_people_do_for_long_every_promise_holds(office: Office) -> None:
    run(lambda: Asks(office), 500)
