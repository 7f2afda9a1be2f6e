"""What of the digest people can set."""

from datetime import time
from enum import StrEnum
from typing import Final

from bot.core.agreement.kinds import Choice, ClockTime, Switch
from bot.core.agreement.setting import Layer, Setting
from bot.core.week import MIDNIGHT, Week


class Rhythm(StrEnum):
    """How often somebody's digest comes."""

    DAILY = "daily"
    WEEKLY = "weekly"


AT: Final = Setting[time](
    "digest.at",
    ClockTime(),
    time(9),
    (Layer.WORKSPACE, Layer.PERSON),
    "Digest at",
    "When your digest comes on your working days, in your own time",
)
RHYTHM: Final = Setting[str](
    "digest.rhythm",
    Choice(
        (
            (Rhythm.DAILY.value, "Every working day"),
            (Rhythm.WEEKLY.value, "Once a week, on the first working day"),
        )
    ),
    Rhythm.DAILY.value,
    (Layer.WORKSPACE, Layer.PERSON),
    "Digest comes",
    "The one of a week tells of all that happened since the last one",
)
WANTED: Final = Setting[bool](
    "digest.on",
    Switch(),
    default=True,
    layers=(Layer.PERSON,),
    label="Digest",
    hint="One message in your morning: what waits on you, what was decided and said",
)
SHARED: Final = Setting[bool](
    "digest.shared",
    Switch(),
    default=False,
    layers=(Layer.CHANNEL,),
    label="In people's digests where people of another organisation read along",
    hint="What is said and posted there is left out of everybody's digest unless this is on",
)


def is_after_work(at: time, week: Week) -> bool:
    """Whether a time of day comes after the end of each working day of a week."""
    ends = [day[-1].end for day in week if day]
    return bool(ends) and all(end != MIDNIGHT and end <= at for end in ends)
