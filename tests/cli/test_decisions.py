"""`baton decisions`, as an operator calls it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.core import channels, workspaces
from bot.core.bot import Bot
from bot.core.channels import Channel
from bot.core.clock import SystemClock
from bot.core.db import Database
from bot.features.decisions.rules.registry import Fields, Place
from bot.features.decisions.service import recording
from tests.support.installed import installed
from tests.support.shell import Shell


@pytest.fixture
def team(house: Shell) -> Shell:
    """The command line beside a database with one workspace and one channel."""
    with _database(house.folder / "baton.db") as database:
        _settle(database)
    return house


@contextmanager
def _database(path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


def _settle(database: Database) -> None:
    now = SystemClock().now()
    with database.transaction() as session:
        tideline = workspaces.Workspace("T1", "Tideline", "https://t/", "B1", "U0", frozenset())
        workspaces.save(session, tideline, now=now)
        infra = Channel("C1", "infra", is_private=False, is_member=True)
        channels.save(session, "T1", infra, [], as_of=now)
        leads = Channel("C2", "leads", is_private=True, is_member=True)
        channels.save(session, "T1", leads, [], as_of=now)


def _decide(path: Path) -> None:
    with _database(path) as database:
        bot = installed(Bot(database, SystemClock(), SystemClock()))
        with bot.begin("T1", during="job") as uow:
            for title, place in (("Postgres", Place("C1", "1.1", "1.1")), ("Hire", Place("C2"))):
                assert recording.add(uow, Fields(title), place, by="U2")


@pytest.mark.slow
def test_the_registry_is_exported_and_imported(team: Shell) -> None:
    _decide(team.folder / "baton.db")
    assert team("decisions", "export", "out").stdout == "2 files written to out.\n"
    again = team("decisions", "import", "out")
    assert again.stdout == "0 decisions imported, 2 there already.\n"
    file = team.folder / "out" / "0001-postgres.md"
    other = file.with_name("0007-mysql.md")
    text = file.read_text().replace("Postgres", "MySQL").replace("number: 1", "number: 7")
    other.write_text(text.replace('"1.1"', '"7.1"').replace("D-1", "D-7"))
    dry = team("decisions", "import", "out", "--dry-run")
    assert dry.stdout == "1 decision would be imported, 2 there already.\n"
    file.write_text("nothing")
    refused = team("decisions", "import", "out")
    assert refused.returncode == 1
    assert refused.stderr.startswith("0001-postgres.md: It does not begin with a front matter")
    assert refused.stderr.endswith("Nothing was imported.\n")


@pytest.mark.slow
def test_private_decisions_can_be_left_out(team: Shell) -> None:
    _decide(team.folder / "baton.db")
    team("decisions", "export", "out", "--public")
    names = {path.name for path in (team.folder / "out").iterdir()}
    assert names == {"0001-postgres.md"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("import", "nowhere"), "no such folder"),
        (("import", "."), "no files of the format madr"),
        (("export", "out", "--format", "xml"), "use one of madr, json, csv"),
        (("export", "baton.db"), "cannot be written"),
        (("export", "out", "--workspace", "T9"), "There is no workspace of that id"),
    ],
)
def test_what_cannot_be_done_gets_a_sentence(
    arguments: tuple[str, ...], sentence: str, team: Shell
) -> None:
    refused = team("decisions", *arguments)
    assert refused.returncode == 2
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.slow
def test_what_stands_in_the_systems_of_record_is_asked_of_a_known_workspace(baton: Shell) -> None:
    baton("migrate")
    told = baton("decisions", "record", "--again")
    assert told.returncode == 2
    assert "There is no workspace yet" in told.stderr
