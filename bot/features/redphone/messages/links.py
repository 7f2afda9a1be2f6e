"""What the page behind a link says: to somebody who is woken up, perhaps, and has a phone only."""

from collections.abc import Sequence
from typing import Final

from bot.core.links import LinkPage

ON_IT: Final = "I'm on it"
SOMEBODY: Final = "Somebody"
TEST: Final = "This is a test. "
GONE: Final = LinkPage("This page is over", "It is so long ago that I do not keep it any more.")


def unanswered(caller: str, since: str, more: Sequence[str], *, is_drill: bool) -> LinkPage:
    """Nobody is on it yet; `since` is when it began, in the reader's time."""
    return LinkPage(
        _marked(f"{caller} needs you", is_drill),
        f"Since {since}, and nobody is on it yet. Press the button, and I stop paging.",
        more,
        ON_IT,
    )


def taken(who: str, since: str, more: Sequence[str], *, is_drill: bool) -> LinkPage:
    """Somebody is on it."""
    return LinkPage(
        _marked(f"{who} is on it", is_drill),
        f"Since {since}. There is nothing you have to do; Slack has the rest.",
        more,
    )


def yours(since: str, more: Sequence[str], *, is_drill: bool) -> LinkPage:
    """The reader is on it."""
    return LinkPage(
        _marked("You are on it", is_drill),
        f"Since {since}, and everybody sees that. Slack has the rest.",
        more,
    )


def over(sentence: str, *, is_drill: bool) -> LinkPage:
    """Nobody has to be on it any more."""
    return LinkPage(_marked("It is over", is_drill), sentence)


def refused(sentence: str) -> LinkPage:
    """The press had no effect."""
    return LinkPage("Nothing was done", sentence)


def _marked(title: str, is_drill: bool) -> str:  # noqa: FBT001
    return f"{TEST}{title}" if is_drill else title
