"""When Slack is not well: it is left alone, a probe tells when that is over, nothing is lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.client import HTTPException
from threading import Barrier, Thread
from typing import Any, Final

import pytest

from bot.core import breakers, standing
from bot.core.blocks import Message
from bot.core.breakers import FIRST_REST, LONGEST_REST, TRIPS_AFTER
from bot.core.db import Database
from bot.core.errors import SlackAtRest, SlackDown, SlackOutcomeUnknown
from bot.core.events import MessageSlowed
from bot.core.queue import State
from bot.core.render import mrkdwn
from bot.playground.app import BOT_TOKEN
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.slack.directory import Directory, remember
from bot.slack.gateway import Gateway, _translate
from bot.slack.sender import Sender
from tests.support.desk import CHANNEL, MARGIN, TEAM, TIMEOUT, Desk, posted
from tests.support.one_token import OneToken

OTHER: Final = "T0OTHER00"
STORM: Final = 1_000_000
PRIYA: Final = "U0PRIYA00"
HALF_AN_HOUR: Final = timedelta(minutes=30)


@pytest.fixture
def desk(database: Database, server: LocalSlackServer) -> Desk:
    return Desk(database, server)


@pytest.fixture
def slack(slack: LocalSlackClient) -> Iterator[LocalSlackClient]:
    yield slack
    slack.faults()


def _storm(slack: LocalSlackClient, **fault: Any) -> None:
    slack.faults(methods=[{"method": "*", "times": STORM, **fault}])


def _calls(slack: LocalSlackClient) -> int:
    return len([each for each in slack.traffic() if "." in each["what"]])


def _pass(desk: Desk, time: timedelta, *, by: timedelta = timedelta(seconds=10)) -> None:
    """Lets time pass as it does: a sender looks again and again."""
    while time > timedelta():
        desk.work(3)
        desk.pass_time(by)
        time -= by


def _states(desk: Desk, keys: list[str]) -> set[str]:
    return {desk.row(key).state for key in keys}


@pytest.mark.slow
@pytest.mark.parametrize("status", [500, 503])
def test_f16_half_an_hour_of_errors_is_borne_with_a_few_calls_and_drains_to_nothing(
    desk: Desk, slack: LocalSlackClient, status: int
) -> None:
    keys = [f"post {number}" for number in range(40)]
    for number, key in enumerate(keys):
        desk.queue(key, CHANNEL if number % 2 else "C0INFRA00")
    _storm(slack, status=status)
    before = _calls(slack)
    _pass(desk, HALF_AN_HOUR)
    asked = _calls(slack) - before
    most = TRIPS_AFTER + 5 + HALF_AN_HOUR // LONGEST_REST
    assert asked <= most, "one probe at a time, ever more seldom"
    slack.faults()
    _pass(desk, LONGEST_REST + timedelta(minutes=2))
    assert _states(desk, keys) == {State.DONE}
    said = [text for text in posted(slack) if text in keys]
    assert sorted(said) == sorted(keys), "each once"
    for own in (keys[::2], keys[1::2]):
        assert [text for text in said if text in own] == own, "each channel in its order"
    with desk.bot.database.reading() as session:
        assert breakers.unwell(session) == {}
    print(f"F16 {desk.bot.database.dialect} {status}: {asked} calls in half an hour")  # noqa: T201


def test_f16_a_refused_connection_is_slack_not_being_well(desk: Desk) -> None:
    nowhere = Gateway(
        "http://127.0.0.1:1/api/", OneToken(BOT_TOKEN), timeout=TIMEOUT, time_zone="UTC"
    )
    lonely = Sender(desk.bot, nowhere, margin=MARGIN)
    for number in range(10):
        desk.queue(f"{number}", f"C0NOSUCH{number}")
    for _ in range(20):
        lonely.step()
    tried = [desk.row(f"{number}").attempts for number in range(10)]
    assert sum(tried) == TRIPS_AFTER
    with desk.bot.database.reading() as session:
        [stands] = standing.every(session, desk.bot)
    assert stands.state.startswith("Slack is not well since")
    assert stands.state.endswith("(ConnectionRefusedError)")
    assert [found.about for found in standing.look_over(desk.bot)] == [f"Slack for {TEAM}"]


def test_f16_other_workspaces_are_not_held_up_and_every_process_sees_the_rest(
    desk: Desk, slack: LocalSlackClient
) -> None:
    remember(desk.bot, replace(desk.gateway.identify(BOT_TOKEN), team_id=OTHER))
    with desk.bot.database.transaction() as session:
        for _ in range(TRIPS_AFTER):
            breakers.note(session, TEAM, SlackDown("http 503"), now=desk.machine.now())
    desk.queue("ours")
    with desk.bot.begin(OTHER, during="job") as uow:
        uow.outbox.post("theirs", CHANNEL, Message(mrkdwn("theirs")))
    elsewhere = Sender(desk.bot, desk.gateway, margin=MARGIN)
    for sender in (elsewhere, desk.sender):
        for _ in range(3):
            sender.step()
    assert posted(slack) == ["theirs"]
    assert desk.row("ours").attempts == 0
    directory = Directory(desk.bot, desk.gateway)
    with pytest.raises(SlackAtRest):
        directory.ensure_known(TEAM, [PRIYA])
    desk.pass_time(FIRST_REST + timedelta(seconds=1))
    directory.ensure_known(TEAM, [PRIYA])
    desk.work(2)
    assert posted(slack) == ["theirs", "ours"], "what asks may be the probe, too"


def test_f16_after_a_rest_one_of_many_makes_the_probe(desk: Desk) -> None:
    now = desk.machine.now()
    with desk.bot.database.transaction() as session:
        for _ in range(TRIPS_AFTER):
            breakers.note(session, TEAM, SlackDown("http 503"), now=now)
    later, entered = now + FIRST_REST, list[bool]()
    start = Barrier(8)

    def enter() -> None:
        start.wait()
        with desk.bot.database.transaction() as session:
            until = breakers.enter(session, TEAM, now=later, patience=TIMEOUT)
        entered.append(until is None)

    threads = [Thread(target=enter) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(entered) == [False] * 7 + [True]
    with desk.bot.database.transaction() as session:
        again = breakers.enter(session, TEAM, now=later + TIMEOUT, patience=TIMEOUT)
    assert again is None, "whoever made it died, so the next one does"


def test_f16_what_is_wrong_with_one_call_is_not_slack_being_down(
    desk: Desk, slack: LocalSlackClient
) -> None:
    slack.faults(
        methods=[{"method": "chat.postMessage", "error": "internal_error", "times": STORM}]
    )
    for number in range(8):
        desk.queue(f"{number}", f"C0NOSUCH{number}")
    desk.work()
    with desk.bot.database.reading() as session:
        assert breakers.unwell(session) == {}
    assert type(_translate(ValueError())) is SlackOutcomeUnknown
    assert type(_translate(HTTPException())) is SlackDown


@pytest.mark.slow
def test_f14_a_storm_of_429_in_one_workspace_leaves_others_pages_and_order_alone(
    desk: Desk, slack: LocalSlackClient
) -> None:
    remember(desk.bot, replace(desk.gateway.identify(BOT_TOKEN), team_id=OTHER))
    slowed: list[str] = []
    desk.bot.on(MessageSlowed, lambda event, _uow: slowed.append(event.key))
    keys = [f"post {number}" for number in range(4)]
    for key in keys:
        desk.queue(key)
    desk.whisper("hint", minutes=60)
    with desk.bot.begin(TEAM, during="job") as uow:
        uow.outbox.publish_home("U0TOM0000", {"type": "home", "blocks": []})
    desk.queue("page", PRIYA, urgency="page")
    _storm(slack, status=429, retry_after="30")
    before = _calls(slack)
    desk.work()
    assert slowed == ["page"], "whoever pages is told at once"
    with desk.bot.database.reading() as session:
        assert TEAM in breakers.every(session), "every method has to rest: so has all of it"
    _pass(desk, timedelta(minutes=5))
    asked = _calls(slack) - before
    assert asked <= 3 + 2 * 10, "one probe, and the page, in each pause that Slack asked for"
    slack.faults()
    with desk.bot.begin(OTHER, during="job") as uow:
        uow.outbox.post("theirs", CHANNEL, Message(mrkdwn("theirs")))
    desk.work(3)
    assert "theirs" in posted(slack)
    _pass(desk, LONGEST_REST)
    said = posted(slack)
    assert said.index("page") < said.index(keys[0]), "first when it is over"
    assert [text for text in said if text in keys] == keys
    print(f"F14 {desk.bot.database.dialect}: {asked} calls in five minutes")  # noqa: T201


def test_f14_a_pause_of_one_method_is_not_one_of_the_workspace(
    desk: Desk, slack: LocalSlackClient
) -> None:
    fault = {"method": "chat.postMessage", "status": 429, "retry_after": "30", "times": 5}
    slack.faults(methods=[fault])
    for number in range(5):
        desk.queue(f"{number}", f"C0NOSUCH{number}")
        desk.work(3)
        desk.pass_time(timedelta(seconds=31))
    with desk.bot.database.reading() as session:
        assert breakers.unwell(session) == {}


def test_f16_a_page_is_tried_while_all_else_rests_and_ends_the_rest(
    desk: Desk, slack: LocalSlackClient
) -> None:
    for number in range(6):
        desk.queue(f"{number}", f"C0NOSUCH{number}")
    _storm(slack, status=503)
    _pass(desk, timedelta(minutes=5))
    desk.queue("page", PRIYA, urgency="page")
    desk.work(1)
    assert desk.row("page").attempts == 1, "at once"
    slack.faults()
    _pass(desk, timedelta(seconds=30))
    assert posted(slack)[0] == "page"
    with desk.bot.database.reading() as session:
        assert breakers.unwell(session) == {}, "Slack answered"


def test_f35_the_settings_token_that_slack_refuses_rests_and_is_looked_at_again(
    desk: Desk, slack: LocalSlackClient
) -> None:
    for number in range(20):
        desk.queue(f"{number}", f"C0NOSUCH{number}")
    _storm(slack, error="token_expired")
    before = _calls(slack)
    _pass(desk, timedelta(minutes=10))
    asked = _calls(slack) - before
    assert asked <= 12, "not once for each that waits, and ever more seldom"
    assert _states(desk, [f"{number}" for number in range(20)]) == {State.READY}
    slack.faults()
    _pass(desk, LONGEST_REST + timedelta(seconds=30))
    assert State.READY not in _states(desk, [f"{number}" for number in range(20)])
