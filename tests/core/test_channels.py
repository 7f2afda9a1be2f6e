"""Who is in a channel: the newest news counts, in whatever order it arrives."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from bot.core import channels
from bot.core.channels import Channel
from bot.core.db import Database

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
