"""Events are claimed many at a time, and each is dealt with as if it were alone."""

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.core import channels, inbox, message_store, people
from bot.core.blocks import Message
from bot.core.bot import Bot
from bot.core.channels import Channel
from bot.core.clock import SystemClock
from bot.core.events import MessagePosted
from bot.core.inbox import DeliveryRow, Envelope, InboxRow
from bot.core.outbox import OutboxRow
from bot.core.people import Account
from bot.core.queue import State
from bot.core.render import mrkdwn
from bot.core.unit_of_work import UnitOfWork
from bot.playground.app import BOT_TOKEN
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.slack.access import Access
from bot.slack.directory import Directory
from bot.slack.dispatch import Dispatch
from bot.slack.gateway import Gateway
from bot.slack.installer import Installer
from bot.slack.intake import Intake
from bot.slack.tokens import Tokens
from tests.support.one_token import OneToken

PEOPLE = ("U0001", "U0002")
CHANNELS = ("C0001", "C0002")


class House:
    """An intake, a feature that writes down what it hears, and what it stumbles over."""

    def __init__(self, bot: Bot, server: LocalSlackServer) -> None:
        self.bot, self.heard = bot, list[str]()
        self.stumbles_over = ""
        self.tries: list[UnitOfWork] = []
        self.sifted: list[list[str]] = []
        gateway = Gateway(
            f"{server.url}api/",
            OneToken(BOT_TOKEN),
            timeout=timedelta(seconds=0.5),
            time_zone="UTC",
        )
        directory = Directory(bot, gateway)
        tokens = Tokens(bot, "")
        installer = Installer(bot, gateway, directory, tokens)
        dispatch = Dispatch(bot, gateway, directory, command_prefix="")
        access = Access(bot, installer)
        self.intake = Intake(bot, dispatch, directory, access, lease=timedelta(seconds=60))
        self._number = 0

    def hear(self, event: MessagePosted, uow: UnitOfWork) -> None:
        if self.stumbles_over and self.stumbles_over in event.text:
            raise LookupError(event.text)
        row = message_store.find(uow.session, uow.team_id, event.channel_id, event.ts)
        self.heard.append(f"{uow.team_id} {row.text if row else '(gone)'}")

    def queue(self, event: MessagePosted, uow: UnitOfWork) -> None:
        """Says something about it; how often it tried is counted."""
        self.tries.append(uow)
        message = Message(mrkdwn("Noted."))
        uow.outbox.post(f"note {event.ts}", event.channel_id, message)

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
            "channel_type": "channel",
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
    assert [len(each) for each in house.sifted] == [3, 1, 1]


def test_where_many_cannot_be_prepared_together_each_is_alone(house: House) -> None:
    house.bot.on(MessagePosted, house.hear, sift=house.loud)
    house.says("broken")
    house.says("nothing")
    assert house.intake.step()
    assert sorted(house.heard) == ["T1 broken", "T1 nothing"], "alone nothing is sifted"
    assert house.states() == [State.DONE] * 2
