"""How somebody who is asked to join is reached."""

from collections.abc import Collection, Mapping
from typing import Final

from bot.features.redphone.rules.policies import OWN, Way

_KIND_OF: Final[Mapping[Way, str]] = {Way.EMAIL: "email", Way.SMS: "phone", Way.VOICE: "phone"}
"""Which kind of address a way needs."""


def own_ways(kinds: Collection[str], pagers: Collection[str]) -> tuple[Way, ...]:
    """Somebody's own ways outside of Slack: set up here, and with an address they confirmed."""
    return tuple(way for way in OWN if way in pagers and _KIND_OF[way] in kinds)
