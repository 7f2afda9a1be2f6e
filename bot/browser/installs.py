"""The door for whoever installs Baton: to Slack, which asks them, and back with its answer.

What comes back is looked at, and never shown.
"""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.browser import messages
from bot.browser.links import Turnstile
from bot.browser.page import HEADERS, Way, html
from bot.core import logs
from bot.core.installing import PATH, RETURN_PATH, Begun, Finished, Installing, Outcome, Returned
from bot.core.links import LinkPage
from bot.core.oauth_states import GOOD_FOR

log = logs.get(__name__)

AT_ONCE: Final = 4
"""So many wait for Slack at a time: while it is slow, events are still taken in."""
LONGEST: Final = 512  # characters of anything that Slack sends back
_STATUS: Final[Mapping[Outcome, HTTPStatus]] = {
    Outcome.INSTALLED: HTTPStatus.OK,
    Outcome.INSTALLED_IN_ORGANISATION: HTTPStatus.OK,
    Outcome.DECLINED: HTTPStatus.OK,
    Outcome.NOT_BEGUN_HERE: HTTPStatus.OK,
    Outcome.INCOMPLETE: HTTPStatus.BAD_REQUEST,
    Outcome.OVER: HTTPStatus.GONE,
    Outcome.EXPIRED: HTTPStatus.GONE,
    Outcome.OTHER_BROWSER: HTTPStatus.FORBIDDEN,
    Outcome.NOT_ALLOWED: HTTPStatus.FORBIDDEN,
    Outcome.SCOPES_MISSING: HTTPStatus.FORBIDDEN,
    Outcome.SLACK_REFUSED: HTTPStatus.BAD_REQUEST,
    Outcome.SLACK_SILENT: HTTPStatus.SERVICE_UNAVAILABLE,
    Outcome.SET_UP_WRONG: HTTPStatus.SERVICE_UNAVAILABLE,
    Outcome.FAILED: HTTPStatus.SERVICE_UNAVAILABLE,
}


class Installs:
    """Answers a browser; all it knows of itself is its address in the settings."""

    def __init__(self, installing: Installing, public_url: str) -> None:
        self._installing, self._public_url = installing, public_url
        self._turnstile = Turnstile()
        self._waiting = ThreadPoolExecutor(AT_ONCE, "install")
        self._is_safe = urlsplit(public_url).scheme == "https"
        # a browser takes this prefix from nobody but this very host, over https
        self._cookie = "__Host-baton-install" if self._is_safe else "baton-install"

    async def start(self, request: Request) -> Response:
        """Sends the browser to Slack, with a cookie by which it is known when it comes back."""
        if not self._lets_in(request):
            return self._answer(messages.TOO_MANY, HTTPStatus.TOO_MANY_REQUESTS)
        if request.method == "HEAD":  # somebody looks whether there is something
            return Response(headers=dict(HEADERS))
        begun = await run_in_threadpool(self._begin, request.cookies.get(self._cookie, ""))
        if begun is None:
            return self._page(Finished(Outcome.FAILED))
        response = RedirectResponse(begun.address, HTTPStatus.FOUND, headers=dict(HEADERS))
        response.set_cookie(
            self._cookie,
            begun.browser,
            max_age=int(GOOD_FOR.total_seconds()),
            path="/",
            secure=self._is_safe,
            httponly=True,
            samesite="lax",  # it has to come along from Slack
        )
        return response

    async def finish(self, request: Request) -> Response:
        """Takes in what Slack sends the browser back with."""
        if not self._lets_in(request):
            return self._answer(messages.TOO_MANY, HTTPStatus.TOO_MANY_REQUESTS)
        if request.method == "HEAD":  # whoever looks a link over must not use it up
            return Response(headers=dict(HEADERS))
        given = {name: _one(request, name) for name in ("state", "code", "error")}
        returned = Returned(**given, browser=request.cookies.get(self._cookie, "")[:LONGEST])
        loop = asyncio.get_running_loop()
        return self._page(await loop.run_in_executor(self._waiting, self._finish, returned))

    def _lets_in(self, request: Request) -> bool:
        return self._turnstile.lets_in(request.client.host if request.client else "")

    def _begin(self, browser: str) -> Begun | None:
        try:
            return self._installing.begin(browser)
        except Exception as error:
            log.exception("an installation was not begun", error=type(error).__name__)
            return None

    def _finish(self, returned: Returned) -> Finished:
        try:
            return self._installing.finish(returned)
        except Exception as error:
            log.exception("an installation was not finished", error=type(error).__name__)
            return Finished(Outcome.FAILED)

    def _page(self, finished: Finished) -> Response:
        page, words = messages.of_installation(finished)
        address = finished.address or f"{self._public_url}{PATH}"
        return self._answer(page, _STATUS[finished.outcome], Way(words, address) if words else None)

    @staticmethod
    def _answer(page: LinkPage, status: HTTPStatus, way: Way | None = None) -> Response:
        return HTMLResponse(html(page, way), status, headers=dict(HEADERS))


def routes(installing: Installing | None, public_url: str | None) -> list[BaseRoute]:
    """What a browser may ask for; none if nobody installs Baton this way."""
    if installing is None or public_url is None:
        return []
    door = Installs(installing, public_url)
    return [
        Route(PATH, door.start, methods=["GET"]),
        Route(RETURN_PATH, door.finish, methods=["GET"]),
    ]


def _one(request: Request, name: str) -> str:
    """What stands under a name in the address, if it stands there once and is not too long."""
    found = request.query_params.getlist(name)
    return found[0] if len(found) == 1 and len(found[0]) <= LONGEST else ""
