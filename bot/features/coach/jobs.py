"""What the clock does for the coach."""

from functools import partial
from typing import Final
from uuid import UUID

from bot.core import logs
from bot.core.bot import Bot
from bot.core.clock import monotonic
from bot.core.drafting import Draft
from bot.core.plain_drafter import draft_or_plain, plain_draft
from bot.features.coach.service import hinting, long_talks, wording
from bot.features.coach.service.wording import Task

log = logs.get(__name__)

BATCH: Final = 100
WORDINGS: Final = 20
DRAFTING_SECONDS: Final = 60.0
"""After this long a run takes on nothing more: the next tick goes on."""


def look(bot: Bot) -> None:
    """Looks at the messages whose authors had time to complete them."""
    with bot.reading() as (session, now):
        due = hinting.due(session, now, BATCH)
    bot.each(due, hinting.look)


def look_for_long_talks(bot: Bot) -> None:
    """Looks for two people who have written back and forth for long."""
    with bot.reading() as (session, now):
        busy = long_talks.busy(session, now)
    bot.each(busy, long_talks.propose_to_talk)


def word(bot: Bot) -> None:
    """Has drafts and readings worded that somebody waits for."""
    with bot.reading() as (session, now):
        waiting = wording.due(session, now, WORDINGS)
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
    take_on = partial(wording.take_on, wording_id=wording_id)
    task = bot.perform(team_id, take_on, during="job")
    if task is not None:
        draft = _draft(bot, task)
        finish = partial(wording.finish, task=task, draft=draft, asks=bot.asks)
        bot.perform(team_id, finish, during="job")


def _draft(bot: Bot, task: Task) -> Draft:
    if task.request is None:
        return Draft((), "gone", is_plain=True)
    if task.is_late:
        return plain_draft(task.request.material, "late")
    return draft_or_plain(bot.drafter, task.request)
