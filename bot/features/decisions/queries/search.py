"""What decisions are found by."""

from collections.abc import Sequence

from sqlalchemy import literal

from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import DecisionRow
from bot.features.decisions.queries import registry
from bot.features.decisions.rules.command import words_of


def index(row: DecisionRow) -> None:
    """Has a decision found by its words from now on."""
    words = words_of(f"{row.title} {row.text} {row.context}")
    row.search_text = " ".join(words)


def find(uow: UnitOfWork, words: Sequence[str]) -> Sequence[DecisionRow]:
    """Decisions that contain every word, or words that begin with it; the newest first."""
    haystack = literal(" ") + DecisionRow.search_text
    return registry.newest(uow, *(haystack.contains(f" {word}", autoescape=True) for word in words))
