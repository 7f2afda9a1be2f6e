"""`pytest --canaries`: every test at DEBUG, and nothing of people or doors where it must not be."""

import json
from collections import Counter
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import text

from bot.core import keeping, workspaces
from bot.core.db import Base
from bot.playground.process import AppProcess
from bot.playground.server import LocalSlackServer
from bot.playground.world import BOT_USER_ID, TEAM_ID
from tests.support.canaries import SECRETS, TOKEN, Ear, listening, never_seen_by, written
from tests.support.databases import opened
from tests.support.shell import Shell, Told
from tests.support.town import Town

COUNTED: Final = "canaries"
AT_DEBUG: Final = {"BATON_LOG_LEVEL": "DEBUG"}
Yields = Generator[None, Any, Any]


class Canaries:
    """Listens to a test from its set-up to its end."""

    def __init__(self) -> None:
        self._servers: list[LocalSlackServer] = []
        self._processes: list[AppProcess] = []
        self._ear = Ear()
        self._stack = ExitStack()
        self._counts: Counter[str] = Counter()
        self._total: Counter[str] = Counter()
        _watch(self._servers, self._processes, self._heard)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self) -> Yields:
        self._servers.clear()
        self._processes.clear()
        self._counts = Counter(tests=1)
        self._ear = self._stack.enter_context(listening())
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Yields:
        done = yield
        given = getattr(item, "funcargs", {})
        for living in [each for each in given.values() if isinstance(each, Town)]:
            self._look_into_exports(living)
        for url in {given.get("database_url"), given.get("sqlite_url")} - {None}:
            self._look_into(str(url))
        return done

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Yields:
        try:
            return (yield)
        finally:
            self._stack.close()
            for process in self._processes:
                if process.log.exists():
                    self._heard(process.log.read_text(errors="replace"))
            words = {word for server in self._servers for word in written(server.slack)}
            self._counts.update(lines=len(self._ear.lines()), texts=len(words))
            item.user_properties.append((COUNTED, dict(self._counts)))
            hits = [] if item.get_closest_marker("plants") else self._ear.hits(words)
            assert not hits, "\n".join(hits)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown":
            for name, counts in report.user_properties:
                if name == COUNTED:
                    self._total.update(dict(counts))  # type: ignore[call-overload]  # as put there

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        told = ", ".join(f"{count} {what}" for what, count in self._total.items())
        terminalreporter.write_line(f"canaries: looked at {told}")

    def _heard(self, said: str) -> None:
        self._ear.others += said.splitlines()

    def _look_into(self, url: str) -> None:
        """A dump of the database: no token has its shape in it."""
        self._counts["databases"] += 1
        found = tokens_in(dump(url))
        assert not found, f"the database holds {found}"

    def _look_into_exports(self, living: Town) -> None:
        """An export of each person: nothing of others that they could never see."""
        bot, slack = living.app.bot, living.server.slack
        with bot.database.reading() as session:
            if workspaces.find(session, TEAM_ID) is None:
                return  # nobody can have one where Baton is not
        for user_id in [each for each in slack.world.users if each != BOT_USER_ID]:
            with bot.looking(TEAM_ID) as uow:
                told = json.dumps(keeping.exported(uow, bot.kept, user_id), default=str)
            self._counts["exports"] += 1
            hidden = never_seen_by(slack, user_id)
            found = [each for each in hidden if json.dumps(each)[1:-1] in told]
            assert not found, f"the export of {user_id} holds {found}"


def tokens_in(dumped: str) -> set[str]:
    """What has the shape of a token, and the secrets that the bot was given."""
    return {*TOKEN.findall(dumped), *(secret for secret in SECRETS if secret in dumped)}


def dump(url: str) -> str:
    """All that a database holds: SQLite's files as they are, PostgreSQL's rows."""
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        files = [
            each for each in file.parent.glob(f"{file.name}*") if not each.name.endswith("-shm")
        ]
        return "\n".join(each.read_bytes().decode("utf-8", "replace") for each in files)
    with opened(url).engine.connect() as connection:
        return "\n".join(
            str(row)
            for table in Base.metadata.sorted_tables
            for row in connection.execute(text(f"SELECT t::text FROM {table.name} t"))  # noqa: S608 - ours
        )


def _watch(servers: list[LocalSlackServer], processes: list[AppProcess], heard: Any) -> None:
    """Has servers and processes that tests start known here, and processes log at DEBUG."""
    serve, start, call = LocalSlackServer.start, AppProcess.start, Shell.__call__

    def noted(server: LocalSlackServer) -> None:
        servers.append(server)
        serve(server)

    def started(process: AppProcess, **more: str) -> None:
        processes.append(process)
        start(process, **(AT_DEBUG | more))

    def called(shell: Shell, *arguments: str, stdin: str = "", **environment: str) -> Told:
        told = call(shell, *arguments, stdin=stdin, **(AT_DEBUG | environment))
        heard(told.stderr)
        return told

    LocalSlackServer.start = noted  # type: ignore[method-assign, assignment]
    AppProcess.start = started  # type: ignore[method-assign, assignment]
    Shell.__call__ = called  # type: ignore[method-assign, assignment]
