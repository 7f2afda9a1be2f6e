"""Installs an app of which there is nothing but a page that browsers come back to from Slack."""

from typing import Any, Final
from urllib.parse import urlencode

import httpx2

from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.playground.world import Json
from tests.support.local_api import Answer, LocalApi, Request

NEEDED: Final = (
    "channels:history",
    "channels:manage",
    "channels:read",
    "chat:write",
    "commands",
    "users:read",
    "usergroups:read",
)
OPTIONAL: Final = ("files:write", "groups:write")


class Landing(LocalApi):
    """Takes in whatever a browser brings; its address stands in an app's manifest."""

    @property
    def address(self) -> str:
        """Where browsers are to come back to."""
        return f"{self.url}/back"

    @property
    def brought(self) -> dict[str, str]:
        """What the last browser brought."""
        return dict(self.journal[-1].query)

    def answer(self, _request: Request) -> Answer:
        """Nothing is said."""
        return Answer({})


def link(server: LocalSlackServer, landing: Landing, **other: str) -> str:
    """The address at Slack where an app asks to be installed; what is empty is left out."""
    asked = {
        "client_id": server.client_id,
        "scope": ",".join([*NEEDED, *OPTIONAL]),
        "redirect_uri": landing.address,
        "state": "a state",
    }
    given = {name: value for name, value in (asked | other).items() if value}
    return f"{server.url}oauth/v2/authorize?{urlencode(given)}"


def exchange(server: LocalSlackServer, code: str, **other: str) -> Json:
    """Asks for a token, as Slack recommends and its SDK does: with Basic authorisation."""
    who = (other.pop("client_id", server.client_id), other.pop("secret", server.client_secret))
    with httpx2.Client(base_url=server.url, trust_env=False, auth=who) as http:
        answer: Json = http.post("api/oauth.v2.access", data={"code": code, **other}).json()
    return answer


def install(
    slack: LocalSlackClient, server: LocalSlackServer, landing: Landing, **how: Any
) -> Json:
    """Tom installs the app; returns what it is given."""
    slack.installs("Tom", link(server, landing), **how)
    return exchange(server, landing.brought["code"], redirect_uri=landing.address)
