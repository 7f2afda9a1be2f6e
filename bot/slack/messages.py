"""What the adapter itself says, when no feature could."""

from typing import Final

from bot.core.blocks import Block, Message, notice, section, sections
from bot.core.presses import Reason, Refused
from bot.core.render import Mention, mrkdwn
from bot.core.replies import View

NOT_INSTALLED: Final = (
    "I am not installed here any more. Whoever looks after the apps of this workspace can add me "
    "again."
)
FAILED: Final = Message(
    mrkdwn("Something went wrong on my side and nothing was changed. Please try once more.")
)
CANNOT_CHECK: Final = Message(
    mrkdwn(
        "Slack did not tell me in time whether you may do that, so I changed nothing. "
        "Please try again in a minute."
    )
)
CANNOT_OPEN: Final = Message(
    mrkdwn("Slack took too long and I could not open the form. Please try once more.")
)
REPLAYED: Final = Message(mrkdwn("This reached me twice, and I did it once."))
NO_LONGER_GOOD: Final = Message(
    mrkdwn("This button is no longer good. What is open for you now is on my Home tab.")
)
NOT_THIS_ONE: Final = Message(
    mrkdwn(
        "This button works only for whom, and in the message, it was made for. "
        "What is open for you is on my Home tab."
    )
)
CHANGED: Final = Message(
    mrkdwn("This has changed since it was posted, so I left everything as it is now.")
)
MEMBERS_ONLY: Final = Message(
    mrkdwn("I work with full members of this workspace. Please ask one of them to do this for you.")
)
_REFUSALS: Final = {
    Reason.FORGED: NO_LONGER_GOOD,
    Reason.STALE: NO_LONGER_GOOD,
    Reason.COPIED: NOT_THIS_ONE,
    Reason.REPLAYED: REPLAYED,
    Reason.CHANGED: CHANGED,
}


def refused(refusal: Refused) -> Message:
    """Why a press had no effect, and where to go instead."""
    if refusal.reason is Reason.CHANGED and refusal.first_id is not None:
        return Message(mrkdwn("{who} was first here.", who=Mention(refusal.first_id)))
    return _REFUSALS[refusal.reason]


def refused_on_home(refusal: Refused) -> View:
    """The same where no message can answer."""
    return notice("Please look again", [section(refused(refusal).text)])


def told(title: str, message: Message) -> View:
    """What a message says, as a view that only tells; it has no buttons."""
    said = [_without_button(block) for block in message.blocks if block["type"] != "actions"]
    return notice(title, said or sections(message.text))


def _without_button(block: Block) -> Block:
    return {name: part for name, part in block.items() if name != "accessory"}
