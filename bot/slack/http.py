"""The HTTP endpoint that Slack sends events and interactions to."""

from functools import partial
from threading import Thread
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.core import logs
from bot.core.clock import monotonic
from bot.core.listening import listen
from bot.slack.connections import LimitedProtocol, Receiving
from bot.slack.dispatch import Dispatch
from bot.slack.ingress import MAX_BODY, Ingress, Verifier, challenge_in
from bot.slack.payloads import read_form, read_object

log = logs.get(__name__)

PATH: Final = "/slack/events"


def endpoint(ingress: Ingress, dispatch: Dispatch, verifier: Verifier) -> Starlette:
    """The ASGI application. Events are stored and acknowledged, the rest is answered."""

    async def receive(request: Request) -> Response:
        headers = request.headers.raw
        if not verifier.awaits(headers):
            return PlainTextResponse("not signed by Slack", 401)
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        if not verifier.accepts(body, headers):
            return PlainTextResponse("not signed by Slack", 401)
        # what it is the body itself tells: nobody signed the header that says so
        is_json = body.lstrip().startswith(b"{")
        return await run_in_threadpool(_take_in if is_json else _interact, body)

    def _take_in(body: bytes) -> Response:
        payload = read_object(body)
        challenge = challenge_in(payload)
        if challenge is not None:
            return PlainTextResponse(challenge)
        try:
            ingress.accept(payload, body)
        except Exception as error:  # noqa: BLE001 - whatever it is, it was not stored
            log.error("event not stored, slack will send it again", error=type(error).__name__)  # noqa: TRY400
            return PlainTextResponse("not stored", 500)
        return PlainTextResponse("")

    def _interact(body: bytes) -> Response:
        answer = dispatch.interact(read_form(body))
        content_type = answer.headers.get("content-type", ["text/plain"])[0]
        return Response(answer.body, answer.status, media_type=content_type)

    return Starlette(routes=[Route(PATH, receive, methods=["POST"])])


async def _body(request: Request) -> bytes | None:
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                return None
    except ClientDisconnect:
        return None
    return bytes(body)


class HttpServer:
    """Serves an ASGI application from a thread of its own."""

    def __init__(
        self, app: Starlette, host: str, port: int, receiving: Receiving | None = None
    ) -> None:
        self._address = (host, port)
        app.router.redirect_slashes = False  # it would make an address of what the client says
        config = uvicorn.Config(
            app,
            http=partial(LimitedProtocol, receiving=receiving or Receiving()),  # type: ignore[arg-type]
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
