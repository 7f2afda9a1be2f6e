"""The direct messages of a page: to whoever is paged, and to its caller."""

from bot.core import attention
from bot.core.attention import Urgency
from bot.core.ids import new_id
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import notices as messages
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.rules.notices import Notice
from bot.features.redphone.rules.policies import Way
from bot.features.redphone.rules.states import UNANSWERED


def key_of(page: PageRow, position: int, way: Way, user_id: str) -> str:
    """Under which key one attempt of a page is queued."""
    return f"redphone:{page.id}:{position}:{way}:{user_id}"


def send(uow: UnitOfWork, page: PageRow, person: Person, position: int) -> str:
    """Pages somebody by direct message, at any hour; returns the key of it in the outbox."""
    key = key_of(page, position, Way.DM, person.user_id)
    attention.reach(uow, key, person, messages.notice(_shown(page)), urgency=Urgency.PAGE)
    return key


def redraw(uow: UnitOfWork, page: PageRow) -> None:
    """Has every direct message of a page show what it stands at now."""
    for step in queries.notices(uow, page.id):
        message = messages.notice(_shown(page))
        uow.outbox.revise(f"{step.key}:{new_id()}", of=step.key, message=message)


def _shown(page: PageRow) -> Notice:
    return Notice(str(page.id), page.caller_id, page.what, page.state in UNANSWERED)
