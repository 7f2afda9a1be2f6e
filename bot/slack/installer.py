"""Takes over what Slack gives when somebody installs Baton, and keeps it as Slack has it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from bot.core import boards, endings, installations, logs, workspaces
from bot.core.bot import Bot
from bot.core.clock import monotonic
from bot.core.db import affected
from bot.core.errors import (
    SlackError,
    SlackRefused,
    SlackTokenDead,
    TokenUnreadable,
    WorkspaceGone,
)
from bot.core.installations import Ending, Granted, InstallationRow
from bot.core.workspaces import Workspace, WorkspaceRow
from bot.slack.directory import Directory
from bot.slack.gateway import Gateway
from bot.slack.payloads import id_in, object_in, text_in
from bot.slack.tokens import Tokens

log = logs.get(__name__)

PATIENCE: Final = 2.0  # seconds that somebody who installs waits for what was left there to go
ASKED_AGAIN_AFTER: Final = timedelta(seconds=10)
LOOKED_AT_EVERY: Final = timedelta(hours=1)
MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Installed:
    """What was installed: `team_id` is a workspace or an organisation, `app_id` the app there."""

    team_id: str
    name: str
    app_id: str
    is_org_wide: bool
    generation: int


def granted_in(answer: Mapping[str, Any]) -> Granted:
    """What Slack gave, by an answer of `oauth.v2.access`. Raises SlackRefused if it is odd."""
    team, enterprise = object_in(answer, "team"), object_in(answer, "enterprise")
    is_org_wide = answer.get("is_enterprise_install") is True
    team_id = id_in(enterprise if is_org_wide else team, "id")
    text = text_in(answer, "access_token")
    if not team_id or not text or text_in(answer, "token_type") not in {"", "bot"}:
        raise SlackRefused("no_bot_token")
    return Granted(
        team_id=team_id,
        token=text,
        bot_user_id=text_in(answer, "bot_user_id"),
        scopes=frozenset(text_in(answer, "scope").split(",")) - {""},
        app_id=text_in(answer, "app_id"),
        enterprise_id=text_in(enterprise, "id"),
        is_org_wide=is_org_wide,
    )


class Installer:
    """Installs, brings what is installed to life, and looks after it."""

    def __init__(self, bot: Bot, gateway: Gateway, directory: Directory, tokens: Tokens) -> None:
        self._bot, self._gateway = bot, gateway
        self._directory, self._tokens = directory, tokens

    def register(self) -> None:
        """Has installations brought to life, looked at again, and deleted in their time."""
        self._bot.every_tick(endings.erase_due)
        self._bot.every_tick(self.bring_to_life)
        self._bot.every(MINUTE, self.look_again)

    def install(self, answer: Mapping[str, Any]) -> Installed:
        """Takes over what `oauth.v2.access` answered; what takes longer goes on behind.

        Raises SlackError; then nothing is kept.
        """
        granted = granted_in(answer)
        self._end_if_over(granted)
        with self._bot.database.transaction() as session:
            keyring, now = self._bot.house.keyring, self._bot.clock.now()
            generation = installations.install(session, keyring, granted, now=now)
        log.info("installed", team=granted.team_id, generation=generation)
        self._try_to_bring(granted.team_id)
        self._redraw_boards(generation)
        place = object_in(answer, "enterprise" if granted.is_org_wide else "team")
        name = text_in(place, "name") or granted.team_id
        return Installed(granted.team_id, name, granted.app_id, granted.is_org_wide, generation)

    def end(self, row: InstallationRow, because: Ending) -> bool:
        """Ends an installation as it is known here; False: it is not that one any more."""
        with self._bot.database.transaction() as session:
            return endings.end(
                session,
                row.team_id,
                because,
                now=self._bot.clock.now(),
                delay=self._bot.house.erases_after,
                generation=row.generation,
            )

    def is_taken(self, row: InstallationRow) -> bool:
        """Whether Slack takes the token of an installation. Raises SlackError if it is unsure."""
        return self._gateway.takes(self._tokens.opened(row).text)

    def bring_to_life(self, bot: Bot) -> None:
        """Has installations served that are not yet, or whose workspaces changed."""
        with bot.database.reading() as session:
            waits = _waits(bot.machine_clock.now())
            waiting = session.scalars(select(InstallationRow).where(waits)).all()
        for row in waiting:
            self._try_to_bring(row.team_id)

    def look_again(self, bot: Bot) -> None:
        """Tries once an hour whether Slack takes a token again, and gives up after a day."""
        self._tokens.forget()
        now = bot.clock.now()
        with bot.database.reading() as session:
            due = select(InstallationRow).where(
                InstallationRow.parked_at.is_not(None),
                InstallationRow.ended_at.is_(None),
                InstallationRow.looked_at <= now - LOOKED_AT_EVERY,
            )
            rows = session.scalars(due).all()
        for row in rows:
            if self._claims_a_look(row, now):
                self._look(row, now)

    def discover_all(self, is_stopped: Callable[[], bool] = lambda: False) -> None:
        """Learns in which channels Baton is by now, in every workspace it was installed in.

        News of an organisation's workspaces may have been lost while nobody listened. It takes a
        while where there are many: whoever asks it to stop waits for one of them at most.
        """
        with self._bot.database.transaction() as session:
            found = [each for each in workspaces.every(session) if each.installation]
            installations.doubt_organisations(session)
        for each in found:
            if is_stopped():
                return
            self._discover(each.team_id, after_start=True)

    def _end_if_over(self, granted: Granted) -> None:
        """An installation whose token Slack does not take was uninstalled, though nobody said so.

        The new one must not go on with what is kept of it.
        """
        with self._bot.database.reading() as session:
            row = installations.find(session, granted.team_id)
        if row is None or not row.token:
            return
        try:
            token = self._tokens.opened(row)
        except TokenUnreadable:
            return  # its key is lost: what Slack gave just now takes its place
        if token.text != granted.token and not self._gateway.takes(token.text):
            self.end(row, Ending.UNINSTALLED)

    def _try_to_bring(self, team_id: str) -> None:
        """What cannot be brought to life now is tried again at a tick."""
        try:
            self._bring(team_id, monotonic() + PATIENCE)
        except SlackError as error:
            log.warning("not brought to life yet", team=team_id, error=error)
        except Exception as error:
            log.exception("not brought to life", team=team_id, error=type(error).__name__)

    def _bring(self, team_id: str, until: float) -> bool:
        """Serves the workspaces of an installation; False: what was left there is not gone yet.

        Raises SlackError.
        """
        with self._bot.database.reading() as session:
            row = installations.find(session, team_id)
        if row is None or row.parked_at is not None:
            return False
        now = self._bot.clock.now()
        if row.live_at is not None:
            return True
        asked_at = self._bot.machine_clock.now()
        if not self._claims_a_look(row, asked_at):
            return False
        try:
            found = self._found(row)
        except SlackTokenDead as dead:
            self._tokens.refused(self._tokens.opened(row), dead.code)
            raise
        with self._bot.database.transaction() as session:
            installations.hasten(session, found, now=now)
        for each in found:
            endings.erase(self._bot, each, until=until)
        with self._bot.database.transaction() as session:
            is_whole = self._serve(session, row, found, now, asked_at)
        for each in found:
            self._discover(each)
        return is_whole

    def _found(self, row: InstallationRow) -> dict[str, Workspace]:
        """The workspaces that a token is for, as Slack says."""
        text, scopes = self._tokens.opened(row).text, frozenset(row.scopes.split(",")) - {""}
        if not row.is_org_wide:
            found = self._gateway.identify(text)
            if found.team_id != row.team_id:
                raise SlackRefused("token_of_another_workspace")
            return {row.team_id: _served(found, row, scopes)}
        url, names = self._gateway.organisation(text)
        bot = (row.bot_id, row.bot_user_id)
        return {
            team_id: _served(Workspace(team_id, name, url, *bot, scopes), row, scopes)
            for team_id, name in names.items()
        }

    def _serve(
        self,
        session: Session,
        row: InstallationRow,
        found: Mapping[str, Workspace],
        now: datetime,
        asked_at: datetime,
    ) -> bool:
        """Serves what is not served by a newer installation; whether nothing is left to do."""
        living = installations.find(session, row.team_id, alone=True)
        if living is None or living.generation != row.generation:
            return True
        if living.looked_at != asked_at:
            return False  # there was news since, so Slack is asked again
        delay, is_whole = self._bot.house.erases_after, True
        endings.leave(session, living, lambda each: each.team_id not in found, now=now, delay=delay)
        for team_id, workspace in sorted(found.items()):
            installations.find(session, team_id, alone=True)  # whoever ends it holds it first, too
            workspaces.hold(session, team_id, alone=True)
            there = session.get(WorkspaceRow, team_id, populate_existing=True)
            if there is not None and there.ended_at is not None:
                is_whole = False
            elif there is None or there.generation <= row.generation:
                installations.replace(session, there, row)
                workspaces.save(session, workspace, now=now)
        living.live_at, living.looked_at = (now if is_whole else None), None
        return is_whole

    def _redraw_boards(self, generation: int) -> None:
        """People may look at boards that say what was not allowed until now."""
        with self._bot.reading() as (session, _):
            found = [each for each in workspaces.every(session) if each.generation == generation]
        for each in found:
            try:
                with self._bot.begin(each.team_id, during="job", generation=generation) as uow:
                    boards.touch_all(uow)
            except WorkspaceGone:
                continue  # and nobody looks at any there
            except Exception as error:
                log.exception("not drawn again", team=each.team_id, error=type(error).__name__)

    def _discover(self, team_id: str, *, after_start: bool = False) -> None:
        try:
            self._directory.discover(team_id, after_start=after_start)
        except (SlackError, WorkspaceGone) as error:
            log.warning("its channels are not known yet", team=team_id, error=error)
        except Exception as error:
            log.exception("its channels are not known", team=team_id, error=type(error).__name__)

    def _look(self, row: InstallationRow, now: datetime) -> None:
        try:
            is_taken = self.is_taken(row)
        except SlackError as error:
            log.warning("a token could not be tried", team=row.team_id, error=error)
            return
        if is_taken:
            with self._bot.database.transaction() as session:
                endings.unpark(session, row.team_id, row.generation)
            log.info("slack takes a token again", team=row.team_id)
        elif row.parked_at is not None and now - row.parked_at >= endings.REFUSED_FOR:
            self.end(row, Ending.REFUSED)

    def _claims_a_look(self, row: InstallationRow, now: datetime) -> bool:
        """Whether it is this process that asks Slack about an installation now."""
        looked_at = InstallationRow.looked_at
        same = looked_at.is_(None) if row.looked_at is None else looked_at == row.looked_at
        claim = update(InstallationRow).where(
            InstallationRow.team_id == row.team_id,
            InstallationRow.generation == row.generation,
            InstallationRow.ended_at.is_(None),
            same,
        )
        with self._bot.database.transaction() as session:
            return affected(session, claim.values(looked_at=now)) == 1


def _served(workspace: Workspace, row: InstallationRow, scopes: frozenset[str]) -> Workspace:
    return replace(
        workspace,
        scopes=scopes or workspace.scopes,
        installation=row.team_id,
        generation=row.generation,
    )


def _waits(now: datetime) -> ColumnElement[bool]:
    """Installations that are not served yet, and of which Slack was not asked just now."""
    looked_at = InstallationRow.looked_at
    return (
        InstallationRow.live_at.is_(None)
        & InstallationRow.ended_at.is_(None)
        & InstallationRow.parked_at.is_(None)
        & or_(looked_at.is_(None), looked_at <= now - ASKED_AGAIN_AFTER)
    )
