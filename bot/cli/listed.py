"""What an export of Slack lists: its people and its conversations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.cli.heard import group_message
from bot.core.events import ChannelKind
from bot.core.replays import Place
from bot.core.working_time import WorkingTime, zone_named

LISTS: Final = {
    "channels.json": ChannelKind.PUBLIC,
    "groups.json": ChannelKind.PRIVATE,
    "mpims.json": ChannelKind.GROUP_DIRECT,
    "dms.json": ChannelKind.DIRECT,
}
PEOPLE: Final = "users.json"
_GUESTS: Final = ("is_restricted", "is_ultra_restricted", "is_stranger")


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation; `is_shared`: people of another organisation read it."""

    place: Place
    is_shared: bool = False


@dataclass(slots=True)
class People:
    """Those whom an export lists, if it lists any."""

    apps: set[str] = field(default_factory=set)
    _zones: dict[str, str] = field(default_factory=dict)
    _guests: set[str] = field(default_factory=set)
    _times: dict[str, WorkingTime | None] = field(default_factory=dict)

    def add(self, user: Mapping[str, Any]) -> None:
        """Adds somebody."""
        ident, zone = str(user.get("id")), user.get("tz")
        self._zones[ident] = zone if isinstance(zone, str) else ""
        if user.get("is_bot"):
            self.apps.add(ident)
        elif any(user.get(flag) for flag in _GUESTS):
            self._guests.add(ident)

    def is_guest(self, user_id: str) -> bool:
        """Whether somebody is a guest, or is not listed while others are."""
        return user_id in self._guests or (bool(self._zones) and user_id not in self._zones)

    def time_of(self, user_id: str) -> WorkingTime | None:
        """Their office hours, if their zone is known."""
        name = self._zones.get(user_id, "")
        if name not in self._times:
            zone = zone_named(name) if name else None
            self._times[name] = WorkingTime(zone) if zone else None
        return self._times[name]


def conversation(row: Mapping[str, Any], kind: ChannelKind) -> tuple[str, Conversation]:
    """The folder of a conversation that is listed, and what it is."""
    name, ident = str(row.get("name") or ""), str(row.get("id") or row.get("name") or "")
    if kind is ChannelKind.GROUP_DIRECT:
        return name, Conversation(group_message(ident))
    if kind is ChannelKind.DIRECT:
        return ident, Conversation(Place(ident, "a direct message", kind))
    place = Place(ident, name, kind, is_general=bool(row.get("is_general")))
    is_shared = row.get("is_ext_shared") or row.get("is_pending_ext_shared")
    return name, Conversation(place, is_shared=bool(is_shared))
