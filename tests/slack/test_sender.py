"""The sender: within the limits, each message once, whatever Slack answers; on both databases."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from threading import Event, Thread
from typing import Any, Final
from uuid import UUID

import pytest
from sqlalchemy import text, update

from bot.core import channels, dead_letters, people
from bot.core.blocks import Message
from bot.core.db import Database
from bot.core.errors import LeaseLost, SlackRefused
from bot.core.events import MessageNotSent, MessageSent
from bot.core.outbox import OutboxRow, Sent
from bot.core.queue import State
from bot.core.rate_limits import DIGESTS, OTHERS, SHARES
from bot.core.records import HOUSE
from bot.core.render import mrkdwn
from bot.core.unit_of_work import UnitOfWork
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.slack.gateway import Gateway
from bot.slack.sender import Sender
from tests.support.desk import CHANNEL, MARGIN, PATIENCE, TEAM, Desk, posted

TOLD: Final = "U0TOM0000 decides"
PATIENCE_OF_A_TEST: Final = 30.0  # seconds


@pytest.fixture
def desk(database: Database, server: LocalSlackServer) -> Desk:
    return Desk(database, server)


def test_a_message_is_posted_and_where_it_stands_is_kept(
    desk: Desk, slack: LocalSlackClient
) -> None:
    desk.queue("one")
    desk.work()
    row = desk.row("one")
    assert posted(slack) == ["one"]
    assert (row.state, row.sent_channel) == (State.DONE, CHANNEL)
    assert row.payload == {}, "what was said is not kept twice"


def _waits_in_line(_event: MessageSent, uow: UnitOfWork) -> None:
    uow.session.execute(text("SELECT pg_advisory_xact_lock(7)"))


def test_a_message_is_settled_also_if_somebody_waits_for_it_for_whom_it_waits(
    desk: Desk, slack: LocalSlackClient
) -> None:
    engine = desk.bot.database.engine
    if engine.dialect.name == "sqlite":
        pytest.skip("its writers take turns")
    desk.queue("one")
    desk.bot.on(MessageSent, _waits_in_line)
    sender = Thread(target=desk.sender.step)
    with engine.connect() as other, engine.connect() as observer:
        other.exec_driver_sql("SELECT pg_advisory_xact_lock(7)")
        sender.start()
        waits = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 7 AND NOT granted"
        while not observer.exec_driver_sql(waits).all():
            assert sender.is_alive(), "it waits for nobody"
            observer.rollback()
        other.execute(update(OutboxRow).values(looks=None))
        other.commit()
        sender.join()
    assert (desk.row("one").state, posted(slack)) == (State.DONE, ["one"])


@pytest.mark.parametrize("is_known_to_be_out", [True, False])
def test_what_may_be_out_while_somebody_in_it_is_erased_can_be_changed_still(
    desk: Desk, slack: LocalSlackClient, *, is_known_to_be_out: bool
) -> None:
    if not is_known_to_be_out:
        slack.faults(methods=[{"method": "chat.postMessage", "lose_answer": True}])
    desk.queue(TOLD)
    desk.work()
    _erase(desk, "U0TOM0000")
    with desk.bot.begin(TEAM, during="job") as uow:
        assert uow.outbox.revise("later", of=TOLD, message=Message(mrkdwn("nobody does")))
    desk.pass_time()
    desk.work()
    seen = [message["text"] for message in slack.person("Tom").messages(CHANNEL)]
    assert (posted(slack), seen) == ([TOLD], ["nobody does"])


def test_what_did_not_arrive_before_somebody_in_it_was_erased_is_not_sent(
    desk: Desk, slack: LocalSlackClient
) -> None:
    slack.faults(methods=[{"method": "chat.postMessage", "status": 500}])
    desk.queue(TOLD)
    desk.work()
    assert desk.row(TOLD).state == State.UNKNOWN
    _erase(desk, "U0TOM0000")
    for _ in range(3):
        desk.pass_time()
        desk.work()
    row = desk.row(TOLD)
    assert (row.state, row.payload, posted(slack)) == (State.DROPPED, {}, [])


def _erase(desk: Desk, user_id: str) -> None:
    sent = next(kept for kept in HOUSE if kept.name == "sent")
    with desk.bot.begin(TEAM, during="job") as uow:
        sent.erase(uow, user_id)


def test_messages_to_a_channel_keep_their_order(desk: Desk, slack: LocalSlackClient) -> None:
    for number in range(3):
        desk.queue(f"{number}")
    desk.work()
    assert posted(slack) == ["0", "1", "2"]


def test_a_channel_gets_a_burst_and_then_a_message_a_second(
    desk: Desk, slack: LocalSlackClient
) -> None:
    for number in range(5):
        desk.queue(f"{number}")
    desk.work()
    assert len(posted(slack)) == 3
    desk.pass_time(timedelta(seconds=1))
    desk.work()
    assert len(posted(slack)) == 4
    desk.pass_time(timedelta(seconds=1))
    desk.work()
    assert posted(slack) == ["0", "1", "2", "3", "4"]


def test_f14_a_limit_of_slacks_holds_back_its_method_and_nothing_else(
    desk: Desk, slack: LocalSlackClient
) -> None:
    fault = {"method": "chat.postMessage", "status": 429, "retry_after": "30"}
    slack.faults(methods=[fault])
    desk.queue("one")
    desk.queue("two", "C0INFRA00")
    desk.whisper("hint", minutes=5)
    desk.work()
    assert posted(slack) == []
    assert [e["text"] for e in slack.journal() if e["kind"] == "ephemeral"] == ["psst"]
    calls = [each for each in slack.traffic() if each["what"] == "chat.postMessage"]
    assert len(calls) == 1, "the second message did not even try"
    desk.pass_time(timedelta(seconds=31))
    desk.work()
    assert {"one", "two"} == set(posted(slack))


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault",
    [
        {"lose_answer": True},
        {"commit_late": 0.3},
        {"commit_late": 0.3, "delay": 0.6},
        {"status": 500},
        {"body": "<html>"},
        {"error": "internal_error"},
        {"status": 502, "times": 3},
    ],
)
def test_f11_f12_f13_an_unknown_outcome_is_looked_up_and_posted_once(
    fault: dict[str, Any], desk: Desk, slack: LocalSlackClient, server: LocalSlackServer
) -> None:
    slack.faults(methods=[{"method": "chat.postMessage", **fault}])
    desk.queue("one")
    desk.work()
    assert desk.row("one").state == State.UNKNOWN
    desk.work()
    looked = [call for call in slack.traffic() if call["what"] == "conversations.history"]
    assert looked == [], "nothing is asked before the deadline"
    if fault.get("commit_late"):
        assert slack.wait_for(lambda entry: entry["kind"] == "message") is not None
    for _ in range(12):
        desk.pass_time()
        desk.work()
    assert posted(slack) == ["one"]
    assert desk.row("one").state == State.DONE
    assert desk.row("one").sent_ts in server.slack.world.channels[CHANNEL].messages


def _is_missed(desk: Desk) -> None:
    """A lease ran out, and then the time within which its call would have ended."""
    for _ in range(2):
        desk.pass_time()
        desk.work()


def test_f09_a_sender_that_died_before_posting_is_made_good(
    desk: Desk, slack: LocalSlackClient
) -> None:
    desk.queue("one")
    assert desk.sender._claim() is not None  # and here it died
    desk.work()
    assert posted(slack) == []
    _is_missed(desk)
    assert posted(slack) == ["one"]


def test_f10_a_sender_that_died_after_posting_posts_no_second_time(
    desk: Desk, slack: LocalSlackClient
) -> None:
    desk.queue("one")
    claim = desk.sender._claim()
    assert claim is not None
    desk.sender._call(claim[0].row, claim[1])  # and here it died
    _is_missed(desk)
    assert posted(slack) == ["one"]
    assert desk.row("one").state == State.DONE


def test_f25_a_sender_that_froze_cannot_write_over_the_one_that_took_over(desk: Desk) -> None:
    desk.queue("one")
    frozen = desk.sender._claim()
    assert frozen is not None
    _is_missed(desk)
    sent_ts = desk.row("one").sent_ts
    with pytest.raises(LeaseLost):
        desk.sender._settle_error(frozen[0], SlackRefused("late"))
    assert (State.DONE, sent_ts) == (desk.row("one").state, desk.row("one").sent_ts)


def test_f16_slack_down_for_long_loses_nothing(desk: Desk, slack: LocalSlackClient) -> None:
    slack.faults(methods=[{"method": "*", "status": 503, "times": 1_000}])
    desk.queue("one")
    for _ in range(12):
        desk.work(2)
        desk.pass_time(timedelta(minutes=15))
    slack.faults()
    for _ in range(4):
        desk.work()
        desk.pass_time(timedelta(minutes=15))
    assert posted(slack) == ["one"]


@pytest.mark.parametrize("code", ["channel_not_found", "is_archived", "restricted_action"])
def test_f36_what_slack_refuses_is_given_up_with_the_reason(
    code: str, desk: Desk, slack: LocalSlackClient
) -> None:
    slack.faults(methods=[{"method": "chat.postMessage", "error": code}])
    desk.queue("one")
    desk.queue("two")
    desk.work()
    row = desk.row("one")
    assert row.state == State.DEAD
    assert code in str(row.error)
    assert posted(slack) == ["two"], "the next one is not held back"


def test_a_dead_token_keeps_everything_until_there_is_a_new_one(
    desk: Desk, slack: LocalSlackClient
) -> None:
    slack.faults(methods=[{"method": "chat.postMessage", "error": "token_revoked"}])
    desk.queue("one")
    desk.work()
    assert desk.row("one").state == State.READY
    desk.pass_time(timedelta(minutes=1, seconds=1))
    desk.work()
    assert posted(slack) == ["one"]


def test_a_whisper_of_unknown_outcome_is_never_sent_twice(
    desk: Desk, slack: LocalSlackClient
) -> None:
    slack.faults(methods=[{"method": "chat.postEphemeral", "lose_answer": True}])
    desk.whisper("hint", minutes=5)
    for _ in range(3):
        desk.work()
        desk.pass_time()
    assert len([e for e in slack.journal() if e["kind"] == "ephemeral"]) == 1
    assert desk.row("hint").state == State.DROPPED


def test_a_whisper_that_is_too_late_is_dropped(desk: Desk, slack: LocalSlackClient) -> None:
    desk.whisper("hint", minutes=5)
    slack.advance(timedelta(minutes=6))
    desk.work()
    assert desk.row("hint").state == State.DROPPED
    assert [e for e in slack.journal() if e["kind"] == "ephemeral"] == []


def test_a_page_does_not_wait_behind_other_messages_to_the_same_person(
    desk: Desk, slack: LocalSlackClient
) -> None:
    for number in range(5):
        desk.queue(f"{number}", "U0PRIYA00")
    desk.queue("page", "U0PRIYA00", urgency="page")
    desk.sender.step()
    assert posted(slack) == ["page"]


def test_a_revision_changes_the_message_it_belongs_to(desk: Desk, slack: LocalSlackClient) -> None:
    desk.queue("card")
    with desk.bot.begin(TEAM, during="job") as uow:
        uow.outbox.revise("card 2", of="card", message=Message(mrkdwn("changed")))
    desk.work()
    assert [message["text"] for message in slack.person("Tom").messages(CHANNEL)] == ["changed"]


def test_a_revision_of_what_never_went_out_is_dropped(desk: Desk, slack: LocalSlackClient) -> None:
    slack.faults(methods=[{"method": "chat.postMessage", "error": "is_archived"}])
    desk.queue("card")
    with desk.bot.begin(TEAM, during="job") as uow:
        uow.outbox.revise("card 2", of="card", message=Message(mrkdwn("changed")))
    desk.work()
    assert desk.row("card 2").state == State.DROPPED


@pytest.mark.slow
def test_f16_half_an_hour_of_errors_loses_nothing(desk: Desk, slack: LocalSlackClient) -> None:
    slack.faults(methods=[{"method": "chat.postMessage", "status": 503, "times": 1_000}])
    desk.queue("one")
    desk.queue("page", "U0PRIYA00", urgency="page")
    for _ in range(60):
        desk.work(4)
        desk.pass_time(timedelta(seconds=30))
    slack.faults()
    for _ in range(40):
        desk.work(4)
        desk.pass_time(timedelta(seconds=60))
    assert sorted(posted(slack)) == ["one", "page"]


def test_a_replayed_post_that_did_arrive_is_found_and_not_posted_again(
    desk: Desk, slack: LocalSlackClient
) -> None:
    lost = {"method": "chat.postMessage", "lose_answer": True}
    blind = {"method": "conversations.history", "error": "missing_scope", "times": 1}
    slack.faults(methods=[lost, blind])
    desk.queue("one")
    for _ in range(3):
        desk.work()
        desk.pass_time()
    row = desk.row("one")
    assert row.state == State.DEAD
    with desk.bot.database.transaction() as session:
        dead_letters.replay(session, str(row.id), now=desk.machine.now())
    desk.work()
    assert posted(slack) == ["one"]
    assert desk.row("one").state == State.DONE


def test_what_never_arrives_is_given_up_in_the_end_and_whoever_queued_it_is_told(
    desk: Desk, slack: LocalSlackClient
) -> None:
    told = []
    desk.bot.on(MessageNotSent, lambda event, _uow: told.append(event.key))
    slack.faults(methods=[{"method": "chat.postMessage", "status": 503, "times": 1_000}])
    desk.queue("one")
    desk.queue("page", "U0PRIYA00", urgency="page")
    desk.work()
    for waited, gone in ((timedelta(minutes=6), ["page"]), (timedelta(days=1), ["page", "one"])):
        slack.advance(waited)
        for _ in range(3):
            desk.pass_time(timedelta(minutes=16))
            desk.work()
        assert told == gone
    assert desk.row("one").state == State.DEAD


def test_f25_a_sender_that_stood_still_past_its_lease_does_not_post(
    desk: Desk, slack: LocalSlackClient
) -> None:
    desk.queue("one")
    frozen = desk.sender._claim()
    assert frozen is not None
    desk.pass_time()
    desk.sender._send(*frozen)
    assert posted(slack) == []
    for _ in range(3):
        desk.work()
        desk.pass_time()
    assert posted(slack) == ["one"]


def test_a_sender_that_stood_still_within_its_lease_takes_it_anew_and_posts(
    desk: Desk, slack: LocalSlackClient
) -> None:
    desk.queue("one")
    slow = desk.sender._claim()
    assert slow is not None
    desk.pass_time(PATIENCE * 0.9)
    desk.sender._send(*slow)
    assert posted(slack) == ["one"]
    assert (desk.row("one").state, desk.row("one").attempts) == (State.DONE, 1)


class HeldPosts(Gateway):
    """What is posted waits on its way until it is let go."""

    on_its_way: Event
    let_go: Event

    def post(self, team_id: str, recipient: str, payload: dict[str, Any], mark: UUID) -> Sent:
        """Posts it once it was let go."""
        self.on_its_way.set()
        assert self.let_go.wait(PATIENCE_OF_A_TEST)
        return super().post(team_id, recipient, payload, mark)


def test_f22_a_post_that_is_on_its_way_while_the_machines_clock_goes_ahead_is_posted_once(
    database: Database, server: LocalSlackServer, slack: LocalSlackClient
) -> None:
    HeldPosts.on_its_way, HeldPosts.let_go = Event(), Event()
    desk = Desk(database, server, timeout=timedelta(seconds=15), gateway=HeldPosts)
    other = Sender(desk.bot, desk.gateway, margin=MARGIN)
    desk.queue("one")

    def send() -> None:
        with suppress(LeaseLost):
            desk.sender.step()

    sending = Thread(target=send)
    sending.start()
    assert HeldPosts.on_its_way.wait(PATIENCE_OF_A_TEST)
    desk.machine.advance(timedelta(minutes=1))
    for _ in range(5):
        assert not other.step(), "nobody can know yet what came of it"
    HeldPosts.let_go.set()
    sending.join()
    for _ in range(3):
        desk.pass_time(timedelta(seconds=10))
        desk.work()
    assert posted(slack) == ["one"]
    assert desk.row("one").state == State.DONE


class SlowMemberships:
    """Slack answers who is in a channel, as late as it does."""

    def __init__(self, desk: Desk, takes: timedelta) -> None:
        self._desk, self._takes = desk, takes

    def ask_again(self, team_id: str, channel_ids: Iterable[str], *, patience: timedelta) -> None:
        """Asks it, and learns what it says."""
        del patience
        self._desk.pass_time(self._takes)
        for channel_id in channel_ids:
            found = self._desk.gateway.channel(team_id, channel_id)
            assert found is not None
            members = self._desk.gateway.members(team_id, channel_id)
            with self._desk.bot.begin(team_id, during="directory") as uow:
                channels.save(uow.session, team_id, found, members, as_of=uow.now)


@pytest.mark.parametrize("takes", [MARGIN * 1.5, PATIENCE * 1.5])
def test_a_message_goes_out_at_once_however_long_it_took_to_see_who_may_read_it(
    takes: timedelta, desk: Desk, slack: LocalSlackClient
) -> None:
    desk.bot.memberships = SlowMemberships(desk, takes)
    person = desk.gateway.person(TEAM, "U0TOM0000")
    with desk.bot.begin(TEAM, during="job") as uow:
        people.save(uow.session, TEAM, person, now=uow.now)
        message = Message(mrkdwn("one"), besides=frozenset({CHANNEL}))
        uow.outbox.post_to_person("one", person.user_id, message, urgency="digest")
    desk.work(1)
    assert posted(slack) == ["one"]
    assert (desk.row("one").state, desk.row("one").attempts) == (State.DONE, 1)


@pytest.mark.slow
def test_behind_a_full_limit_nothing_is_claimed_in_vain(desk: Desk) -> None:
    for number in range(30):
        desk.queue(f"{number}", f"C0NOSUCH{number}")
    desk.work(60)
    tried = SHARES[OTHERS].burst
    claimed = [number for number in range(30) if desk.row(f"{number}").fence]
    assert len(claimed) == tried + 1, "the first that was refused kept the others from trying"
    desk.pass_time(SHARES[OTHERS].interval)
    assert desk.sender.step()


@pytest.mark.slow
def test_digests_leave_some_of_what_may_be_posted_to_what_presses(desk: Desk) -> None:
    room = SHARES[OTHERS].burst - SHARES[DIGESTS].burst
    for number in range(30):
        desk.queue(f"digest {number}", f"U0NOSUCH{number}")
    for number in range(room):
        desk.queue(f"other {number}", f"C0NOSUCH{number}")
    desk.work(80)
    share = SHARES[DIGESTS]
    tried = [number for number in range(30) if desk.row(f"digest {number}").attempts]
    assert len(tried) == share.burst
    assert all(desk.row(f"other {number}").attempts for number in range(room)), "they went past"
    desk.pass_time(share.interval * 2)
    desk.work(10)
    tried = [number for number in range(30) if desk.row(f"digest {number}").attempts]
    assert len(tried) == share.burst + 2
