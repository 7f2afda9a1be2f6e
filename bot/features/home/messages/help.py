"""What help says, and who writes to Baton directly is told."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.blocks import Element, Message, actions, section
from bot.core.render import Mrkdwn, join, mrkdwn, shorten

COMMAND_DESCRIPTION: Final = "What Baton can do for you"
COMMAND_USAGE: Final = "help"


def help_text(features: Mapping[str, str]) -> Message:
    """What Baton does, feature by feature."""
    intro = mrkdwn(
        "I keep your team's async working agreement: people ask so that one answer is enough, "
        "get answers in their own working time, and find what was decided."
    )
    texts: list[Mrkdwn] = [intro, *map(Mrkdwn, features.values())]
    return Message(join("\n\n", texts), [section(text) for text in texts])


def no_verb(word: str) -> Message:
    """Something that /baton cannot do; all that it can would hide which word that was."""
    text = mrkdwn(
        "“{word}” means nothing to me here, so I changed nothing. `/baton help` tells what I know.",
        word=shorten(word, 40),
    )
    return Message(text, [section(text)])


def to_a_person(features: Mapping[str, str]) -> Message:
    """The answer to somebody who wrote to Baton directly."""
    intro = mrkdwn("I cannot talk, but this is what I do:")
    told = help_text(features)
    return Message(join("\n\n", [intro, told.text]), [section(intro), *told.blocks])


def what_to_do(offers: Sequence[Element]) -> Message:
    """The answer to somebody who sent Baton a text: what it can do with it."""
    text = mrkdwn(
        "I took that as a draft, which nobody else sees. What shall I do with it? `/baton help` "
        "tells what else I do."
    )
    return Message(text, [section(text), actions(offers)])
