"""Reading the history: within Slack's limits, by whichever process, and each message once."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from urllib.parse import parse_qs

import pytest
from sqlalchemy import select

from bot.core import breakers, gaps
from bot.core.db import Database
from bot.core.errors import SlackDown
from bot.core.gaps import Gap, GapRow, Why
from bot.core.inbox import InboxRow
from bot.core.queue import State
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.slack.backfill import DISTRIBUTED, INTERNAL, Backfill, HistoryLimit
from bot.slack.directory import Directory
from tests.support.desk import TEAM, Desk

METHODS: Final = ("conversations.history", "conversations.replies")
MINUTE: Final = timedelta(minutes=1)


class Reader:
    """Processes that read what is missing, each step another one's, while events are dealt with."""

    def __init__(self, desk: Desk, slack: LocalSlackClient) -> None:
        self.desk, self.slack, self.bot = desk, slack, desk.bot
        directory = Directory(desk.bot, desk.gateway)
        directory.discover(TEAM)
        directory.sync_channels(desk.bot)
        self.since = desk.bot.clock.now()
        self.read: list[str] = []

    def gap(self) -> None:
        now, machine_now = self.bot.clock.now() + timedelta(seconds=1), self.desk.machine.now()
        with self.bot.database.transaction() as session:
            gap = Gap(self.since, now, Why.OUTAGE)
            gaps.note(session, TEAM, gap, now=now, machine_now=machine_now)
        self.desk.pass_time(gaps.SETTLES_IN)

    def step(self, limit: HistoryLimit = INTERNAL) -> bool:
        was_any = Backfill(self.bot, self.desk.gateway, limit).step()
        with self.bot.database.transaction() as session:
            ready = InboxRow.state == State.READY
            for row in session.scalars(select(InboxRow).where(ready).order_by(InboxRow.id)):
                self.read.append(json.loads(row.body or b"")["event"]["text"])
                row.state = State.DONE
        return was_any

    def fill(self, limit: HistoryLimit = INTERNAL) -> int:
        """Reads until the gap is closed; returns how many minutes that took."""
        for minutes in range(200):
            while self.step(limit):
                pass
            if self.row().state == State.DONE:
                return minutes
            self.desk.machine.advance(MINUTE)
        raise AssertionError(self.row().left)

    def row(self) -> GapRow:
        with self.bot.database.reading() as session:
            return session.scalars(select(GapRow)).one()

    def calls(self) -> list[tuple[str, str]]:
        calls = [each for each in self.slack.traffic() if each["what"] in METHODS]
        return [(each["what"], each["detail"]["form"]) for each in calls]


@pytest.fixture
def reader(
    database: Database, server: LocalSlackServer, slack: LocalSlackClient
) -> Iterator[Reader]:
    yield Reader(Desk(database, server, timeout=timedelta(seconds=5)), slack)
    slack.faults()


def test_f33_the_history_is_read_a_page_of_15_a_minute_and_nothing_is_left_out(
    reader: Reader,
) -> None:
    said = [f"message {number}" for number in range(40)]
    mei = reader.slack.person("Mei")
    for text in said:
        mei.says("#infra", text)
    root = mei.says("#web-relaunch", "root")
    replies = [f"reply {number}" for number in range(20)]
    for text in replies:
        mei.says("#web-relaunch", text, reply_to=root)
    reader.gap()
    minutes = reader.fill(DISTRIBUTED)
    assert Counter(reader.read) == Counter([*said, "root", *replies])
    for method in METHODS:
        of_method = [detail for what, detail in reader.calls() if what == method]
        assert len(of_method) <= minutes + 1, "no more than one a minute"
    assert minutes < 20


def test_f33_fifty_a_minute_where_slack_gives_so_much(reader: Reader) -> None:
    mei = reader.slack.person("Mei")
    for number in range(40):
        mei.says("#infra", f"message {number}")
    reader.gap()
    assert reader.fill(INTERNAL) == 0
    assert len(reader.read) == 40


def test_a_thread_that_began_before_the_gap_is_read_where_it_went_on(reader: Reader) -> None:
    mei = reader.slack.person("Mei")
    root = mei.says("#infra", "root")
    mei.says("#infra", "early", reply_to=root)
    reader.slack.advance(timedelta(minutes=30))
    reader.since = reader.bot.clock.now()
    mei.says("#infra", "late", reply_to=root)
    reader.gap()
    reader.fill()
    assert reader.read == ["late"]


def test_what_the_bot_said_itself_is_not_news(reader: Reader) -> None:
    reader.desk.queue("ours")
    reader.desk.work()
    reader.gap()
    reader.fill()
    assert reader.read == []


def test_a_process_that_dies_on_the_way_is_followed_by_another(reader: Reader) -> None:
    mei = reader.slack.person("Mei")
    for number in range(40):
        mei.says("#infra", f"message {number}")
    reader.gap()
    assert Backfill(reader.bot, reader.desk.gateway, INTERNAL)._claim() is not None  # it died
    assert not reader.step()
    reader.desk.machine.advance(timedelta(minutes=3))
    reader.fill()
    assert len(reader.read) == len(set(reader.read)) == 40


def test_a_channel_that_slack_does_not_tell_of_holds_up_no_other(reader: Reader) -> None:
    reader.slack.person("Mei").says("#web-relaunch", "here")
    fault = {"method": "conversations.history", "error": "channel_not_found", "times": 1}
    reader.slack.faults(methods=[fault])
    reader.gap()
    reader.fill()
    assert reader.row().state == State.DONE


@pytest.mark.slow
@pytest.mark.parametrize("code", ["ekm_access_denied", "missing_scope", "accesslimited"])
def test_f33_a_gap_of_which_slack_does_not_tell_all_stays_known(reader: Reader, code: str) -> None:
    reader.slack.person("Mei").says("#web-relaunch", "here")
    reader.slack.person("Mei").says("#infra", "there")
    fault = {"method": "conversations.history", "error": code, "times": 1}
    reader.slack.faults(methods=[fault])
    reader.gap()
    while reader.step():
        pass
    assert len(reader.read) == 1, "the other channel"
    assert reader.row().state == State.DROPPED
    with reader.bot.database.reading() as session:
        assert gaps.open_between(session, TEAM, reader.since, reader.bot.clock.now())


def test_a_way_to_the_next_page_that_slack_forgot_is_begun_once_more(reader: Reader) -> None:
    mei = reader.slack.person("Mei")
    for number in range(20):
        mei.says("#infra", f"message {number}")
    reader.gap()
    while not (reader.row().left or [{}])[0].get("cursor"):
        reader.step(DISTRIBUTED)
        reader.desk.machine.advance(MINUTE)
    fault = {"method": "conversations.history", "error": "invalid_cursor"}
    reader.slack.faults(methods=[fault])
    reader.fill(DISTRIBUTED)
    assert len(reader.read) == len(set(reader.read)) == 20


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429, "retry_after": "60"},
        {"status": 503},
        {"error": "invalid_auth"},
        {"error": "team_added_to_org"},
        {"error": "org_login_required"},
    ],
)
def test_f33_what_keeps_slack_from_telling_leaves_the_gap_open(
    reader: Reader, fault: dict[str, object]
) -> None:
    reader.slack.person("Mei").says("#infra", "here")
    reader.slack.faults(methods=[{"method": "conversations.history", "times": 1, **fault}])
    reader.gap()
    assert reader.step()
    assert not reader.step()
    assert reader.row().state == State.READY
    assert reader.fill() >= 1
    assert reader.read == ["here"]


def test_f33_reading_waits_for_all_that_matters_more(reader: Reader) -> None:
    reader.slack.person("Mei").says("#infra", "here")
    reader.slack.faults(methods=[{"method": "chat.postMessage", "lose_answer": True}])
    reader.desk.queue("lost")
    reader.desk.work()
    reader.gap()
    reader.desk.pass_time()
    assert not reader.step(), "a post has to be looked up by the same method"
    reader.desk.work()
    reader.desk.pass_time(timedelta(seconds=10))
    assert reader.step()
    with reader.bot.database.transaction() as session:
        for _ in range(breakers.TRIPS_AFTER):
            breakers.note(session, TEAM, SlackDown("http 503"), now=reader.desk.machine.now())
    assert not reader.step(), "Slack is not well"


def test_what_is_asked_names_the_time_and_the_page(reader: Reader) -> None:
    reader.gap()
    reader.step(DISTRIBUTED)
    [(what, form)] = reader.calls()
    given = {name: values[0] for name, values in parse_qs(form).items()}
    assert what == "conversations.history"
    assert (given["limit"], given["inclusive"]) == ("15", "1")
    looked_back = float(given["latest"]) - float(given["oldest"])
    assert looked_back >= DISTRIBUTED.looks_back.total_seconds()
