"""Whatever can wait gives way while a page waits to be sent: a machine has only so much to give."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import true

from bot.core import queue
from bot.core.bot import Bot
from bot.core.outbox import OPEN, POSTS, OutboxRow

LOOKS_EVERY: Final = timedelta(seconds=0.1)
LONGEST: Final = timedelta(seconds=2)
"""So long somebody stands back at most, and then not for as long: nothing waits for ever."""


class GivingWay:
    """Tells whether to stand back for a moment; each thread that asks has one of its own."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._look_at = self._rests_until = bot.machine_clock.now()
        self._since: datetime | None = None

    def now(self) -> bool:
        """Whether to stand back, as of the last tenth of a second."""
        now = self._bot.machine_clock.now()
        if now >= self._look_at:
            self._look_at = now + LOOKS_EVERY
            self._look(now)
        return self._since is not None

    def _look(self, now: datetime) -> None:
        if self._since is not None and now - self._since >= LONGEST:
            self._since, self._rests_until = None, now + LONGEST
        elif now < self._rests_until or not self._waits(now):
            self._since = None
        elif self._since is None:
            self._since = now

    def _waits(self, now: datetime) -> bool:
        posts = (OutboxRow.urgent == true(), OutboxRow.method.in_(sorted(POSTS)))
        with self._bot.database.reading() as session:
            return queue.is_due(session, OutboxRow, *posts, now=now, states=OPEN)
