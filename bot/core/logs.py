"""Logging: structured, one line each, without what people wrote."""

import logging
import re
import sys
from typing import Final

import structlog

# Their messages carry request bodies; ours carry ids. Every error of Slack's is logged by us.
QUIET: Final = {
    "slack_bolt": logging.WARNING,
    "slack_sdk": logging.CRITICAL,
    "anthropic": logging.WARNING,
    "httpx2": logging.WARNING,
    "httpcore2": logging.WARNING,
    "apprise": logging.CRITICAL,
    "requests": logging.CRITICAL,
    "urllib3": logging.CRITICAL,
    "apscheduler": logging.ERROR,
    "websockets": logging.WARNING,
    "uvicorn": logging.WARNING,
    "alembic": logging.WARNING,
}

_TOKEN: Final = re.compile(r"(/l/)[0-9a-f]{8,}")
"""What whoever reads it could do something with; see `links`."""


def configure(level: str, form: str) -> None:
    """Sends every log line to standard error, as `console` or `json`."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                hide_links,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    quieten()
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def hide_links(
    _logger: structlog.typing.WrappedLogger, _method: str, line: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """A log line without the tokens of links."""
    for name, value in line.items():
        if isinstance(value, str):
            line[name] = _TOKEN.sub(r"\1…", value)
    return line


def quieten() -> None:
    """Keeps libraries quiet, also one that was imported just now and reads its own variables."""
    for name, quietest in QUIET.items():
        logging.getLogger(name).setLevel(quietest)


def get(name: str) -> structlog.stdlib.BoundLogger:
    """A logger that takes facts as keywords: `log.info("event stored", team=…)`."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return logger
