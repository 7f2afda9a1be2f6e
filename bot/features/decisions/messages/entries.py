"""The private answer with the button that opens the form."""

from typing import Final

from bot.core.blocks import Message, actions, button, section
from bot.core.render import mrkdwn

OPEN: Final = "decisions.open"
LOG_IT: Final = "Log it"


def may_be_logged(channel_id: str, message_ts: str) -> Message:
    """Neither a reaction nor a message can open a form; a button can."""
    told = mrkdwn("Shall I open the form to log this as a decision?")
    opens = button(LOG_IT, OPEN, f"{channel_id}|{message_ts}", style="primary")
    return Message(told, [section(told), actions([opens])])


def not_known() -> Message:
    """I was not there when it was written, or it is deleted."""
    return Message(
        mrkdwn(
            "I do not know that message. Please pick _Log a decision_ from its menu, if it is "
            "still there."
        )
    )
