"""Somebody waits and does not say until when."""

import re
from collections.abc import Sequence
from typing import Final

from bot.features.coach.rules.catalogue import Finding, Part, Rule
from bot.features.coach.rules.norms.asking import INCIDENT
from bot.features.coach.rules.norms.sentences import Sentence, first_phrase, hits, sentences_of
from bot.features.coach.rules.reading import Reading
from bot.features.coach.rules.situation import Situation

_GATE: Final = frozenset(
    """
    block blocks blocked blocking blocker stuck wait waits waiting until till unblock without held
    holding hold proceed continue
    """.split()
)
_CANNOT: Final = r"(?:can't|cant|cannot|can not|couldn't|unable to|won't be able to|not able to)"
_BLOCKS: Final = re.compile(
    rf"\b(?:this|that|it|which|what)(?: is|'s)? (?:currently |now |really |still )?block(?:s|ing)? (?:me|us|my|our|the|both|all)\b|"
    rf"\b(?:i'm|i am|we're|we are|team is|still|currently|am|are) (?:\w+ )?(?:blocked|stuck) (?:on|by|without|until|till|waiting|because)\b|"
    rf"\bblock(?:s|ing) (?:me|us|our|my)\b|\bblocked on (?:you|your|this)\b|\b(?:is|it's) a blocker\b|"
    rf"\b{_CANNOT} [^.!?]{{2,90}}\b(?:until|till|before|without|unless) (?:you|your|we|i|it|that|this|the|an?|they)\b|"
    rf"\b{_CANNOT} be \w+ without (?:it|that|you|your)\b|"
    rf"\b{_CANNOT} (?:go on|continue|proceed|move on|start|finish|move forward|close this)\b[^.!?]{{0,40}}\b(?:without|until|before)\b|"
    rf"\b(?:wait(?:s|ing)?) (?:on|for) (?:you\b|your (?:ok|okay|go|answer|input|review|approval|decision|reply|feedback|sign-?off|numbers|confirmation|feedback)\b|[^.!?]{{2,40}} from you\b)|"
    rf"\b(?:holding|holds|held) (?:me|us|everything|the \w+|my \w+|our \w+) (?:up|back)\b|"
    rf"\bneed (?:it|this|that|your \w+|you) to (?:continue|proceed|go on|unblock|move on|move forward)\b|"
    rf"\b(?:please|can you|could you) unblock (?:me|us)\b"
)
_ASKED: Final = re.compile(
    r"\b(?:please|pls|plz|kindly)\b|\b(?:can|could|would|will) (?:you|one of you|any(?:one|body)|some(?:one|body))\b|"
    r"\?|\bneed (?:you|your|it from you|the \w+ from you)\b|\bfrom you (?:to|so|before)\b|\byour (?:ok|okay|go|"
    r"answer|input|review|approval|decision|reply|call|turn)\b|\bneeds? (?:you|your)\b"
)
_TO_YOU: Final = re.compile(
    r"\b(?:from you|(?:on|for) you\b|your (?:ok|okay|go|answer|input|review|approval|decision|reply|feedback|sign-?off|"
    r"numbers|confirmation))"
)
_DAYS: Final = (
    r"(?:today|tonight|tomorrow|tmrw|noon|midnight|eod|eow|eob|cob|asap|now|immediately|mon(?:day)?|tue(?:s|sday)?|"
    r"wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|this (?:week|month|morning|"
    r"afternoon|evening|sprint|quarter)|next (?:week|month|sprint|year)|end of (?:the )?(?:day|week|month|business)|"
    r"january|february|march|april|may \d|june|july|august|september|october|november|december|weekend|"
    r"(?:\d{1,2}|a few|an?|two|three|couple of) (?:min(?:ute)?s?|hours?|days?|weeks?)|urgent(?:ly)?|right away|soon|"
    r"(?:before|for|until|till|by) (?:the |our |my )?(?:\w+ )?(?:meeting|call|demo|release|launch|deadline|freeze|"
    r"standup|lunch|presentation|workshop|board|review))"
)
_TIME: Final = re.compile(
    rf"\b{_DAYS}\b(?! ?:)|\b\d{{1,2}}(?::\d\d| ?(?:am|pm|uhr|o'clock|h)\b)|\b\d{{1,2}}[./]\d{{1,2}}\b|\b\d{{4}}-\d\d-\d\d|\bby (?:the )?\d"
)
_CALM: Final = re.compile(
    r"\b(?:no (?:rush|hurry|stress|pressure)|not urgent|whenever|take your time|when you (?:have|get|can)|"
    r"can wait|not a blocker|isn't a blocker|not block(?:ed|ing)|isn't blocking|unblocked|no longer|"
    r"was (?:blocked|stuck|waiting)|were (?:blocked|stuck|waiting)|in case|if you(?:'re| are) (?:blocked|stuck))\b"
)
_BROKEN: Final = re.compile(r"\b(?:is|are|been|went|still) (?:all )?(?:red|broken|failing)\b")
"""What is broken for many is wanted at once, and everybody knows."""
_LONGEST_ASIDE: Final = 4
"""Messages of the same author, right before, in which a date may stand."""


def no_date(reading: Reading, situation: Situation) -> Finding | None:
    """Work stands still until somebody answers, and nobody says when that must be."""
    if _GATE.isdisjoint(reading.vocabulary):
        return None
    said = sentences_of(reading.own)
    blocks = list(hits(said, _BLOCKS))
    if not blocks or first_phrase(said, _CALM, INCIDENT, _BROKEN):
        return None
    if not (reading.mentions or reading.groups or first_phrase(said, _TO_YOU)):
        return None
    if not first_phrase(said, _ASKED) or names_time(said) or _said_before(situation):
        return None
    sentence, found = blocks[0]
    return Finding(Rule.NO_DATE, sentence.phrase(found[0]), (Part.DATE,))


def names_time(said: Sequence[Sentence]) -> bool:
    """Whether a time is named in one of these sentences; `Today:` before a list is none."""
    return any(_TIME.search(each.words) for each in said)


def _said_before(situation: Situation) -> bool:
    author = situation.message.user_id
    near = situation.before[-_LONGEST_ASIDE:]
    return any(each.user_id == author and names_time(sentences_of(each.text)) for each in near)
