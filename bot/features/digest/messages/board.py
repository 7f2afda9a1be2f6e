"""What App Home says about the digest."""

from datetime import time

from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.render import mrkdwn


def on_board(hour: time | None) -> BoardSection:
    """When it comes, in its reader's own time; None: they do not want it."""
    told = mrkdwn("*Digest:* off. `/baton settings` switches it on.")
    if hour is not None:
        told = mrkdwn("*Digest:* on your working mornings at {hour}", hour=f"{hour:%H:%M}")
    return BoardSection("digest", BoardPart.SETTINGS, "", [Row(told)])
