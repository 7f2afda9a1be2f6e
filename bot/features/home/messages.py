"""What App Home and help say."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.blocks import Block, Element, Message, actions, context, divider, header, section
from bot.core.blocks import home as home_view
from bot.core.people import Person
from bot.core.render import Mrkdwn, join, mrkdwn
from bot.core.replies import View

COMMAND_DESCRIPTION: Final = "What Baton can do for you"
COMMAND_USAGE: Final = "help"


def home(person: Person, parts: Sequence[Sequence[Block]]) -> View:
    """Somebody's App Home, from the parts of all features."""
    blocks = [header(f"Your board, {person.name}")]
    for part in parts:
        if part:
            blocks += [*part, divider()]
    footer = mrkdwn("Only you see this page. `/baton help` tells what I do.")
    return home_view([*blocks, context(footer)])


def no_home() -> View:
    """What a guest, or somebody who was a member, finds there."""
    return home_view([section(mrkdwn("I work with full members of this workspace."))])


def help_text(features: Mapping[str, str]) -> Message:
    """What Baton does, feature by feature."""
    intro = mrkdwn(
        "I keep your team's async working agreement: people ask so that one answer is enough, "
        "get answers in their own working time, and find what was decided."
    )
    texts: list[Mrkdwn] = [intro, *map(Mrkdwn, features.values())]
    return Message(join("\n\n", texts), [section(text) for text in texts])


def to_a_person(features: Mapping[str, str]) -> Message:
    """The answer to somebody who wrote to Baton directly."""
    intro = mrkdwn("I cannot talk, but this is what I do:")
    told = help_text(features)
    return Message(join("\n\n", [intro, told.text]), [section(intro), *told.blocks])


def what_to_do(offers: Sequence[Element]) -> Message:
    """The answer to somebody who sent Baton a text: what it can do with it."""
    text = mrkdwn("I keep that to myself. What shall I do with it? `/baton help` tells the rest.")
    return Message(text, [section(text), actions(offers)])
