"""The addresses of the local Slack: Web API, response URLs, and `/local` for people and tests."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.core.clock import monotonic
from bot.core.holiday_calendar import Holidays, region_of_zone
from bot.core.week import MONDAY_TO_FRIDAY
from bot.playground import accounts, payloads, snapshot, web_api
from bot.playground.delivery import Delivery, NotDelivered
from bot.playground.faults import MethodFault
from bot.playground.interactions import SAID_OF, Interactions
from bot.playground.people import Impossible, People
from bot.playground.slack import LocalSlack
from bot.playground.socket_mode import SocketHub
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
from bot.playground.world import Json, OtherApp, User

PAGE: Final = Path(__file__).parent / "page"
LIVE_SECONDS: Final = 15.0  # a sign of life, even when nothing happens
MORNING: Final = time(9)
UPLOAD: Final = "upload"
"""What the traffic and the faults call the address that takes a file's bytes."""
_REGISTERED: Final = (auth, channels, chat, conversations, files, functions, usergroups, views)

Handler: TypeAlias = Callable[[Request], Awaitable[Response]]


class Routes:
    """Answers every request to the local Slack."""

    def __init__(self, slack: LocalSlack, delivery: Delivery) -> None:
        self._slack, self._delivery = slack, delivery
        self._interactions = Interactions(slack, delivery)
        self._people = People(slack, self._interactions)

    def application(self) -> Starlette:
        """The ASGI application; it listens to nobody who calls it by another name."""
        local: dict[str, tuple[str, Handler]] = {
            "act": ("POST", self._act),
            "app": ("POST", self._app),
            "see": ("GET", self._see),
            "channel": ("GET", self._channel),
            "clock": ("GET", self._clock),
            "connected": ("POST", self._connected),
            "move": ("POST", self._move),
            "faults": ("POST", self._faults),
            "cut": ("POST", self._cut),
            "settle": ("POST", self._settle),
            "journal": ("GET", self._journal),
            "file": ("GET", self._file),
            "traffic": ("GET", self._traffic),
            "live": ("GET", self._live),
        }
        return Starlette(
            routes=[
                Route("/api/{method}", self._api, methods=["GET", "POST"]),
                Route("/response/{key}", self._respond, methods=["POST"]),
                Route("/upload/v1/{key}", self._upload, methods=["POST"]),
                *(Route(f"/local/{n}", h, methods=[verb]) for n, (verb, h) in local.items()),
                Route("/archives/{channel}/{message}", self._permalink),
                Mount("/", StaticFiles(directory=PAGE, html=True)),
            ],
            middleware=[
                Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
            ],
        )

    async def _api(self, request: Request) -> Response:
        method, body = request.path_params["method"], await request.body()
        body = body or request.url.query.encode()
        fault = self._slack.faults.take(method, body.decode(errors="replace"))
        if fault is not None:
            faulty = await self._faulty(fault, request, body)
            if faulty is not None:
                return faulty
        return self._call(request, body)

    def _call(self, request: Request, body: bytes) -> Response:
        method = request.path_params["method"]
        answer = web_api.answer(self._slack, method, request.headers, body)
        outcome = "ok" if answer["ok"] else str(answer["error"])
        self._slack.passed("from app", method, outcome, _shown(body))
        scopes = ",".join(sorted(self._slack.app.scopes))
        return JSONResponse(answer, headers={"x-oauth-scopes": scopes})

    async def _faulty(self, fault: MethodFault, request: Request, body: bytes) -> Response | None:
        await asyncio.sleep(fault.delay)
        self._slack.passed("from app", fault.method, "fault", _shown(body))
        if fault.commit_late:
            loop = asyncio.get_running_loop()
            loop.call_later(fault.commit_late, self._call, request, body)
            return _lost()
        if fault.lose_answer:
            self._call(request, body)
            return _lost()
        if fault.error is not None:
            return JSONResponse({"ok": False, "error": fault.error})
        if fault.status != 200 or fault.body is not None:  # noqa: PLR2004
            headers = {"retry-after": fault.retry_after} if fault.retry_after is not None else {}
            return Response(fault.body or "", fault.status, headers=headers)
        return None

    async def _respond(self, request: Request) -> Response:
        try:
            self._interactions.answered(request.path_params["key"], await request.json())
        except TriggerError as error:
            return Response(error.code, 404)
        return Response("ok")

    async def _upload(self, request: Request) -> Response:
        content = await request.body()
        fault = self._slack.faults.take(UPLOAD, "")
        if fault is not None:
            self._slack.passed("from app", UPLOAD, "fault", {})
            headers = {"retry-after": fault.retry_after} if fault.retry_after else {}
            return Response(fault.body or "", fault.status, headers=headers)
        is_taken = files.take(self._slack, request.path_params["key"], content)
        self._slack.passed("from app", UPLOAD, "ok" if is_taken else "refused", {})
        return Response(f"OK - {len(content)}" if is_taken else "", 200 if is_taken else 400)

    async def _file(self, request: Request) -> Response:
        """A picture, for those who are in a conversation where it is shown."""
        person, world = self._person(request), self._slack.world
        file = world.files.get(request.query_params["id"])
        places = [world.channels[each] for each in file.shared_in] if file else []
        if file is None or not any(world.sees(person.id, place) for place in places):
            return Response("", 404)
        kind = payloads.file(file)["mimetype"]
        return Response(file.content or b"", media_type=kind)

    async def _act(self, request: Request) -> Response:
        given = await request.json()
        try:
            done = await self._people.act(given["person"], given["action"], given)
        except Impossible as impossible:
            return JSONResponse({"ok": False, "error": str(impossible)}, 400)
        except NotDelivered as failure:
            said = f"{self._slack.app.name} {SAID_OF.get(failure.code, failure.code)}."
            return JSONResponse({"ok": False, "error": said, "code": failure.code}, 502)
        return JSONResponse({"ok": True, **done})

    async def _app(self, request: Request) -> Response:
        """Another app posts, or changes or deletes the message with that `ts`."""
        given, world = await request.json(), self._slack.world
        channel = world.channel_called(given["channel"])
        if channel is None:
            return JSONResponse({"error": "no such channel"}, 404)
        attachments = given.get("attachments") or []
        if "ts" not in given:
            app, thread_ts = OtherApp(given["app"]), given.get("thread_ts")
            posted = self._slack.post_as(app, channel, given["text"], attachments, thread_ts)
            return JSONResponse({"ts": posted.ts})
        message = channel.messages[given["ts"]]
        if given.get("is_deleted"):
            self._slack.delete(channel, message)
        else:
            self._slack.edit(channel, message, given["text"], attachments=attachments)
        return JSONResponse({"ts": message.ts})

    async def _see(self, request: Request) -> Response:
        accounts.end_statuses(self._slack)
        return JSONResponse(snapshot.of_person(self._slack, self._person(request)))

    async def _channel(self, request: Request) -> Response:
        person = self._person(request)
        channel = self._slack.world.channel_called(request.query_params["channel"])
        if channel is None or not self._slack.world.sees(person.id, channel):
            return JSONResponse({"error": "no such channel"}, 404)
        return JSONResponse(snapshot.of_channel(self._slack, person, channel))

    async def _clock(self, _request: Request) -> Response:
        return JSONResponse({"now": self._slack.clock.now().isoformat()})

    async def _move(self, request: Request) -> Response:
        given, clock = await request.json(), self._slack.clock
        if "seconds" in given:
            clock.advance(timedelta(seconds=float(given["seconds"])))
        elif "to" in given:
            clock.move_to(datetime.fromisoformat(given["to"]))
        else:
            clock.move_to(self._next_morning(given["morning_of"]))
        accounts.end_statuses(self._slack)
        self._slack.revision.bump()
        return JSONResponse({"now": clock.now().isoformat()})

    async def _faults(self, request: Request) -> Response:
        self._slack.faults.set(await request.json())
        if isinstance(self._delivery, SocketHub):
            self._delivery.release()
        return JSONResponse({})

    async def _cut(self, request: Request) -> Response:
        if isinstance(self._delivery, SocketHub):
            self._delivery.cut((await request.json())["how"])
        return JSONResponse({})

    async def _settle(self, request: Request) -> Response:
        """Waits until every event is acknowledged and the app has been quiet for a while."""
        quiet = float((await request.json())["quiet"])
        await self._delivery.idle()
        while True:
            before = self._slack.journal.traffic_count
            await asyncio.sleep(quiet)
            if self._slack.journal.traffic_count == before:
                return JSONResponse({})

    async def _connected(self, _request: Request) -> Response:
        """Waits until the app can be reached."""
        await self._delivery.connected()
        return JSONResponse({})

    async def _journal(self, request: Request) -> Response:
        start = int(request.query_params.get("from", "0"))
        deadline = monotonic() + float(request.query_params.get("wait", "0"))
        while len(self._slack.journal.entries) <= start and monotonic() < deadline:
            await self._slack.revision.changed(deadline - monotonic())
        entries = self._slack.journal.entries[start:]
        return JSONResponse([entry.to_json() for entry in entries])

    async def _traffic(self, request: Request) -> Response:
        after = int(request.query_params.get("after", "0"))
        newer = [asdict(each) for each in self._slack.journal.traffic if each.number > after]
        return JSONResponse([each | {"at": each["at"].isoformat()} for each in newer])

    async def _live(self, _request: Request) -> Response:
        return StreamingResponse(self._revisions(), media_type="text/event-stream")

    async def _revisions(self) -> AsyncIterator[str]:
        while True:
            yield f"data: {self._slack.revision.number}\n\n"
            await self._slack.revision.changed(LIVE_SECONDS)

    async def _permalink(self, request: Request) -> Response:
        channel, message = (request.path_params["channel"], request.path_params["message"])
        thread = request.query_params.get("thread_ts", "")
        ts = f"{message[1:-6]}.{message[-6:]}"
        return RedirectResponse(f"/#channel={channel}&message={ts}&thread={thread}")

    def _person(self, request: Request) -> User:
        person = self._slack.world.user_called(request.query_params.get("person", ""))
        return person or next(iter(self._slack.world.users.values()))

    def _next_morning(self, name: str) -> datetime:
        person = self._slack.world.user_called(name)
        zone = ZoneInfo(person.tz if person else "UTC")
        holidays = Holidays(region_of_zone(zone.key))
        local = self._slack.clock.now().astimezone(zone)
        day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
        while day.weekday() not in MONDAY_TO_FRIDAY or day in holidays:
            day += timedelta(days=1)
        return datetime.combine(day, MORNING, zone)


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
