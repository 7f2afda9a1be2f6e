"""Who is in a channel: the newest news counts, in whatever order it arrives."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from sqlalchemy import update

from bot.core import channels, people, workspaces
from bot.core.channels import Channel
from bot.core.db import Database
from bot.core.people import Account
from bot.core.workspaces import Workspace, WorkspaceRow

START = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
PLACE = ("T1", "C1")
LEADS = Channel("C1", "leads", is_private=True, is_member=True)


def test_joins_and_leaves_count_by_their_own_time(database: Database) -> None:
    news = [(START + timedelta(minutes=n), bool(n % 2)) for n in range(4)]  # in at last
    for number, order in enumerate(permutations(news)):
        user = f"U{number}"
        with database.transaction() as session:
            for as_of, is_member in order:
                channels.note_member(session, *PLACE, user, is_member=is_member, as_of=as_of)
            assert channels.has_member(session, *PLACE, user)


def test_what_slack_said_later_outweighs_an_event_that_was_late(database: Database) -> None:
    later = START + timedelta(minutes=5)
    with database.transaction() as session:
        channels.save(session, "T1", LEADS, ["U1"], as_of=START)
        channels.save(session, "T1", LEADS, ["U2"], as_of=later)
        channels.note_member(session, *PLACE, "U1", is_member=True, as_of=START)
        assert not channels.has_member(session, *PLACE, "U1")
        channels.note_member(session, *PLACE, "U2", is_member=False, as_of=later)
        assert not channels.has_member(session, *PLACE, "U2")


def test_an_event_that_is_newer_than_what_slack_said_outweighs_it(database: Database) -> None:
    with database.transaction() as session:
        left_at = START + timedelta(seconds=1)
        channels.note_member(session, *PLACE, "U1", is_member=False, as_of=left_at)
        channels.save(session, "T1", LEADS, ["U1", "U2"], as_of=START)
        assert not channels.has_member(session, *PLACE, "U1")
        assert channels.has_member(session, *PLACE, "U2")


def test_whoever_baton_cannot_follow_any_more_is_in_no_channel(database: Database) -> None:
    with database.transaction() as session:
        channels.save(session, "T1", LEADS, ["U1"], as_of=START)
        channels.forget(session, *PLACE, as_of=START)
        assert not channels.has_member(session, *PLACE, "U1")
        assert channels.shared_with(session, "T1", "U1") == []


def test_a_channel_is_taken_for_shared_until_slack_says_what_it_is(database: Database) -> None:
    everybody = Channel("C1", "all", is_private=False, is_member=True, is_general=True)
    with database.transaction() as session:
        channels.mark_unsynced(session, *PLACE)
        unknown = channels.find(session, *PLACE)
        channels.save(session, "T1", everybody, ["U1"], as_of=START)
        assert channels.find(session, *PLACE) == everybody
    assert unknown is not None
    assert (unknown.is_shared, unknown.is_general) == (True, False)


def _install(database: Database, *team_ids: str) -> None:
    with database.transaction() as session:
        for team_id in team_ids:
            place = Workspace(team_id, team_id, "https://x.slack.com/", "B1", "UBOT", frozenset())
            workspaces.save(session, place, now=START)


def _park(database: Database, team_id: str) -> None:
    with database.transaction() as session:
        session.execute(
            update(WorkspaceRow).where(WorkspaceRow.team_id == team_id).values(parked_at=START)
        )


def _know_little(database: Database, team_id: str, count: int) -> None:
    """So many old accounts, members that were never met, and channels to be asked about."""
    with database.transaction() as session:
        for number in range(count):
            account = Account(f"U{number}", "Ana", "UTC", is_member=True)
            people.save(session, team_id, account, now=START - timedelta(days=9))
            channels.note_member(session, team_id, "C1", f"V{number}", is_member=True, as_of=START)
            channels.mark_unsynced(session, team_id, f"C{number}")


def test_no_workspace_waits_behind_all_that_slack_is_to_be_asked_of_another(
    database: Database,
) -> None:
    _install(database, "T1", "T2")
    _know_little(database, "T1", 30)
    _know_little(database, "T2", 2)
    with database.reading() as session:
        due = (
            people.stale(session, now=START, limit=4),
            channels.unmet(session, limit=4),
            channels.unsynced(session, limit=4),
        )
    assert [[team_id for team_id, _ in found].count("T2") for found in due] == [2, 2, 2]
    assert [len(set(found)) for found in due] == [4, 4, 4]


def test_slack_is_asked_nothing_of_a_workspace_whose_token_it_refuses(database: Database) -> None:
    _install(database, "T1", "T2")
    _know_little(database, "T1", 3)
    _know_little(database, "T2", 3)
    _park(database, "T1")
    with database.reading() as session:
        due = (
            *people.stale(session, now=START, limit=9),
            *channels.unmet(session, limit=9),
            *channels.unsynced(session, limit=9),
        )
    assert [team_id for team_id, _ in due] == ["T2"] * 9
