"""What a message lacks, by its own words and by what stands around it."""

from collections.abc import Iterator

from bot.features.coach.rules.answerability import around
from bot.features.coach.rules.answerability.weighing import MOST_WORDS, Weighed, says_nothing, weigh
from bot.features.coach.rules.catalogue import Finding, Rule
from bot.features.coach.rules.reading import Reading
from bot.features.coach.rules.situation import Situation


def find(reading: Reading, situation: Situation) -> Iterator[Finding]:
    """What the message lacks: at most one finding."""
    if not 0 < reading.length <= MOST_WORDS or reading.has_link or reading.has_quote:
        return
    if situation.message.is_reply:
        return
    found = weigh(reading, around.names(situation))
    if found and _holds(found, reading, situation):
        yield Finding(found.rule, found.phrase, found.missing)


def _holds(found: Weighed, reading: Reading, situation: Situation) -> bool:
    """Whether what stands around the message leaves it lacking."""
    if _says_more(around.own_after(situation)) or around.is_spoken_to(situation):
        return False
    if situation.room.is_social and found.rule is not Rule.VAGUE_ASK and not reading.mentions:
        return False
    if found.rule is Rule.NAKED_HELLO:
        return not (
            around.is_in_return(reading, situation)
            or _says_more(around.own_before(situation, around.TALK))
        )
    return (found.is_plain or around.begins(reading, situation)) and not _says_more(
        around.own_before(situation, around.CONTEXT)
    )


def _says_more(own: Iterator[Reading]) -> bool:
    """Whether one of an author's messages says what it is about."""
    return any(not says_nothing(reading) for reading in own)
