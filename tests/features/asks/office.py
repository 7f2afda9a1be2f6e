"""An office of four people and one channel, in which asks happen without Slack."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select

from bot.core import channels, leave, message_store, people, workspaces
from bot.core.bot import Bot
from bot.core.channels import Channel, ChannelMemberRow, ChannelRow
from bot.core.clock import StoppedClock, SystemClock
from bot.core.db import Base, Database
from bot.core.events import (
    ChannelKind,
    Event,
    LeaveChanged,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionAdded,
    ReactionRemoved,
)
from bot.core.leave import Leave
from bot.core.outbox import OutboxRow
from bot.core.people import Account, Person, PersonRow
from bot.core.render import mentions_in
from bot.core.unit_of_work import UnitOfWork
from bot.core.workspaces import Workspace, WorkspaceRow
from bot.features import asks
from bot.features.asks.models import AskNoticeRow, AskRow, AskStepRow
from bot.features.asks.service import alarm, notices
from tests.support.installed import installed

TEAM, CHANNEL = "T1", "C1"
START: Final = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
"""A Tuesday: 10:00 in Berlin, 05:00 in São Paulo."""
TOM, ANA, SAM, MEI = "U1", "U2", "U3", "U4"
ZONES: Final = {
    TOM: "Europe/Berlin",
    ANA: "America/Sao_Paulo",
    SAM: "Europe/Berlin",
    MEI: "Asia/Kolkata",
}
_STAYS: Final = {PersonRow, ChannelRow, ChannelMemberRow, WorkspaceRow}
CONVERSATION: Final = (MessagePosted, MessageEdited, MessageDeleted, ReactionAdded, ReactionRemoved)


@dataclass(frozen=True)
class Seen:
    """Everything that is known of asks at one instant."""

    now: datetime
    asks: dict[UUID, dict[str, Any]]
    steps: dict[UUID, list[str]]
    notices: list[dict[str, Any]]
    sent: frozenset[str]
    """Keys of what was handed over to be sent."""


class Office:
    """The house with asks alone; whatever happens in it happens at the stopped clock's time."""

    def __init__(self, database: Database) -> None:
        self.clock = StoppedClock(START)
        self.bot = Bot(database, self.clock, SystemClock())
        asks.register(self.bot)
        self.bot.complete()

    def found(self) -> None:
        """Lets people in, once in each database."""
        installed(self.bot, TEAM)
        with self.unit() as uow:
            home = Workspace(TEAM, "Tideline", "https://t.slack.com/", "B1", "UBOT", frozenset())
            workspaces.save(uow.session, home, now=START)
            for user_id, zone in ZONES.items():
                account = Account(user_id, f"Person {user_id}", zone, is_member=True)
                people.save(uow.session, TEAM, account, now=START)
            room = Channel(CHANNEL, "checkout", is_private=False, is_member=True, creator_id=MEI)
            channels.save(uow.session, TEAM, room, list(ZONES), as_of=START)

    def clear(self) -> None:
        """Forgets everything but the people and the channel."""
        self.clock.set(START)
        with self.bot.database.transaction() as session:
            for mapper in Base.registry.mappers:
                if mapper.class_ not in _STAYS:
                    session.execute(delete(mapper.class_))

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
        """A unit of work."""
        with self.bot.begin(TEAM, during="event") as uow:
            yield uow

    def hear(self, event: Event) -> None:
        """What Slack tells is stored, then every listener hears of it."""
        with self.unit() as uow:
            if isinstance(event, CONVERSATION):
                message_store.record(uow.session, event)
            self.bot.emit(event, uow)

    def go_away(self, user_id: str, first_day: date, last_day: date) -> None:
        """Somebody tells when they are away."""
        with self.unit() as uow:
            days = Leave(first_day, last_day)
            leave.tell(uow.session, TEAM, user_id, days, now=uow.now)
            self.bot.emit(LeaveChanged(team_id=TEAM, user_id=user_id), uow)

    def tick(self) -> None:
        """What the two jobs do, failing where they would log. Raises if a clock rings on."""
        ring = alarm.Alarm(self.bot.digests).ring
        for _ in range(9):
            with self.bot.reading() as (session, now):
                due = alarm.to_ring(session, now, 100)
            if not due:
                break
            self._each(due, ring)
        else:
            raise AssertionError(f"clocks that are looked at again and again: {due}")
        with self.bot.reading() as (session, now):
            told = notices.due(session, now, 100)
        self._each(told, notices.Teller(self.bot.digests).send)

    def seen(self) -> Seen:
        """What is stored of asks now."""
        with self.bot.reading() as (session, now):
            steps: dict[UUID, list[str]] = {}
            for step in session.scalars(select(AskStepRow).order_by(AskStepRow.id)):
                steps.setdefault(step.ask_id, []).append(step.step)
            return Seen(
                now,
                {row.id: _values(row) for row in session.scalars(select(AskRow))},
                steps,
                [_values(row) for row in session.scalars(select(AskNoticeRow))],
                frozenset(session.scalars(select(OutboxRow.key))),
            )

    def _each(self, due: Sequence[tuple[str, UUID]], work: Any) -> None:
        for team_id, what in due:
            self.bot.perform(team_id, partial(_with, work, what), during="job")


def person(uow: UnitOfWork, user_id: str) -> Person:
    """One of the four."""
    found = people.find(uow.session, TEAM, user_id)
    assert found is not None
    return found


def ts_at(instant: datetime) -> str:
    """The `ts` of a message written then."""
    return f"{instant.timestamp():.6f}"


def posted(user_id: str, text: str, at: datetime, *, under: str | None = None) -> MessagePosted:
    """Somebody writes in the channel."""
    return MessagePosted(
        team_id=TEAM,
        channel_id=CHANNEL,
        kind=ChannelKind.PUBLIC,
        ts=ts_at(at),
        user_id=user_id,
        text=text,
        thread_ts=under,
        mentions=mentions_in(text),
    )


def edited(original: MessagePosted, text: str, at: datetime) -> MessageEdited:
    """Its author changes a message."""
    return MessageEdited(
        team_id=TEAM,
        channel_id=CHANNEL,
        ts=original.ts,
        user_id=original.user_id,
        text=text,
        edited_ts=ts_at(at),
        thread_ts=original.thread_ts,
        mentions=mentions_in(text),
    )


def deleted(original: MessagePosted) -> MessageDeleted:
    """A message goes."""
    return MessageDeleted(team_id=TEAM, channel_id=CHANNEL, ts=original.ts)


def reacted(
    user_id: str, ts: str, emoji: str, at: datetime, *, added: bool = True
) -> ReactionAdded | ReactionRemoved:
    """Somebody reacts to a message, or takes it back."""
    kind = ReactionAdded if added else ReactionRemoved
    return kind(
        team_id=TEAM, channel_id=CHANNEL, ts=ts, user_id=user_id, emoji=emoji, event_ts=ts_at(at)
    )


def _with(work: Any, what: UUID, uow: UnitOfWork) -> None:
    work(uow, what)


def _values(row: Base) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


SECOND: Final = timedelta(seconds=1)
