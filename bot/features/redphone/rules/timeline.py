"""What a page's timeline is made of."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.features.redphone.rules.states import EventKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; `user_id` is whoever did it, empty: Baton."""

    id: UUID
    at: datetime
    kind: EventKind
    user_id: str
    text: str
