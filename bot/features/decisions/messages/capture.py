"""What is said where a decision is logged."""

from collections.abc import Mapping
from typing import Final

from bot.core.blocks import Message, actions, button, section
from bot.core.render import Mrkdwn, mrkdwn
from bot.features.decisions.messages.cards import named
from bot.features.decisions.messages.names import AMEND
from bot.features.decisions.rules.filled import Flag
from bot.features.decisions.rules.registry import MAX_TAGS, Decision

LOG: Final = "decisions.log"
LOG_NAME: Final = "Log a decision"
LOG_DESCRIPTION: Final = "Record what was decided here in the decision registry"
LOG_USAGE: Final = "log [link to a message | words]"
USE_IT: Final = "Use it"

_FLAGS: Final[Mapping[Flag, str]] = {
    Flag.NOTHING_SETTLED: "I found no message that settles it. Is it decided?",
    Flag.UNSETTLED: "An objection looks unsettled. Please say below how it was settled, or that "
    "it was not.",
    Flag.NO_APPROVAL: "I found nobody else who said yes to it.",
    Flag.NO_REASON: "I found no reason for it. Please say why, if you know.",
}


def already_logged(decision: Decision) -> Message:
    """This thread has its decision, which can be amended."""
    text = mrkdwn(
        "This thread is already logged as {name}: {title}",
        name=named(decision),
        title=decision.fields.title,
    )
    return Message(text, [section(text), actions([button("Amend", AMEND, str(decision.number))])])


def invite_me_first() -> Message:
    """Nobody could be shown what is logged here, because nobody can tell who may see it."""
    return Message(
        mrkdwn(
            "I am not in this conversation, so nobody would find the decision again. "
            "Please invite me first."
        )
    )


def logged_elsewhere(decision: Decision) -> Mrkdwn:
    """Logged where Baton is not a member, from the one message that it was shown."""
    return mrkdwn(
        "Logged as {name}. I am not in that conversation: I saw only this one message, and "
        "I could not post a card there. Type `/invite @Baton` in it if you want one next time.",
        name=named(decision),
    )


def only_in_channels() -> Message:
    """Somebody typed it where nobody else would find the decision."""
    return Message(
        mrkdwn("A decision belongs to a channel, where others find it. Please type this in one.")
    )


def no_such_message() -> Message:
    """There is no such message, or none the person may see."""
    return Message(mrkdwn("I found no such message that you can open."))


def no_link() -> Message:
    """What was typed is an address, but not of a message here."""
    return Message(
        mrkdwn("That is no link to a message here. _Copy link_ in a message's menu gives you one.")
    )


def draft_is_ready() -> Mrkdwn:
    """Above the fields, when a model has read the thread."""
    return mrkdwn(
        "*A draft from the thread is ready.* It was drafted with AI and replaces what stands in "
        "the fields that it fills in."
    )


def from_draft() -> Mrkdwn:
    """Above the fields that a model filled in."""
    return mrkdwn("Drafted with AI from the thread. Please read it before you log it.")


def flagged(flag: Flag) -> Mrkdwn:
    """What to look at, in a line."""
    return mrkdwn(":warning: {sentence}", sentence=_FLAGS[flag])


def unsettled(sentence: str) -> Mrkdwn:
    """What a model found to be open, in a line."""
    return mrkdwn(":warning: Still open: {sentence}", sentence=sentence)


def what_you_wrote() -> Mrkdwn:
    """Above what somebody typed in vain."""
    return mrkdwn("This is what you wrote, to copy:")


def not_yours() -> str:
    """The form was opened by somebody else, or long ago."""
    return "This form is no longer good. Please open it again from the message's menu."


def no_title() -> str:
    """Under the field of the form."""
    return "Please write in a few words what was decided."


def day_is_over() -> str:
    """Under the day on which to look again."""
    return "This day is over. Please pick today or a later one."


def too_many_tags(count: int) -> str:
    """Under the tags."""
    return f"These are {count} tags. A decision can have {MAX_TAGS}: which ones matter most?"
