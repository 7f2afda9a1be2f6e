"""Pages: how one begins, and how its caller ends it."""

from uuid import UUID

from bot.core import boards
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import progress as messages
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import limits as limit_queries
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.rules import acknowledging as rules
from bot.features.redphone.rules.limits import Limited
from bot.features.redphone.rules.pages import New
from bot.features.redphone.rules.states import EventKind, State
from bot.features.redphone.service import (
    cards,
    escalating,
    joining,
    limits,
    notices,
    policies,
    reviews,
    standing,
    timeline,
    trail,
)
from bot.features.redphone.service.trail import Thing


def begin(uow: UnitOfWork, new: New) -> PageRow | Limited:
    """Pages somebody, once per form; or what limit speaks against it, which is noted.

    The page is there, with all that is to be sent first, when this unit of work is committed.
    """
    limit_queries.hold(uow)
    known = queries.made_by(uow, new.form_id)
    if known is not None:
        return known
    limited = limits.judge(uow, new.caller_id, is_drill=new.is_drill)
    if limited is not None:
        why = {"why": limited.why}
        trail.note(uow, Thing.PAGE, "refused", new.caller_id, about=new.target, after=why)
        return limited
    policy, card_channel = policies.of(uow, new.target), cards.place(uow, new.typed_in)
    page_id = queries.add(uow, new, policy, card_channel=card_channel)
    page = queries.page(uow, page_id, lock=True) if page_id else queries.made_by(uow, new.form_id)
    if page is None:
        raise LookupError("the page was neither made nor known")
    if page_id is not None:
        _begin(uow, page)
    return page


def call_off(uow: UnitOfWork, page_id: UUID, user_id: str) -> str:
    """Whoever paged ends it: nobody is paged any more, and everybody is told.

    Returns in one sentence why it had no effect, else nothing.
    """
    page = queries.page(uow, page_id, lock=True)
    if page is None or page.caller_id != user_id:
        return messages.NOT_YOURS
    was_on_it = page.acknowledged_by if page.state == State.ACKNOWLEDGED else ""
    after = rules.called_off(page.standing, user_id, uow.now)
    if after is None:
        return messages.OVER_ALREADY
    standing.go(uow, page, after, user_id)
    escalating.stop(uow, page)
    joining.stop_asking(uow, page)
    timeline.note(uow, page_id, EventKind.CALLED_OFF, user_id)
    reviews.begin(uow, page)
    standing.show(uow, page)
    if was_on_it:
        notices.tell_called_off(uow, page, was_on_it)
    standing.record(uow, page, user_id, "called_off")
    return ""


def _begin(uow: UnitOfWork, page: PageRow) -> None:
    said = {"target": page.target, "is_drill": page.is_drill}
    standing.record(uow, page, page.caller_id, "begun", said)
    timeline.note(uow, page.id, EventKind.PAGED, page.caller_id)
    escalating.begin(uow, page)
    uow.session.refresh(page)
    notices.tell_caller(uow, page)
    boards.touch(uow, [page.caller_id])
