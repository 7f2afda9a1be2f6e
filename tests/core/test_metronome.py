"""F22: jobs tick on, whatever becomes of the machine's clock."""

from datetime import timedelta
from threading import Semaphore

from bot.core.bot import Bot
from bot.core.clock import StoppedClock, SystemClock, monotonic
from bot.core.db import Database
from bot.scheduling import Metronome


def test_f22_jobs_tick_on_after_the_machines_clock_was_set_back(sqlite_url: str) -> None:
    machine = StoppedClock(SystemClock().now())
    bot, ticked = Bot(Database(sqlite_url), SystemClock(), SystemClock()), Semaphore(0)
    bot.every_tick(lambda _bot: ticked.release())
    metronome = Metronome(bot, timedelta(seconds=0.05), machine=machine)
    metronome.start()
    assert ticked.acquire(timeout=10)
    hour = timedelta(hours=1)
    for job in metronome._scheduler.get_jobs():  # as of a clock that was an hour ahead
        job.modify(next_run_time=SystemClock().now() + hour)
    while ticked.acquire(timeout=0.3):  # what was on its way
        pass
    machine.set(SystemClock().now() - hour)
    ticks = [ticked.acquire(timeout=10) for _ in range(3)]
    metronome.stop(monotonic() + 10)
    bot.database.close()
    assert all(ticks)
