"""Slack as far as installing goes, and the door through which people install: real HTTP both."""

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import httpx2
from starlette.applications import Starlette

from bot.browser import installs
from bot.core import installations
from bot.core.bot import Bot
from bot.core.clock import monotonic
from bot.core.installations import InstallationRow
from bot.core.unit_of_work import House
from bot.slack.directory import Directory
from bot.slack.gateway import Client, Gateway
from bot.slack.http import HttpServer
from bot.slack.installer import Installer
from bot.slack.manifest import OPTIONAL, scopes
from bot.slack.oauth import OAuth
from bot.slack.tokens import Tokens
from tests.support.browsing import ring
from tests.support.local_api import Answer, LocalApi, Request
from tests.support.ports import free_port

CLIENT: Final = Client("1605.1606", "a-client-secret-canary")
TOKEN: Final = "xoxb-1-2-canary"
TEAM, ORGANISATION = "T0ACME", "E0GROUP"
NAME: Final = "Acme & <Sons>"
PATIENCE: Final = 20.0
_LISTS: Final[dict[str, dict[str, Any]]] = {
    "auth.teams.list": {"ok": True, "teams": [{"id": TEAM, "name": NAME}]},
    "users.conversations": {"ok": True, "channels": []},
}


class SlackOAuthApi(LocalApi):
    """Gives a token for each code, once; `grants` changes what stands in the answer.

    `held` are methods that are not answered as long as it is open, `silent` ones that fail.
    """

    def __init__(self) -> None:
        super().__init__()
        self.held: set[str] = set()
        self.silent: set[str] = set()
        self.grants: dict[str, Any] = {}
        self.scopes: frozenset[str] = frozenset()
        self.revoked: list[str] = []
        self._used: set[str] = set()

    def answer(self, request: Request) -> Answer:
        method = request.path.removeprefix("/api/")
        if method in self.silent:
            return Answer({}, 503)
        if method in self.held:
            self.is_closing.wait(PATIENCE)
        bearer = request.headers.get("authorization", "")
        match method:
            case "oauth.v2.access":
                body = self._exchange(request.body, bearer)
            case "auth.test":
                body = self._who()
            case "auth.revoke":
                self.revoked.append(bearer.removeprefix("Bearer "))
                body = {"ok": True, "revoked": True}
            case _:
                body = _LISTS[method]
        return Answer(body, headers={"x-oauth-scopes": ",".join(self.scopes)})

    def calls(self, method: str) -> list[Request]:
        """The calls of one method so far."""
        return [each for each in self.journal if each.path == f"/api/{method}"]

    def _exchange(self, body: Any, bearer: str) -> dict[str, Any]:
        known = f"{CLIENT.id}:{CLIENT.secret}".encode()
        if bearer != f"Basic {base64.b64encode(known).decode()}":
            return {"ok": False, "error": "bad_client_secret"}
        code = body["code"]
        if not code.startswith("code-"):
            return {"ok": False, "error": "invalid_code"}
        if code in self._used:
            return {"ok": False, "error": "code_already_used"}
        self._used.add(code)
        return {
            "ok": True,
            "access_token": TOKEN,
            "token_type": "bot",
            "scope": ",".join(sorted(self.scopes)),
            "bot_user_id": "U0BATON",
            "app_id": "A0BATON",
            "team": {"id": TEAM, "name": NAME},
            "enterprise": None,
            "is_enterprise_install": False,
            "authed_user": {"id": "U0TOM"},
        } | self.grants

    def _who(self) -> dict[str, Any]:
        where = {"url": "https://acme.slack.com/", "team": NAME, "team_id": TEAM}
        return {"ok": True, **where, "user": "baton", "user_id": "U0BATON", "bot_id": "B0BATON"}


@dataclass
class InstallDoor:
    """A door that is open, and whoever comes through it."""

    bot: Bot
    api: SlackOAuthApi
    url: str
    web: httpx2.Client

    @property
    def installed(self) -> Sequence[InstallationRow]:
        """What is installed."""
        with self.bot.reading() as (session, _):
            return installations.every(session)

    def starts(self) -> str:
        """Begins, as a browser does; returns the state that Slack is given."""
        answer = self.web.get("/slack/install")
        assert answer.status_code == 302, answer.text
        asked = parse_qs(urlsplit(answer.headers["location"]).query)
        return asked["state"][0]

    def returns(self, **query: str) -> httpx2.Response:
        """Comes back from Slack."""
        return self.web.get("/slack/oauth_redirect", params=query)


@contextmanager
def oauth_with(
    bot: Bot,
    *,
    public_url: str = "http://127.0.0.1:1",
    allowed: Sequence[str] = (),
    timeout: float = 5.0,
    api: SlackOAuthApi | None = None,
) -> Iterator[tuple[OAuth, SlackOAuthApi]]:
    """The way through Slack alone, and Slack."""
    bot.house = House(bot.house.keyring or ring(), public_url)
    waits = timedelta(seconds=timeout)
    with api or SlackOAuthApi() as slack:
        slack.scopes = frozenset([*scopes(bot), *OPTIONAL])
        root, tokens = f"{slack.url}/api/", Tokens(bot)
        gateway = Gateway(root, tokens, timeout=waits, time_zone="UTC")
        directory = Directory(bot, gateway)
        yield (
            OAuth(
                bot,
                gateway,
                CLIENT,
                Installer(bot, gateway, directory, tokens),
                api_url=root,
                public_url=public_url,
                allowed=frozenset(allowed),
            ),
            slack,
        )


@contextmanager
def install_door(bot: Bot, *, public_url: str = "", **given: Any) -> Iterator[InstallDoor]:
    """Opens it; of the address in the settings, if it is given, nothing is real. See above."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with (
        oauth_with(bot, public_url=public_url or url, **given) as (oauth, api),
        httpx2.Client(base_url=url, trust_env=False, timeout=PATIENCE) as web,
    ):
        routes = installs.routes(oauth, public_url or url)
        server = HttpServer(Starlette(routes=routes), "127.0.0.1", port)
        server.start()
        try:
            yield InstallDoor(bot, api, url, web)
        finally:
            server.stop(monotonic() + 5)
