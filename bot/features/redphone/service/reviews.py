"""Whether a page was an emergency: who is asked, and what follows."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core import attention
from bot.core.attention import Route, Urgency
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import reviews as messages
from bot.features.redphone.messages.reviews import Question
from bot.features.redphone.models import PageReviewRow, PageRow
from bot.features.redphone.queries import pages
from bot.features.redphone.queries import reviews as queries
from bot.features.redphone.rules import reviews as rules
from bot.features.redphone.rules.acknowledging import REOPENED_WITHIN
from bot.features.redphone.rules.reviews import Share
from bot.features.redphone.rules.states import State
from bot.features.redphone.service import standing, targets


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, tuple[UUID, str]]]:
    """(team, (page, person)) of those who can be asked about a page that is over."""
    return queries.due(session, now, limit)


def begin(uow: UnitOfWork, page: PageRow) -> None:
    """A page is over: its caller and whoever had it are asked, once it cannot be reopened.

    Call it when a page is resolved or called off.
    """
    is_resolved, lasted = page.state == State.RESOLVED, uow.now - page.paged_at
    if not rules.is_reviewed(is_drill=page.is_drill, is_resolved=is_resolved, lasted=lasted):
        return
    asked = [
        each
        for each in {page.caller_id, page.acknowledged_by}
        if targets.member(uow, each) is not None and not attention.is_off(uow, each)
    ]
    queries.add(uow, page.id, asked, uow.now + REOPENED_WITHIN)


def forget(uow: UnitOfWork, page: PageRow) -> None:
    """A page is not over after all: nobody is asked yet."""
    queries.forget_unasked(uow, page.id)


def ask(uow: UnitOfWork, whom: tuple[UUID, str]) -> None:
    """Asks somebody about a page if they are open to it now; else later, or in their digest."""
    page_id, user_id = whom
    row = queries.of(uow, page_id, user_id, lock=True)
    if row is None or row.ask_at is None or row.ask_at > uow.now:
        return
    page, person = pages.page(uow, page_id), targets.member(uow, user_id)
    row.ask_at, row.asked_at = None, uow.now
    if page is None or person is None or row.was_emergency is not None:
        return
    verdict = attention.consider(uow, person, Urgency.ROUTINE)
    if verdict.route is Route.LATER:
        row.ask_at = verdict.at
    elif verdict.route is Route.NOW:
        message = messages.question(_question(uow, page, person))
        attention.reach(uow, _key(page_id, user_id), person, message, urgency=Urgency.ROUTINE)


def answer(uow: UnitOfWork, page_id: UUID | None, user_id: str, *, was_emergency: bool) -> bool:
    """Somebody says whether it was, or changes that; returns whether they were asked."""
    row = queries.of(uow, page_id, user_id, lock=True) if page_id is not None else None
    page, person = (pages.page(uow, row.page_id) if row else None), targets.member(uow, user_id)
    if row is None or page is None or person is None:
        return False
    was_tight = is_tightened(uow, page.caller_id)
    row.was_emergency, row.answered_at, row.ask_at = was_emergency, uow.now, None
    uow.session.flush()
    if _shows(uow, row):
        key = _key(page.id, user_id)
        message = messages.question(_question(uow, page, person), said=was_emergency)
        uow.outbox.revise(f"{key}:{uow.now:%Y%m%d%H%M%S%f}", of=key, message=message)
    if not was_tight and is_tightened(uow, page.caller_id):
        _tell_tightened(uow, page)
    return True


def shows(uow: UnitOfWork, page_id: UUID | None, user_id: str) -> bool:
    """Whether somebody has a message that shows what they answered."""
    row = queries.of(uow, page_id, user_id) if page_id is not None else None
    return row is not None and _shows(uow, row)


def unasked(uow: UnitOfWork, reader: Person, since: datetime) -> list[Question]:
    """What somebody was to be asked since then and could not be."""
    found = queries.unanswered(uow, reader.user_id, since)
    return [_question(uow, page, reader) for row, page in found if not _shows(uow, row)]


def tightened_since(uow: UnitOfWork, user_id: str, since: datetime) -> Share | None:
    """Somebody's own figures, if they may page less often since then and were not told yet."""
    now = share_of(uow, user_id)
    if not rules.is_tight(now):
        return None
    first = uow.now - rules.WITHIN
    theirs = queries.said(uow, since=first, caller_id=user_id)
    by_then = queries.said(uow, since=first, caller_id=user_id, until=since)
    before = rules.share_of(by_then.values())
    is_told = any(uow.outbox.knows(_news_key(each)) for each in theirs)
    return None if rules.is_tight(before) or is_told else now


def share(uow: UnitOfWork) -> Share | None:
    """How many of the workspace's reviewed pages were emergencies; None: too few to tell."""
    found = rules.share_of(queries.said(uow, since=uow.now - rules.WITHIN).values())
    return found if found.reviewed >= rules.ENOUGH else None


def share_of(uow: UnitOfWork, user_id: str) -> Share:
    """How many of somebody's own pages were; for their eyes only."""
    theirs = queries.said(uow, since=uow.now - rules.WITHIN, caller_id=user_id)
    return rules.share_of(theirs.values())


def is_tightened(uow: UnitOfWork, user_id: str) -> bool:
    """Whether somebody may page less often: under half of their reviewed pages were emergencies."""
    return rules.is_tight(share_of(uow, user_id))


def _tell_tightened(uow: UnitOfWork, page: PageRow) -> None:
    caller = targets.member(uow, page.caller_id)
    if caller is not None:
        told = messages.tightened(share_of(uow, caller.user_id))
        attention.reach(uow, _news_key(page.id), caller, told, urgency=Urgency.ROUTINE)


def _question(uow: UnitOfWork, page: PageRow, reader: Person) -> Question:
    return Question(
        str(page.id),
        standing.words(uow, page),
        reader.moment(page.paged_at),
        page.caller_id,
        page.caller_id == reader.user_id,
        standing.address(uow, page, reader.user_id),
    )


def _shows(uow: UnitOfWork, row: PageReviewRow) -> bool:
    return uow.outbox.knows(_key(row.page_id, row.user_id))


def _key(page_id: UUID, user_id: str) -> str:
    return f"redphone:{page_id}:review:{user_id}"


def _news_key(page_id: UUID) -> str:
    return f"redphone:{page_id}:tightened"
