"""What is off, because it was not allowed when Baton was installed."""

from collections.abc import Sequence

from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.optional_scopes import OptionalScope, sentence
from bot.core.render import mrkdwn


def on_board(lacking: Sequence[OptionalScope]) -> BoardSection:
    """A line each, for admins."""
    rows = [Row(mrkdwn("{what}", what=sentence(each))) for each in lacking]
    return BoardSection("lacking", BoardPart.SETTINGS, "Not allowed yet", rows, is_counted=False)
