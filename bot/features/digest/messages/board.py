"""What App Home says about the digest."""

from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.locales import clock
from bot.core.render import mrkdwn
from bot.features.digest.messages.command import Shown
from bot.features.digest.rules.settings import Rhythm


def on_board(shown: Shown) -> BoardSection:
    """When it comes, in its reader's own time, or that they do not want it."""
    told = mrkdwn("*Digest:* off. `/digest on` switches it on.")
    if shown.is_on:
        is_weekly = shown.rhythm == Rhythm.WEEKLY
        days = "on your first working day of each week" if is_weekly else "on your working mornings"
        told = mrkdwn("*Digest:* {days} at {hour}", days=days, hour=clock(shown.at, shown.locale))
    return BoardSection("digest", BoardPart.SETTINGS, "", [Row(told)])
