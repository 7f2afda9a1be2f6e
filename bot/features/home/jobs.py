"""What the clock does to boards."""

from typing import Final

from bot.core import boards
from bot.core.bot import Bot
from bot.core.unit_of_work import UnitOfWork
from bot.features.home.service import Board

BATCH: Final = 20


class Redrawing:
    """Draws boards anew that somebody may be looking at."""

    def __init__(self, board: Board) -> None:
        self._board = board

    def redraw_stale(self, bot: Bot) -> None:
        """Draws what shows something else by now, no more of it than Slack takes at once."""
        with bot.reading() as (session, _):
            if not boards.is_any_stale(session):
                return
        with bot.database.transaction() as session:
            stale = boards.claim(session, now=bot.machine_clock.now(), limit=BATCH)
        bot.each(stale, self._redraw)

    def _redraw(self, uow: UnitOfWork, user_id: str) -> None:
        self._board.redraw(uow, user_id)
