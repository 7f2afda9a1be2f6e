"""What the clock does to digests."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.core import logs
from bot.core.bot import Bot
from bot.core.clock import monotonic
from bot.core.drafting import DraftRequest
from bot.core.plain_drafter import draft_or_plain, plain_draft
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.rules.mornings import Due
from bot.features.digest.rules.slices import Slice
from bot.features.digest.service import drafting, sending

log = logs.get(__name__)

BATCH: Final = 1_000
PORTION: Final = 25
"""So many readers of a workspace share what is read for them."""
SENDING_SECONDS: Final = 30.0
PROMPT: Final = "digest/channel"
DRAFTING_SECONDS: Final = 60.0
"""After this long a run asks for no further draft: the next tick goes on."""
KEPT: Final = timedelta(days=1)


def draft_ahead(bot: Bot) -> None:
    """Has the talk of those channels worded whose readers' digests come soon."""
    if bot.drafter.is_plain:
        return
    ends = monotonic() + DRAFTING_SECONDS
    with bot.reading() as (session, now):
        soon = drafting.undrafted(session, now, BATCH)
    for team_id, due in soon:
        if monotonic() > ends:
            return
        try:
            _draft_for(bot, team_id, due, ends)
        except Exception:
            log.exception("digest not drafted", team=team_id)


def _draft_for(bot: Bot, team_id: str, due: Due, ends: float) -> None:
    with bot.begin(team_id, during="job") as uow:
        parts = drafting.claim_drafts(uow, due)
    for part in parts:
        _draft(bot, team_id, part, is_late=monotonic() > ends)


def _draft(bot: Bot, team_id: str, part: Slice, *, is_late: bool) -> None:
    """One call, between two units of work; what goes wrong leaves the channel plain."""
    request = DraftRequest(team_id, PROMPT, part.material)
    late = plain_draft(part.material, "late") if is_late else None
    draft = late or draft_or_plain(bot.drafter, request)
    with bot.begin(team_id, during="job") as uow:
        drafting.keep_draft(uow, part, draft)


def forget_drafts(bot: Bot) -> None:
    """Deletes lines whose digests are long sent."""
    with bot.database.transaction() as session:
        drafting.forget_drafts(session, bot.clock.now() - KEPT)


def send_due(bot: Bot) -> None:
    """Sends every digest whose morning has come."""

    def send(uow: UnitOfWork, some: Sequence[Due]) -> None:
        sending.send(uow, some, bot.digest_sources)

    ends = monotonic() + SENDING_SECONDS
    while monotonic() < ends:
        with bot.reading() as (session, now):
            due = sending.due(session, now, BATCH, waits=not bot.drafter.is_plain)
        bot.together(due, send, reader_of=lambda each: each.user_id, portion=PORTION)
        if len(due) < BATCH:
            return
