"""What is off, because it was not allowed when Baton was installed."""

from collections.abc import Sequence

from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.render import mrkdwn

ADD_AGAIN = mrkdwn("To have that, add me to Slack once more and allow it.")


def on_board(sentences: Sequence[str]) -> BoardSection:
    """A line each, for admins."""
    rows = [Row(mrkdwn("{what}", what=each)) for each in sentences]
    title = "Not allowed yet"
    return BoardSection(
        "lacking", BoardPart.SETTINGS, title, rows, notes=[ADD_AGAIN], is_counted=False
    )
