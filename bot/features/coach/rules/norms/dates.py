"""Somebody waits and does not say until when."""

from collections.abc import Sequence
from typing import Final

from bot.core.patterns import regex
from bot.features.coach.rules.catalogue import Finding, Part, Rule
from bot.features.coach.rules.norms.asking import INCIDENT
from bot.features.coach.rules.norms.cues import all_keys, cue, hits, stands
from bot.features.coach.rules.norms.sentences import Sentence, sentences_of
from bot.features.coach.rules.reading import Reading
from bot.features.coach.rules.situation import Situation

_CANNOT: Final = (
    r"(?:(?<!\byou )(?:can't|cant|cannot|can not|couldn't|unable to|won't be able to|not able to)|"
    r"(?:nobody|no one) can)(?! (?:wait|believe|remember|say|tell)\b)"
)
_YOURS: Final = (
    r"your (?:ok|okay|go|answer|input|review|approval|decision|reply|feedback|sign-?off|numbers|"
    r"confirmation|turn|call)"
)
_GO_ON: Final = (
    r"(?:go on|continue|start|ship|merge|deploy|release|send|finish|proceed|order|publish|book|pay|"
    r"sign|answer|move on|move forward|close)"
)
_BLOCKS: Final = (
    cue(
        "is blocked, and says so",
        "block blocks blocked blocking blocker unblock",
        r"\b(?:i'm|i am|we're|we are|team is|still|currently|am|are) (?:\w+ )?blocked (?:on|by|"
        r"without|until|till|because)\b",
        r"\bblock(?:s|ing) (?:the|our) (?:launch|release|deploy\w*|sprint|migration|rollout|"
        r"project|team|whole|go-live|merge|audit)\b",
        r"\bblock(?:s|ing) (?:me|us|our|my)\b|\bblocked on (?:you|your|this)\b",
        r"\b(?:is|it's) a blocker\b|\b(?:please|can you|could you) unblock (?:me|us)\b",
    ),
    cue(
        "cannot go on until somebody answers",
        "until till before without unless",
        rf"\b{_CANNOT} [^.!?]{{2,90}}\b(?:until|till|before|without|unless) (?:you|your|we|i|it|"
        rf"that|"
        r"this|the|an?|they)\b",
        rf"\b{_CANNOT} {_GO_ON} [^.!?]{{0,40}}\b(?:without|until|before)\b",
        r"\b(?:nothing|everything) (?:\w+ ){1,4}(?:until|without) (?:you|your|this|it|that)\b",
    ),
    cue(
        "waits for somebody",
        "wait waits waiting stuck hold paused parked held holds holding",
        rf"\bwait(?:s|ing)? (?:on|for) (?:(?:for|to|you)\b|{_YOURS}\b|[^.!?]{{2,40}} from you\b)",
        r"\b(?:is|are|am|'m|now|still) (?:stuck|on hold|paused|parked) (?:until|till|without|"
        r"because|behind|on your)\b",
        r"\b(?:holding|holds|held) (?:me|us|everything|(?:the|my|our) \w+) up\b",
    ),
    cue(
        "needs something to go on",
        "need needs",
        rf"\bneeds? (?:it|this|that|your \w+|you) to {_GO_ON}\b",
        rf"\bneeds? (?!to\b)[^.!?]{{2,60}} to {_GO_ON}\b",
        r"\bneeds? [^.!?]{2,60} (?:before|so|so that) (?:i|we|they) can\b",
    ),
)
_KEYS: Final = all_keys(*_BLOCKS)
_ASKED: Final = regex(
    r"\?|\b(?:please|pls|plz|kindly)\b|\b(?:can|could|would|will) (?:you|one of you|any(?:one|"
    r"body)|"
    rf"some(?:one|body))\b|\bneeds? (?:you|your|[^.!?]{{2,40}} from you)\b|\b{_YOURS}\b"
)
_TO_YOU: Final = regex(rf"\b(?:from you\b|(?:on|for) you\b|{_YOURS}\b)")
_NAMED: Final = (
    r"(?:today|tonight|tomorrow|tmrw|noon|midnight|eod|eow|eob|cob|asap|now|immediately|"
    r"urgent(?:ly)?|right away|soon|mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|"
    r"fri(?:day)?|saturday|sunday|weekend|this (?:week|month|morning|afternoon|evening|sprint|"
    r"quarter)|next (?:week|month|sprint|year)|end of (?:the )?(?:day|week|month|business)|january|"
    r"february|march \d|april|may \d|june|july|august|september|october|november|december|"
    r"(?:\d{1,2}|a few|an?|two|three|couple of) (?:min(?:ute)?s?|hours?|days?|weeks?)|(?:before|"
    r"for|until|till|by) (?:the |our |my )?(?:\w+ )?(?:meeting|call|demo|release|launch|deadline|"
    r"freeze|standup|lunch|presentation|workshop|board|audit|go-live|holidays?))"
)
_TIME: Final = regex(
    rf"\b{_NAMED}\b(?! ?:)|\b\d{{1,2}}(?::\d\d| ?(?:am|pm|uhr|o'clock|h)\b)|"
    rf"\b\d{{1,2}}/\d{{1,2}}\b|"
    r"\b\d{4}-\d\d-\d\d|\b(?:by|on|until) (?:the )?\d"
)
_CALM: Final = regex(
    r"\b(?:no (?:rush|hurry|stress|pressure)|not urgent|whenever|take your time|when you (?:have|"
    r"get|can)|can wait|(?:not|isn't) (?:a blocker|block(?:ed|ing))|unblocked|no longer|(?:was|"
    r"were) (?:blocked|stuck|waiting)|in case|if you(?:'re| are) (?:blocked|stuck))\b"
)
_BROKEN: Final = regex(r"\b(?:is|are|been|went|still) (?:all )?(?:red|broken|failing)\b")
"""What is broken for many is wanted at once, and everybody knows."""
_OWN_BEFORE: Final = 4
"""Messages right before in which the author may have named a date."""


def no_date(reading: Reading, situation: Situation) -> Finding | None:
    """Work stands still until somebody answers, and nobody says when that must be."""
    if _KEYS.isdisjoint(reading.vocabulary):
        return None
    said = sentences_of(reading.own)
    sentence, words = next(hits(said, reading.vocabulary, *_BLOCKS), (None, ""))
    if sentence is None or not _asks_somebody(said, reading):
        return None
    if stands(said, _CALM, INCIDENT, _BROKEN) or names_time(said) or _named_before(situation):
        return None
    return Finding(Rule.NO_DATE, sentence.phrase(words), (Part.DATE,))


def names_time(said: Sequence[Sentence]) -> bool:
    """Whether a time is named in one of these sentences; `Today:` before a list is none."""
    return stands(said, _TIME)


def _asks_somebody(said: Sequence[Sentence], reading: Reading) -> bool:
    is_to_somebody = bool(reading.mentions or reading.groups) or stands(said, _TO_YOU)
    return is_to_somebody and stands(said, _ASKED)


def _named_before(situation: Situation) -> bool:
    author = situation.message.user_id
    near = situation.before[-_OWN_BEFORE:]
    return any(each.user_id == author and names_time(sentences_of(each.text)) for each in near)
