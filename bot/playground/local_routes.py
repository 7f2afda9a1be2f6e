"""The addresses under `/local`: for the page, for tests, and for the app's clock.

Each is about the workspace that `?team=` names, or else about the first.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.core.clock import monotonic
from bot.core.holiday_calendar import Holidays, region_of_zone
from bot.core.week import MONDAY_TO_FRIDAY
from bot.playground import accounts, payloads, snapshot
from bot.playground.delivery import Delivery, NotDelivered
from bot.playground.interactions import SAID_OF, Interactions
from bot.playground.people import Impossible, People
from bot.playground.slack import LocalSlack
from bot.playground.socket_mode import SocketHub
from bot.playground.workspaces import Workspaces
from bot.playground.world import OtherApp, User

LIVE_SECONDS: Final = 15.0  # a sign of life, even when nothing happens
MORNING: Final = time(9)

Handler: TypeAlias = Callable[[LocalSlack, Request], Awaitable[Response]]


class LocalRoutes:
    """Answers what people and tests ask and do."""

    def __init__(self, workspaces: Workspaces, delivery: Delivery) -> None:
        self._workspaces, self._delivery = workspaces, delivery

    def routes(self) -> list[Route]:
        """All of them."""
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
        return [
            Route(f"/local/{name}", self._in_workspace(do), methods=[verb])
            for name, (verb, do) in local.items()
        ]

    def _in_workspace(self, do: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            slack = self._workspaces.of_team(request.query_params.get("team", ""))
            if slack is None:
                return JSONResponse({"error": "no such workspace"}, 404)
            return await do(slack, request)

        return answer

    async def _file(self, slack: LocalSlack, request: Request) -> Response:
        """A picture, for those who are in a conversation where it is shown."""
        person, world = _person(slack, request), slack.world
        file = world.files.get(request.query_params["id"])
        places = [world.channels[each] for each in file.shared_in] if file else []
        if file is None or not any(world.sees(person.id, place) for place in places):
            return Response("", 404)
        kind = payloads.file(file)["mimetype"]
        return Response(file.content or b"", media_type=kind)

    async def _act(self, slack: LocalSlack, request: Request) -> Response:
        given = await request.json()
        try:
            people = People(slack, Interactions(slack, self._delivery))
            done = await people.act(given["person"], given["action"], given)
        except Impossible as impossible:
            return JSONResponse({"ok": False, "error": str(impossible)}, 400)
        except NotDelivered as failure:
            said = f"{slack.app.name} {SAID_OF.get(failure.code, failure.code)}."
            return JSONResponse({"ok": False, "error": said, "code": failure.code}, 502)
        return JSONResponse({"ok": True, **done})

    async def _app(self, slack: LocalSlack, request: Request) -> Response:
        """Another app posts, or changes or deletes the message with that `ts`."""
        given, world = await request.json(), slack.world
        channel = world.channel_called(given["channel"])
        if channel is None:
            return JSONResponse({"error": "no such channel"}, 404)
        attachments = given.get("attachments") or []
        if "ts" not in given:
            app, thread_ts = OtherApp(given["app"]), given.get("thread_ts")
            posted = slack.post_as(app, channel, given["text"], attachments, thread_ts)
            return JSONResponse({"ts": posted.ts})
        message = channel.messages[given["ts"]]
        if given.get("is_deleted"):
            slack.delete(channel, message)
        else:
            slack.edit(channel, message, given["text"], attachments=attachments)
        return JSONResponse({"ts": message.ts})

    async def _see(self, slack: LocalSlack, request: Request) -> Response:
        accounts.end_statuses(slack)
        return JSONResponse(snapshot.of_person(slack, _person(slack, request)))

    async def _channel(self, slack: LocalSlack, request: Request) -> Response:
        person = _person(slack, request)
        channel = slack.world.channel_called(request.query_params["channel"])
        if channel is None or not slack.world.sees(person.id, channel):
            return JSONResponse({"error": "no such channel"}, 404)
        return JSONResponse(snapshot.of_channel(slack, person, channel))

    async def _clock(self, slack: LocalSlack, _request: Request) -> Response:
        return JSONResponse({"now": slack.clock.now().isoformat()})

    async def _move(self, slack: LocalSlack, request: Request) -> Response:
        given, clock = await request.json(), slack.clock
        if "seconds" in given:
            clock.advance(timedelta(seconds=float(given["seconds"])))
        elif "to" in given:
            clock.move_to(datetime.fromisoformat(given["to"]))
        else:
            clock.move_to(_next_morning(slack, given["morning_of"]))
        for each in self._workspaces:
            accounts.end_statuses(each)
            each.revision.bump()
        return JSONResponse({"now": clock.now().isoformat()})

    async def _faults(self, slack: LocalSlack, request: Request) -> Response:
        slack.faults.set(await request.json())
        if isinstance(self._delivery, SocketHub):
            self._delivery.release()
        return JSONResponse({})

    async def _cut(self, _slack: LocalSlack, request: Request) -> Response:
        if isinstance(self._delivery, SocketHub):
            self._delivery.cut((await request.json())["how"])
        return JSONResponse({})

    async def _settle(self, slack: LocalSlack, request: Request) -> Response:
        """Waits until every event is acknowledged and the app has been quiet for a while."""
        quiet = float((await request.json())["quiet"])
        await self._delivery.idle()
        while True:
            before = slack.journal.traffic_count
            await asyncio.sleep(quiet)
            if slack.journal.traffic_count == before:
                return JSONResponse({})

    async def _connected(self, _slack: LocalSlack, _request: Request) -> Response:
        """Waits until the app can be reached."""
        await self._delivery.connected()
        return JSONResponse({})

    async def _journal(self, slack: LocalSlack, request: Request) -> Response:
        start = int(request.query_params.get("from", "0"))
        deadline = monotonic() + float(request.query_params.get("wait", "0"))
        while len(slack.journal.entries) <= start and monotonic() < deadline:
            await slack.revision.changed(deadline - monotonic())
        entries = slack.journal.entries[start:]
        return JSONResponse([entry.to_json() for entry in entries])

    async def _traffic(self, slack: LocalSlack, request: Request) -> Response:
        after = int(request.query_params.get("after", "0"))
        newer = [asdict(each) for each in slack.journal.traffic if each.number > after]
        return JSONResponse([each | {"at": each["at"].isoformat()} for each in newer])

    async def _live(self, slack: LocalSlack, _request: Request) -> Response:
        return StreamingResponse(_revisions(slack), media_type="text/event-stream")


async def _revisions(slack: LocalSlack) -> AsyncIterator[str]:
    while True:
        yield f"data: {slack.revision.number}\n\n"
        await slack.revision.changed(LIVE_SECONDS)


def _person(slack: LocalSlack, request: Request) -> User:
    person = slack.world.user_called(request.query_params.get("person", ""))
    return person or next(iter(slack.world.users.values()))


def _next_morning(slack: LocalSlack, name: str) -> datetime:
    person = slack.world.user_called(name)
    zone = ZoneInfo(person.tz if person else "UTC")
    holidays = Holidays(region_of_zone(zone.key))
    local = slack.clock.now().astimezone(zone)
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    while day.weekday() not in MONDAY_TO_FRIDAY or day in holidays:
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, zone)
