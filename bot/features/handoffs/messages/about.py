"""What hand-offs say about themselves."""

from typing import Final

COMMAND_DESCRIPTION: Final = "Hand over what you stop with, so that somebody carries it on"
COMMAND_USAGE: Final = "@person what | list | chain | blockers | help"
BENEFIT: Final = (
    "*Stop working with a clear head:* what you cannot finish goes to whoever starts next, and "
    "they say “I have it”: `/handoff`"
)
HELP: Final = (
    "*Hand-offs.* `/handoff` opens a form with what I know of your day: you say what is done and "
    "who carries on the rest. Where a channel switched it on, I offer it before your day ends; "
    "“Nothing to hand over” is one click."
)
NOTES_HELP: Final = (
    "*Hand over* what you stop with:\n"
    "• `/handoff` opens today's hand-off, with what I know of your day. Close it half-way, and "
    "the pages that you went on from are still there\n"
    "• `/handoff @ana the copy of the landing page` hands over one thing\n"
    "• `/handoff list` shows what you have and what you handed over\n"
    "• “Offer a hand-off at the end of the day” can be switched on for a channel, and “Offer me a "
    "hand-off” switched off for you, in `/baton settings`"
)
BATONS_HELP: Final = (
    "What somebody must carry on is a baton: its card stands in the channel, and the next person "
    "takes it, asks back or passes it on."
)
STANDUPS_HELP: Final = (
    "`/handoff standup` in a channel: a stand-up in writing, at everybody's own local time."
)
CHAINS_HELP: Final = (
    "`/handoff chain @first @second` sets who carries things on after whom: what nobody takes "
    "within two hours of their own working time goes on, and `/handoff chain` shows where it is."
)
BLOCKERS_HELP: Final = (
    "• `/handoff blocked @ana the contract` notes whom you wait for: I ask them in your name, and "
    "remind them when it is due. `/handoff blockers` shows what blocks you and whom you block"
)
