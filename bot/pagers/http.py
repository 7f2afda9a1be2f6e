"""What an answer over HTTP means for somebody who is to be reached."""

from collections.abc import Mapping
from typing import Any, Final

from bot.core.errors import PagerOutcomeUnknown, PagerRefused, PagerUnavailable
from bot.web import client
from bot.web.client import Answer, AnswerLost, Unreachable

SECONDS: Final = 15.0
CONNECT_SECONDS: Final = 5.0
_NOT_NOW: Final = frozenset({429, 503})
_SERVER: Final = 500
_TIMEOUT: Final = 408


class Client:
    """Asks one server; raises ValueError for an address that is neither https nor on loopback."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None) -> None:
        self._client = client.Client(url, headers, seconds=SECONDS, connect_seconds=CONNECT_SECONDS)

    def post(self, path: str = "", **said: Any) -> Answer:
        """The answer, if it was taken; `said` is as httpx2 names it.

        Raises PagerUnavailable, PagerOutcomeUnknown and PagerRefused, with codes only.
        """
        try:
            answer = self._client.send("POST", path, **said)
        except Unreachable as error:
            raise PagerUnavailable(f"({error.code})") from None
        except AnswerLost as error:
            raise PagerOutcomeUnknown(f"({error.code})") from None
        if answer.is_ok:
            return answer
        told = f"({answer.status} {answer.code()}".rstrip() + ")"
        if answer.status in _NOT_NOW:
            raise PagerUnavailable(told)
        if answer.status >= _SERVER or answer.status == _TIMEOUT:
            raise PagerOutcomeUnknown(told)
        raise PagerRefused(told)

    def post_for(self, name: str, path: str, **said: Any) -> dict[str, Any]:
        """Like `post`: an object that has `name`. Without it nobody knows whether it was taken."""
        try:
            told = self.post(path, **said).data()
        except AnswerLost:
            raise PagerOutcomeUnknown("(not understood)") from None
        if not isinstance(told, dict) or not isinstance(told.get(name), str):
            raise PagerOutcomeUnknown("(not understood)")
        return told
