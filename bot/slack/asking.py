"""Asks Slack within the limits that all processes share, and not where it is not well."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final, TypeVar

from bot.core import breakers, rate_limits
from bot.core.bot import Bot
from bot.core.errors import SlackAtRest, SlackError, SlackRateLimited
from bot.core.rate_limits import PER_METHOD, RateLimit

ENDS_IN: Final = timedelta(minutes=1)
"""Somebody who has leave to ask told by then what it came to, or died."""

Answer = TypeVar("Answer")


class Asking:
    """Makes calls that only ask."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def ask(
        self,
        team_id: str,
        method: str,
        call: Callable[[], Answer],
        *,
        limit: RateLimit | None = None,
    ) -> Answer:
        """Makes a call of a method for a workspace; `limit` if it is another than usual.

        Raises SlackRateLimited where it has to wait, as does SlackAtRest; and any other SlackError.
        """
        now, scope = self._bot.machine_clock.now(), {method: limit or PER_METHOD[method]}
        with self._bot.database.transaction() as session:
            later = rate_limits.take(session, team_id, scope, now)
            if later is not None:
                raise SlackRateLimited(later - now)
            later = breakers.enter(session, team_id, now=now, patience=ENDS_IN)
            is_unwell = team_id in breakers.unwell(session)
        if later is not None:
            raise SlackAtRest(later - now)
        try:
            answer = call()
        except SlackError as error:
            self._note(team_id, method, error)
            raise
        if is_unwell:
            self._note(team_id, method, None)
        return answer

    def _note(self, team_id: str, method: str, error: SlackError | None) -> None:
        now = self._bot.machine_clock.now()
        with self._bot.database.transaction() as session:
            if isinstance(error, SlackRateLimited):
                rate_limits.pause(session, team_id, method, now + error.retry_after)
            breakers.note(session, team_id, error, now=now)
