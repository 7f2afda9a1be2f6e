"""An installation lives, is replaced, ends, and is deleted; nothing of others is touched."""

import re
import signal
from collections.abc import Iterable
from datetime import timedelta
from multiprocessing import get_context
from typing import Any

import pytest
from sqlalchemy import Row, select

from bot.app import assemble, metadata
from bot.core import crash, endings, installations, people, workspaces
from bot.core.attempts import AttemptRow
from bot.core.bot import Bot
from bot.core.channels import ChannelMemberRow
from bot.core.clock import StoppedClock, monotonic
from bot.core.db import Database, insert_new
from bot.core.encryption import Keyring
from bot.core.errors import CannotDecrypt, WorkspaceGone
from bot.core.ids import new_id
from bot.core.inbox import DeliveryRow, InboxRow
from bot.core.installations import InstallationRow
from bot.core.outbox import OutboxRow
from bot.core.people import Account, PersonRow
from bot.core.queue import State
from bot.core.unit_of_work import House
from bot.core.workspaces import WorkspaceRow
from bot.settings import Settings
from tests.support.installing import DAY, TOKEN, end, granted, install

OURS, OTHERS, ORGANISATION = "T8", "T9", "E1"
MANY = endings.PORTION + 1
_TOKEN = re.compile(r"xox[a-z]-|xapp-|xoxe")


@pytest.fixture
def house(database: Database, clock: StoppedClock) -> Bot:
    """Every feature, in two workspaces that installed it."""
    made = assemble(Settings(_env_file=None, database_url=database.url), database)
    made.clock = clock
    made.house = House(Keyring({"k1": b"1" * 32}))
    for team_id in (OURS, OTHERS):
        install(made, granted(team_id))
        _fill(made, team_id)
    return made


def _fill(house: Bot, team_id: str) -> None:
    """People, and something waiting in each queue."""
    with house.begin(team_id, during="job") as uow:
        people.save(
            uow.session, team_id, Account("U1", "Mei", "Asia/Tokyo", is_member=True), now=uow.now
        )
        for table, more in (
            (
                OutboxRow,
                {"key": "k", "method": "chat.postMessage", "recipient": "C1", "urgency": ""},
            ),
            (AttemptRow, {"key": "k", "pager": "sms", "user_id": "U1"}),
            (InboxRow, {"event_id": "Ev1", "body": b"{}", "received_at": uow.now}),
            (DeliveryRow, {"event_id": "Ev1", "listener": "a.b", "body": b"{}"}),
        ):
            row = {"team_id": team_id, "id": new_id(), "lane": "x", "not_before": uow.now, **more}
            if table in {OutboxRow, AttemptRow}:
                row |= {"payload": {"text": "hello"}, "queued_at": uow.now}
            insert_new(uow.session, table, [row])


def _rows(database: Database, team_id: str) -> dict[str, list[Row[tuple[object, ...]]]]:
    with database.reading() as session:
        found = {
            table.name: list(session.execute(select(table).where(table.c.team_id == team_id)))
            for table in metadata().sorted_tables
            if "team_id" in table.c
        }
    return {name: rows for name, rows in found.items() if rows}


def _generations(house: Bot, team_id: str = OURS) -> list[int]:
    with house.database.reading() as session:
        return [row.generation for row in installations.every(session) if row.team_id == team_id]


def _can_work(house: Bot, team_id: str) -> bool:
    try:
        with house.begin(team_id, during="job"):
            return True
    except WorkspaceGone:
        return False


def _pass(house: Bot, time: timedelta) -> None:
    assert isinstance(house.clock, StoppedClock)
    house.clock.advance(time)
    endings.erase_due(house)


def test_f34_what_is_over_stops_at_once_and_nothing_else_does(house: Bot) -> None:
    others = _rows(house.database, OTHERS)
    assert end(house, OURS)
    assert (_can_work(house, OURS), _can_work(house, OTHERS)) == (False, True)
    with pytest.raises(WorkspaceGone), house.looking(OURS):
        pass
    with house.database.reading() as session:
        queues: tuple[Any, ...] = (OutboxRow, AttemptRow, InboxRow, DeliveryRow)
        for table in queues:
            row = session.scalars(select(table).where(table.team_id == OURS)).one()
            kept = getattr(row, "payload", None) or getattr(row, "body", None)
            assert (row.state, kept) == (State.DROPPED, None if kept is None else {})
        over = session.scalars(select(InstallationRow).where(InstallationRow.team_id == OURS)).one()
        assert (over.token, over.ended_because) == ("", "uninstalled")
    assert _rows(house.database, OTHERS) == others


def test_f34_it_ends_once_however_often_that_is_told(house: Bot) -> None:
    assert [end(house, OURS), end(house, OURS)] == [True, False]
    assert not end(house, OTHERS, generation=99), "that is not the one which lives"
    assert _can_work(house, OTHERS)


def test_what_is_due_is_found_only_where_it_is_installed(house: Bot) -> None:
    end(house, OURS)
    with house.reading() as (session, _):
        assert set(session.scalars(select(PersonRow.team_id))) == {OTHERS}
        assert {row.team_id for row in session.scalars(select(OutboxRow))} == {OTHERS}
        assert [each.team_id for each in workspaces.every(session)] == ["T9"]


def test_what_is_kept_is_deleted_in_time_and_only_that(house: Bot) -> None:
    others = _rows(house.database, OTHERS)
    end(house, OURS)
    _pass(house, DAY - timedelta(seconds=1))
    assert "people" in _rows(house.database, OURS)
    _pass(house, timedelta(seconds=1))
    assert _rows(house.database, OURS) == {}
    assert _rows(house.database, OTHERS) == others


def _crowd(house: Bot, team_id: str) -> None:
    """More than goes in one portion."""
    with house.begin(team_id, during="job") as uow:
        rows = [
            {"team_id": team_id, "channel_id": "C1", "user_id": f"U{n}", "is_member": True}
            for n in range(MANY)
        ]
        insert_new(uow.session, ChannelMemberRow, [row | {"as_of": uow.now} for row in rows])


def _erase_until_killed(url: str) -> None:
    bot = assemble(Settings(_env_file=None, database_url=url), Database(url))
    crash.arm("erasing.after_portion")
    endings.erase(bot, OURS)


@pytest.mark.slow
def test_whoever_is_killed_while_deleting_is_followed_by_one_who_goes_on(house: Bot) -> None:
    _crowd(house, OURS)
    others = _rows(house.database, OTHERS)
    end(house, OURS, delay=timedelta())
    killed = get_context("spawn").Process(target=_erase_until_killed, args=(house.database.url,))
    killed.start()
    killed.join(60)
    assert killed.exitcode == -signal.SIGKILL
    left = _rows(house.database, OURS)
    assert left, "one portion is gone, not all"
    assert not _can_work(house, OURS)
    endings.erase_due(house)
    assert _rows(house.database, OURS) == {}
    assert _rows(house.database, OTHERS) == others


def test_deleting_stops_when_its_time_is_over(house: Bot) -> None:
    end(house, OURS, delay=timedelta())
    endings.erase(house, OURS, until=monotonic())
    assert "people" in _rows(house.database, OURS)


def test_f34_what_is_installed_again_starts_clean_and_under_another_number(house: Bot) -> None:
    before = _generations(house)
    end(house, OURS)
    install(house, granted(OURS, "xoxb-2"), "T7")  # where nothing is left yet
    _pass(house, timedelta())
    assert _generations(house) != before
    assert "people" not in _rows(house.database, OURS), "at once, however long it would be kept"
    numbers = _generations(house)
    end(house, OURS, delay=timedelta())
    _pass(house, timedelta())
    assert _rows(house.database, OURS) == {}
    assert install(house, granted(OURS)) > max(numbers), "also when nothing of it is kept"


def test_t17_three_installations_of_one_that_lives_are_one_row_and_lose_nothing(house: Bot) -> None:
    for number in range(3):
        install(house, granted(OURS, f"xoxb-{number}"))
    assert len(_generations(house)) == 1
    assert "people" in _rows(house.database, OURS)
    with house.begin(OURS, during="job", generation=_generations(house)[0]) as uow:
        assert people.find(uow.session, OURS, "U1") is not None


def test_f34_what_was_begun_under_one_installation_does_not_go_on_under_another(house: Bot) -> None:
    older = _generations(house)[0]
    install(house, granted(OURS))
    with pytest.raises(WorkspaceGone), house.begin(OURS, during="job", generation=older):
        pass


def test_t09_an_organisation_ends_in_all_its_workspaces(house: Bot) -> None:
    install(house, granted(ORGANISATION, is_org_wide=True), "T5", "T6")
    assert _can_work(house, "T5")
    end(house, ORGANISATION, delay=timedelta())
    assert [_can_work(house, each) for each in ("T5", "T6", OURS)] == [False, False, True]
    _pass(house, timedelta())
    assert _generations(house, ORGANISATION) == []


def test_t09_an_organisation_goes_on_where_one_of_its_workspaces_is_left(house: Bot) -> None:
    install(house, granted(ORGANISATION, is_org_wide=True), "T5", "T6")
    with house.database.transaction() as session:
        row = installations.find(session, ORGANISATION, alone=True)
        assert row is not None
        now = house.clock.now()
        endings.leave(session, row, lambda each: each.team_id == "T5", now=now, delay=DAY)
    assert [_can_work(house, each) for each in ("T5", "T6")] == [False, True]
    _pass(house, DAY)
    assert _rows(house.database, "T5") == {}
    assert _generations(house, ORGANISATION) != []


def test_f35_a_token_that_is_refused_is_told_once_and_may_be_taken_again(house: Bot) -> None:
    generation = _generations(house)[0]

    def park() -> bool:
        with house.database.transaction() as session:
            now = house.clock.now()
            return endings.park(session, OURS, generation, "token_revoked", now=now)

    assert [park(), park()] == [True, False]
    with house.database.transaction() as session:
        parked = select(WorkspaceRow.team_id).where(workspaces.IS_PARKED)
        assert session.scalars(parked).all() == [OURS]
        assert endings.unpark(session, OURS, generation)
        assert session.scalars(parked).all() == []


def test_t16_a_dump_has_no_token_and_none_is_read_elsewhere(house: Bot) -> None:
    assert not any(_TOKEN.search(str(cell)) for cell in _cells(house.database))
    with house.database.transaction() as session:
        ours, theirs = (installations.find(session, each) for each in (OURS, OTHERS))
        assert ours is not None
        assert theirs is not None
        assert installations.token(ours, house.house.keyring) == TOKEN
        ours.token, theirs.token = theirs.token, ours.token
        for row in (ours, theirs):
            with pytest.raises(CannotDecrypt):
                installations.token(row, house.house.keyring)


def _cells(database: Database) -> Iterable[object]:
    with database.reading() as session:
        for table in metadata().sorted_tables:
            for row in session.execute(select(table)):
                yield from row
