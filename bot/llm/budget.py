"""Money: reserved before each call, settled after it. What is not known stays reserved."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from bot.core.db import affected, insert_new, storable
from bot.core.drafting import PromptRef, Usage
from bot.core.ids import new_id
from bot.core.keeping import nothing_of
from bot.core.metrics import Gauge
from bot.core.unit_of_work import UnitOfWork
from bot.llm.models import BudgetRow, DraftRow
from bot.llm.prices import DOLLAR

RESERVED: Final = "reserved"


@dataclass(frozen=True, slots=True)
class Reservation:
    """Money set aside for one call."""

    id: UUID
    day: date
    micro_dollars: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a call ended; `cost` None: nobody knows, so what was reserved counts as spent."""

    outcome: str
    cost: int | None
    usage: Usage = field(default_factory=Usage)
    request_id: str = ""
    proposed: int = 0
    kept: int = 0
    drops: tuple[tuple[str, int], ...] = ()


def reserve(
    uow: UnitOfWork, prompt: PromptRef, model: str, *, micro_dollars: int, cap: int
) -> Reservation | None:
    """Sets money aside, or returns None if the day's cap would be passed."""
    day = uow.now.date()
    insert_new(uow.session, BudgetRow, [{"team_id": uow.team_id, "day": day, "micro_dollars": 0}])
    fits = _budget(uow.team_id, day).where(BudgetRow.micro_dollars + micro_dollars <= cap)
    claimed = fits.values(micro_dollars=BudgetRow.micro_dollars + micro_dollars)
    if affected(uow.session, claimed) == 0:
        return None
    reservation = Reservation(new_id(), day, micro_dollars)
    uow.session.add(_row(uow, reservation, prompt, model))
    return reservation


def settle(uow: UnitOfWork, reservation: Reservation, end: Settlement) -> bool:
    """Books what a call really cost, once; returns False if that had been done."""
    cost = reservation.micro_dollars if end.cost is None else end.cost
    open_row = update(DraftRow).where(
        DraftRow.team_id == uow.team_id,
        DraftRow.id == reservation.id,
        DraftRow.outcome == RESERVED,
    )
    values: dict[str, Any] = {
        "outcome": end.outcome,
        "cost_micro_dollars": cost,
        "input_tokens": end.usage.input_tokens,
        "output_tokens": end.usage.output_tokens,
        "request_id": storable(end.request_id)[:64],
        "lines_proposed": end.proposed,
        "lines_kept": end.kept,
        "drops": dict(end.drops),
    }
    if affected(uow.session, open_row.values(**values)) == 0:
        return False
    change = cost - reservation.micro_dollars
    budget = _budget(uow.team_id, reservation.day)
    uow.session.execute(budget.values(micro_dollars=BudgetRow.micro_dollars + change))
    return True


def spent(session: Session, team_id: str, day: date) -> int:
    """Micro-dollars spent and reserved on a day."""
    row = session.get(BudgetRow, (team_id, day))
    return row.micro_dollars if row else 0


def forget_old(session: Session, *, before: datetime) -> None:
    """Deletes what is known of drafts and budgets of before then."""
    session.execute(delete(DraftRow).where(DraftRow.created_at < before))
    session.execute(delete(BudgetRow).where(BudgetRow.day < before.date()))


def measure(session: Session, now: datetime) -> Sequence[Gauge]:
    """What all workspaces spent today, calls that are still out included."""
    total = select(func.sum(BudgetRow.micro_dollars)).where(BudgetRow.day == now.date())
    about = "What was spent on the model today (UTC), calls that are still out included."
    return [Gauge("baton_model_spend_dollars", about, (session.scalar(total) or 0) / DOLLAR)]


KEPT: Final = nothing_of(
    "drafts",
    "What was spent on a model, and how many lines of it held; no text",
    DraftRow,
    BudgetRow,
)


def _budget(team_id: str, day: date) -> Any:
    return update(BudgetRow).where(BudgetRow.team_id == team_id, BudgetRow.day == day)


def _row(uow: UnitOfWork, reservation: Reservation, prompt: PromptRef, model: str) -> DraftRow:
    return DraftRow(
        team_id=uow.team_id,
        id=reservation.id,
        day=reservation.day,
        prompt_id=prompt.id,
        prompt_version=prompt.version,
        prompt_sha=prompt.sha,
        model=model,
        request_id="",
        input_tokens=0,
        output_tokens=0,
        cost_micro_dollars=reservation.micro_dollars,
        lines_proposed=0,
        lines_kept=0,
        drops={},
        outcome=RESERVED,
        created_at=uow.now,
    )
