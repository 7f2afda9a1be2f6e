"""What of the digest people can set."""

from datetime import time
from typing import Final

from bot.core.agreement.kinds import ClockTime, Switch
from bot.core.agreement.setting import Layer, Setting

AT: Final = Setting[time](
    "digest.at",
    ClockTime(),
    time(9),
    (Layer.WORKSPACE, Layer.PERSON),
    "Digest at",
    "When your digest comes on your working days, in your own time",
)
WANTED: Final = Setting[bool](
    "digest.on",
    Switch(),
    default=True,
    layers=(Layer.PERSON,),
    label="Digest",
    hint="One message in your morning: what waits on you, what was decided and said",
)
