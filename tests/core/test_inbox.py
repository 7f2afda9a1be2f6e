"""The inbox: an event is kept once, with what it said only until it was dealt with."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.core import dead_letters, inbox, queue
from bot.core.clock import StoppedClock
from bot.core.db import Database
from bot.core.inbox import DeliveryRow, Envelope, InboxRow
from bot.core.queue import Claim, State
from bot.core.turns import Turns

LEASE = timedelta(seconds=60)
HERE = {"asks.open"}
EVENT = Envelope("T1", "Ev1", "C1", b'{"a":1}')


def _count(database: Database, table: type[InboxRow | DeliveryRow]) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def _claim(session: Session, clock: StoppedClock, *, limit: int = 10) -> list[Claim[InboxRow]]:
    return inbox.claim(session, Turns(InboxRow), now=clock.now(), lease=LEASE, limit=limit)


def test_f01_the_same_event_from_sixteen_sides_is_stored_once(
    database: Database, clock: StoppedClock
) -> None:
    new: list[int] = []
    start = Barrier(16)

    def deliver() -> None:
        start.wait()
        for number in range(5):
            event = Envelope("T1", f"Ev{number}", "C1", b"{}")
            new.append(inbox.accept(database, [event], now=clock.now()))

    threads = [Thread(target=deliver) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(new) == 80
    assert 5 == sum(new) == _count(database, InboxRow)


def test_equal_event_ids_of_two_workspaces_are_two_events(
    database: Database, clock: StoppedClock
) -> None:
    for team_id in ("T1", "T2"):
        event = Envelope(team_id, "Ev1", "C1", b"{}")
        assert inbox.accept(database, [event], now=clock.now())


def test_an_event_is_kept_to_the_byte(database: Database, clock: StoppedClock) -> None:
    body = bytes(range(256))
    inbox.accept(database, [Envelope("T1", "Ev1", "C1", body)], now=clock.now())
    with database.reading() as session:
        assert body == session.scalars(select(InboxRow.body)).one()


def test_unread_events_of_a_conversation_are_noticed(
    database: Database, clock: StoppedClock
) -> None:
    inbox.accept(database, [EVENT], now=clock.now())
    with database.transaction() as session:
        assert inbox.has_unread(session, "T1", "C1")
        assert not inbox.has_unread(session, "T1", "C2")
        (claim,) = _claim(session, clock)
        assert inbox.has_unread(session, "T1", "C1"), "in work is not read"
        queue.finish(session, claim, body=None)
        assert not inbox.has_unread(session, "T1", "C1")


def test_an_abandoned_event_is_claimed_again_after_its_lease(
    database: Database, clock: StoppedClock
) -> None:
    inbox.accept(database, [EVENT], now=clock.now())
    for wait, found in ((timedelta(), 1), (LEASE, 0), (timedelta(seconds=1), 1)):
        clock.advance(wait)
        with database.transaction() as session:
            assert found == len(_claim(session, clock))


def test_a_listener_that_failed_is_noted_once(database: Database, clock: StoppedClock) -> None:
    inbox.accept(database, [EVENT], now=clock.now())
    with database.transaction() as session:
        (claim,) = _claim(session, clock)
        for _ in range(2):
            inbox.deliver_later(session, claim.row, "asks.open", "ValueError", now=clock.now())
    assert _count(database, DeliveryRow) == 1
    with database.transaction() as session:
        how: dict[str, Any] = {"lease": LEASE, "limit": 10}
        assert inbox.claim_deliveries(session, HERE, now=clock.now(), **how) == []
        later = clock.now() + queue.backoff(1)
        assert inbox.claim_deliveries(session, {"coach.newer"}, now=later, **how) == []
        (failed,) = inbox.claim_deliveries(session, HERE, now=later, **how)
    assert ("Ev1", "asks.open", EVENT.body) == (
        failed.row.event_id,
        failed.row.listener,
        failed.row.body,
    )


def test_finished_events_are_forgotten_when_slack_cannot_send_them_again(
    database: Database, clock: StoppedClock
) -> None:
    for name in ("Ev1", "Ev2"):
        inbox.accept(database, [Envelope("T1", name, name, b"{}")], now=clock.now())
    with database.transaction() as session:
        queue.finish(session, _claim(session, clock, limit=1)[0])
    clock.advance(timedelta(hours=25))
    with database.transaction() as session:
        assert inbox.forget_old(session, now=clock.now()) == 0, "it may come again for a day"
    clock.advance(timedelta(days=3))
    with database.transaction() as session:
        assert inbox.forget_old(session, now=clock.now()) == 1, "the unread one stays"


def test_dead_letters_are_shown_replayed_and_dropped(
    database: Database, clock: StoppedClock
) -> None:
    for name in ("Ev1", "Ev2"):
        inbox.accept(database, [Envelope("T1", name, name, b"canary")], now=clock.now())
    with database.transaction() as session:
        for row in session.scalars(select(InboxRow)):
            row.state = State.DEAD
    with database.transaction() as session:
        first, second = dead_letters.every(session)
        assert dead_letters.show(session, str(first.id)).what == "event Ev1"
        assert first.content == "canary"
        dead_letters.replay(session, str(first.id), now=clock.now())
        dead_letters.drop(session, str(second.id))
    with database.transaction() as session:
        assert dead_letters.every(session) == []
        assert len(_claim(session, clock)) == 1
        dropped = session.get_one(InboxRow, ("T1", second.id))
        assert (dropped.state, dropped.body) == (State.DROPPED, None)
