"""Slack as far as installing goes, and the door through which people install: real HTTP both."""

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import httpx2
from starlette.applications import Starlette

from bot.browser import installs
from bot.core.bot import Bot
from bot.core.clock import monotonic
from bot.core.installations import Granted
from bot.core.listening import listen
from bot.slack.gateway import Client, Gateway
from bot.slack.http import HttpServer
from bot.slack.manifest import OPTIONAL, scopes
from bot.slack.oauth import OAuth
from tests.support.local_api import Answer, LocalApi, Request

CLIENT: Final = Client("1605.1606", "a-client-secret-canary")
TOKEN: Final = "xoxb-1-2-canary"
TEAM, ORGANISATION = "T0ACME", "E0GROUP"
NAME: Final = "Acme & <Sons>"
TIMEOUT: Final = 0.4


class SlackOAuthApi(LocalApi):
    """Gives a token for each code, once; `grants` changes what stands in the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.grants: dict[str, Any] = {}
        self.scopes: frozenset[str] = frozenset()
        self.revoked: list[str] = []
        self._used: set[str] = set()

    def answer(self, request: Request) -> Answer:
        bearer = request.headers.get("authorization", "")
        match request.path:
            case "/api/oauth.v2.access":
                return Answer(self._exchange(request.body, bearer))
            case "/api/auth.test":
                assert bearer == f"Bearer {TOKEN}"
                listed = {"x-oauth-scopes": ",".join(sorted(self.scopes))}
                return Answer(self._who(), headers=listed)
            case "/api/auth.revoke":
                self.revoked.append(bearer.removeprefix("Bearer "))
                return Answer({"ok": True, "revoked": True})
        return Answer({"ok": False, "error": "unknown_method"})

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
        return {
            "ok": True,
            "url": "https://acme.slack.com/",
            "team": NAME,
            "team_id": TEAM,
            "user": "baton",
            "user_id": "U0BATON",
            "bot_id": "B0BATON",
        }


@dataclass
class InstallDoor:
    """A door that is open, whoever comes through it, and what was installed."""

    api: SlackOAuthApi
    url: str
    web: httpx2.Client
    installed: list[Granted] = field(default_factory=list)

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
def install_door(
    bot: Bot,
    *,
    allowed: Sequence[str] = (),
    public_url: str = "",
    lacks: Sequence[str] = (),
) -> Iterator[InstallDoor]:
    """Opens it; of the address in the settings, unless it is given, only the port is real."""
    free = listen("127.0.0.1", 0)
    port = free.getsockname()[1]
    free.close()
    url = f"http://127.0.0.1:{port}"
    with (
        SlackOAuthApi() as api,
        httpx2.Client(base_url=url, trust_env=False, timeout=20) as web,
    ):
        api.scopes = frozenset([*scopes(bot), *OPTIONAL])
        door = InstallDoor(api, url, web)
        timeout = timedelta(seconds=TIMEOUT)
        oauth = OAuth(
            bot,
            Gateway(f"{api.url}/api/", lambda _team: "", timeout=timeout, time_zone="UTC"),
            CLIENT,
            api_url=f"{api.url}/api/",
            public_url=public_url or url,
            allowed=frozenset(allowed),
            install=door.installed.append,
            lacking=lambda _scopes: lacks,
        )
        routes = installs.routes(oauth, public_url or url)
        server = HttpServer(Starlette(routes=routes), "127.0.0.1", port)
        server.start()
        try:
            yield door
        finally:
            server.stop(monotonic() + 5)
