"""A question to somebody whose day is far from beginning."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.core.patterns import regex
from bot.features.coach.rules.catalogue import Finding, Rule
from bot.features.coach.rules.norms.asking import ONE_DOES, QUESTION
from bot.features.coach.rules.norms.cues import stands
from bot.features.coach.rules.norms.dates import names_time
from bot.features.coach.rules.norms.sentences import first_phrase, sentences_of
from bot.features.coach.rules.reading import Reading
from bot.features.coach.rules.situation import Addressee, Situation

FAR: Final = timedelta(hours=1)
"""Whose day begins within this time sees the message with their first coffee."""
_MAY_WAIT: Final = regex(
    r"\b(?:no (?:rush|hurry|need to answer)|not urgent|can wait|when(?:ever)? you(?:'re| are| get| "
    r"start| wake| have)|(?:your|my) (?:morning|monday|tomorrow)|tomorrow|on monday|first thing|"
    r"next week)\b"
)


def far_from_work(addressees: Sequence[Addressee]) -> Sequence[Addressee]:
    """Those whose day begins in more than an hour."""
    return [
        each
        for each in addressees
        if each.starts_at is not None and each.starts_at - each.local_now > FAR
    ]


def off_hours(reading: Reading, situation: Situation) -> Finding | None:
    """Somebody is asked while they sleep, or rest."""
    if not situation.addressees or not reading.mentions:
        return None
    away = far_from_work(situation.addressees)
    if not any(each.user_id in reading.mentions for each in away):
        return None
    said = sentences_of(reading.own)
    if stands(said, _MAY_WAIT) or names_time(said):
        return None  # whoever says by when has thought of it
    phrase = first_phrase(said, ONE_DOES) or first_phrase(said, QUESTION)
    return Finding(Rule.OFF_HOURS, phrase) if phrase else None
