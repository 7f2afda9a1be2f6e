"""With which token Slack is asked for a workspace; the one place where tokens are read."""

from dataclasses import dataclass, field
from threading import Lock
from typing import Final, Protocol

from bot.core import endings, installations, logs, workspaces
from bot.core.bot import Bot
from bot.core.errors import CannotDecrypt, SlackTokenMissing, TokenUnreadable
from bot.core.installations import InstallationRow

log = logs.get(__name__)

GONE: Final = "not_installed"
PARKED: Final = "parked"


@dataclass(frozen=True, slots=True)
class Token:
    """A token, and by which installation it was given; empty: by the settings."""

    text: str = field(repr=False)
    installation: str = ""
    generation: int = 0
    is_org_wide: bool = False


class TokenSource(Protocol):
    """Where the gateway has its tokens from."""

    def of(self, team_id: str, generation: int | None = None) -> Token:
        """The token by which Baton is in a workspace now.

        Raises SlackTokenMissing if there is none, or not that of the `generation` that is asked
        for; TokenUnreadable if it is of no use at the moment.
        """
        ...

    def refused(self, token: Token, code: str) -> None:
        """Slack did not take that token in a real call."""
        ...


class Tokens:
    """The tokens of the installations, decrypted once and remembered while these live.

    Whether one lives is looked up each time, so nothing goes out after an end, whichever process
    noted that; nor is a token ever given for what was begun under another installation.
    """

    def __init__(self, bot: Bot, of_the_settings: str = "") -> None:
        self._bot = bot
        self._of_the_settings = of_the_settings
        self._home: str | None = None
        self._lock = Lock()
        self._known: dict[int, str] = {}

    def belongs_to(self, team_id: str | None) -> None:
        """Slack said of which workspace the token of the settings is; it is for no other.

        None: there is no such token.
        """
        self._home = team_id
        with self._bot.database.transaction() as session:
            found = endings.park_without_token(session, team_id, now=self._bot.clock.now())
        for each in found:
            log.warning("the settings have no token for a workspace any more", team=each)

    def of(self, team_id: str, generation: int | None = None) -> Token:
        """As `TokenSource.of`."""
        with self._bot.database.reading() as session:
            workspace = workspaces.find(session, team_id)
            row = installations.served_by(session, team_id)
        if workspace is None or generation not in {None, workspace.generation}:
            raise SlackTokenMissing(GONE)
        if not workspace.installation and self._of_the_settings:
            if self._home in {None, team_id}:
                return Token(self._of_the_settings)
            raise SlackTokenMissing(PARKED)
        if row is None:
            raise SlackTokenMissing(GONE if workspace.installation else PARKED)
        if row.parked_at is not None:
            raise SlackTokenMissing(PARKED)
        return self.opened(row)

    def opened(self, row: InstallationRow) -> Token:
        """The token of an installation that lives, parked or not. Raises TokenUnreadable."""
        with self._lock:
            text = self._known.get(row.generation)
        if text is None:
            try:
                text = installations.token(row, self._bot.house.keyring)
            except CannotDecrypt:
                raise TokenUnreadable(f"({row.team_id})") from None
            with self._lock:
                self._known[row.generation] = text
        return Token(text, row.team_id, row.generation, row.is_org_wide)

    def refused(self, token: Token, code: str) -> None:
        """Parks the installation; the operator is told once, whoever found out.

        Of the token of the settings nothing is noted here: whoever calls lets Slack rest.
        """
        if not token.installation:
            return
        with self._bot.database.transaction() as session:
            place = (session, token.installation, token.generation)
            is_news = endings.park(*place, code, now=self._bot.clock.now())
        if is_news:
            log.error("slack refuses a token", installation=token.installation, code=code)

    def forget(self) -> None:
        """Keeps only the tokens of installations that live."""
        with self._bot.database.reading() as session:
            living = {row.generation for row in installations.every(session) if not row.ended_at}
        with self._lock:
            self._known = {each: text for each, text in self._known.items() if each in living}
