"""The process that reads one calendar: a request as JSON comes in, what it holds goes out."""

import json
import sys
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from bot.calendars.addresses import Places
from bot.calendars.fetching import fetch
from bot.calendars.parsing import occurrences
from bot.core.errors import CalendarRefused, CalendarUnavailable

MEMORY: Final = 1024 * 1024 * 1024
CPU_SECONDS: Final = 15


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """What a calendar holds, or the word that says why nobody knows."""
    try:
        fetched = fetch(request["url"], request["known"], Places(loopback=request["loopback"]))
        if fetched is None:
            return {"shifts": None}
        span = datetime.fromisoformat(request["start"]), datetime.fromisoformat(request["end"])
        found = occurrences(fetched.content, *span, request["zone"])
    except CalendarRefused as refused:
        return {"refused": refused.detail}
    except CalendarUnavailable as unavailable:
        return {"unavailable": unavailable.detail}
    shifts = [(each.starts_at.isoformat(), each.ends_at.isoformat(), each.label) for each in found]
    return {"shifts": shifts, "etag": fetched.etag}


def _limit() -> None:
    """Has the system end this process before it takes much of the machine."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - Unix only

        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _limit()
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
