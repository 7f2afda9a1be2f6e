"""The wish to talk at once, where writing would do."""

import re
from collections.abc import Sequence
from typing import Final

from bot.features.coach.rules.catalogue import Finding, Leaning, Part, Rule
from bot.features.coach.rules.norms.delicate import CONNECTION, DELICATE
from bot.features.coach.rules.norms.sentences import Sentence, hits, sentences_of
from bot.features.coach.rules.reading import Reading
from bot.features.coach.rules.situation import Situation

_GATE: Final = frozenset(
    "call calls huddle zoom meet teams chat talk speak sync phone facetime".split()
)
_CALL: Final = r"(?:call|huddle|zoom(?: call)?|(?:google )?meet|teams call|video ?call|phone call|voice call|voice chat|facetime)"
_TALK: Final = rf"(?:{_CALL}|chat|sync|talk|meeting|catch-?up)"
_SMALL: Final = r"(?:(?:very |really |super )?(?:quick|short|brief|fast|little)|\d{1,2}[- ]?min(?:ute)?s?|five minute|ten minute)"
_WE: Final = (
    r"(?:can|could|shall|should|may|might|would) (?:you and i|we|you|i|u) (?:please |maybe |perhaps |"
    r"just |quickly |all |both )*"
)
_MINUTES: Final = (
    r"(?:\d{1,2}|a few|a couple(?: of)?|five|ten|fifteen|twenty|some|a|half an?) ?(?:min(?:ute)?s?|"
    r"moments?|secs?|seconds?|hour|time)"
)
_WISHES: Final = (
    rf"\b{_WE}(?:(?:hop|jump|get|go|be|come|join)(?: in)? ?(?:on|onto|to|into|in)|have|do|make|set up|schedule|"
    rf"arrange|squeeze in|start) (?:an? |the )?(?:{_SMALL} )?{_CALL}\b",
    rf"\b{_WE}(?:have|do|grab) (?:an? )?{_SMALL} {_TALK}\b",
    rf"\b{_WE}(?:huddle|facetime|zoom)\b",
    rf"\b(?:can|could|may) i (?:quickly |just )?(?:call|ring|phone) (?:you|u)\b",
    rf"\b(?:let's|lets|let us|we should(?: just)?) (?:just |quickly |maybe )*(?:(?:hop|jump|get|go) (?:on|onto|into) "
    rf"(?:an? )?(?:{_SMALL} )?{_CALL}|have an? (?:{_SMALL} )?{_CALL}|have an? {_SMALL} {_TALK}|huddle|do (?:an? )?(?:{_SMALL} )?{_CALL})\b",
    rf"\b(?:got|have|has|do you have|spare|free|time|available|up|around) (?:you |got )?(?:{_MINUTES} )?(?:now )?(?:for|to (?:have|do|hop on|jump on|join)) "
    rf"(?:an? )?(?:{_SMALL} )?{_CALL}\b",
    rf"\b(?:got|have|do you have|spare|free|time|available|up|around) (?:you |got )?(?:{_MINUTES} )?(?:now )?(?:for (?:an? )?{_SMALL} {_TALK})\b",
    rf"\b(?:got|have|spare) (?:you )?{_MINUTES} (?:now |today |later )?(?:to (?:talk|chat|speak|huddle|sync)|for a (?:chat|talk|sync))\b",
    rf"^(?:(?:hey|hi|hello|ok|so)[\w ]{{0,12}}[,!.]* )?(?:{_SMALL} )?(?:{_CALL}|(?<=quick )(?:chat|sync))(?: (?:now|today|later|anyone|about [^?]{{2,60}}|on [^?]{{2,60}}))* ?\?",
    rf"\b(?:i'd|i would) (?:rather|prefer to|like to) (?:call|(?:hop|jump|get) on an? (?:{_SMALL} )?{_CALL}|do this on an? {_CALL})\b",
)
_WISH: Final = re.compile("|".join(f"(?:{each})" for each in _WISHES))
_OFFER: Final = re.compile(
    r"\b(?:happy to|glad to|feel free|if (?:you'?d? (?:like|want|prefer|need|have)|that helps|it helps|"
    r"that's easier|it's easier|easier|needed|necessary|u want)|let me know if|whenever you|you can "
    r"also|can also|i can (?:also )?|(?:i|we) offer(?:ed)?|offering|don't need|no need|instead of|rather than|"
    r"without (?:a|another)|not (?:another|a) |avoid|why do we)\b"
)
_OTHERS: Final = re.compile(
    r"\bwith (?:the |our |their |a )?(?:client|customer|vendor|partner|bank|lawyers?|agency|supplier|them|"
    r"him|her|prospect|candidate|users?)\b|\b(?:them|him|her) (?:on|onto|to|into) a\b"
)
_TIME: Final = re.compile(
    r"\b(?:tomorrow|tmrw|mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|next "
    r"week|(?:at|from|around|after|before) \d{1,2}|\d{1,2}(?::\d\d| ?(?:am|pm|h|uhr|cet|utc)\b))"
)
_PURPOSE: Final = re.compile(
    r"\bagenda\b|\bto (?!talk\b|chat\b|speak\b|sync\b|you\b|me\b|the call\b|a call\b|discuss this\b)[a-z]+ (?:\w+ )?\w+|"
    r"\b(?:about|on|regarding|re) (?!this\b|that\b|it\b|something\b|a call\b|the call\b|a quick\b)\w+|: ?\w+"
)
_TOPIC: Final = re.compile(
    r"\b(?:about|regarding|re:?|concerning|to (?:discuss|decide|pick|go (?:over|through)|walk|align|"
    r"plan|clarify|understand|figure|debug|review|look))\b:? (?!this\b|that\b|it\b|something\b)\w+"
)
_DISCUSSION: Final = re.compile(
    r"\b(?:discuss\w*|decid\w+|brainstorm\w*|align\w*|options?|plan(?:ning)?|roadmap|design|strateg\w+|"
    r"architecture|trade-?offs?|go (?:over|through)|walk (?:me |us |you )?through|priorit\w+|pick between|disagree\w*|"
    r"debate|approach|direction|proposal|negotiat\w+|scope|rethink|retro|pair|debug|whiteboard|"
    r"vision|ideas?|thoughts|feedback)\b"
)


def quick_call(reading: Reading, _situation: Situation) -> Finding | None:
    """Somebody wants to talk now, and neither the purpose nor the time is settled."""
    if _GATE.isdisjoint(reading.vocabulary):
        return None
    said = sentences_of(reading.own)
    for sentence, found in hits(said, _WISH):
        if _OFFER.search(sentence.words) or _OTHERS.search(sentence.words):
            continue
        if _is_planned(sentence, reading):
            return None
        leaning = leaning_of(said)
        if leaning is Leaning.TALK:
            return None
        missing = () if _names_topic(said) else (Part.CONTEXT, Part.QUESTION)
        return Finding(Rule.QUICK_CALL, sentence.phrase(found[0]), missing, leaning)
    return None


def leaning_of(said: Sequence[Sentence]) -> Leaning:
    """The litmus: what a wish to talk is best served by."""
    if any(DELICATE.search(each.words) or CONNECTION.search(each.words) for each in said):
        return Leaning.TALK
    if any(_DISCUSSION.search(each.words) for each in said):
        return Leaning.CONSIDER
    return Leaning.ASYNC


def _is_planned(sentence: Sentence, reading: Reading) -> bool:
    if reading.has_link or "agenda" in reading.vocabulary:
        return True
    wish = sentence.words
    return _TIME.search(wish) is not None and _PURPOSE.search(wish) is not None


def _names_topic(said: Sequence[Sentence]) -> bool:
    return any(_TOPIC.search(each.words) for each in said)
