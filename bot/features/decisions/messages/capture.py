"""What is said where a decision is logged."""

from typing import Final

from bot.core.blocks import Message
from bot.core.render import mrkdwn
from bot.features.decisions.messages.cards import named
from bot.features.decisions.rules.registry import Decision

LOG: Final = "decisions.log"
LOG_NAME: Final = "Log a decision"
LOG_DESCRIPTION: Final = "Record what was decided here in the decision registry"


def already_logged(decision: Decision) -> Message:
    """This thread has its decision."""
    return Message(
        mrkdwn(
            "This thread is already logged as {name}: {title}",
            name=named(decision),
            title=decision.fields.title,
        )
    )


def invite_me_first() -> Message:
    """Nobody could be shown what is logged here, because nobody can tell who may see it."""
    return Message(
        mrkdwn(
            "I am not in this conversation, so nobody would find the decision again. "
            "Please invite me first."
        )
    )


def not_yours() -> str:
    """The form was opened by somebody else, or long ago."""
    return "This form is no longer good. Please open it again from the message's menu."


def no_title() -> str:
    """Under the field of the form."""
    return "Please write in a few words what was decided."
