"""What the form that completes a message says."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.core.render import Mention, Mrkdwn, join, local_time, mrkdwn

EMPTY: Final = (
    "That is what your message says already. What did you see or try, what do you need, or what "
    "would you do?"
)
NOT_A_TIME: Final = "That can be read in more than one way: "
GONE: Final = "Your message is not there any more, so there is nothing to complete."
_WHO_CAN_BE: Final = "only full members who can open this channel can be asked."
POSTED: Final = mrkdwn("It stands in the thread of your message now.")


def asked(
    due: Sequence[datetime],
    left_out: Sequence[str] = (),
    off: Sequence[str] = (),
    *,
    asks_nobody: bool = False,
) -> Mrkdwn:
    """What became of it; `due` are times in the author's zone, if they named one.

    `left_out` cannot be asked there, and `off` do not want to be asked by me; both are ids.
    `asks_nobody`: it was meant to ask somebody.
    """
    parts = [POSTED]
    if due:
        times = join(" or ", [mrkdwn("{due}", due=local_time(each)) for each in due])
        parts = [Mrkdwn(f"It stands in the thread of your message now, due {times}.")]
    if left_out:
        parts.append(Mrkdwn(f"I could not ask {_all_of(left_out)}: {_WHO_CAN_BE}"))
    if off:
        parts.append(Mrkdwn(f"I may not write to {_all_of(off)}. Please ask them yourself."))
    if asks_nobody and not left_out and not off:
        parts.append(mrkdwn("It asks nobody."))
    return join(" ", parts)


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


def _all_of(user_ids: Sequence[str]) -> Mrkdwn:
    return join(", ", [mrkdwn("{who}", who=Mention(each)) for each in user_ids])
