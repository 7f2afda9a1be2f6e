"""Statements on the attempts of a page."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Case, Update, case, null, select, update
from sqlalchemy.orm import Session

from bot.core.db import affected, insert_new
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import PageRow, PageStepRow
from bot.features.redphone.rules.policies import Way
from bot.features.redphone.rules.states import StepState

MAX_ERROR: Final = 200


def add(
    uow: UnitOfWork,
    page: PageRow,
    *,
    user_id: str,
    way: Way,
    key: str,
    settle_by: datetime | None,
) -> bool:
    """Notes an attempt at the page's position; False if it was made before."""
    row = {
        "team_id": uow.team_id,
        "id": new_id(),
        "page_id": page.id,
        "position": page.position,
        "user_id": user_id,
        "way": way,
        "key": key,
        "state": StepState.QUEUED,
        "queued_at": uow.now,
        "settle_by": settle_by,
        "error": "",
    }
    return insert_new(uow.session, PageStepRow, [row]) == 1


def of(uow: UnitOfWork, page_id: UUID, position: int | None = None) -> Sequence[PageStepRow]:
    """What was tried for a page, at one position or altogether, by age."""
    rows = select(PageStepRow).where(
        PageStepRow.team_id == uow.team_id, PageStepRow.page_id == page_id
    )
    if position is not None:
        rows = rows.where(PageStepRow.position == position)
    fresh = rows.order_by(PageStepRow.id).execution_options(populate_existing=True)
    return uow.session.scalars(fresh).all()


def of_key(uow: UnitOfWork, key: str) -> PageStepRow | None:
    """The attempt that was queued under this key."""
    own = (PageStepRow.team_id == uow.team_id) & (PageStepRow.key == key)
    return uow.session.scalar(select(PageStepRow).where(own))


def arrived(uow: UnitOfWork, key: str) -> bool:
    """Notes that an attempt arrived; nobody has to see to it any more."""
    sent = _open(uow, key).values(state=StepState.SENT, settled_at=uow.now, settle_by=None)
    return affected(uow.session, sent) == 1


def failed(uow: UnitOfWork, key: str, state: StepState, error: str) -> bool:
    """Notes that an attempt did not arrive, or may not have: somebody has to see to it now.

    Not where somebody did before.
    """
    values = {"state": state, "settled_at": uow.now, "error": error[:MAX_ERROR]}
    return affected(uow.session, _open(uow, key).values(**values, settle_by=_now(uow))) == 1


def slowed(uow: UnitOfWork, key: str) -> bool:
    """Notes that an attempt is not out yet: somebody has to see to it now."""
    return affected(uow.session, _open(uow, key).values(settle_by=_now(uow))) == 1


def seen_to(uow: UnitOfWork, steps: Iterable[PageStepRow]) -> None:
    """Notes that somebody saw to these attempts, as they stood."""
    for step in steps:
        as_it_stood = _one(uow, step).where(PageStepRow.state == step.state)
        uow.session.execute(as_it_stood.values(settle_by=None))


def cancel(uow: UnitOfWork, steps: Iterable[PageStepRow]) -> None:
    """Notes that these attempts were taken back before they were begun."""
    for step in steps:
        values = {"state": StepState.CANCELLED, "settled_at": uow.now, "settle_by": None}
        uow.session.execute(_one(uow, step).values(**values))


def close(uow: UnitOfWork, page_id: UUID, *, before: int | None = None) -> None:
    """Notes that nobody has to see to the attempts of a page any more.

    `before`: to those only of the levels before that position.
    """
    theirs = update(PageStepRow).where(
        PageStepRow.team_id == uow.team_id,
        PageStepRow.page_id == page_id,
        PageStepRow.settle_by.is_not(None),
    )
    if before is not None:
        theirs = theirs.where(PageStepRow.position < before)
    uow.session.execute(theirs.values(settle_by=None))


def due(session: Session, now: datetime) -> list[tuple[str, UUID]]:
    """(team, page) of the pages that somebody has to look at by now, the longest due first."""
    by_clock = select(PageRow.team_id, PageRow.id).where(PageRow.next_at <= now)
    by_step = select(PageStepRow.team_id, PageStepRow.page_id).where(PageStepRow.settle_by <= now)
    found = [
        *session.execute(by_clock.order_by(PageRow.next_at)),
        *session.execute(by_step.order_by(PageStepRow.settle_by)),
    ]
    return list(dict.fromkeys(found))


def _open(uow: UnitOfWork, key: str) -> Update:
    """Of the attempt with this key, unless it is settled."""
    return update(PageStepRow).where(
        PageStepRow.team_id == uow.team_id,
        PageStepRow.key == key,
        PageStepRow.state == StepState.QUEUED,
    )


def _one(uow: UnitOfWork, step: PageStepRow) -> Update:
    return update(PageStepRow).where(PageStepRow.team_id == uow.team_id, PageStepRow.id == step.id)


def _now(uow: UnitOfWork) -> Case[datetime]:
    return case((PageStepRow.settle_by.is_(None), null()), else_=uow.now)
