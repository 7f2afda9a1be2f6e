"""Taking what a feature keeps out of Baton as files, and in again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class File:
    """A file by its name, without a folder, and what is in it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of files: how many records are new, and how many were there just so before.

    `problems` says of each file or row in a sentence what is wrong; then nothing was taken in.
    `notes` are worth knowing.
    """

    new: int = 0
    same: int = 0
    problems: Sequence[str] = ()
    notes: Sequence[str] = ()


class Exchange(Protocol):
    """A feature's records as files."""

    @property
    def formats(self) -> Sequence[str]:
        """The names of the formats, e.g. `json`."""
        ...

    def take_out(self, uow: UnitOfWork, form: str, *, public_only: bool) -> Iterator[File]:
        """Every record of a workspace, or those of public channels, in a format."""
        ...

    def is_ours(self, form: str, name: str) -> bool:
        """Whether a file's name says that it holds records in this format."""
        ...

    def take_in(self, uow: UnitOfWork, form: str, files: Sequence[File]) -> Taken:
        """Adds what the files hold, all of it or nothing."""
        ...
