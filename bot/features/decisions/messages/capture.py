"""What is said where a decision is logged."""

from collections.abc import Mapping
from typing import Final

from bot.core.blocks import Message, actions, button, section
from bot.core.render import Mrkdwn, join, mrkdwn
from bot.features.decisions.messages.cards import named
from bot.features.decisions.messages.names import AMEND
from bot.features.decisions.rules.filled import Flag
from bot.features.decisions.rules.registry import MAX_TAGS, Decision, Status

LOG: Final = "decisions.log"
LOG_NAME: Final = "Log a decision"
LOG_DESCRIPTION: Final = "Record what was decided here in the decision registry"
LOG_USAGE: Final = "log [link to a message | words]"
USE_IT: Final = "Use it"

_FLAGS: Final[Mapping[Flag, str]] = {
    Flag.NOTHING_SETTLED: "I found no message that settles it. Is it decided?",
    Flag.UNSETTLED: "An objection looks unsettled. Please say below how it was settled, or that "
    "it was not.",
    Flag.NO_APPROVAL: "I could not tell who agreed. Please check before you log it.",
    Flag.NO_REASON: "I found no reason for it. Please say why, if you know.",
}


def already_logged(decision: Decision, after: Decision | None = None) -> Message:
    """This thread has its decision, which can be amended while it holds.

    `after` is what replaced it, as far as the reader may see that.
    """
    holds = decision.status is Status.ACCEPTED
    text = mrkdwn(
        "This thread is already logged as {name}{status}: {title}",
        name=named(decision),
        status="" if holds else f" ({decision.status})",
        title=decision.fields.title,
    )
    if holds:
        amend = button("Amend", AMEND, str(decision.number))
        return Message(text, [section(text), actions([amend])])
    parts = [text]
    if after is not None:
        template = "It was replaced by {name}: {title}"
        parts.append(mrkdwn(template, name=named(after), title=after.fields.title))
    if decision.status is not Status.PROPOSED:
        parts.append(Mrkdwn("For a new one type `/decision log` without a link."))
    return Message(join("\n", parts))


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
