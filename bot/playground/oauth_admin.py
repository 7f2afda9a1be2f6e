"""What admins do with an app that is installed, under `/local` as all that people do."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground import oauth_events
from bot.playground.delivery import Delivery
from bot.playground.journal import Kind
from bot.playground.oauth import Installs
from bot.playground.oauth_events import Notice
from bot.playground.oauth_install import Fate, Install
from bot.playground.people import Impossible
from bot.playground.slack import LocalSlack
from bot.playground.world import Json

_Verb: TypeAlias = Callable[[LocalSlack, Json], Awaitable[None]]


class OAuthAdmin:
    """Uninstalls the app, revokes its token, and says in which workspaces it works."""

    def __init__(self, installs: Installs, delivery: Delivery) -> None:
        self._installs, self._delivery = installs, delivery
        self._late: list[Notice] = []

    def routes(self) -> list[Route]:
        """All of them; each is about the workspace that `?team=` names, or else the first."""
        verbs: dict[str, _Verb] = {
            "uninstall": self._uninstall,
            "revoke": self._revoke,
            "catch_up": self._catch_up,
            "access": self._access,
        }
        return [
            Route(f"/local/{name}", self._answering(verb), methods=["POST"])
            for name, verb in verbs.items()
        ]

    def _answering(self, verb: _Verb) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            slack = self._installs.workspaces.of_team(request.query_params.get("team", ""))
            try:
                if slack is None:
                    raise Impossible("no such workspace")
                await verb(slack, await request.json())
            except Impossible as impossible:
                return JSONResponse({"ok": False, "error": str(impossible)}, 400)
            return JSONResponse({"ok": True})

        return answer

    async def _uninstall(self, slack: LocalSlack, given: Json) -> None:
        """Somebody takes the app away: from all of the organisation, if it is installed so.

        The app is told in the given order; what is `late`, not before `catch_up`.
        """
        install = self._by_admin(slack, given["person"], "uninstalls")
        team = slack.world.team if given["names_team"] else None
        notices = oauth_events.ending(self._installs, install, Fate.UNINSTALLED, team=team)
        self._late += [each for each in notices if each.kind in given["late"]]
        by_kind = {each.kind: each for each in notices if each.kind not in given["late"]}
        await self._send(by_kind[kind] for kind in given["order"] if kind in by_kind)

    async def _revoke(self, slack: LocalSlack, _given: Json) -> None:
        """Slack takes the token back; nobody uninstalled anything."""
        if slack.install is None:
            raise Impossible("the app is not installed there")
        oauth_events.end(self._installs, slack.install, Fate.REVOKED)

    async def _catch_up(self, _slack: LocalSlack, _given: Json) -> None:
        late, self._late = self._late, []
        await self._send(late)

    async def _access(self, slack: LocalSlack, given: Json) -> None:
        """Somebody adds the app of their organisation to a workspace, or takes it away there."""
        install, team, is_granted = (
            self._installs.of_organisation(),
            slack.world.team.id,
            given["is_granted"],
        )
        if install is None or (slack.install is not None) is is_granted:
            raise Impossible("the organisation's app is not installed, or there already")
        self._by_admin(slack, given["person"], "adds" if is_granted else "removes")
        oauth_events.change_access(self._installs, install, [team], is_granted=is_granted)

    def _by_admin(self, slack: LocalSlack, name: str, does: str) -> Install:
        """The install about which somebody decides. Raises Impossible unless they may."""
        person, install = slack.world.user_called(name), slack.install
        if person is None or not person.is_admin:
            raise Impossible(f"{name} is no admin")
        install = install or self._installs.of_organisation()
        if install is None:
            raise Impossible("the app is not installed there")
        told = f"{does} {slack.app.name}"
        slack.note(Kind.ACCOUNT, person.id, told, None, audience=[person.id])
        return install

    async def _send(self, notices: Iterable[Notice]) -> None:
        """One after the other: the next when the app has acknowledged the one before."""
        for notice in notices:
            notice.send()
            await self._delivery.idle()
