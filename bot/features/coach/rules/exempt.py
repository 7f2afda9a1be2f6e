"""What the coach leaves alone, though a rule holds for it.

Quotes, code and links are in nobody's own words and never get here; whether earlier messages tell
what one lacks is for the rules of answerability to see.
"""

import re
from collections.abc import Collection
from datetime import timedelta
from typing import Final

from bot.core.message_store import StoredMessage
from bot.core.patterns import regex
from bot.core.prose import addressed_in
from bot.features.coach.rules.catalogue import GROUP_OF, Group, Rule
from bot.features.coach.rules.languages import Language
from bot.features.coach.rules.reading import Reading
from bot.features.coach.rules.situation import Situation

LIVELY: Final = 5
"""Messages of others, by two or more of them, that make a thread lively."""
LIVELY_FOR: Final = timedelta(minutes=10)
_PEOPLE: Final = 2
_TOO_SHORT: Final = 6
"""Words of which nobody can tell the language."""
_ROBOT: Final = regex(r"(?:.*[-_ .\[])?bot\]?|slackbot", re.IGNORECASE)
_ANYWAY: Final[Collection[Rule]] = {Rule.HEATED, Rule.BROADCAST}
"""What an answer does not settle."""


def is_exempt(rule: Rule, reading: Reading, situation: Situation) -> bool:
    """Whether a rule that holds for a message is better not mentioned there."""
    if not reading.words or _ROBOT.fullmatch(situation.message.user_id):
        return True
    if GROUP_OF[rule] is Group.NORM and (
        _is_foreign(reading) or (situation.room.is_social and rule is not Rule.WRONG_CHANNEL)
    ):
        return True
    return rule not in _ANYWAY and (is_lively(situation) or is_answered(situation))


def is_lively(situation: Situation) -> bool:
    """Whether several people talk in the thread at this moment; they ask one another back."""
    message = situation.message
    if not message.is_reply:
        return False
    others = [
        each.user_id
        for each in situation.before
        if each.user_id != message.user_id and message.at - each.at <= LIVELY_FOR
    ]
    return len(others) >= LIVELY and len(set(others)) >= _PEOPLE


def is_answered(situation: Situation) -> bool:
    """Whether somebody else wrote in its thread, or right after it in the channel about it."""
    message, after = situation.message, situation.after
    in_thread = [each for each in after if each.thread_root == message.thread_root]
    beside = [each for each in after[:1] if _may_be_about(each, message)]
    return any(each.user_id != message.user_id for each in (*beside, *in_thread))


def _may_be_about(other: StoredMessage, message: StoredMessage) -> bool:
    """Whether the next message may answer: of somebody who is asked, or of anybody to nobody."""
    asked, named = addressed_in(message.text), addressed_in(other.text)
    if message.user_id in named or other.user_id in asked:
        return True
    return not asked and not named


def _is_foreign(reading: Reading) -> bool:
    """The patterns of the norms are English."""
    if reading.language is Language.UNKNOWN:
        return reading.length > _TOO_SHORT
    return reading.language is not Language.ENGLISH
