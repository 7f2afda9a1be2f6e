"""What people are told when nobody has taken a baton yet."""

from datetime import datetime
from typing import Final

from bot.core.blocks import Message, actions, section
from bot.core.people import Person
from bot.core.render import Link, Mention, Mrkdwn, join, mrkdwn, shorten
from bot.features.handoffs.messages.batons import FOR_HOLDER, buttons
from bot.features.handoffs.rules.relay import Next
from bot.features.handoffs.rules.shown import BatonShown

WHAT_LENGTH: Final = 120


def reminder(shown: BatonShown, reader: Person, goes_on_at: datetime, to: Next | None) -> Message:
    """To whoever is to take a baton, once: what becomes of it otherwise."""
    asked = mrkdwn(
        "Can you take this, from {sender}? {what}",
        sender=Mention(shown.sender_id),
        what=Link(shown.link, shorten(shown.what, WHAT_LENGTH)),
    )
    rest = otherwise("If you cannot, that is fine:", shown, reader, goes_on_at, to)
    text = join("\n", [asked, rest])
    doing = buttons(shown, FOR_HOLDER[shown.state], for_many=False)
    blocks = [section(text), actions(doing)]
    return Message(text, blocks, besides=frozenset({shown.channel_id}))


def otherwise(
    begin: str, shown: BatonShown, reader: Person, goes_on_at: datetime, to: Next | None
) -> Mrkdwn:
    """What becomes of a baton that its reader does not take: when it goes where."""
    return mrkdwn(
        "{begin} {at} it goes {on} to {who}.",
        begin=begin,
        at=reader.moment(goes_on_at),
        on="on" if to is not None else "back",
        who=Mention(to.person.user_id if to is not None else shown.sender_id),
    )


def rests(shown: BatonShown, found: Next, reader: Person) -> Message:
    """To whoever handed something over: it waits for somebody who starts later."""
    text = mrkdwn(
        "{what} was not taken so far. It is with {who} now, whose day begins {at} (your time).",
        what=Link(shown.link, shorten(shown.what, WHAT_LENGTH)),
        who=Mention(found.person.user_id),
        at=reader.moment(found.starts_at),
    )
    return Message(text, besides=frozenset({shown.channel_id}))
