"""Finding decisions by their words."""

from dataclasses import dataclass, replace

from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Look, Sifted, look
from bot.features.decisions.queries import channels as channel_queries
from bot.features.decisions.queries import search as search_queries
from bot.features.decisions.queries.channels import Channels
from bot.features.decisions.rules.ranking import ranked
from bot.features.decisions.rules.registry import FOUND, Decision
from bot.features.decisions.rules.searching import Search
from bot.features.decisions.service import recording


@dataclass(frozen=True, slots=True)
class Page:
    """A page of what was found, and how to get the next one.

    `is_cut`: there may be more than are ever listed, because so many have the words.
    """

    search: Search
    decisions: Sifted[Decision]
    following: Search | None = None
    is_cut: bool = False


def find(uow: UnitOfWork, reader_id: str, search: Search) -> Page:
    """A page of the decisions with these words that the reader may see, the best first.

    Every word must be there, or begin one that is. What is ranked are the newest 100 of those that
    the reader may see, and 50 more that have the words in the title or the tags.
    """
    if not search.words:
        return Page(search, Sifted())
    extent = channel_queries.extent(uow)
    search = replace(search, below=search.below or extent.end)
    looked = look(uow, reader_id, extent.channel_ids)
    found = search_queries.find(uow, search.words, open_to(looked), below=search.below)
    best = ranked(found, search.words)
    end = search.start + FOUND
    page = looked.sift(uow, best[search.start : end], channel_of=lambda each: each.channel_id)
    rows = search_queries.rows(uow, [each.number for each in page.seen])
    return Page(
        search,
        Sifted(recording.decisions(uow, rows), page.held_back),
        replace(search, start=end) if best[end:] else None,
        is_cut=len(found) >= search_queries.MOST,
    )


def open_to(looked: Look) -> Channels:
    """The channels that it makes sense to look into."""
    return Channels(frozenset(looked.sights) - looked.closed, looked.closed)
