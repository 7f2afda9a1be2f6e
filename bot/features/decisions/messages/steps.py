"""What the owner of a workflow's decision is asked, and how its step ends."""

from typing import Final

from bot.core.blocks import Message, actions, button, sections
from bot.core.render import Channel, Quote, mrkdwn
from bot.features.decisions.messages.cards import named
from bot.features.decisions.rules.registry import TEXT_LENGTH, Decision, Status

LOOK: Final = "decisions.step_look"
NO_DECISION: Final = "decisions.step_no"

NO_TITLE: Final = "The step “Log a decision” needs a title."
NO_OWNER: Final = (
    "The owner cannot confirm the decision: pick a full member of this workspace, not a guest or "
    "an app."
)
NO_CHANNEL: Final = (
    "I am not in that channel, or the owner cannot open it: invite me, or pick another one."
)
NO_MESSAGE: Final = "The link leads to no message of that channel: use its “Copy link”."
NOT_THERE: Final = (
    "I am not in that channel, the owner cannot open it, the link leads to no message of it, or "
    "the thread has its decision already."
)
"""The same for all of these where not everybody may look, so that it tells nobody which."""
NOT_REACHED: Final = "I could not ask the owner: they want no messages, or I am paused here."
NO_ANSWER: Final = "The owner did not answer within 7 days, so nothing was logged."
REFUSED: Final = "The owner says that this is no decision."
OWNER_ERASED: Final = "The owner had their data erased, so nothing was logged."

KEEPS: Final = "Decisions that a workflow asked you to confirm"
KEPT_FOR: Final = "until you answered, 7 days at most, and a day longer"


def taken(name: str, status: Status) -> str:
    """The step ends: the thread has its decision, or is on the way to one."""
    match status:
        case Status.PROPOSED:
            return f"That thread is being proposed as {name}, so it is not decided yet."
        case Status.REJECTED:
            return f"That thread was proposed as {name}, and rejected."
        case _:
            return f"That thread is already logged as {name}."


def ask(step_id: str, title: str, why: str, channel_id: str) -> Message:
    """To the owner: what a workflow says was decided."""
    template = (
        "A workflow says that this was decided in {where}, and names you as its owner: *{title}*"
    )
    told = mrkdwn(
        template + ("\n{why}" if why else ""),
        where=Channel(channel_id),
        title=title,
        why=Quote(why, TEXT_LENGTH),
    )
    buttons = actions(
        [
            button("Look and log", LOOK, step_id, style="primary"),
            button("Not a decision", NO_DECISION, step_id),
        ]
    )
    return Message(told, [*sections(told), buttons])


def logged(decision: Decision) -> Message:
    """In the place of the question: it is logged."""
    return Message(
        mrkdwn("Logged as {name}: {title}", name=named(decision), title=decision.fields.title)
    )


def not_decided(decision: Decision) -> Message:
    """In the place of the question: others are asked about the thread first, or said no."""
    return Message(
        mrkdwn(
            "This thread is in the registry as {name} ({status}), so nothing was logged: {title}",
            name=named(decision),
            status=decision.status,
            title=decision.fields.title,
        )
    )


def refused(title: str) -> Message:
    """In the place of the question: it is no decision."""
    return Message(mrkdwn("You said that this is no decision: {title}", title=title))


def too_late(title: str) -> Message:
    """In the place of the question: the workflow waits no longer."""
    return Message(
        mrkdwn("The workflow did not wait any longer, so this was not logged: {title}", title=title)
    )


def is_over() -> Message:
    """A press after the end."""
    return Message(
        mrkdwn("The workflow does not wait for this any more, or you cannot open its channel.")
    )


def waits_no_more() -> str:
    """Under the field of the form."""
    return "The workflow does not wait for this any more, so nothing was logged."
