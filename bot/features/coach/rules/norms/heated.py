"""Words towards people that were written in anger, or that concern them and are read by many.

What is said of things, or of oneself, is left alone, and so are jokes.
"""

import re
from collections.abc import Sequence
from typing import Final

from bot.features.coach.rules.catalogue import Finding, Rule
from bot.features.coach.rules.norms.cues import all_keys, cue, hits, stands
from bot.features.coach.rules.norms.sentences import Sentence, sentences_of
from bot.features.coach.rules.reading import Reading
from bot.features.coach.rules.situation import Situation

_YOU: Final = r"\byou(?: guys| people| all| lot)?"
_VERY: Final = (
    r"(?:(?:just|simply|absolutely|completely|totally|utterly|so|really|honestly|frankly|beyond|"
    r"getting|becoming|fucking|an?|such|actual|complete|total|bloody|all) )*"
)
_INSULT: Final = (
    r"(?:idiots?|morons?|incompetent|clueless|lazy|useless|pathetic|liars?|clowns?|amateurs?|"
    r"childish|stupid|dumb|a disgrace|an embarrassment|the worst)"
)
_DID: Final = (
    r"(?:broke|breaks|did (?:this|that)|approved|merged|deleted|pushed|touched|messed|decided|"
    r"thought|signed off|changed|let)"
)
_CHECK: Final = (
    r"(?:answer|reply|respond|listen|read|test|check|review|tell|ask|care|bother|learn|look|try|"
    r"write|think|open|follow|send|update|click|use)"
)

_FLARES: Final = (
    cue(
        "names people something that nobody likes to be called",
        "idiot idiots moron morons incompetent clueless lazy useless pathetic liar liars clown"
        " clowns amateur amateurs childish stupid dumb disgrace embarrassment worst genius",
        rf"\b(?:you(?: guys| people| all)? are|you're|they're|they are|(?:he|she|everyone|"
        rf"everybody|"
        rf"this team|your team) is|people (?:here )?are) {_VERY}{_INSULT}\b(?! (?:lucky|busy))",
        r"\b(?:what|which|some) (?:absolute |complete |total )?(?:idiot|moron|clown|genius)\b"
        r"(?! (?:bar|move|idea))",
        r"\b(?:this|that|it)(?:'s| is| was) (?:\w+ )?childish\b",
    ),
    cue(
        "curses at people",
        "fuck screw shut hell wtf heck earth wrong f*ck",
        r"\b(?:fuck|screw) (?:you|off)\b",
        r"\bshut (?:the \w+ )?up\b(?! and\b)",
        r"\bgo to hell\b",
        r"\b(?:what|why|how) (?:the (?:hell|fuck|heck)|on earth) (?:are|were|did|do|would|have|"
        r"could)"
        r" (?:you|they|people|any(?:one|body)|some(?:one|body))\b",
        r"\bwtf (?:is wrong with|are you|were you|did you|do you|guys|people)",
        r"\bwhat(?:'s| is| the hell is) wrong with (?:you|people|him|her|them|this team)\b",
    ),
    cue(
        "blames somebody",
        "fault screwed messed fucked hell fuck heck earth mind",
        r"\b(?:this|that|it)(?:'s| is) (?:all |entirely |clearly |obviously |completely )?"
        r"(?:your|his|her|their) (?:\w+ )?fault\b(?! line)",
        r"\b(?:you|your team|they|he|she) (?:guys |people |all |just |always |really )*(?:screwed|"
        r"messed|fucked) (?:this|it|us|everything)(?: all)?(?: up| over)?\b",
        rf"\bwho (?:the (?:hell|fuck|heck)|on earth|in their right mind) (?:\w+ )?{_DID}\b",
    ),
    cue(
        "says what somebody always or never does",
        "never even always keep keeps nobody cares listens reads bothers",
        rf"{_YOU} (?:never|can't even|didn't even|don't even|couldn't even) (?:even |once |bother"
        rf"(?:ed)? to )?{_CHECK}\b(?! (?:the difference|back|again))",
        rf"{_YOU} (?:always (?:ignore|complain|do this|break|blame|change your|promise)|keep "
        rf"(?:on )?"
        r"(?:breaking|ignoring|changing your|blaming|moving the goal|pushing (?:broken|"
        r"untested)|wasting))\b",
        r"\b(?:nobody|no one|no-one) (?:here |on this team |in this team |ever |even )*(?:cares\b"
        r"(?! about (?:the |that |it|this))|listens|reads (?:what|my)|bothers|gives an? \w+\b|"
        r"takes "
        r"this seriously|does their job)",
    ),
    cue(
        "holds somebody in contempt",
        "hard job jobs even bother bothers bothered times third fourth fifth sixth tenth hundredth"
        " millionth thousandth umpteenth nth last waste wasting once",
        rf"\bhow hard (?:can it be|is it|would it be) (?:for (?:you|people) )?to (?:just |simply )?"
        rf"{_CHECK}\b",
        r"\bdo your (?:damn |own |fucking |bloody )?jobs?\b",
        rf"\bdid (?:you|any(?:one|body)) even (?:bother to |try to )?{_CHECK}\b",
        rf"\b(?:can't|can|could|couldn't|would) (?:you|people|any(?:one|body)|nobody|some(?:one|"
        rf"body)|"
        rf"everyone) (?:please )?(?:for once|at least bother)\b|\b(?:nobody|no one|you|they) "
        rf"(?:\w+ )?"
        rf"bother(?:s|ed)? (?:to )?{_CHECK}(?:ing)?\b",
        r"\bhow many (?:more )?times (?:do|must|have|did) (?:i|we) (?:have|need|got|asked?|told|"
        r"tell|"
        r"said|to)\b",
        r"\bfor the (?:third|fourth|fifth|sixth|tenth|hundredth|millionth|thousandth|umpteenth|nth|"
        r"last) (?:\w+ )?time\b ?[,:!]",
        r"\b(?:waste|wasting) (?:of )?(?:my|our|everyone's|everybody's) time\b",
    ),
    cue(
        "thanks or praises, and means the contrary",
        "nothing clap breaking ruining deleting ignoring wasting telling asking reading",
        r"\bthanks for nothing\b|\bslow clap\b",
        r"\b(?:great|nice|good|excellent|brilliant) (?:job|work),? (?:on )?(?:breaking|ruining|"
        r"deleting|ignoring)\b",
        r"\bcongrat(?:s|ulations),? (?:on|for) (?:breaking|ruining|deleting)\b",
        r"\bthanks (?:a lot )?for (?:(?:not|never) (?:telling|asking|reading|answering|informing|"
        r"letting|warning|including)|breaking|ruining|ignoring|wasting)\b",
    ),
    cue(
        "has had enough of others",
        "sick tired fed done furious livid angry pissed disappointed",
        r"\b(?:sick|tired) of (?:you\b|your\b|people\b|everyone\b|management\b|(?:this|the|your) "
        r"(?:\w+ )?team\b|these excuses|the excuses|excuses|(?:having to|always) (?:clean|explain|"
        r"repeat|chas|beg|fix (?:your|other))\w*|cleaning up after|repeating myself|chasing (?:you|"
        r"people|everyone)|being (?:ignored|blamed|the only))",
        r"\b(?:fed up|(?:so|totally|completely) done) (?:of |with )(?:you|your|people|this team|"
        r"everyone|management|(?:the |these )?excuses|pretending|being|having to|chasing|"
        r"explaining)\b",
        r"\bi(?:'m| am) (?:(?:so|really|very|absolutely|quite|deeply|extremely) )*(?:furious|livid|"
        r"angry|pissed off|disappointed) (?:at|with|in|that|about how|by) (?:you|your|him|her|them|"
        r"people|everyone|the team|this team|nobody|no one|how)\b",
    ),
    cue(
        "mocks, or orders about",
        "nice kind typical rtfm damn fucking bloody learn blaming bothering ignoring lying"
        " micromanaging without usual always idiots clowns amateurs fools whoever",
        r"\b(?:nice|kind|good) of (?:you|them|him|her|everyone|marketing|sales) to (?:finally|"
        r"let us know|"
        r"tell us|inform us|show up|ask (?:us )?after)\b",
        r"\btypical (?:sales|marketing|management|of you)\b|\brtfm\b|\bread the (?:damn|fucking|"
        r"bloody)\b",
        r"^(?:maybe |please |you should )?learn to (?:read|write|test|code|listen)\b",
        r"\bstop (?:blaming|bothering|ignoring|lying|micromanaging) (?:me|us|people|others|"
        r"everyone|my|"
        r"the \w+ team)\b|\bstop (?:pushing|merging|changing|deploying|breaking) [^.!?]{2,50} "
        r"without "
        r"(?:asking|telling|a review|review|testing)\b",
        r"\b(?:as usual|as always|once again),? (?:nobody|no one|you|sales|marketing|"
        r"they|"
        r"management|everyone)\b",
        r"\b(?:look|feel) like (?:complete |total )?(?:idiots|clowns|amateurs|fools)\b",
        r"\bwhoever (?:\w+ ){1,5}(?:should be (?:fired|ashamed)|shouldn't be allowed|is an "
        r"idiot)\b",
    ),
    cue(
        "finds fault with somebody's work where others read it",
        "bad poor sloppy terrible unacceptable disappointing awful horrible lazy embarrassing told",
        r"\byour (?:work|performance|attitude|behaviou?r|tone|code) (?:is|was|has been|here is) "
        r"(?:\w+ ){0,3}(?:bad|poor|sloppy|terrible|unacceptable|disappointing|awful|"
        r"horrible|"
        r"lazy|embarrassing)\b",
        r"\bi(?:'ve| have)? (?:already )?told you (?:\w+ ){0,3}times\b",
    ),
    cue(
        "judges how people behave",
        "unprofessional disrespectful disgraceful insulting insult ashamed shame",
        rf"\b(?:this|that|it|which|you're|you are)(?:'s| is| was)? {_VERY}(?:unprofessional|"
        r"disrespectful|disgraceful|insulting|insult)\b",
        r"\b(?:you|people|they) should be ashamed\b|\bshame on (?:you|them|him|her)\b",
    ),
    cue(
        "speaks of somebody's affairs where many read it",
        "discuss talk debate",
        r"\b(?:rather not|don't want to|shouldn't|should not|let's not|please don't|not going to|"
        r"not) (?:discuss|talk about|debate)\b[^.!?]{0,60}\b(?:in (?:a|this|the|public|front)|here|"
        r"publicly)\b[^.!?]{0,60}\b(?:who was|let go|fired|salar(?:y|ies)|him|her)\b",
    ),
)
_OUTCRIES: Final = (
    cue(
        "cries out",
        "ridiculous unacceptable outrageous insane joke bullshit bs crap pathetic embarrassing"
        " seriously kidding serious enough unbelievable",
        rf"\b(?:this|that|it)(?:'s| is) {_VERY}(?:ridiculous|unacceptable|outrageous|insane|joke|"
        r"bullshit|bs|crap|pathetic|embarrassing)\b",
        rf"^{_VERY}(?:ridiculous|unacceptable|outrageous|pathetic|unbelievable)\b",
        r"^(?:seriously|are you (?:\w+ )?(?:kidding|serious)(?: me)?) ?\?|\benough is "
        r"enough\b",
    ),
)
_AIMED: Final = re.compile(
    rf"\bwho (?:the \w+ )?{_DID}\b|\b(?:nobody|no one|no-one) (?:\w+ )?(?:told|asked|answers?|"
    r"answered|replied|checked|tested|reviewed|bothered|thought|informed|responds?)\b|"
    r"\byou(?:'ve| have| guys| people| all| lot| never| just| keep| did| didn't| said| promised| "
    r"broke| knew)\b|\byour (?:team|job|fault|mess)\b|\b(?:some(?:one|body)) (?:clearly|obviously|"
    r"keeps|thought|decided)\b|\b(?:management|leadership|marketing|sales) (?:again|never|always|"
    r"keeps?|decided|promised)\b"
)
_WHO_DID: Final = cue("asks for the culprit", "who", rf"\bwho (?:the \w+ )?{_DID}\b")
_LOUD: Final = ("AGAIN", "!!", "?!?", "EVERY TIME")
_JOKES: Final = re.compile(
    r":(?:joy|rofl|laughing|grin|grinning|wink|sweat_smile|smile|smiley|stuck_out_tongue\w*|"
    r"slightly_smiling_face|upside_down_face|smirk|heart\w*|sunglasses|see_no_evil|"
    r"face_with_hand_over_mouth|troll\w*|kissing_heart|innocent|tada|party\w*)[:_]|"
    r"[;:]-?[)DPp](?!\w)|"
    r"\b(?:lol|lmao|rofl|haha\w*|hehe\w*|jk|(?:just|only|i'm|am) (?:kidding|joking)|love)\b|"
    r"(?<!\S)/s\b|"
    r"[\U0001F600-\U0001F606\U0001F609\U0001F602\U0001F923\U0001F61C\U0001F61D\U0001F643]",
    re.IGNORECASE,
)
_OWN_FAULT: Final = re.compile(
    r"\b(?:my (?:own )?(?:fault|bad|mistake)|mea culpa|i(?:'m| am) (?:the |such )?(?:an? "
    r")?(?:idiot|"
    r"moron|genius)|i(?:'ll| will)? apologi[sz]e|i was wrong|i broke it|it was me)\b"
)
_TOLD: Final = re.compile(
    r"^(?:the |our |an? |one |my )?(?:clients?|customers?|users?|guests?|vendor|he|she|they|boss|"
    r"kid|"
    r"daughter|son|wife|husband|neighbou?r) (?:\w+ )?(?:says?|said|wrote|writes|told|complain\w*|"
    r"asked|calls)\b"
)
_CAPITALS: Final = re.compile(r"\b[A-Z][A-Z']+\b(?:[\s,!?]+\b[A-Z][A-Z']*\b){3,}")
_SHOUTED: Final = (
    *("WHY", "WHO", "YOU", "NEVER", "NOBODY", "STOP", "MANY", "AGAIN", "SERIOUSLY", "WTF"),
    *("STILL", "EVERYONE", "ANYONE"),
)
_GLAD: Final = re.compile(
    r"\b(?:LOVE|THANKS?|THANK|BEST|CONGRAT\w*|AMAZING|YES|HAPPY|WELCOME|WON|GREAT|AWESOME|WOO\w*|"
    r"HURRAY|BIRTHDAY|DID IT|GOOD|MISS)\b"
)
_KEYS: Final = all_keys(*_FLARES, *_OUTCRIES)
_SIGNS: Final = (*_LOUD, *_SHOUTED)


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
    found = hits(said, reading.vocabulary, *_FLARES)
    own = (each.phrase(words) for each, words in found if not _TOLD.search(each.words))
    return next(own, "")


def _outcry(said: Sequence[Sentence], reading: Reading) -> str:
    """An outcry alone is about things; it takes somebody whom it is aimed at."""
    blames = hits(said, reading.vocabulary, _WHO_DID)
    loud = (each for each, _ in blames if _is_any_in(each.written, _LOUD))
    if blamed := next(loud, None):
        return blamed.phrase()
    cries = (each.phrase(words) for each, words in hits(said, reading.vocabulary, *_OUTCRIES))
    cry = next(cries, "")
    return cry if cry and (reading.mentions or stands(said, _AIMED)) else ""


def _shout(said: Sequence[Sentence]) -> str:
    for each in said:
        loud = _CAPITALS.search(each.written)
        if loud and _is_any_in(loud[0], _SHOUTED) and not _GLAD.search(loud[0]):
            return each.phrase(loud[0].lower())
    return ""


def _is_any_in(text: str, signs: Sequence[str]) -> bool:
    return any(map(text.__contains__, signs))
