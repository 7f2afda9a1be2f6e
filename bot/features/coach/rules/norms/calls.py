"""The wish to talk at once, where writing would do."""

from collections.abc import Sequence
from typing import Final

from bot.core.patterns import regex
from bot.features.coach.rules.catalogue import Finding, Leaning, Part, Rule
from bot.features.coach.rules.norms.asking import INCIDENT
from bot.features.coach.rules.norms.cues import all_keys, cue, hits, stands
from bot.features.coach.rules.norms.delicate import CONNECTION, DELICATE
from bot.features.coach.rules.norms.sentences import Sentence, sentences_of
from bot.features.coach.rules.reading import Reading
from bot.features.coach.rules.situation import Situation

_CALL: Final = (
    r"(?:call|huddle|zoom(?: call)?|(?:google )?meet|teams call|video ?call|phone call|voice "
    r"c(?:all|hat)|facetime)"
)
_TALK: Final = rf"(?:{_CALL}|chat|sync|talk|meeting|catch-?up)"
_SMALL: Final = (
    r"(?:(?:very |really |super )?(?:quick|short|brief|fast|little)|\d{1,2}[- ]?min(?:ute)?s?|"
    r"(?:five|ten|fifteen)[- ]minute)"
)
_A_CALL: Final = rf"(?:an? |the )?(?:{_SMALL} )?{_CALL}"
_A_TALK: Final = rf"(?:an? )?{_SMALL} {_TALK}"
_ON: Final = r"(?:hop|jump|get|go|come) (?:in ?)?(?:on|onto|to|into|in)"
_MINUTES: Final = (
    r"(?:\d{1,2}|a few|a couple(?: of)?|five|ten|fifteen|twenty|some|an?|half an?) "
    r"?(?:min(?:ute)?s?|moments?|secs?|seconds?|hour|time)"
)
_WE: Final = (
    r"\b(?:can|could|shall|should|may|might|would) (?:you and i|we|you|i|u) (?:please |maybe |"
    r"perhaps |just |quickly |all |both )*"
)
_FREE: Final = (
    rf"\b(?:got|have|has|spare|free|time|available|up|around) (?:you )?(?:{_MINUTES} )?(?:now )?"
)

_WISHES: Final = (
    cue(
        "wants a call",
        "call huddle zoom meet facetime",
        rf"{_WE}(?:{_ON}|have|do|make|set up|schedule|arrange|squeeze in|start) {_A_CALL}\b",
        rf"{_WE}(?:talk|speak|discuss|go over|sort|settle|do) [^.!?]{{0,40}}\b(?:on|in|over) "
        rf"{_A_CALL}\b",
        rf"{_WE}(?:huddle|facetime|zoom)\b(?! (?:in|out|to)\b)",
        rf"\b(?:let's|lets|let us|we should) (?:just |quickly |maybe )*(?:{_ON} {_A_CALL}|have "
        rf"{_A_CALL}|huddle|do {_A_CALL})\b",
        rf"{_FREE}(?:for|to (?:have|do|hop on|jump on|join)) {_A_CALL}\b",
        rf"\b(?:i'd|i would) (?:rather|prefer to|like to) (?:call|{_ON} {_A_CALL}|do this on "
        rf"{_A_CALL})\b",
        rf"^(?:(?:hey|hi|hello|ok|so)[\w ]{{0,12}}[,!.]* )?(?:{_SMALL} )?{_CALL}"
        r"(?: (?:now|today|later|anyone|(?:about|on) [^?]{2,60}))* ?\?",
    ),
    cue(
        "wants to call, or to be called",
        "call phone ring buzz",
        r"\b(?:can|could|may) i (?:quickly |just )?(?:call|ring|phone) (?:you|u)\b",
        r"\b(?:please|pls|can you|could you|just) (?:quickly )?(?:call|ring|phone) me\b",
        r"\bcall me (?:back|asap|later|when(?:ever)? you(?:'re| are| have| see| can| get)|once "
        r"you)\b",
        r"\b(?:mind if i|ok(?:ay)? (?:if i|to)) (?:quickly )?(?:call|ring|phone|give) you\b",
        r"\bgive me a (?:quick )?(?:call|ring|buzz)\b",
    ),
    cue(
        "wants a little talk",
        "chat sync talk speak meeting catchup huddle call",
        rf"{_WE}(?:have|do|grab) {_A_TALK}\b",
        rf"\b(?:let's|lets|let us|we should) (?:just |quickly |maybe )*have {_A_TALK}\b",
        rf"{_FREE}for {_A_TALK}\b",
        rf"\b(?:got|have|spare) (?:you )?{_MINUTES} (?:now |today |later )?(?:to (?:talk|chat|"
        rf"speak|huddle|"
        r"sync)|for a (?:chat|talk|sync))\b",
        rf"{_WE}sync(?: up)?(?: (?:on|about|later|today|quickly|now)\b|\W*$)",
        rf"{_WE}(?:talk|speak|chat) for {_MINUTES}",
        rf"^(?:(?:hey|hi|hello|ok|so)[\w ]{{0,12}}[,!.]* )?{_SMALL} (?:chat|sync) ?\?",
    ),
)
_KEYS: Final = all_keys(*_WISHES)
_NOT_NOW: Final = regex(
    r"\b(?:happy to|glad to|feel free|if (?:you'?d? (?:like|want|prefer|need|have)|(?:that|it) "
    r"helps|(?:that's|it's )?easier|needed|necessary|u want|the|something|anything|it|there|prod)|"
    r"let me know if|whenever you|you can also|can also|i can also|we offer|no need|don't need|"
    r"instead of|rather than|without an?(?:other)?|not an?(?:other)?|avoid|why do we)\b|\bwith "
    r"(?:the |our |their |a )?(?:client|customer|vendor|partner|bank|lawyers?|agency|supplier|them|"
    r"him|her|prospect|candidate|users?)s?\b"
)
"""An offer, a condition, a call with somebody else: nobody is asked to talk now."""
_TIME: Final = regex(
    r"\b(?:tomorrow|tmrw|mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|"
    r"next week|(?:at|from|around|after|before) \d{1,2}|\d{1,2}(?::\d\d| ?(?:am|pm|h|uhr|cet|"
    r"utc)\b))"
)
_PURPOSE: Final = regex(
    r"\bto (?!talk\b|chat\b|speak\b|sync\b|you\b|me\b|the call\b|a call\b|discuss this\b)[a-z]+ "
    r"\w+|\b(?:about|on|regarding|re) (?!this\b|that\b|it\b|something\b|a\b|the call\b)\w+|: ?\w+"
)
_TOPIC: Final = regex(
    r"\b(?:about|regarding|re:?|concerning|to (?:discuss|decide|pick|go (?:over|through)|walk|"
    r"align|plan|clarify|understand|figure|debug|review|look))\b:? (?!this\b|that\b|it\b|"
    r"something\b)\w+"
)
_DISCUSSION: Final = regex(
    r"\b(?:discuss\w*|decid\w+|brainstorm\w*|align\w*|options?|plan(?:ning)?|roadmap|design|"
    r"strateg\w+|architecture|trade-?offs?|go (?:over|through)|walk (?:me |us |you )?through|"
    r"priorit\w+|pick between|disagree\w*|debate|approach|direction|proposal|negotiat\w+|scope|"
    r"rethink|retro|pair|debug|whiteboard|vision|ideas?|thoughts|feedback)\b"
)


def quick_call(reading: Reading, _situation: Situation) -> Finding | None:
    """Somebody wants to talk now, and neither the purpose nor the time is settled."""
    if _KEYS.isdisjoint(reading.vocabulary):
        return None
    said = sentences_of(reading.own)
    wishes = hits([each for each in said if _mentions_talk(each)], reading.vocabulary, *_WISHES)
    wish = next((each for each in wishes if not _NOT_NOW.search(each[0].words)), None)
    if wish is None or stands(said, INCIDENT) or _is_planned(wish[0], reading):
        return None
    leaning = leaning_of(said)
    if leaning is Leaning.TALK:
        return None
    missing = () if stands(said, _TOPIC) else (Part.CONTEXT, Part.QUESTION)
    return Finding(Rule.QUICK_CALL, wish[0].phrase(wish[1]), missing, leaning)


def leaning_of(said: Sequence[Sentence]) -> Leaning:
    """The litmus: what a wish to talk is best served by."""
    if stands(said, DELICATE, CONNECTION):
        return Leaning.TALK
    return Leaning.CONSIDER if stands(said, _DISCUSSION) else Leaning.ASYNC


def _mentions_talk(sentence: Sentence) -> bool:
    return any(map(sentence.words.__contains__, _KEYS))


def _is_planned(wish: Sentence, reading: Reading) -> bool:
    if reading.has_link or "agenda" in reading.vocabulary:
        return True
    return stands([wish], _TIME) and stands([wish], _PURPOSE)
