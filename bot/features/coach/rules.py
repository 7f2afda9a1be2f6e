"""Which messages deserve a hint."""

from datetime import datetime, timedelta
from typing import Final

from bot.core.agreement.kinds import Choice, Switch
from bot.core.agreement.setting import Layer, Setting
from bot.core.evals import MessageRow, Row, Verdict
from bot.core.events import ChannelKind, MessagePosted
from bot.core.prose import only_greets

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


def is_naked_hello(event: MessagePosted) -> bool:
    """Whether a message greets somebody by mention in a channel and says nothing else."""
    if event.in_thread or event.kind is ChannelKind.DIRECT or not event.mentions:
        return False
    return only_greets(event.text)


def is_fresh(event: MessagePosted, now: datetime) -> bool:
    """Whether the author is likely to be still there; events may arrive a day late."""
    return now - event.at <= FRESH


def hint_ends(event: MessagePosted) -> datetime:
    """When the hint is no longer worth showing."""
    return event.at + FRESH


def judge(row: Row) -> Verdict:
    """Whether a labelled message deserves a hint, by its words: rows do not tell whom it mentions.

    Raises RowUnfit.
    """
    is_naked = only_greets(MessageRow.read(row).text)
    return {"needs_coaching": is_naked, "missing": ["context", "question"] if is_naked else []}
