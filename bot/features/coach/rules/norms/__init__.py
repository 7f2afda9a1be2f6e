"""Rules of the second group: how a team that works apart has agreed to write.

Each rule looks at the words it needs first, and has patterns run only behind that.
"""

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from bot.features.coach.rules.catalogue import Finding
from bot.features.coach.rules.norms.calls import quick_call
from bot.features.coach.rules.norms.dates import no_date
from bot.features.coach.rules.norms.heated import heated
from bot.features.coach.rules.norms.hours import off_hours
from bot.features.coach.rules.norms.places import broadcast, in_private, wrong_channel
from bot.features.coach.rules.norms.threads import may_reply, unthreaded_reply
from bot.features.coach.rules.reading import Reading
from bot.features.coach.rules.situation import Situation

__all__ = ["find", "may_reply"]

Norm: TypeAlias = Callable[[Reading, Situation], Finding | None]

_NORMS: Final[tuple[Norm, ...]] = (
    heated,
    quick_call,
    broadcast,
    wrong_channel,
    in_private,
    unthreaded_reply,
    no_date,
    off_hours,
)


def find(reading: Reading, situation: Situation) -> Iterator[Finding]:
    """What goes against a norm."""
    for norm in _NORMS:
        if (finding := norm(reading, situation)) is not None:
            yield finding
