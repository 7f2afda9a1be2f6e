"""Logging: structured, one line each, without what people wrote and without what opens a door.

Every line, ours and every library's, goes through the one handler that `configure` sets up. Of ours
it shows plain values only, errors by class and code. Of a library's it shows the words that stand
in its own source; whatever it filled in stays away.
"""

import linecache
import logging
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO
from uuid import UUID

from bot.core import failures
from bot.core.lean import EventDict, Processor, WrappedLogger, structlog
from bot.core.redaction import Redactor
from bot.core.repetition import LEFT_OUT, Repeated, Repetition

QUIET: Final = {
    "slack_bolt": logging.WARNING,
    "slack_sdk": logging.CRITICAL,  # every error of Slack's is logged by us
    "anthropic": logging.WARNING,
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "httpx2": logging.WARNING,
    "httpcore2": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "asyncio": logging.WARNING,
    "apprise": logging.CRITICAL,
    "requests": logging.CRITICAL,
    "urllib3": logging.CRITICAL,
    "apscheduler": logging.ERROR,
    "websockets": logging.WARNING,
    "uvicorn": logging.WARNING,
    "alembic": logging.WARNING,
}
"""Whose lines count from which level on, whatever their own variables say; others: WARNING."""

OURS: Final = "bot"
_MADE_HERE: Final = frozenset({"logger", "level", "timestamp"})
"""What nobody else can write: it is not looked through."""
AROUND: Final = 8
"""Lines; a call that logs is no longer."""
log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Quiet(logging.Filter):
    """Drops what a library tells below its level, also where it raised its own level again."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is shown."""
        package = record.name.partition(".")[0]
        return _is_ours(record) or record.levelno >= QUIET.get(package, logging.WARNING)


class _Handler(logging.Handler):
    """Writes to standard error; of a line that cannot be written it tells the place alone."""

    def __init__(self) -> None:
        super().__init__()
        self._repetition = Repetition(_left_out)
        self.addFilter(Quiet())
        self.addFilter(self._repetition)

    def close(self) -> None:
        """Another one takes over."""
        self._repetition.close()
        super().close()

    def emit(self, record: logging.LogRecord) -> None:
        """Writes one line."""
        try:
            sys.stderr.write(f"{self.format(record)}\n")
            sys.stderr.flush()
        except Exception:  # noqa: BLE001 - logging never ends what it tells of
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Not as logging's, which prints the values."""
        with suppress(Exception):
            sys.stderr.write(f"a log line was lost ({record.filename}:{record.lineno})\n")


def configure(level: str, form: str, *, secrets: Iterable[str] = ()) -> None:
    """Sends every log line to standard error, as `console` or `json`.

    `level` is of our own lines. `secrets` are values that no line may show, whatever their shape.
    """
    handler = _Handler()
    handler.setFormatter(formatter(form, Redactor(secrets), tells_place=level == "DEBUG"))
    root = logging.getLogger()
    for each in root.handlers:
        if isinstance(each, _Handler):
            each.close()
    root.handlers[:] = [handler]
    root.setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
    logging.getLogger(OURS).setLevel(level)
    quieten()
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def formatter(
    form: str, redact: Callable[[str], str], *, tells_place: bool = False
) -> logging.Formatter:
    """What makes a line of a record, as `console` or `json`; each text in it goes through `redact`.

    `tells_place`: each line says where in the code it was written.
    """
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        use_get_message=False,
        processors=[
            _only_its_own_words,
            *([_place] if tells_place else []),
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _errors_by_name,
            _Plain(redact),
            renderer,
        ],
    )


def adopt() -> None:
    """Has what Python would write past the log go through it: warnings, errors nobody caught."""
    warnings.showwarning = _warned
    sys.excepthook = _uncaught
    threading.excepthook = lambda hook: _fell("a thread ended", hook.exc_value)
    sys.unraisablehook = lambda hook: _fell("an error while tidying up", hook.exc_value)


def quieten() -> None:
    """Keeps libraries quiet, also one that was imported just now and reads its own variables."""
    for name, quietest in QUIET.items():
        logging.getLogger(name).setLevel(quietest)


def get(name: str) -> structlog.stdlib.BoundLogger:
    """A logger that takes facts as keywords: `log.info("event stored", team=…, error=error)`."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return logger


def _is_ours(record: logging.LogRecord) -> bool:
    """Whether it comes from a logger of `get`."""
    return isinstance(record.msg, dict) and hasattr(record, "_logger")


def _only_its_own_words(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Of a library's line: the words of its source, with nothing filled in, and the place."""
    record: logging.LogRecord = line["_record"]
    if not line["_from_structlog"]:
        words = str(record.msg)
        line["event"] = words if words in _source(record) else "a library tells something"
        line["at"] = f"{record.filename}:{record.lineno}"
        line.pop("stack_info", None)
    return line


def _source(record: logging.LogRecord) -> str:
    """The lines of code around the call that logs."""
    lines = linecache.getlines(record.pathname)
    return "".join(lines[max(0, record.lineno - AROUND) : record.lineno + AROUND])


def _place(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    record: logging.LogRecord = line["_record"]
    line.setdefault("at", f"{record.filename}:{record.lineno}")
    return line


def _errors_by_name(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Errors by class, code and place; never by their text, and without the values around."""
    given = line.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given
    if given and not isinstance(error, BaseException):
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        line["exception"] = failures.traced(error)
    for name, value in line.items():
        if isinstance(value, BaseException):
            line[name] = failures.named(value)
    return line


class _Plain:
    """Leaves plain values, without secrets and addresses; of anything else only its class."""

    def __init__(self, redact: Callable[[str], str]) -> None:
        self._redact = redact

    def __call__(self, _logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
        return {
            name: value if name in _MADE_HERE else self._plain(value)
            for name, value in line.items()
        }

    def _plain(self, value: object) -> Any:
        if isinstance(value, Enum):
            value = value.value
        if isinstance(value, str):
            return self._redact(value)
        if isinstance(value, Mapping):
            return {self._redact(str(key)): self._plain(each) for key, each in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._plain(each) for each in value]
        if value is None or isinstance(value, bool | int | float):
            return value
        return str(value) if isinstance(value, UUID | date) else type(value).__name__


def _warned(  # noqa: PLR0917 - as Python calls it
    message: Warning | str,  # noqa: ARG001 - it may hold values
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001
) -> None:
    log.warning("a library warns", kind=category.__name__, at=f"{Path(filename).name}:{lineno}")


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        traceback.print_exception(kind, None, trace)
    else:
        _fell("the process ended", error)


def _left_out(what: Repeated) -> None:
    log.warning(LEFT_OUT, times=what.left_out, of=what.at, error=what.error)


def _fell(what: str, error: BaseException | None) -> None:
    log.critical(what, exc_info=error)


_SHARED: Final[list[Processor]] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
]
