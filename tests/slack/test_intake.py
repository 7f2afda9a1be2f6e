"""Events are claimed many at a time, and each is dealt with as if it were alone."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.event import listen
from sqlalchemy.orm import Session

from bot.core import channels, dead_letters, inbox, message_store, people, queue
from bot.core.blocks import Message
from bot.core.bot import Bot
from bot.core.channels import Channel
from bot.core.clock import SystemClock, monotonic
from bot.core.db import Database
from bot.core.events import AskSettled, ChannelKind, MessagePosted
from bot.core.inbox import DeliveryRow, Envelope, InboxRow
from bot.core.outbox import OutboxRow
from bot.core.people import Account
from bot.core.queue import ENDED, MAX_LOSSES, State
from bot.core.render import mrkdwn
from bot.core.unit_of_work import UnitOfWork
from bot.playground.app import BOT_TOKEN
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.slack.access import Access
from bot.slack.directory import Directory
from bot.slack.gateway import Gateway
from bot.slack.hearing import TOGETHER
from bot.slack.installer import Installer
from bot.slack.intake import BATCH, Intake, next_batch
from bot.slack.tokens import Tokens
from tests.support.one_token import OneToken

PEOPLE = ("U0001", "U0002")
CHANNELS = ("C0001", "C0002")
NOW_AND_THEN = timedelta(seconds=1)


class House:
    """An intake, a feature that writes down what it hears, and what it stumbles over."""

    def __init__(self, bot: Bot, server: LocalSlackServer) -> None:
        self.bot, self.heard = bot, list[str]()
        self.stumbles_over = self.ends_at = ""
        self.told: list[str] = []
        self.tries: list[UnitOfWork] = []
        self.sifted: list[list[str]] = []
        gateway = Gateway(
            f"{server.url}api/",
            OneToken(BOT_TOKEN),
            timeout=timedelta(seconds=5),
            time_zone="UTC",
        )
        directory = Directory(bot, gateway)
        tokens = Tokens(bot, "")
        installer = Installer(bot, gateway, directory, tokens)
        access = Access(bot, installer)
        self.intake = Intake(bot, directory, access, lease=timedelta(seconds=60))
        self._number = 0

    def hear(self, event: MessagePosted, uow: UnitOfWork) -> None:
        if self.stumbles_over and self.stumbles_over in event.text:
            raise LookupError(event.text)
        if self.ends_at and event.text == self.ends_at:
            raise SystemExit
        row = message_store.find(uow.session, uow.team_id, event.channel_id, event.ts)
        said = f"{uow.team_id} {row.text if row else '(gone)'}"
        listen(uow.session, "after_commit", lambda _session: self.heard.append(said), once=True)

    def queue(self, event: MessagePosted, uow: UnitOfWork) -> None:
        """Says something about it in its channel; how often it tried is counted."""
        self.tries.append(uow)
        message = Message(mrkdwn("Noted."))
        if event.kind is ChannelKind.PUBLIC:
            uow.outbox.post(f"note {event.ts}", event.channel_id, message)

    def settle(self, event: MessagePosted, uow: UnitOfWork) -> None:
        """Something comes of it, of which others are told."""
        self.tries.append(uow)
        self.told.append(f"said {event.text}")
        uow.tell(
            AskSettled(team_id=uow.team_id, ask_id=UUID(int=0), is_answered=True, by=event.text)
        )

    def settled(self, event: AskSettled, _uow: UnitOfWork) -> None:
        self.told.append(f"settled {event.by}")

    def loud(self, session: Session, team_id: str, events: Sequence[Any]) -> Iterable[Any]:
        assert message_store.find(session, team_id, events[0].channel_id, events[0].ts), "stored"
        self.sifted.append([each.text for each in events])
        if any("broken" in each.text for each in events):
            raise LookupError("sifting")
        return [each for each in events if each.text.endswith("!")]

    def says(
        self, text: str, *, team_id: str = "T1", channel: str = CHANNELS[0], user: str = PEOPLE[0]
    ) -> None:
        """Somebody writes, and Slack tells of it."""
        self._number += 1
        ts = f"1791273600.{self._number:06}"
        event = {
            "type": "message",
            "channel": channel,
            "channel_type": "im" if channel.startswith("D") else "channel",
            "user": user,
            "text": text,
            "ts": ts,
        }
        body = {"type": "event_callback", "team_id": team_id, "event": event}
        envelope = Envelope(team_id, f"Ev{self._number}", channel, json.dumps(body).encode())
        inbox.accept(self.bot.database, [envelope], now=SystemClock().now())

    def states(self) -> list[str]:
        """Where the events stand, in order."""
        with self.bot.database.reading() as session:
            return list(session.scalars(select(InboxRow.state).order_by(InboxRow.id)))


@pytest.fixture
def house(bot: Bot, server: LocalSlackServer) -> House:
    for team_id in ("T1", "T2"):
        with bot.begin(team_id, during="job") as uow:
            for user_id in PEOPLE:
                account = Account(user_id, user_id, "UTC", is_member=True)
                people.save(uow.session, team_id, account, now=uow.now)
            for channel_id in CHANNELS:
                room = Channel(channel_id, channel_id, is_private=False, is_member=True)
                channels.save(uow.session, team_id, room, PEOPLE, as_of=uow.now)
    return House(bot, server)


@pytest.fixture
def other(house: House, server: LocalSlackServer) -> Iterator[House]:
    """Another process's intake on the same database."""
    bot = house.bot
    database = Database(bot.database.url)
    yield House(Bot(database, bot.clock, bot.machine_clock), server)
    database.close()


def work_together(steps: Sequence[Callable[[], bool]]) -> None:
    """Each in a thread of its own, until none finds anything."""

    def work(step: Callable[[], bool]) -> None:
        while step():
            pass

    with ThreadPoolExecutor(len(steps)) as pool:
        for each in [pool.submit(work, step) for step in steps]:
            each.result()


def test_a_whole_conversation_is_dealt_with_in_one_step_and_in_order(house: House) -> None:
    house.bot.on(MessagePosted, house.hear)
    for text in ("one", "two", "three"):
        house.says(text)
    assert house.intake.step()
    assert house.heard == ["T1 one", "T1 two", "T1 three"]
    assert house.states() == [State.DONE] * 3
    assert not house.intake.step()


def test_two_workspaces_are_dealt_with_together_and_apart(house: House) -> None:
    house.bot.on(MessagePosted, house.hear)
    house.says("here")
    house.says("there", team_id="T2")
    assert house.intake.step()
    assert sorted(house.heard) == ["T1 here", "T2 there"]
    for team_id, count in (("T1", 1), ("T2", 1), ("T3", 0)):
        with house.bot.database.reading() as session:
            found = list(message_store.texts_of(session, team_id, CHANNELS[0]))
        assert len(found) == count


def test_what_is_of_a_workspace_without_baton_is_of_nobody(house: House) -> None:
    house.bot.on(MessagePosted, house.hear)
    house.says("nowhere", team_id="T9")
    house.says("here")
    assert house.intake.step()
    assert house.heard == ["T1 here"]
    assert house.states() == [State.DONE], "of the other it is not even kept that there was one"


def test_a_listener_that_stumbles_holds_up_nobody(house: House) -> None:
    house.bot.on(MessagePosted, house.hear)
    house.stumbles_over = "two"
    for text in ("one", "two", "three"):
        house.says(text)
    assert house.intake.step()
    assert house.heard == ["T1 one", "T1 three"]
    with house.bot.database.reading() as session:
        failed = session.scalars(select(DeliveryRow)).one()
    assert failed.error == "LookupError"


def test_an_event_that_has_to_wait_holds_back_its_conversation_alone(
    house: House, slack: LocalSlackClient
) -> None:
    house.bot.on(MessagePosted, house.hear)
    slack.faults(methods=[{"method": "users.info", "status": 500}])
    house.says("by somebody unknown", user="U0STRANGE")
    house.says("behind it")
    house.says("elsewhere", channel=CHANNELS[1])
    assert house.intake.step()
    assert house.heard == ["T1 elsewhere"]
    assert house.states() == [State.READY, State.READY, State.DONE]
    with house.bot.database.reading() as session:
        attempts = session.scalars(select(InboxRow.attempts).order_by(InboxRow.id)).all()
    assert attempts[1] == 0, "it was not its turn, which counts as no attempt"
    house.says("and later")
    house.intake.step()
    assert house.heard == ["T1 elsewhere"]


def test_all_who_want_an_event_hear_it_in_one_unit_of_work(house: House) -> None:
    house.bot.on(MessagePosted, house.queue)
    house.bot.on(MessagePosted, house.queue)
    house.says("one")
    assert house.intake.step()
    assert len(house.tries) == 2
    assert house.tries[0] is house.tries[1]


def test_events_that_follow_each_other_are_heard_in_one_unit_of_work_in_order(house: House) -> None:
    house.bot.on(MessagePosted, house.queue)
    house.bot.on(MessagePosted, house.hear)
    for text, channel in (("one", CHANNELS[0]), ("two", CHANNELS[1]), ("three", CHANNELS[0])):
        house.says(text, channel=channel)
    assert house.intake.step()
    assert house.tries == [house.tries[0]] * 3
    assert house.heard == ["T1 one", "T1 two", "T1 three"]


def test_what_is_written_to_baton_itself_is_heard_alone(house: House) -> None:
    """What comes of it may be other settings, by which the next event is judged."""
    house.bot.on(MessagePosted, house.queue)
    for channel in (CHANNELS[0], "D0001", CHANNELS[1]):
        house.says("hello", channel=channel)
    assert house.intake.step()
    assert len({id(each) for each in house.tries}) == 3


def test_many_that_concern_somebody_do_not_hold_the_database_for_long(house: House) -> None:
    house.bot.on(MessagePosted, house.queue)
    for number in range(TOGETHER + 2):
        house.says(str(number))
    assert house.intake.step()
    shared = [len(list(some)) for _, some in groupby(house.tries, key=id)]
    assert shared == [TOGETHER, 2]


def test_one_that_stumbles_takes_nothing_from_those_around_it(house: House) -> None:
    house.bot.on(MessagePosted, house.queue)
    house.bot.on(MessagePosted, house.hear)
    house.stumbles_over = "two"
    for text in ("one", "two", "three"):
        house.says(text)
    assert house.intake.step()
    with house.bot.database.reading() as session:
        queued = session.scalars(select(OutboxRow.key).order_by(OutboxRow.id)).all()
        failed = session.scalars(select(DeliveryRow)).one()
    assert queued == [f"note 1791273600.00000{number}" for number in (1, 2, 3)], "each once"
    assert (failed.listener, failed.error) == ("test_intake.hear", "LookupError")
    assert house.heard == ["T1 one", "T1 three"]
    assert house.states() == [State.DONE] * 3


def test_what_a_process_did_not_finish_is_done_by_the_next_once(house: House) -> None:
    """Nothing of a unit of work counts that was cut off; what was done before is not done twice."""
    house.bot.on(MessagePosted, house.queue)
    house.bot.on(MessagePosted, house.hear)
    house.says("one")
    house.says("cut", channel="D0001")
    house.says("three")
    house.says("four")
    house.ends_at = "four"
    with pytest.raises(SystemExit):
        house.intake.step()
    assert house.states() == [State.LEASED] * 4
    assert house.heard == ["T1 one", "T1 cut"]
    house.ends_at = ""
    with house.bot.database.transaction() as session:
        session.execute(update(InboxRow).values(lease_until=SystemClock().now() - NOW_AND_THEN))
    assert house.intake.step()
    assert house.states() == [State.DONE] * 4
    with house.bot.database.reading() as session:
        queued = session.scalars(select(OutboxRow.key).order_by(OutboxRow.key)).all()
    assert queued == [f"note 1791273600.00000{number}" for number in (1, 3, 4)]
    assert house.heard[-2:] == ["T1 three", "T1 four"]


def _ends(house: House) -> int:
    """Works until nothing is left, in processes that end and leave their leases to run out."""
    ends = 0
    while ends < 30:
        try:
            while house.intake.step() or house.intake.retry_step():
                pass
        except SystemExit:
            ends += 1
            over = SystemClock().now() - NOW_AND_THEN
            with house.bot.database.transaction() as session:
                for table in (InboxRow, DeliveryRow):
                    leased = update(table).where(table.state == State.LEASED)
                    session.execute(leased.values(lease_until=over))
        else:
            break
    return ends


def test_an_event_on_which_every_process_ends_is_given_up_and_takes_nothing_along(
    house: House,
) -> None:
    house.bot.on(MessagePosted, house.hear)
    house.says("before")
    house.says("deadly")
    for text in ("behind", "far behind"):
        house.says(text)
    house.says("elsewhere", channel=CHANNELS[1])
    house.says("of others", team_id="T2")
    house.ends_at = "deadly"
    assert _ends(house) == MAX_LOSSES
    assert house.states() == [State.DONE, State.DEAD, *[State.DONE] * 4]
    assert [said for said in house.heard if said != "T1 before"] == [
        "T2 of others",
        "T1 behind",
        "T1 far behind",
        "T1 elsewhere",
    ]
    with house.bot.database.reading() as session:
        (letter,) = dead_letters.every(session)
    assert letter.error == ENDED


def test_a_delivery_on_which_every_process_ends_is_given_up_and_takes_nothing_along(
    house: House,
) -> None:
    house.bot.on(MessagePosted, house.hear)
    house.stumbles_over = "y"
    for text, channel in (("deadly", CHANNELS[0]), ("shy", CHANNELS[1])):
        house.says(text, channel=channel)
    assert house.intake.step()
    house.stumbles_over, house.ends_at = "", "deadly"
    with house.bot.database.transaction() as session:
        session.execute(update(DeliveryRow).values(not_before=SystemClock().now()))
    assert _ends(house) == MAX_LOSSES
    assert house.heard == ["T1 shy"]
    with house.bot.database.reading() as session:
        (letter,) = dead_letters.every(session)
    assert (letter.queue, letter.error) == ("deliveries", ENDED)


def test_a_process_that_was_too_slow_gives_nothing_up(house: House) -> None:
    """What it dealt with goes to others meanwhile, as often as it is late."""
    over = update(InboxRow).values(lease_until=SystemClock().now() - NOW_AND_THEN)

    def is_slow(event: MessagePosted, uow: UnitOfWork) -> None:
        uow.session.execute(over)
        queue.expire_leases(uow.session, InboxRow, now=SystemClock().now(), give_up=True)
        house.hear(event, uow)

    house.bot.on(MessagePosted, is_slow)
    house.says("hello")
    for _ in range(MAX_LOSSES * 2):
        assert house.intake.step()
    assert house.states() == [State.READY]


def test_an_event_that_slack_says_nothing_about_is_not_what_a_process_ended_on(
    house: House, slack: LocalSlackClient
) -> None:
    slack.faults(methods=[{"method": "users.info", "status": 500}])
    house.says("by somebody unknown", user="U0STRANGE")
    with house.bot.database.transaction() as session:
        session.execute(update(InboxRow).values(losses=MAX_LOSSES - 1))
    assert house.intake.step()
    with house.bot.database.reading() as session:
        row = session.scalars(select(InboxRow)).one()
    assert (row.state, row.losses) == (State.READY, 0)


def test_what_comes_of_an_event_is_told_before_the_next_one(house: House) -> None:
    house.bot.on(MessagePosted, house.settle)
    house.bot.on(AskSettled, house.settled)
    for text in ("one", "two"):
        house.says(text)
    assert house.intake.step()
    assert house.tries == [house.tries[0]] * 2
    assert house.told == ["said one", "settled one", "said two", "settled two"]


def test_two_workers_hear_each_event_once(house: House, other: House) -> None:
    for each in (house, other):
        each.bot.on(MessagePosted, each.queue)
        each.bot.on(MessagePosted, each.hear)
    for number in range(40):
        house.says(str(number), channel=CHANNELS[number % 2])
    work_together([house.intake.step, other.intake.step])
    assert sorted(house.heard + other.heard) == sorted(f"T1 {number}" for number in range(40))
    for one in (house, other):
        for parity in (0, 1):
            heard = [int(each.split()[1]) for each in one.heard]
            of_channel = [number for number in heard if number % 2 == parity]
            assert of_channel == sorted(of_channel)
    with house.bot.database.reading() as session:
        assert set(session.scalars(select(InboxRow.fence))) == {1}
        assert len(session.scalars(select(OutboxRow.id)).all()) == 40


def test_where_one_of_them_stumbles_each_is_alone(house: House) -> None:
    house.bot.on(MessagePosted, house.queue)
    house.bot.on(MessagePosted, house.hear)
    house.stumbles_over = "one"
    house.says("one")
    assert house.intake.step()
    with house.bot.database.reading() as session:
        queued = session.scalars(select(OutboxRow.key)).all()
        failed = session.scalars(select(DeliveryRow)).one()
    assert len(queued) == 1, "what the other had to say stands, once"
    assert (failed.listener, failed.error) == ("test_intake.hear", "LookupError")
    assert len(house.tries) == 2, "once together, once alone"


def test_only_whom_it_concerns_is_handed_an_event(house: House) -> None:
    house.bot.on(MessagePosted, house.hear, sift=house.loud)
    house.says("nothing")
    house.says("something!", channel=CHANNELS[1])
    house.says("nothing else")
    assert house.intake.step()
    assert house.heard == ["T1 something!"]
    assert len(house.sifted) == 1, "one look for all of them"
    assert house.states() == [State.DONE] * 3


def test_after_something_was_done_in_a_conversation_it_is_looked_at_again(house: House) -> None:
    house.bot.on(MessagePosted, house.hear, sift=house.loud)
    for text in ("first!", "second", "third!"):
        house.says(text)
    assert house.intake.step()
    assert house.heard == ["T1 first!", "T1 third!"]
    assert [len(each) for each in house.sifted] == [3, 2], "one look for all that is left"


def test_where_many_cannot_be_prepared_together_each_is_alone(house: House) -> None:
    house.bot.on(MessagePosted, house.hear, sift=house.loud)
    house.says("broken")
    house.says("nothing")
    assert house.intake.step()
    assert sorted(house.heard) == ["T1 broken", "T1 nothing"], "alone nothing is sifted"
    assert house.states() == [State.DONE] * 2


def test_a_machine_that_is_too_slow_claims_fewer_until_it_is_in_time() -> None:
    claimed = [BATCH]
    while claimed[-1] > 1:
        claimed.append(next_batch(claimed[-1], is_late=True))
    assert claimed == [200, 100, 50, 25, 12, 6, 3, 1]
    assert next_batch(1, is_late=True) == 1
    for _ in range(8):
        claimed.append(next_batch(claimed[-1], is_late=False))
    assert claimed[-2:] == [128, BATCH]
    assert next_batch(BATCH, is_late=False) == BATCH


STRANGERS = tuple(f"U9{number:04}" for number in range(12))


@pytest.fixture
def slow_slack(slack: LocalSlackClient) -> Iterator[LocalSlackClient]:
    slack.faults(methods=[{"method": "users.info", "delay": 0.2, "times": 1_000}])
    yield slack
    slack.faults()


def _work_until(house: House, count: int) -> None:
    ends = monotonic() + 60
    while len(house.heard) < count:
        house.intake.step()
        assert monotonic() < ends, house.states()


def _people_asked(slack: LocalSlackClient) -> int:
    calls = [each for each in slack.traffic() if each["what"] == "users.info"]
    return len([each for each in calls if each["outcome"] != "fault"])


@pytest.mark.slow
def test_no_workspace_waits_while_slack_tells_another_of_its_people(
    house: House, slow_slack: LocalSlackClient
) -> None:
    house.bot.on(MessagePosted, house.hear)
    before = _people_asked(slow_slack)
    house.says("hello " + " ".join(f"<@{each}>" for each in STRANGERS))
    house.says("there", team_id="T2", user=STRANGERS[0])
    _work_until(house, 2)
    assert house.heard[0] == "T2 there"
    assert _people_asked(slow_slack) - before == len(STRANGERS) + 1, "nobody is asked about twice"


@pytest.mark.slow
@pytest.mark.usefixtures("slow_slack")
def test_what_follows_in_a_conversation_waits_for_whom_slack_has_to_tell_of(house: House) -> None:
    house.bot.on(MessagePosted, house.hear)
    house.says("first " + " ".join(f"<@{each}>" for each in STRANGERS))
    house.says("second")
    house.says("elsewhere", channel=CHANNELS[1])
    _work_until(house, 3)
    assert [each.split()[1] for each in house.heard] == ["elsewhere", "first", "second"]
