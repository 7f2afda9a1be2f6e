"""How decisions stand in what somebody hands over at the end of a day; plain text."""

from bot.features.decisions.rules.proposals import Concern
from bot.features.decisions.rules.registry import Decision


def decided(decision: Decision) -> str:
    """What somebody logged, or what they proposed and was accepted."""
    return f"Decided: {_named(decision)}"


def settled(decision: Decision, concern: Concern) -> str:
    """A concern that somebody settled."""
    return f"Settled the concern “{concern.name}” about {_named(decision)}"


def reviewed(decision: Decision) -> str:
    """A proposal of which somebody said what they think."""
    return f"Reviewed {_named(decision)}"


def proposed(decision: Decision) -> str:
    """What somebody proposed, and others look at."""
    return f"Proposed: {_named(decision)}"


def held_up(decision: Decision, concern: Concern) -> str:
    """What is in the way of what somebody proposed."""
    return f"Concern “{concern.name}” about {_named(decision)}"


def _named(decision: Decision) -> str:
    return f"{decision.name} {decision.fields.title}"
