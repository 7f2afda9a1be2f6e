"""Runs the local Slack in a thread of its own, on loopback."""

import asyncio
import logging
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from threading import Event, Thread
from typing import Any, Final, Self

import uvicorn

from bot.core.clock import SystemClock
from bot.core.listening import listen
from bot.playground.app import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, InstalledApp
from bot.playground.cast import APP_CHANNELS, everybody
from bot.playground.clock import MovableClock
from bot.playground.http_delivery import RETRY_WAITS, HttpDelivery
from bot.playground.oauth import CLIENT_ID, CLIENT_SECRET, Installs
from bot.playground.routes import Routes
from bot.playground.slack import LocalSlack
from bot.playground.socket_mode import ANSWER_SECONDS, SocketHub
from bot.playground.workspaces import GROUP, Workspaces, teams

START_SECONDS: Final = 10.0


class LocalSlackServer:
    """Workspaces with one app in each, serving from `start` to `stop`; `slack` is the first."""

    def __init__(
        self,
        manifest: dict[str, Any],
        *,
        start: datetime | None = None,
        port: int = 0,
        retry_seconds: float = ANSWER_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
        retry_waits: Sequence[float] = RETRY_WAITS,
        declined: Collection[str] = (),
        workspaces: int = 1,
        equal_ids: bool = True,
        installed: bool = True,
        enterprise: bool = False,
    ) -> None:
        """`answer_seconds`: whoever presses something waits so long for an answer by a socket.

        `declined` are optional scopes of the manifest that the app was not granted.

        `workspaces` are 1 to 4, on one clock, with the app installed in each, or in none of them
        until somebody does so (`installed`). `equal_ids`: people, channels and the app's account
        have the same ids in each of them, the worst there can be; or none of them has, as in the
        real Slack. `enterprise`: all of them belong to one organisation.
        """
        clock = MovableClock(SystemClock(), start)
        self.workspaces = Workspaces(
            [
                LocalSlack(
                    everybody(clock.now(), team), clock, InstalledApp(manifest, declined=declined)
                )
                for team in teams(
                    workspaces, equal_ids=equal_ids, organisation=GROUP if enterprise else None
                )
            ]
        )
        self.installs, self._installed = Installs(self.workspaces), installed
        self.slack = self.workspaces.first
        self._socket = listen("127.0.0.1", port)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.delivery: SocketHub | HttpDelivery
        if self.slack.app.socket_mode:
            self.delivery = SocketHub(retry_seconds=retry_seconds, answer_seconds=answer_seconds)
        else:
            self.delivery = HttpDelivery(self.slack.app, waits=retry_waits)
        self._thread = Thread(target=self._run, name="local-slack", daemon=True)
        self._ready, self._stopping = Event(), asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        for slack in self.workspaces:
            slack.server_url, team = self.url, slack.world.team
            slack.neighbours = self.workspaces
            if enterprise:
                slack.world.files = self.slack.world.files
            slack.emit = partial(self.delivery.emit, slack)
            if isinstance(self.delivery, SocketHub):
                slack.socket_url = self.delivery.socket_url
            for channel in APP_CHANNELS if installed else ():
                slack.world.channels[team.own(channel)].members.append(slack.bot)
        if installed:
            self.installs.install_everywhere()

    @property
    def client_id(self) -> str:
        """The app's own id, with which it asks for installs."""
        return CLIENT_ID

    @property
    def client_secret(self) -> str:
        """What proves that it is the app which asks."""
        return CLIENT_SECRET

    @property
    def environment(self) -> dict[str, str]:
        """The settings with which an app connects to this workspace."""
        app = self.slack.app
        way = {"SLACK_APP_TOKEN": APP_TOKEN} if app.socket_mode else {}
        client = {"SLACK_CLIENT_ID": self.client_id, "SLACK_CLIENT_SECRET": self.client_secret}
        token = {"SLACK_BOT_TOKEN": BOT_TOKEN} if self._installed else client
        return {
            **way,
            **token,
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_API_URL": f"{self.url}api/",
            "BATON_CLOCK_URL": f"{self.url}local/clock",
            "BATON_METRICS_PORT": "0",  # other apps may run beside it
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
        delivery = self.delivery
        await delivery.start()
        application = Routes(self.installs, delivery).application()
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
