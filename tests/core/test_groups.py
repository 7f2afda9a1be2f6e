"""Who is in a user group: what Slack said last counts, until it may have changed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core import groups, people
from bot.core.bot import Bot
from bot.core.clock import StoppedClock
from bot.core.db import Database
from bot.core.groups import PORTION, STALE_AFTER, Group
from bot.core.keeping import Kept
from bot.core.records import HOUSE
from bot.core.retention import purge_one

START = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DESIGN = Group("S1", "design", frozenset({"U1", "U2"}))


@pytest.fixture
def topic() -> Kept:
    return next(kept for kept in HOUSE if kept.name == "groups")


def _unsure(database: Database, *group_ids: str, at: datetime) -> list[str]:
    with database.reading() as session:
        return groups.unsure(session, "T1", group_ids, now=at)


def _members(database: Database, group_id: str = "S1", team_id: str = "T1") -> frozenset[str]:
    with database.reading() as session:
        return groups.members(session, team_id, group_id)


def test_what_slack_said_holds_for_twelve_hours(database: Database) -> None:
    assert _unsure(database, "S1", "S2", at=START) == ["S1", "S2"]
    with database.transaction() as session:
        groups.save(session, "T1", DESIGN, as_of=START)
    assert _members(database) == {"U1", "U2"}
    assert _unsure(database, "S1", "S2", at=START + STALE_AFTER) == ["S2"]
    assert _unsure(database, "S1", at=START + STALE_AFTER + SECOND) == ["S1"]


def test_another_workspaces_group_of_the_same_id_is_another(database: Database) -> None:
    with database.transaction() as session:
        groups.save(session, "T1", DESIGN, as_of=START)
        groups.save(session, "T2", Group("S1", "ops", frozenset({"U9"})), as_of=START)
        assert groups.name(session, "T1", "S1") == "design"
    assert _members(database) == {"U1", "U2"}
    assert _members(database, team_id="T2") == {"U9"}


def test_whoever_left_is_gone_and_whoever_came_is_in(database: Database) -> None:
    with database.transaction() as session:
        groups.save(session, "T1", DESIGN, as_of=START)
        groups.save(session, "T1", Group("S1", "ux", frozenset({"U2", "U3"})), as_of=START + SECOND)
        assert groups.name(session, "T1", "S1") == "ux"
    assert _members(database) == {"U2", "U3"}


def test_an_answer_that_was_overtaken_is_left_out(database: Database) -> None:
    with database.transaction() as session:
        groups.save(session, "T1", DESIGN, as_of=START + SECOND)
        groups.save(session, "T1", Group("S1", "old"), as_of=START)
        assert groups.name(session, "T1", "S1") == "design"
    assert _members(database) == {"U1", "U2"}


def test_a_change_that_came_while_slack_was_asked_has_it_asked_again(database: Database) -> None:
    with database.transaction() as session:
        groups.save(session, "T1", DESIGN, as_of=START)
        groups.doubt(session, "T1", "S1", now=START + 2 * SECOND)
        groups.save(session, "T1", DESIGN, as_of=START + SECOND)
    assert _unsure(database, "S1", at=START + 3 * SECOND) == ["S1"]
    with database.transaction() as session:
        groups.save(session, "T1", DESIGN, as_of=START + 3 * SECOND)
    assert _unsure(database, "S1", at=START + 3 * SECOND) == []


def test_a_change_of_an_unknown_group_leaves_no_trace(database: Database) -> None:
    with database.transaction() as session:
        groups.doubt(session, "T1", "S1", now=START)
        assert groups.names(session, "T1", ["S1"]) == {}
        assert groups.name(session, "T1", "S1") == "a group"


def test_a_start_has_every_group_of_the_workspace_asked_again(database: Database) -> None:
    with database.transaction() as session:
        for team_id in ("T1", "T2"):
            groups.save(session, team_id, DESIGN, as_of=START)
        groups.doubt_all(session, "T1", now=START + SECOND)
        assert groups.unsure(session, "T1", ["S1"], now=START + SECOND) == ["S1"]
        assert groups.unsure(session, "T2", ["S1"], now=START + SECOND) == []


def test_a_group_of_thousands_is_stored_whole(database: Database) -> None:
    everybody = frozenset(f"U{number}" for number in range(2 * PORTION + 1))
    with database.transaction() as session:
        groups.save(session, "T1", Group("S1", "all", everybody), as_of=START)
    assert _members(database) == everybody


def test_a_group_that_is_gone_keeps_its_handle_for_the_texts_that_name_it(
    database: Database,
) -> None:
    with database.transaction() as session:
        groups.save(session, "T1", DESIGN, as_of=START)
        groups.save(session, "T1", Group("S1"), as_of=START + SECOND)
        said = people.readable(session, "T1", "<!subteam^S1> and <!subteam^S2|@ops>?")
    assert said == "@design and @ops?"
    assert _members(database) == set()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(answers=st.permutations(range(4)), changed=st.integers(0, 3))
def test_in_any_order_the_newest_answer_holds_and_counts_if_nothing_changed_since(
    database: Database, answers: list[int], changed: int
) -> None:
    with database.transaction() as session:
        groups.forget_old(session, "T1", before=START + STALE_AFTER)
        for second in answers:
            told = Group("S1", "design", frozenset({f"U{second}"}))
            groups.save(session, "T1", told, as_of=START + second * SECOND)
        groups.doubt(session, "T1", "S1", now=START + changed * SECOND)
    assert _members(database) == {"U3"}
    assert _unsure(database, "S1", at=START + 4 * SECOND) == (["S1"] if changed == 3 else [])


def test_somebodys_groups_are_given_out_and_taken_back(bot: Bot, topic: Kept) -> None:
    with bot.begin("T1", during="job") as uow:
        groups.save(uow.session, "T1", DESIGN, as_of=uow.now)
        groups.save(uow.session, "T2", DESIGN, as_of=uow.now)
        assert topic.export(uow, "U1") == [{"group": "@design"}]
        assert topic.export(uow, "U3") == []
        assert topic.erase(uow, "U1") == 1
        assert topic.export(uow, "U1") == []
    assert _members(bot.database) == {"U2"}
    assert _members(bot.database, team_id="T2") == {"U1", "U2"}, "another workspace's stay"


def test_a_group_that_nobody_mentions_is_forgotten_after_a_month(
    bot: Bot, clock: StoppedClock, topic: Kept
) -> None:
    with bot.begin("T1", during="job") as uow:
        groups.save(uow.session, "T1", DESIGN, as_of=uow.now)
        groups.save(uow.session, "T2", DESIGN, as_of=uow.now)
    for days, left in [(30, {"U1", "U2"}), (1, set())]:
        clock.advance(timedelta(days=days))
        with bot.begin("T1", during="job") as uow:
            purge_one(uow, topic, 0)
        assert _members(bot.database) == left
    assert _members(bot.database, team_id="T2") == {"U1", "U2"}
