"""What the form that completes a message says."""

from datetime import datetime
from typing import Final

from bot.core.render import Mrkdwn, join, local_time, mrkdwn

EMPTY: Final = (
    "That is what your message says already. What did you see or try, what do you need, or what "
    "would you do?"
)
NOT_A_TIME: Final = "That can be read in more than one way: "
GONE: Final = "Your message is not there any more, so there is nothing to complete."
POSTED: Final = mrkdwn("It stands in the thread of your message now.")


def asked(due: datetime | None) -> Mrkdwn:
    """What became of it; `due` is in the author's time."""
    if due is None:
        return POSTED
    return mrkdwn("It stands in the thread of your message now, due {due}.", due=local_time(due))


def either(choices: list[datetime]) -> str:
    """A time that can be read in several ways."""
    times = " or ".join(local_time(each) for each in choices[:3])
    return f"{NOT_A_TIME}{times}? Write one of them, please."


def to_copy(text: str) -> Mrkdwn:
    """I cannot post there: the words, to be pasted."""
    intro = mrkdwn(
        "I cannot post there just now. Here are your words, to paste in the thread of your message:"
    )
    return join("\n\n", [intro, mrkdwn("{text}", text=text)])
