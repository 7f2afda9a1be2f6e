"""Workspaces of one channel and one reader each, in a house with every feature and no Slack."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.app import assemble
from bot.core import channels, people, workspaces
from bot.core.bot import Bot
from bot.core.channels import Channel
from bot.core.clock import StoppedClock
from bot.core.message_store import MessageRow
from bot.core.outbox import OutboxRow
from bot.core.people import Account
from bot.core.workspaces import Workspace
from bot.features.digest import jobs
from bot.features.digest.models import DigestScheduleRow
from bot.settings import Settings
from tests.support.databases import opened
from tests.support.messages_api import KEY, MessagesApi

READER: Final = "U0READER00"
CHANNEL: Final = "C0INFRA00"
BATON: Final = "U0BATON00"
EVENING: Final = datetime(2026, 10, 6, 20, 0, tzinfo=UTC)
AHEAD: Final = datetime(2026, 10, 7, 6, 45, tzinfo=UTC)
GIVEN_UP: Final = datetime(2026, 10, 7, 6, 58, tzinfo=UTC)
NINE: Final = datetime(2026, 10, 7, 7, 0, tzinfo=UTC)
"""In Berlin, where the readers are."""


def house(url: str, api: MessagesApi, clock: StoppedClock, **settings: Any) -> Bot:
    """Every feature, on a stopped clock, with the local model."""
    given: dict[str, Any] = {"anthropic_api_key": KEY, "anthropic_base_url": api.url, **settings}
    bot = assemble(Settings(_env_file=None, database_url=url, **given), opened(url))
    bot.clock = clock
    return bot


def open_team(
    session: Session, team_id: str, said: Iterable[tuple[str, str]], *, name: str = "infra"
) -> None:
    """A workspace in whose one channel people said these things (author, text) in the evening."""
    said = list(said)
    place = Workspace(team_id, "Tide", "https://tide.example/", "B0", BATON, frozenset())
    workspaces.save(session, place, now=EVENING)
    everybody = dict.fromkeys([READER, *(author for author, _ in said)])
    for user_id in everybody:
        account = Account(user_id, f"N{user_id}", "Europe/Berlin", is_member=True)
        people.save(session, team_id, account, now=EVENING)
    room = Channel(CHANNEL, name, is_private=False, is_member=True)
    channels.save(session, team_id, room, everybody, as_of=EVENING)
    session.add(DigestScheduleRow(team_id=team_id, user_id=READER, next_at=NINE))
    for number, (author, text) in enumerate(said):
        session.add(message(team_id, author, text, EVENING + timedelta(minutes=number)))
    session.flush()


def message(team_id: str, author: str, text: str, at: datetime) -> MessageRow:
    """A message in the channel."""
    return MessageRow(
        team_id=team_id,
        channel_id=CHANNEL,
        ts=f"{at.timestamp():.6f}",
        at=at,
        user_id=author,
        text=text,
        edited_ts="",
        is_deleted=False,
        is_kept=True,
    )


def send_all(bot: Bot) -> dict[str, str]:
    """Sends what is due; returns what was queued for the reader of each workspace."""
    while True:
        with bot.reading() as (session, now):
            due = select(DigestScheduleRow.team_id).where(DigestScheduleRow.next_at <= now)
            if session.scalar(due.limit(1)) is None:
                break
        jobs.send_due(bot)
    with bot.reading() as (session, _):
        rows = select(OutboxRow).where(OutboxRow.recipient == READER)
        return {row.team_id: row.payload["text"] for row in session.scalars(rows)}
