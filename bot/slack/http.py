"""The HTTP endpoint that Slack sends events and interactions to, and browsers come to."""

import asyncio
from asyncio import Future
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Thread
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from bot.core import logs
from bot.core.clock import monotonic
from bot.core.errors import TooMuchWaits
from bot.core.listening import listen
from bot.slack.answering import NOT_SIGNED, Answer, Reply, SlackProtocol
from bot.slack.connections import LimitedProtocol, Receiving
from bot.slack.dispatch import Dispatch
from bot.slack.ingress import Headers, Ingress, Verifier, challenge_in, tell_lost
from bot.slack.payloads import read_form, read_object

log = logs.get(__name__)

INTERACTIONS: Final = 40
"""So many are answered at a time; each may have to wait for the database."""
STORED: Final = Answer(200)
NOT_STORED: Final = Answer(500, b"not stored")


class Door:
    """Answers what Slack sends: events are stored and acknowledged, the rest is answered."""

    def __init__(self, ingress: Ingress, dispatch: Dispatch, verifier: Verifier) -> None:
        self._ingress, self._dispatch, self._verifier = ingress, dispatch, verifier
        self._answering = ThreadPoolExecutor(INTERACTIONS, thread_name_prefix="interaction")

    def awaits(self, headers: Headers) -> bool:
        """Whether the body of a request with these headers is worth reading."""
        return self._verifier.awaits(headers)

    def answer(self, headers: Headers, body: bytes, reply: Reply) -> None:
        """Has a request answered, once. To be called on an event loop, which calls `reply`."""
        if not self._verifier.accepts(body, headers):
            reply(NOT_SIGNED)
        # what it is the body itself tells: nobody signed the header that says so
        elif body.lstrip().startswith(b"{"):
            self._take_in(body, reply)
        else:
            answering = asyncio.get_running_loop().run_in_executor(
                self._answering, self._interact, body
            )
            answering.add_done_callback(lambda answered: reply(answered.result()))

    def _take_in(self, body: bytes, reply: Reply) -> None:
        payload = read_object(body)
        challenge = challenge_in(payload)
        if challenge is not None:
            reply(Answer(200, challenge.encode()))
            return
        try:
            storing = self._ingress.add(payload, body)
        except TooMuchWaits as error:
            reply(_not_stored(error))
            return
        if storing is None:
            reply(STORED)
        else:
            storing.add_done_callback(lambda stored: reply(_stored(stored)))

    def _interact(self, body: bytes) -> Answer:
        answer = self._dispatch.interact(read_form(body))
        media_type = answer.headers.get("content-type", ["text/plain"])[0]
        return Answer(answer.status, answer.body.encode(), media_type.encode())


def _stored(storing: "Future[None]") -> Answer:
    error = storing.exception()
    return STORED if error is None else _not_stored(error)


def _not_stored(error: BaseException) -> Answer:
    tell_lost(error)
    return NOT_STORED


def pages(routes: Sequence[BaseRoute]) -> Starlette:
    """The ASGI application for browsers."""
    app = Starlette(routes=routes)
    app.router.redirect_slashes = False  # it would make an address of what the client says
    return app


class HttpServer:
    """Serves from a thread of its own: what Slack sends to the door, browsers by `app`."""

    def __init__(
        self,
        app: ASGIApp,
        host: str,
        port: int,
        *,
        receiving: Receiving | None = None,
        door: Door | None = None,
    ) -> None:
        self._address = (host, port)
        given: dict[str, Any] = {"receiving": receiving or Receiving()}
        protocol: Any = partial(LimitedProtocol, **given)
        if door is not None:
            protocol = partial(SlackProtocol, **given, door=door)
        config = uvicorn.Config(
            app,
            http=protocol,
            ws="none",
            log_config=None,
            log_level="error",  # anybody could fill the log with warnings
            access_log=False,
            lifespan="off",
            server_header=False,
            proxy_headers=False,  # anybody can say that they come from elsewhere
        )
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._serve, name="http", daemon=True)

    def start(self) -> None:
        """Binds the address and serves. Raises PortTaken."""
        self._socket = listen(*self._address)
        self._thread.start()

    def stop(self, deadline: float) -> None:
        """Finishes the requests under way."""
        self._server.should_exit = True
        if self._thread.ident is not None:
            self._thread.join(max(0.0, deadline - monotonic()))

    def _serve(self) -> None:
        self._server.run(sockets=[self._socket])
