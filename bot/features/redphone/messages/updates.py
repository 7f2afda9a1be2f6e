"""How it goes with a page: what people are told of it."""

from typing import Final

from bot.core.blocks import Message, section
from bot.core.render import Mention, Quote, join, mrkdwn

NO_WORDS: Final = "Please write how it goes, in a few words."
TOO_LONG: Final = (
    "There was no update for nearly four hours, so I cannot wait longer before I ask. Please post "
    "a short update first."
)


def noted(at: str) -> Message:
    """To whoever told how it goes; `at` is when they are asked next, in their time."""
    return Message(mrkdwn("Noted. Without another update I ask again: {at}.", at=at))


def still_on_it(at: str) -> Message:
    """To whoever is still on it, or put off being asked."""
    return Message(mrkdwn("You are on it. I ask again: {at}.", at=at))


def handed_back() -> Message:
    """To whoever handed it back."""
    return Message(mrkdwn("You handed it back, and I page on."))


def told(by: str, words: str, what: str) -> Message:
    """To the caller, who does not see the card."""
    parts = [
        mrkdwn("{who}, who is on what you paged about:", who=Mention(by)),
        mrkdwn("{words}", words=Quote(words, 2_000)),
        mrkdwn("It is about: {what}", what=what),
    ]
    text = join("\n", parts)
    return Message(text, [section(text)])
