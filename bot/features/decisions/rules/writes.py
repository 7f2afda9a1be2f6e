"""What of the decision registry is kept in a system of record, too."""

from datetime import UTC, datetime, timedelta
from typing import Final

from bot.core.agreement.kinds import Choice
from bot.core.agreement.setting import Layer, Setting

RECORD: Final = Setting[str](
    "decisions.record",
    Choice((("public", "If the channel is public"), ("always", "Always"), ("never", "Never"))),
    "public",
    (Layer.CHANNEL,),
    "Copy decisions to git, Notion or Confluence",
    "Whether what is decided here is written to the team's system of record, if there is one, "
    "where others may read it",
)
AT_ONCE: Final = datetime(2000, 1, 1, tzinfo=UTC)
LEASE: Final = timedelta(minutes=5)
"""Longer than one write can take: after it, its process is dead."""
CARD_SHOWS_FOR: Final = timedelta(days=1)
"""After that a card is not changed any more to say where its decision is kept."""

WORKING_DAY: Final = timedelta(hours=12)
"""A digest looks back to the end of somebody's last working day; this is told of the day, too."""


def is_recorded(wanted: str, *, is_public: bool) -> bool:
    """Whether a channel's decisions are written, given its setting."""
    return wanted == "always" or (wanted == "public" and is_public)
