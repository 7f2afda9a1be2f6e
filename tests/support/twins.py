"""A town with a twin: one bot in two workspaces with equal ids, where everything happens in both.

Whatever somebody does in the first workspace somebody of the same name does in the second, in words
that bear a mark. A test sees the first alone; at its end nothing of one may be in the other.
"""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Final

import pytest
from pydantic import SecretStr
from sqlalchemy import Table, event, select
from sqlalchemy.orm import ORMExecuteState, Session

from bot.app import Application, metadata
from bot.core import installations
from bot.core.agreement.setting import WORKSPACE, Scope
from bot.core.db import Database
from bot.core.encryption import new_key
from bot.playground.app import bot_token
from bot.playground.client import LocalSlackClient
from bot.playground.journal import Kind
from bot.playground.server import LocalSlackServer
from bot.playground.slack import LocalSlack
from bot.playground.workspaces import teams
from bot.playground.world import APP_ID, Json, Team
from bot.settings import Settings
from tests.support.marking import MARK
from tests.support.town import Town
from tests.support.twin_client import TwinClient, plain

FIRST, SECOND = teams(2, equal_ids=True)
SHOWN: Final = frozenset({Kind.MESSAGE, Kind.EPHEMERAL})


KEY: Final = new_key()
"""Opens the tokens of the installations, which a test restores with all that the bot knows."""
EVEN: Final[Counter[str]] = Counter()
"""How many towns were compared, and why others were not."""


class TwinApplication(Application):
    """The bot, installed in both workspaces."""

    def _first_contact(self, _meanwhile: Callable[[], None]) -> bool:
        for team in (FIRST, SECOND):
            with self.bot.database.reading() as session:
                is_installed = installations.find(session, team.id) is not None
            if not is_installed:
                self.installer.install(self._answer(team))
        self.installer.discover_all()
        return True

    def _answer(self, team: Team) -> Json:
        """What Slack answers whoever installed the app."""
        token = bot_token(team)
        there = self.gateway.identify(token)
        return {
            "access_token": token,
            "token_type": "bot",
            "bot_user_id": there.bot_user_id,
            "scope": ",".join(there.scopes),
            "app_id": APP_ID,
            "team": {"id": team.id, "name": team.name},
        }


class TwinTown(Town):
    """Both workspaces, seen as one by a test."""

    workspaces: ClassVar[int] = 2
    patience: ClassVar[float] = 60.0
    answer_seconds: ClassVar[float] = 15.0
    """Who is not answered in time presses once more, which may then happen in one of them alone."""

    def __init__(self, server: LocalSlackServer, slack: LocalSlackClient, app: Application) -> None:
        self._inside = 1
        self.touched = ""
        """What a test did to the first workspace, or its rows, by itself."""
        super().__init__(server, slack, app)
        self._watch_begin()
        self._inside = 0

    @classmethod
    def client(cls, server: LocalSlackServer) -> LocalSlackClient:
        """Whoever acts in both."""
        return TwinClient(server)

    @classmethod
    def application(cls, settings: Settings, database: Database) -> Application:
        """The bot that is in both."""
        given = settings.baton_encryption_keys
        keys = f"{given.get_secret_value()},{KEY}" if given else KEY
        installed = {"slack_bot_token": None, "baton_encryption_keys": SecretStr(keys)}
        return TwinApplication(settings.model_copy(update=installed), database)

    @property
    def server(self) -> LocalSlackServer:
        """The local Slack; a test that asks for it may do something in the first alone."""
        if not self._inside:
            self.touched = self.touched or "server"
        return self._server

    @server.setter
    def server(self, server: LocalSlackServer) -> None:
        self._server = server

    def start(self) -> None:
        """Starts the bot and waits until it knows who is there."""
        event.listen(Session, "do_orm_execute", self._see_first)
        with self._itself():
            super().start()

    def stop(self) -> None:
        """Asks the bot to end, and waits until it did."""
        event.remove(Session, "do_orm_execute", self._see_first)
        super().stop()

    def settle(self) -> None:
        """Waits until the bot has dealt with everything in both."""
        with self._itself():
            super().settle()

    def sets(self, key: str, value: object, scope: Scope = WORKSPACE) -> None:
        """Sets something in both working agreements."""
        with self._itself():
            super().sets(key, value, scope)

    def nobody_is_new(self) -> None:
        """Has everybody in both known the bot for long."""
        with self._itself():
            super().nobody_is_new()

    def delivers(self, kind: str, body: Json) -> Json:
        """Sends the bot an interaction of the first alone."""
        self.touched = self.touched or "delivers"
        with self._itself():
            return super().delivers(kind, body)

    def check(self) -> None:
        """Nothing of one is in the other, and people were shown the same in both."""
        with self._itself():
            if self._thread.is_alive():
                self.slack.faults()
                super().settle()
            first, second = self._server.workspaces
            tables = [each for each in metadata().sorted_tables if "team_id" in each.c]
            rows = {slack: _rows(self.app.bot.database, tables, slack) for slack in (first, second)}
            for slack, other in ((first, second), (second, first)):
                marks = [other.world.team.id, f"{other.url}archives"]
                for what, text in [*_traces(slack), *rows[slack]]:
                    found = [mark for mark in marks if mark in text]
                    found += MARK.findall(text) if slack is first else []
                    assert not found, f"{found} in {slack.world.team.name}: {what}: {text[:2000]}"
            self._check_even(first, second)

    def _check_even(self, first: LocalSlack, second: LocalSlack) -> None:
        assert isinstance(self.slack, TwinClient)
        why = self.touched or self.slack.alone
        if why:
            EVEN[f"looked for leaks only, as the test did something in one alone: {why}"] += 1
            return
        assert not self.slack.uneven, self.slack.uneven
        here, there = _shown(first), _shown(second)
        alone = [("first", *each) for each in here - there]
        alone += [("second", *each) for each in there - here]
        assert not alone, "shown in one of them alone:\n" + "\n".join(map(str, alone))
        EVEN["found even"] += 1

    def _watch_begin(self) -> None:
        """Notes when a test opens a unit of work of its own, which is one of the first alone."""
        begin, main = self.app.bot.begin, threading.main_thread()

        def watched(*told: Any, **more: Any) -> Any:
            if not self._inside and threading.current_thread() is main:
                self.touched = self.touched or "begin"
            return begin(*told, **more)

        setattr(self.app.bot, "begin", watched)  # noqa: B010

    def _see_first(self, state: ORMExecuteState) -> None:
        """What a test reads by itself are the rows of the first."""
        if self._inside or threading.current_thread() is not threading.main_thread():
            return
        if state.is_select:
            for place in state.statement.get_final_froms():  # type: ignore[attr-defined]
                for each in _tables_in(place):
                    if "team_id" in each.c:
                        state.statement = state.statement.where(each.c.team_id == FIRST.id)  # type: ignore[attr-defined]

    @contextmanager
    def _itself(self) -> Iterator[None]:
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1


def _tables_in(place: Any) -> Iterator[Any]:
    if hasattr(place, "left"):
        yield from _tables_in(place.left)
        yield from _tables_in(place.right)
    elif hasattr(place, "c"):
        yield place


def _shown(slack: LocalSlack) -> Counter[tuple[str, str, tuple[str, ...], str]]:
    """What the bot posted and whispered: kind, where, to whom, and its words."""
    return Counter(
        (
            entry.kind.value,
            slack.world.channels[entry.channel].name
            if entry.channel in slack.world.channels
            else "",
            tuple(sorted(entry.audience)),
            plain(entry.text, slack),
        )
        for entry in slack.journal.entries
        if entry.kind in SHOWN and entry.actor == slack.bot
    )


def _traces(slack: LocalSlack) -> Iterator[tuple[str, str]]:
    """Everything that there is in a workspace, and that went over the wire for it."""
    for entry in slack.journal.entries:
        yield "journal", json.dumps(entry.to_json(), ensure_ascii=False)
    for each in slack.journal.traffic:
        yield f"{each.direction}: {each.what}", json.dumps(each.detail, ensure_ascii=False)
    for channel in slack.world.channels.values():
        for message in channel.messages.values():
            yield channel.name, json.dumps(slack.shape(channel, message), ensure_ascii=False)
    for home in slack.world.homes.values():
        yield "home", json.dumps(home.payload, ensure_ascii=False)


def _rows(database: Database, tables: list[Table], slack: LocalSlack) -> list[tuple[str, str]]:
    with database.engine.connect() as connection:
        return [
            (table.name, " ".join(map(_text, row)))
            for table in tables
            for row in connection.execute(
                select(table).where(table.c.team_id == slack.world.team.id)
            )
        ]


def _text(value: Any) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


class TwinSummary:
    """Tells at the end of a run how many towns were compared."""

    @pytest.hookimpl
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Passes on what one of several processes counted."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["twins"] = dict(EVEN)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Takes what one of several processes counted."""
        EVEN.update(node.workeroutput.get("twins", {}))

    @pytest.hookimpl
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Prints the numbers."""
        for what, count in EVEN.most_common():
            terminalreporter.write_line(f"twins {what}: {count}")
