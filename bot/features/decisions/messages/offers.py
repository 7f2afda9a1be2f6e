"""The offer to log what a thread settled, and what is said of what nobody logged."""

from typing import Final

from bot.core.blocks import Message, actions, button, section
from bot.core.render import Channel, Link, mrkdwn
from bot.features.decisions.messages.entries import LOG_IT, OPEN

NO_DECISION: Final = "decisions.offer_no"
STOP: Final = "decisions.offer_stop"
AGAIN: Final = "decisions.offer_again"

KEEPS: Final = "Threads that you were offered to log as a decision"
KEPT_FOR: Final = "90 days"


def offer(
    channel_id: str, decided_ts: str, root_ts: str, settled: Link, *, is_theirs: bool
) -> Message:
    """The one offer; `is_theirs`: its reader settled it, else they began the thread."""
    template = (
        "It looks as if you settled in {where}: {settled}"
        if is_theirs
        else "It looks as if your thread in {where} settled: {settled}"
    )
    told = mrkdwn(
        template + "\nLog it as a decision?",
        where=Channel(channel_id),
        settled=settled,
    )
    place = f"{channel_id}|{root_ts}"
    buttons = actions(
        [
            button(LOG_IT, OPEN, f"{channel_id}|{decided_ts}", style="primary"),
            button("Not a decision", NO_DECISION, place),
            button("Don't offer again", STOP),
        ]
    )
    return Message(told, [section(told), buttons], frozenset({(channel_id, decided_ts)}))


def no_decision(channel_id: str) -> Message:
    """It was none, says whoever was asked."""
    return Message(
        mrkdwn("Noted: in {where} no decision is missing here.", where=Channel(channel_id))
    )


def stopped() -> Message:
    """No offers any more."""
    told = mrkdwn(
        "I will not offer you to log decisions any more. _Log a decision_ in the menu of a message "
        "is always there."
    )
    return Message(told, [section(told), actions([button("Offer them again", AGAIN)])])


def again() -> Message:
    """Offers come again."""
    return Message(mrkdwn("When you settle something, I will offer you to log it."))


def not_asked() -> Message:
    """The offer is of somebody else, or long ago."""
    return Message(mrkdwn("This offer is no longer open."))
