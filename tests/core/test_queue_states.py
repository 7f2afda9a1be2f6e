"""The queue as a state machine: whatever workers do, and whenever, against a plain model."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
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
from sqlalchemy import delete, select

from bot.core import queue
from bot.core.db import Database
from bot.core.errors import LeaseLost
from bot.core.ids import new_id
from bot.core.inbox import InboxRow
from bot.core.queue import Claim, State
from tests.core.queue_model import MAX_ATTEMPTS, MAX_LOSSES, Entry, Model

START = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)
WORKERS = ("Ada", "Bo", "Cy")


class QueueMachine(RuleBasedStateMachine):
    """Several workers on a few lanes; each keeps claims it may have lost long ago."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database, self.model, self.now = database, Model(), START
        self.ids: list[Any] = []
        self.held: list[tuple[str, Entry, Claim[InboxRow]]] = []
        with database.transaction() as session:
            session.execute(delete(InboxRow))

    @rule(lane=st.sampled_from(["C1", "C2", "C3"]), urgent=st.booleans())
    def add(self, lane: str, urgent: bool) -> None:
        row_id = new_id()
        row = InboxRow(team_id="T1", id=row_id, lane=lane, urgent=urgent, not_before=self.now)
        row.received_at, row.event_id, row.body = self.now, str(row_id), b"{}"
        with self.database.transaction() as session:
            session.add(row)
        self.ids.append(row_id)
        self.model.entries.append(Entry(len(self.ids) - 1, lane, urgent, "ready", self.now))

    @rule(worker=st.sampled_from(WORKERS), limit=st.integers(1, 4))
    def claim(self, worker: str, limit: int) -> None:
        expected = self.model.together(self.model.claimable(self.now)[:limit])
        with self.database.transaction() as session:
            claims = queue.claim(session, InboxRow, now=self.now, lease=LEASE, limit=limit)
        assert [self.ids[entry.number] for entry in expected] == [each.row.id for each in claims]
        for entry, each in zip(expected, claims, strict=True):
            entry.state, entry.worker, entry.lease_until = "leased", worker, self.now + LEASE
            entry.attempts += 1
            self.held.append((worker, entry, each))

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def finish(self, data: st.DataObject) -> None:
        def settle(session: Any, claim: Claim[InboxRow]) -> None:
            queue.finish(session, claim)

        entry = self._act(data, settle)
        if entry is not None:
            entry.done += 1
            self.model.release(entry, "done")

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def fail(self, data: st.DataObject) -> None:
        def settle(session: Any, claim: Claim[InboxRow]) -> None:
            queue.fail(session, claim, "ValueError", now=self.now)

        entry = self._act(data, settle)
        if entry is not None and entry.attempts >= MAX_ATTEMPTS:
            self.model.release(entry, "dead")
        elif entry is not None:
            later = self.now + self.model.wait_after(entry.attempts)
            entry.losses = 0
            self.model.release(entry, "ready", later)

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def put_back(self, data: st.DataObject) -> None:
        def settle(session: Any, claim: Claim[InboxRow]) -> None:
            queue.put_back(session, claim, not_before=self.now)

        entry = self._act(data, settle)
        if entry is not None:
            entry.attempts -= 1
            self.model.release(entry, "ready", self.now)

    @rule(seconds=st.sampled_from([1, 20, 61, 1_000]))
    def time_goes_by(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def leases_expire(self) -> None:
        expected = self.model.expired(self.now)
        with self.database.transaction() as session:
            lost = queue.expire_leases(session, InboxRow, now=self.now, give_up=True)
        assert len(expected) == lost
        for entry in expected:
            entry.attempts, entry.losses = entry.attempts - 1, entry.losses + 1
            state = "dead" if entry.losses >= MAX_LOSSES else "ready"
            self.model.release(entry, state, self.now)

    @rule(worker=st.sampled_from(WORKERS), limit=st.integers(1, 4))
    def a_worker_ends_on_what_it_claimed(self, worker: str, limit: int) -> None:
        self.claim(worker, limit)
        self.time_goes_by(61)
        self.leases_expire()

    @rule()
    def an_operator_replays_what_is_dead(self) -> None:
        for entry in [e for e in self.model.entries if e.state == "dead"][:1]:
            with self.database.transaction() as session:
                row = session.get_one(InboxRow, ("T1", self.ids[entry.number]))
                queue.replay(row, now=self.now)
            entry.attempts = entry.losses = 0
            self.model.release(entry, "ready", self.now)

    @invariant()
    def nothing_is_lost_and_everything_is_as_the_model_has_it(self) -> None:
        with self.database.reading() as session:
            rows = {row.id: row for row in session.scalars(select(InboxRow))}
        assert len(rows) == len(self.model.entries)
        for entry in self.model.entries:
            row = rows[self.ids[entry.number]]
            assert (row.state, row.attempts) == (entry.state, entry.attempts)
            assert row.losses == entry.losses
            assert entry.done <= 1
        in_work = [row.lane for row in rows.values() if row.state == State.LEASED]
        assert len(in_work) == len(set(in_work)), "one in work per lane"

    def _act(
        self, data: st.DataObject, settle: Callable[[Any, Claim[InboxRow]], None]
    ) -> Entry | None:
        """Some worker settles a claim it has, or believes to have; None: it had lost it."""
        index = data.draw(st.integers(0, len(self.held) - 1))
        worker, entry, claim = self.held.pop(index)
        newer = [each for _, other, each in self.held if other is entry]
        is_ours = entry.worker == worker and all(each.fence < claim.fence for each in newer)
        try:
            with self.database.transaction() as session:
                settle(session, claim)
        except LeaseLost:
            assert not is_ours
            return None
        assert is_ours
        return entry


def test_f25_the_queue_behaves_as_its_model_on_both_databases(database: Database) -> None:
    profile = settings(
        max_examples=40,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )

    class OnThisDatabase(QueueMachine):
        def __init__(self) -> None:
            super().__init__(database)

    run_state_machine_as_test(OnThisDatabase, settings=profile)


def test_the_model_notices_a_queue_without_a_fence(database: Database) -> None:
    """The same machine fails when a worker may settle what it lost."""

    class Fenceless(QueueMachine):
        def _act(
            self, data: st.DataObject, settle: Callable[[Any, Claim[InboxRow]], None]
        ) -> Entry | None:
            _, _, claim = self.held[-1]
            with self.database.reading() as session:
                row = session.get_one(InboxRow, ("T1", claim.row.id))
            fenceless = [(w, e, Claim(row, row.fence)) for w, e, _ in self.held[-1:]]
            self.held[-1:] = fenceless
            return super()._act(data, settle)

    machine = Fenceless(database)
    machine.add("C1", urgent=False)
    machine.claim("Ada", 1)
    machine.time_goes_by(61)
    machine.leases_expire()
    with pytest.raises(AssertionError):
        run_stale_finish(machine)


def run_stale_finish(machine: QueueMachine) -> None:
    class First:
        def draw(self, _strategy: Any) -> int:
            return 0

    machine.finish(First())
