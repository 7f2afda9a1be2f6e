"""What somebody reads who is new to Baton."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import Block, section
from bot.core.render import Mrkdwn, join, mrkdwn

MOST: Final = 5
WHAT_I_DO: Final = "*What I do for you*"
FIRST: Final = (
    "*To begin:* look through `/baton settings`, so that I know when you work. The rest comes by "
    "itself: what others ask of you stands here from then on."
)


def welcome(benefits: Sequence[Mrkdwn]) -> list[Block]:
    """What Baton does for them, in five lines, and what to do first."""
    lines = [mrkdwn("• {line}", line=line) for line in benefits[:MOST]]
    return [section(join("\n", [Mrkdwn(WHAT_I_DO), *lines])), section(Mrkdwn(FIRST))]
