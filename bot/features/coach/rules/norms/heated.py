"""Words towards people that were written in anger, or that concern them and are read by many.

What is said of things, or of oneself, is left alone, and so are jokes.
"""

import re
from collections.abc import Sequence
from typing import Final

from bot.core.patterns import regex
from bot.features.coach.rules.catalogue import Finding, Rule
from bot.features.coach.rules.norms.cues import all_keys, hits, stands
from bot.features.coach.rules.norms.flares import AIMED, FLARES, OUTCRIES, WHO_BROKE
from bot.features.coach.rules.norms.sentences import Sentence, sentences_of
from bot.features.coach.rules.reading import Reading
from bot.features.coach.rules.situation import Situation

_LOUD: Final = ("AGAIN", "!!", "?!?", "EVERY TIME")
_JOKES: Final = regex(
    r":(?:joy|rofl|laughing|grin|grinning|wink|sweat_smile|smile|smiley|stuck_out_tongue\w*|"
    r"slightly_smiling_face|upside_down_face|smirk|heart\w*|sunglasses|see_no_evil|"
    r"face_with_hand_over_mouth|troll\w*|kissing_heart|innocent|tada|party\w*)[:_]|"
    r"[;:]-?[)DPp](?!\w)|\b(?:lol|lmao|rofl|haha\w*|hehe\w*|jk|(?:just|only|i'm|am) (?:kidding|"
    r"joking)|love)\b|(?<!\S)/s\b|[\U0001F600-\U0001F606\U0001F609\U0001F602\U0001F923\U0001F61C\U0001F61D\U0001F643]",
    re.IGNORECASE,
)
_OWN_FAULT: Final = regex(
    r"\b(?:my (?:own )?(?:fault|bad|mistake)|mea culpa|i(?:'m| am) (?:the |such )?(?:an? "
    r")?(?:idiot|moron|genius)|i(?:'ll| will)? apologi[sz]e|i was wrong|i broke it|it was me|"
    r"myself)\b|\(me\)"
)
_TOLD: Final = regex(
    r"^(?:the |our |an? |one |my )?(?:clients?|customers?|users?|guests?|vendor|he|she|they|boss|"
    r"kid|daughter|son|wife|husband|neighbou?r) (?:\w+ )?(?:says?|said|wrote|writes|told|"
    r"complain\w*|asked|calls)\b"
)
_CAPITALS: Final = regex(r"\b[A-Z][A-Z']+\b(?:[\s,!?]+\b[A-Z][A-Z']*\b){3,}")
_SHOUTED: Final = regex(
    r"\b(?:NOBODY|NO ONE|SERIOUSLY|WTF|HOW MANY TIMES|YOU (?:GUYS|PEOPLE|ALL|NEVER|ALWAYS|KEEP)|"
    r"YOUR (?:FAULT|JOB|MESS)|STOP (?:PINGING|CHANGING|BREAKING|DOING|PUSHING|MERGING|IGNORING))\b"
)
_GLAD: Final = regex(
    r"\b(?:LOVE|THANKS?|THANK|BEST|CONGRAT\w*|AMAZING|YES|HAPPY|WELCOME|WON|GREAT|AWESOME|WOO\w*|"
    r"HURRAY|BIRTHDAY|DID IT|GOOD|MISS)\b"
)
_KEYS: Final = all_keys(*FLARES, *OUTCRIES)
_SIGNS: Final = (*_LOUD, "NOBODY", "NO ONE", "SERIOUSLY", "WTF", "HOW MANY", "YOU", "STOP")


def heated(reading: Reading, _situation: Situation) -> Finding | None:
    """Anger at people, or contempt; not at things."""
    if _KEYS.isdisjoint(reading.vocabulary) and not _is_any_in(reading.own, _SIGNS):
        return None
    said = sentences_of(reading.own)
    phrase = _flare(said, reading) or _outcry(said, reading) or _shout(said)
    if not phrase or _JOKES.search(reading.text) or stands(said, _OWN_FAULT):
        return None
    return Finding(Rule.HEATED, phrase)


def _flare(said: Sequence[Sentence], reading: Reading) -> str:
    found = hits(said, reading.vocabulary, *FLARES)
    own = (each.phrase(words) for each, words in found if not _TOLD.search(each.words))
    return next(own, "")


def _outcry(said: Sequence[Sentence], reading: Reading) -> str:
    """An outcry alone is about things; it takes somebody whom it is aimed at."""
    blames = hits(said, reading.vocabulary, WHO_BROKE)
    loud = (each for each, _ in blames if _is_any_in(each.piece, _LOUD))
    if blamed := next(loud, None):
        return blamed.phrase()
    cries = list(hits(said, reading.vocabulary, *OUTCRIES))
    is_told = bool(reading.mentions) and "unacceptable" in reading.vocabulary
    return cries[0][0].phrase(cries[0][1]) if cries and (is_told or stands(said, AIMED)) else ""


def _shout(said: Sequence[Sentence]) -> str:
    for each in said:
        loud = _CAPITALS.search(each.piece)
        if loud and _SHOUTED.search(loud[0]) and not _GLAD.search(loud[0]):
            return each.phrase(loud[0].lower())
    return ""


def _is_any_in(text: str, signs: Sequence[str]) -> bool:
    return any(map(text.__contains__, signs))
