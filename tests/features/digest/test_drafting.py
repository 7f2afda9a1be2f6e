"""What is drafted of a workspace's talk, for how many readers, and by how many calls."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.core import channels, people
from bot.core.agreement.changing import Change
from bot.core.agreement.setting import person_scope
from bot.core.attention import OFF
from bot.core.bot import Bot
from bot.core.channels import Channel
from bot.core.clock import StoppedClock
from bot.core.people import Account
from bot.features.digest import jobs
from bot.features.digest.models import DigestScheduleRow, DigestSliceRow
from bot.features.digest.queries import slices as queries
from bot.features.digest.rules.slices import KEPT, SliceState
from tests.support.messages_api import MessagesApi, lines, quoting, sent_in, status
from tests.support.small_teams import (
    AHEAD,
    BATON,
    CHANNEL,
    EVENING,
    GIVEN_UP,
    NINE,
    READER,
    house,
    message,
    open_team,
    send_all,
)

TEAM = "T1"
ZONES = (
    "Asia/Tokyo", "Asia/Kolkata", "Europe/Berlin", "America/Sao_Paulo", "America/New_York",
    "America/Los_Angeles",
)  # fmt: skip


@pytest.fixture
def api() -> Iterator[MessagesApi]:
    with MessagesApi(quoting) as running:
        yield running


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(AHEAD)


@pytest.fixture
def bot(sqlite_url: str, api: MessagesApi, clock: StoppedClock) -> Iterator[Bot]:
    made = house(sqlite_url, api, clock)
    yield made
    made.database.close()


def _texts(api: MessagesApi) -> list[list[str]]:
    """What each call read."""
    return [[row["text"] for row in sent_in(entry["body"])] for entry in api.journal]


def _slices(bot: Bot) -> list[DigestSliceRow]:
    with bot.reading() as (session, _):
        return list(session.scalars(select(DigestSliceRow).order_by(DigestSliceRow.covers_from)))


@pytest.mark.slow
def test_readers_of_six_zones_cost_each_word_one_call(
    bot: Bot, api: MessagesApi, clock: StoppedClock
) -> None:
    start = datetime(2026, 10, 6, 12, 0, tzinfo=UTC)
    with bot.database.transaction() as session:
        open_team(session, TEAM, [])
        mornings = []
        for number, zone in enumerate(ZONES):
            user_id = f"U0ZONE{number}"
            people.save(session, TEAM, Account(user_id, zone, zone, is_member=True), now=EVENING)
            channels.note_member(session, TEAM, CHANNEL, user_id, is_member=True, as_of=EVENING)
            nine = datetime(2026, 10, 7, 9, 0, tzinfo=ZoneInfo(zone)).astimezone(UTC)
            session.add(DigestScheduleRow(team_id=TEAM, user_id=user_id, next_at=nine))
            mornings.append(nine)
        texts = [f"Message number {number} about the valve." for number in range(29)]
        for number, text in enumerate(texts):
            at = start + timedelta(hours=number)
            session.add(message(TEAM, "U0MEI00000", text, at))
    for nine in sorted(mornings):
        clock.set(nine - timedelta(minutes=20))
        jobs.draft_ahead(bot)
        clock.set(nine)
        jobs.send_due(bot)
    read = [text for call in _texts(api) for text in call]
    assert len(read) == len(set(read)), "nothing was read twice"
    assert len(api.journal) <= len(ZONES) + 1
    stretches = [(row.covers_from, row.told_until) for row in _slices(bot)]
    assert all(a[1] <= b[0] for a, b in pairwise(stretches))


def test_what_no_model_reads(bot: Bot, api: MessagesApi) -> None:
    off = "U0OFF00000"
    said = [
        ("U0MEI00000", "The valve is open again."),
        (off, "CANARY of somebody who is left alone."),
        ("U0MEI00000", f"<@{BATON}> log this: CANARY to Baton."),
        ("U0MEI00000", ""),
        ("U0MEI00000", "CANARY " * 4_000),
    ]
    with bot.database.transaction() as session:
        open_team(session, TEAM, said)
        open_team(session, "T2", [("U0MEI00000", "CANARY of a cat.")], name="random")
        open_team(session, "T3", [("U0MEI00000", "Hi!"), ("U0TOM00000", "hello")])
    with bot.begin(TEAM, during="job") as uow:
        bot.change_settings(uow, [Change(OFF, person_scope(off), after=True)], by=off)
    jobs.draft_ahead(bot)
    assert _texts(api) == [["The valve is open again."]]


def test_a_draft_says_which_prompt_it_was_asked_with(bot: Bot) -> None:
    with bot.database.transaction() as session:
        open_team(session, TEAM, [("U0MEI00000", "The valve is open again.")])
    jobs.draft_ahead(bot)
    with bot.begin(TEAM, during="job") as uow:
        told = queries.drafted(uow, CHANNEL, EVENING)
    assert told is not None
    assert told.prompt == "digest/channel v2"


def test_what_failed_is_tried_again_for_the_readers_of_an_hour_later(
    bot: Bot, api: MessagesApi, clock: StoppedClock
) -> None:
    with bot.database.transaction() as session:
        open_team(session, TEAM, [("U0MEI00000", "The valve is open again.")])
    api.default = status(500)
    jobs.draft_ahead(bot)
    jobs.draft_ahead(bot)
    assert len(api.journal) == 1
    api.default = quoting
    clock.set(NINE)
    later = NINE + timedelta(minutes=90)
    with bot.database.transaction() as session:
        row = session.get(DigestScheduleRow, (TEAM, READER))
        assert row is not None
        row.next_at = later
    clock.set(later - timedelta(minutes=20))
    jobs.draft_ahead(bot)
    assert [row.state for row in _slices(bot)] == [SliceState.DRAFTED]


def test_nothing_is_asked_for_when_it_could_not_come_in_time(
    bot: Bot, api: MessagesApi, clock: StoppedClock
) -> None:
    with bot.database.transaction() as session:
        open_team(session, TEAM, [("U0MEI00000", "The valve is open again.")])
    clock.set(GIVEN_UP)
    jobs.draft_ahead(bot)
    clock.set(NINE)
    assert "The valve is open again." in send_all(bot)[TEAM]
    assert api.journal == []


@pytest.mark.slow
def test_sixty_channels_are_drafted_side_by_side_and_each_once(bot: Bot, api: MessagesApi) -> None:
    with bot.database.transaction() as session:
        open_team(session, TEAM, [("U0MEI00000", "The valve is open again.")])
        for number in range(60):
            room = Channel(f"C{number:08}", f"team-{number}", is_private=False, is_member=True)
            channels.save(session, TEAM, room, [READER, "U0MEI00000"], as_of=EVENING)
            said = message(TEAM, "U0MEI00000", f"News of room {number}, all is well.", EVENING)
            said.channel_id = room.channel_id
            session.add(said)
    jobs.draft_ahead(bot)
    assert len(api.journal) == 61
    assert {row.state for row in _slices(bot)} == {SliceState.DRAFTED}


def test_worded_talk_is_kept_for_four_days(bot: Bot, clock: StoppedClock) -> None:
    with bot.database.transaction() as session:
        open_team(session, TEAM, [("U0MEI00000", "The valve is open again.")])
    jobs.draft_ahead(bot)
    (kept,) = [each for each in bot.kept if each.name == "worded talk"]
    assert kept.purge is not None
    clock.advance(KEPT)
    with bot.begin(TEAM, during="job") as uow:
        assert kept.purge(uow, 30) == 0
    clock.advance(timedelta(seconds=1))
    with bot.begin(TEAM, during="job") as uow:
        assert kept.purge(uow, 30) == 1


def test_no_line_of_a_draft_without_news_hides_what_was_said(
    bot: Bot, api: MessagesApi, clock: StoppedClock
) -> None:
    """A message that reaches Baton after the slice of its time was cut is told literally."""
    with bot.database.transaction() as session:
        open_team(session, TEAM, [("U0MEI00000", "The valve is open again.")])
    api.default = lines()
    jobs.draft_ahead(bot)
    with bot.database.transaction() as session:
        late = message(TEAM, "U0MEI00000", "This came late.", EVENING + timedelta(minutes=9))
        session.add(late)
    clock.set(NINE)
    assert "This came late." in send_all(bot)[TEAM]
