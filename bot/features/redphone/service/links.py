"""The link that acknowledges: what it shows, and what pressing its button does."""

from datetime import datetime

from bot.core import people
from bot.core.ids import known_id
from bot.core.links import LinkPage
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import links as messages
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.rules.states import OVER, State
from bot.features.redphone.service import acknowledging, standing


def show(uow: UnitOfWork, reference: str, user_id: str) -> LinkPage:
    """Where a page stands, to whoever opened their link to it."""
    page_id = known_id(reference)
    page = queries.page(uow, page_id) if page_id else None
    if page is None:
        return messages.GONE
    more, is_drill = _more(uow, page), page.is_drill
    if page.state in OVER:
        return messages.over(standing.why_not(uow, page, user_id), is_drill=is_drill)
    if page.state != State.ACKNOWLEDGED or page.acknowledged_at is None:
        since, caller = _local(uow, user_id, page.paged_at), _name(uow, page.caller_id)
        return messages.unanswered(caller, since, more, is_drill=is_drill)
    since = _local(uow, user_id, page.acknowledged_at)
    if page.acknowledged_by == user_id:
        return messages.yours(since, more, is_drill=is_drill)
    return messages.taken(_name(uow, page.acknowledged_by), since, more, is_drill=is_drill)


def acknowledge(uow: UnitOfWork, reference: str, user_id: str) -> LinkPage:
    """Whoever the link is for is on it, or is told who is."""
    page_id = known_id(reference)
    if page_id is None:
        return messages.GONE
    taken = acknowledging.acknowledge(uow, page_id, user_id, through=acknowledging.LINK)
    page = queries.page(uow, page_id)
    if taken.refusal and page is not None and page.state not in OVER:
        return messages.refused(taken.refusal)
    return show(uow, reference, user_id)


def _more(uow: UnitOfWork, page: PageRow) -> list[str]:
    return [each for each in (page.kind, standing.words(uow, page)) if each]


def _name(uow: UnitOfWork, user_id: str) -> str:
    return people.names(uow.session, uow.team_id, [user_id]).get(user_id, messages.SOMEBODY)


def _local(uow: UnitOfWork, user_id: str, at: datetime) -> str:
    return standing.local(uow, user_id, at)
