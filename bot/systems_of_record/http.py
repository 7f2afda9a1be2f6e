"""What an answer over HTTP means for a system of record."""

from collections.abc import Mapping
from typing import Any, Final

from bot.core.errors import RecordConflict, RecordRefused, RecordUnavailable
from bot.web import client
from bot.web.client import Answer, WebError

MAX_ANSWER: Final = 8 * 1024 * 1024
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
        self._called = called
        self._client = client.Client(url.rstrip("/"), headers, most=MAX_ANSWER)

    def ask(
        self, method: str, path: str, body: Any = None, *, query: Mapping[str, str] | None = None
    ) -> Any:
        """The answer, from JSON; an empty one is an empty object.

        Raises RecordUnavailable, RecordConflict and RecordRefused; NotThere if there is none.
        """
        try:
            answer = self._client.send(method, path, json=body, params=query)
            if answer.is_ok:
                return answer.data()
        except WebError as error:
            raise RecordUnavailable(f"({self._called}: {error.code})") from None
        raise self._problem(answer)

    def _problem(self, answer: Answer) -> Exception:
        """What an error means; only its number and the system's own code are told."""
        status = answer.status
        told = f"({self._called}: {status} {answer.code()}".rstrip() + ")"
        if status == _CONFLICT:
            return RecordConflict(told)
        if status in {_TOO_MANY, _TIMEOUT} or status >= _SERVER:
            return RecordUnavailable(told, answer.pause())
        return NotThere(told) if status == _NOT_FOUND else RecordRefused(told)
