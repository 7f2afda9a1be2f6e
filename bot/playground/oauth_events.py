"""What an app is told about its installs: that one is over, or works in more workspaces or fewer.

These come without an authorization, as there is none any more.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from bot.playground.events import VERIFICATION_TOKEN
from bot.playground.oauth import Installs
from bot.playground.oauth_install import Fate, Install
from bot.playground.slack import LocalSlack
from bot.playground.world import APP_ID, Json, Team

UNINSTALLED, REVOKED = "app_uninstalled", "tokens_revoked"
GRANTED, WITHDRAWN = "team_access_granted", "team_access_revoked"
_TOLD_OF: Final = {Fate.UNINSTALLED: (REVOKED, UNINSTALLED), Fate.REVOKED: (REVOKED,)}


@dataclass(frozen=True, slots=True)
class Notice:
    """An event on its way, and the workspace from which it comes."""

    slack: LocalSlack
    payload: Json

    @property
    def kind(self) -> str:
        """What it tells."""
        return str(self.payload["event"]["type"])

    def send(self) -> None:
        """Delivers it."""
        self.slack.emit(self.payload)


def end(installs: Installs, install: Install, fate: Fate) -> None:
    """An install is over, and the app is told so."""
    for notice in ending(installs, install, fate):
        notice.send()


def ending(
    installs: Installs, install: Install, fate: Fate, *, team: Team | None = None
) -> Sequence[Notice]:
    """An install is over; returns what the app is to be told, if it wants to know.

    `team` is the workspace that the event names, although a whole organisation's install ended.
    """
    workspaces = installs.workspaces
    slack = workspaces[[*install.teams, workspaces.first.world.team.id][0]]
    bot = slack.world.team.bot_user_id
    tokens = {"oauth": [], "bot": [bot]}
    installs.end(install, fate)
    return [
        _notice(slack, install, kind, {"tokens": tokens} if kind == REVOKED else {}, team)
        for kind in _TOLD_OF[fate]
        if kind in slack.app.events
    ]


def change_access(
    installs: Installs, install: Install, teams: Collection[str], *, is_granted: bool
) -> None:
    """An organisation's install works in these workspaces, too, or not any more."""
    for team in teams:
        (installs.add if is_granted else installs.remove)(install, team)
    slack, kind = installs.workspaces.first, GRANTED if is_granted else WITHDRAWN
    if kind in slack.app.events:
        _notice(slack, install, kind, {"team_ids": list(teams)}, None).send()


def _notice(
    slack: LocalSlack, install: Install, kind: str, more: Json, team: Team | None
) -> Notice:
    organisation = install.organisation
    own = None if organisation else slack.world.team
    payload: Json = {
        "token": VERIFICATION_TOKEN,
        "team_id": next((each.id for each in (team, own) if each), None),
        "api_app_id": APP_ID,
        "event": {"type": kind, "event_ts": slack.clock.ts(), **more},
        "type": "event_callback",
        "event_id": slack.world.unique_id("Ev"),
        "event_time": int(slack.clock.now().timestamp()),
    }
    if organisation is not None:
        payload["enterprise_id"] = organisation.id
    if team is not None and organisation is not None:
        authorization = {
            "enterprise_id": organisation.id,
            "team_id": team.id,
            "user_id": team.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": True,
        }
        payload["authorizations"] = [authorization]
    return Notice(slack, payload)
