"""What the card of a page shows, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from bot.core.agreement.kinds import ChannelName
from bot.core.agreement.setting import Layer, Setting
from bot.features.redphone.rules.acknowledging import Standing
from bot.features.redphone.rules.policies import Way

CHANNEL: Final = Setting[str](
    "redphone.channel",
    ChannelName(),
    "",
    (Layer.WORKSPACE,),
    "Channel for pages",
    "Every page has a card there, e.g. #incidents; off: where somebody typed /redphone",
    posts="redphone:",
)
MOST_NAMED: Final = 5
"""So many of those who were paged are named on the card."""


@dataclass(frozen=True, slots=True)
class Card:
    """A page as everybody in a channel sees it.

    `paged` are the ids of those who are on it. `there` is what the clock of whoever has it showed
    when they took it. Levels and rounds count from 1; level 0: nobody was tried yet.
    `updated_at` and `update` are the last word about it.
    """

    page_id: str
    kind: str
    what: str
    impact: str
    caller_id: str
    paged_at: datetime
    is_drill: bool
    paged: Sequence[str]
    standing: Standing
    there: str = ""
    level: int = 0
    levels: int = 1
    round: int = 1
    rounds: int = 1
    updated_at: datetime | None = None
    update: str = ""
    incident_channel: str = ""


def key_of(page_id: UUID) -> str:
    """Under which key the card is queued."""
    return f"redphone:{page_id}:0:{Way.CHANNEL}:"


def incident_key(page_id: UUID) -> str:
    """Under which key the card in the incident channel is queued."""
    return f"redphone:{page_id}:incident:card"
