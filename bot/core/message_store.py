"""What people wrote and how they reacted, so that features need not trust the order of arrival.

The same events in any order leave the same rows: an edit outlives the post it belongs to, a
deletion outlives both, and the newest change of a reaction wins.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    Index,
    Result,
    Select,
    String,
    Text,
    bindparam,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core import erasures, workspaces
from bot.core.agreement import reading
from bot.core.agreement.kinds import Number
from bot.core.agreement.setting import WORKSPACE, Layer, Setting, person_scope
from bot.core.attention import OFF
from bot.core.db import Base, affected, forget_lasting, insert_new, lasting, portions
from bot.core.events import (
    Conversation,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionAdded,
    ReactionRemoved,
    instant_of,
)

RETENTION: Final = Setting[int](
    "messages.retention_days",
    Number(0, 3_650, "days"),
    30,
    (Layer.WORKSPACE,),
    "Keep what people write for",
    "Days after which the text of messages is deleted; 0: it is never stored",
)
MARKS_KEPT_FOR: Final = timedelta(days=365)
"""Who wrote when and where outlives the text: what waits and what was decided points there."""

PORTION: Final = 1_000
DELETED: Final = "~"
"""Sorts behind every `ts`."""
_KEPT: Final = text("is_kept")
_AHEAD: Final = "messages"

_Key: TypeAlias = tuple[str, str, str]
"""A workspace, a channel and a `ts`."""


class MessageRow(Base):
    """One message of a person. Deleted: the text is gone, the row stays as a mark.

    Not kept: its text was too old, or was never stored.
    """

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_thread", "team_id", "channel_id", "thread_ts"),
        Index("ix_messages_at", "team_id", "channel_id", "at"),
        Index("ix_messages_user_id", "team_id", "user_id"),
        Index("ix_messages_kept", "team_id", "at", sqlite_where=_KEPT, postgresql_where=_KEPT),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ts: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime]
    user_id: Mapped[str] = mapped_column(String(32), default="")
    thread_ts: Mapped[str | None] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text, default="")
    edited_ts: Mapped[str] = mapped_column(String(32), default="")
    is_deleted: Mapped[bool] = mapped_column(default=False)
    is_kept: Mapped[bool] = mapped_column(default=True)


class ReactionRow(Base):
    """The newest change of one person's reaction; `is_set` false: taken back."""

    __tablename__ = "reactions"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ts: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    emoji: Mapped[str] = mapped_column(String(128), primary_key=True)
    is_set: Mapped[bool]
    event_ts: Mapped[str] = mapped_column(String(32))


def _told() -> Select[Any]:
    """The messages of a channel, without marks of those that are gone."""
    return _told_anywhere().where(MessageRow.__table__.c.channel_id == bindparam("channel_id"))


def _told_anywhere() -> Select[Any]:
    messages = MessageRow.__table__
    return select(messages).where(
        messages.c.team_id == bindparam("team_id"),
        messages.c.user_id != "",
        messages.c.is_deleted.is_(False),
    )


def _many() -> Select[Any]:
    messages = MessageRow.__table__.c
    return _told_anywhere().where(
        messages.channel_id.in_(bindparam("channel_ids", expanding=True)),
        messages.ts.in_(bindparam("all_ts", expanding=True)),
    )


def _replies() -> Select[Any]:
    messages = MessageRow.__table__.c
    in_thread = messages.thread_ts == bindparam("thread_ts")
    under = _told().where(in_thread, messages.ts != bindparam("thread_ts"))
    return under.order_by(messages.at)


def _between() -> Select[Any]:
    messages = MessageRow.__table__.c
    return _told().where(messages.at >= bindparam("since"), messages.at < bindparam("until"))


def _beside() -> Select[Any]:
    messages = MessageRow.__table__.c
    is_reply = messages.thread_ts.is_not(None) & (messages.thread_ts != messages.ts)
    rows = _told().where(~is_reply, messages.at < bindparam("until"))
    return rows.with_only_columns(messages.user_id, messages.at, messages.ts)


def _beside_of_others() -> Select[Any]:
    messages = MessageRow.__table__.c
    is_since = messages.at >= bindparam("since")
    is_other = messages.user_id != bindparam("than")
    return select(_beside().where(is_since, is_other, messages.ts != bindparam("but")).exists())


def _reactions() -> Select[Any]:
    reactions = ReactionRow.__table__.c
    return select(reactions.user_id, reactions.emoji).where(
        reactions.team_id == bindparam("team_id"),
        reactions.channel_id == bindparam("channel_id"),
        reactions.ts == bindparam("ts"),
        reactions.is_set,
    )


_ONE: Final = _told().where(MessageRow.__table__.c.ts == bindparam("ts"))
_MANY: Final = _many()
_REPLIES: Final = _replies()
_BETWEEN: Final = _between().order_by(MessageRow.__table__.c.at)
_NEWEST_BETWEEN: Final = (
    _between().order_by(MessageRow.__table__.c.at.desc()).limit(bindparam("newest"))
)
_OLDEST_BETWEEN: Final = _BETWEEN.limit(bindparam("oldest"))
_BETWEEN_BY: Final = _BETWEEN.where(MessageRow.__table__.c.user_id == bindparam("user_id"))
_NEWEST_BESIDE: Final = (
    _beside().order_by(MessageRow.__table__.c.at.desc()).limit(bindparam("newest"))
)
_OTHERS_BESIDE: Final = _beside_of_others()
_REACTIONS: Final = _reactions()
"""What is asked for at every other event is built once."""


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message that is not deleted; `text` is Slack's, with its control tokens.

    Not kept: there was a text, and it is gone.
    """

    channel_id: str
    ts: str
    user_id: str
    text: str
    thread_ts: str | None
    at: datetime
    edited_at: datetime | None = None
    is_kept: bool = True

    @property
    def is_reply(self) -> bool:
        """Whether it stands under another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def thread_root(self) -> str:
        """The `ts` under which replies to this message stand."""
        return self.thread_ts or self.ts


def record(session: Session, event: Conversation) -> None:
    """Brings the store up to an event, whatever arrived before it."""
    forget_lasting(session, _AHEAD)
    match event:
        case MessagePosted() | MessageEdited():
            _record_text(session, event)
        case MessageDeleted():
            row = _message(session, event.team_id, event.channel_id, event.ts)
            row.text, row.is_deleted, row.is_kept = "", True, True
        case ReactionAdded() | ReactionRemoved():
            _record_reaction(session, event)


def record_all(session: Session, events: Sequence[Conversation]) -> None:
    """The same for many events of a workspace that was entered.

    Most are messages of which nothing is known yet; those are inserted in one go.
    """
    if not events:
        return
    team_id = events[0].team_id
    forget_lasting(session, _AHEAD)
    posted = {
        (each.channel_id, each.ts): each for each in events if isinstance(each, MessagePosted)
    }
    authors = sorted({each.user_id for each in posted.values()})
    reading.read_ahead(session, team_id, [WORKSPACE, *map(person_scope, authors)])
    erased = erasures.instants(session, team_id, authors)
    rows = [_fresh(session, each, erased.get(each.user_id)) for each in posted.values()]
    are_all_new = insert_new(session, MessageRow, rows) == len(rows)
    for event in events:
        is_done = are_all_new and posted.get((event.channel_id, event.ts)) is event
        if not is_done:
            record(session, event)


def current(session: Session, event: MessagePosted | MessageEdited) -> StoredMessage | None:
    """What a message says by now, to be acted upon at once.

    Where texts are not stored it is the event that tells, if nothing newer came. None: the message
    is gone, or its author wants to be left alone.
    """
    row = _known(session, event.team_id, event.channel_id, event.ts)
    if row is None:
        return None
    if reading.value(session, event.team_id, OFF, user_id=row.user_id):
        return None
    if not row.is_kept and row.edited_ts == _version(event):
        return _stored(row, event.text)
    return _stored(row, row.text) if row.is_kept else None


def read_ahead(session: Session, team_id: str, places: Collection[tuple[str, str]]) -> None:
    """Reads messages in one go, by channel and `ts`, for when they are asked about one by one."""
    ahead: dict[_Key, Any] = lasting(session, _AHEAD, dict)
    strange = [place for place in places if (team_id, *place) not in ahead]
    ahead.update({(team_id, *place): None for place in strange})
    channel_ids = sorted({channel_id for channel_id, _ in strange})
    for some in portions(sorted({ts for _, ts in strange})):
        given = {"team_id": team_id, "channel_ids": channel_ids, "all_ts": some}
        for row in _rows(session, _MANY, given):
            ahead[team_id, row.channel_id, row.ts] = row


def versions(
    session: Session, team_id: str, channel_id: str, ts: Iterable[str]
) -> Mapping[str, str]:
    """Of those messages the known ones, each with the `ts` of its last edit; empty: none.

    One that is known to be deleted counts as edited for good.
    """
    row, found = MessageRow, dict[str, str]()
    for some in portions(sorted(ts)):
        known = (row.team_id == team_id, row.channel_id == channel_id, row.ts.in_(some))
        rows = session.execute(select(row.ts, row.edited_ts, row.is_deleted).where(*known))
        found |= {each: DELETED if is_deleted else edited for each, edited, is_deleted in rows}
    return found


def find(session: Session, team_id: str, channel_id: str, ts: str) -> StoredMessage | None:
    """The message, unless it is unknown or deleted."""
    row = _known(session, team_id, channel_id, ts)
    return _stored(row, row.text) if row else None


def replies(
    session: Session, team_id: str, channel_id: str, thread_ts: str
) -> Sequence[StoredMessage]:
    """The replies of a thread, the oldest first, without its root."""
    given = {"team_id": team_id, "channel_id": channel_id, "thread_ts": thread_ts}
    return [_stored(row, row.text) for row in _rows(session, _REPLIES, given)]


def find_all(
    session: Session, team_id: str, channel_id: str, all_ts: Collection[str]
) -> Mapping[str, StoredMessage]:
    """Those of a channel's messages that are known and not deleted, by `ts`."""
    found: dict[str, StoredMessage] = {}
    for some in portions(sorted(all_ts)):
        rows = select(MessageRow).where(*_in_channel(team_id, channel_id), MessageRow.ts.in_(some))
        found |= {row.ts: _stored(row, row.text) for row in session.scalars(rows)}
    return found


def between(
    session: Session,
    team_id: str,
    channel_id: str,
    since: datetime,
    until: datetime,
    *,
    newest: int | None = None,
    oldest: int | None = None,
) -> Sequence[StoredMessage]:
    """The messages of a channel written from `since` (included) to `until` (not), by age.

    With `newest` only the last so many of them, with `oldest` the first.
    """
    given = {"team_id": team_id, "channel_id": channel_id, "since": since, "until": until}
    if newest is not None:
        found = _rows(session, _NEWEST_BETWEEN, given | {"newest": newest})
        return [_stored(row, row.text) for row in found][::-1]
    statement = _BETWEEN if oldest is None else _OLDEST_BETWEEN
    given |= {} if oldest is None else {"oldest": oldest}
    return [_stored(row, row.text) for row in _rows(session, statement, given)]


def newest_beside(
    session: Session, team_id: str, channel_id: str, until: datetime, newest: int
) -> Sequence[tuple[str, datetime, str]]:
    """Who wrote last in a channel outside of its threads, and when, with the `ts`; newest first."""
    given = {"team_id": team_id, "channel_id": channel_id, "until": until, "newest": newest}
    return [(row.user_id, row.at, row.ts) for row in _rows(session, _NEWEST_BESIDE, given)]


def others_beside(
    session: Session,
    team_id: str,
    channel_id: str,
    since: datetime,
    until: datetime,
    *,
    than: str,
    but: str,
) -> bool:
    """Whether others `than` somebody wrote there; one message does not count. As `between`."""
    given = {"team_id": team_id, "channel_id": channel_id, "since": since, "until": until}
    return bool(_rows(session, _OTHERS_BESIDE, given | {"than": than, "but": but}).scalar())


def said_in(
    session: Session,
    team_id: str,
    channel_id: str,
    since: datetime,
    until: datetime,
    *,
    user_id: str,
) -> Sequence[StoredMessage]:
    """What somebody wrote in a channel, as `between`."""
    given = {"team_id": team_id, "channel_id": channel_id, "since": since, "until": until}
    rows = _rows(session, _BETWEEN_BY, given | {"user_id": user_id})
    return [_stored(row, row.text) for row in rows]


def said_by(
    session: Session, team_id: str, user_id: str, since: datetime, until: datetime
) -> Sequence[StoredMessage]:
    """What somebody wrote from `since` (included) to `until` (not), by age."""
    rows = select(MessageRow).where(
        *_of(MessageRow, team_id, user_id),
        MessageRow.at >= since,
        MessageRow.at < until,
        MessageRow.is_deleted.is_(False),
    )
    return [_stored(row, row.text) for row in session.scalars(rows.order_by(MessageRow.at))]


def channels_with_texts(session: Session, team_id: str) -> Sequence[str]:
    """Ids of the channels of which texts are kept."""
    found = select(MessageRow.channel_id).where(*_with_text(team_id)).distinct()
    return list(session.scalars(found.order_by(MessageRow.channel_id)))


def texts_of(session: Session, team_id: str, channel_id: str) -> Iterator[StoredMessage]:
    """The messages of a channel whose text is kept, by age; however many there are."""
    rows = select(MessageRow).where(*_with_text(team_id), MessageRow.channel_id == channel_id)
    in_order = rows.order_by(MessageRow.at, MessageRow.ts).execution_options(yield_per=PORTION)
    for row in session.scalars(in_order):
        yield _stored(row, row.text)
        session.expunge(row)


def ever_reacted(
    session: Session, team_id: str, channel_id: str, ts: str, emoji: str
) -> frozenset[str]:
    """Who reacted with this emoji, whether or not they took it back later."""
    rows = select(ReactionRow.user_id).where(
        ReactionRow.team_id == team_id,
        ReactionRow.channel_id == channel_id,
        ReactionRow.ts == ts,
        ReactionRow.emoji == emoji,
    )
    return frozenset(session.scalars(rows))


def reactions_to(
    session: Session, team_id: str, channel_id: str, ts: str
) -> Sequence[tuple[str, str]]:
    """Who reacts to a message, and with which emoji, without those that were taken back."""
    given = {"team_id": team_id, "channel_id": channel_id, "ts": ts}
    return [(row.user_id, row.emoji) for row in _rows(session, _REACTIONS, given)]


def reaction_counts(
    session: Session, team_id: str, channel_id: str, since: datetime
) -> Mapping[str, int]:
    """How many reactions the messages of a channel have that were written since then, by `ts`."""
    counted = select(ReactionRow.ts, func.count()).where(
        ReactionRow.team_id == team_id,
        ReactionRow.channel_id == channel_id,
        ReactionRow.ts >= f"{since.timestamp():.6f}",
        ReactionRow.is_set,
    )
    return dict(session.execute(counted.group_by(ReactionRow.ts)).all())


def written_by(session: Session, team_id: str, user_id: str) -> list[MessageRow]:
    """What is known of everything somebody wrote, the oldest first."""
    theirs = select(MessageRow).where(*_of(MessageRow, team_id, user_id))
    return list(session.scalars(theirs.order_by(MessageRow.at)))


def empty(session: Session, team_id: str, user_id: str) -> int:
    """Deletes the texts somebody wrote; that they wrote stays. Returns how many."""
    forget_lasting(session, _AHEAD)
    kept = MessageRow.is_kept & MessageRow.is_deleted.is_(False)
    theirs = update(MessageRow).where(*_of(MessageRow, team_id, user_id), kept)
    return affected(session, theirs.values(text="", is_kept=False))


def forget_person(session: Session, team_id: str, user_id: str) -> int:
    """Deletes everything somebody wrote and how they reacted; returns how many.

    A mark without a name stays where a message was: no late event brings its text back.
    """
    forget_lasting(session, _AHEAD)
    reactions = delete(ReactionRow).where(*_of(ReactionRow, team_id, user_id))
    theirs = update(MessageRow).where(*_of(MessageRow, team_id, user_id))
    gone = theirs.values(text="", user_id="", is_deleted=True, is_kept=False)
    return affected(session, reactions) + affected(session, gone)


def forget_old(session: Session, team_id: str, *, now: datetime, days: int) -> int:
    """Deletes the texts older than `days` and the reactions to them; returns how many."""
    forget_lasting(session, _AHEAD)
    before = now - timedelta(days=days)
    old = (MessageRow.team_id == team_id) & (MessageRow.at < before)
    kept = MessageRow.is_kept & MessageRow.is_deleted.is_(False)
    emptied = update(MessageRow).where(old, kept).values(text="", is_kept=False)
    # an answer may arrive before its question: reactions stay a day where texts do not
    reacted_before = f"{min(before, now - timedelta(days=1)).timestamp():.6f}"
    reactions = delete(ReactionRow).where(
        ReactionRow.team_id == team_id, ReactionRow.ts < reacted_before
    )
    marks = delete(MessageRow).where(
        MessageRow.team_id == team_id,
        MessageRow.at < min(before, now - MARKS_KEPT_FOR),
    )
    return sum(affected(session, statement) for statement in (emptied, reactions, marks))


def _record_text(session: Session, event: MessagePosted | MessageEdited) -> None:
    workspaces.hold(session, event.team_id)
    row = _message(session, event.team_id, event.channel_id, event.ts)
    edited_ts = _version(event)
    if _was_erased(session, event, edited_ts or event.ts):
        row.is_deleted, row.is_kept = True, False
        row.user_id = row.text = row.edited_ts = ""  # an edit of later may have come before
        return
    row.user_id = "" if row.is_deleted and not row.is_kept else event.user_id
    row.thread_ts = event.thread_ts or row.thread_ts
    # "" sorts before every ts; two ts of one channel have the same length
    if not row.is_deleted and edited_ts >= row.edited_ts:
        row.is_kept = _is_to_be_kept(session, event)
        row.text, row.edited_ts = event.text if row.is_kept else "", edited_ts


def _fresh(session: Session, event: MessagePosted, erased: datetime | None) -> dict[str, Any]:
    """The row of a message of which nothing is known yet."""
    at = instant_of(event.ts)
    is_erased = erased is not None and at <= erased
    is_kept = not is_erased and _is_to_be_kept(session, event)
    return {
        "team_id": event.team_id,
        "channel_id": event.channel_id,
        "ts": event.ts,
        "at": at,
        "user_id": "" if is_erased else event.user_id,
        "thread_ts": None if is_erased else event.thread_ts,
        "text": event.text if is_kept else "",
        "edited_ts": "",
        "is_deleted": is_erased,
        "is_kept": is_kept,
    }


def _is_to_be_kept(session: Session, event: MessagePosted | MessageEdited) -> bool:
    if reading.value(session, event.team_id, RETENTION) == 0:
        return False
    return not reading.value(session, event.team_id, OFF, user_id=event.user_id)


def _was_erased(
    session: Session,
    event: MessagePosted | MessageEdited | ReactionAdded | ReactionRemoved,
    ts: str,
) -> bool:
    return erasures.covers(session, event.team_id, event.user_id, instant_of(ts))


def _version(event: MessagePosted | MessageEdited) -> str:
    return event.edited_ts if isinstance(event, MessageEdited) else ""


def _in_channel(team_id: str, channel_id: str) -> tuple[Any, ...]:
    """The messages of a channel, without marks of those that are gone."""
    return (
        MessageRow.team_id == team_id,
        MessageRow.channel_id == channel_id,
        MessageRow.user_id != "",
        MessageRow.is_deleted.is_(False),
    )


def _with_text(team_id: str) -> tuple[Any, ...]:
    return (
        MessageRow.team_id == team_id,
        MessageRow.is_kept,
        MessageRow.is_deleted.is_(False),
        MessageRow.user_id != "",
    )


def _of(table: type[MessageRow] | type[ReactionRow], team_id: str, user_id: str) -> tuple[Any, Any]:
    return table.team_id == team_id, table.user_id == user_id


def _record_reaction(session: Session, event: ReactionAdded | ReactionRemoved) -> None:
    if _was_erased(session, event, event.event_ts):
        return
    is_set = isinstance(event, ReactionAdded)
    key = {
        "team_id": event.team_id,
        "channel_id": event.channel_id,
        "ts": event.ts,
        "user_id": event.user_id,
        "emoji": event.emoji,
    }
    if insert_new(session, ReactionRow, [key | {"is_set": is_set, "event_ts": event.event_ts}]):
        return
    row = session.get_one(ReactionRow, key)
    if instant_of(event.event_ts) >= instant_of(row.event_ts):
        row.is_set, row.event_ts = is_set, event.event_ts


def _message(session: Session, team_id: str, channel_id: str, ts: str) -> MessageRow:
    row = session.get(MessageRow, (team_id, channel_id, ts))
    if row is None:
        row = MessageRow(
            team_id=team_id, channel_id=channel_id, ts=ts, at=instant_of(ts), edited_ts=""
        )
        row.is_deleted, row.is_kept = False, True
        session.add(row)
        session.flush()
    return row


def _known(session: Session, team_id: str, channel_id: str, ts: str) -> Any:
    """The row of a message; None: it is unknown, or gone."""
    ahead: dict[_Key, Any] = lasting(session, _AHEAD, dict)
    if (team_id, channel_id, ts) in ahead:
        return ahead[team_id, channel_id, ts]
    given = {"team_id": team_id, "channel_id": channel_id, "ts": ts}
    return _rows(session, _ONE, given).one_or_none()


def _rows(session: Session, statement: Select[Any], given: Mapping[str, Any]) -> Result[Any]:
    session.flush()  # only what is asked of the classes themselves sees what was changed in them
    return session.execute(statement, given)


def _stored(row: Any, words: str) -> StoredMessage:
    edited_at = instant_of(row.edited_ts) if row.edited_ts else None
    place = (row.channel_id, row.ts, row.user_id, words, row.thread_ts)
    return StoredMessage(*place, at=row.at, edited_at=edited_at, is_kept=row.is_kept)
