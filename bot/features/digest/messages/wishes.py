"""More or less of a channel, in words."""

from typing import Final

from bot.core.blocks import Element, Message, actions, button, overflow, section
from bot.core.render import Channel, Mrkdwn, join, mrkdwn
from bot.features.digest.messages.names import UNDO_WISH, WISH
from bot.features.digest.rules.wishes import MOST_SHOWN, Wish, WishFor

_ENTRIES: Final = {
    Wish.MORE: "More of this channel",
    Wish.LESS: "Less of this channel",
    Wish.USUAL: "As usual",
}


def menu(channel_id: str, holds: Wish) -> Element:
    """What a reader may wish of a channel, beside its title; what holds has a tick."""
    return overflow(
        WISH,
        {
            WishFor(wish, channel_id).reference: f"✓ {label}" if wish is holds else label
            for wish, label in _ENTRIES.items()
        },
    )


def noted(channel_id: str, wish: Wish, before: Wish) -> Message:
    """What holds from the next digest on, with a way back."""
    text = _holds(channel_id, wish)
    undo = button("Undo", UNDO_WISH, WishFor(before, channel_id).reference)
    return Message(text, [section(text), actions([undo])])


def undone(channel_id: str, wish: Wish) -> Message:
    """It is as it was before."""
    return Message(join(" ", [mrkdwn("Taken back."), _holds(channel_id, wish)]))


def holds_already(channel_id: str, wish: Wish) -> Message:
    """Nothing is to be changed."""
    return Message(join(" ", [mrkdwn("It is like that already."), _holds(channel_id, wish)]))


def gone() -> Message:
    """The channel is out of reach by now."""
    return Message(
        mrkdwn("You or I are not in that channel any more, so it is in your digest no longer.")
    )


def _holds(channel_id: str, wish: Wish) -> Mrkdwn:
    return mrkdwn(_HOLDS[wish], channel=Channel(channel_id), most=MOST_SHOWN[wish])


_HOLDS: Final = {
    Wish.MORE: "From your next digest on, up to {most} conversations of {channel} have a line.",
    Wish.LESS: "From your next digest on, of {channel} you read what was settled or mentions you, "
    "and how much else there was.",
    Wish.USUAL: "From your next digest on, {channel} is told as usual: up to {most} conversations.",
}
