"""Two workspaces that can install the bot, and have not: over HTTP, from its own start page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import func, select

from bot.app import Application, metadata
from bot.core.encryption import new_key
from bot.core.installing import PATH
from bot.playground.client import LocalSlackClient
from bot.playground.oauth import CLIENT_ID, CLIENT_SECRET
from bot.playground.server import LocalSlackServer
from bot.settings import Settings
from tests.support.databases import opened
from tests.support.ports import free_port
from tests.support.town import QUICK, TUESDAY, Town

FIRST: Final = "T0TIDELINE"
SECOND: Final = "T0SECOND0"


class OpenTown(Town):
    """The bot that anybody may install; `slack` acts in the first workspace, `second` there."""

    def __init__(
        self,
        server: LocalSlackServer,
        slack: LocalSlackClient,
        app: Application,
        second: LocalSlackClient,
    ) -> None:
        super().__init__(server, slack, app)
        self.second = second

    @property
    def start_page(self) -> str:
        """Where an installation begins."""
        return f"{self.app.settings.baton_public_url}{PATH}"

    @property
    def environment(self) -> dict[str, str]:
        """The settings of another process that works there, too."""
        settings = self.app.settings
        keys = settings.baton_encryption_keys
        return self.server.environment | {
            "DATABASE_URL": settings.database_url,
            "PORT": str(settings.port),
            "BATON_PUBLIC_URL": str(settings.baton_public_url),
            "BATON_ENCRYPTION_KEYS": keys.get_secret_value() if keys else "",
        }

    def moves_in(self, slack: LocalSlackClient, **how: Any) -> str:
        """Tom installs the bot in a workspace and invites it to #infra; returns what he reads."""
        page = slack.installs("Tom", self.start_page, **how)
        assert page.status == 200, page.text
        slack.person("Tom").invites("Baton", "#infra")
        self.settle()
        return page.text

    def calls(self, slack: LocalSlackClient, after: int = 0) -> list[str]:
        """The bot's calls of the Web API in a workspace since a place in its traffic."""
        passed = [each for each in slack.traffic(after) if each["direction"] == "from app"]
        return [f"{each['what']}: {each['outcome']}" for each in passed]

    def kept_of(self, team_id: str) -> dict[str, int]:
        """How many rows there are of a workspace, by table."""
        tables = [each for each in metadata().sorted_tables if "team_id" in each.c]
        with self.app.bot.database.reading() as session:
            counts = {
                table.name: session.scalar(
                    select(func.count()).select_from(table).where(table.c.team_id == team_id)
                )
                or 0
                for table in tables
            }
        return {name: count for name, count in counts.items() if count}


@contextmanager
def open_town(
    database_url: str, *, enterprise: bool = False, **settings: Any
) -> Iterator[OpenTown]:
    """A town with two workspaces of equal ids; `enterprise`: of one organisation, with their own.

    In an organisation most calls name no workspace, so there Slack gives no id twice.
    """
    port = free_port()
    given = {
        "port": port,
        "baton_public_url": f"http://127.0.0.1:{port}",
        "baton_encryption_keys": new_key(),
        "slack_client_id": CLIENT_ID,
        "slack_client_secret": CLIENT_SECRET,
        **QUICK,
        **settings,
    }
    manifest = _application(database_url, **given).manifest(socket_mode=False)
    with (
        LocalSlackServer(
            manifest,
            start=TUESDAY,
            retry_seconds=1.0,
            retry_waits=(0.2, 0.5, 1.0),
            workspaces=2,
            installed=False,
            enterprise=enterprise,
            equal_ids=not enterprise,
        ) as server,
        LocalSlackClient(server.url) as slack,
        LocalSlackClient(server.url, team=SECOND) as second,
    ):
        told = {name.lower(): value for name, value in server.environment.items()}
        living = OpenTown(server, slack, _application(database_url, **(told | given)), second)
        try:
            living.start()
            yield living
        finally:
            living.stop()


def _application(database_url: str, **settings: Any) -> Application:
    given = Settings(_env_file=None, database_url=database_url, **settings)
    return Application(given, opened(database_url))
