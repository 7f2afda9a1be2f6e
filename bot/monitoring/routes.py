"""What may be asked at the door itself, by whoever sends requests on to it: words, no figures."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.core.health import PATIENCE, Health
from bot.monitoring.listener import Answer, alive, ready


def routes(health: Health) -> list[BaseRoute]:
    """`/healthz` and `/readyz`."""

    async def is_alive(_request: Request) -> Response:
        return _response(alive())

    async def is_ready(_request: Request) -> Response:
        looking = health.look()
        await asyncio.wait([asyncio.wrap_future(looking)], timeout=PATIENCE)
        return _response(ready(health, looking))

    return [Route("/healthz", is_alive), Route("/readyz", is_ready)]


def _response(answer: Answer) -> Response:
    return Response(answer.body, answer.status, media_type=answer.media_type)
