"""The turns of phrase of anger at people, and of what concerns them."""

from typing import Final

from bot.features.coach.rules.norms.cues import any_of, cue

_YOU: Final = r"\byou(?: guys| people| all| lot)?"
_VERY: Final = (
    r"(?:(?:just|simply|absolutely|completely|totally|utterly|so|really|honestly|frankly|beyond|"
    r"getting|becoming|fucking|an?|such|actual|complete|total|bloody|all) )*"
)
_INSULT: Final = (
    r"(?:idiots?|morons?|incompetent|clueless|useless|pathetic|liars?|clowns?|amateurs?|childish|"
    r"stupid|dumb|a disgrace|an embarrassment)"
)
_DID: Final = (
    r"(?:broke|breaks|did (?:this|that)|approved|merged|deleted|pushed|touched|messed|decided|"
    r"thought|signed off|changed|let)"
)
_CHECK: Final = (
    r"(?:answer|reply|respond|listen|read|test|check|review|tell|ask|care|bother|learn|look|try|"
    r"write|think|open|follow|send|update|click|use)"
)

FLARES: Final = (
    cue(
        "names people something that nobody likes to be called",
        "idiot idiots moron morons incompetent clueless lazy useless pathetic liar liars clown "
        "clowns amateur amateurs childish stupid dumb disgrace embarrassment genius",
        rf"(?<!if )\b(?:you(?: guys| people| all)? are|you're|(?:he|she|everyone|everybody|this "
        rf"team|your team) is|people here are) {_VERY}{_INSULT}\b",
        rf"\b(?:they're|they are) {_VERY}(?:idiots|morons|liars|clowns|incompetent|clueless)\b",
        rf"(?<!if )\b(?:you are|you're|they're|they are) (?:just |simply )?too lazy to {_CHECK}\b",
        r"\b(?:what|which|some) (?:absolute |complete |total )?(?:idiot|moron|clown|genius)\b(?! "
        r"(?:bar|move|idea))",
        r"\b(?:this|that|it)(?:'s| is| was) (?:\w+ )?childish\b",
    ),
    cue(
        "curses at people",
        "fuck screw shut hell wtf heck earth wrong",
        r"\b(?:fuck|screw) (?:you|off)\b",
        r"\bshut (?:the \w+ )?up\b(?! and\b)",
        r"\bgo to hell\b",
        r"\b(?:what|why) (?:the (?:hell|fuck|heck)|on earth) (?:are|were|did|would|have) (?:you|"
        r"they)\b(?! (?:talking|need|want|use|have|mean))",
        r"\bwtf (?:is wrong with|are you|were you|did you|do you|guys|people)",
        r"\bwhat(?:'s| is| the hell is) wrong with (?:you|people|him|her|this team)\b",
    ),
    cue(
        "blames somebody",
        "fault screwed messed fucked hell fuck heck earth mind",
        r"\b(?:this|that|it)(?:'s| is) (?:all |entirely |clearly |obviously |completely )?(?:your|"
        r"his|her|their) (?:\w+ )?fault\b(?! line)",
        r"\b(?:you|your team|he|she) (?:guys |people |all |just |always |really )*(?:screwed|"
        r"messed|fucked) (?:this|it|us|everything)(?: all)?(?: up| over)?\b",
        rf"\bwho (?:the (?:hell|fuck|heck)|on earth|in their right mind) (?:\w+ )?{_DID}\b",
    ),
    cue(
        "says what somebody always or never does",
        "never even always keep keeps nobody cares listens reads bothers",
        rf"{_YOU} (?:never|can't even|didn't even|don't even|couldn't even) (?:even |once |"
        rf"bother(?:ed)? to )?{_CHECK}\b(?! (?:the difference|back|again))",
        rf"{_YOU} (?:always (?:ignore|complain|do this|break|blame|change your|promise)|keep (?:on "
        rf")?"
        r"(?:breaking|ignoring|changing your|blaming|moving the goal|pushing (?:broken|untested)|"
        r"wasting))\b",
        r"\b(?:nobody|no one|no-one) (?:here |on this team |in this team |ever |even )*(?:listens|"
        r"reads (?:what|my)|bothers|gives an? \w+\b|takes this seriously|does their job|cares "
        r"(?:about (?:us|me|what)\b|\W*$))|\b(?:nobody|no one) (?:here|on this team|in this team) "
        r"(?:even )?cares\b",
    ),
    cue(
        "holds somebody in contempt",
        "without hard job jobs even bother bothers bothered times third fourth fifth sixth tenth "
        "hundredth millionth thousandth umpteenth nth last waste wasting once",
        rf"\bhow hard (?:can it be|is it|would it be) (?:for (?:you|people) )?to (?:just |simply "
        rf")?{_CHECK}\b",
        r"\bdo your (?:damn |own |fucking |bloody )?jobs?\b",
        rf"\bdid (?:you|any(?:one|body)) even (?:bother to |try to )?{_CHECK}\b",
        rf"\b(?:can't|can|could|couldn't|would) (?:you|people|any(?:one|body)|nobody|some(?:one|"
        rf"body)|everyone) (?:please )?(?:for once|at least bother)\b|\b(?:nobody|no one|you|they) "
        rf"(?:\w+ )?bother(?:s|ed)? (?:to )?{_CHECK}(?:ing)?\b",
        r"\bhow many (?:more )?times (?:do|must|have|did) (?:i|we) (?:have|need|got|asked?|told|"
        r"tell|said|to)\b",
        r"\bfor the (?:third|fourth|fifth|sixth|tenth|hundredth|millionth|thousandth|umpteenth|nth|"
        r"last) (?:\w+ )?time\b ?[,:!]",
        r"\bthe (?:third|fourth|fifth|sixth|tenth|hundredth|nth) time (?:this \w+ |now )?(?:that "
        r")?(?:i|we)(?:'ve| have)? (?:to |had to |have to )?(?:ask|explain|tell|told|say|said|"
        r"remind|clean)\w*\b",
        r"\byou (?:\w+ )?(?:merged|changed|deleted|pushed|deployed|removed|moved|cancelled|"
        r"promised)\b[^.!?]{0,80}\bwithout (?:even |first )?(?:telling|asking|warning|informing|a "
        r"word)\b",
        r"\b(?:waste|wasting) (?:of )?(?:my|our|everyone's|everybody's) time\b",
    ),
    cue(
        "thanks or praises, and means the contrary",
        "nothing nice idea day clap breaking ruining deleting ignoring wasting telling asking "
        "reading",
        r"\bthanks for nothing\b|\bslow clap\b|\bmust be nice to (?:just )?(?:ignore|skip|not "
        r"(?:have|need)|never (?:have|need))\b",
        r"\bwhose (?:\w+ )?(?:brilliant|genius|bright|stupid|dumb) idea\b",
        r"\bwhat (?:are|do) you (?:all |guys |people )*(?:even )?do(?:ing)? all day\W*$",
        r"\b(?:great|nice|good|excellent|brilliant) (?:job|work),? (?:on )?(?:breaking|ruining|"
        r"deleting|ignoring)\b",
        r"\bcongrat(?:s|ulations),? (?:on|for) (?:breaking|ruining|deleting)\b",
        r"\bthanks (?:a lot )?for (?:(?:not|never) (?:telling|asking|reading|answering|informing|"
        r"letting|warning|including)|breaking|ruining|ignoring|wasting)\b",
    ),
    cue(
        "has had enough of others",
        "sick tired fed excuse excuses people done furious livid angry pissed disappointed",
        r"\b(?:sick|tired) of (?:you\b|your\b|people\b|everyone\b|management\b|(?:this|the|your) "
        r"(?:\w+ )?team\b|these excuses|the excuses|excuses|(?:having to|always) (?:clean|explain|"
        r"repeat|chas|beg|fix (?:your|other))\w*|cleaning up after|repeating myself|chasing (?:you|"
        r"people|everyone)|being (?:ignored|blamed|the only))",
        r"\b(?:fed up|(?:so|totally|completely) done) (?:of |with )(?:you|your|people|this team|"
        r"everyone|management|(?:the |these )?excuses|pretending|being|having to|chasing|"
        r"explaining)\b",
        r"\b(?:don't|do not) (?:want|need) to hear (?:one more|any more|another|your|these|those) "
        r"excuses?\b",
        r"\b(?:can|could|would) people (?:please )?(?:finally |just )?stop \w+ing\b",
        r"\bi(?:'m| am) (?:(?:so|really|very|absolutely|quite|deeply|extremely) )*(?:furious|livid|"
        r"angry|pissed off|disappointed) (?:at|with|in|that|about how|by) (?:you|your|him|her|them|"
        r"people|everyone|the team|this team|nobody|no one|how)\b",
    ),
    cue(
        "mocks, or orders about",
        "nice kind typical rtfm damn fucking bloody learn blaming bothering ignoring lying "
        "micromanaging without usual always idiots clowns amateurs fools whoever",
        r"\b(?:nice|kind|good) of (?:you|them|him|her|everyone|marketing|sales) to (?:finally|let "
        r"us know|tell us|inform us|show up|ask (?:us )?after)\b",
        r"\btypical (?:sales|marketing|management|of you)\b|\brtfm\b|\bread the (?:damn|fucking|"
        r"bloody)\b",
        r"^(?:maybe |please |you should )?learn to (?:read|write|test|code|listen)\b",
        r"\bstop (?:blaming|bothering|ignoring|lying|micromanaging) (?:me|us|people|others|"
        r"everyone|my|the \w+ team)\b|\bstop (?:pushing|merging|changing|deploying|breaking) "
        r"[^.!?]{2,50} without (?:asking|telling|a review|review|testing)\b",
        r"\b(?:as usual|as always|once again),? (?:nobody|no one|you|sales|marketing|they|"
        r"management|everyone)\b",
        r"\b(?:look|feel) like (?:complete |total )?(?:idiots|clowns|amateurs|fools)\b",
        r"\bwhoever (?:\w+ ){1,5}(?:should be (?:fired|ashamed)|shouldn't be allowed|is an "
        r"idiot)\b",
    ),
    cue(
        "finds fault with somebody's work where others read it",
        "bad poor sloppy terrible unacceptable disappointing awful horrible lazy embarrassing told",
        r"\byour (?:work|performance|attitude|behaviou?r|tone|code) (?:is|was|has been|here is) "
        r"(?:\w+ ){0,3}(?:bad|poor|sloppy|terrible|unacceptable|disappointing|awful|horrible|lazy|"
        r"embarrassing)\b",
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
        "discuss talk debate heard hear true rumor rumour",
        r"\b(?:rather not|don't want to|shouldn't|should not|let's not|please don't|not going to|"
        r"not) (?:discuss|talk about|debate)\b[^.!?]{0,60}\b(?:in (?:a|this|the|public|front)|here|"
        r"publicly)\b[^.!?]{0,60}\b(?:who was|let go|fired|salar(?:y|ies)|him|her)\b",
        r"\b(?:is it true|i heard|did you hear|rumou?r)\b[^.!?]{0,60}\b(?:(?:was|were|is|got|been|"
        r"being) (?:\w+ )?(?:fired|let go|laid off|sacked|demoted)|performance (?:improvement "
        r")?plan|pregnant|burn(?:ed|t)? out|in rehab|divorc\w+)\b",
    ),
)
"""Each is aimed at people by itself."""
OUTCRIES: Final = (
    cue(
        "cries out",
        "ridiculous unacceptable outrageous insane joke bullshit bs crap pathetic embarrassing "
        "seriously kidding serious enough unbelievable",
        rf"\b(?:this|that|it)(?:'s| is) {_VERY}(?:ridiculous|unacceptable|outrageous|insane|joke|"
        r"bullshit|bs|crap|pathetic|embarrassing)\b",
        rf"^{_VERY}(?:ridiculous|unacceptable|outrageous|pathetic|unbelievable)\b",
        r"^(?:seriously|are you (?:\w+ )?(?:kidding|serious)(?: me)?) ?\?|\benough is enough\b",
    ),
)
"""They may be about things."""
WHO_BROKE: Final = cue(
    "asks for the culprit, or names one",
    "who you",
    r"\bwho (?:the \w+ )?(?:broke|breaks|deleted|messed)\b",
    r"\byou (?:\w+ )?(?:broke|merged|changed|deleted|pushed|forgot|ignored|missed|deployed|"
    r"skipped)\b",
)
"""A question, unless it is loud."""
AIMED: Final = any_of(
    r"\bwho (?:the \w+ )?(?:broke|approved|merged|deleted|pushed|messed|decided|thought)\b",
    r"\b(?:nobody|no one|no-one) (?:\w+ )?(?:told|asked|answers?|answered|replied|checked|tested|"
    r"reviewed|bothered|thought|informed|responds?)\b",
    r"\byou (?:guys|people|all|lot|never|keep|didn't|said|promised|broke|knew|told)\b",
    r"\byou(?:'ve| have) (?:been|had|known|promised|ignored)\b",
    r"\byour (?:team|job|fault|mess)\b",
    r"\bsome(?:one|body) (?:clearly|obviously|keeps|thought|decided)\b",
    r"\b(?:management|leadership|marketing|sales) (?:again|never|always|keeps?|decided|promised)\b",
)
"""Somebody is meant, not a thing."""
