"""What Slack tells of Baton's own leave to work somewhere, and what is done about it.

Such news comes in any order, more than once, and late: what is not certainly newer than the
installation that lives is not believed, but asked about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from bot.core import endings, installations, logs
from bot.core.bot import Bot
from bot.core.installations import Ending, InstallationRow
from bot.core.workspaces import WorkspaceRow
from bot.slack.installer import Installer
from bot.slack.payloads import id_in, object_in, objects_in, text_in

log = logs.get(__name__)

FAR_AWAY: Final = 10**10  # seconds since 1970 that a date can hold
CERTAINLY: Final = timedelta(minutes=1)  # Slack's clock and ours may differ
UNINSTALLED: Final = "app_uninstalled"
REVOKED: Final = "tokens_revoked"
GRANTED: Final = "team_access_granted"
WITHDRAWN: Final = "team_access_revoked"
EVENTS: Final = (UNINSTALLED, REVOKED, GRANTED, WITHDRAWN)


@dataclass(frozen=True, slots=True)
class AccessChange:
    """News of an installation; `of` are the ids it may be known by, the likeliest first.

    `team_ids` are the workspaces of an organisation that it is about.
    """

    what: str
    of: tuple[str, ...]
    at: datetime
    team_ids: tuple[str, ...] = ()


def access_change(payload: Mapping[str, Any]) -> AccessChange | None:
    """The news in an Events API payload, or None if it is about something else."""
    event = object_in(payload, "event")
    what, happened = text_in(event, "type"), payload.get("event_time")
    if what not in EVENTS:
        return None
    if what == REVOKED and not object_in(event, "tokens").get("bot"):
        return None  # tokens of people, which Baton has none of
    seconds = happened if isinstance(happened, int) and 0 < happened < FAR_AWAY else 0
    at = datetime.fromtimestamp(seconds, UTC)
    given = event.get("team_ids")
    team_ids = filter(lambda each: isinstance(each, str), given if isinstance(given, list) else [])
    return AccessChange(what, _known_by(payload), at, tuple(team_ids))


def home_of(payload: Mapping[str, Any]) -> str:
    """The workspace whose installation an event is for; of what concerns an organisation, that.

    It may have happened in another workspace, which shares the channel.
    """
    found = _authorization(payload)
    is_of_one = found.get("is_enterprise_install") is not True
    sources = (found, payload)
    places = (id_in(each, "team_id") for each in (sources if is_of_one else sources[::-1]))
    more = (id_in(each, "enterprise_id") for each in sources)
    return next(filter(None, (*places, *more)), "")


class Access:
    """Does what follows from such news."""

    def __init__(self, bot: Bot, installer: Installer) -> None:
        self._bot, self._installer = bot, installer

    def note(self, change: AccessChange) -> None:
        """Ends what is over, and has Slack asked about the rest. Raises SlackError: try again."""
        with self._bot.database.reading() as session:
            row = self._meant(session, change)
        if row is None:
            log.info("news of no installation of ours", what=change.what)
        elif change.what in {UNINSTALLED, REVOKED}:
            self._end(row, change)
        else:
            self._ask_about_workspaces(row, change)

    def _meant(self, session: Session, change: AccessChange) -> InstallationRow | None:
        for team_id in change.of:
            found = installations.find(session, team_id)
            if found is not None:
                return found
        serving = (installations.served_by(session, each) for each in change.of)
        return next(filter(None, serving), None)

    def _end(self, row: InstallationRow, change: AccessChange) -> None:
        is_certain = row.team_id == change.of[0] and change.at > row.installed_at + CERTAINLY
        if not is_certain and self._installer.is_taken(row):
            log.info("news of before the installation", what=change.what, team=row.team_id)
            return
        because = Ending.UNINSTALLED if change.what == UNINSTALLED else Ending.REVOKED
        self._installer.end(row, because)

    def _ask_about_workspaces(self, row: InstallationRow, change: AccessChange) -> None:
        def is_left(each: WorkspaceRow) -> bool:
            is_certain = change.at > each.installed_at + CERTAINLY
            return change.what == WITHDRAWN and each.team_id in change.team_ids and is_certain

        house, now = self._bot.house, self._bot.clock.now()
        with self._bot.database.transaction() as session:
            found = installations.find(session, row.team_id, alone=True)
            if found is not None:
                installations.doubt(found)
                endings.leave(session, found, is_left, now=now, delay=house.erases_after)


def _authorization(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    return next(iter(objects_in(payload, "authorizations")), {})


def _known_by(payload: Mapping[str, Any]) -> tuple[str, ...]:
    """Of an organisation's installation its id comes first, whichever workspace is named, too."""
    found = _authorization(payload)
    organisation = id_in(found, "enterprise_id") or id_in(payload, "enterprise_id")
    workspace = id_in(payload, "team_id") or id_in(found, "team_id")
    is_of_all = text_in(object_in(payload, "event"), "type") in {GRANTED, WITHDRAWN}
    is_of_all = is_of_all or found.get("is_enterprise_install") is True or not workspace
    ids = (organisation, workspace) if is_of_all else (workspace,)
    return tuple(each for each in ids if each)
