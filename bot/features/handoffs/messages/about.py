"""What is said about hand-offs in the help."""

from typing import Final

STANDUPS_HELP: Final = (
    "`/handoff standup` in a channel: a stand-up in writing, at everybody's own local time."
)
