"""The message store: the same events leave the same rows, in whatever order they arrive."""

from dataclasses import replace
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.core import erasures, message_store
from bot.core.agreement.reading import SettingRow
from bot.core.agreement.setting import Layer
from bot.core.attention import OFF
from bot.core.db import Base, Database, storable
from bot.core.erasures import ErasureRow
from bot.core.events import (
    ChannelKind,
    Conversation,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionAdded,
    ReactionRemoved,
    instant_of,
)
from bot.core.message_store import RETENTION, MessageRow, ReactionRow

ROOT, REPLY = "1791273600.000100", "1791273660.000200"


def _posted(ts: str, text: str, thread_ts: str | None = None) -> MessagePosted:
    return MessagePosted(
        team_id="T1",
        channel_id="C1",
        kind=ChannelKind.PUBLIC,
        ts=ts,
        user_id="U1",
        text=text,
        thread_ts=thread_ts,
    )


def _edited(ts: str, text: str, edited_ts: str) -> MessageEdited:
    return MessageEdited(
        team_id="T1", channel_id="C1", ts=ts, user_id="U1", text=text, edited_ts=edited_ts
    )


def _reaction(kind: type[ReactionAdded] | type[ReactionRemoved], event_ts: str) -> Conversation:
    return kind(
        team_id="T1", channel_id="C1", ts=ROOT, user_id="U2", emoji="eyes", event_ts=event_ts
    )


HISTORY: list[Conversation] = [
    _posted(ROOT, "first"),
    _edited(ROOT, "second", "1791273700.000000"),
    _edited(ROOT, "third", "1791273800.000000"),
    _posted(REPLY, "reply", ROOT),
    MessageDeleted(team_id="T1", channel_id="C1", ts=REPLY),
    _reaction(ReactionAdded, "1791273900.000000"),
    _reaction(ReactionRemoved, "1791273901.000000"),
]

MORE: list[Conversation] = [
    _posted("1791273601.000100", "of somebody else"),
    replace(_posted("1791273602.000100", "elsewhere"), channel_id="C2", user_id="U3"),
    replace(_posted("1791273603.000100", "and one more", ROOT), user_id="U3"),
]


def _rows(database: Database) -> list[tuple[object, ...]]:
    with database.reading() as session:
        messages = session.scalars(select(MessageRow).order_by(MessageRow.ts)).all()
        reactions = session.scalars(select(ReactionRow)).all()
    return [
        *((m.ts, m.user_id, m.text, m.thread_ts, m.is_deleted) for m in messages),
        *((r.user_id, r.emoji, r.is_set) for r in reactions),
    ]


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = Database(f"sqlite:///{_file(tmp_path_factory.mktemp('store'))}")
    Base.metadata.create_all(database.engine)
    return database


def _file(folder: Path) -> Path:
    return folder / "store.db"


@settings(max_examples=120, deadline=None)
@given(st.permutations(HISTORY), st.lists(st.sampled_from(HISTORY), max_size=4))
def test_f03_any_order_with_repetitions_leaves_the_same_rows(
    sqlite: Database, order: list[Conversation], repeated: list[Conversation]
) -> None:
    with sqlite.transaction() as session:
        for table in (MessageRow, ReactionRow):
            session.execute(Base.metadata.tables[table.__tablename__].delete())
        for event in [*order, *repeated]:
            message_store.record(session, event)
    assert _rows(sqlite) == [
        (ROOT, "U1", "third", None, False),
        (REPLY, "U1", "", ROOT, True),
        ("U2", "eyes", False),
    ]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    events=st.lists(st.sampled_from([*HISTORY, *MORE]), max_size=12),
    cuts=st.lists(st.integers(0, 12), max_size=3),
)
@pytest.mark.parametrize("more", [{}, {"off"}, {"erased"}, {"nothing is kept"}])
def test_f03_many_at_once_leave_what_each_alone_leaves(
    database: Database, more: set[str], events: list[Conversation], cuts: list[int]
) -> None:
    left = []
    for together in (False, True):
        with database.transaction() as session:
            for table in (MessageRow, ReactionRow, SettingRow, ErasureRow):
                session.execute(delete(table))
            _has(session, more)
            for some in _cut(events, cuts):
                if together:
                    message_store.record_all(session, some)
                else:
                    for event in some:
                        message_store.record(session, event)
        left.append(_whole_rows(database))
    assert left[0] == left[1]


def _cut(events: list[Conversation], cuts: list[int]) -> list[list[Conversation]]:
    edges = sorted({0, *(min(cut, len(events)) for cut in cuts), len(events)})
    return [events[start:end] for start, end in pairwise(edges)]


def _has(session: Session, more: set[str]) -> None:
    """A workspace in which one of the writers is off or was erased, or no text is kept."""
    set_by = {"set_by": "U1", "set_at": instant_of(ROOT)}
    if "off" in more:
        place = {"team_id": "T1", "layer": Layer.PERSON, "scope_id": "U1"}
        session.add(SettingRow(**place, key=OFF.key, value=True, **set_by))
    if "nothing is kept" in more:
        place = {"team_id": "T1", "layer": Layer.WORKSPACE, "scope_id": ""}
        session.add(SettingRow(**place, key=RETENTION.key, value=0, **set_by))
    if "erased" in more:
        erasures.note(session, "T1", "U1", now=instant_of("1791273650.000000"))
    session.flush()


def _whole_rows(database: Database) -> list[tuple[object, ...]]:
    with database.reading() as session:
        return [
            tuple(row)
            for table in (MessageRow.__table__, ReactionRow.__table__)
            for row in session.execute(select(table).order_by(*table.primary_key))
        ]


def test_an_edit_a_post_and_a_deletion_agree_on_both_databases(database: Database) -> None:
    results = []
    for order in permutations(HISTORY[:3]):
        with database.transaction() as session:
            session.execute(Base.metadata.tables["messages"].delete())
            for event in order:
                message_store.record(session, event)
        results.append(_rows(database))
    assert all(rows == [(ROOT, "U1", "third", None, False)] for rows in results)


def test_a_deleted_message_is_found_no_more_and_its_text_is_gone(database: Database) -> None:
    with database.transaction() as session:
        message_store.record(session, _posted(ROOT, "canary"))
        assert message_store.find(session, "T1", "C1", ROOT) is not None
        message_store.record(session, MessageDeleted(team_id="T1", channel_id="C1", ts=ROOT))
        assert message_store.find(session, "T1", "C1", ROOT) is None
    with database.reading() as session:
        assert session.scalars(select(MessageRow.text)).all() == [""]


def test_what_a_database_cannot_hold_is_replaced(database: Database) -> None:
    with database.transaction() as session:
        message_store.record(session, _posted(ROOT, storable("a\x00b\ud800c")))
    with database.reading() as session:
        assert session.scalars(select(MessageRow.text)).all() == ["a\u2400b\ufffdc"]


def test_replies_come_by_age_without_their_root(database: Database) -> None:
    with database.transaction() as session:
        message_store.record(session, _posted(REPLY, "reply", ROOT))
        message_store.record(session, _posted(ROOT, "root", ROOT))
        found = message_store.replies(session, "T1", "C1", ROOT)
    assert [message.text for message in found] == ["reply"]


def test_who_took_a_reaction_back_did_react(database: Database) -> None:
    added = _reaction(ReactionAdded, "1791273900.000000")
    with database.transaction() as session:
        message_store.record(session, added)
        assert {"U2"} == message_store.ever_reacted(session, "T1", "C1", ROOT, "eyes")
        message_store.record(session, _reaction(ReactionRemoved, "1791273901.000000"))
        assert {"U2"} == message_store.ever_reacted(session, "T1", "C1", ROOT, "eyes")


def test_the_kept_texts_of_a_channel_come_by_age_however_many_there_are(
    database: Database,
) -> None:
    ages = [float(place) for place in range(2 * message_store.PORTION + 1)]
    with database.transaction() as session:
        for age in reversed(ages):
            ts = f"{1791273600 + age:.6f}"
            session.add(_row("C1", ts, text=f"{age}"))
        session.add(_row("C1", "1791273000.000000", is_deleted=True))
        session.add(_row("C1", "1791273000.000001", is_kept=False))
        session.add(_row("C2", "1791273000.000000", is_kept=False))
    with database.reading() as session:
        assert message_store.channels_with_texts(session, "T1") == ["C1"]
        assert message_store.channels_with_texts(session, "T2") == []
        told = []
        for message in message_store.texts_of(session, "T1", "C1"):
            told.append(message.text)
            if len(told) == 1:  # whoever reads looks up other things meanwhile
                assert message_store.find(session, "T1", "C1", message.ts) == message
    assert told == [f"{age}" for age in ages]


def _row(channel_id: str, ts: str, **values: Any) -> MessageRow:
    place = {"team_id": "T1", "channel_id": channel_id, "ts": ts, "at": instant_of(ts)}
    return MessageRow(**place, user_id="U1", **values)
