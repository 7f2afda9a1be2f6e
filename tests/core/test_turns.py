"""Claims by turns: whole conversations in order, and no workspace waits behind another."""

from collections import defaultdict
from datetime import timedelta
from threading import Barrier, Thread
from time import perf_counter
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text, update

from bot.core import inbox, queue
from bot.core.db import Database
from bot.core.ids import new_id
from bot.core.inbox import Envelope, InboxRow
from bot.core.queue import Claim, State
from bot.core.turns import TEAMS_AT_ONCE, Turns
from tests.support.queued import NOW, add

LEASE = timedelta(seconds=60)


def _id(database: Database, lane: str = "C1", team_id: str = "T1", **values: object) -> UUID:
    return add(database, lane, team_id, **values).id


def _claim(
    database: Database, turns: Turns[InboxRow] | None = None, *, limit: int = 10
) -> list[Claim[InboxRow]]:
    with database.transaction() as session:
        return (turns or Turns(InboxRow)).claim(session, now=NOW, lease=LEASE, limit=limit)


def _settle(database: Database, claims: list[Claim[InboxRow]]) -> int:
    with database.transaction() as session:
        return queue.finish_all(session, claims, body=None)


def _ids(claims: list[Claim[InboxRow]]) -> list[UUID]:
    return [claim.row.id for claim in claims]


def test_a_conversation_is_claimed_in_order_as_far_as_there_is_room(database: Database) -> None:
    first, second, other, third = (_id(database, lane) for lane in ("C1", "C1", "C2", "C1"))
    claims = _claim(database, limit=3)
    assert [first, second, other] == _ids(claims)
    assert _claim(database) == [], "what is left is of a conversation in work"
    assert _settle(database, claims) == 3
    assert [third] == _ids(_claim(database))


def test_a_claim_is_as_it_stands_in_the_database(database: Database) -> None:
    row_id = _id(database)
    (claim,) = _claim(database)
    with database.reading() as session:
        row = session.get_one(InboxRow, ("T1", row_id))
    for found in (row, claim.row):
        assert (found.state, found.attempts, found.fence) == (State.LEASED, 1, 1)
        assert found.lease_until == NOW + LEASE
    assert claim.fence == 1


def test_what_waits_holds_back_what_stands_behind_it_alone(database: Database) -> None:
    before = _id(database)
    add(database, not_before=NOW + timedelta(seconds=5))
    add(database)
    other = _id(database, "C2")
    assert [before, other] == _ids(_claim(database))


@pytest.mark.parametrize("state", [State.LEASED, State.UNKNOWN])
def test_a_conversation_in_work_is_nobody_elses(database: Database, state: State) -> None:
    add(database)
    add(database, state=state, lease_until=NOW + LEASE)
    assert _claim(database) == []


def test_a_busy_workspace_keeps_no_other_waiting(database: Database) -> None:
    for _ in range(30):
        add(database, str(new_id()))
    quiet = _id(database, team_id="T2")
    claims = _claim(database, limit=10)
    assert [claim.row.team_id for claim in claims] == ["T1"] * 5 + ["T2"]
    assert quiet in _ids(claims)


def test_turns_go_round(database: Database) -> None:
    teams = [f"T{number}" for number in range(3 * TEAMS_AT_ONCE)]
    for team_id in teams * 4:
        add(database, str(new_id()), team_id)
    turns, had = Turns(InboxRow), list[str]()
    for _ in range(6):
        had += [claim.row.team_id for claim in _claim(database, turns, limit=TEAMS_AT_ONCE)]
    assert sorted(teams * 2) == sorted(had)
    assert set(teams) == set(had[: len(teams)]), "everybody once before anybody twice"


def test_workspaces_in_which_all_is_in_work_hide_no_other(database: Database) -> None:
    for number in range(2 * TEAMS_AT_ONCE):
        add(database, team_id=f"T{number:02}", state=State.LEASED, lease_until=NOW + LEASE)
        add(database, team_id=f"T{number:02}")
    last = _id(database, team_id="T99")
    assert [last] == _ids(_claim(database))


def test_what_was_lost_is_not_finished(database: Database) -> None:
    add(database)
    kept = _id(database, "C2")
    claims = _claim(database)
    with database.transaction() as session:
        session.get_one(InboxRow, ("T1", claims[0].row.id)).fence += 1
    assert _settle(database, claims) == 1
    with database.reading() as session:
        states = {row.id: row.state for row in session.query(InboxRow)}
    assert states == {claims[0].row.id: State.LEASED, kept: State.DONE}


def test_a_row_stored_while_its_lane_is_being_claimed_waits(database: Database) -> None:
    if database.dialect == "sqlite":
        pytest.skip("its writers take turns")
    early, late = new_id(), _id(database)
    with database.transaction() as first:
        claims = Turns(InboxRow).claim(first, now=NOW, lease=LEASE, limit=10)
        add(database, id=early)  # its process was slower, and nobody sees the lease yet
        assert _claim(database) == []
    assert [late] == _ids(claims)
    assert _claim(database) == []
    _settle(database, claims)
    assert [early] == _ids(_claim(database))


def test_what_stands_behind_a_row_that_somebody_holds_waits(database: Database) -> None:
    if database.dialect == "sqlite":
        pytest.skip("its writers take turns")
    held, behind = _id(database), _id(database)
    with database.transaction() as other:
        other.get_one(InboxRow, ("T1", held), with_for_update=True)
        assert _claim(database) == []
    assert [held, behind] == _ids(_claim(database))


def test_workers_at_once_deal_with_everything_once_and_in_order(database: Database) -> None:
    for number in range(120):
        add(database, f"C{number % 6}", f"T{number % 3}")
    taken: list[tuple[str, str, UUID]] = []
    start = Barrier(4)

    def work() -> None:
        turns = Turns(InboxRow)
        start.wait()
        while claims := _claim(database, turns, limit=7):
            taken.extend((each.row.team_id, each.row.lane, each.row.id) for each in claims)
            assert _settle(database, claims) == len(claims)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    work_left = _claim(database, limit=200)  # a thread may have seen only lanes in work
    taken.extend((each.row.team_id, each.row.lane, each.row.id) for each in work_left)
    assert 120 == len(taken) == len(set(taken))
    lanes = defaultdict(list)
    for team_id, lane, row_id in taken:
        lanes[team_id, lane].append(row_id)
    for order in lanes.values():
        assert sorted(order) == order, "a conversation is dealt with in order"


def test_what_is_claimed_alone_is_alone_over_all_workspaces(database: Database) -> None:
    turns, busy = Turns(InboxRow), "T1"
    for number in range(12):
        _id(database, f"C{number}", busy)
    suspect = _id(database, team_id="T2", losses=queue.ALONE_AFTER)
    behind = _id(database, team_id="T2")
    had = [_ids(_claim(database, turns, limit=4)) for _ in range(2)]
    assert [len(ids) for ids in had] == [2, 1], "what it may have of the other is not taken"
    assert had[1] == [suspect], "nobody's turn goes before it twice"
    assert behind not in _ids(_claim(database, turns, limit=50)), "it stands behind that one"


def test_a_conversation_is_claimed_as_far_as_the_row_that_is_alone(database: Database) -> None:
    first, second = _id(database), _id(database)
    suspect, last = _id(database, losses=queue.ALONE_AFTER), _id(database)
    for ids in ([first, second], [suspect], [last]):
        claims = _claim(database)
        assert ids == _ids(claims)
        _settle(database, claims)


def _fill(database: Database, many: int, waits: int | None) -> None:
    """One conversation, of which one event waits, or none; the statistics know of no other."""
    said = [Envelope("T1", str(number), "C1", b"{}") for number in range(many)]
    inbox.accept(database, said, now=NOW)
    with database.transaction() as session:
        ids = session.scalars(select(InboxRow.id).order_by(InboxRow.id)).all()
        if waits is not None:
            later = update(InboxRow).where(InboxRow.id == ids[waits])
            session.execute(later.values(not_before=NOW + timedelta(minutes=1)))
    with database.transaction() as session:
        session.execute(text("ANALYZE inbox"))


def _quickest(database: Database, claimed: int) -> float:
    """Seconds that a claim of 200 takes at the least."""
    took = []
    for _ in range(16):  # other tests may run beside it
        began = perf_counter()
        with database.transaction() as session:
            claims = Turns(InboxRow).claim(session, now=NOW, lease=LEASE, limit=200)
            took.append(perf_counter() - began)
            assert len(claims) == claimed
            session.rollback()
    return min(took)


@pytest.mark.slow
@pytest.mark.parametrize(("waits", "claimed"), [(None, 200), (0, 0), (150, 150), (-1, 200)])
def test_a_claim_reads_in_proportion_to_what_waits(
    database: Database, waits: int | None, claimed: int
) -> None:
    took = []
    for many in (2_000, 8_000):
        with database.transaction() as session:
            session.execute(delete(InboxRow))
        _fill(database, many, waits)
        took.append(_quickest(database, claimed))
    few, more = took
    assert more < 8 * few, "four times as much takes four times as long, not sixteen times"


_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["T1", "T2", "T3"]),
        st.sampled_from(["C1", "C2"]),
        st.sampled_from([State.READY, State.READY, State.LEASED, State.UNKNOWN, State.DONE]),
        st.integers(0, 2),  # waits until later, if 0
    ),
    max_size=25,
)


@pytest.mark.slow
@settings(
    max_examples=40,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=_ROWS, limit=st.sampled_from([1, 4, 12, 25 * TEAMS_AT_ONCE]))
def test_a_claim_takes_heads_of_free_lanes_and_all_of_them_if_there_is_room(
    database: Database, rows: list[tuple[str, str, State, int]], limit: int
) -> None:
    with database.transaction() as session:
        session.execute(delete(InboxRow))
    lanes: dict[tuple[str, str], list[tuple[UUID, State, bool]]] = defaultdict(list)
    for team_id, lane, state, later in rows:
        not_before = NOW if later else NOW + timedelta(minutes=1)
        row_id = _id(database, lane, team_id, state=state, not_before=not_before)
        if state is not State.DONE:
            lanes[team_id, lane].append((row_id, state, bool(later)))
    heads = {place: _head(lane) for place, lane in lanes.items()}
    claims = _claim(database, limit=limit)
    assert len(claims) <= limit
    found = defaultdict(list)
    for claim in claims:
        found[claim.row.team_id, claim.row.lane].append(claim.row.id)
    for place, claimed in found.items():
        assert claimed == heads[place][: len(claimed)]
    free = {team_id for (team_id, _), head in heads.items() if head}
    assert bool(claims) == bool(free)
    if limit >= 25 * TEAMS_AT_ONCE:
        assert found == {place: head for place, head in heads.items() if head}


def _head(lane: list[tuple[UUID, State, bool]]) -> list[UUID]:
    """What can be claimed of a lane: what is due, up to the first that waits."""
    if any(state is not State.READY for _, state, _ in lane):
        return []
    head = []
    for row_id, _, is_due in lane:
        if not is_due:
            break
        head.append(row_id)
    return head
