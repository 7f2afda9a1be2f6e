"""What the clock does to boards."""

from typing import Final

from bot.core import boards, rate_limits
from bot.core.bot import Bot
from bot.core.outbox import Method
from bot.core.unit_of_work import UnitOfWork
from bot.features.home.service import Board

BATCH: Final = 20


class Redrawing:
    """Draws boards anew that somebody may be looking at."""

    def __init__(self, board: Board) -> None:
        self._board = board

    def redraw_stale(self, bot: Bot) -> None:
        """Draws what shows something else by now, as far as Slack would take it at once.

        So whoever opens theirs meanwhile does not wait behind everybody else's.
        """
        now = bot.machine_clock.now()
        with bot.reading() as (session, _):
            team_ids = boards.stale_in(session, now=now)
        for team_id in team_ids:
            with bot.database.transaction() as session:
                if rate_limits.is_full(session, team_id, Method.PUBLISH, now):
                    continue
                stale = boards.claim(session, team_id, now=now, limit=BATCH)
            bot.each([(team_id, user_id) for user_id in stale], self._redraw)

    def _redraw(self, uow: UnitOfWork, user_id: str) -> None:
        self._board.redraw(uow, user_id)
