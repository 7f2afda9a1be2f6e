"""The HTTP endpoint that Slack sends events and interactions to."""

from threading import Thread
from typing import Final

import uvicorn
from slack_bolt import BoltResponse
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.core import logs
from bot.core.clock import monotonic
from bot.core.listening import listen
from bot.slack.dispatch import Dispatch
from bot.slack.ingress import MAX_BODY, Ingress, Verifier, challenge_in

log = logs.get(__name__)

PATH: Final = "/slack/events"


def endpoint(ingress: Ingress, dispatch: Dispatch, verifier: Verifier) -> Starlette:
    """The ASGI application. Events are stored and acknowledged, the rest is answered."""

    async def receive(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        timestamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not verifier.accepts(body, timestamp, signature):
            return PlainTextResponse("not signed by Slack", 401)
        content_type = request.headers.get("content-type", "")
        if not content_type.startswith("application/json"):
            answer = await run_in_threadpool(dispatch.interact, body.decode(), content_type)
            return _response(answer)
        return await _take_in(body)

    async def _take_in(body: bytes) -> Response:
        challenge = challenge_in(body)
        if challenge is not None:
            return PlainTextResponse(challenge)
        try:
            await run_in_threadpool(ingress.accept, body)
        except Exception as error:
            log.exception("event not stored, slack will send it again", error=type(error).__name__)
            return PlainTextResponse("not stored", 500)
        return PlainTextResponse("")

    return Starlette(routes=[Route(PATH, receive, methods=["POST"])])


async def _body(request: Request) -> bytes | None:
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                return None
    except ClientDisconnect:
        return None
    return body


def _response(answer: BoltResponse) -> Response:
    content_type = answer.headers.get("content-type", ["text/plain"])[0]
    return Response(answer.body, answer.status, media_type=content_type)


class HttpServer:
    """Serves an ASGI application from a thread of its own."""

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        self._address = (host, port)
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
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
