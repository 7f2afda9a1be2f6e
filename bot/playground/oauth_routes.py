"""The addresses under which people allow the app, and admins take it away again."""

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.playground import oauth_events, oauth_pages
from bot.playground.oauth import CLIENT_ID, Consent, Installs
from bot.playground.oauth_pages import ADD, ALLOW, AS, AUTHORIZE, EVERYWHERE, LISTING, Ask, Reader
from bot.playground.world import Organisation

_ASKED: Final = ("client_id", "scope", "redirect_uri", "state", "team")


class WrongLink(Exception):
    """Nobody can be asked like this: Slack's code, and a sentence about it."""

    def __init__(self, code: str, told: str) -> None:
        super().__init__(code)
        self.code, self.told = code, told


class OAuthRoutes:
    """Answers browsers."""

    def __init__(self, installs: Installs) -> None:
        self._installs = installs

    def routes(self) -> list[Route]:
        """All of them."""
        return [
            Route(LISTING, self._listing),
            Route(AUTHORIZE, self._ask, methods=["GET"]),
            Route(AUTHORIZE, self._answer, methods=["POST"]),
            Route("/app_redirect", self._open_app),
            Route(ADD, self._choose, methods=["GET"]),
            Route(ADD, self._add, methods=["POST"]),
        ]

    async def _listing(self, _request: Request) -> Response:
        """The app's page; what begins here carries no state, as the app knows nothing of it."""
        app = self._installs.workspaces.first.app
        asked = {"client_id": CLIENT_ID, "scope": ",".join(sorted(app.required | app.optional))}
        return HTMLResponse(
            oauth_pages.listing(app.name, app.description, f"{AUTHORIZE}?{urlencode(asked)}")
        )

    async def _ask(self, request: Request) -> Response:
        try:
            ask = self._read(request.query_params)
        except WrongLink as wrong:
            return HTMLResponse(oauth_pages.problem(wrong.code, wrong.told), 400)
        reader = self._reader(request.query_params.get(AS, ""), ask.asked.get("team", ""))
        page = oauth_pages.consent(ask, reader, self._readers(), _choice(reader))
        return HTMLResponse(page)

    async def _answer(self, request: Request) -> Response:
        form = parse_qs((await request.body()).decode())
        given = {name: values[0] for name, values in form.items()}
        try:
            ask = self._read(given)
        except WrongLink as wrong:
            return HTMLResponse(oauth_pages.problem(wrong.code, wrong.told), 400)
        state = {"state": ask.asked.get("state", "")}
        if given.get("answer") != ALLOW:
            return self._back(ask, {"error": "access_denied", **state})
        reader = self._reader(given.get(AS, ""), "")
        if reader.person.is_restricted or reader.person.is_ultra_restricted:
            told = "Guests cannot install apps."
            return HTMLResponse(oauth_pages.problem("restricted", told), 403)
        consent = Consent(
            reader.person.id,
            reader.team.id,
            ask.required | (ask.optional.intersection(form.get("grant", []))),
            ask.asked.get("redirect_uri", ""),
            _choice(reader) if given.get("where") == EVERYWHERE else None,
        )
        return self._back(ask, {"code": self._installs.give_code(consent), **state})

    async def _open_app(self, request: Request) -> Response:
        """Where an app sends people who want to see it in Slack."""
        team = request.query_params.get("team", "")
        return RedirectResponse(f"/#{urlencode({'team': team, 'tab': 'home'})}", 302)

    async def _choose(self, _request: Request) -> Response:
        """An admin is asked in which workspaces their organisation's app is to work."""
        install, slacks = self._installs.of_organisation(), self._installs.workspaces
        open_to = [slack.world.team for slack in slacks if slack.install is None]
        if install is None or install.organisation is None:
            told = "The app is not installed for an organisation."
            return HTMLResponse(oauth_pages.problem("app_not_installed", told), 404)
        app = slacks.first.app.name
        return HTMLResponse(oauth_pages.choice(app, install.organisation, open_to))

    async def _add(self, request: Request) -> Response:
        form = parse_qs((await request.body()).decode())
        install, slacks = self._installs.of_organisation(), self._installs.workspaces
        free = [slack.world.team.id for slack in slacks if slack.install is None]
        chosen = [team for team in free if team in form.get("team", [])]
        if install is not None and chosen:
            oauth_events.change_access(self._installs, install, chosen, is_granted=True)
        return RedirectResponse(ADD, 302)

    def _back(self, ask: Ask, told: Mapping[str, str]) -> Response:
        """Sends the browser to the app, with what came of it."""
        address = ask.asked.get("redirect_uri") or self._installs.workspaces.first.app.redirects[0]
        mark = "&" if urlsplit(address).query else "?"
        return RedirectResponse(f"{address}{mark}{urlencode(told)}", 302)

    def _read(self, given: Mapping[str, str]) -> Ask:
        """What a link asks for. Raises WrongLink."""
        app = self._installs.workspaces.first.app
        asked = {name: given[name] for name in _ASKED if given.get(name)}
        if asked.get("client_id") != CLIENT_ID:
            raise WrongLink("invalid_client_id", "There is no app with this client ID.")
        address = asked.get("redirect_uri", "")
        if not app.redirects or (address and not _is_below(address, app.redirects)):
            told = "The redirect_uri is none of those in the app's manifest."
            raise WrongLink("bad_redirect_uri", told)
        if given.get("user_scope"):
            raise WrongLink("invalid_scope", "The app asks to act as people; it must not.")
        scopes = frozenset(filter(None, asked.get("scope", "").split(",")))
        unknown = scopes - app.required - app.optional
        if unknown or not scopes:
            told = f"These scopes are not in the app's manifest: {', '.join(sorted(unknown))}."
            raise WrongLink("invalid_scope", told if unknown else "The app asks for no scope.")
        return Ask(app.name, scopes - app.optional, scopes & app.optional, asked)

    def _reader(self, mark: str, team: str) -> Reader:
        """Who this is; unless they say so, the first admin of a workspace."""
        readers = list(self._readers())
        named = [each for each in readers if each.mark == mark]
        there = [each for each in readers if each.team.id == team and each.person.is_admin]
        return next(iter([*named, *there, *readers]))

    def _readers(self) -> Iterator[Reader]:
        for slack in self._installs.workspaces:
            for person in slack.world.users.values():
                is_theirs = person.team == slack.world.team.id and not person.is_stranger
                if is_theirs and not person.is_bot and not person.deleted:
                    yield Reader(person, slack.world.team)


def _choice(reader: Reader) -> Organisation | None:
    """The organisation for all of which somebody may decide."""
    return reader.team.organisation if reader.person.is_admin else None


def _is_below(address: str, allowed: list[str]) -> bool:
    return any(address == each or address.startswith(f"{each.rstrip('/')}/") for each in allowed)
