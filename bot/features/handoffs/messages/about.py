"""What hand-offs say about themselves."""

from typing import Final

COMMAND_DESCRIPTION: Final = "Hand over what you stop with, so that somebody carries it on"
COMMAND_USAGE: Final = "@person what | list | help"
BENEFIT: Final = (
    "*Stop working with a clear head:* what you cannot finish goes to whoever starts next, and "
    "they say “I have it”: `/handoff`"
)
HELP: Final = (
    "*Hand-offs.* `/handoff` opens a form with what I know of your day: you say what is done and "
    "who carries on the rest. The next one takes it, asks back or passes it on, and where nobody "
    "takes it, it comes back to you. `/handoff help` tells about chains, blockers, stand-ins and "
    "stand-ups in writing."
)
NOTES_HELP: Final = (
    "*Hand over* what you stop with:\n"
    "• `/handoff` opens today's hand-off, with what I know of your day. Close it half-way, and "
    "the pages that you went on from are still there\n"
    "• `/handoff @ana the copy of the landing page` hands over one thing\n"
    "• `/handoff list` shows what is with you, and what you handed over\n"
    "• “Offer a hand-off at the end of the day” can be switched on for a channel, and “Offer me a "
    "hand-off” switched off for you, in `/baton settings`"
)
CHAINS_HELP: Final = (
    "*Batons and chains.* What somebody must carry on is a baton: its card stands in the channel, "
    "and whoever it is for takes it, asks back or passes it on. What nobody takes in time goes to "
    "the next one in the chain, and at last back to whoever handed it over.\n"
    "• `/handoff chain` shows the channel's chains, and where every baton is\n"
    "• `/handoff chain @first @second` sets who carries things on after whom; "
    "`/handoff chain apollo @first @second` does so for one project, `/handoff chain off` ends it"
)
BLOCKERS_HELP: Final = (
    "*Blockers*\n"
    "• `/handoff blocked @ana the contract` notes whom you wait for: I ask them in your name, and "
    "remind them when it is due\n"
    "• `/handoff blockers` shows what blocks you and whom you block"
)
STAND_INS_HELP: Final = (
    "*Stand-ins*\n"
    "• `/handoff stand-in @ana` names who answers in your place on your next leave, `until Friday` "
    "behind it says until when; `/handoff stand-in off` takes it back, and `/handoff stand-in` "
    "shows it\n"
    "• Whoever asks you something meanwhile sees who stands in, and may ask them instead"
)
STANDUPS_HELP: Final = (
    "*Stand-ups in writing*, in a channel, at everybody's own local time:\n"
    "• `/handoff standup` shows when it is, and lets you write or take no part\n"
    "• `/handoff standup 09:30 Mon-Thu` sets it, `/handoff standup off` ends it\n"
    "• `/handoff standup week` shows what was promised, delivered and blocked this week"
)
COMMANDS: Final = (NOTES_HELP, CHAINS_HELP, BLOCKERS_HELP, STAND_INS_HELP, STANDUPS_HELP)
"""All that can be typed, in parts."""
