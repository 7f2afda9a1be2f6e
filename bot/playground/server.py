"""Runs the local Slack in a thread of its own, on loopback."""

import asyncio
import logging
from collections.abc import Collection, Sequence
from datetime import datetime
from threading import Event, Thread
from typing import Any, Final, Self

import uvicorn

from bot.core.clock import SystemClock
from bot.core.listening import listen
from bot.playground.app import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, InstalledApp
from bot.playground.cast import APP_CHANNELS, tideline
from bot.playground.clock import MovableClock
from bot.playground.http_delivery import RETRY_WAITS, HttpDelivery
from bot.playground.routes import Routes
from bot.playground.slack import LocalSlack
from bot.playground.socket_mode import ANSWER_SECONDS, SocketHub
from bot.playground.world import BOT_USER_ID

START_SECONDS: Final = 10.0


class LocalSlackServer:
    """A workspace with one app in it, serving from `start` to `stop`."""

    def __init__(
        self,
        manifest: dict[str, Any],
        *,
        start: datetime | None = None,
        port: int = 0,
        retry_seconds: float = ANSWER_SECONDS,
        retry_waits: Sequence[float] = RETRY_WAITS,
        declined: Collection[str] = (),
    ) -> None:
        """`declined` are optional scopes of the manifest that the app was not granted."""
        clock = MovableClock(SystemClock(), start)
        app = InstalledApp(manifest, declined=declined)
        self.slack = LocalSlack(tideline(clock.now()), clock, app)
        self._socket = listen("127.0.0.1", port)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.slack.url = self.url
        self._retry_seconds, self._retry_waits = retry_seconds, retry_waits
        self._thread = Thread(target=self._run, name="local-slack", daemon=True)
        self._ready, self._stopping = Event(), asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        for channel in APP_CHANNELS:
            self.slack.world.channels[channel].members.append(BOT_USER_ID)

    @property
    def environment(self) -> dict[str, str]:
        """The settings with which an app connects to this workspace."""
        app = self.slack.app
        way = {"SLACK_APP_TOKEN": APP_TOKEN} if app.socket_mode else {}
        return way | {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_API_URL": f"{self.url}api/",
            "BATON_CLOCK_URL": f"{self.url}local/clock",
        }

    def start(self) -> None:
        """Serves from now on."""
        self._thread.start()
        if not self._ready.wait(START_SECONDS):
            raise RuntimeError("the local Slack did not start")

    def stop(self) -> None:
        """Ends."""
        if self._loop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(START_SECONDS)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        delivery = self._delivery()
        await delivery.start()
        self.slack.emit = delivery.emit
        application = Routes(self.slack, delivery).application()
        logging.getLogger("uvicorn.error").setLevel(
            logging.CRITICAL
        )  # it tells of every request cut
        config = uvicorn.Config(application, log_config=None, access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[self._socket]))
        self._ready.set()
        await self._stopping.wait()
        server.should_exit = server.force_exit = True
        await delivery.stop()
        await serving

    def _delivery(self) -> SocketHub | HttpDelivery:
        if self.slack.app.socket_mode:
            return SocketHub(self.slack, retry_seconds=self._retry_seconds)
        return HttpDelivery(self.slack, waits=self._retry_waits)
