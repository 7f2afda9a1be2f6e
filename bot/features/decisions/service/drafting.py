"""Has a model fill in a form that somebody has open, and offers what it found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core import attention, message_store, people
from bot.core.drafting import Draft, DraftRequest, Material, Place, Said, revision
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.decisions.modals import capture as modals
from bot.features.decisions.models import DecisionDraftRow
from bot.features.decisions.queries import drafts
from bot.features.decisions.rules import extracting
from bot.features.decisions.rules import filled as data
from bot.features.decisions.rules.registry import Place as Where
from bot.features.decisions.service import capture, local, spoken
from bot.features.decisions.service.capture import MODEL, RULES, USED

WORTH_FOR: Final = timedelta(minutes=10)
"""So long after it was opened somebody may still look at a form."""


@dataclass(frozen=True, slots=True)
class Task:
    """A form that was taken on, and what to ask about it."""

    draft_id: UUID
    request: DraftRequest


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, UUID]]:
    """(team, id) of the forms that a model is to be asked about, in any workspace."""
    return drafts.due(session, now, limit)


def take_on(uow: UnitOfWork, draft_id: UUID) -> Task | None:
    """Takes a form on; None if somebody was faster, or nobody looks at it any more.

    It is taken on once: without the model's draft the form is as good as it was opened.
    """
    if not drafts.claim(uow, draft_id):
        return None
    draft = drafts.get(uow, draft_id)
    if draft is None or not _is_open(uow, draft):
        return None
    said = [
        Said(Place(each.channel_id, each.ts), each.user_id, each.text, each.at)
        for each in spoken.stored(uow, _where(draft))
        if not attention.is_off(uow, each.user_id)
    ]
    if not said:
        return None
    material = extracting.material(said)
    request = DraftRequest(uow.team_id, extracting.PROMPT, material, wanted=extracting.WANTED)
    return Task(draft_id, request)


def finish(uow: UnitOfWork, task: Task, draft: Draft) -> None:
    """Offers what a model found to whoever has the form open, if it is of any use to them."""
    form = drafts.get(uow, task.draft_id, lock=True)
    if form is None or not _is_open(uow, form):
        return
    given = task.request.material
    held = _as_it_stands(uow, draft, given)
    by_rules = data.from_data(form.filled[RULES])
    names = _names(uow, given)
    today = local.today(uow, form.user_id)
    found = extracting.extracted(held, given, names, by_rules, today)
    if found is None or found == by_rules:
        return
    form.filled = form.filled | {MODEL: data.as_data(found)}
    uow.outbox.update_form(
        f"decisions:form:{form.id}:ready", form.user_id, modals.with_draft(form.id, by_rules)
    )


def use(uow: UnitOfWork, reference: str, user_id: str) -> None:
    """Puts what a model found into the form that somebody has open; what it lacks stays."""
    form = capture.own_draft(uow, reference, user_id)
    if form is None or form.number is not None or MODEL not in form.filled:
        return
    by_rules, found = (data.from_data(form.filled[each]) for each in (RULES, MODEL))
    form.filled = form.filled | {USED: True}
    view = modals.from_draft(form.id, found, extracting.differing(found, by_rules))
    uow.outbox.update_form(f"decisions:form:{form.id}:used", user_id, view)


def _is_open(uow: UnitOfWork, form: DecisionDraftRow) -> bool:
    """Whether somebody may still have a form open, and may see what it is about."""
    is_late = form.opened_at < uow.now - WORTH_FOR
    is_of_use = form.number is None and not is_late and not uow.workspace.is_paused
    return is_of_use and may_see(uow, form.user_id, form.channel_id)


def _as_it_stands(uow: UnitOfWork, draft: Draft, given: Material) -> Draft:
    """A draft without the lines on messages that say something else by now, or are gone."""
    changed = set()
    for source in given.sources:
        now = message_store.find(uow.session, uow.team_id, source.place.channel_id, source.place.ts)
        if now is None or revision(now.text) != source.rev:
            changed.add(source.id)
    lines = [line for line in draft.lines if changed.isdisjoint(line.source_ids)]
    return Draft(lines, draft.outcome, is_plain=draft.is_plain)


def _names(uow: UnitOfWork, given: Material) -> Mapping[str, str]:
    """How the people are called who may be named."""
    named = [each for each in given.people.values() if not attention.is_off(uow, each)]
    return people.names(uow.session, uow.team_id, named)


def _where(draft: DecisionDraftRow) -> Where:
    return Where(draft.channel_id, draft.message_ts, draft.root_ts)
