"""What Baton is going to say, queued in the same transaction as the change it announces.

Every row has a key that names the fact ("ask 17, nudge 1"); the same fact is never queued twice.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from sqlalchemy import JSON, Index, String, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core import actions, quotations, traces, workspaces
from bot.core.actions import Binding, Surface
from bot.core.blocks import MAX_TEXT, Block, Message, cut
from bot.core.blocks import payload as payload_of
from bot.core.charts import Picture
from bot.core.db import Base, affected, insert_new
from bot.core.ids import new_id
from bot.core.queue import Queued, State, partial_index, queue_indexes, replay
from bot.core.quotations import Payload
from bot.core.render import Mrkdwn
from bot.core.sealing import seal

PERSON: Final = ("U", "W")
"""How the ids of people begin; a message to one is a direct message."""

PAGE: Final = "page"
PAUSED: Final = "paused"
UNDER: Final = "under"
FORM_IS_OPEN_FOR: Final = timedelta(minutes=30)
"""After this long nobody is thought to look at a form any more."""
_PLACE: Final = ("thread_ts", UNDER)
_FOUND_BY: Final = ("thread_ts", "file")
OPEN: Final = (State.READY, State.UNKNOWN)
"""What waits to be sent, or to be looked up."""
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
_CHANNELS: Final = "channels"
_WAITING: Final = "'ready', 'unknown'"
CHANNEL_IS_WANTED_FOR: Final = timedelta(minutes=15)
MAX_TOPIC: Final = 250


class Method(StrEnum):
    """The Web API methods that Baton sends with."""

    POST = "chat.postMessage"
    WHISPER = "chat.postEphemeral"
    UPDATE = "chat.update"
    PUBLISH = "views.publish"
    REDRAW = "views.update"
    UPLOAD = "files.getUploadURLExternal"
    SHARE = "files.completeUploadExternal"
    STEP_DONE = "functions.completeSuccess"
    STEP_FAILED = "functions.completeError"
    CREATE = "conversations.create"
    INVITE = "conversations.invite"
    TOPIC = "conversations.setTopic"
    ARCHIVE = "conversations.archive"


POSTS: Final = frozenset({Method.POST, Method.SHARE})
"""What stands in a conversation once it is out, and may not stand there twice."""
SPEECH: Final = POSTS | {Method.WHISPER, Method.UPLOAD}
"""What says something new."""


class OutboxRow(Queued, Base):
    """One call to be made. `recipient` is a channel, or a person for a direct message or a home.

    `shows` are the channels that a person must be able to open when it is sent to them. `quotes`:
    it shows words of people, so what was posted is kept to be changed when they are. `looks` tells
    one message from another: as this one looks once all that is queued is out. `trace` is the id
    under which it was queued.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("uq_outbox_key", "team_id", "key", unique=True),
        *queue_indexes("outbox"),
        partial_index("outbox", "due", _WAITING, "urgent", "not_before"),
        partial_index("outbox", "turn", _WAITING, "urgent", "team_id", "id", "not_before"),
        partial_index("outbox", "working", "'leased', 'unknown'", "team_id", "lane"),
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
    shows: Mapped[list[str] | None] = mapped_column(JSON)
    looks: Mapped[str | None] = mapped_column(String(64))
    trace: Mapped[UUID | None]


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
        self.has_new = self.has_urgent = False
        self.queued: dict[UUID | None, list[UUID]] = {}

    @property
    def machine_now(self) -> datetime:
        """The machine's time, by which queues wait."""
        return self._machine_now

    def note_queued(self, row_id: UUID) -> None:
        """A row of a queue is told of once it is committed, under the id it was queued under."""
        self.queued.setdefault(traces.current(), []).append(row_id)

    def post(
        self,
        key: str,
        recipient: str,
        message: Message,
        *,
        thread_ts: str | None = None,
        under: str | None = None,
        urgent: bool = False,
    ) -> bool:
        """Posts to a channel or a thread of it.

        `under`: the key of an earlier message to that channel, in whose thread it shall stand. If
        that one could not be sent, it stands by itself. `urgent`: it belongs to a page, and goes
        before all else, also during a pause.
        Raises ValueError for a person or a direct conversation: they are reached by `attention`.
        """
        if recipient.startswith((*PERSON, "D")):
            raise ValueError(f"{recipient} is a person: use bot.core.attention")
        place = {"thread_ts": thread_ts, UNDER: under}
        payload = _kept_of(message) | {name: where for name, where in place.items() if where}
        quotes = bool(message.about)
        is_new = self._queue(
            Method.POST,
            key,
            recipient,
            payload,
            lane=f"urgent:{recipient}" if urgent else recipient,
            urgent=urgent,
            urgency=PAGE if urgent else "",
            quotes=quotes,
        )
        return self._noted(is_new, key, message)

    def post_to_person(
        self,
        key: str,
        user_id: str,
        message: Message,
        *,
        urgency: str,
        under: str | None = None,
        drop_after: datetime | None = None,
    ) -> bool:
        """Writes to somebody directly; only `attention` decides that, and when.

        `under`: the key of an earlier message to them, in whose thread it shall stand.
        """
        # a page must not stand behind other messages to the same person, nor behind another page
        urgent = urgency == PAGE
        root = self._find(under) if urgent and under else None
        lane = root.lane if root is not None else f"urgent:{new_id()}"
        is_new = self._queue(
            Method.POST,
            key,
            user_id,
            _kept_of(message) | ({UNDER: under} if under else {}),
            lane=lane if urgent else user_id,
            urgent=urgent,
            urgency=urgency,
            quotes=bool(message.about),
            drop_after=drop_after,
            shows=message.shows,
        )
        return self._noted(is_new, key, message)

    def show_to_person(self, key: str, user_id: str, picture: Picture, *, urgency: str) -> bool:
        """Shows somebody a picture directly; only `attention` decides that.

        It goes in two steps, each claimed by itself: it is drawn and uploaded, which nobody sees
        and may be repeated, then what was uploaded is shown, which Slack lets happen once.
        """
        payload = {
            "chart": picture.chart.to_json(),
            "text": cut(picture.text, MAX_TEXT),
            "alt": picture.alt,
        }
        return self._queue(
            Method.UPLOAD,
            key,
            user_id,
            payload,
            lane=user_id,
            urgency=urgency,
            shows=picture.shows,
        )

    def whisper(
        self,
        key: str,
        channel_id: str,
        user_id: str,
        message: Message,
        *,
        drop_after: datetime,
        thread_ts: str | None = None,
    ) -> bool:
        """Shows a message to one member of a channel; not worth sending after `drop_after`.

        Slack does not promise that it is seen and keeps no trace of it. In a thread it is seen
        only if somebody replied there before.
        """
        place = {"thread_ts": thread_ts} if thread_ts else {}
        payload = payload_of(message) | {"user": user_id} | place
        lane = f"{channel_id}:{user_id}"
        return self._queue(
            Method.WHISPER, key, channel_id, payload, lane=lane, drop_after=drop_after
        )

    def revise(self, key: str, *, of: str, message: Message) -> bool:
        """Changes the message that was queued under the key `of`, once that one is out."""
        original = self._find(of, lock=True)
        return original is not None and self._revise(key, original, message)

    def redraw(self, key: str, *, of: str, message: Message) -> bool:
        """As `revise`, unless that message looks so already: Slack counts each change of one."""
        original = self._find(of, lock=True)
        if original is None or original.looks == _looks(payload_of(message)):
            return False
        return self._revise(key, original, message)

    def take_back(self, of: str, message: Message) -> bool:
        """Puts a message in the place of one that is out and will not be known any more.

        Returns False if it is not out; in contrast to `revise` it names nobody.
        """
        sent = self.sent(of)
        if sent is None:
            return False
        place = sent.channel_id
        return self._queue(
            Method.UPDATE, f"back:{new_id()}", place, payload_of(message), lane=place, at=sent
        )

    def rewrite(self, of: str, change: Callable[[Payload], Payload]) -> bool:
        """Changes what stands, or will stand, in the message that was queued under `of`.

        Returns whether there was anything to change.
        """
        original = self._find(of, lock=True)
        if original is None or not original.quotes or not original.payload:
            return False
        changes = select(OutboxRow).where(
            OutboxRow.team_id == self._team_id,
            OutboxRow.revises == of,
            OutboxRow.state != State.DONE,
        )
        waiting = [row for row in self._session.scalars(changes) if row.payload]
        before, original.looks = original.payload, None
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
        view = view | {"blocks": self._seal_home(user_id, view["blocks"])}
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

    def create_channel(self, key: str, name: str, *, is_private: bool) -> bool:
        """Makes a channel for a page; `ChannelMade` tells of it, `MessageNotSent` that it is not.

        If the name is taken, it gets a number behind it. One is made after the other, so that of
        two with the same name each is known again when Slack's answer was lost.
        """
        payload = {"name": name, "is_private": is_private}
        return self._queue(
            Method.CREATE,
            key,
            "",
            payload,
            lane=_CHANNELS,
            urgent=True,
            urgency=PAGE,
            drop_after=self._now + CHANNEL_IS_WANTED_FOR,
        )

    def invite(self, key: str, channel_id: str, user_id: str) -> bool:
        """Invites somebody into a channel that Baton made; whoever is in it already stays."""
        payload = {"user": user_id}
        return self._run(Method.INVITE, key, channel_id, payload)

    def set_topic(self, key: str, channel_id: str, topic: str) -> bool:
        """Writes what a channel is about above it, 250 characters at most."""
        return self._run(Method.TOPIC, key, channel_id, {"topic": cut(Mrkdwn(topic), MAX_TOPIC)})

    def archive(self, key: str, channel_id: str) -> bool:
        """Archives a channel that Baton made; what stands in it stays readable."""
        return self._run(Method.ARCHIVE, key, channel_id, {})

    def end_step(self, key: str, execution_id: str, outputs: Mapping[str, str]) -> bool:
        """Lets a workflow go on with what our step gives back."""
        payload = {"outputs": dict(outputs)}
        lane = f"step:{execution_id}"
        return self._queue(Method.STEP_DONE, key, execution_id, payload, lane=lane)

    def fail_step(self, key: str, execution_id: str, sentence: str) -> bool:
        """Ends a workflow at our step; whoever looks after it reads why."""
        payload = {"error": sentence}
        lane = f"step:{execution_id}"
        return self._queue(Method.STEP_FAILED, key, execution_id, payload, lane=lane)

    def update_form(self, key: str, user_id: str, view: dict[str, Any]) -> bool:
        """Changes a form that somebody has open, known by the `external_id` it was opened with.

        What they typed stays where a field keeps its block id. If they closed it, nothing happens.
        """
        lane, late = f"form:{view['external_id']}", self._now + FORM_IS_OPEN_FOR
        return self._queue(Method.REDRAW, key, user_id, {"view": view}, lane=lane, drop_after=late)

    def post_outside(self, key: str) -> bool:
        """Posts what was given up in a thread beside it; False if it is nothing like that."""
        row = self._find(key, lock=True)
        if row is None or row.state != State.DEAD or "thread_ts" not in row.payload:
            return False
        row.payload = {name: part for name, part in row.payload.items() if name != "thread_ts"}
        replay(row, now=self._machine_now)
        self._session.flush()
        self.has_new = True
        return True

    def cancel(self, keys: Iterable[str]) -> int:
        """Takes back what waits to be sent under these keys; returns how many rows.

        A row that is being claimed at the same time is waited for, and goes out; one whose outcome
        is not known, or that was given up, is not sent again.
        """
        waiting = update(OutboxRow).where(
            OutboxRow.team_id == self._team_id, OutboxRow.key.in_(sorted(keys))
        )
        is_ready = OutboxRow.state == State.READY
        dropped = {"state": State.DROPPED, "payload": {}}
        count = affected(self._session, waiting.where(is_ready).values(**dropped))
        unsure = OutboxRow.state.in_([State.LEASED, State.UNKNOWN, State.DEAD])
        self._session.execute(waiting.where(unsure).values(drop_after=_LONG_AGO))
        return count

    def knows(self, key: str) -> bool:
        """Whether something was queued under `key` before."""
        return self._find(key) is not None

    def drawn_at(self, key: str) -> datetime | None:
        """When what was queued under `key` was last said, or changed; None: it is not known."""
        newest = select(func.max(OutboxRow.queued_at)).where(
            OutboxRow.team_id == self._team_id,
            (OutboxRow.key == key) | (OutboxRow.revises == key),
        )
        return self._session.scalar(newest)

    def reader_of(self, key: str) -> str:
        """To whom the message under `key` was written directly; empty: it is a channel's."""
        row = self._find(key)
        return row.recipient if row is not None and row.recipient.startswith(PERSON) else ""

    def was_dropped(self, key: str) -> bool:
        """Whether what was queued under `key` was not said, and will not be."""
        row = self._find(key)
        return row is not None and row.state == State.DROPPED

    def sent(self, key: str) -> Sent | None:
        """Where the message queued under `key` stands, if it is out."""
        row = self._find(key)
        if row is None or row.sent_channel is None or row.sent_ts is None:
            return None
        return Sent(row.sent_channel, row.sent_ts)

    def _revise(self, key: str, original: OutboxRow, message: Message) -> bool:
        payload = payload_of(message)
        if original.quotes or message.about:
            self._keep(original, message)
        original.looks = _looks(payload)
        self._session.flush()
        return self._queue(
            Method.UPDATE,
            key,
            original.recipient,
            payload,
            lane=original.lane,
            revises=original.key,
            urgent=original.urgent,
        )

    def _run(self, method: Method, key: str, channel_id: str, payload: dict[str, Any]) -> bool:
        """A call about a channel of a page, in the order in which they were queued."""
        lane = f"{_CHANNELS}:{channel_id}"
        return self._queue(method, key, channel_id, payload, lane=lane, urgent=True, urgency=PAGE)

    def _keep(self, original: OutboxRow, message: Message) -> None:
        """What is posted from now on is kept instead of what was, as far as it quotes anybody."""
        place = {name: original.payload[name] for name in _PLACE if name in original.payload}
        is_out = original.state == State.DONE
        original.quotes = bool(message.about)
        original.payload = {} if is_out and not message.about else _kept_of(message) | place
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

    def _noted(self, is_new: bool, key: str, message: Message) -> bool:  # noqa: FBT001
        """Remembers whose words a message shows."""
        if is_new and message.about:
            quotations.note(self._session, self._team_id, key, message.about)
        return is_new

    def _is_paused(self) -> bool:
        workspace = workspaces.find(self._session, self._team_id)
        return workspace is not None and workspace.is_paused

    def _seal_home(self, user_id: str, blocks: list[Block]) -> list[Block]:
        return actions.seal_home(self._session, self._team_id, user_id, blocks, now=self._now)

    def _find(self, key: str, *, lock: bool = False) -> OutboxRow | None:
        return find(self._session, self._team_id, key, lock=lock)

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
        shows: frozenset[str] = frozenset(),
        at: Sent | None = None,
    ) -> bool:
        blocks, tokens = seal(payload.get("blocks", ()), {})
        row_id = new_id()
        row = {
            "team_id": self._team_id,
            "id": row_id,
            "lane": lane,
            "urgent": urgent,
            "not_before": self._machine_now,
            "key": key,
            "method": method,
            "recipient": recipient,
            "payload": payload | ({"blocks": blocks} if blocks else {}),
            "revises": revises,
            "quotes": quotes,
            "urgency": urgency,
            "queued_at": self._now,
            "drop_after": drop_after,
            "shows": sorted(shows) or None,
            "looks": _looks(payload) if method == Method.POST else None,
            "sent_channel": at.channel_id if at else None,
            "sent_ts": at.ts if at else None,
            "trace": traces.current(),
        }
        if is_silenced(method, urgent=urgent) and self._is_paused():
            row |= {"state": State.DROPPED, "payload": {}, "quotes": False, "error": PAUSED}
        is_new = insert_new(self._session, OutboxRow, [row]) == 1
        if is_new:
            self.note_queued(row_id)
            to = _binding(method, revises or key, recipient, payload)
            actions.record(self._session, self._team_id, tokens, to, now=self._now)
        self.has_new = self.has_new or is_new
        self.has_urgent = self.has_urgent or (is_new and urgent)
        return is_new


def is_silenced(method: str, *, urgent: bool) -> bool:
    """Whether a call is speech that a pause silences: all but pages and changes of old messages."""
    return method in SPEECH and not urgent


def drop_waiting(session: Session, team_id: str, *, now: datetime) -> None:
    """Has what waits to be said dropped when its turn comes, but for pages."""
    waiting = update(OutboxRow).where(
        OutboxRow.team_id == team_id,
        OutboxRow.state.in_([State.READY, State.LEASED, State.UNKNOWN]),
        OutboxRow.method.in_(sorted(SPEECH)),
        OutboxRow.urgent.is_(False),
    )
    session.execute(waiting.values(drop_after=now - timedelta(seconds=1)))


def forget_old(session: Session, *, before: datetime) -> int:
    """Deletes what was settled and queued before then; returns how many rows."""
    settled = OutboxRow.state.in_([State.DONE, State.DROPPED])
    return affected(session, delete(OutboxRow).where(settled, OutboxRow.queued_at < before))


def look_up_only(row: OutboxRow) -> None:
    """Of what may be out keeps where it stands, if it does; if it does not, it is not sent."""
    row.payload = {name: part for name, part in row.payload.items() if name in _FOUND_BY}
    row.quotes, row.drop_after = False, _LONG_AGO


def find(session: Session, team_id: str, key: str, *, lock: bool = False) -> OutboxRow | None:
    """The row that was queued under `key`; with a `lock` no sender takes it meanwhile."""
    row = select(OutboxRow).where(OutboxRow.team_id == team_id, OutboxRow.key == key)
    if lock:
        row = row.with_for_update().execution_options(populate_existing=True)
    return session.scalar(row)


def _kept_of(message: Message) -> Payload:
    """A message as it waits, and is kept if it shows words of people."""
    shown = payload_of(message)
    if message.instead is None:
        return shown
    return shown | {quotations.INSTEAD: {"text": cut(message.instead, MAX_TEXT)}}


def _looks(payload: Payload) -> str:
    """A digest of what people see of a message, and of what its buttons mean."""
    seen = [payload.get(name) for name in ("text", "blocks")]
    return sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def _binding(method: Method, key: str, recipient: str, payload: dict[str, Any]) -> Binding:
    """Buttons are the reader's alone where nobody else sees the message."""
    if method == Method.WHISPER:
        return Binding(Surface.WHISPER, key, payload["user"])
    is_direct = recipient.startswith(PERSON)
    return Binding(Surface.MESSAGE, key, recipient if is_direct else None)
