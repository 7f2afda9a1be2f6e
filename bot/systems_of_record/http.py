"""Asks another system over HTTP: once, within a time, and only the host it was told.

The package is imported when the first request is made: it takes a while.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from bot.core.errors import RecordConflict, RecordRefused, RecordUnavailable
from bot.settings import is_loopback

if TYPE_CHECKING:
    import httpx2

SECONDS: Final = 20.0
LONGEST_PAUSE: Final = timedelta(hours=1)
MAX_ANSWER: Final = 8 * 1024 * 1024
_OK: Final = range(200, 300)
_NOT_FOUND: Final = 404
_CONFLICT: Final = 409
_TOO_MANY: Final = 429
_SERVER: Final = 500
_TIMEOUT: Final = 408


class NotThere(RecordRefused):
    """The system of record has no such thing, or does not show it to Baton."""


class Client:
    """Asks one server, with the same headers each time.

    Raises ValueError for an address that is neither https nor on loopback.
    """

    def __init__(self, called: str, url: str, headers: Mapping[str, str]) -> None:
        if urlsplit(url).scheme != "https" and not is_loopback(url):
            raise ValueError(f"{url} must start with https://")
        self._called, self._url = called, url.rstrip("/")
        self._headers = dict(headers)
        self._client: httpx2.Client | None = None

    def ask(
        self, method: str, path: str, body: Any = None, *, query: Mapping[str, str] | None = None
    ) -> Any:
        """The answer, from JSON; an empty one is an empty object.

        Raises RecordUnavailable, RecordConflict and RecordRefused; NotThere if there is none.
        """
        import httpx2  # noqa: PLC0415 - as the module says

        client = self._opened()
        try:
            answer = client.request(method, self._url + path, json=body, params=query)
        except (httpx2.TransportError, httpx2.InvalidURL) as error:
            raise RecordUnavailable(f"({self._called}: {type(error).__name__})") from None
        if answer.status_code not in _OK:
            raise self._problem(answer)
        return self._read(answer)

    def _opened(self) -> "httpx2.Client":
        """The one client, which keeps no connection open."""
        import httpx2  # noqa: PLC0415

        if self._client is None:
            self._client = httpx2.Client(
                trust_env=False,
                timeout=SECONDS,
                follow_redirects=False,
                headers=self._headers,
                limits=httpx2.Limits(max_keepalive_connections=0),
            )
        return self._client

    def _read(self, answer: "httpx2.Response") -> Any:
        if len(answer.content) > MAX_ANSWER:
            raise RecordUnavailable(f"({self._called}: its answer is too long)")
        try:
            return json.loads(answer.content or b"{}")
        except (ValueError, RecursionError):
            raise RecordUnavailable(f"({self._called}: its answer is no JSON)") from None

    def _problem(self, answer: "httpx2.Response") -> Exception:
        """What an error means; only its number and the system's own code are told."""
        status = answer.status_code
        told = f"({self._called}: {status} {_code(answer)}".rstrip() + ")"
        if status == _CONFLICT:
            return RecordConflict(told)
        if status in {_TOO_MANY, _TIMEOUT} or status >= _SERVER:
            return RecordUnavailable(told, _pause(answer.headers.get("retry-after", "")))
        return NotThere(told) if status == _NOT_FOUND else RecordRefused(told)


def _code(answer: "httpx2.Response") -> str:
    """The system's own code of an error: a word, not a text that quotes what was sent."""
    try:
        told = answer.json()
    except ValueError:
        return ""
    code = told.get("code", "") if isinstance(told, dict) else ""
    return code[:60] if isinstance(code, str) else ""


def _pause(retry_after: str) -> timedelta | None:
    digits = retry_after.strip()
    if not digits.isdecimal() or len(digits) > len("86400"):
        return None
    return min(timedelta(seconds=int(digits)), LONGEST_PAUSE)
