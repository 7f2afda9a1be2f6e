"""The audit trail: who did what, found again by what it was about, without names once erased."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.core import audit
from bot.core.audit import Entry
from bot.core.db import Database
from tests.conftest import NOW


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


def _record(session: Session, team_id: str = "T1", minute: int = 0, **given: Any) -> None:
    line = {"actor_id": "U1", "action": "setting.changed", "about": "digest.time"} | given
    audit.record(session, team_id, at=NOW + timedelta(minutes=minute), **line)


def test_a_change_is_told_with_what_was_and_what_is(session: Session) -> None:
    _record(session, before={"at": "09:00"}, after=["08:00", None, 3])
    assert audit.entries(session, "T1") == [
        Entry(NOW, "U1", "setting.changed", "digest.time", {"at": "09:00"}, ["08:00", None, 3])
    ]


def test_what_has_no_before_has_none(session: Session) -> None:
    _record(session, action="button.refused")
    session.expire_all()
    (entry,) = audit.entries(session, "T1")
    assert (entry.before, entry.after) == (None, None)
    nulls = session.query(audit.AuditRow).filter(audit.AuditRow.before.is_(None))
    assert nulls.count() == 1, "a missing value is no JSON null"


def test_the_newest_lines_come_first_and_no_more_than_asked(session: Session) -> None:
    for minute in range(5):
        _record(session, minute=minute, after=minute)
    assert [entry.after for entry in audit.entries(session, "T1", limit=2)] == [4, 3]


def test_lines_are_found_by_what_they_are_about(session: Session) -> None:
    _record(session, about="digest.time", after=1)
    _record(session, about="coach.rules", after=2)
    assert [entry.after for entry in audit.entries(session, "T1", "coach.rules")] == [2]


def test_no_workspace_sees_the_trail_of_another(session: Session) -> None:
    _record(session, team_id="T2")
    assert audit.entries(session, "T1") == []


def test_an_erased_person_leaves_what_was_done_but_not_who_it_was(session: Session) -> None:
    _record(session, actor_id="U1", after=1)
    _record(session, actor_id="U2", after=2)
    _record(session, team_id="T2", actor_id="U1")
    assert audit.forget_person(session, "T1", "U1") == 1
    session.expire_all()
    told = {entry.after: entry.actor_id for entry in audit.entries(session, "T1")}
    assert told == {1: audit.FORGOTTEN, 2: "U2"}
    assert audit.entries(session, "T2")[0].actor_id == "U1"


def test_whatever_is_given_as_a_name_can_be_stored(session: Session) -> None:
    _record(session, actor_id="U\x00" + "9" * 200, about="\ud800" + "x" * 5_000)
    session.flush()
    (entry,) = audit.entries(session, "T1")
    assert (len(entry.actor_id), len(entry.about)) == (32, audit.MAX_ABOUT)
