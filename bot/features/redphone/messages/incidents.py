"""What is said about the channel of a page."""

from collections.abc import Iterable
from typing import Final

from bot.core.blocks import Message, actions, button, confirmed, sections
from bot.core.render import Mrkdwn, mrkdwn, shorten
from bot.features.redphone.rules.states import State

ARCHIVE: Final = "redphone.archive"
ABOUT: Final = "channels of pages"
AS_WANTED: Final = "made where they are wanted"
TO_DO: Final = "Grant the optional scopes when the app is reinstalled, or set the channels to off."
_TOPIC: Final = 200
NOT_YOURS: Final = "Only who is in that channel can archive it."
ARCHIVED_BEFORE: Final = "It is archived already."


def topic(kind: str, what: str, *, is_private: bool) -> str:
    """What stands above the channel."""
    said = shorten(f"{kind}: {what}" if kind else what, _TOPIC)
    return said if is_private else f"{said} · open to everybody here"


def not_granted(scopes: Iterable[str]) -> str:
    """For whoever looks Baton over: what it lacks to make the channels that are wanted."""
    return f"wanted, but not granted: {', '.join(scopes)}; pages are told in threads"


def over(page_id: str) -> Message:
    """In its channel, once a page is over."""
    text = mrkdwn("This page is over, and so is what this channel was made for.")
    archive = confirmed(
        button("Archive this channel", ARCHIVE, page_id, state=State.RESOLVED),
        "Archive this channel?",
        "Everybody can still read it. Nobody can write in it any more.",
        yes="Archive",
        no="Keep it",
    )
    return Message(text, [*sections(text), actions([archive])])


def archived() -> Message:
    """To whoever wanted it."""
    return said("The channel is archived in a moment.")


def said(sentence: str) -> Message:
    """One sentence, to whoever pressed."""
    return Message(Mrkdwn(mrkdwn("{sentence}", sentence=sentence)))
