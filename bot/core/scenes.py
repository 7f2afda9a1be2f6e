"""Scenes of the demo's day, as data: what people do, and what each of them must then see.

A feature tells its scene here; the local Slack plays all scenes in the order of the clock.
People are called by the first names of the demo's cast, times are their own local times.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Where(StrEnum):
    """Where somebody sees something."""

    CHANNEL = "in the channel"
    THREAD = "in the thread"
    ALONE = "alone"
    DIRECT = "in a direct message"
    CHANGED = "in a message that changed"
    FORM = "in a form"
    HOME = "on their App Home"


@dataclass(frozen=True, slots=True)
class Says:
    """Writes a message; later steps call it by its `label`."""

    person: str
    channel: str
    text: str
    label: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class AppSays:
    """Another app writes a message, in Slack's markup."""

    app: str
    channel: str
    text: str


@dataclass(frozen=True, slots=True)
class Reacts:
    """Puts an emoji on the message with this label."""

    person: str
    label: str
    emoji: str


@dataclass(frozen=True, slots=True)
class Types:
    """Types a slash command."""

    person: str
    channel: str
    command: str


@dataclass(frozen=True, slots=True)
class Picks:
    """Picks an entry from the menu of the message with this label."""

    person: str
    label: str
    entry: str


@dataclass(frozen=True, slots=True)
class UsesShortcut:
    """Picks an entry from the menu of shortcuts."""

    person: str
    entry: str


@dataclass(frozen=True, slots=True)
class FillsIn:
    """Fills in the form that is open, by the labels of its fields, and sends it off."""

    person: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Presses:
    """Presses the newest button of this name."""

    person: str
    button: str


@dataclass(frozen=True, slots=True)
class OpensHome:
    """Looks at Baton's App Home."""

    person: str


@dataclass(frozen=True, slots=True)
class Sees:
    """Must see `text` exactly once in the whole day, in this place.

    `told` says in words what has then happened. `between` are local times of the person.
    """

    person: str
    text: str
    where: Where
    told: str
    between: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class NeverSees:
    """Must not see `text` anywhere, at any time of the day; `told` says what that shows."""

    person: str
    text: str
    told: str


Step: TypeAlias = (
    Says
    | AppSays
    | Reacts
    | Types
    | Picks
    | UsesShortcut
    | FillsIn
    | Presses
    | OpensHome
    | Sees
    | NeverSees
)


@dataclass(frozen=True, slots=True)
class Moment:
    """What happens when it is `clock` for `person`, `day` days into the story."""

    person: str
    clock: str
    steps: tuple[Step, ...]
    day: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """One feature's part of the day."""

    name: str
    moments: tuple[Moment, ...]
