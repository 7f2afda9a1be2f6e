"""APScheduler as a metronome: it ticks, and owns no job that matters."""

from datetime import timedelta
from threading import Condition, Event, Thread
from typing import Final

from apscheduler.schedulers.background import BackgroundScheduler

from bot.core import logs, traces
from bot.core.bot import Bot, Job
from bot.core.clock import Clock, SystemClock, monotonic

log = logs.get(__name__)

LOOKS_EVERY: Final = 1.0  # seconds
STEP: Final = 1.0
"""Seconds that the machine's clock has to be set back by, to be more than a correction."""


class Metronome:
    """Runs every job of the bot at every tick; a job never overlaps itself.

    APScheduler goes by the machine's clock, which may be set back: then each job is due at once.
    """

    def __init__(self, bot: Bot, tick: timedelta, *, machine: Clock | None = None) -> None:
        self._bot, self._machine = bot, machine or SystemClock()
        self._ahead = self._machine_ahead()
        self._stopped = Event()
        self._watching = Thread(target=self._watch, name="metronome", daemon=True)
        self._running = 0
        self._is_stopping = False
        self._changed = Condition()
        self._scheduler = BackgroundScheduler(timezone="UTC")
        for job in bot.jobs:
            self._scheduler.add_job(
                self._run,
                "interval",
                seconds=(job.period or tick).total_seconds(),
                args=[job],
                id=job.name,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )

    def start(self) -> None:
        """Starts ticking."""
        self._scheduler.start()
        self._watching.start()

    def stop(self, deadline: float) -> None:
        """Starts no further job and waits for those that run, until `deadline` (monotonic)."""
        self._stopped.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        with self._changed:
            self._is_stopping = True
            self._changed.wait_for(lambda: not self._running, max(0.0, deadline - monotonic()))

    def _machine_ahead(self) -> float:
        return self._machine.now().timestamp() - monotonic()

    def _watch(self) -> None:
        while not self._stopped.wait(LOOKS_EVERY):
            ahead = self._machine_ahead()
            if ahead < self._ahead - STEP:
                log.warning("the machine's clock was set back", seconds=round(self._ahead - ahead))
                for job in self._scheduler.get_jobs():
                    job.modify(next_run_time=self._machine.now())
            self._ahead = ahead

    def _run(self, job: Job) -> None:
        with self._changed:
            if self._is_stopping:
                return
            self._running += 1
        try:
            with traces.under():
                self._try(job)
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    def _try(self, job: Job) -> None:
        try:
            job.run(self._bot)
        except Exception as error:
            self._bot.metrics.jobs.add("failed")
            log.exception("job failed", job=job.name, error=type(error).__name__)
        else:
            self._bot.metrics.jobs.add("done")
