"""What people are told about hand-offs."""

from typing import Final

BATONS_HELP: Final = (
    "What somebody must carry on is a baton: its card stands in the channel, and the next person "
    "takes it, asks back or passes it on."
)
