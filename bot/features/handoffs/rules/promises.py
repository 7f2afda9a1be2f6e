"""What somebody writes for a stand-up, and what becomes of what they promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Fate(StrEnum):
    """What somebody says about something they promised before."""

    DELIVERED = "delivered"
    STILL = "still"
    DROPPED = "dropped"  # not needed any more


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that somebody said they would do next."""

    id: UUID
    what: str


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote: lines as they typed them, and what became of their promises.

    `blocker_id` is who they wait for.
    """

    done: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    blocked: str = ""
    blocker_id: str = ""
    watch_out: tuple[str, ...] = ()
    fates: Mapping[UUID, Fate] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        said = self.done or self.following or self.blocked or self.watch_out
        return not said and all(fate is Fate.STILL for fate in self.fates.values())


@dataclass(frozen=True, slots=True)
class Changes:
    """What has to be done so that somebody's promises of a date are these lines.

    `numbers` tell where those that stay stand now, `added` are (number, line).
    """

    removed: frozenset[UUID]
    numbers: Mapping[UUID, int]
    added: tuple[tuple[int, str], ...]


def rewritten(before: Sequence[Promise], lines: Sequence[str]) -> Changes:
    """What changes when somebody writes their promises anew: a line that stays is the same one."""
    left = list(before)
    numbers: dict[UUID, int] = {}
    added: list[tuple[int, str]] = []
    for number, line in enumerate(lines):
        same = next((each for each in left if each.what == line), None)
        if same is None:
            added.append((number, line))
        else:
            left.remove(same)
            numbers[same.id] = number
    return Changes(frozenset(each.id for each in left), numbers, tuple(added))
