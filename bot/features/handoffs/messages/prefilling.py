"""What is said of the draft that a model makes of a day."""

from typing import Final

from bot.core.render import Mrkdwn, mrkdwn

USE_IT: Final = "Add it"
USE_DRAFT: Final = "handoffs.use_draft"
KEEPS: Final = "What was drawn from your messages of the day, for your hand-off"
KEPT_FOR: Final = "a day"


def draft_is_ready() -> Mrkdwn:
    """A model has read the day."""
    return mrkdwn(
        "*A fuller draft is ready.* It is made of what you wrote today; what you typed here stays."
    )


def from_draft() -> Mrkdwn:
    """What is new in the form comes from a model."""
    return mrkdwn("A model drew the added lines from your messages. Please look them over.")


def private(count: int) -> Mrkdwn:
    """How much is not in the form because its readers cannot see where it was said."""
    what = "1 thing is" if count == 1 else f"{count} things are"
    return mrkdwn("{what} left out: said in private conversations.", what=what)
