"""Puts features, adapters and settings together; the only place that knows them all."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from importlib import import_module
from threading import Event
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import MetaData

from bot import features, pagers
from bot.browser import installs, links
from bot.calendars.web import WebCalendars
from bot.charts.installed import InstalledCharts
from bot.core import (
    allocator,
    crash,
    encrypted,
    endings,
    heartbeat,
    logs,
    retention,
    schema,
    standing,
)
from bot.core.bot import Bot
from bot.core.clock import Clock, RemoteClock, SteadyClock, SystemClock, monotonic
from bot.core.db import Base, Database
from bot.core.encryption import Keyring
from bot.core.errors import SlackOutcomeUnknown, SlackRateLimited, SlackUnreachable
from bot.core.health import Health, Stage
from bot.core.heartbeat import Heart
from bot.core.unit_of_work import House
from bot.core.worker import Part, Worker
from bot.features import FEATURES
from bot.llm import budget
from bot.monitoring.listener import Monitor
from bot.monitoring.routes import routes as health_routes
from bot.settings import Settings
from bot.slack import manifest as slack_manifest
from bot.slack.access import Access
from bot.slack.backfill import DISTRIBUTED, INTERNAL, Backfill, HistoryLimit
from bot.slack.directory import Directory, remember
from bot.slack.dispatch import Dispatch
from bot.slack.gateway import Client, Gateway
from bot.slack.http import Door, HttpServer, pages
from bot.slack.ingress import Ingress, Verifier
from bot.slack.installer import Installer
from bot.slack.intake import Intake
from bot.slack.oauth import OAuth
from bot.slack.sender import Sender
from bot.slack.tokens import Tokens
from bot.systems_of_record import configured

if TYPE_CHECKING:  # imported where there is a key
    from bot.llm.drafter import ModelDrafter

log = logs.get(__name__)

HOUR: Final = timedelta(hours=1)
MONTH: Final = timedelta(days=31)
URGENT_SENDERS: Final = 2  # one may be looking something up
FIRST_CONTACT_WAIT: Final = 2.0  # seconds between tries to reach Slack at the start


def assemble(settings: Settings, database: Database | None = None) -> Bot:
    """The bot with every feature's entry points, on the settings' database unless one is open."""
    clock: Clock = SystemClock()
    if settings.baton_clock_url:
        clock = RemoteClock(settings.baton_clock_url)
    bot = Bot(database or Database(settings.database_url), clock, SteadyClock(SystemClock()))
    bot.charts = InstalledCharts()
    bot.outside.systems_of_record = configured(settings)
    bot.house = House(
        keyring=Keyring(settings.encryption_keys),
        public_url=settings.baton_public_url,
        erases_after=timedelta(hours=settings.baton_erase_after_hours),
    )
    pagers.register(bot, settings)
    bot.outside.calendars = WebCalendars()
    features.register(bot)
    bot.keep(budget.KEPT)
    bot.measure(budget.measure)
    retention.register(bot)
    bot.look_over(encrypted.look_over)
    bot.look_over(standing.look_over)
    if settings.anthropic_api_key:
        bot.drafter = drafter(bot, settings, settings.anthropic_api_key.get_secret_value())
        bot.every(HOUR, forget_drafts)
    return bot


def drafter(bot: Bot, settings: Settings, api_key: str) -> "ModelDrafter":
    """The drafter that asks the model of the settings."""
    from bot.llm.client import MessagesClient  # noqa: PLC0415 - where there is a key: 0.6 MB
    from bot.llm.drafter import ModelDrafter  # noqa: PLC0415
    from bot.llm.prices import DOLLAR  # noqa: PLC0415

    return ModelDrafter(
        bot,
        MessagesClient(api_key, settings.anthropic_base_url),
        model=settings.baton_model,
        daily_cap=int(settings.baton_model_daily_cap_usd * DOLLAR),
        seconds=settings.baton_model_timeout_seconds,
    )


def forget_drafts(bot: Bot) -> None:
    """Deletes what is known of drafts of more than a month ago."""
    with bot.database.transaction() as session:
        budget.forget_old(session, before=bot.clock.now() - MONTH)


def metadata() -> MetaData:
    """Every table of the core and the features."""
    for name in FEATURES:
        import_module(f"bot.features.{name}")
    return Base.metadata


class Application:
    """One process of Baton: it receives, or works, or both."""

    def __init__(self, settings: Settings, database: Database | None = None) -> None:
        self.settings = settings
        self.bot = assemble(settings, database)
        token = settings.slack_bot_token
        self.tokens = Tokens(self.bot, token.get_secret_value() if token else "")
        self.gateway = Gateway(
            settings.slack_api_url,
            self.tokens,
            timeout=timedelta(seconds=settings.baton_slack_timeout_seconds),
            time_zone=settings.baton_time_zone,
        )
        self.directory = Directory(self.bot, self.gateway)
        self.directory.register()
        self.installer = Installer(self.bot, self.gateway, self.directory, self.tokens)
        self.installer.register()
        self._dispatch = Dispatch(
            self.bot,
            self.gateway,
            self.directory,
            command_prefix=settings.baton_command_prefix,
        )
        self._ingress = Ingress(self.bot)
        self._intake = Intake(
            self.bot,
            self.directory,
            Access(self.bot, self.installer),
            lease=timedelta(seconds=settings.baton_lease_seconds),
        )
        self.bot.every(HOUR, self._intake.forget_old)
        Backfill(self.bot, self.gateway, _history_limit(settings)).register()
        self._health = Health(self.bot)
        self._stop = Event()
        self._failure: str | None = None
        if settings.baton_crash_at:
            crash.arm(settings.baton_crash_at)

    def manifest(self, *, socket_mode: bool, is_for_many: bool = False) -> dict[str, Any]:
        """The app's manifest for this set of features; as settings say, or for many workspaces."""
        return slack_manifest.manifest(
            self.bot,
            socket_mode=socket_mode,
            public_url=self.settings.baton_public_url,
            command_prefix=self.settings.baton_command_prefix,
            is_for_many=is_for_many or self.settings.installs,
        )

    def stop(self, failure: str | None = None) -> None:
        """Asks the process to end; `failure` says why it could not go on."""
        self._failure = self._failure or failure
        self._stop.set()

    def serve(self, *, receive: bool, work: bool) -> str | None:
        """Runs until it is asked to stop; returns why it could not go on, if so.

        Raises BatonError if it cannot start.
        """
        allocator.share_one_pool()
        schema.check(self.bot.database)
        self.bot.database.refuse_unsafe()
        self._take_time_from_others()
        parts: list[Part] = [self._monitor()]
        receivers = self._receivers() if receive else ()
        self._health.takes_in = receive
        try:
            parts[0].start()
            if not self._first_contact(partial(self._receive_already, receivers, parts)):
                return self._failure
            workers = self._workers() if work else ()
            parts = [parts[0], *workers, *receivers]
            is_open = self._health.stage is Stage.WAITING
            for part in workers if is_open else parts[1:]:
                part.start()
            self._health.stage = Stage.RUNNING
            log.info("ready", receive=receive, work=work)
            if self.settings.slack_bot_token is None:
                self.installer.discover_all(self._stop.is_set)
            self._stop.wait()
        finally:
            self._health.stage = Stage.STOPPING
            deadline = monotonic() + self.settings.baton_stop_seconds
            for part in reversed(parts):
                part.stop(deadline)
            self._ingress.close()
            self.bot.database.close()
        return self._failure

    def _monitor(self) -> Part:
        settings = self.settings
        address = (settings.baton_metrics_host, settings.baton_metrics_port)
        return Monitor(self.bot, self._health, *address)

    def _workers(self) -> tuple[Part, ...]:
        from bot.scheduling import Metronome  # noqa: PLC0415 - nothing ticks in `web`: 1 MB

        bot = self.bot
        margin = timedelta(seconds=self.settings.baton_slack_margin_seconds)
        sender = Sender(bot, self.gateway, margin=margin)
        senders = self.settings.baton_senders
        return (
            Worker("sender", sender.step, wake=bot.outbox_filled, threads=senders),
            Worker("urgent", sender.urgent_step, wake=bot.urgent_filled, threads=URGENT_SENDERS),
            Worker("intake", self._intake.step, wake=bot.inbox_filled),
            Worker("retry", self._intake.retry_step, wake=Event()),
            Metronome(bot, timedelta(seconds=self.settings.baton_tick_seconds)),
            *(
                Worker(lane.name, lane.step, wake=lane.wake, threads=lane.threads)
                for lane in bot.lanes.values()
            ),
        )

    def _receivers(self) -> tuple[Part, ...]:
        settings = self.settings
        for_browsers = [
            *links.routes(self.bot),
            *installs.routes(self._installing(), settings.baton_public_url),
        ]
        app = pages([*for_browsers, *health_routes(self._health)])
        if settings.slack_app_token:
            from bot.slack.socket_mode import SocketMode  # noqa: PLC0415 - not over HTTP: 1 MB

            app_token = settings.slack_app_token.get_secret_value()
            socket = SocketMode(
                lambda: self.gateway.open_socket(app_token),
                self._ingress,
                self._dispatch,
                connections=settings.baton_socket_connections,
                on_fatal=self.stop,
            )
            heart = Heart(self.bot, socket.is_connected)
            door = HttpServer(app, settings.host, settings.port)
            return (socket, heart, door) if for_browsers else (socket, heart)
        secret = settings.slack_signing_secret
        verifier = Verifier(secret.get_secret_value() if secret else "")
        slacks = Door(self._ingress, self._dispatch, verifier)
        server = HttpServer(app, settings.host, settings.port, door=slacks)
        return (server, Heart(self.bot, lambda: True))

    def _installing(self) -> OAuth | None:
        """Has workspaces install the app; None: it is in one, by its token."""
        settings = self.settings
        secret, public_url = settings.slack_client_secret, settings.baton_public_url
        if settings.slack_client_id is None or secret is None or public_url is None:
            return None
        return OAuth(
            self.bot,
            self.gateway,
            Client(settings.slack_client_id, secret.get_secret_value()),
            self.installer,
            api_url=settings.slack_api_url,
            public_url=public_url,
            allowed=settings.allowed_teams,
        )

    def _take_time_from_others(self) -> None:
        """What stands in the database was stored by clocks that may be ahead of this one's."""
        clock = self.bot.machine_clock
        with self.bot.database.reading() as session:
            latest = heartbeat.latest(session, clock.now())
        if isinstance(clock, SteadyClock):
            clock.follow(latest)

    def _receive_already(self, receivers: Sequence[Part], parts: list[Part]) -> None:
        """Opens the door before Slack has said which workspace this is: what comes is stored."""
        if self._health.stage is Stage.STARTING:
            parts += receivers
            for part in receivers:
                part.start()
            self._health.stage = Stage.WAITING

    def _first_contact(self, meanwhile: Callable[[], None]) -> bool:
        """Learns which workspace the token is for; returns False if asked to stop meanwhile.

        Without one there may be none yet: whoever installs Baton is waited for. `meanwhile` is done
        each time that Slack does not answer. Raises SlackRefused if Slack does not accept the
        token.
        """
        token = self.settings.slack_bot_token
        if token is None:
            self.tokens.belongs_to(None)
            return not self._stop.is_set()
        while not self._stop.is_set():
            try:
                workspace = self.gateway.identify(token.get_secret_value())
                self.tokens.belongs_to(workspace.team_id)
                endings.erase(self.bot, workspace.team_id)
                remember(self.bot, workspace)
                self.directory.discover(workspace.team_id, after_start=True)
            except (SlackUnreachable, SlackOutcomeUnknown, SlackRateLimited) as error:
                log.warning("slack does not answer yet, trying again", error=error)
                meanwhile()
                self._stop.wait(FIRST_CONTACT_WAIT)
            else:
                log.info("connected", workspace=workspace.name, team=workspace.team_id)
                return True
        return False


def _history_limit(settings: Settings) -> HistoryLimit:
    usual = "distributed" if settings.installs else "internal"
    wanted = settings.baton_history_limit or usual
    return DISTRIBUTED if wanted == "distributed" else INTERNAL
