"""What the adapter itself says, when no feature could."""

from typing import Final

from bot.core.blocks import Message
from bot.core.render import mrkdwn

FAILED: Final = Message(
    mrkdwn("Something went wrong on my side and nothing was changed. Please try once more.")
)
CANNOT_OPEN: Final = Message(
    mrkdwn("Slack took too long and I could not open the form. Please try once more.")
)
MEMBERS_ONLY: Final = Message(
    mrkdwn("I work with full members of this workspace. Please ask one of them to do this for you.")
)
