"""What a digest was made from, so that its reader knows what it cannot tell."""

from dataclasses import dataclass

from bot.core.render import Mrkdwn


@dataclass(frozen=True, slots=True)
class Coverage:
    """In how many channels something was said, how many messages were read, and what was not.

    `gaps` say in words what of them could not be read, `withheld` is how many lines nobody could
    check that the reader may see. `told` is of how many channels the digest tells something that
    people or apps said.
    """

    channels: int = 0
    messages: int = 0
    gaps: tuple[Mrkdwn, ...] = ()
    withheld: int = 0
    told: int = 0
