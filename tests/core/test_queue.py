"""The queue: claims, lanes, leases with a fence, back-off, dead letters; on both databases."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import text, update

from bot.core import dead_letters, queue
from bot.core.db import Database
from bot.core.errors import LeaseLost
from bot.core.ids import new_id
from bot.core.inbox import InboxRow
from bot.core.queue import Claim, State
from tests.support.queued import NOW, add

LEASE = timedelta(seconds=60)


def _claim(database: Database, *, now: datetime = NOW, limit: int = 10) -> list[Claim[InboxRow]]:
    with database.transaction() as session:
        return queue.claim(session, InboxRow, now=now, lease=LEASE, limit=limit)


def _state(database: Database, row: InboxRow) -> str:
    with database.reading() as session:
        return session.get_one(InboxRow, ("T1", row.id)).state


def test_rows_are_claimed_the_oldest_first_one_of_each_lane(database: Database) -> None:
    first, second, other = add(database), add(database), add(database, "C2")
    assert [first.id, other.id] == [claim.row.id for claim in _claim(database)]
    assert _claim(database) == [], "the lane of the second row is in work"
    assert _state(database, second) == State.READY


def test_an_urgent_row_is_claimed_before_older_ones(database: Database) -> None:
    add(database, "C1")
    urgent = add(database, "C2", urgent=True)
    assert [urgent.id] == [claim.row.id for claim in _claim(database, limit=1)]


def test_a_row_is_not_claimed_before_its_time(database: Database) -> None:
    add(database, not_before=NOW + timedelta(seconds=5))
    assert _claim(database) == []
    assert len(_claim(database, now=NOW + timedelta(seconds=5))) == 1


def test_a_row_that_waits_holds_back_its_lane(database: Database) -> None:
    add(database, not_before=NOW + timedelta(seconds=5))
    add(database)
    assert _claim(database) == []


def test_a_finished_row_lets_the_next_of_its_lane_through(database: Database) -> None:
    first, second = add(database), add(database)
    claim = _claim(database)[0]
    with database.transaction() as session:
        queue.finish(session, claim, body=None)
    assert _state(database, first) == State.DONE
    assert [second.id] == [claim.row.id for claim in _claim(database)]


def test_a_failed_row_backs_off_and_is_dead_after_the_last_attempt(database: Database) -> None:
    row, now, waits = add(database), NOW, []
    for _ in range(queue.MAX_ATTEMPTS):
        claim = _claim(database, now=now)[0]
        with database.transaction() as session:
            queue.fail(session, claim, "ValueError", now=now)
        with database.reading() as session:
            found = session.get_one(InboxRow, ("T1", row.id))
        waits.append((found.not_before - now).total_seconds())
        now = max(now, found.not_before)
    assert waits[:-1] == [2, 4, 8, 16]
    assert _state(database, row) == State.DEAD
    assert found.error == "ValueError"


def test_back_off_never_exceeds_fifteen_minutes() -> None:
    assert timedelta(minutes=15) == queue.backoff(50)
    assert timedelta(minutes=15) == queue.backoff(5_000)


def test_putting_a_row_back_counts_no_attempt(database: Database) -> None:
    row = add(database)
    for _ in range(queue.MAX_ATTEMPTS * 2):
        claim = _claim(database)[0]
        with database.transaction() as session:
            queue.put_back(session, claim, not_before=NOW)
    assert _state(database, row) == State.READY


def test_a_worker_that_lost_its_lease_cannot_finish(database: Database) -> None:
    row, later = add(database), NOW + LEASE + timedelta(seconds=1)
    stale = _claim(database)[0]
    with database.transaction() as session:
        assert queue.expire_leases(session, InboxRow, now=later) == 1
    with database.transaction() as session, pytest.raises(LeaseLost):
        queue.finish(session, stale)
    fresh = _claim(database, now=later)[0]
    with database.transaction() as session, pytest.raises(LeaseLost):
        queue.fail(session, stale, "late", now=later)
    with database.transaction() as session:
        queue.finish(session, fresh)
    assert _state(database, row) == State.DONE


def test_a_lease_that_still_runs_is_not_taken_away(database: Database) -> None:
    add(database)
    _claim(database)
    with database.transaction() as session:
        assert queue.expire_leases(session, InboxRow, now=NOW + LEASE) == 0


def _lose(database: Database, times: int, *, of: int = 10) -> list[list[Claim[InboxRow]]]:
    """So many processes end on what they claimed; returns what each of them had."""
    had = []
    for _ in range(times):
        had.append(_claim(database, limit=of))
        with database.transaction() as session:
            session.execute(update(InboxRow).values(lease_until=NOW - LEASE))
            queue.expire_leases(session, InboxRow, now=NOW, give_up=True)
    return had


def test_a_process_that_ended_says_nothing_of_what_it_had(database: Database) -> None:
    rows = [add(database, f"C{number}") for number in range(3)]
    _lose(database, 1)
    assert [row.id for row in rows] == [claim.row.id for claim in _claim(database)]


def test_a_row_on_which_two_processes_ended_is_claimed_alone(database: Database) -> None:
    rows = [add(database, f"C{number}") for number in range(3)]
    assert [len(had) for had in _lose(database, 2)] == [3, 3]
    add(database, "C4")
    assert [[row.id] for row in rows] == [
        [claim.row.id for claim in _claim(database)] for _ in rows
    ]
    assert len(_claim(database)) == 1, "what came later has no part in it"


def test_what_stands_before_a_row_that_is_alone_goes_first(database: Database) -> None:
    first = add(database, "C1")
    suspect = add(database, "C2", losses=queue.ALONE_AFTER)
    behind = add(database, "C3")
    found = [[claim.row.id for claim in _claim(database)] for _ in range(3)]
    assert found == [[first.id], [suspect.id], [behind.id]]


def test_a_row_on_which_every_process_ends_is_given_up_and_may_be_tried_again(
    database: Database,
) -> None:
    row, other = add(database), add(database, "C2", not_before=NOW + timedelta(hours=1))
    had = _lose(database, queue.MAX_LOSSES)
    assert [[row.id]] * queue.MAX_LOSSES == [[each.row.id for each in claims] for claims in had]
    with database.transaction() as session:
        (letter,) = dead_letters.every(session)
        assert letter.error == "7 processes ended while they had it"
        dead_letters.replay(session, str(letter.id), now=NOW)
    assert _state(database, other) == State.READY
    _lose(database, 1)
    assert _state(database, row) == State.READY


def test_a_row_that_others_took_along_has_all_its_attempts(database: Database) -> None:
    row, now = add(database), NOW
    _lose(database, queue.MAX_LOSSES - 1)
    for number in range(queue.MAX_ATTEMPTS):
        assert _state(database, row) == State.READY, number
        (claim,) = _claim(database, now=now)
        with database.transaction() as session:
            queue.fail(session, claim, "ValueError", now=now)
        now += queue.MAX_BACKOFF
    assert _state(database, row) == State.DEAD
    with database.reading() as session:
        assert session.get_one(InboxRow, ("T1", row.id)).error == "ValueError"


def test_a_worker_that_comes_back_late_takes_the_blame(database: Database) -> None:
    row = add(database)
    for _ in range(queue.MAX_LOSSES * 2):
        (late,) = _lose(database, 1)
        with database.transaction() as session:
            assert queue.finish_all(session, late) == 0
        with database.transaction() as session:
            queue.vouch(session, late)
    assert _state(database, row) == State.READY


def test_nobody_vouches_for_what_was_given_up(database: Database) -> None:
    row = add(database)
    had = _lose(database, queue.MAX_LOSSES)
    with database.transaction() as session:
        queue.vouch(session, had[-1])
    assert _state(database, row) == State.DEAD


def test_a_lost_row_that_somebody_is_changing_holds_nobody_up(database: Database) -> None:
    if database.dialect == "sqlite":
        pytest.skip("its writers take turns")
    held, free = add(database), add(database, "C2")
    _claim(database)
    later = NOW + LEASE + timedelta(seconds=1)
    with database.transaction() as session:
        session.get_one(InboxRow, ("T1", held.id), with_for_update=True)
        with database.transaction() as other:
            other.execute(text("SET LOCAL lock_timeout = '2s'"))
            assert queue.expire_leases(other, InboxRow, now=later) == 1
    assert (_state(database, held), _state(database, free)) == (State.LEASED, State.READY)


def test_a_replayed_row_has_all_its_attempts_again(database: Database) -> None:
    row = add(database, state=State.DEAD, attempts=queue.MAX_ATTEMPTS)
    with database.transaction() as session:
        queue.replay(session.get_one(InboxRow, ("T1", row.id)), now=NOW)
    assert _claim(database)[0].row.attempts == 1


def test_a_row_stored_while_its_lane_is_being_claimed_waits(database: Database) -> None:
    if database.dialect == "sqlite":
        pytest.skip("its writers take turns")
    early = new_id()
    late = add(database)
    with database.transaction() as first:
        (claim,) = queue.claim(first, InboxRow, now=NOW, lease=LEASE, limit=10)
        add(database, id=early)  # its process was slower, and nobody sees the lease yet
        assert _claim(database) == []
    assert claim.row.id == late.id
    assert _claim(database) == []
    with database.transaction() as session:
        queue.finish(session, claim)
    assert [early] == [each.row.id for each in _claim(database)]


def test_workers_at_once_claim_every_row_once_and_never_one_lane_twice(database: Database) -> None:
    for number in range(40):
        add(database, f"C{number % 8}")
    taken: list[tuple[str, str]] = []
    start = Barrier(4)

    def work() -> None:
        start.wait()
        while claims := _claim(database, limit=3):
            lanes = [claim.row.lane for claim in claims]
            assert len(lanes) == len(set(lanes))
            for claim in claims:
                taken.append((claim.row.lane, str(claim.row.id)))
                with database.transaction() as session:
                    queue.finish(session, claim)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while claims := _claim(database):  # a thread may have seen only lanes in work and gone home
        for claim in claims:
            taken.append((claim.row.lane, str(claim.row.id)))
            with database.transaction() as session:
                queue.finish(session, claim)
    assert 40 == len(taken) == len(set(taken))
    for lane in {lane for lane, _ in taken}:
        order = [row_id for each, row_id in taken if each == lane]
        assert sorted(order) == order, "a lane is worked in order"
