"""What is off, because it was not allowed when Baton was installed."""

from collections.abc import Sequence

from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.render import Link, mrkdwn


def on_board(sentences: Sequence[str], start_page: str) -> BoardSection:
    """A line each, for admins, and how to have it; without a `start_page` only operators can."""
    rows = [Row(mrkdwn("*Off:* {what}", what=each)) for each in sentences]
    again = "add me to Slack once more"
    way = Link(start_page, again) if start_page else again
    note = mrkdwn("To have what is off, {way} and allow it.", way=way)
    title = "Off here"
    return BoardSection("lacking", BoardPart.SETTINGS, title, rows, notes=[note], is_counted=False)
