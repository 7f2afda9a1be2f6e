"""What looks like a question or a request, and is none."""

from typing import Final

from bot.features.asks.rules.cues import cue

NOT_ASKING: Final = (
    cue(
        "notice",
        "please note, please ignore: nothing is wanted",
        (
            r"\b(?:please|pls) (?:note|ignore|be aware|don'?t|do not|not|use them|see|find|"
            r"welcome|excuse|bear|refer|stand by|be)\b"
        ),
    ),
    cue(
        "yes please",
        "an answer",
        (
            r"\b(?:yes|yeah|yep|no|oh),? (?:please|pls)\b|^please do\b|^(?:please )?go ahead|"
            r"^(?:please )?take it\b"
        ),
    ),
    cue(
        "offer",
        "whoever may write waits for nobody",
        (
            r"\b(?:let (?:me|us) know|lmk|tell me|ping me|dm me|shout|reach out|"
            r"feel free)[^.!?\n]{0,20} (?:if (?!you can make|it'?s ok|that'?s ok)|in case|"
            r"when you'?re)\b|\bfeel free\b|\bif (?:you|anyone|someone|somebody) (?:need|want|"
            r"have|has|wants|needs)[^.!?\n]{0,40}(?:,|\bjust|\blet|\bplease)"
        ),
    ),
    cue("please, quoted", "asked for care in general", r"\bplease use\b"),
)
"""What looks like a request and is none: it is taken out before a sentence is judged."""

NOTHING_WANTED: Final = (
    cue(
        "optional",
        "says itself that nothing is to be done",
        (
            r"\b(?:no action (?:needed|required)|nothing to do|no need to (?:reply|answer|"
            r"respond)|totally optional|just a thought|just thinking out loud|rant over|"
            r"to nobody|just fyi|just so you know|rhetorical)\b"
        ),
    ),
    cue(
        "happy to help",
        "offers help, or wants to hear how it ends",
        (
            r"\b(?:happy|glad) to (?:help|assist|answer|chat|pair|walk|take|look|share)\b|"
            r"\b(?:let me know|keep me posted) how (?:it|that|this) (?:goes|went|works)"
        ),
    ),
)
"""Who says that waits for nobody."""

WITHDRAWN: Final = cue(
    "withdrawn",
    "the author needs it no more",
    (
        r"^(?:oh |ah |ok |sorry )?(?:,? ?)(?:never ?mind|nvm|nevermind|scratch that|"
        r"forget (?:it|that|about))\b"
    ),
)

SUGGESTION: Final = cue(
    "suggestion",
    "a proposal with a question mark",
    (
        r"^(?:hm+,? |so |or |ok,? |and |then )?(?:maybe|perhaps|probably|possibly|"
        r"how about (?:we|a|an|the|just|\w+ing)|what if we|why not|why don'?t (?:we|you)|"
        r"(?:i|we|you) (?:could|can|might|should|guess|think|"
        r"suppose)\b(?!.{0,120}(?:, right|, no|, correct|\bok|\bor)\?))"
    ),
)

RHETORICAL: Final = (
    cue(
        "guess what",
        "a question that tells something",
        (
            r"^(?:guess (?:who|what|which|how)|(?:you )?know what|remember (?:when|that)|"
            r"who knew|who doesn'?t|who would have|what could (?:possibly )?go wrong|"
            r"what an? |how (?:cool|nice|great|awesome|funny|cute|weird|hard) )"
        ),
    ),
    cue(
        "does that help",
        "an answer that ends politely",
        (
            r"^(?:does|did|would) (?:that|this|it) (?:help|make (?:any |more )?sense|"
            r"answer)[^?]{0,20}\?\s*if not"
        ),
    ),
    cue(
        "small talk",
        "a greeting in the form of a question",
        (
            r"^(?:(?:hi|hey|hello|yo)[, ]+)?(?:how (?:are|r) (?:you|u|things|we all|y'all|ya)|"
            r"how (?:is|'s) (?:it going|everybody|everyone|life)|how'?s (?:it going|everyone|"
            r"everybody|life|things|your (?:day|week|weekend))|how do you do|"
            r"what'?s up (?:everyone|folks|guys|all|sunshine|people)|how you doing|"
            r"what'?s new\b|wie geht|qu\u00e9 tal|\u00e7a va|tudo bem)(?: (?:all|guys|"
            r"everyone|everybody|folks|today|doing|this|so|morning|far|your|weekend|day|going|"
            r"it|friends|people|team)\b)*[ ,.!]*\??$"
        ),
    ),
    cue(
        "wondering aloud",
        "nobody is meant to answer",
        (
            r"^(?:.{0,40}\bhow do you always\b|why (?:would|do|does|did) (?:any(?:one|body)|"
            r"they (?:call|always)|people|you always|i (?:always|even|keep)|we (?:always|"
            r"even))|who (?:needs|cares|even)|what (?:were|was) (?:they|he|she|i) thinking|"
            r"how (?:do|did) you (?:always|even) |isn'?t (?:it|"
            r"that|life) (?:great|funny|lovely|nice|weird|ironic|cool)|did (?:any(?:one|"
            r"body)) ever|(?:really|seriously|wat|wtf|what|huh|eh|oh really|right|no|you know|"
            r"see|ok|okay|sure|yes|lol|nice)\?+$)"
        ),
    ),
    cue(
        "if, then",
        "a riddle or a lesson: the teller answers it",
        r"^if (?:a|an|no|nobody) [^?]{5,100}, (?:did|does|is|was|do)\b",
    ),
)
"""Questions to which nobody is expected to answer."""

SELF_ANSWERED: Final = cue(
    "self-answered",
    "the next sentence answers or drops the question",
    (
        r"(?:if not\b|(?:also )?yes|no|nope|yep|yeah|not (?:really|any more)|oh\b|ah\b|aha|anyway|"
        r"you (?:wait|don'?t|just|do|use)|because|it turns out|turns out|let'?s say|"
        r"the answer|well,|simple:|i got it|got it|found it|never ?mind|nvm|none|nothing|"
        r"nobody|i guess|i think (?:it|so|not)|we (?:don'?t|do|did|didn'?t)\b|probably)"
    ),
)

LAUGHS: Final = cue("laughs", "a joke", r"\b(?:lol|haha\w*|hehe\w*|rofl|lmao)\W*$")
