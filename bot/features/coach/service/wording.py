"""Takes on what waits to be worded, and tells whoever waits for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core.drafting import Draft, DraftRequest
from bot.core.ports import AskLedger
from bot.core.unit_of_work import UnitOfWork
from bot.features.coach import queries
from bot.features.coach.rules.wordings import Job, State, Wording
from bot.features.coach.service import drafts, kindly


@dataclass(frozen=True, slots=True)
class Task:
    """Something that was taken on; without a request there is nothing to ask a model."""

    job: Job
    request: DraftRequest | None

    @property
    def is_late(self) -> bool:
        """Whether somebody took it on before, who may have asked already."""
        return self.job.state is State.DRAFTING


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, UUID]]:
    """(team, id) of what waits to be worded, in any workspace."""
    return queries.wordings_due(session, now, limit)


def take_on(uow: UnitOfWork, wording_id: UUID) -> Task | None:
    """Takes something on; None if somebody was faster, or nobody is to be told now."""
    if uow.workspace.is_paused:
        return None
    job = queries.claim_wording(uow, wording_id)
    if job is None:
        return None
    is_draft = job.about.kind is Wording.DRAFT
    return Task(job, drafts.request(uow, job) if is_draft else kindly.request(uow, job))


def finish(uow: UnitOfWork, task: Task, draft: Draft, asks: AskLedger) -> None:
    """Tells whoever waits what came of it; what came while Baton was paused is worded anew."""
    if uow.workspace.is_paused:
        queries.put_wording_back(uow, task.job)
        return
    if task.job.about.kind is Wording.DRAFT:
        drafts.send_version(uow, task.job, draft, asks)
    else:
        kindly.send(uow, task.job, draft)
