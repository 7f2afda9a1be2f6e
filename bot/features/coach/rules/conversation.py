"""tmp"""

from collections.abc import Sequence
from datetime import timedelta

from bot.core.message_store import StoredMessage
from bot.features.coach.rules.catalogue import Finding

LONG_TALK = timedelta(minutes=30)
ALTERNATIONS = 12


def long_talk(said: Sequence[StoredMessage]) -> Finding | None:
    return None


def agenda(said: Sequence[StoredMessage]) -> list[str]:
    return []
