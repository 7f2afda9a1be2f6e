"""A small server of its own, by default for this machine alone.

What is counted says how much goes on in a company, and the door to Slack is open to everybody: so
it stands elsewhere. It takes nothing from the door, and what goes wrong here stops nothing.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import TimeoutError as NotInTime
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final, TypeAlias

from bot.core import backlog, logs
from bot.core.bot import Bot
from bot.core.clock import monotonic
from bot.core.errors import PortTaken
from bot.core.health import PATIENCE, Health
from bot.core.listening import listen
from bot.core.lookout import Lookout
from bot.core.metrics import Gauge
from bot.monitoring.exposition import CONTENT_TYPE, exposition

log = logs.get(__name__)

PLAIN: Final = "text/plain; charset=utf-8"
REQUEST_SECONDS: Final = 5.0
SCRAPE_SECONDS: Final = 5.0
"""So long the database may take to tell how it stands; else what the process counts is all."""
REMEMBERED: Final = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered."""

    status: HTTPStatus
    body: bytes
    media_type: str = PLAIN


Ask: TypeAlias = Callable[[], Answer]


class Monitor:
    """Serves `/healthz`, `/readyz` and `/metrics` from threads of its own."""

    def __init__(self, bot: Bot, health: Health, host: str, port: int) -> None:
        self._bot, self._health, self._address = bot, health, (host, port)
        self._standing = Lookout("metrics", partial(backlog.gauges, bot), seconds=REMEMBERED)
        self._server: ThreadingHTTPServer | None = None

    def start(self) -> None:
        """Listens, unless the port is 0, or the address is taken: that only is told."""
        if not self._address[1]:
            return
        paths = {"/healthz": alive, "/readyz": self._ready, "/metrics": self._metrics}
        try:
            server = _Server(self._address, partial(_Handler, paths=paths))
        except PortTaken as error:
            log.warning("nobody can ask how this process is: the address is not free", error=error)
            return
        self._server = server
        Thread(target=server.serve_forever, name="monitor", daemon=True).start()

    def stop(self, deadline: float) -> None:
        """Answers nobody more."""
        if self._server is not None:
            closing = Thread(target=self._server.shutdown, daemon=True)
            closing.start()
            closing.join(max(0.0, deadline - monotonic()))
            self._server.server_close()

    def _ready(self) -> Answer:
        looking = self._health.look()
        with suppress(NotInTime):
            looking.exception(PATIENCE)
        return ready(self._health, looking)

    def _metrics(self) -> Answer:
        gauges: list[Gauge] = []
        is_known = 1
        try:
            gauges += self._standing.look().result(SCRAPE_SECONDS)
        except Exception as error:  # noqa: BLE001 - what the process counts is told all the same
            log.warning("how the queues stand cannot be read", error=error)
            is_known = 0
        about = "Whether the database told how the queues stand."
        gauges.append(Gauge("baton_database_up", about, is_known))
        body = exposition(self._bot.metrics, gauges)
        return Answer(HTTPStatus.OK, body, CONTENT_TYPE)


def alive() -> Answer:
    """Whoever can answer is alive."""
    return Answer(HTTPStatus.OK, b"alive\n")


def ready(health: Health, looking: Any) -> Answer:
    """Whether the process can do its work, as far as it is known by now."""
    report = health.report(looking)
    status = HTTPStatus.OK if report.is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return Answer(status, report.text.encode())


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: Callable[..., Any]) -> None:
        """Raises PortTaken."""
        super().__init__(address, handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listen(*address)  # its own way would ask for the machine's name, and wait

    def handle_error(self, request: object, client_address: object) -> None:
        """Somebody went away before they were answered: nothing to tell."""


class _Handler(BaseHTTPRequestHandler):
    timeout = REQUEST_SECONDS

    def __init__(self, *given: Any, paths: Mapping[str, Ask]) -> None:
        self._paths = paths
        super().__init__(*given)

    def do_GET(self) -> None:
        """Answers what may be asked."""
        ask = self._paths.get(self.path.partition("?")[0])
        answer = ask() if ask else Answer(HTTPStatus.NOT_FOUND, b"not found\n")
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_given: object) -> None:
        """Nobody reads who asked."""

    def version_string(self) -> str:
        """Nobody needs to know what answers."""
        return "baton"
