"""A sender at work, and what it is given to send."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select

from bot.core.blocks import Message
from bot.core.bot import Bot
from bot.core.clock import RemoteClock, StoppedClock, SystemClock
from bot.core.db import Database
from bot.core.outbox import OutboxRow
from bot.core.render import mrkdwn
from bot.playground.app import BOT_TOKEN
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.slack.directory import remember
from bot.slack.gateway import Gateway
from bot.slack.sender import Sender
from tests.support.one_token import OneToken

TEAM: Final = "T0TIDELINE"
CHANNEL: Final = "C0WEBSITE"
TIMEOUT: Final = timedelta(seconds=0.5)
MARGIN: Final = timedelta(seconds=0.5)
PATIENCE: Final = TIMEOUT + MARGIN


class Desk:
    """A sender at work: its machine clock is stopped, the local Slack's own clock runs."""

    def __init__(
        self,
        database: Database,
        server: LocalSlackServer,
        *,
        timeout: timedelta = TIMEOUT,
        gateway: type[Gateway] = Gateway,
    ) -> None:
        self.machine = StoppedClock(SystemClock().now())
        self.bot = Bot(database, RemoteClock(f"{server.url}local/clock"), self.machine)
        self.gateway = gateway(
            f"{server.url}api/", OneToken(BOT_TOKEN), timeout=timeout, time_zone="UTC"
        )
        remember(self.bot, self.gateway.identify(BOT_TOKEN))
        self.sender = Sender(self.bot, self.gateway, margin=MARGIN)

    def queue(self, key: str, recipient: str = CHANNEL, **more: Any) -> None:
        with self.bot.begin(TEAM, during="job") as uow:
            is_person = recipient.startswith("U")
            message = Message(mrkdwn("{key}", key=key))
            if is_person:
                uow.outbox.post_to_person(key, recipient, message, **{"urgency": "digest"} | more)
            else:
                uow.outbox.post(key, recipient, message, **more)

    def whisper(self, key: str, *, minutes: float) -> None:
        with self.bot.begin(TEAM, during="job") as uow:
            ends = uow.now + timedelta(minutes=minutes)
            message = Message(mrkdwn("psst"))
            uow.outbox.whisper(key, CHANNEL, "U0TOM0000", message, drop_after=ends)

    def work(self, steps: int = 20) -> None:
        for _ in range(steps):
            self.sender.step()

    def pass_time(self, by: timedelta = PATIENCE * 2) -> None:
        self.machine.advance(by)

    def row(self, key: str) -> OutboxRow:
        with self.bot.database.reading() as session:
            return session.scalars(select(OutboxRow).where(OutboxRow.key == key)).one()


def posted(slack: LocalSlackClient) -> list[str]:
    """What the bot, and everybody else, posted, in order."""
    return [entry["text"] for entry in slack.journal() if entry["kind"] == "message"]
