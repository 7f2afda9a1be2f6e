"""What the coach says."""

from datetime import datetime
from typing import Final

from bot.core.blocks import Block, Message, actions, button, context, section
from bot.core.people import Person
from bot.core.render import Mention, mrkdwn

HINTS_OFF: Final = "coach.hints_off"
HINTS_ON: Final = "coach.hints_on"
HELP: Final = (
    "*Coach.* If a message of yours cannot be answered yet, I tell you how to complete it. "
    "Only you see that, and you can switch it off."
)


def naked_hello(addressee: Person, local_now: datetime) -> Message:
    """The hint for a greeting without a question."""
    text = mrkdwn(
        "It is {time} for {who}, and a hello is all there is to answer. "
        "Add *what it is about*, *what you need* and *by when*, "
        "and the answer can be there when you next look.",
        time=f"{local_now:%H:%M}",
        who=Mention(addressee.user_id),
    )
    example = mrkdwn(
        "For example: _Hi! The signup page has been timing out since yesterday, log: (link). "
        "Can you look at the pool size before Thursday? I would set it to 20._"
    )
    off = button("Stop these hints", HINTS_OFF)
    return Message(text, [section(text), context(example), actions([off])])


def hints_are_off() -> Message:
    """The answer to switching hints off."""
    text = mrkdwn("No more hints for you. You can switch them on again here or on my Home tab.")
    return Message(text, [section(text), actions([button("Switch on again", HINTS_ON)])])


def hints_are_on() -> Message:
    """The answer to switching hints on."""
    return Message(mrkdwn("Hints are on again. Only you will see them."))


def home(*, wants_hints: bool) -> list[Block]:
    """The coach's part of the App Home."""
    if wants_hints:
        text = mrkdwn("*Hints* are on: I tell you alone when a message cannot be answered yet.")
        return [section(text, accessory=button("Switch off", HINTS_OFF))]
    text = mrkdwn("*Hints* are off.")
    return [section(text, accessory=button("Switch on", HINTS_ON))]
