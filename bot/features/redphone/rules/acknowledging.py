"""Whether somebody may be on a page, for how long, and what the clock does about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.core.agreement.kinds import Number
from bot.core.agreement.setting import Layer, Setting

UPDATE_EVERY: Final = Setting[int](
    "redphone.update_every",
    Number(5, 240, "minutes"),
    30,
    (Layer.WORKSPACE,),
    "Update an open page every",
    "Without a word for that long, whoever is on it is asked; without an answer it is paged on",
)
ANSWER_WITHIN: Final = timedelta(minutes=5)
"""How long whoever is on it has to say so when asked."""


class How(StrEnum):
    """How somebody came to be a responder."""

    PAGED = "paged"
    ASKED = "asked"  # by somebody who was on it already
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a press: who is on it and since when; or in one sentence why it had no effect.

    `by` is empty where nobody is.
    """

    is_first: bool
    by: str = ""
    at: datetime | None = None
    refusal: str = ""
