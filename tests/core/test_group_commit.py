"""Group commit: what arrives together is durable together, and what is bad fails alone."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.core import inbox
from bot.core.clock import StoppedClock
from bot.core.db import Database
from bot.core.errors import TooMuchWaits
from bot.core.group_commit import MOST_AT_ONCE, MOST_WAITING, GroupCommit
from bot.core.inbox import Envelope, InboxRow

PATIENCE = 20.0


class Store:
    """Keeps what it is given, in batches; the first waits for `go`."""

    def __init__(self) -> None:
        self.go, self.batches, self.fails = Event(), list[list[str]](), dict[str, Exception]()

    def __call__(self, items: Sequence[str]) -> None:
        assert self.go.wait(PATIENCE)
        for item in items:
            if item in self.fails:
                raise self.fails[item]
        self.batches.append(list(items))


def _run(given: Callable[[GroupCommit[str]], Awaitable[None]], store: Store) -> None:
    async def run() -> None:
        commits = GroupCommit(store)
        await asyncio.wait_for(asyncio.ensure_future(given(commits)), PATIENCE)
        commits.close()

    asyncio.run(run())


async def _outcomes(*adding: "asyncio.Future[None]") -> list[type[BaseException] | None]:
    found = await asyncio.gather(*adding, return_exceptions=True)
    return [None if each is None else type(each) for each in found]


async def _while_one_is_stored(
    commits: GroupCommit[str], store: Store, *items: str
) -> list[type[BaseException] | None]:
    """Brings more while the first is being stored."""
    first = commits.add("first")
    await asyncio.sleep(0)
    adding = [commits.add(item) for item in items]
    store.go.set()
    return await _outcomes(first, *adding)


def test_what_arrives_while_one_is_stored_is_stored_together() -> None:
    store = Store()

    async def bring(commits: GroupCommit[str]) -> None:
        assert await _while_one_is_stored(commits, store, "a", "b", "c") == [None] * 4

    _run(bring, store)
    assert store.batches == [["first"], ["a", "b", "c"]]


def test_one_that_cannot_be_stored_fails_alone() -> None:
    store = Store()
    store.fails["bad"] = ValueError()

    async def bring(commits: GroupCommit[str]) -> None:
        found = await _while_one_is_stored(commits, store, "a", "bad", "b")
        assert found == [None, None, ValueError, None]

    _run(bring, store)
    assert store.batches == [["first"], ["a"], ["b"]]


def test_while_the_database_is_unwell_nobody_waits_for_another_try() -> None:
    store = Store()
    store.fails["first"] = OperationalError("", None, Exception())

    async def bring(commits: GroupCommit[str]) -> None:
        assert await _while_one_is_stored(commits, store, "a", "b") == [OperationalError] * 3
        store.fails.clear()
        assert await _outcomes(commits.add("later")) == [None]

    _run(bring, store)
    assert store.batches == [["later"]]


def test_a_database_that_falls_ill_while_each_is_tried_alone_is_asked_no_further() -> None:
    store = Store()
    store.fails |= {"bad": ValueError(), "b": OperationalError("", None, Exception())}

    async def bring(commits: GroupCommit[str]) -> None:
        found = await _while_one_is_stored(commits, store, "a", "bad", "b", "c")
        assert found == [None, None, ValueError, OperationalError, OperationalError]

    _run(bring, store)
    assert store.batches == [["first"], ["a"]]


def test_more_than_can_be_stored_in_time_is_refused_at_once() -> None:
    store = Store()

    async def bring(commits: GroupCommit[str]) -> None:
        adding = [commits.add(str(number)) for number in range(MOST_WAITING)]
        with pytest.raises(TooMuchWaits):
            commits.add("one more")
        store.go.set()
        assert await _outcomes(*adding) == [None] * MOST_WAITING

    _run(bring, store)
    assert {len(each) for each in store.batches} <= {MOST_AT_ONCE, MOST_WAITING % MOST_AT_ONCE}


def test_one_who_goes_away_takes_nobody_along() -> None:
    store = Store()

    async def bring(commits: GroupCommit[str]) -> None:
        first, gone, other = (commits.add(each) for each in ("first", "gone", "other"))
        gone.cancel()
        store.go.set()
        assert await _outcomes(first, other) == [None, None]

    _run(bring, store)


def test_an_event_that_no_database_takes_fails_alone(
    database: Database, clock: StoppedClock
) -> None:
    """PostgreSQL refuses its id; SQLite has no such limit."""
    odd = Envelope("T1", "Ev" + "x" * 100, "C1", b"{}")
    events = [Envelope("T1", f"Ev{number}", "C1", b"{}") for number in range(5)]

    async def bring() -> list[type[BaseException] | None]:
        commits: GroupCommit[Envelope] = GroupCommit(
            lambda some: inbox.accept(database, some, now=clock.now())
        )
        found = await _outcomes(*map(commits.add, [*events[:3], odd, *events[3:]]))
        commits.close()
        return found

    found = asyncio.run(bring())
    assert [*found[:3], *found[4:]] == [None] * 5
    with database.reading() as session:
        stored = set(session.scalars(select(InboxRow.event_id)))
    assert stored == {each.event_id for each in events} | (
        {odd.event_id} if not found[3] else set()
    )


@pytest.mark.parametrize("count", [1, 2, 63, 64, 65, 200])
def test_as_many_events_as_come_are_stored_in_their_order(
    count: int, database: Database, clock: StoppedClock
) -> None:
    events = [
        Envelope("T1", f"Ev{count - number}", f"C{number}", bytes([number % 256]))
        for number in range(count)
    ]
    assert inbox.accept(database, events, now=clock.now()) == count
    later = clock.now() + timedelta(minutes=1)
    assert inbox.accept(database, [*events, *events], now=later) == 0
    with database.reading() as session:
        rows = session.scalars(select(InboxRow).order_by(InboxRow.id)).all()
    assert [(row.event_id, row.lane, row.body) for row in rows] == [
        (event.event_id, event.lane, event.body) for event in events
    ]
    assert {(row.received_at, row.not_before, row.state, row.attempts) for row in rows} == {
        (clock.now(), clock.now(), "ready", 0)
    }
