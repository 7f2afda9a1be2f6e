"""What /handoff answers where no form does."""

from bot.core.blocks import Message, section
from bot.core.render import Mrkdwn, join, mrkdwn
from bot.features.handoffs.messages import about
from bot.features.handoffs.messages.stand_ins import STAND_INS_HELP


def help_text() -> Message:
    """What /handoff can do."""
    parts = [
        Mrkdwn(each)
        for each in (
            about.NOTES_HELP,
            about.BATONS_HELP,
            about.CHAINS_HELP,
            about.BLOCKERS_HELP,
            about.STANDUPS_HELP,
            STAND_INS_HELP,
        )
    ]
    return Message(join("\n\n", parts), [section(each) for each in parts])


def unclear() -> Message:
    """Nobody can be meant by what was typed."""
    return Message(
        mrkdwn(
            "I do not know to whom. Begin with a person: `/handoff @ana the copy of the landing "
            "page`. `/handoff` alone opens the hand-off of your day, "
            "`/handoff help` tells the rest."
        )
    )


def refused(why: str) -> Message:
    """Nothing can be handed over to whoever was named."""
    return Message(mrkdwn("{why}", why=why))
