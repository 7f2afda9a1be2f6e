"""What looks like a question or a request, and is none."""

from typing import Final

from bot.core.cues import cue

_FEELING: Final = (
    r"(?:cool|nice|great|lovely|amazing|awesome|beautiful|cute|funny|hilarious|weird|crazy|wild|"
    r"sad|annoying|ironic|fantastic|brilliant|gorgeous|insane|ridiculous|sweet|wonderful)"
)

NOT_ASKING: Final = (
    cue(
        "notice",
        "please note, please ignore: nothing is wanted",
        (
            r"\b(?:please|pls) (?:note|ignore|be aware|don'?t|do not|not|use|see|find|"
            r"welcome|excuse|bear|refer|stand by|join (?:me|us)|be)\b|\b(?:don'?t|do not) [^.!?\n]*"
            r"(?:please|pls)\b|(?:until then|meanwhile|when(?:ever)? [^.,!?\n]{3,60}),? please\b"
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
            r"\b(?:let (?:me|us) know|lmk|ping (?:me|us)|dm me|call me|shout|reach out)"
            r"(?:(?!\bby\b|\buntil\b)[^.!?\n]){0,20}? (?:in case|whenever|anytime|if "
            r"(?!(?:you|we|i)(?:'re| are)? (?:can|could|should|ok|okay|agree|fine|still)\b|"
            r"(?:it|that|this)(?:'s| is) (?:ok|okay|fine|still)\b))[^.!?\n]*|"
            r"\btell (?:me|us) if (?:you|anyone|anybody) (?:need|want|have)[^.!?\n]*|"
            r"\bfeel free\b[^.!?\n]*|\bif (?:you|any(?:one|body)|some(?:one|body)) (?:\w+ )?"
            r"(?:need|want|have|has|wants|needs|like)\b[^.!?\n]{0,60}(?:,|\bjust|\blet|\bplease)"
            r"[^.!?\n]*|\b(?:if|when|should) [^.!?\n]{3,60}, (?:just |please |you can )?(?:call|"
            r"ping|dm|write|"
            r"message|ask|tell|mail) (?:me|us)\b"
        ),
    ),
)
"""What looks like a request and is none: it is taken out before a sentence is judged."""

NO_ACTION: Final = cue(
    "no action",
    "says itself that nothing is to be done",
    (
        r"\b(?:no action (?:needed|required)|nothing to do\b|no need to (?:reply|answer|respond|"
        r"do)|"
        r"(?:nobody|no one|you) (?:has|have|needs?|don'?t have|doesn'?t have) to (?:do|reply|"
        r"answer)|"
        r"totally optional|just a thought|just thinking (?:out )?loud|rant over|to nobody|"
        r"just fyi|just so you know|rhetorical)\b"
    ),
)
"""Who says that, wherever, waits for nobody."""

NOTHING_WANTED: Final = (
    NO_ACTION,
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
        r"^(?:[\w./`'-]+ ){1,4}(?:maybe|perhaps)\?*$|"
        r"^(?:hm+,? |so |or |ok,? |and |then )?(?:(?:try|use|check|run|restart|add|set)\b|maybe|"
        r"perhaps|probably|possibly|"
        r"how about (?:we|a|an|the|just|\w+ing)|what if we|why not(?! ?\?+$)|why don'?t (?:we|you)|"
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
            r"they (?:call|always)|you always|i (?:always|even|keep)|we (?:always|"
            r"even))|who (?:needs|cares|even|asked for|does (?!one\b|the\b|i\b))|what (?:were|"
            r"was) (?:they|he|she|i) thinking|"
            r"how (?:do|did) you (?:always|even) |isn'?t (?:it|"
            r"that|life) (?:great|funny|lovely|nice|weird|ironic|cool)|did (?:any(?:one|"
            r"body)) ever)"
        ),
    ),
    cue(
        "surprise",
        "words of surprise with a question mark",
        (
            r"^(?:(?:n+o+|way|wow|what|wtf|wat|omg|oh|seriously|really|for real|huh|eh|right|no|"
            r"you|know|see|ok|okay|sure|yes|yeah|lol|nice|great|cool|what the \w+)\b[ ,]*)+[?!]+$"
        ),
    ),
    cue(
        "mood",
        "a feeling in the form of a question",
        (
            r"(?:.*, )?(?:is|isn'?t|ain'?t|aren'?t|wasn'?t|how) (?:(?:it|that|this|these|they|life|"
            rf"he|she|\w+) )?(?:just |so )?{_FEELING}\b(?! (?:to|if|for|with)\b)|"
            rf".*\b{_FEELING}\b[^,?]{{0,20}}, (?:isn'?t|aren'?t|ain'?t|wasn'?t) \w+\W*$|"
            rf"how {_FEELING} (?:is|are|was|were)\b|where (?:did|does|has) (?:all )?the "
            r"(?:time|day|week|year)s? (?:go|gone)"
        ),
    ),
    cue(
        "tag",
        "an appended question without its mark",
        (
            r".*, (?:is|isn'?t|can|can'?t|do|don'?t|does|doesn'?t|will|won'?t|would|did|didn'?t|"
            r"are|aren'?t) (?:it|you|they|we|he|she|i)[.!]*$"
        ),
    ),
    cue(
        "how did i miss that",
        "speaks to oneself",
        r"how (?:did|could|can|do) i (?:\w+ )?(?:miss|not|forget|overlook)\b",
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

ASIDE: Final = cue(
    "aside",
    "a why that its author goes on to explain",
    r"why (?!not\b|is\b|are\b|do\b|does\b|did\b|can|would\b|isn|don|doesn|was\b)[^,?]{2,30}\?$",
)

BANTER: Final = cue(
    "banter",
    "ends with laughter, or with a picture",
    (
        r"^\s*(?:lol|ha(?:ha)+h?|hehe|rofl|lmao)\b|(?:\b(?:lol|haha\w*|hehe\w*|rofl|lmao)|"
        r":(?!(?:pray|eyes|wave|thinking\w*|point_\w+|"
        r"question|grey_question|slightly_smiling_face|smile|simple_smile|\+1|thumbsup|"
        r"raised_hand\w*"
        r"|thanks|disappointed|cry|confused|worried|fearful|rotating_light|fire|warning|sos|"
        r"exclamation|bangbang|hourglass\w*|see_no_evil|weary|scream|hugging\w*|bow|ok_hand|"
        r"man-\w+|woman-\w+|shrug|face_with\w*|blush|wink|grimacing|sweat|neutral_face):)"
        r"[a-z][\w+-]+:)[\s!.?)]*$"
    ),
)
"""Questions in it are part of the fun, unless it asks for help."""

FOR_HELP: Final = cue(
    "for help",
    "asks for help, fun or not",
    (
        r"\b(?:any(?:one|body)|some(?:one|body)|how (?:do|can|should|would|to)|(?:can|could|would) "
        r"(?:you|i|we)|please|pls|is there (?:a|any) (?:way|reason)|any (?:idea|thought|tip|"
        r"pointer|update)s?|"
        r"help|should i|am i)\b"
    ),
)

LAUGHS: Final = cue("laughs", "a joke", r"\b(?:lol|haha\w*|hehe\w*|rofl|lmao)\W*$")
