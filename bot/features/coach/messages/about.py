"""What the coach says."""

from datetime import datetime
from typing import Final

from bot.core.agreement.switches import off_button
from bot.core.blocks import Message, actions, context, section
from bot.core.people import Person
from bot.core.render import Mention, mrkdwn
from bot.features.coach.rules.settings import HINTS

HELP: Final = (
    "*Coach.* If a message of yours cannot be answered yet, I tell you how to complete it. "
    "Only you see that, and you can switch it off. In a new channel I only count, until its "
    "creator or an admin switches me on: `/baton settings channel`."
)
KEEPS: Final = "Which of your messages I had a hint for"
KEPT_FOR: Final = "90 days"


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
    off = off_button(HINTS, "Stop these hints")
    return Message(text, [section(text), context(example), actions([off])])
