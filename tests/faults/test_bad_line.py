"""F17 and F18: a socket that breaks again and again, in every way, and acks that get lost."""

from collections.abc import Iterator
from itertools import cycle
from threading import Event, Thread
from typing import Any, Final, Self

import pytest
from sqlalchemy import func, select

from bot.core.clock import monotonic
from bot.core.inbox import InboxRow
from bot.playground.faults import MethodFault
from bot.playground.socket_mode import SocketHub
from tests.support.databases import Rows, fill
from tests.support.town import Town, town

MANY: Final = 1_000
FEW: Final = 60
EVERY: Final = 3.0
"""Seconds from one break to the next; in the quick form a fifth."""
BACK_WITHIN: Final = 10.0
BREAKS: Final = ("abort", "close", "refresh_requested", "warning", "silence")
CHANNEL: Final = "C0WEBSITE"


@pytest.fixture
def restless(database_url: str, acquaintance: Rows) -> Iterator[Town]:
    fill(database_url, acquaintance)
    with town(database_url) as living:
        yield living


class BadLine:
    """Breaks the sockets every so often, and has Slack refuse the first tries to come back."""

    def __init__(self, living: Town, every: float, breaks: tuple[str, ...]) -> None:
        self._living, self._every, self._breaks = living, every, cycle(breaks)
        self._over = Event()
        self._thread = Thread(target=self._break, daemon=True)
        self.took: list[float] = []
        """Seconds until a socket was open again, for each break."""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join(30)

    def _break(self) -> None:
        faults = self._living.server.slack.faults
        while not self._over.wait(self._every):
            opened = self._opened()
            faults.methods.append(MethodFault("apps.connections.open", status=503, times=2))
            self._living.slack.cut(next(self._breaks))
            began = monotonic()
            while self._opened() < opened + 1 and monotonic() - began < BACK_WITHIN * 2:
                self._over.wait(0.02)
            self.took.append(monotonic() - began)

    def _opened(self) -> int:
        """How many sockets were given out: one that is asked for is used at once."""
        hub = self._living.server.delivery
        assert isinstance(hub, SocketHub)
        calls = self._living.slack.traffic()
        return sum(
            call["what"] == "apps.connections.open" and call["outcome"] == "ok" for call in calls
        )


def test_f17_f18_what_comes_over_a_line_that_breaks_and_loses_acks_is_stored_once_each(
    restless: Town, request: pytest.FixtureRequest, record_property: Any
) -> None:
    is_long = request.config.getoption("--long")
    many = MANY if is_long else FEW
    every, breaks = (EVERY, BREAKS) if is_long else (EVERY / 5, BREAKS[:3])
    before, pause = _stored(restless), Event()
    restless.slack.faults(lose_acks=0.3)
    with BadLine(restless, every, breaks) as line:
        for number in range(many):
            restless.tom.says("#web-relaunch", f"The build is green {number}")
            pause.wait(0.03)
        restless.slack.settled()
    restless.slack.faults()
    restless.settle()
    assert before + many == _stored(restless)
    assert line.took
    assert max(line.took) < BACK_WITHIN
    record_property("breaks of the socket", len(line.took))
    record_property("events over a bad line", many)


def _stored(living: Town) -> int:
    where = InboxRow.lane == CHANNEL
    with living.app.bot.database.reading() as session:
        return session.scalar(select(func.count()).select_from(InboxRow).where(where)) or 0
