"""That a decision which is about to be logged goes against an accepted one."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.blocks import Block, section
from bot.core.render import Mrkdwn, join, mrkdwn
from bot.features.decisions.messages.cards import named
from bot.features.decisions.rules.registry import Decision


@dataclass(frozen=True, slots=True)
class Conflict:
    """An accepted decision that a new one goes against, and the words that tell so."""

    decision: Decision
    words: tuple[str, ...]


def note(conflicts: Sequence[Conflict]) -> list[Block]:
    """What stands above the form; nothing without conflicts."""
    if not conflicts:
        return []
    intro = mrkdwn(":warning: *This may go against what was decided before:*")
    names = join(", ", [mrkdwn("{name}", name=each.decision.name) for each in conflicts])
    hint = mrkdwn("Send it off again if you mean it. The older decision can be superseded after.")
    if len(conflicts) == 1:
        hint = Mrkdwn(f"Send it off again if you mean it; {names} can be superseded afterwards.")
    return [section(join("\n", [intro, *map(_line, conflicts), hint]))]


def _line(conflict: Conflict) -> Mrkdwn:
    return mrkdwn(
        "• {name}: {title} (“{words}”)",
        name=named(conflict.decision),
        title=conflict.decision.fields.title,
        words=", ".join(conflict.words),
    )
