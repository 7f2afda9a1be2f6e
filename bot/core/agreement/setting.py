"""What can be set, on which layer, and by whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

from bot.core.agreement.kinds import Kind

T = TypeVar("T")


class Layer(StrEnum):
    """Where a setting can be set; the later ones are nearer and win."""

    WORKSPACE = "workspace"
    CHANNEL = "channel"
    PERSON = "person"


EVERYWHERE: Final = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """One place to set something: the workspace, a channel or a person."""

    layer: Layer
    id: str = EVERYWHERE

    def __str__(self) -> str:
        return f"{self.layer}:{self.id}" if self.id else str(self.layer)


WORKSPACE: Final = Scope(Layer.WORKSPACE)


def channel_scope(channel_id: str) -> Scope:
    """A channel's own settings."""
    return Scope(Layer.CHANNEL, channel_id)


def person_scope(user_id: str) -> Scope:
    """Somebody's own settings."""
    return Scope(Layer.PERSON, user_id)


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One setting. `key` is `topic.name`; `layers` are those on which it may be set.

    `posts`: it has Baton post in a channel, under keys of the outbox that begin so.
    """

    key: str
    kind: Kind[T]
    default: T
    layers: tuple[Layer, ...]
    label: str
    hint: str = ""
    posts: str = ""

    def has_above(self, layer: Layer) -> bool:
        """Whether a layer that says nothing has another one above it to ask."""
        return layer is not Layer.WORKSPACE and Layer.WORKSPACE in self.layers

    @property
    def topic(self) -> str:
        """What it belongs to, e.g. `digest`."""
        return self.key.partition(".")[0]


class Catalogue:
    """Every setting there is, by key, in the order of registration."""

    def __init__(self, *settings: Setting[Any]) -> None:
        self._settings: dict[str, Setting[Any]] = {}
        self.add(*settings)

    def add(self, *settings: Setting[Any]) -> None:
        """Adds settings. Raises ValueError if a key is taken."""
        for setting in settings:
            if setting.key in self._settings:
                raise ValueError(f"two settings are called {setting.key!r}")
            self._settings[setting.key] = setting

    def find(self, key: str) -> Setting[Any] | None:
        """The setting of that key."""
        return self._settings.get(key)

    def on(self, layer: Layer) -> list[Setting[Any]]:
        """What can be set on a layer."""
        return [setting for setting in self._settings.values() if layer in setting.layers]

    def __iter__(self) -> Iterator[Setting[Any]]:
        return iter(self._settings.values())
