"""What the coach leaves alone."""

from bot.features.coach.rules.catalogue import Rule
from bot.features.coach.rules.reading import Reading
from bot.features.coach.rules.situation import Situation


def is_exempt(_rule: Rule, _reading: Reading, _situation: Situation) -> bool:
    """Whether a rule that holds for a message is better not mentioned there."""
    return False
