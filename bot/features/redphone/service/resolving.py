"""Ends a page, and takes that back."""

from uuid import UUID

from bot.core.blocks import Message
from bot.core.render import shorten
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import resolving as messages
from bot.features.redphone.models import PageRow
from bot.features.redphone.rules import acknowledging as rules
from bot.features.redphone.rules.states import EventKind, State
from bot.features.redphone.service import (
    escalating,
    joining,
    postmortems,
    reviews,
    standing,
    targets,
    timeline,
)
from bot.features.redphone.service.standing import Refused

_ABOUT = 150


def resolve(uow: UnitOfWork, page_id: UUID | None, user_id: str, words: str) -> PageRow:
    """A responder says what it was, and it is over. Raises Refused."""
    page = standing.hold(uow, page_id, user_id)
    after = rules.resolved(page.standing, user_id, words, uow.now)
    standing.go(uow, page, after, user_id)
    escalating.stop(uow, page)
    joining.stop_asking(uow, page)
    timeline.note(uow, page.id, EventKind.RESOLVED, user_id, words)
    standing.show(uow, page)
    standing.record(uow, page, user_id, "resolved")
    reviews.begin(uow, page)
    postmortems.offer(uow, page)
    about = shorten(standing.words(uow, page), _ABOUT)
    told = messages.caller_told(user_id, words, about, is_drill=page.is_drill)
    _tell_both(uow, page, user_id, "resolved", told)
    return page


def reopen(uow: UnitOfWork, page_id: UUID | None, user_id: str) -> PageRow:
    """It was not over after all, and is with whoever had it. Raises Refused."""
    page = standing.hold(uow, page_id, user_id)
    after = rules.reopened(page.standing, uow.now, standing.every(uow))
    if after is None and page.state == State.RESOLVED:
        raise Refused(messages.TOO_LATE)
    if after is None and page.state == State.ACKNOWLEDGED:
        raise Refused(messages.REOPENED)
    standing.go(uow, page, after, user_id)
    reviews.forget(uow, page)
    timeline.note(uow, page.id, EventKind.REOPENED, user_id)
    standing.show(uow, page)
    standing.record(uow, page, user_id, "reopened")
    told = messages.reopened(user_id, standing.words(uow, page))
    _tell_both(uow, page, user_id, "reopened", told)
    return page


def _tell_both(uow: UnitOfWork, page: PageRow, by: str, fact: str, said: Message) -> None:
    """Tells the caller and whoever had it, but not whoever did it themselves."""
    for each in sorted({page.caller_id, page.acknowledged_by} - {by, ""}):
        standing.tell(uow, page, targets.member(uow, each), fact, said)
