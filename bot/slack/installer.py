"""Takes over what Slack gives when somebody installs Baton, and keeps it as Slack has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.core import installations
from bot.core.bot import Bot
from bot.core.errors import SlackRefused
from bot.core.installations import Granted


@dataclass(frozen=True, slots=True)
class Installed:
    """What was installed: `team_id` is a workspace or an organisation, `app_id` the app there."""

    team_id: str
    app_id: str
    is_org_wide: bool
    generation: int


def granted_in(answer: Mapping[str, Any]) -> Granted:
    """What Slack gave, by an answer of `oauth.v2.access`. Raises SlackRefused if it is odd."""
    team, enterprise = (_dict(answer, name) for name in ("team", "enterprise"))
    is_org_wide = answer.get("is_enterprise_install") is True
    team_id = _str(enterprise if is_org_wide else team, "id")
    text = _str(answer, "access_token")
    if not team_id or not text or _str(answer, "token_type") not in {"", "bot"}:
        raise SlackRefused("no_bot_token")
    return Granted(
        team_id=team_id,
        token=text,
        bot_user_id=_str(answer, "bot_user_id"),
        scopes=frozenset(_str(answer, "scope").split(",")) - {""},
        app_id=_str(answer, "app_id"),
        enterprise_id=_str(enterprise, "id"),
        is_org_wide=is_org_wide,
    )


class Installer:
    """Installs, and brings what is installed to life."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def install(self, answer: Mapping[str, Any]) -> Installed:
        """Takes over what `oauth.v2.access` answered. Raises SlackError; then nothing is kept."""
        granted = granted_in(answer)
        with self._bot.database.transaction() as session:
            keyring, now = self._bot.house.keyring, self._bot.clock.now()
            generation = installations.install(session, keyring, granted, now=now)
        return Installed(granted.team_id, granted.app_id, granted.is_org_wide, generation)


def _dict(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = given.get(name)
    return found if isinstance(found, Mapping) else {}


def _str(given: Mapping[str, Any], name: str) -> str:
    found = given.get(name)
    return found if isinstance(found, str) else ""
