"""Lines about what other apps posted."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.core.digests import Line
from bot.core.quotations import linked
from bot.core.render import Link, mrkdwn
from bot.features.digest.rules.reviews import Told, label_of

PULLS: Final = mrkdwn("Pull requests that wait for you")
KEEPS: Final = "What other apps post in channels, for the digest"
KEPT_FOR: Final = "the text {texts}, but at most 30 days"
REVIEWS: Final = "Which pull requests wait for the login you linked, as apps told it in channels"
REVIEWS_FOR: Final = "90 days"


def quoted(app: str, permalink: str, words: str) -> Line:
    """What an app posted, in its own words."""
    return Line(mrkdwn("{app}:", app=app), (linked(permalink, words),))


def rest(app: str, permalink: str, count: int, *, is_more: bool) -> Line:
    """How much else an app posted; the link leads to the newest of it."""
    what = "message" if count == 1 else "messages"
    label = f"{count} more {what}" if is_more else f"{count} {what}"
    return Line(mrkdwn("{app}:", app=app), (Link(permalink, label),))


def waits(
    ask: Told, permalink: str, words: str | None, *, moment: Callable[[datetime], str]
) -> Line:
    """A pull request that waits: where that was said, and its own address.

    `moment` writes an instant as the reader does.
    """
    asked = moment(ask.asked_at) if ask.asked_at else ""
    links = (linked(permalink, words), Link(ask.url, label_of(ask.url)))
    return Line(mrkdwn("Asked {when}:", when=asked), links)
