"""What Baton is going to say, queued in the same transaction as the change it announces.

Every row has a key that names the fact ("ask 17, nudge 1"); the same fact is never queued twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Index, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core import quotations, workspaces
from bot.core.blocks import MAX_MESSAGE_BLOCKS, MAX_TEXT, Message, cut
from bot.core.db import Base, affected, insert_new
from bot.core.ids import new_id
from bot.core.queue import Queued, State, queue_indexes
from bot.core.quotations import Payload

PAGE: Final = "page"
PAUSED: Final = "paused"
UNDER: Final = "under"
_PLACE: Final = ("thread_ts", UNDER)


class Method(StrEnum):
    """The Web API methods that Baton sends with."""

    POST = "chat.postMessage"
    WHISPER = "chat.postEphemeral"
    UPDATE = "chat.update"
    PUBLISH = "views.publish"


class OutboxRow(Queued, Base):
    """One call to be made. `recipient` is a channel, or a person for a direct message or a home.

    `quotes`: it shows words of people, so what was posted is kept to be changed when they are.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("uq_outbox_key", "team_id", "key", unique=True),
        *queue_indexes("outbox"),
    )

    key: Mapped[str] = mapped_column(String(128))
    method: Mapped[str] = mapped_column(String(32))
    recipient: Mapped[str] = mapped_column(String(32))
    payload: Mapped[dict[str, Any]]
    revises: Mapped[str | None] = mapped_column(String(128))
    quotes: Mapped[bool] = mapped_column(default=False)
    urgency: Mapped[str] = mapped_column(String(8))
    queued_at: Mapped[datetime] = mapped_column(index=True)
    drop_after: Mapped[datetime | None]
    sent_after: Mapped[datetime | None]  # when the last attempt began
    sent_channel: Mapped[str | None] = mapped_column(String(32))
    sent_ts: Mapped[str | None] = mapped_column(String(32))


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message of ours stands."""

    channel_id: str
    ts: str


class Outbox:
    """Queues what one unit of work wants to say; tells whether the fact is new."""

    def __init__(
        self, session: Session, team_id: str, now: datetime, machine_now: datetime
    ) -> None:
        self._session, self._team_id = session, team_id
        self._now, self._machine_now = now, machine_now
        self.has_new = False

    def post(
        self,
        key: str,
        recipient: str,
        message: Message,
        *,
        thread_ts: str | None = None,
        under: str | None = None,
        urgency: str = "",
    ) -> bool:
        """Posts to a channel, a thread of it, or a person. Features reach people by `attention`.

        `under`: the key of an earlier message to the same place, in whose thread it shall stand.
        """
        place = {"thread_ts": thread_ts, UNDER: under}
        payload = _payload(message) | {name: value for name, value in place.items() if value}
        # a page must not stand behind other messages to the same person
        urgent = urgency == PAGE
        lane = f"urgent:{recipient}" if urgent else recipient
        is_new = self._queue(
            Method.POST,
            key,
            recipient,
            payload,
            lane=lane,
            urgent=urgent,
            urgency=urgency,
            quotes=bool(message.about),
        )
        if is_new and message.about:
            quotations.note(self._session, self._team_id, key, message.about)
        return is_new

    def whisper(
        self, key: str, channel_id: str, user_id: str, message: Message, *, drop_after: datetime
    ) -> bool:
        """Shows a message to one member of a channel; not worth sending after `drop_after`.

        Slack does not promise that it is seen and keeps no trace of it.
        """
        payload = _payload(message) | {"user": user_id}
        lane = f"{channel_id}:{user_id}"
        return self._queue(
            Method.WHISPER, key, channel_id, payload, lane=lane, drop_after=drop_after
        )

    def revise(self, key: str, *, of: str, message: Message) -> bool:
        """Changes the message that was queued under the key `of`, once that one is out."""
        original = self._find(of)
        if original is None:
            return False
        if original.quotes or message.about:
            self._keep(original, message)
        return self._queue(
            Method.UPDATE,
            key,
            original.recipient,
            _payload(message),
            lane=original.lane,
            revises=of,
            urgent=original.urgent,
        )

    def rewrite(self, of: str, change: Callable[[Payload], Payload]) -> bool:
        """Changes what stands, or will stand, in the message that was queued under `of`.

        Returns whether there was anything to change.
        """
        original = self._find(of)
        if original is None or not original.quotes or not original.payload:
            return False
        changes = select(OutboxRow).where(
            OutboxRow.team_id == self._team_id,
            OutboxRow.revises == of,
            OutboxRow.state != State.DONE,
        )
        waiting = [row for row in self._session.scalars(changes) if row.payload]
        before = original.payload
        for row in (original, *waiting):
            row.payload = change(row.payload)
        self._session.flush()
        if before == original.payload:
            return False
        if original.state != State.READY and State.READY not in {row.state for row in waiting}:
            self._change(original)
        return True

    def publish_home(self, user_id: str, view: dict[str, Any]) -> None:
        """Puts a view on somebody's App Home; one that still waits there is replaced."""
        lane = f"home:{user_id}"
        waiting = update(OutboxRow).where(
            OutboxRow.team_id == self._team_id,
            OutboxRow.lane == lane,
            OutboxRow.state == State.READY,
        )
        if not affected(self._session, waiting.values(payload={"view": view})):
            key = f"{lane}:{new_id()}"
            self._queue(Method.PUBLISH, key, user_id, {"view": view}, lane=lane)
        self.has_new = True

    def knows(self, key: str) -> bool:
        """Whether something was queued under `key` before."""
        return self._find(key) is not None

    def sent(self, key: str) -> Sent | None:
        """Where the message queued under `key` stands, if it is out."""
        row = self._find(key)
        if row is None or row.sent_channel is None or row.sent_ts is None:
            return None
        return Sent(row.sent_channel, row.sent_ts)

    def _keep(self, original: OutboxRow, message: Message) -> None:
        """What is posted from now on is kept instead of what was, as far as it quotes anybody."""
        place = {name: original.payload[name] for name in _PLACE if name in original.payload}
        is_out = original.state == State.DONE
        original.quotes = bool(message.about)
        original.payload = {} if is_out and not message.about else _payload(message) | place
        quotations.note(self._session, self._team_id, original.key, message.about)
        self._session.flush()

    def _change(self, original: OutboxRow) -> None:
        shown = {name: part for name, part in original.payload.items() if name not in _PLACE}
        self._queue(
            Method.UPDATE,
            f"rewrite:{new_id()}",
            original.recipient,
            shown,
            lane=original.lane,
            revises=original.key,
            urgent=original.urgent,
        )

    def _is_paused(self) -> bool:
        workspace = workspaces.find(self._session, self._team_id)
        return workspace is not None and workspace.is_paused

    def _find(self, key: str) -> OutboxRow | None:
        return find(self._session, self._team_id, key)

    def _queue(
        self,
        method: Method,
        key: str,
        recipient: str,
        payload: dict[str, Any],
        *,
        lane: str,
        urgent: bool = False,
        urgency: str = "",
        quotes: bool = False,
        revises: str | None = None,
        drop_after: datetime | None = None,
    ) -> bool:
        row = {
            "team_id": self._team_id,
            "id": new_id(),
            "lane": lane,
            "urgent": urgent,
            "not_before": self._machine_now,
            "key": key,
            "method": method,
            "recipient": recipient,
            "payload": payload,
            "revises": revises,
            "quotes": quotes,
            "urgency": urgency,
            "queued_at": self._now,
            "drop_after": drop_after,
        }
        if is_silenced(method, urgent=urgent) and self._is_paused():
            row |= {"state": State.DROPPED, "payload": {}, "quotes": False, "error": PAUSED}
        is_new = insert_new(self._session, OutboxRow, [row]) == 1
        self.has_new = self.has_new or is_new
        return is_new


def is_silenced(method: str, *, urgent: bool) -> bool:
    """Whether a call is speech that a pause silences: all but pages and changes of old messages."""
    return method in {Method.POST, Method.WHISPER} and not urgent


def forget_old(session: Session, *, before: datetime) -> int:
    """Deletes what was settled and queued before then; returns how many rows."""
    settled = OutboxRow.state.in_([State.DONE, State.DROPPED])
    return affected(session, delete(OutboxRow).where(settled, OutboxRow.queued_at < before))


def find(session: Session, team_id: str, key: str) -> OutboxRow | None:
    """The row that was queued under `key`."""
    return session.scalar(
        select(OutboxRow).where(OutboxRow.team_id == team_id, OutboxRow.key == key)
    )


def _payload(message: Message) -> dict[str, Any]:
    if not message.blocks:
        return {"text": message.text}
    return {"text": cut(message.text, MAX_TEXT), "blocks": message.blocks[:MAX_MESSAGE_BLOCKS]}
