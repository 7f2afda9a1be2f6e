"""Who may see what, written from the rules alone, to judge the code by.

It knows what is so in the workspace, and since when; nothing of tables, caches or questions.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

MEMBER = "member"
OUTSIDERS = ("guest", "external", "deactivated", "app")
MINUTE = timedelta(seconds=60)


@dataclass(slots=True)
class Stay:
    """Somebody's time in a channel; `told` tells whether Baton heard of its end."""

    since: datetime
    until: datetime | None = None
    told: bool = False


@dataclass(slots=True)
class Place:
    """A channel."""

    is_private: bool
    has_baton: bool
    stays: dict[str, list[Stay]] = field(default_factory=dict)

    def is_in(self, person: str) -> bool:
        """Whether somebody is in it now."""
        return any(stay.until is None for stay in self.stays.get(person, ()))


class Reality:
    """What is so."""

    def __init__(self, roles: dict[str, str], places: dict[str, Place]) -> None:
        self.roles, self.places = roles, places

    def joins(self, person: str, channel: str, now: datetime) -> None:
        """Somebody comes in."""
        self.places[channel].stays.setdefault(person, []).append(Stay(now))

    def leaves(self, person: str, channel: str, now: datetime, *, told: bool) -> None:
        """Somebody goes."""
        stay = self.places[channel].stays[person][-1]
        stay.until, stay.told = now, told

    def must_hide(self, person: str, channel: str, now: datetime) -> bool:
        """Whether showing it would be a leak."""
        if self.roles.get(person) != MEMBER:
            return True
        place = self.places[channel]
        if not place.is_private:
            return False
        return not any(self._still_counts(stay, now) for stay in place.stays.get(person, ()))

    def must_show(self, person: str, channel: str) -> bool:
        """Whether hiding it would be wrong while Slack answers."""
        place = self.places[channel]
        is_open = not place.is_private or (place.has_baton and place.is_in(person))
        return self.roles.get(person) == MEMBER and is_open

    @staticmethod
    def _still_counts(stay: Stay, now: datetime) -> bool:
        if stay.until is None:
            return True
        return not stay.told and now - stay.until <= MINUTE
