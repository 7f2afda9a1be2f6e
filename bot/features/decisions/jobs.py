"""What the clock does for decisions."""

from functools import partial
from typing import Final
from uuid import UUID

from bot.core import logs
from bot.core.bot import Bot
from bot.core.clock import monotonic
from bot.core.plain_drafter import draft_or_plain
from bot.features.decisions.service import drafting, reminding

log = logs.get(__name__)

BATCH: Final = 100
FORMS: Final = 20
DRAFTING_SECONDS: Final = 60.0
"""After this long a run takes on nothing more: the next tick goes on."""


def remind(bot: Bot) -> None:
    """Reminds owners of the reviews that come."""
    with bot.reading() as (session, now):
        due = reminding.due(session, now, BATCH)
    bot.each(due, reminding.look)


def draft(bot: Bot) -> None:
    """Has a model read the threads of the forms that people have open."""
    with bot.reading() as (session, now):
        waiting = drafting.due(session, now, FORMS)
    ends = monotonic() + DRAFTING_SECONDS
    for team_id, draft_id in waiting:
        if monotonic() > ends:
            return
        try:
            _draft(bot, team_id, draft_id)
        except Exception:
            log.exception("no draft for a form", team=team_id)


def _draft(bot: Bot, team_id: str, draft_id: UUID) -> None:
    """One call, between two units of work; without a draft the form stays as it is."""
    take_on = partial(drafting.take_on, draft_id=draft_id)
    task = bot.perform(team_id, take_on, during="job")
    if task is not None:
        found = draft_or_plain(bot.drafter, task.request)
        bot.perform(team_id, partial(drafting.finish, task=task, draft=found), during="job")
