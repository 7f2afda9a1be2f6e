"""What hand-offs keep of people, in words."""

from typing import Final

from bot.core.blocks import Message, section
from bot.core.quotations import ERASED
from bot.core.render import mrkdwn

BATONS: Final = "What you handed over and what was handed over to you, and what became of it"
BATONS_FOR: Final = "until it is done, then {texts}"
BATONS_STAY: Final = (
    "What you had of others goes back to them, without your name and your words. What you handed "
    "over yourself is deleted, also where somebody else has it: “(erased)” stands on its card."
)
NOTES: Final = "Hand-offs that you wrote at the end of a day, sent or begun"
NOTES_FOR: Final = "{texts}"
BLOCKERS: Final = "Whom you wait for and who waits for you to go on, and since when"
BLOCKERS_FOR: Final = "until it is closed, then {texts}"
CHAINS: Final = "In which chains of hand-offs you are"
CHAINS_FOR: Final = "until somebody changes the chain"
CHAINS_STAY: Final = "The chains stay without you."
DAYS: Final = "When you are next offered to write a hand-off"
DAYS_FOR: Final = "until then"
STAND_INS: Final = "Who stands in for you, for whom you do, and when"
STAND_INS_FOR: Final = "until the day after"
STANDUPS: Final = "What you wrote in stand-ups, what you said you would do, and what came of it"
STANDUPS_FOR: Final = "{texts}"
HELD: Final = "Batons that you have go back to whoever handed them over: {count} now."


def erased() -> Message:
    """What stands where somebody wrote who had their data erased."""
    text = mrkdwn("{gone}", gone=ERASED)
    return Message(text, [section(text)])
