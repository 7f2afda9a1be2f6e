"""Escalation policies: who is reached in which order, how, and how often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

TARGET: Final = "target"
"""Among contacts: whomever the page is for."""
MAX_LEVELS: Final = 5
MAX_ROUNDS: Final = 10
MAX_WAIT: Final = 120
MAX_CONTACTS: Final = 10


class Way(StrEnum):
    """How somebody is reached. All but the first two are pagers' names, see `core/ports`."""

    DM = "dm"
    CHANNEL = "channel"
    EMAIL = "email"
    SMS = "sms"
    VOICE = "voice"
    PAGERDUTY = "pagerduty"
    WEBHOOK = "webhook"
    APPRISE = "apprise"


SLACK: Final = (Way.DM, Way.CHANNEL)
OWN: Final = (Way.EMAIL, Way.SMS, Way.VOICE)
"""Those that need an address of somebody's."""
OUTSIDE: Final = (Way.VOICE, Way.SMS, Way.PAGERDUTY, Way.WEBHOOK, Way.APPRISE, Way.EMAIL)
"""In the order in which they are tried where nobody said otherwise."""


@dataclass(frozen=True, slots=True)
class Level:
    """One step up: its contacts are reached, and `wait` minutes later the next level is.

    A contact is `target`, `rotation:<id>`, `person:<id>` or `group:<id>`. The ways in Slack are
    tried at once; those outside of it one after the other, the next when one fails or does not
    answer, or all of them at once if `all_at_once`. Ways that are not set up are left out.
    """

    contacts: Sequence[str] = (TARGET,)
    ways: Sequence[Way] = (*SLACK, *OUTSIDE)
    wait: int = 5
    all_at_once: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """Levels, one after the other, and all of them again until there were so many `rounds`."""

    levels: Sequence[Level] = field(default_factory=lambda: (Level(),))
    rounds: int = 3

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "rounds": self.rounds,
            "levels": [
                {
                    "contacts": list(level.contacts),
                    "ways": [way.value for way in level.ways],
                    "wait": level.wait,
                    "all_at_once": level.all_at_once,
                }
                for level in self.levels
            ],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Policy":
        """As it was kept; empty: the usual one."""
        if not kept:
            return cls()
        levels = [
            Level(
                contacts=tuple(level["contacts"]),
                ways=tuple(Way(way) for way in level["ways"]),
                wait=level["wait"],
                all_at_once=level["all_at_once"],
            )
            for level in kept["levels"]
        ]
        return cls(levels, kept["rounds"])


@dataclass(frozen=True, slots=True)
class Held:
    """A policy as it holds; `name` is `usual`, or the target of a rotation.

    `is_own` is false where nobody changed anything: a rotation follows the usual one then.
    """

    name: str
    policy: Policy
    is_own: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Which level of which policy a form is about, from 1; one more than there are is a new one.

    `version` is that of the policy when the form was opened.
    """

    name: str
    number: int
    version: str

    def to_text(self) -> str:
        """As it is kept in a form or a button."""
        return "|".join((self.name, str(self.number), self.version))

    @classmethod
    def from_text(cls, kept: str) -> "Place":
        """As it was kept."""
        name, number, version = kept.split("|")
        return cls(name, int(number), version)


def with_level(policy: Policy, number: int, level: Level, rounds: int) -> Policy:
    """A policy with another n-th level, counted from 1; one more than there are adds one."""
    before, after = list(policy.levels[: number - 1]), list(policy.levels[number:])
    return Policy([*before, level, *after], rounds)


def without_level(policy: Policy, number: int) -> Policy:
    """A policy without its n-th level, unless that is its only one."""
    left = [level for at, level in enumerate(policy.levels, 1) if at != number]
    return replace(policy, levels=left or policy.levels)
