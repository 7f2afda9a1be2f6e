"""What whoever is paged gets."""

from typing import Final

from bot.core.blocks import Block, Message, actions, button, sections
from bot.core.render import Mention, Quote, mrkdwn
from bot.features.redphone.rules.notices import Notice

ACKNOWLEDGE: Final = "redphone.acknowledge"


def notice(shown: Notice) -> Message:
    """A page, as whoever is paged reads it."""
    text = mrkdwn(
        ":rotating_light: {caller} needs you now:\n{what}",
        caller=Mention(shown.caller_id),
        what=Quote(shown.what, 2_000),
    )
    blocks: list[Block] = sections(text)
    if shown.is_open:
        blocks.append(actions([button("I'm on it", ACKNOWLEDGE, shown.page_id, style="primary")]))
    return Message(text, blocks)
