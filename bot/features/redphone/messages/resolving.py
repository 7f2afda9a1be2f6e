"""That a page is over: what people are told of it."""

from typing import Final

from bot.core.blocks import Message, context, sections
from bot.core.render import Mention, Quote, join, mrkdwn
from bot.features.redphone.rules.acknowledging import REOPENED_WITHIN

NO_WORDS: Final = "Please write in a sentence what it was, and what was done."
_MINUTES: Final = int(REOPENED_WITHIN.total_seconds()) // 60
TOO_LATE: Final = (
    f"It was resolved more than {_MINUTES} minutes ago. If it is back, page again with /redphone."
)
REOPENED: Final = "It is open again, with whoever had it."
UNDO: Final = f"If that was too early: “Reopen” in my message works for {_MINUTES} minutes."


def caller_told(by: str, words: str, what: str, *, is_drill: bool) -> Message:
    """To the caller, and to whoever had it if somebody else resolved it."""
    template = "*This was a test.* {who} ended it:" if is_drill else "{who} resolved it:"
    parts = [
        mrkdwn(f":white_check_mark: {template}", who=Mention(by)),
        mrkdwn("{words}", words=Quote(words, 2_000)),
    ]
    text = join("\n", parts)
    about = mrkdwn("It was about: {what}", what=what)
    return Message(join("\n", [text, about]), [*sections(text), context(about)])


def reopened(by: str, what: str) -> Message:
    """To the caller, and to whoever had it, if somebody else reopened it."""
    text = mrkdwn(
        "{who} reopened it, it is not over yet:\n{what}", who=Mention(by), what=Quote(what)
    )
    return Message(text, sections(text))
