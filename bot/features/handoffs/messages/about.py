"""What people are told about hand-offs."""

from typing import Final

BATONS_HELP: Final = (
    "What somebody must carry on is a baton: its card stands in the channel, and the next person "
    "takes it, asks back or passes it on."
)
BLOCKERS_HELP: Final = (
    "• `/handoff blocked @ana the contract` notes whom you wait for: I ask them in your name, and "
    "remind them when it is due. `/handoff blockers` shows what blocks you and whom you block"
)
