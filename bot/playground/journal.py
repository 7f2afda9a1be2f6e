"""What happened in the workspace and on the wire, in order; the transcript is made from it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bot.playground.world import Json

KEPT_TRAFFIC: Final = 2_000


class Kind(StrEnum):
    """What an entry tells."""

    MESSAGE = "message"
    EDIT = "edit"
    DELETE = "delete"
    EPHEMERAL = "ephemeral"
    REACTION = "reaction"
    UNREACTION = "unreaction"
    JOIN = "join"
    LEAVE = "leave"
    COMMAND = "command"
    SHORTCUT = "shortcut"
    PRESS = "press"
    SUBMIT = "submit"
    VIEW = "view"
    OPEN = "open"  # somebody opens the app's home
    HOME = "home"
    ACCOUNT = "account"
    GROUP = "group"
    STEP = "step"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody did or saw. `audience` are the ids of those who could see it."""

    number: int
    at: datetime
    kind: Kind
    actor: str
    text: str
    audience: tuple[str, ...]
    channel: str = ""
    ts: str = ""
    thread_ts: str | None = None
    mark: str = ""

    def to_json(self) -> Json:
        """The entry as JSON."""
        return asdict(self) | {"at": self.at.isoformat()}


@dataclass(frozen=True, slots=True)
class Traffic:
    """One request on the wire: a call of the app's, or something sent to it."""

    number: int
    at: datetime
    direction: str
    what: str
    outcome: str
    detail: Json


class Journal:
    """Keeps the entries of the whole run and the newest traffic."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.traffic: list[Traffic] = []
        self.traffic_count = 0

    def note(self, at: datetime, kind: Kind, actor: str, text: str, **where: Any) -> None:
        """Adds an entry."""
        audience = tuple(where.pop("audience", ()))
        self.entries.append(Entry(len(self.entries), at, kind, actor, text, audience, **where))

    def passed(self, at: datetime, direction: str, what: str, outcome: str, detail: Json) -> None:
        """Adds a request; the oldest make room."""
        self.traffic_count += 1
        self.traffic.append(Traffic(self.traffic_count, at, direction, what, outcome, detail))
        if len(self.traffic) > KEPT_TRAFFIC:
            del self.traffic[: KEPT_TRAFFIC // 10]
