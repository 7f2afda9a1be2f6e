"""Talk from a file with a message a line, in which conversations may be mixed."""

import sys
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from bot.cli.heard import (
    Bad,
    Heard,
    LeftAlone,
    Piece,
    Pieces,
    Why,
    is_of_a_person,
    message_of,
    place_called,
)
from bot.core import evals
from bot.core.errors import FileUnreadable, RowUnfit
from bot.core.events import ChannelKind
from bot.core.replays import Place


def numbered(source: str) -> Iterator[tuple[int, bytes]]:
    """The lines of a file, or of the standard input for `-`. Raises FileUnreadable."""
    try:
        with ExitStack() as stack:
            is_stdin = source == "-"
            file = sys.stdin.buffer if is_stdin else stack.enter_context(Path(source).open("rb"))
            yield from evals.lines(file)
    except OSError as error:
        raise FileUnreadable(f"({source}: {error.strerror})") from None


def pieces(source: str, wanted: Collection[str]) -> Pieces:
    """The messages of a file, those of one conversation by age; `wanted`: only these channels.

    Raises FileUnreadable.
    """
    reader = _Reader(wanted)
    for number, line in numbered(source):
        try:
            piece = reader.read(line)
        except RowUnfit as error:
            piece = Bad(f"line {number}", error.detail)
        if piece is not None:
            yield piece


class _Reader:
    def __init__(self, wanted: Collection[str]) -> None:
        self._wanted = wanted
        self._places: dict[str, Place] = {}
        self._last_at: dict[str, datetime] = {}

    def read(self, line: bytes) -> Piece | None:
        """What a line holds; None: it is of another channel than is wanted. Raises RowUnfit."""
        row = evals.parsed(line)
        name = row.get("channel")
        if not isinstance(name, str) or not name:
            raise RowUnfit('it has no "channel"')
        place = self._places.setdefault(name, place_called(name))
        if self._wanted and not {name, place.name} & set(self._wanted):
            return None
        if not is_of_a_person(row):
            return LeftAlone(Why.APPS)
        message = message_of(name, row)
        if message.at < self._last_at.get(name, message.at):
            raise RowUnfit("it is older than a line of its channel above it")
        self._last_at[name] = message.at
        return LeftAlone(Why.DIRECT) if place.kind is ChannelKind.DIRECT else Heard(place, message)
