"""What `/digest` answers."""

from datetime import datetime

from bot.core.agreement.switches import on_button
from bot.core.blocks import Message, actions, section
from bot.core.render import local_time, mrkdwn
from bot.features.digest.rules.settings import WANTED


def is_off() -> Message:
    """Somebody asks who has switched it off."""
    text = mrkdwn("Your digest is off. `/digest now` shows it at once, all the same.")
    return Message(text, [section(text), actions([on_button(WANTED, "Switch on again")])])


def nothing_new() -> Message:
    """There is nothing to say."""
    return Message(mrkdwn("Nothing waits on you, and nothing happened since you stopped working."))


def scheduled(when: datetime) -> Message:
    """When the next digest comes."""
    return Message(
        mrkdwn(
            "Your next digest comes {when} (your time), if there is something to say. "
            "`/digest now` shows it at once.",
            when=local_time(when),
        )
    )


def not_enrolled() -> Message:
    """Somebody asks who is in no channel with Baton."""
    return Message(
        mrkdwn("You get a digest once you are in a channel that I am in, too: `/invite` me there.")
    )
