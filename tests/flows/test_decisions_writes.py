"""Decisions in the team's system of record, from the menu of a message to the file and back."""

import os
import subprocess
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import select, update

from bot.app import assemble
from bot.core import crash, workspaces
from bot.core.agreement.setting import channel_scope
from bot.core.bot import Bot
from bot.core.documents import Document, Reference, digest
from bot.core.errors import RecordConflict, RecordRefused, RecordUnavailable
from bot.core.queue import State
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions import jobs
from bot.features.decisions.models import WriteRow
from bot.features.decisions.queries import registry
from bot.features.decisions.rules import exporting
from bot.features.decisions.rules.exporting import read_madr
from bot.features.decisions.rules.madr import from_madr
from bot.features.decisions.rules.registry import Change, Fields, Place, Status
from bot.features.decisions.service import documents, keeping, recording
from bot.features.decisions.service.exchange import Exchange
from bot.playground.world import TEAM_ID
from bot.settings import Settings
from tests.support.databases import Rows, fill
from tests.support.town import Town, town

pytestmark = pytest.mark.alone("records are written where there is one workspace")

SAID: Final = "Then let's go with Postgres for the job queue."
FILE: Final = "decisions/0001-let-s-go-with-postgres-for-the-job-queue.md"
POINTS: Final = [point for point in crash.POINTS if point.startswith("record.")]


class Shelf:
    """A system of record that holds documents in memory, and does first what it is told to."""

    name = "shelf"

    def __init__(self) -> None:
        self.held: dict[str, str] = {}
        self.written: list[str] = []
        self.will: deque[Exception | str] = deque()
        self.always: Exception | str = ""
        self.is_changed_by_hand = False

    def write(self, document: Document, known: Reference | None) -> Reference:  # noqa: ARG002
        """Takes it, unless it was told otherwise; a text is what it holds instead."""
        told = self.will.popleft() if self.will else self.always or document.text
        if isinstance(told, Exception):
            raise told
        self.held[document.name] = told
        self.written.append(document.change)
        written, address = digest(document.text), "https://shelf.example/17"
        return Reference(document.name, written, address, replaced=self.is_changed_by_hand)

    def read(self, reference: Reference) -> str | None:
        """What it holds."""
        return self.held.get(reference.id)


@contextmanager
def _town(url: str, known: Rows, **settings: Any) -> Iterator[Town]:
    fill(url, known)
    with town(url, settings=settings) as living:
        yield living


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def shelved(database_url: str, acquaintance: Rows, shelf: Shelf) -> Iterator[Town]:
    """A town whose decisions are kept on a shelf, too."""
    fill(database_url, acquaintance)
    with town(
        database_url, register=lambda bot: bot.outside.systems_of_record.append(shelf)
    ) as living:
        yield living


def _log(living: Town, said: str = SAID, channel: str = "#infra") -> None:
    ts = living.priya.says(channel, said)
    living.settle()
    living.priya.picks("Log a decision", channel, ts)
    living.priya.fills_in({})
    living.settle()


def _change(living: Town, number: int, change: Change, **values: Any) -> None:
    with living.app.bot.begin(TEAM_ID, during="job") as uow:
        row = registry.get(uow, number, lock=True)
        assert row is not None
        recording.change(uow, row, change, by=row.owner_id, **values)
    living.settle()


def _git(repository: Path, *command: str) -> str:
    done = subprocess.run(
        ["git", *command], cwd=repository, capture_output=True, text=True, check=True
    )
    return done.stdout


def _states(bot: Bot) -> list[tuple[int, int, str]]:
    with bot.database.reading() as session:
        rows = session.scalars(select(WriteRow).order_by(WriteRow.id))
        return [(row.number, row.version, row.state) for row in rows]


def test_a_decision_is_written_read_back_and_its_card_says_so(
    database_url: str, acquaintance: Rows, tmp_path: Path
) -> None:
    folder = tmp_path / "records"
    with _town(database_url, acquaintance, baton_records_git_dir=str(folder)) as living:
        _log(living)
        text = _git(folder, "show", f"main:{FILE}")
        assert (
            "recorded in git" in living.posts_in("#infra")[0]["blocks"][-1]["elements"][0]["text"]
        )
        _change(living, 1, Change.AMENDED, fields=Fields("Postgres it is", owner_id="U1"))
        _change(living, 1, Change.DEPRECATED, status=Status.DEPRECATED)
        with living.app.bot.begin(TEAM_ID, during="job") as uow:
            row = registry.get(uow, 1)
            assert row is not None
            now = documents.record(uow, row)
        assert from_madr(_git(folder, "show", f"main:{FILE}")) == now
    assert "# D-1: Let's go with Postgres for the job queue" in text
    assert 'name: "Priya"' in text
    assert _git(folder, "log", "--reverse", "--format=%s", "main").splitlines() == [
        "D-1: logged: Let's go with Postgres for the job queue",
        "D-1: amended: Postgres it is",
        "D-1: deprecated: Postgres it is",
    ]


def test_a_decision_and_the_one_it_replaces_link_to_each_other(shelved: Town, shelf: Shelf) -> None:
    _log(shelved)
    _log(shelved, said="We take Kafka for the job queue.")
    _change(shelved, 1, Change.SUPERSEDED, status=Status.SUPERSEDED, superseded_by=2)
    old, new = sorted(shelf.held)
    assert from_madr(shelf.held[old]).superseded_by == new
    assert from_madr(shelf.held[new]).supersedes == (old,)


def test_what_replaced_it_in_private_is_named_in_no_file(shelved: Town, shelf: Shelf) -> None:
    shelved.tom.invites("Baton", "#leads")
    shelved.settle()
    _log(shelved)
    _log(shelved, channel="#leads", said="We hire a second designer.")
    _log(shelved, said="We take Kafka for the job queue.")
    shelved.priya.types("#leads", "/decision supersede D-1 D-2")
    shelved.priya.types("#leads", "/decision supersede D-2 D-3")
    shelved.settle()
    assert len(shelf.held) == 2
    assert 'status: "superseded"' in shelf.held[min(shelf.held)]
    assert "designer" not in str(shelf.held)
    assert "D-2" not in str(shelf.held)
    with shelved.app.bot.begin(TEAM_ID, during="job") as uow:
        public = list(Exchange().take_out(uow, "madr", public_only=True))
        assert len(public) == 2
        assert "designer" not in str(public)
        assert "designer" in str(list(Exchange().take_out(uow, "madr", public_only=False)))
        assert exporting.problems_of([each for file in public for each in read_madr(file)]) == []


def test_when_a_replacement_is_undone_both_files_say_so(shelved: Town, shelf: Shelf) -> None:
    _log(shelved)
    _log(shelved, said="We take Kafka for the job queue.")
    shelved.priya.types("#infra", "/decision supersede D-1 D-2")
    shelved.settle()
    assert "Superseded by D-2" in str(shelf.held)
    assert "Supersedes D-1" in str(shelf.held)
    shelved.priya.presses("Undo")
    shelved.settle()
    told = [from_madr(text) for text in shelf.held.values()]
    assert [(each.supersedes, each.superseded_by) for each in told] == [((), "")] * 2


def test_private_channels_stay_out_unless_they_want_it(shelved: Town, shelf: Shelf) -> None:
    shelved.tom.invites("Baton", "#leads")
    shelved.settle()
    _log(shelved, channel="#leads", said="We hire a second designer.")
    assert shelf.held == {}
    leads = next(
        each["id"] for each in shelved.slack.see("Tom")["channels"] if each["name"] == "leads"
    )
    shelved.sets("decisions.record", "always", channel_scope(leads))
    _log(shelved, channel="#leads", said="We hire a third designer.")
    assert list(shelf.held) == ["0002-we-hire-a-third-designer.md"]


def test_what_is_read_back_otherwise_is_not_recorded_and_written_again(
    shelved: Town, shelf: Shelf
) -> None:
    shelf.always = "something else"
    _log(shelved)
    shelf.always = RecordUnavailable(retry_after=timedelta())
    _due_now(shelved.app.bot)
    shelved.settle()
    assert _states(shelved.app.bot) == [(1, 1, State.READY)]
    assert "recorded" not in str(shelved.posts_in("#infra")[0]["blocks"])
    shelf.always = ""
    _due_now(shelved.app.bot)
    shelved.settle()
    assert _states(shelved.app.bot) == [(1, 1, State.DONE)]
    assert "<https://shelf.example/17|shelf>" in str(shelved.posts_in("#infra")[0]["blocks"])


def test_what_was_refused_is_told_to_its_owner_and_the_operator_and_can_be_written_again(
    shelved: Town, shelf: Shelf
) -> None:
    shelf.will.extend([RecordRefused("(401)"), RecordRefused("(401)")])
    _log(shelved)
    _change(shelved, 1, Change.AMENDED, fields=Fields("Postgres", owner_id=_id(shelved, "Priya")))
    bot = shelved.app.bot
    assert {state for *_, state in _states(bot)} == {State.DEAD}
    (checked,) = jobs.look_over(bot)
    assert "2 given up" in checked.found
    assert "(401)" in checked.found
    assert "--again" in checked.to_do
    shelved.advance(days=1)
    told = shelved.writes_to(shelved.priya)
    assert any(
        "Not yet in shelf. I keep it here; whoever runs me can see why: D-1 Postgres" in text
        for text in told
    )
    shelf.is_changed_by_hand = True
    assert "1 that were given up" in _does(bot, "decisions record again")
    shelved.settle()
    assert [from_madr(text).title for text in shelf.held.values()] == ["Postgres"]
    assert not any(checked.to_do for checked in jobs.look_over(bot)), (
        "the older one does not matter"
    )
    shelved.advance(days=1)
    told = shelved.writes_to(shelved.priya)[len(told) :]
    assert any("Changed by hand in shelf." in text and "D-1 Postgres" in text for text in told)
    assert not any("is not yet in shelf" in text for text in told)


def test_decisions_from_before_are_written_when_the_operator_asks_for_it(
    quiet: Town, shelf: Shelf
) -> None:
    for number in range(3):
        _log(quiet, said=f"We take option {number}.")
    bot = quiet.app.bot
    assert "No system of record" in _does(bot, "decisions record again")
    bot.outside.systems_of_record.append(shelf)
    assert "3 decisions from before" in _does(bot, "decisions record")
    assert "3 that were not wanted" in _does(bot, "decisions record again")
    quiet.settle()
    assert len(shelf.held) == 3
    _does(bot, "decisions record again")
    quiet.settle()
    assert len(shelf.written) == 3


def test_somebody_who_is_erased_leaves_the_files(shelved: Town, shelf: Shelf) -> None:
    _log(shelved)
    priya = _id(shelved, "Priya")
    assert priya in str(shelf.held)
    with shelved.app.bot.begin(TEAM_ID, during="job") as uow:
        keeping.erase(uow, priya)
    shelved.settle()
    (text,) = shelf.held.values()
    assert from_madr(text).owner.id == ""
    assert len(shelf.written) == 2


def test_several_workspaces_in_one_database_are_not_mixed(shelved: Town, shelf: Shelf) -> None:
    bot = shelved.app.bot
    other = workspaces.Workspace("T9", "Other", "https://other.example/", "B9", "U9", frozenset())
    with bot.database.transaction() as session:
        workspaces.save(session, other, now=bot.clock.now())
    _log(shelved)
    assert shelf.held == {}
    assert all("several workspaces" in checked.found for checked in jobs.look_over(bot))


@pytest.mark.parametrize("point", POINTS)
def test_a_kill_at_any_point_neither_loses_nor_doubles_a_record(
    point: str, sqlite_url: str, acquaintance: Rows, tmp_path: Path
) -> None:
    """The writer dies there, its lease runs out, and another one goes on."""
    fill(sqlite_url, acquaintance)
    _git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
    given: dict[str, Any] = {
        "baton_records_git_dir": str(tmp_path / "ours"),
        "baton_records_git_remote": str(tmp_path / "remote.git"),
    }
    settings = Settings(_env_file=None, database_url=sqlite_url, **given)
    bot = assemble(settings)
    channel = next(row["channel_id"] for row in _rows(acquaintance, "channels"))
    for number in (1, 2):
        with bot.begin(TEAM_ID, during="job") as uow:
            _add(uow, f"Option {number}", channel)
    bot.database.close()
    assert _dies(lambda: jobs.write(assemble(settings)), point)
    bot = assemble(settings)
    _due_now(bot)
    jobs.write(bot)
    assert [state for *_, state in _states(bot)] == [State.DONE, State.DONE]
    bot.database.close()
    assert _git(
        tmp_path / "remote.git", "log", "--reverse", "--format=%s", "main"
    ).splitlines() == [
        "D-1: logged: Option 1",
        "D-2: logged: Option 2",
    ]


def test_a_conflict_that_never_ends_is_given_up_and_the_next_goes_on(
    sqlite_url: str, acquaintance: Rows, shelf: Shelf
) -> None:
    fill(sqlite_url, acquaintance)
    bot = assemble(Settings(_env_file=None, database_url=sqlite_url))
    bot.outside.systems_of_record.append(shelf)
    channel = next(row["channel_id"] for row in _rows(acquaintance, "channels"))
    for number in (1, 2):
        with bot.begin(TEAM_ID, during="job") as uow:
            _add(uow, f"Option {number}", channel)
    shelf.will.extend(RecordConflict() for _ in range(5))
    for _ in range(6):
        _due_now(bot)
        jobs.write(bot)
    assert [state for *_, state in _states(bot)] == [State.DEAD, State.DONE]
    bot.database.close()


def _add(uow: UnitOfWork, title: str, channel_id: str) -> None:
    recording.add(uow, Fields(title), Place(channel_id), by="U1")


def _rows(known: Rows, table: str) -> list[dict[str, Any]]:
    rows = next(rows for each, rows in known.items() if each.name == table)
    return [row for row in rows if not row.get("is_private")]


def _due_now(bot: Bot) -> None:
    """Time passes: leases run out, and what waits to be tried again is due."""
    now = bot.machine_clock.now() - timedelta(seconds=1)
    with bot.database.transaction() as session:
        session.execute(update(WriteRow).values(not_before=now))
        leased = update(WriteRow).where(WriteRow.state == State.LEASED)
        session.execute(leased.values(lease_until=now))


def _does(bot: Bot, operation: str) -> str:
    return bot.perform(TEAM_ID, bot.operations[operation], during="job")


def _id(living: Town, name: str) -> str:
    return str(living.slack.see(name)["me"])


def _dies(work: Callable[[], object], point: str) -> bool:
    """Does the work in a process that is told to die at a point; whether it did."""
    child = os.fork()
    if child == 0:
        crash.arm(point)
        work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
