"""APScheduler as a metronome: it ticks, and owns no job that matters."""

from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from bot.core import logs
from bot.core.bot import Bot, Job

log = logs.get(__name__)


class Metronome:
    """Runs every job of the bot at every tick; a job never overlaps itself."""

    def __init__(self, bot: Bot, tick: timedelta) -> None:
        self._bot = bot
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

    def stop(self, _deadline: float) -> None:
        """Starts no further job and waits for those that run."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def _run(self, job: Job) -> None:
        try:
            job.run(self._bot)
        except Exception as error:
            log.exception("job failed", job=job.name, error=type(error).__name__)
