"""Calls an address outside each time all is well, so that silence is noticed there."""

from typing import Final

from bot.core import logs
from bot.web.client import Client, WebError

log = logs.get(__name__)

SECONDS: Final = 10.0
_WRONG_METHOD: Final = 405


class WebHeartbeat:
    """Asks for one address by GET, or POST where that is what it takes."""

    def __init__(self, url: str) -> None:
        self._client = Client(url, seconds=SECONDS, connect_seconds=SECONDS / 2)

    def beat(self) -> bool:
        """Tells that all is well, once; returns whether it was heard."""
        try:
            answer = self._client.send("GET")
            if answer.status == _WRONG_METHOD:
                answer = self._client.send("POST")
        except WebError as error:
            log.warning("the heartbeat was not heard", error=error.code)
            return False
        if not answer.is_ok:
            log.warning("the heartbeat was not heard", error=answer.status)
        return answer.is_ok
