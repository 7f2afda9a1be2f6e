"""How it goes with a page that somebody is on, and when they are asked next."""

from datetime import timedelta
from uuid import UUID

from bot.core.render import shorten
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.redphone.messages import updates as messages
from bot.features.redphone.models import PageRow
from bot.features.redphone.rules import acknowledging as rules
from bot.features.redphone.rules.states import EventKind
from bot.features.redphone.service import standing, targets, timeline
from bot.features.redphone.service.standing import Refused

_ABOUT = 150


def update(uow: UnitOfWork, page_id: UUID | None, user_id: str, words: str) -> PageRow:
    """A responder tells how it goes; nobody is asked for as long as usual. Raises Refused."""
    page = standing.hold(uow, page_id, user_id)
    after = rules.updated(page.standing, uow.now, standing.every(uow))
    standing.go(uow, page, after, user_id)
    timeline.note(uow, page.id, EventKind.UPDATED, user_id, words)
    standing.show(uow, page)
    caller = targets.member(uow, page.caller_id)
    if caller is not None and user_id != caller.user_id and not _reads_along(uow, page):
        about = shorten(standing.words(uow, page), _ABOUT)
        standing.tell(uow, page, caller, "update", messages.told(user_id, words, about))
    return page


def still_on_it(uow: UnitOfWork, page_id: UUID | None, user_id: str) -> PageRow:
    """Whoever has it says so. Raises Refused."""
    page = standing.hold(uow, page_id, user_id)
    after = rules.confirmed(page.standing, user_id, uow.now, standing.every(uow))
    standing.go(uow, page, after, user_id)
    standing.show(uow, page)
    return page


def snooze(uow: UnitOfWork, page_id: UUID | None, user_id: str, lasts: timedelta) -> PageRow:
    """Whoever has it wants to be asked later; not again and again without a word.

    Raises Refused.
    """
    page = standing.hold(uow, page_id, user_id)
    before = page.standing
    after = rules.snoozed(before, user_id, uow.now, lasts, standing.every(uow))
    if after is None and rules.has(before, user_id):
        raise Refused(messages.TOO_LONG)
    standing.go(uow, page, after, user_id)
    timeline.note(uow, page.id, EventKind.SNOOZED, user_id)
    standing.show(uow, page)
    return page


def _reads_along(uow: UnitOfWork, page: PageRow) -> bool:
    """Whether its caller sees the timeline where it is told."""
    place = page.incident_channel or page.card_channel
    return bool(place) and may_see(uow, page.caller_id, place)
