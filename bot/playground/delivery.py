"""How things reach the app: over sockets that it opened, or by signed HTTP requests."""

from dataclasses import dataclass
from typing import Protocol

from bot.playground.slack import LocalSlack
from bot.playground.world import Json


class NotDelivered(Exception):
    """Nobody answered an interaction in time; `code` is what Slack tells the person."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Envelope:
    """An event of a workspace on its way to the app, and how often it was tried."""

    slack: LocalSlack
    payload: Json
    attempt: int = 0
    reason: str = ""


class Delivery(Protocol):
    """One of the two ways; it serves every workspace of the server."""

    def emit(self, slack: LocalSlack, payload: Json) -> None:
        """Delivers an event, again and again until it is acknowledged."""
        ...

    async def ask(self, slack: LocalSlack, kind: str, payload: Json) -> Json:
        """Delivers an interaction once and returns the app's answer. Raises NotDelivered."""
        ...

    async def connected(self) -> None:
        """Waits until the app can be reached."""
        ...

    async def idle(self) -> None:
        """Waits until every event was acknowledged."""
        ...
