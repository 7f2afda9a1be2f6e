"""Reads calendars from the web, in a process of their own that is ended after 20 seconds.

Whatever a calendar's server sends, it can neither hold up nor fill a worker; and that process knows
none of Baton's secrets but the one address.
"""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot.core.errors import CalendarRefused, CalendarUnavailable
from bot.core.ports import Feed, Shift

SECONDS: Final = 20.0
_ROOT: Final = Path(__file__).resolve().parents[2]
_PASSED_ON: Final = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")


class WebCalendars:
    """Calendars on the web: https only, and none of this network (see `core/ports.Calendars`).

    `loopback`: this machine's own, too, and without TLS; for tests.
    """

    def __init__(self, *, loopback: bool = False, seconds: float = SECONDS) -> None:
        self._loopback, self._seconds = loopback, seconds

    def read(self, url: str, known: str, zone: str, start: datetime, end: datetime) -> Feed | None:
        """The shifts between two instants; None: nothing changed since the etag that is `known`.

        Raises CalendarUnavailable and CalendarRefused, whose `detail` is a word that says why.
        """
        told = self._ask(
            {
                "url": url,
                "known": known,
                "zone": zone,
                "start": start.isoformat(),
                "end": end.isoformat(),
                "loopback": self._loopback,
            }
        )
        if "refused" in told:
            raise CalendarRefused(told["refused"])
        if "shifts" not in told:
            raise CalendarUnavailable(told.get("unavailable", "broken"))
        if told["shifts"] is None:
            return None
        return Feed([_shift(*each) for each in told["shifts"]], told["etag"])

    def _ask(self, request: dict[str, object]) -> dict[str, Any]:
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        try:
            done = subprocess.run(
                [sys.executable, "-m", "bot.calendars.child"],
                input=json.dumps(request).encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment | {"PYTHONPATH": str(_ROOT)},
                timeout=self._seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"unavailable": "slow"}
        try:
            told = json.loads(done.stdout)
        except ValueError:
            return {"unavailable": "broken"}
        return told if isinstance(told, dict) else {}


def _shift(start: str, end: str, label: str) -> Shift:
    return Shift(datetime.fromisoformat(start), datetime.fromisoformat(end), label)
