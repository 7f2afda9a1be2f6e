"""A server that takes what is sent to Slack, and to a webhook, and notes when each came.

It runs in a process of its own and answers within Slack's usual 20 to 80 ms. Everybody who is asked
for exists, in every workspace; the workspace is told by the token.
"""

import asyncio
import json
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Final
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.core.clock import SystemClock
from bot.core.listening import listen
from tests.load.traffic import Crowd

ANSWERS_IN: Final = (0.02, 0.08)
PATIENCE: Final = 60
POST: Final = "chat.postMessage"
WEBHOOK: Final = "webhook"
TOKEN: Final = "xoxb-stub-"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One call: when it came (seconds since 1970), what it was, and the key that it bears."""

    at: float
    what: str
    team_id: str
    key: str
    act: str = ""


@dataclass(frozen=True, slots=True)
class Stub:
    """Where the server is."""

    url: str
    _pipe: Connection

    @property
    def api_url(self) -> str:
        """Slack's Web API."""
        return f"{self.url}/api/"

    @property
    def webhook_url(self) -> str:
        """What pages go to outside of Slack."""
        return f"{self.url}/{WEBHOOK}"

    def arrivals(self) -> list[Arrival]:
        """Everything that came so far."""
        self._pipe.send("tell")
        found: list[Arrival] = self._pipe.recv()
        return found


@contextmanager
def running(crowd: Crowd | None = None) -> Iterator[Stub]:
    """The server, until the block ends; with a crowd it knows its channels, and who is there."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, crowd), daemon=True)
    process.start()
    try:
        assert ours.poll(PATIENCE), "the server does not start"
        yield Stub(ours.recv(), ours)
    finally:
        process.kill()
        process.join(PATIENCE)


class _Server:
    """Notes what comes, and answers after a while."""

    def __init__(self, crowd: Crowd | None) -> None:
        self._crowd = crowd
        self.arrivals: list[Arrival] = []
        self._clock = SystemClock()
        self._chance = random.Random(1)  # noqa: S311 - not for secrets
        self._posted: dict[tuple[str, str], list[dict[str, Any]]] = {}

    async def slack(self, request: Request) -> JSONResponse:
        """A method of the Web API."""
        at, method = self._clock.now().timestamp(), request.path_params["method"]
        given = await _arguments(request)
        team_id = request.headers.get("authorization", "").removeprefix(f"Bearer {TOKEN}")
        key = ((given.get("metadata") or {}).get("event_payload") or {}).get("k", "")
        self.arrivals.append(Arrival(at, method, team_id, key))
        await self._wait()
        return JSONResponse({"ok": True} | self._answer(method, team_id, given))

    async def webhook(self, request: Request) -> JSONResponse:
        """A notice to the operator's own address."""
        at = self._clock.now().timestamp()
        notice = json.loads(await request.body())
        key = request.headers["idempotency-key"]
        self.arrivals.append(Arrival(at, WEBHOOK, "", key, notice["act"]))
        await self._wait()
        return JSONResponse({})

    async def _wait(self) -> None:
        await asyncio.sleep(self._chance.uniform(*ANSWERS_IN))

    def _answer(self, method: str, team_id: str, given: dict[str, Any]) -> dict[str, Any]:
        channel_id = _channel_of(given)
        if method == POST:
            ts = f"{self._clock.now().timestamp():.6f}"
            posted = {"ts": ts, "metadata": given.get("metadata")}
            self._posted.setdefault((team_id, channel_id), []).append(posted)
            return {"channel": channel_id, "ts": ts}
        answers: dict[str, dict[str, Any]] = {
            "conversations.open": {"channel": {"id": f"D{given.get('users')}"}},
            "conversations.history": {"messages": self._posted.get((team_id, channel_id), [])},
            "conversations.info": {"channel": _channel(channel_id)},
            "conversations.members": {"members": self._members(channel_id)},
            "users.conversations": {"channels": [_channel(each) for each in self._channels()]},
            "auth.test": {
                "team_id": team_id,
                "team": team_id,
                "url": f"https://{team_id}.slack.example/",
                "bot_id": "B1",
                "user_id": "UBOT",
            },
            "users.info": {"user": {"id": given.get("user"), "team_id": team_id, "tz": "UTC"}},
        }
        return answers.get(method, {})

    def _channels(self) -> Sequence[str]:
        return self._crowd.channels if self._crowd else ()

    def _members(self, channel_id: str) -> Sequence[str]:
        is_known = self._crowd and channel_id in self._crowd.channels
        return self._crowd.members(channel_id) if self._crowd and is_known else ()


def _channel(channel_id: str) -> dict[str, Any]:
    return {"id": channel_id, "name": channel_id.lower(), "is_member": True}


def _channel_of(given: dict[str, Any]) -> str:
    channel_id = str(given.get("channel", ""))
    return f"D{channel_id}" if channel_id.startswith("U") else channel_id


async def _arguments(request: Request) -> dict[str, Any]:
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        found = json.loads(body or b"{}")
        return found if isinstance(found, dict) else {}
    return dict(parse_qsl(body.decode())) | dict(request.query_params)


def _serve(pipe: Connection, crowd: Crowd | None) -> None:
    server = _Server(crowd)
    routes = [
        Route("/api/{method}", server.slack, methods=["GET", "POST"]),
        Route(f"/{WEBHOOK}", server.webhook, methods=["POST"]),
    ]
    config = uvicorn.Config(
        Starlette(routes=routes), log_config=None, access_log=False, lifespan="off"
    )
    socket = listen("127.0.0.1", 0)
    pipe.send(f"http://127.0.0.1:{socket.getsockname()[1]}")

    async def tell() -> None:
        loop = asyncio.get_running_loop()
        while True:
            await loop.run_in_executor(None, pipe.recv)
            pipe.send(list(server.arrivals))

    async def serve() -> None:
        telling = asyncio.create_task(tell())
        await uvicorn.Server(config).serve(sockets=[socket])
        telling.cancel()

    asyncio.run(serve())
