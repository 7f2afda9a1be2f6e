"""Asks who stands in for somebody who is away, in their place; and takes that back."""

from bot.core import people
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.messages import answers
from bot.features.asks.models import AskRow
from bot.features.asks.rules.notices import Notice
from bot.features.asks.rules.states import UNSETTLED, WAITING, How, Relation, State
from bot.features.asks.service import (
    acting,
    delivering,
    drawing,
    notices,
    settling,
    stand_ins,
)


def ask_instead(uow: UnitOfWork, ask: AskRow) -> AskRow | str:
    """Asks whoever stands in for the answerer; what they are asked, or why that cannot be.

    The first one waits with it, like what was passed on: an answer settles both, and what is
    returned is the first answerer's again.
    """
    if ask.state not in WAITING:
        return answers.SETTLED_BEFORE
    found = stand_ins.of(uow, ask)
    to = people.find(uow.session, uow.team_id, found.user_id) if found else None
    refusal = acting.why_not(uow, ask, to) if to else answers.NO_STAND_IN
    if to is None or refusal:
        return answers.STAND_IN_CANNOT_SEE if refusal == answers.CANNOT_SEE else refusal
    if not queries.move(uow, ask, State.DELEGATED, by=ask.asker_id, nudge_at=None):
        return answers.SETTLED_BEFORE
    asked = acting.child_of(uow, ask, to, Relation.STAND_IN)
    if asked is None:  # they were asked by the same message, and that is over
        queries.move(uow, ask, State.OPEN, by=ask.asker_id, nudge_at=uow.now)
        return answers.ASKED_ALREADY
    notices.settle(uow, ask)
    delivering.send(uow, asked, Notice.STANDS_IN)
    drawing.redraw_of(uow, ask)
    return asked


def asked_instead(uow: UnitOfWork, ask: AskRow) -> AskRow | None:
    """What was asked of a stand-in instead of this, and is still to be answered."""
    asked = [each for each in queries.children(uow, ask.id) if each.state in UNSETTLED]
    return next((each for each in asked if each.relation == Relation.STAND_IN), None)


def undo(uow: UnitOfWork, asked: AskRow) -> bool:
    """Asks the first answerer after all, with the time they had; returns False if it is over."""
    before = queries.get(uow, asked.parent_id) if asked.parent_id else None
    if before is None or asked.relation != Relation.STAND_IN or asked.state not in UNSETTLED:
        return False
    if before.state != State.DELEGATED:
        return False
    if not queries.move(uow, before, State.OPEN, by=asked.asker_id, nudge_at=uow.now):
        return False
    before.round += 1
    uow.session.flush()
    settling.settle(uow, asked, State.WITHDRAWN, by=asked.asker_id, how=How.ASKER)
    notices.redraw(uow, before)
    drawing.redraw_of(uow, before)
    return True
