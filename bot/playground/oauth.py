"""Where the app is installed: consents, the codes that come of them, tokens and their end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from secrets import token_hex
from typing import Final

from bot.playground.app import bot_token
from bot.playground.oauth_install import Fate, Install
from bot.playground.workspaces import Workspaces
from bot.playground.world import Organisation

CLIENT_ID: Final = "1605550199.1605550188"
CLIENT_SECRET: Final = "c0ffee15ca11ab1e0ddba115eaf00d42"  # noqa: S105 - of the local Slack only
CODE_LASTS: Final = timedelta(minutes=10)


class OAuthError(Exception):
    """Somebody cannot install the app like this; `code` is Slack's error."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody allowed: which scopes, and where; `redirect_uri` as it was asked with.

    `organisation` is set if they allowed it for all of it.
    """

    person: str
    team: str
    scopes: frozenset[str]
    redirect_uri: str = ""
    organisation: Organisation | None = None


@dataclass(slots=True)
class _Code:
    consent: Consent
    expires: datetime
    is_used: bool = False


class Installs:
    """The app's installs in the workspaces of a server, past ones, too."""

    def __init__(self, workspaces: Workspaces) -> None:
        self.workspaces = workspaces
        self._codes: dict[str, _Code] = {}
        self._installs: dict[str, Install] = {}

    def install_everywhere(self) -> None:
        """The app is there from the start, with everything that it was not denied."""
        for slack in self.workspaces:
            team = slack.world.team
            self._keep(Install(bot_token(team), slack.app.granted, [team.id]))

    def find(self, token: str) -> Install | None:
        """The install with this token, be it over or not."""
        return self._installs.get(token)

    def of_organisation(self) -> Install | None:
        """The living install for the whole organisation."""
        found = (each for each in self._installs.values() if each.is_org_wide and not each.fate)
        return next(found, None)

    def give_code(self, consent: Consent) -> str:
        """A code that can be exchanged once, for ten minutes."""
        code = f"{CLIENT_ID}.{token_hex(32)}"
        self._codes[code] = _Code(consent, self._now() + CODE_LASTS)
        return code

    def exchange(self, code: str, redirect_uri: str) -> tuple[Install, Consent]:
        """Installs the app as was consented to. Raises OAuthError.

        Where it is installed already its token stays, and its scopes grow.
        """
        found = self._codes.get(code)
        if found is None or self._now() >= found.expires:
            raise OAuthError("invalid_code")
        if found.is_used:
            raise OAuthError("code_already_used")
        if redirect_uri != found.consent.redirect_uri:
            raise OAuthError("bad_redirect_uri")
        found.is_used = True
        return self._install(found.consent), found.consent

    def end(self, install: Install, fate: Fate) -> None:
        """Its token is worth nothing from now on, and the app is gone from where it worked."""
        install.fate = fate
        for team in install.teams:
            self.workspaces[team].leave_app()

    def add(self, install: Install, team: str) -> None:
        """The install works in one more workspace."""
        install.teams.append(team)
        self._keep(install)

    def remove(self, install: Install, team: str) -> None:
        """The install works in one workspace less."""
        install.teams.remove(team)
        self.workspaces[team].leave_app()

    def _install(self, consent: Consent) -> Install:
        there = self.workspaces[consent.team].install
        living = self.of_organisation() if consent.organisation else there
        if living is not None and living.is_org_wide and not consent.organisation:
            raise OAuthError("cannot_install_an_org_installed_app")
        if living is None:
            teams = [] if consent.organisation else [consent.team]
            living = Install(new_token(), consent.scopes, teams, consent.organisation)
        living.scopes |= consent.scopes
        self._keep(living)
        return living

    def _keep(self, install: Install) -> None:
        self._installs[install.token] = install
        for team in install.teams:
            self.workspaces[team].take_app(install)

    def _now(self) -> datetime:
        return self.workspaces.first.clock.now()


def new_token() -> str:
    """A bot token such as Slack's."""
    return f"xoxb-{int(token_hex(5), 16)}-{int(token_hex(5), 16)}-{token_hex(12)}"


def check_client(client_id: str, secret: str) -> None:
    """Raises OAuthError unless this is the app."""
    if client_id != CLIENT_ID:
        raise OAuthError("invalid_client_id")
    if not compare_digest(secret.encode(), CLIENT_SECRET.encode()):
        raise OAuthError("bad_client_secret")
