"""The player of the demo: whoever has to press something waits for it, and only so long."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from bot.core import blocks as kit
from bot.core.scenes import Moment, Presses, Scene, Sees, Where
from bot.playground.client import LocalSlackClient
from bot.playground.demo.player import Player
from bot.playground.server import LocalSlackServer
from bot.playground.world import Json
from tests.support.small_app import SmallApp, small_app

DAY = date(2026, 10, 6)
WENT = Sees("Tom", "it went", Where.CHANNEL, told="It went")
SCENE = Scene("late", (Moment("Tom", "10:00", (Presses("Tom", "Go"), WENT)),))


class Waiting(LocalSlackClient):
    """A client that has something happen as soon as somebody waits for news."""

    def __init__(self, url: str, happens: Callable[[], None]) -> None:
        super().__init__(url)
        self._happens: Iterator[Callable[[], None]] = iter([happens])

    def journal(self, start: int = 0, *, wait: float = 0.0) -> list[Json]:
        """Waits when it happened."""
        if wait:
            next(self._happens, lambda: None)()
        return super().journal(start, wait=wait)


@pytest.fixture
def app(server: LocalSlackServer) -> Iterator[SmallApp]:
    with small_app(server) as running:
        yield running


def test_a_button_that_is_on_its_way_is_waited_for(server: LocalSlackServer, app: SmallApp) -> None:
    def post() -> None:
        row = kit.actions([kit.button("Go", "go")])
        app.call("chat.postMessage", channel="C0WEBSITE", text="card", blocks=[row])

    with Waiting(server.url, post) as slack:
        Player(slack, {"late": SCENE}, DAY, patience=0.2).play()
    assert app.interaction()["actions"][0]["action_id"] == "go"


@pytest.mark.usefixtures("app")
def test_a_button_that_does_not_come_fails_its_scene(server: LocalSlackServer) -> None:
    with LocalSlackClient(server.url) as slack:
        checks = Player(slack, {"late": SCENE}, DAY, patience=0.2).play()
    assert [check.why for check in checks if check.scene == "late"] == ["no button 'Go'"]
