"""What App Home says about the digest, and the pull requests that wait."""

from collections.abc import Mapping, Sequence

from bot.core.blocks import button
from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.digests import Line
from bot.core.locales import clock
from bot.core.render import Channel, mrkdwn
from bot.core.visibility import held_back
from bot.features.digest.messages.apps import PULLS
from bot.features.digest.messages.command import Shown
from bot.features.digest.messages.logins import UNLINK
from bot.features.digest.messages.names import WISH
from bot.features.digest.rules.logins import GITHUB
from bot.features.digest.rules.settings import Rhythm
from bot.features.digest.rules.wishes import Wish, WishFor


def on_board(shown: Shown, login: str | None, wishes: Mapping[str, Wish]) -> BoardSection:
    """What its reader set of it: when it comes, their login, what they want of channels (by id)."""
    channels = [_wish(channel_id, wish) for channel_id, wish in wishes.items()]
    rows = [_hour(shown), *([_login(login)] if login else []), *channels]
    return BoardSection("digest", BoardPart.SETTINGS, "", rows)


def pulls_on_board(waiting: Sequence[Line], not_checked: int) -> BoardSection:
    """The pull requests that wait for the review of a board's owner."""
    rows = [Row(line.shown) for line in waiting]
    notes = [held_back(not_checked)] if not_checked else []
    return BoardSection("digest-reviews", BoardPart.WAITS, str(PULLS), rows, notes=notes)


def _hour(shown: Shown) -> Row:
    """When it comes, in its reader's own time, or that they do not want it."""
    if not shown.is_on:
        return Row(mrkdwn("*Digest:* off. `/digest on` switches it on."))
    is_weekly = shown.rhythm == Rhythm.WEEKLY
    days = "on your first working day of each week" if is_weekly else "on your working mornings"
    return Row(mrkdwn("*Digest:* {days} at {hour}", days=days, hour=clock(shown.at, shown.locale)))


def _login(login: str) -> Row:
    told = mrkdwn("*GitHub:* you are {login} there", login=login)
    return Row(told, button("Unlink", UNLINK, GITHUB))


def _wish(channel_id: str, wish: Wish) -> Row:
    what = "more" if wish is Wish.MORE else "less"
    told = mrkdwn(
        "*{channel}:* {what} of it in your digest", channel=Channel(channel_id), what=what
    )
    return Row(told, button("As usual", WISH, WishFor(Wish.USUAL, channel_id).reference))
