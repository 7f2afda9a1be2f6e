"""What the clock does for decisions."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from bot.core import logs
from bot.core.bot import Bot
from bot.core.checks import Checked
from bot.core.clock import monotonic
from bot.core.errors import BatonError
from bot.features.decisions.service import writes

log = logs.get(__name__)

WRITING_SECONDS: Final = 30.0
"""After this long a run takes on nothing more: the next tick goes on."""


def write(bot: Bot) -> None:
    """Writes what is to be written to the systems of record."""
    if not bot.systems_of_record:
        return
    ends = monotonic() + WRITING_SECONDS
    for team_id in writes.teams_with_work(bot):
        while monotonic() < ends and _write_next(bot, team_id):
            pass


def look_over(bot: Bot) -> Iterable[Checked]:
    """How the systems of record stand, workspace by workspace."""
    for team_id in writes.teams(bot):
        yield from bot.perform(team_id, writes.check, during="job")


def _write_next(bot: Bot, team_id: str) -> bool:
    """One write between two units of work; returns whether there was one."""
    take_on = partial(writes.take_on, now=bot.machine_clock.now())
    task = bot.perform(team_id, take_on, during="job")
    if task is None:
        return False
    system = next(each for each in bot.systems_of_record if each.name == task.system)
    try:
        reference = writes.carry_out(system, task)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
        kind = str(error) if isinstance(error, BatonError) else type(error).__name__
        log.warning("not recorded", system=task.system, number=task.number, error=kind)
        settle = partial(writes.fail, task=task, error=error, now=bot.machine_clock.now())
    else:
        settle = partial(writes.finish, task=task, reference=reference)
    bot.perform(team_id, settle, during="job")
    return True
