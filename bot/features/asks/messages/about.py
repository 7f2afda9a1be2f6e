"""What asks say about themselves: help, commands, and what is kept."""

from typing import Final

from bot.core.blocks import Message
from bot.core.render import mrkdwn

COMMAND_DESCRIPTION: Final = "Ask somebody, with a time to answer in their own working day"
COMMAND_USAGE: Final = "@person what [by Thursday 2 pm] [urgent: why] | list | stats | help"
SHORTCUT_NAME: Final = "Ask async"
SHORTCUT_DESCRIPTION: Final = (
    "Ask by a form: what, of whom, by when, and what you do if nobody answers"
)
WAIT_NAME: Final = "Waiting for a reply"
WAIT_DESCRIPTION: Final = "Keep track of who owes you a reply to this message"
HELP: Final = (
    "*Asks.* Ask somebody something with an @mention and I keep track of it: they have one working "
    "day of their own to answer, or until the time you name (“by Thursday 2 pm”). An answer or a "
    ":white_check_mark: closes it, :eyes: says “on it”. I remind them privately, while they work: "
    "before it is due in their digest or by one message, and once when it is overdue. "
    "`/ask @ana …` asks from anywhere; `/ask` opens a form; `/ask list` shows what waits; a "
    "message's menu has “Waiting for a reply”. I see no direct messages between people: `/ask` and "
    "that menu are the way there."
)
BENEFIT: Final = (
    "*Ask and forget it:* I keep what you ask until it is answered, and remind people while they "
    "work, never at night: `/ask @ana which day suits you?`"
)
KEEPS: Final = (
    "Who asked whom for an answer, where, when it came and how it went, without the words, which "
    "go when their messages do"
)
KEPT_FOR: Final = "a year; what you wrote in my forms {texts}"

WITHOUT_FILES: Final = "Figures come as text, without a picture: I may not upload files."


def help_text() -> Message:
    """What /ask can do."""
    return Message(
        mrkdwn(
            HELP
            + "\n• `/ask @ana is the copy final? by Thursday 2 pm`\n"
            + "• `/ask @ben the build is red urgent: the release waits for it`\n"
            + "• `/ask list` what waits on you and what you wait for. The menu beside each lets "
            + "you delegate, decline or snooze what you are asked; what you asked you "
            + "can take back, and from its due time on ask somebody else, too\n"
            + "• The form can wait until a time, or until their working day begins; `/ask list` "
            + "shows what is scheduled\n"
            + "• `/ask stats` how quickly answers come, never per person\n"
            + "• What you write to one person within five minutes is one ask. A later message that "
            + "names a time of its own is another"
        )
    )
