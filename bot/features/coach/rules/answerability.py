"""Rules of the first group: could somebody answer this without asking back?"""

from collections.abc import Iterator

from bot.core.prose import only_greets
from bot.features.coach.rules.catalogue import Finding, Part, Rule
from bot.features.coach.rules.reading import Reading
from bot.features.coach.rules.situation import Situation


def find(reading: Reading, _situation: Situation) -> Iterator[Finding]:
    """What the message lacks."""
    if only_greets(reading.text):
        yield Finding(Rule.NAKED_HELLO, reading.own.strip(), (Part.CONTEXT, Part.QUESTION))
