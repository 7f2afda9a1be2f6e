"""Words towards people that were written in anger, or that concern them and are read by many.

What is said of things, or of oneself, is left alone, and so are jokes.
"""

import re
from typing import Final

from bot.features.coach.rules.catalogue import Finding, Rule
from bot.features.coach.rules.norms.sentences import Sentence, hits, sentences_of
from bot.features.coach.rules.reading import Reading
from bot.features.coach.rules.situation import Situation

_GATE: Final = frozenset(
    """
    ridiculous unacceptable unprofessional disrespectful outrageous disgraceful joke pathetic
    bullshit bs crap wtf hell fuck fucking f*cking idiot idiots moron morons incompetent incompetence
    clueless lazy useless clown clowns amateurs liar liars fault blame sick tired fed done broke hard job
    bother bothered bothers even time times nobody waste wasting thanks great nice slow genius
    geniuses screw shut furious angry livid pissed disappointed disappointing enough never always
    keep keeps seriously stop rather discuss earth cares wrong congrats congratulations brilliant
    embarrassing shame insulting insult childish again
    """.split()
)
_PEOPLE: Final = (
    r"(?:you(?: guys| people| all| lot)?|people|everyone|everybody|management|leadership|they|"
    r"(?:this|your|the|our) (?:\w+ )?(?:team|department|company)|sales|marketing|he|she)"
)
_HOW: Final = r"(?:(?:just|simply|absolutely|completely|totally|utterly|so|really|honestly|frankly|beyond|getting|becoming|fucking|a|an|such|actual|complete|total|bloody) )*"
_INSULT: Final = (
    r"(?:idiots?|morons?|incompetent|clueless|lazy|useless|pathetic|liars?|clowns?|amateurs?|"
    r"childish|stupid|dumb|a disgrace|an embarrassment|the worst)"
)
_DID: Final = r"(?:broke|breaks|did (?:this|that)|approved|merged|deleted|pushed|touched|messed|decided|thought|signed off|wrote|changed|let)"

_FLARES: Final = re.compile(
    "|".join(
        (
            # insults
            rf"\b(?:you(?:'re| are| guys are| people are| all are)|they(?:'re| are)|(?:he|she|everyone|everybody|this team|your team) is|people (?:here )?are) {_HOW}{_INSULT}\b",
            r"\b(?:what|which|some|you) (?:\w+ )?(?:idiot|moron|genius|clown)s?\b(?! (?:bar|move|idea))",
            r"\b(?:fuck|screw) (?:you|off)\b|\bshut (?:the \w+ )?up\b(?! and take)|\b(?:go to|burn in) hell\b",
            r"\bw(?:hat )?t(?:he )?(?:f|fuck|hell|heck)(?: is wrong with| (?:are|were|did|do) (?:you|they|people))\b",
            r"\bwhat(?:'s| is| the hell is) wrong with (?:you|people|him|her|them|this team)\b",
            r"\b(?:what|why) (?:on earth|the (?:hell|fuck|heck)) (?:are|were|did|do|would|have|is|has) (?:you|they|people|anyone|anybody|nobody|someone)\b",
            # blame
            r"\b(?:this|that|it)(?:'s| is) (?:all |entirely |clearly |obviously |completely )?(?:your|his|her|their) (?:\w+ )?fault\b(?! line)",
            r"\b(?:you|your team|they|he|she) (?:guys |people |all |just |always )*(?:screwed|messed|fucked|f\*cked) (?:this|it|us|everything)(?: all)?(?: up| over)?\b",
            rf"\bwho (?:the (?:hell|fuck|heck)|on earth|in their right mind)\b (?:\w+ )?{_DID}\b",
            r"\byou(?: guys| people| all| lot)? (?:never|can't even|didn't even|don't even|couldn't even) (?:even )?(?:answer|reply|respond|listen|read|test|check|review|tell|ask|care|bother|learn|look|try|write)\b",
            r"\byou(?: guys| people| all| lot)? (?:always (?:ignore|complain|do this|break|blame|change your|promise|leave)|keep (?:on )?(?:breaking|ignoring|changing your|blaming|forgetting|moving the|pushing (?:broken|untested|this)|wasting))\b",
            r"\b(?:nobody|no one|no-one) (?:here |on this team |in this team |ever |even )*(?:cares|listens|reads (?:anything|what|my)|bothers|gives a|takes this seriously|does their job)\b",
            # contempt
            r"\bhow hard (?:can it be|is it|would it be) (?:for you )?to (?:just |simply )?(?:read|test|answer|reply|write|ask|check|tell|follow|look|send|do|update|click|use)\b",
            r"\bdo your (?:damn |own |fucking |f\*cking |bloody )?jobs?\b|\bdid (?:you|anyone|anybody) even (?:bother to |try to )?(?:read|test|look|try|bother|check|think|listen|open)\b",
            r"\b(?:can(?:'t|not)?|could(?:n't)?) (?:you|people|anyone|anybody|nobody|somebody|someone) (?:please )?(?:for once|even bother|at least bother)\b|\bbothers? to (?:read|test|check|reply|ask|answer)\b",
            r"\bhow many (?:more )?times (?:do|must|have|did|should) (?:i|we)\b|\bfor the (?:third|fourth|fifth|sixth|tenth|hundredth|hundreth|millionth|thousandth|umpteenth|nth|last|\d+(?:rd|th)) (?:\w+ )?time[,:! ]",
            r"\b(?:waste|wasting) (?:of )?(?:my|our|everyone's|everybody's) time\b",
            # sarcasm
            r"\bthanks for nothing\b|\bslow clap\b|\b(?:great|nice|good|excellent|brilliant) (?:job|work),? (?:breaking|ruining|deleting|ignoring|making)\b|\bcongrat(?:s|ulations),? (?:on|for) (?:breaking|ruining|deleting|making)\b",
            r"\bthanks (?:a lot )?for (?:(?:not|never) |breaking|ruining|ignoring|wasting|throwing)(?:telling|asking|reading|answering|informing|letting|warning|including)?\b",
            # at an end
            rf"\b(?:sick|tired|sick and tired) of {_PEOPLE}\b|\b(?:sick|tired|fed up|done) (?:of |with )(?:having to (?:clean|explain|repeat|chase|beg|fix (?:your|other))|cleaning up after|repeating myself|explaining|chasing|being (?:ignored|blamed|the only)|pretending|your|people|this team|everyone|these excuses|the excuses)\b",
            r"\bi(?:'m| am) (?:(?:so|really|very|absolutely|quite|deeply|extremely) )*(?:furious|livid|angry|pissed off|disappointed)(?: (?:at|with|in|that|about how|by) (?:you|your|him|her|them|people|everyone|the team|this team|nobody|no one|how)\b)",
            # what is said of how people behave
            rf"\b(?:this|that|it)(?:'s| is| was) {_HOW}(?:unprofessional|disrespectful|disgraceful|insulting|childish)\b",
            r"\b(?:you|people|they) should be ashamed\b|\bshame on (?:you|them|him|her)\b",
            # what concerns people, and is read by many
            r"\b(?:rather not|don't want to|shouldn't|should not|let's not|please don't|not going to) (?:discuss|talk about|have this|debate)\b[^.!?]{0,60}\b(?:in (?:a|this|the|public|front)|here|publicly)\b[^.!?]{0,60}\b(?:who|was let go|fired|people|salary|him|her|private)\b",
        )
    )
)
_OUTCRY: Final = re.compile(
    rf"\b(?:this|that|it)(?:'s| is) {_HOW}(?:ridiculous|unacceptable|outrageous|insane|(?:joke|bullshit|bs|crap|pathetic|embarrassing))\b|"
    rf"^{_HOW}(?:ridiculous|unacceptable|outrageous|pathetic)\b|\bseriously\s?\?|\benough is enough\b|\bunbelievable\b"
)
_AT_PEOPLE: Final = re.compile(
    rf"\bwho (?:the \w+ )?{_DID}\b|\b(?:nobody|no one|no-one) (?:\w+ )?(?:told|asked|answers?|answered|replied|checked|tested|reviewed|"
    r"cares|bothered|thought|informed|does|did|responds?)\b|\byou(?:'ve| have| guys| people| all| lot| never|'re| are| just| keep| did| didn't| said| promised| broke| knew)\b|"
    r"\byour (?:team|job|fault|code|change|mess)\b|\b(?:somebody|someone) (?:clearly|obviously|just|again|keeps|thought|decided)\b|"
    r"\b(?:management|leadership|marketing|sales|the \w+ team) (?:again|never|always|keeps?|decided|promised)\b"
)
_WHO_BROKE: Final = re.compile(rf"\bwho (?:the \w+ )?{_DID}\b[^.?!]{{0,60}}")
_JOKES: Final = re.compile(
    r":(?:joy|rofl|laughing|grin|grinning|wink|sweat_smile|smile|smiley|stuck_out_tongue\w*|"
    r"slightly_smiling_face|upside_down_face|smirk|heart\w*|sunglasses|see_no_evil|"
    r"face_with_hand_over_mouth|troll\w*|kissing_heart|innocent|tada|party\w*|clap)[:_]|[;:]-?[)DPp](?!\w)|"
    r"\b(?:lol|lmao|rofl|haha\w*|hehe\w*|jk|kidding|joking|/s)\b|(?<!\w)/s\b|[\U0001F600-\U0001F606\U0001F609\U0001F602\U0001F923\U0001F61C\U0001F61D]",
    re.IGNORECASE,
)
_OWN_FAULT: Final = re.compile(
    r"\b(?:my (?:own )?(?:fault|bad|mistake)|mea culpa|i(?:'m| am) (?:the |such )?(?:an? )?(?:idiot|moron|genius)|"
    r"i apologi[sz]e|i was wrong|i broke it|it was me)\b"
)
_TOLD: Final = re.compile(
    r"^(?:the |our |a |one )?(?:clients?|customers?|users?|guests?|vendor|he|she|they|somebody|someone) (?:\w+ )?(?:says?|said|wrote|writes|told|complain\w*|asked|calls)\b"
)
_CAPITALS: Final = re.compile(r"\b[A-Z][A-Z']+\b(?:[\s,!?]+\b[A-Z][A-Z']*\b){3,}")
_SHOUTED: Final = re.compile(
    r"\b(?:WHY|WHO|YOU|YOUR|NEVER|NOBODY|STOP|HOW MANY|AGAIN|SERIOUSLY|WTF|STILL|EVERYONE|ANYONE)\b"
)
_GLAD: Final = re.compile(
    r"\b(?:LOVE|THANKS?|BEST|CONGRAT\w*|AMAZING|YES|HAPPY|WELCOME|WON|GREAT|AWESOME|WOO\w*|HURRAY|BIRTHDAY|DID IT|GOOD)\b"
)


def heated(reading: Reading, _situation: Situation) -> Finding | None:
    """Anger at people, or contempt; not at things."""
    if _GATE.isdisjoint(reading.vocabulary) and not _may_shout(reading.own):
        return None
    if _JOKES.search(reading.text):
        return None
    said = sentences_of(reading.own)
    if any(_OWN_FAULT.search(each.words) for each in said):
        return None
    phrase = _flare(said) or _outcry(said, names=bool(reading.mentions)) or _shout(said)
    return Finding(Rule.HEATED, phrase) if phrase else None


def _flare(said: tuple[Sentence, ...]) -> str:
    told = (each for each in hits(said, _FLARES) if not _TOLD.search(each[0].words))
    return next((each.phrase(found[0]) for each, found in told), "")


def _outcry(said: tuple[Sentence, ...], *, names: bool) -> str:
    """An outcry alone is about things; it takes somebody whom it is aimed at."""
    cries = [each for each, _ in hits(said, _OUTCRY)]
    blames = [
        each
        for each, _ in hits(said, _WHO_BROKE)
        if "AGAIN" in each.written or "!!" in each.written
    ]
    aimed = names or any(_AT_PEOPLE.search(each.words) for each in said)
    chosen = [*(cries if aimed else ()), *blames]
    return chosen[0].phrase() if chosen else ""


def _shout(said: tuple[Sentence, ...]) -> str:
    for each in said:
        loud = _CAPITALS.search(each.written)
        if loud and _SHOUTED.search(loud[0]) and not _GLAD.search(loud[0]):
            return each.phrase(loud[0].lower())
    return ""


def _may_shout(own: str) -> bool:
    """Whether half of a text, or more, is in capitals; its beginning tells."""
    head = own[:200]
    return sum(map(str.isupper, head)) * 2 > len(head) - head.count(" ") > 0
