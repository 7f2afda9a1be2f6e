"""What /handoff answers where no form does."""

from bot.core.blocks import Message, section
from bot.core.render import Mrkdwn, join, mrkdwn
from bot.features.handoffs.messages import about


def help_text() -> Message:
    """What /handoff can do."""
    parts = [Mrkdwn(each) for each in about.COMMANDS]
    return Message(join("\n\n", parts), [section(each) for each in parts])


def unclear() -> Message:
    """Nobody can be meant by what was typed."""
    return Message(
        mrkdwn(
            "I do not know to whom. Begin with a person: `/handoff @ana the copy of the landing "
            "page`. `/handoff` alone opens the hand-off of your day, `/handoff help` tells the "
            "rest."
        )
    )
