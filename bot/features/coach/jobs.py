"""What the clock does to drafts and readings that wait for their words."""

from typing import Final
from uuid import UUID

from bot.core import logs
from bot.core.bot import Bot
from bot.core.clock import monotonic
from bot.core.drafting import Draft, DraftRequest
from bot.core.plain_drafter import plain_draft
from bot.features.coach import queries
from bot.features.coach.rules.wordings import Job, State, Wording
from bot.features.coach.service import drafts, kindly

log = logs.get(__name__)

BATCH: Final = 20
DRAFTING_SECONDS: Final = 60.0
"""After this long a run takes on nothing more: the next tick goes on."""


def word(bot: Bot) -> None:
    """Has drafts and readings worded that somebody waits for."""
    with bot.reading() as (session, now):
        waiting = queries.wordings_due(session, now, BATCH)
    ends = monotonic() + DRAFTING_SECONDS
    for team_id, wording_id in waiting:
        if monotonic() > ends:
            return
        try:
            _word(bot, team_id, wording_id)
        except Exception:
            log.exception("not worded", team=team_id)


def _word(bot: Bot, team_id: str, wording_id: UUID) -> None:
    """One call, between two units of work; what goes wrong is told plainly."""
    with bot.begin(team_id, during="job") as uow:
        job = queries.claim_wording(uow, wording_id)
        if job is None:
            return
        is_draft = job.about.kind is Wording.DRAFT
        request = drafts.request(uow, job) if is_draft else kindly.request(uow, job)
    draft = _draft(bot, job, request)
    with bot.begin(team_id, during="job") as uow:
        if is_draft:
            drafts.send_version(uow, job, draft, bot.asks)
        else:
            kindly.send(uow, job, draft)


def _draft(bot: Bot, job: Job, request: DraftRequest | None) -> Draft:
    if request is None:
        return Draft((), "gone", is_plain=True)
    if job.state is State.DRAFTING:
        return plain_draft(request.material, "late")  # whoever took it on may have asked already
    try:
        return bot.drafter.draft(request)
    except Exception as error:  # noqa: BLE001 - its text may hold what people wrote
        log.error("not drafted", error=type(error).__name__)  # noqa: TRY400 - as above
        return plain_draft(request.material, "failed")
