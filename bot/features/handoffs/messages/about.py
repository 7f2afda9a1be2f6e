"""What people are told about hand-offs."""

from typing import Final

BATONS_HELP: Final = (
    "What somebody must carry on is a baton: its card stands in the channel, and the next person "
    "takes it, asks back or passes it on."
)
CHAINS_HELP: Final = (
    "`/handoff chain @first @second` sets who carries things on after whom: what nobody takes "
    "within two hours of their own working time goes on, and `/handoff chain` shows where it is."
)
BLOCKERS_HELP: Final = (
    "• `/handoff blocked @ana the contract` notes whom you wait for: I ask them in your name, and "
    "remind them when it is due. `/handoff blockers` shows what blocks you and whom you block"
)
