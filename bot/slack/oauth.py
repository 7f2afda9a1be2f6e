"""How workspaces install the app themselves: OAuth, with states of our own.

Slack is called between transactions; what it gave is kept by one of them, whole or not at all.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode, urljoin

from bot.core import installations, logs, oauth_states
from bot.core.bot import Bot
from bot.core.errors import SlackError, SlackRefused
from bot.core.installations import Granted
from bot.core.installing import RETURN_PATH, Begun, Finished, Outcome, Returned
from bot.core.oauth_states import Secrets, State
from bot.settings.urls import is_loopback
from bot.slack.gateway import Client, Gateway, Json
from bot.slack.installer import Installed, Installer, granted_in
from bot.slack.manifest import OPTIONAL, scopes

log = logs.get(__name__)

MANAGES: Final = "https://app.slack.com/"
TOKENS_ROTATE: Final = "token_rotation_is_on"
"""Our own code: tokens that end after hours are not renewed here, and the manifest has none."""
_NO: Final = "access_denied"
_NOT_GOOD: Final[Mapping[State, Outcome]] = {
    State.UNKNOWN: Outcome.OVER,
    State.EXPIRED: Outcome.EXPIRED,
    State.FOREIGN: Outcome.OTHER_BROWSER,
}
_SET_UP_WRONG: Final = frozenset(
    {"bad_client_secret", "invalid_client_id", "bad_redirect_uri", TOKENS_ROTATE}
)


class OAuth:
    """Has the app installed by whoever comes with a browser; see `installing.Installing`."""

    def __init__(
        self,
        bot: Bot,
        gateway: Gateway,
        client: Client,
        installer: Installer,
        *,
        api_url: str,
        public_url: str,
        allowed: frozenset[str],
    ) -> None:
        """`allowed` are the workspaces and organisations that may install it; empty: any."""
        self._bot, self._gateway, self._client = bot, gateway, client
        self._root = urljoin(api_url, "/")
        self._redirect_uri = f"{public_url}{RETURN_PATH}"
        self._allowed = allowed
        self._installer = installer

    def begin(self, browser: str) -> Begun:
        """Begins an installation; `browser` is what an earlier one left there, or anything."""
        with self._bot.database.transaction() as session:
            made = oauth_states.begin(session, browser, now=self._bot.clock.now())
        asked = {
            "client_id": self._client.id,
            "scope": ",".join([*scopes(self._bot), *OPTIONAL]),
            "redirect_uri": self._redirect_uri,
            "state": made.state,
        }
        return Begun(f"{self._root}oauth/v2/authorize?{urlencode(asked)}", made.browser)

    def finish(self, returned: Returned) -> Finished:
        """Finishes one that was begun in this browser, once."""
        state = self._take(returned) if returned.state else None
        if returned.error == _NO:
            return Finished(Outcome.DECLINED)
        if state is None:
            return Finished(Outcome.NOT_BEGUN_HERE if returned.code else Outcome.INCOMPLETE)
        if state is not State.GOOD:
            return Finished(_NOT_GOOD[state])
        if returned.error:
            return Finished(Outcome.SLACK_REFUSED)
        if not returned.code:
            return Finished(Outcome.INCOMPLETE)
        return self._exchange(returned.code)

    def _take(self, returned: Returned) -> State:
        given = Secrets(returned.state, returned.browser)
        with self._bot.database.transaction() as session:
            return oauth_states.take(session, given, now=self._bot.clock.now())

    def _exchange(self, code: str) -> Finished:
        try:
            return self._take_in(self._gateway.exchange(self._client, code, self._redirect_uri))
        except SlackRefused as refused:
            log.warning("slack refused an installation", code=refused.code)
            is_ours = refused.code in _SET_UP_WRONG
            return Finished(Outcome.SET_UP_WRONG if is_ours else Outcome.SLACK_REFUSED)
        except SlackError as error:
            log.warning("slack did not answer an installation", error=type(error).__name__)
            return Finished(Outcome.SLACK_SILENT)

    def _take_in(self, answer: Json) -> Finished:
        """Keeps what Slack gave, if it is enough, and for somebody who may."""
        granted = granted_in(answer)
        if answer.get("refresh_token"):
            self._give_back(granted)
            raise SlackRefused(TOKENS_ROTATE)
        if self._allowed and not self._allowed & {granted.team_id, granted.enterprise_id}:
            log.warning("an installation is not allowed", team=granted.team_id)
            self._give_back(granted)
            return Finished(Outcome.NOT_ALLOWED)
        missing = sorted(set(scopes(self._bot)) - granted.scopes)
        if missing:
            log.warning("slack granted too little", team=granted.team_id, missing=missing)
            self._give_back(granted)
            return Finished(Outcome.SCOPES_MISSING)
        installed = self._installer.install(answer)
        return self._done(installed, self._bot.off_with(granted.scopes))

    def _done(self, installed: Installed, lacks: Sequence[str]) -> Finished:
        team_id, app_id = installed.team_id, installed.app_id
        if installed.is_org_wide:
            path = f"manage/{team_id}/integrations/profile/{app_id}/workspaces/add"
            address = f"{self._root if is_loopback(self._root) else MANAGES}{path}"
            return Finished(Outcome.INSTALLED_IN_ORGANISATION, installed.name, address, lacks)
        address = f"{self._root}app_redirect?{urlencode({'app': app_id, 'team': team_id})}"
        return Finished(Outcome.INSTALLED, installed.name, address, lacks)

    def _give_back(self, granted: Granted) -> None:
        """Leaves Slack no app that nobody serves; one that lives there has the same token."""
        with self._bot.reading() as (session, _):
            if installations.find(session, granted.team_id):
                return
        try:
            self._gateway.revoke(granted.token)
        except SlackError as error:
            log.warning("a token was not given back", error=type(error).__name__)
