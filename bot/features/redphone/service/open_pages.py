"""The pages that are open, for one reader."""

from collections.abc import Iterable

from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.queries import responders
from bot.features.redphone.rules.open_pages import OpenPage
from bot.features.redphone.service import standing


def visible(uow: UnitOfWork, reader: Person) -> list[OpenPage]:
    """Those that concern somebody, or whose card they can read; by age."""
    pages = [each for each in queries.open_pages(uow) if standing.sees(uow, each, reader.user_id)]
    return _shown(uow, pages, reader)


def own(uow: UnitOfWork, reader: Person) -> list[OpenPage]:
    """Those that somebody called, or responds to; by age."""
    return _shown(uow, responders.open_of(uow, reader.user_id), reader)


def _shown(uow: UnitOfWork, pages: Iterable[PageRow], reader: Person) -> list[OpenPage]:
    return [
        OpenPage(
            str(page.id),
            page.kind,
            standing.words(uow, page),
            standing.address(uow, page, reader.user_id),
            standing.local(uow, reader.user_id, page.paged_at),
            standing.local(uow, reader.user_id, page.acknowledged_at or page.paged_at),
            page.standing,
            page.is_drill,
            page.caller_id == reader.user_id,
        )
        for page in pages
    ]
