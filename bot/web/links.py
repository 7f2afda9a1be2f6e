"""The door for links: opening one shows a page, only pressing the button on it does something."""

from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.core import links, logs
from bot.core.bot import Bot
from bot.core.clock import monotonic
from bot.core.links import LinkPage, Opened
from bot.core.unit_of_work import UnitOfWork
from bot.web import messages
from bot.web.page import HEADERS, html

log = logs.get(__name__)

A_MINUTE: Final = 60
MOST_A_MINUTE: Final = 120  # of one address, which may be that of a proxy before us
MOST_ADDRESSES: Final = 1_000
_OWN_SITE: Final = {"same-origin", "none"}

Shown = tuple[LinkPage, HTTPStatus]


class Turnstile:
    """Counts what each address asks for in a minute; of more addresses the oldest are forgotten."""

    def __init__(self, most: int = MOST_A_MINUTE) -> None:
        self._most, self._since = most, monotonic()
        self._counts: OrderedDict[str, int] = OrderedDict()

    def lets_in(self, address: str) -> bool:
        """Whether one more is not too many."""
        if monotonic() - self._since > A_MINUTE:
            self._counts.clear()
            self._since = monotonic()
        count = self._counts.pop(address, 0) + 1
        self._counts[address] = count
        if len(self._counts) > MOST_ADDRESSES:
            self._counts.popitem(last=False)
        return count <= self._most


class Links:
    """Looks links up, and does what they are for."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def show(self, token: str) -> Shown:
        """What a link opens; nothing is changed by it."""
        opened = self._find(token)
        if opened is None or opened.is_over:
            return _nothing(opened)
        with self._bot.looking(opened.team_id) as uow:
            return self._shown(uow, opened, has_button=not opened.is_used)

    def act(self, token: str) -> Shown:
        """Does what a link is for, if it was not done before: in the same transaction."""
        opened = self._find(token)
        if opened is None or opened.is_over:
            return _nothing(opened)

        def once(uow: UnitOfWork) -> Shown:
            if links.use(uow, opened.id):
                act = self._bot.links[opened.name].act
                return act(uow, opened.reference, opened.user_id), HTTPStatus.OK
            return self._shown(uow, opened, has_button=False)

        return self._bot.perform(opened.team_id, once, during="interaction")

    def _find(self, token: str) -> Opened | None:
        if len(token) != links.TOKEN_LENGTH:
            return None
        with self._bot.reading() as (session, now):
            opened = links.find(session, token, now=now)
        return opened if opened and opened.name in self._bot.links else None

    def _shown(self, uow: UnitOfWork, opened: Opened, *, has_button: bool) -> Shown:
        page = self._bot.links[opened.name].show(uow, opened.reference, opened.user_id)
        button = page.button if has_button else ""
        return LinkPage(page.title, page.text, page.more, button), HTTPStatus.OK


def routes(bot: Bot) -> list[BaseRoute]:
    """What a browser may ask for; none if nobody outside of Slack reaches this process."""
    public_url = bot.house.public_url
    if not public_url or not bot.links:
        return []
    door, turnstile = Links(bot), Turnstile()

    async def answer(request: Request) -> Response:
        if not turnstile.lets_in(request.client.host if request.client else ""):
            return _response(messages.TOO_MANY, HTTPStatus.TOO_MANY_REQUESTS)
        is_press = request.method == "POST"
        if is_press and not _is_own(request, public_url):
            return _response(messages.FROM_ELSEWHERE, HTTPStatus.FORBIDDEN)
        work = door.act if is_press else door.show
        page, status = await run_in_threadpool(_done, work, request.path_params["token"])
        return _response(page, status)

    # what a press sends along is never read, so it can be neither too long nor too slow
    return [Route(f"{links.PATH}{{token}}", answer, methods=["GET", "POST"])]


def _done(work: Callable[[str], Shown], token: str) -> Shown:
    try:
        return work(token)
    except Exception as error:
        log.exception("a link was not answered", error=type(error).__name__)
        return messages.NOT_DONE, HTTPStatus.SERVICE_UNAVAILABLE


def _is_own(request: Request, public_url: str) -> bool:
    """Whether a press comes from our own page, as far as the browser tells.

    It tells no origin ("null") to a page that asks for no referrer. The token is what counts: this
    only keeps others from pressing for somebody who has the link.
    """
    if request.headers.get("sec-fetch-site", "none") not in _OWN_SITE:
        return False
    origin = request.headers.get("origin", "null")
    return origin in {"null", "{0.scheme}://{0.netloc}".format(urlsplit(public_url))}


def _nothing(opened: Opened | None) -> Shown:
    if opened is None:
        return messages.UNKNOWN, HTTPStatus.NOT_FOUND
    return messages.OVER, HTTPStatus.GONE


def _response(page: LinkPage, status: HTTPStatus) -> Response:
    return HTMLResponse(html(page), status, headers=dict(HEADERS))
