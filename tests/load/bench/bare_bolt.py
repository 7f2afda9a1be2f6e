"""A bare Bolt app: its listeners do nothing, and it acknowledges without having stored anything.

It is the asynchronous one, the faster of the two that Bolt has, on uvicorn as it comes.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.core.listening import listen
from bot.slack.ingress import PATH
from tests.support.door import SECRET


@contextmanager
def serve() -> Iterator[int]:
    """The app on a free port, in a thread."""
    logging.disable(logging.CRITICAL)
    handler = AsyncSlackRequestHandler(_app())

    async def take_in(request: Request) -> Response:
        return await handler.handle(request)

    routes = [Route(PATH, take_in, methods=["POST"])]
    config = uvicorn.Config(
        Starlette(routes=routes), log_config=None, access_log=False, lifespan="off", ws="none"
    )
    server = uvicorn.Server(config)
    listening = listen("127.0.0.1", 0)
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def _app() -> AsyncApp:
    async def authorize(**_given: Any) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id="T1", bot_id="B1", bot_user_id="UBOT", bot_token="xoxb-1"
        )

    async def nothing() -> None:
        """What it is to do with an event."""

    app = AsyncApp(signing_secret=SECRET, authorize=authorize)
    for kind in ("reaction_added", "user_change", "member_joined_channel"):
        app.event(kind)(nothing)
    for subtype in (None, "message_changed", "message_deleted"):
        app.event({"type": "message", "subtype": subtype})(nothing)
    return app
