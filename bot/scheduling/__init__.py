"""APScheduler as a metronome: it ticks, and owns no job that matters."""

from datetime import timedelta
from threading import Condition

from apscheduler.schedulers.background import BackgroundScheduler

from bot.core import logs, traces
from bot.core.bot import Bot, Job
from bot.core.clock import monotonic

log = logs.get(__name__)


class Metronome:
    """Runs every job of the bot at every tick; a job never overlaps itself."""

    def __init__(self, bot: Bot, tick: timedelta) -> None:
        self._bot = bot
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

    def stop(self, deadline: float) -> None:
        """Starts no further job and waits for those that run, until `deadline` (monotonic)."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        with self._changed:
            self._is_stopping = True
            self._changed.wait_for(lambda: not self._running, max(0.0, deadline - monotonic()))

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
