"""The addresses of the local Slack: Web API, response URLs, files, permalinks, and the page."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground import web_api
from bot.playground.delivery import Delivery
from bot.playground.faults import MethodFault
from bot.playground.interactions import Interactions
from bot.playground.local_routes import LocalRoutes
from bot.playground.slack import LocalSlack
from bot.playground.triggers import TriggerError
from bot.playground.web_api import (
    auth,
    channels,
    chat,
    conversations,
    files,
    functions,
    usergroups,
    views,
)
from bot.playground.workspaces import Workspaces
from bot.playground.world import Json

PAGE: Final = Path(__file__).parent / "page"
UPLOAD: Final = "upload"
"""What the traffic and the faults call the address that takes a file's bytes."""
HOSTS: Final = ("127.0.0.1", "localhost", "*.localhost")
_REGISTERED: Final = (auth, channels, chat, conversations, files, functions, usergroups, views)


class Routes:
    """Answers every request to the local Slack."""

    def __init__(self, workspaces: Workspaces, delivery: Delivery) -> None:
        self._workspaces, self._delivery = workspaces, delivery

    def application(self) -> Starlette:
        """The ASGI application; it listens to nobody who calls it by another name."""
        return Starlette(
            routes=[
                Route("/api/{method}", self._api, methods=["GET", "POST"]),
                Route("/response/{key}", self._respond, methods=["POST"]),
                Route("/upload/v1/{key}", self._upload, methods=["POST"]),
                *LocalRoutes(self._workspaces, self._delivery).routes(),
                Route("/archives/{channel}/{message}", self._permalink),
                Mount("/", StaticFiles(directory=PAGE, html=True)),
            ],
            middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS))],
        )

    async def _api(self, request: Request) -> Response:
        method, body = request.path_params["method"], await request.body()
        body = body or request.url.query.encode()
        token = web_api.token_in(request.headers, body)
        slack = self._workspaces.workspace_of(token) or self._workspaces.first
        fault = slack.faults.take(method, body.decode(errors="replace"))
        if fault is not None:
            faulty = await self._faulty(slack, fault, request, body)
            if faulty is not None:
                return faulty
        return self._call(slack, request, body)

    def _call(self, slack: LocalSlack, request: Request, body: bytes) -> Response:
        method = request.path_params["method"]
        answer = web_api.answer(slack, method, request.headers, body)
        outcome = "ok" if answer["ok"] else str(answer["error"])
        slack.passed("from app", method, outcome, _shown(body))
        scopes = ",".join(sorted(slack.app.scopes))
        return JSONResponse(answer, headers={"x-oauth-scopes": scopes})

    async def _faulty(
        self, slack: LocalSlack, fault: MethodFault, request: Request, body: bytes
    ) -> Response | None:
        await asyncio.sleep(fault.delay)
        slack.passed("from app", fault.method, "fault", _shown(body))
        if fault.commit_late:
            loop = asyncio.get_running_loop()
            loop.call_later(fault.commit_late, self._call, slack, request, body)
            return _lost()
        if fault.lose_answer:
            self._call(slack, request, body)
            return _lost()
        if fault.error is not None:
            return JSONResponse({"ok": False, "error": fault.error})
        if fault.status != 200 or fault.body is not None:  # noqa: PLR2004
            headers = {"retry-after": fault.retry_after} if fault.retry_after is not None else {}
            return Response(fault.body or "", fault.status, headers=headers)
        return None

    async def _respond(self, request: Request) -> Response:
        key = request.path_params["key"]
        slack = self._workspaces.of_response(key)
        try:
            Interactions(slack, self._delivery).answered(key, await request.json())
        except TriggerError as error:
            return Response(error.code, 404)
        return Response("ok")

    async def _upload(self, request: Request) -> Response:
        key, content = request.path_params["key"], await request.body()
        slack = self._workspaces.of_upload(key)
        fault = slack.faults.take(UPLOAD, "")
        if fault is not None:
            slack.passed("from app", UPLOAD, "fault", {})
            headers = {"retry-after": fault.retry_after} if fault.retry_after else {}
            return Response(fault.body or "", fault.status, headers=headers)
        is_taken = files.take(slack, key, content)
        slack.passed("from app", UPLOAD, "ok" if is_taken else "refused", {})
        return Response(f"OK - {len(content)}" if is_taken else "", 200 if is_taken else 400)

    async def _permalink(self, request: Request) -> Response:
        slack = self._workspaces.of_host(request.url.hostname or "")
        channel, message = request.path_params["channel"], request.path_params["message"]
        place = {"channel": channel, "message": f"{message[1:-6]}.{message[-6:]}"}
        place["thread"] = request.query_params.get("thread_ts", "")
        if slack is not self._workspaces.first:
            place["team"] = slack.world.team.id
        return RedirectResponse(f"{slack.server_url}#{urlencode(place)}")


def _lost() -> Response:
    """An answer that breaks off: the connection closes before the promised length."""

    async def nothing() -> AsyncIterator[bytes]:
        yield b'{"ok":'

    return StreamingResponse(nothing(), headers={"content-length": "1000"})


def _shown(body: bytes) -> Json:
    try:
        given: Any = json.loads(body or b"{}")
    except ValueError:
        return {"form": body.decode(errors="replace")}
    return given if isinstance(given, dict) else {}
