"""Rules of the second group: how a team that works apart has agreed to write."""

from collections.abc import Iterator

from bot.features.coach.rules.catalogue import Finding
from bot.features.coach.rules.reading import Reading
from bot.features.coach.rules.situation import Situation


def find(_reading: Reading, _situation: Situation) -> Iterator[Finding]:
    """What goes against a norm."""
    yield from ()
