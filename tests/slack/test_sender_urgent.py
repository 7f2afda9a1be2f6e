"""What is urgent when Slack is slow: a way of its own, and whoever queued it is told; on both."""

from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from bot.core import dead_letters
from bot.core.blocks import Message
from bot.core.clock import monotonic
from bot.core.db import Database
from bot.core.events import MessageNotSent, MessageSlowed
from bot.core.queue import State
from bot.core.rate_limits import OTHERS, PER_METHOD, SHARES
from bot.core.render import mrkdwn
from bot.core.worker import Worker
from bot.playground.app import BOT_TOKEN
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.slack.directory import remember
from tests.support.desk import CHANNEL, TEAM, Desk, posted

PRIYA, ANA = "U0PRIYA00", "U0ANA0000"
POST = "chat.postMessage"
POSTS = PER_METHOD[POST]
STUCK = timedelta(seconds=2)


class Watch:
    """A desk whose urgent messages are looked after: who is told what."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.slowed: list[str] = []
        self.given_up: list[str] = []
        desk.bot.on(MessageSlowed, lambda event, _uow: self.slowed.append(event.key))
        desk.bot.on(MessageNotSent, lambda event, _uow: self.given_up.append(event.key))

    def page(self, key: str, user_id: str = PRIYA, **more: Any) -> None:
        self.desk.queue(key, user_id, urgency="page", **more)

    def cancel(self, *keys: str) -> int:
        with self.desk.bot.begin(TEAM, during="job") as uow:
            return uow.outbox.cancel(keys)


@pytest.fixture
def desk(database: Database, server: LocalSlackServer) -> Desk:
    return Desk(database, server)


@pytest.fixture
def watch(desk: Desk) -> Watch:
    return Watch(desk)


@pytest.mark.slow
def test_four_senders_in_slow_calls_hold_up_no_page(
    database: Database, server: LocalSlackServer, slack: LocalSlackClient
) -> None:
    desk = Desk(database, server, timeout=STUCK)
    slack.faults(methods=[{"method": POST, "delay": STUCK.total_seconds(), "times": 4}])
    slow = [f"slow {number}" for number in range(4)]
    for number, key in enumerate(slow):
        desk.queue(key, f"C0NOSUCH{number}")
    general = Worker("sender", desk.sender.step, wake=Event(), threads=4)
    urgent = Worker("urgent", desk.sender.urgent_step, wake=desk.bot.urgent_filled)
    general.start()
    try:
        while [desk.row(key).state for key in slow] != [State.LEASED] * 4:
            Event().wait(0.01)
        urgent.start()
        Watch(desk).page("page")
        assert slack.wait_for(lambda entry: entry.get("text") == "page") is not None
        assert [desk.row(key).state for key in slow] == [State.LEASED] * 4
    finally:
        for worker in (general, urgent):
            worker.stop(monotonic() + 10)


def test_the_urgent_sender_takes_nothing_else(watch: Watch, desk: Desk) -> None:
    desk.queue("other")
    assert not desk.sender.urgent_step()
    watch.page("page")
    assert desk.sender.urgent_step()
    assert (desk.row("page").state, desk.row("other").state) == (State.DONE, State.READY)


def test_what_calls_somebody_goes_before_what_shows_how_a_page_stands(
    watch: Watch, desk: Desk, slack: LocalSlackClient
) -> None:
    desk.queue("card", urgent=True)
    watch.page("page")
    while desk.sender.urgent_step():
        pass
    assert posted(slack) == ["page", "card"]


def test_f14_a_page_that_slack_slows_down_is_told_once_and_goes_first_when_the_pause_is_over(
    watch: Watch, desk: Desk, slack: LocalSlackClient
) -> None:
    slack.faults(methods=[{"method": POST, "status": 429, "retry_after": "30", "times": 2}])
    desk.queue("older")
    watch.page("page")
    desk.work()
    assert watch.slowed == ["page"]
    desk.pass_time(timedelta(seconds=29))
    desk.work()
    assert posted(slack) == []
    desk.pass_time(timedelta(seconds=2))
    desk.work()  # Slack asks for another pause
    desk.pass_time(timedelta(seconds=31))
    desk.work()
    assert posted(slack) == ["page", "older"]
    assert watch.slowed == ["page"], "once"


def test_f14_a_page_that_comes_while_slack_has_asked_for_a_pause_is_told_at_once(
    watch: Watch, desk: Desk, slack: LocalSlackClient
) -> None:
    slack.faults(methods=[{"method": POST, "status": 429, "retry_after": "30"}])
    desk.queue("other")
    desk.work()
    for key, user_id in (("page", PRIYA), ("another", ANA)):
        watch.page(key, user_id)
        desk.work()
    assert watch.slowed == ["page", "another"]
    assert len([call for call in slack.traffic() if call["what"] == POST]) == 1, "none tried"
    desk.pass_time(timedelta(seconds=31))
    desk.work()
    assert posted(slack)[:2] == ["page", "another"]
    assert watch.slowed == ["page", "another"]


def test_f14_a_pause_of_one_workspace_holds_up_no_other(
    watch: Watch, desk: Desk, slack: LocalSlackClient
) -> None:
    other = replace(desk.gateway.identify(BOT_TOKEN), team_id="T0OTHER00")
    remember(desk.bot, other)
    slack.faults(methods=[{"method": POST, "status": 429, "retry_after": "300"}])
    watch.page("page")
    desk.work(2)
    with desk.bot.begin(other.team_id, during="job") as uow:
        uow.outbox.post("theirs", CHANNEL, Message(mrkdwn("theirs")))
        uow.outbox.post_to_person("their page", ANA, Message(mrkdwn("page")), urgency="page")
    desk.work(4)
    assert posted(slack) == ["page", "theirs"], "what is urgent first"
    assert watch.slowed == ["page"]


@pytest.mark.slow
def test_p6_a_page_is_the_first_thing_out_of_a_full_queue(
    watch: Watch, desk: Desk, slack: LocalSlackClient
) -> None:
    with desk.bot.begin(TEAM, during="job") as uow:
        for number in range(2_000):
            who, message = f"U{number:08}", Message(mrkdwn("digest"))
            uow.outbox.post_to_person(f"digest {number}", who, message, urgency="digest")
    watch.page("page")
    assert desk.sender.urgent_step()
    assert posted(slack) == ["page"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault", [{"lose_answer": True}, {"status": 503}, {"error": "token_revoked"}]
)
def test_whatever_keeps_a_page_from_being_out_is_told(
    fault: dict[str, Any], watch: Watch, desk: Desk, slack: LocalSlackClient
) -> None:
    slack.faults(methods=[{"method": POST, **fault}])
    watch.page("page")
    desk.work()
    assert watch.slowed == ["page"]
    for _ in range(5):
        desk.pass_time(timedelta(minutes=1, seconds=1))
        desk.work()
    assert posted(slack) == ["page"]
    assert watch.slowed == ["page"]


@pytest.mark.slow
def test_what_is_not_urgent_leaves_a_tenth_of_the_posts_to_pages(watch: Watch, desk: Desk) -> None:
    for number in range(30):
        desk.queue(f"other {number}", f"C0NOSUCH{number}")
    desk.work(60)
    tried = [number for number in range(30) if desk.row(f"other {number}").attempts]
    assert len(tried) == SHARES[OTHERS].burst == POSTS.burst - 2
    watch.page("page", PRIYA)
    watch.page("another", ANA)
    desk.work(4)
    assert desk.row("page").state == desk.row("another").state == State.DONE
    assert watch.slowed == []


def test_two_pages_to_one_person_do_not_wait_for_each_other(
    watch: Watch, desk: Desk, slack: LocalSlackClient
) -> None:
    slack.faults(methods=[{"method": POST, "lose_answer": True}])
    watch.page("page")
    watch.page("another")
    desk.work()
    assert desk.row("page").state == State.UNKNOWN
    assert desk.row("another").state == State.DONE


def test_what_stands_under_a_page_waits_for_it(
    watch: Watch, desk: Desk, slack: LocalSlackClient
) -> None:
    slack.faults(methods=[{"method": POST, "status": 429, "retry_after": "1"}])
    watch.page("page")
    watch.page("more", under="page")
    desk.work()
    desk.pass_time(timedelta(seconds=3))
    desk.work()
    assert posted(slack) == ["page", "more"]


def test_a_page_that_was_taken_back_before_it_was_begun_is_not_sent(
    watch: Watch, desk: Desk, slack: LocalSlackClient
) -> None:
    watch.page("page")
    assert watch.cancel("page") == 1
    desk.work()
    assert posted(slack) == []
    assert desk.row("page").payload == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429, "retry_after": "1"},
        {"status": 503},
        {"error": "token_revoked"},
        {"lose_answer": True},
        {"error": "is_archived"},
    ],
)
def test_a_page_that_was_taken_back_while_it_was_on_its_way_is_not_sent_again(
    fault: dict[str, Any], watch: Watch, desk: Desk, slack: LocalSlackClient
) -> None:
    slack.faults(methods=[{"method": POST, **fault}])
    watch.page("page")
    claim = desk.sender._claim()
    assert claim is not None
    assert watch.cancel("page") == 0
    desk.sender._send(*claim)
    for _ in range(5):
        desk.pass_time(timedelta(minutes=1, seconds=1))
        desk.work()
    arrived = fault.get("lose_answer", False)
    assert posted(slack) == (["page"] if arrived else []), "the fault is used up"
    assert watch.given_up == []
    assert desk.row("page").state == (State.DONE if arrived else State.DROPPED)


def test_a_page_that_was_taken_back_after_its_sender_died_is_not_sent(
    watch: Watch, desk: Desk, slack: LocalSlackClient
) -> None:
    watch.page("page")
    assert desk.sender._claim() is not None  # and here it died
    watch.cancel("page")
    for _ in range(3):
        desk.pass_time()
        desk.work()
    assert posted(slack) == []
    assert desk.row("page").state == State.DROPPED


def test_a_page_that_nobody_wants_any_more_is_no_dead_letter(
    watch: Watch, desk: Desk, slack: LocalSlackClient
) -> None:
    slack.faults(methods=[{"method": POST, "status": 503, "times": 1_000}])
    watch.page("page")
    desk.work()
    watch.cancel("page")
    slack.advance(timedelta(minutes=6))
    desk.pass_time()
    desk.work()
    assert desk.row("page").state == State.DROPPED
    assert watch.given_up == []


def test_a_page_that_was_given_up_and_then_taken_back_is_not_replayed(
    watch: Watch, desk: Desk, slack: LocalSlackClient
) -> None:
    slack.faults(methods=[{"method": POST, "error": "is_archived"}])
    watch.page("page")
    desk.work()
    watch.cancel("page")
    with desk.bot.database.transaction() as session:
        dead_letters.replay(session, str(desk.row("page").id), now=desk.machine.now())
    for _ in range(3):
        desk.work()
        desk.pass_time()
    assert watch.given_up == ["page"]
    assert posted(slack) == []
