"""The turns of phrase by which people want something done, and how English's neighbours ask."""

from typing import Final

from bot.core.cues import START, cue

_DO: Final = (
    r"(?:review|approve|confirm|send|share|forward|sign|merge|deploy|ship|fix|call|invite|upload|"
    r"assign|ping|remind|explain|tell|give|bring|order|book|fill|submit|join|vote|reply|respond|"
    r"answer|unblock|grant|renew|post|publish|take|pick|finish|stop|hold|rebase|schedule|prepare|"
    r"cancel|extend|rotate|help|let(?!'| me| us)|pay|refund|print|proofread|drop|decide|choose|"
    r"handle|cover)"
)

REQUESTS: Final = (
    cue(
        "reminder",
        "reminds of something that is to be done",
        r"^(?:(?:just|a|friendly|gentle|quick|last) )*reminder to (?!self)",
    ),
    cue("please do", "a request with a polite word", r"\b(?:please|pls|plz|plss|kindly)\b"),
    cue(
        "if you could",
        "a request as a condition",
        (
            r"\bif (?:you|someone|somebody|anyone|anybody|any of you|one of you)(?: (?:from|"
            r"in|on) \w+)? (?:could|can(?!'t)|would(?!n'?t)|has a|have a|has (?:a )?(?:minute|"
            r"time)|knows?|might|is able)\b"
        ),
    ),
    cue(
        "would be great",
        "a wish to somebody",
        (
            r"\b(?:would|'d) be (?:really |very |so |super )?(?:great|lovely|awesome|helpful|"
            r"nice|good|appreciated|wonderful|amazing|grateful|cool) (?:if (?:you|someone|"
            r"somebody|anyone|we could (?:get|have))|to (?:have|get|hear|know))\b"
        ),
    ),
    cue(
        "appreciated",
        "thanks beforehand",
        (
            r"\b(?:(?:help|advice|pointers?|feedback|input|review|thoughts|suggestions?|"
            r"ideas?|guidance|insights?|answers?) (?:\w+ ){0,3}(?:is|are|would be|will be|"
            r"very|much|greatly)? ?(?:\w+ )?(?:appreciated|welcome)|(?:i'?d|i would|would|"
            r"really) (?:\w+ )?(?:appreciate|be (?:so |very )?grateful)|"
            r"(?:thanks?|thx|ty) (?:you )?in advance|would (?:someone|anyone|you mind))\b"
        ),
    ),
    cue(
        "let me know",
        "wants to be told something; an offer to tell is another thing",
        START
        + (
            r"(?:please )?(?:let (?:me|us) know|lmk|tell me|keep me posted)(?: (?:what|which|"
            r"when|whether|by|your|who|how|where|why|if|in the|today|tomorrow|asap|about)\b|"
            r"\W*$)"
        ),
    ),
    cue(
        "need",
        "needs something of somebody",
        (
            r"\b(?:(?:i|we) (?:\w+ ){0,2}need (?:\w+ )?(?:help|hand|approval|access|input|"
            r"feedback|someone|somebody|one person|to (?:talk|speak|ask) (?:to |with )?(?:you|"
            r"someone|somebody|about))\b|need (?:\w+ ){0,6}(?:from (?:you|each|every|eng|the|"
            r"design|support|sales|legal)|signed|reviewed|approved|merged|rotated|done by)\b|"
            r"(?:i|we) still need\b|still need (?:from|your)|need (?:a |some |your |"
            r"more )?(?:little )?(?:help|review|hand|eyes|approval|pair)\b|(?:help|review|"
            r"input|eyes|approval) (?:is )?(?:needed|wanted|required)|needs (?:a )?(?:review|"
            r"approval|your))"
        ),
    ),
    cue(
        "need by then",
        "a need with a time is a request",
        (
            r"\b(?:i|we) (?:\w+ )?need (?!to (?!have|get|know))[^.!?\n]{3,80} (?:by|before|until|"
            r"till|"
            r"no later than) (?:the |end |noon|tonight|tomorrow|today|eo[dw]|cob|mon|tue|wed|"
            r"thu|fri|sat|sun|next|this|\d)"
        ),
    ),
    cue(
        "need at start",
        "a need without a subject is a request",
        (
            r"^need (?:to (?:talk|speak|ask)|a|an|the|this|that|these|some|one|someone|"
            r"somebody)\b"
        ),
    ),
    cue(
        "hand",
        "wants help or an opinion",
        (
            r"\b(?:help me (?!to\b)?(?:with|out|understand|figure|find|please)|give me a hand|"
            r"(?:somebody|someone) (?:who|from|with|in) [^.!?]{3,80} to (?:tell|look|check|"
            r"help)|have a look\?|another pair of eyes|second (?:opinion|pair)|"
            r"could (?:really )?use (?:some|your|another|a (?:hand|second|little))|"
            r"looking for (?:some(?:one|body)?|"
            r"help|a (?:volunteer|reviewer|way|good|tool|library|recommendation|solution)|"
            r"recommendations|suggestions|advice|feedback|reviewers|volunteers)|"
            r"should have a look|(?:not|isn't) my call|(?:what'?s|need) your (?:call|take)|"
            r"(?:love|like|want|welcome|interested in|looking for|"
            r"eager for) (?:\w+ ){0,2}(?:feedback|thoughts|input|opinions?|comments|"
            r"suggestions)\b(?! on "
            r"(?:it|that) (?:was|is))|i'?d like (?:somebody|someone|you) to|"
            r"i would like (?:somebody|someone|you) to|"
            r"want (?:it|that|this) from|out of ideas|wdyt|ptal|thoughts\?|your (?:thoughts|"
            r"opinion)\b|i want you to|i (?:need|want) it from you)"
        ),
    ),
    cue(
        "review",
        "work that is ready for somebody else",
        (
            r"\b(?:pr (?:is )?(?:ready|up)|ready (?:for|to) (?:be )?(?:a )?review(?:ed)?|"
            r"up for review|for (?:your )?(?:review|approval)|(?:waiting|wait) (?:on|"
            r"for) (?:you\b(?! to get)|your)|depends on you\b|go ?/ ?no-go)"
        ),
    ),
    cue(
        "got a minute",
        "wants somebody's time",
        (
            r"\b(?:(?:do you )?(?:got|have) (?:you )?a (?:sec|second|min|minute|moment|"
            r"quick)\b|got time\b|(?:can|could) (?:we|i) (?:chat|talk|speak|ask|pick)|"
            r"(?<!see )you (?:there|around|free)\b\W*$)"
        ),
    ),
    cue(
        "imperative",
        "an order at the beginning",
        r"^(?:review|approve|confirm|help|explain)\b(?!ed)|^mind (?:if|\w+ing)\b",
    ),
    cue(
        "do it for me",
        "an order with its author as the one it is for",
        START
        + (
            r"(?:(?:some|any)(?:one|body) )?(?:please )?(?:(?:send|show|give|remind|call|ping|add|"
            r"invite|forward|bring|pass|grant|put|text|dm|mail|cc|assign|teach|walk)"
            r" (?:(?:it|this|that|them) to )?(?:me|us)|tell (?:me|us)(?! about it))\b"
            r"(?! (?:a (?:sec|min|moment)|(?:if|when|whenever|once) (?:you need|it|anything|this)"
            r"|one|\d|till|until|some time|an? (?:hour|while|break))\b)"
        ),
    ),
    cue(
        "somebody do",
        "an order to whoever reads it",
        (
            rf"^(?:somebody|someone|anybody|anyone|whoever \w+) (?:please )?{_DO}\b(?! (?:it "
            rf")?was)|"
            r"\bwho can\b|\banyone with\b"
        ),
    ),
    cue(
        "your yes",
        "needs something that only who reads it can give",
        (
            r"\b(?:needs?|needed|wants?|require|missing|waiting (?:on|"
            r"for)) (?:[\w'-]+ ){0,3}?(?:your"
            r"(?!self)|(?:yes|ok|okay|go|input|answer|decision|sign-?off|approval|numbers|review|"
            r"feedback) from)\b(?! (?:own|code|machine|project|app|own|server|computer|package|"
            r"config|local|file|repo|account|class|function|component|model|data)\b)"
        ),
    ),
)
"""Whoever writes one of these wants something done, or somebody's time."""

WANTED: Final = (
    cue(
        "do",
        "an order to do what one does for another, or for the one who gives it",
        START
        + (
            rf"(?:quick,? |just )?(?:{_DO}(?! me know (?:if|how)|s\b)|(?:check|look|add|update|put|"
            rf"move|"
            r"remove|change|open|close|have a look)\b[^.!?\n]{0,40}\b(?:me|us|my|our|by|until|"
            r"before|"
            r"today|tomorrow))\b(?! (?:a look at the (?:docs|readme)|one of)\b)"
        ),
    ),
    cue(
        "need",
        "a need that is told to people by name",
        (
            r"^(?:still )?needs?\b|\b(?:i|we|i'd|still|also|only|he|she|they|customer|customers|"
            r"client|"
            r"team|legal|finance) (?:(?:\w+ )?need|needs|lack|"
            r"miss)s?\b(?! (?:to (?:\w+ ){1,4}first|no)\b)|"
            r"\b(?:waiting|blocked|depends|stuck|hold) (?:on|for|by)\b|"
            r"\bwants? [^.?!\n]{2,60} (?:from (?:us|you)|by|until|before)\b|"
            r"\b(?:up to you|(?:is|are|keeps?) asking (?:for|about|when|if|whether)|would help if|"
            r"your (?:turn|call|move|decision|opinion))\b"
        ),
    ),
)
"""Whoever names somebody and writes one of these wants something of them."""

ORDER: Final = cue(
    "order",
    "what may be advice, too",
    (
        r"^(?:and |then |so )?(?:check|look|add|update|put|move|remove|change|open|close|create|"
        r"make|"
        r"delete|restart|reset|restore|test|verify|enable|disable|write|set up|revert|roll back|"
        r"clean|have a look|take a look)\b"
    ),
)

NEIGHBOURS: Final = (
    cue(
        "spanish",
        "how Spanish asks",
        (
            r"\b(?:alguien (?:sabe|puede|tiene|ha|conoce|me)|me (?:puedes|pueden|pod\u00e9is|"
            r"podr\u00edas|ayudas?)|(?:puedes|podr\u00edas|pod\u00e9is|pueden) \w+r\b|"
            r"por favor|sab(?:es|\u00e9is|en) (?:si|d\u00f3nde|c\u00f3mo|qu\u00e9|"
            r"cu\u00e1ndo)|^d\u00f3nde est\u00e1|^c\u00f3mo (?:puedo|se|hago)|"
            r"hay alguna? (?:forma|manera|modo|noticia))"
        ),
    ),
    cue(
        "german",
        "how German asks",
        (
            r"\b(?:(?:wei\u00df|hat|kann|k\u00f6nnte|kennt|mag|will) (?:jemand|wer|einer)|"
            r"(?:kannst|k\u00f6nntest|magst|w\u00fcrdest) (?:du|mir)|(?:k\u00f6nnt|"
            r"k\u00f6nntet) ihr|k\u00f6nnen sie|k\u00f6nnten sie|bitte (?!sch\u00f6n|sehr)|"
            r"^(?:ist|sind) (?:das|es|der|die|hier|noch|schon)\b|(?:wo|wie|wann|warum|wer|was|"
            r"welche[rsn]?) (?:finde|finden|kann|k\u00f6nnen|muss|ist|sind|hat|macht|mache|"
            r"geht|komme?|bekomme?|liegt|war)\b|^(?:liegt|geht|hat|haben|kommt|wird|werden|kann|"
            r"k\u00f6nnen|muss|darf|soll|sollen|d\u00fcrfen) (?:das|die|der|den|es|man|ich|wir|ihr|"
            r"sie|noch|schon)\b|habt ihr|hast du|gibt es|wei\u00dft du)"
        ),
    ),
    cue(
        "french",
        "how French asks",
        (
            r"(?:\b(?:quelqu'un|est-ce que|(?:peux|pourrais|sais|as|es)-tu|(?:pouvez|pourriez|"
            r"savez|avez|\u00eates)-vous|tu (?:peux|pourrais)|vous (?:pouvez|pourriez)|svp|"
            r"stp|s'il (?:te|vous) pla\u00eet|merci de \w+er\b|comment (?:on|je|faire|"
            r"puis-je)|o\u00f9 (?:est|sont|puis-je)))"
        ),
    ),
    cue(
        "portuguese",
        "how Portuguese asks",
        (
            r"\b(?:algu\u00e9m (?:sabe|pode|tem|consegue|j\u00e1|conhece)|(?:voc\u00ea|podes|"
            r"pode|poderia|consegues|conseguiste) \w+r\b|preciso (?:de saber|de ajuda|que)|"
            r"^como (?:fa\u00e7o|posso)|^onde (?:est\u00e1|fica|posso))"
        ),
    ),
)
"""How Spanish, German, French and Portuguese ask."""
