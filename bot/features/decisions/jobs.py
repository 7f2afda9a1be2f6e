"""What the clock does for decisions."""

from collections.abc import Iterable
from functools import partial
from typing import Final
from uuid import UUID

from bot.core import logs
from bot.core.bot import Bot
from bot.core.checks import Checked
from bot.core.clock import monotonic
from bot.core.plain_drafter import draft_or_plain
from bot.features.decisions.service import (
    closing,
    drafting,
    freshening,
    notices,
    offers,
    reminding,
    steps,
    writes,
)

log = logs.get(__name__)

BATCH: Final = 100
FORMS: Final = 20
DRAFTING_SECONDS: Final = 60.0
WRITING_SECONDS: Final = 30.0
"""After this long a run takes on nothing more: the next tick goes on."""


def remind(bot: Bot) -> None:
    """Reminds owners of the reviews that come."""
    with bot.reading() as (session, now):
        due = reminding.due(session, now, BATCH)
    bot.each(due, reminding.look)


def look_at_proposals(bot: Bot) -> None:
    """Asks reviewers, and closes the proposals whose comment period is over."""
    with bot.reading() as (session, now):
        due = closing.due(session, now, BATCH)
    bot.each(due, closing.Closer(bot.digests).look)


def tell_of_proposals(bot: Bot) -> None:
    """Tells people what became of proposals."""
    with bot.reading() as (session, now):
        due = notices.due(session, now, BATCH)
    bot.each(due, notices.Teller(bot.digests).send)


def freshen_cards(bot: Bot) -> None:
    """Draws the cards of open proposals anew before their buttons are too old to be pressed."""
    with bot.reading() as (session, _):
        found = freshening.open_anywhere(session)
    bot.each(found, freshening.freshen)


def look_at_threads(bot: Bot) -> None:
    """Looks at the threads that may have settled something a while ago."""
    with bot.reading() as (session, now):
        due = offers.due(session, now, BATCH)
    bot.each(due, offers.look)


def look_at_steps(bot: Bot) -> None:
    """Asks owners who could not be asked before, and ends what waited for too long."""
    with bot.reading() as (session, now):
        due = steps.due(session, now, BATCH)
    bot.each(due, steps.look)


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


def write(bot: Bot) -> None:
    """Writes what is to be written to the systems of record."""
    if not bot.outside.systems_of_record:
        return
    ends = monotonic() + WRITING_SECONDS
    for team_id in writes.teams_with_work(bot):
        while monotonic() < ends and _write_next(bot, team_id):
            pass


def look_over(bot: Bot) -> Iterable[Checked]:
    """How the systems of record stand; with several workspaces, the same is true of each."""
    for team_id in writes.teams(bot)[:1]:
        yield from bot.perform(team_id, writes.check, during="job")


def _draft(bot: Bot, team_id: str, draft_id: UUID) -> None:
    """One call, between two units of work; without a draft the form stays as it is."""
    take_on = partial(drafting.take_on, draft_id=draft_id)
    task = bot.perform(team_id, take_on, during="job")
    if task is not None:
        found = draft_or_plain(bot.drafter, task.request)
        bot.perform(team_id, partial(drafting.finish, task=task, draft=found), during="job")


def _write_next(bot: Bot, team_id: str) -> bool:
    """One write between two units of work; returns whether there was one."""
    take_on = partial(writes.take_on, now=bot.machine_clock.now())
    task = bot.perform(team_id, take_on, during="job")
    if task is None:
        return False
    system = next(each for each in bot.outside.systems_of_record if each.name == task.system)
    try:
        reference = writes.carry_out(system, task)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
        log.warning("not recorded", system=task.system, number=task.number, error=error)
        settle = partial(writes.fail, task=task, error=error, now=bot.machine_clock.now())
    else:
        settle = partial(writes.finish, task=task, reference=reference)
    bot.perform(team_id, settle, during="job")
    return True
