"""What can be set about the coach."""

from datetime import timedelta
from typing import Final

from bot.core.agreement.kinds import Choice, Switch
from bot.core.agreement.setting import Layer, Setting

MODE: Final = Setting[str](
    "coach.mode",
    Choice((("off", "Off"), ("shadow", "Shadow: counts only, says nothing"), ("on", "On"))),
    "shadow",
    (Layer.WORKSPACE, Layer.CHANNEL),
    "Coach",
    "Tells authors alone how to complete a message that cannot be answered yet",
)
HINTS: Final = Setting[bool](
    "coach.hints",
    Switch(),
    default=True,
    layers=(Layer.PERSON,),
    label="Hints",
    hint="Only you see them",
)
OFF, ON = "off", "on"
KEPT_FOR: Final = timedelta(days=90)
FRESH: Final = timedelta(minutes=5)
"""A hint that comes later than this helps nobody: the author has moved on."""
