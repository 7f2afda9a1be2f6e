"""What a link says when there is nothing behind it."""

from typing import Final

from bot.core.links import LinkPage

UNKNOWN: Final = LinkPage(
    "This link opens nothing",
    "It may have been cut off on its way. Try the one in the newest message, or open Slack.",
)
OVER: Final = LinkPage(
    "This link is too old",
    "What it was for is over, or has a newer link. Try the newest message, or open Slack.",
)
FROM_ELSEWHERE: Final = LinkPage(
    "Nothing was done",
    "Another page sent you here. Open the link from your message, and press the button there.",
)
TOO_MANY: Final = LinkPage("One moment", "There were many tries. Try again in a minute.")
NOT_DONE: Final = LinkPage(
    "That did not work", "Nothing was done. Press the button once more, or open Slack."
)
