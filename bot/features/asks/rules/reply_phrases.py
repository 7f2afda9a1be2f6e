"""The turns of phrase by which people answer, promise, refuse, and say that they look."""

from typing import Final

from bot.core.cues import cue

YES: Final = cue(
    "yes",
    "a yes by itself",
    (
        r"^(?:yes|yep|yeah|yup|sure(?: thing)?|ok(?:ay)?|k|of course|absolutely|certainly|"
        r"no problem|np|s\u00ed|claro|ja|klar|oui|bien s\u00fbr|sim|go)\b[ ,.!:;-]*"
    ),
)

YES_NO: Final = cue(
    "yes or no",
    "begins as an answer",
    (
        r"^(?:well,? |hm+,? |oh,? |ah,? |um+,? |sorry,? |afaik,? |i think |i guess |"
        r"i believe |i'd say |basically |short answer:? |probably |actually,? |"
        r"unfortunately,? |most likely |then |ha,? |ok,? )*+(?:yes|yep|yeah|yup|ya|no|nope|"
        r"nah|correct|indeed|exactly|right|sure|not (?:really|yet|that i|normal|as|at|any|"
        r"in|on|sure|possible|by|exactly|quite|necessarily)|of course|definitely|"
        r"absolutely|probably|likely|maybe|depends|it depends|it (?:is|does|was|did|has|"
        r"can|should|will|works|doesn'?t|isn'?t|depends|wasn'?t|would|could)|they (?:are|"
        r"do|did|were|can|don'?t)|i (?:do|did|have|am|can|could|will|think so|don'?t think|"
        r"believe so|"
        r"guess so|was)\b|we (?:do|did|have|are|don'?t|can|moved|use|keep|used)|"
        r"there (?:is|are|isn'?t|aren'?t|was)|you (?:can|could|should|need|have|may|must|"
        r"would|might|don'?t|do|are|want)|known\b|fine (?:by|with) me|go ahead|please go|"
        r"go\b|s\u00ed|ja|nein|oui|non|sim|n\u00e3o|doch|genau|closed|done|booked|"
        r"approved|still (?:in|not))\b"
    ),
)

ADVISES: Final = cue(
    "advises",
    "tells whoever asks what to do",
    (
        r"\b(?:you (?:can|could|should|need|have to|might|may|want to|must|would|"
        r"don'?t need|'d|probably|just|will)|you'?(?:d|ll|re)|your|try(?:ing)?|use|using|"
        r"check|see|look (?:at|in|into)|set|add|run|install|remove|change|put|make sure|"
        r"instead|because|since|due to|should be|it'?s (?:in|on|at|under|called|a|the|an|"
        r"because)|in the \w+|means?|depends|works|supposed|documented|docs?|example|"
        r"easiest|recommend|prefer|default|basically|e\.g|i\.e|i (?:use|used|usually|"
        r"think|believe|would|'d|do it)|we (?:use|have|do|moved|are|rotated|keep|"
        r"blocked))\b|->|=>"
    ),
)

SUGGESTS: Final = cue(
    "suggests",
    "advice in the form of a question",
    (
        r"^(?:hm+,? |oh,? |so,? |or |and |well,? |ok,? )*+(?:maybe|perhaps|"
        r"have you (?:tried|looked (?:at|into)|seen (?:the|this)|considered|thought|read)|"
        r"why (?:not|don'?t you)|how about|what about (?:using|\w+ing)|couldn'?t you|"
        r"can'?t you|could you (?:not|just|use)|can you (?:not|just|use)|you (?:could|can|"
        r"might|should|mean|want|need)|wouldn'?t|isn'?t (?:that|it)|did you (?:try|"
        r"look at|read|see the)|tried|probably|something like|like this|i think|i guess|"
        r"i believe|is it (?:maybe|possible|because)|could it be|could be|might be)\b"
    ),
)

HEDGES: Final = cue(
    "hedges",
    "an answer that is not certain",
    (
        r"\b(?:i (?:think|guess|believe|suppose)|iirc|afaik|if i remember|probably|maybe|"
        r"perhaps)\b"
    ),
)

ACCEPT: Final = cue(
    "accept",
    "takes it on",
    (
        r"^(?:ok(?:ay)?|sure|yes|yep|yeah|of course|absolutely|happy to|certainly|"
        r"no problem|np|right|hi|hey|ah|oh|k)?(?: thing)?[,.! ]*(?:on it|will do|(?:i'?ll|"
        r"i will|i can|i could|we'?ll|we can) (?!check|look|see|find|ask|get back|think|"
        r"have a look|take a look|never|not)\w+|consider it done|you(?:'ll| will) have it|"
        r"mine|i'?ve got (?:this|it)|i got (?:this|it)|got this|working on it|happy to|"
        r"can do|gladly|with pleasure|leave it (?:to|with) me|i'?m on it|doing it|"
        r"let me do|will (?:send|fix|review|merge|do|update|add|take|post|share|finish|"
        r"handle|deploy|write|book|move|ship|push|make|darken|change|prepare|upload|"
        r"create|call)\b|i'?ll do|after (?:lunch|the|my)|mache? ich|claro|lo hago|"
        r"je m'en (?:occupe|charge)|fa\u00e7o|of course|sure|absolutely)\b"
    ),
)

PROMISES: Final = cue(
    "promises",
    "will be done later",
    (
        r"\b(?:i'?ll|i will|i can|i could|we'?ll|we can|will|i'?m|today|tomorrow|later|"
        r"after|before|tonight|soon|by|this (?:afternoon|morning|evening|week)|next|"
        r"in (?:a|an|\d+|the)|on it|right away|no problem|first thing|when|once|get well|"
        r"monday|tuesday|wednesday|thursday|friday)\b"
    ),
)

DECLINE: Final = cue(
    "decline",
    "cannot or will not do it",
    (
        r"^(?:sorry|no|nope|hi|hey|hm+|ah|unfortunately|i'?m afraid|ugh|"
        r"oh)?[,.! ]*(?:sorry[,.! ]*)?(?:but )?(?:i )?(?:am |'m )?(?:can(?:'?t|"
        r"not)\b(?! (?:see|find|reproduce|say|tell|remember))|won'?t\b(?: be able| have)?|"
        r"don'?t have (?:the |any )?(?:time|capacity|bandwidth)|no (?:time|capacity|"
        r"bandwidth)|have to (?:pass|decline)|not me\b|i'?m (?:out|off|swamped|not able|"
        r"not available|booked|in (?:trainings|meetings) all)|not (?:able|available|"
        r"possible) (?:to|today|this|for)|rather not|i'?d rather not|unable to|"
        r"not my (?:area|thing|team)|nicht|kann (?:heute |ich )?(?:leider )?nicht|"
        r"no puedo|je ne peux pas|n\u00e3o posso)"
    ),
)

TAKES_ON: Final = cue(
    "takes it on",
    "will see to it, whatever was asked",
    r"^(?:i'?m )?(?:on it|will do|leave it (?:to|with) me|i'?ve got (?:this|it))\W*$",
)

BEGS_OFF: Final = cue(
    "begs off",
    "regrets that somebody else has to say it",
    (
        r"^(?:sorry|unfortunately|i'?m afraid)[,.! ]+(?:but )?i (?:can'?t|cannot|won'?t)\b"
        r"(?! (?:see|find|reproduce|say|tell|remember))"
    ),
)

HOLDING: Final = cue(
    "holding",
    "is looking, and has not found it yet",
    (
        r"(?:\b(?:i'?m |am |we'?re |still |already |just |now )+(?:looking|checking|"
        r"digging|searching|investigating|asking|testing|trying to|finding out|on my way|"
        r"on a call|in a meeting|afk|thinking|waiting for)\b|^(?:(?:hm+|oh|ah|"
        r"sorry)[, ]+)*(?:looking|checking|"
        r"searching|digging|investigating|thinking|asking around|on a call|"
        r"in a meeting)\b|\blet me (?:just |quickly )?(?:check|look|see|have a|take a|ask|"
        r"find|get back|think|try|dig|verify|confirm|double|search|read|test|pull)\b|(?:^|"
        r"[,.!] ?|ok |sure |please )(?:just |give me |gimme )?(?:one|1|a|two|2|\d+|a few|"
        r"few) (?:sec|secs|second|seconds|moment|min|mins|minute|minutes|mo)\b"
        r"(?=\W*$|[,.!]| (?:please|pls|i|let|and|to)\b)|\b(?:i'?ll|i will|i'?m gonna|i'?m going to|"
        r"i'?d have to|"
        r"i have to|i'?ll have to|i need to|i must|^will|^gonna|^have to|^need to|"
        r", (?:need|have) to|i'?d need to) (?:just |quickly |first )?(?:check|look|"
        r"have a look|take a look|find out|get back|ask|see (?:what|if|whether)|dig|"
        r"verify|double|investigate|think about|come back|let you know|test (?:it|that)|"
        r"search|try to find)\b|\b(?:give me|gimme) (?:till|until|some time|(?:\w+ ){1,3}(?:sec|"
        r"secs|min|"
        r"mins|minutes?|moment|hours?))\b|\b(?:will|i'?ll|gonna) (?:answer|reply|respond|report|"
        r"come back|"
        r"know (?:more )?(?:by|after|in|on|later|tomorrow)|tell you)\b|\bwriting (?:it|that|"
        r"this) up\b|\b(?:be|get) (?:right )?back to you\b|\bbrb\b|"
        r"\b(?:hang|hold) on\b|\bbear with me\b|\bstand by\b|\bmore (?:tomorrow|later|"
        r"soon)\b|^(?:checking|check) with\b|\bdame un (?:minuto|momento|segundo)|"
        r"\blo (?:busco|miro)\b|\bich (?:schau|schaue|frag|frage|guck)\b|"
        r"^schaue? (?:ich )?(?:mal|gleich|nach)\b|^(?:einen )?moment\b|\bje (?:regarde|"
        r"v\u00e9rifie|demande)\b|\bvou ver\b|\bdeixa(?: eu|-me| me)? ver\b|\bun (?:instant|"
        r"momento)\b)"
    ),
)

NO_IDEA: Final = cue(
    "no idea",
    "does not know, and says nothing else",
    (
        r"^(?:hm+,? |sorry,? |oh,? |i |honestly,? |well,? |tbh,? )*+(?:'?m )?(?:no idea|"
        r"not sure(?: (?:about|either|tbh|yet|myself))?|no clue|dunno|"
        r"don'?t know(?: (?:either|that|yet|tbh|sorry))?|idk|i wouldn'?t know|"
        r"i'?m not sure|keine ahnung|ni idea|aucune id\u00e9e)\b"
    ),
)

WANTS_ACTION: Final = cue(
    "wants action",
    "asks for something to be done rather than told",
    (
        r"\b(?:(?:can|could|would|will) (?:you|someone|somebody|anyone|anybody|one of you|"
        r"u)\b(?! (?:tell|say|remember|confirm|explain|see|think|know|have|recommend|"
        r"point))|please|pls|plz|need (?:you|your|someone|somebody|help)\b|have a look|"
        r"take a look|review|mind (?:if you|\w+ing)|are you able to|are you on|jump in|"
        r"(?:puedes|podr\u00edas|kannst|k\u00f6nntest|peux|pouvez|pode|podes|me puedes)\b|"
        r"bitte\b|por favor\b|waiting (?:on|for)\b|who can\b|your approval)"
    ),
)

PERMISSION: Final = cue(
    "permission",
    "asks whether something may be done",
    (
        r"\b(?:ok|okay|fine|alright|good|cool) (?:to|if|with|for|that)\b|(?:^|"
        r"[,.:] ?)(?:can|may|shall|should) (?:i|we)\b|\bobjections?\b|\bobject\b|"
        r"\bmind if\b"
    ),
)

SOLVED: Final = cue(
    "solved",
    "the asker has what they need",
    (
        r"\b(?:(?:i )?(?:just )?(?:found|figured|got|solved|fixed|sorted) (?:it|that|"
        r"this)(?: out| working| to work| now| myself)?\b(?! (?:from|at|in the mail|"
        r"yesterday))|(?:that|this|it) (?:works?|worked|did it|helps?|helped|fixed it|"
        r"solves? it|solved it|was it|did the trick|makes sense)(?: now| perfectly|"
        r" great)?\b(?! (?:for|if|when|with|but|only|without|locally))|works (?:now|again|"
        r"perfectly|fine now)|^works\b|solved\b|answered my (?:own )?question|"
        r"that'?s (?:what i (?:needed|wanted|was looking for)|it\b)|it was (?:the|my|a|"
        r"just)|found the (?:problem|issue|bug|cause|reason|answer)|my (?:bad|mistake|"
        r"fault)|makes sense|funktioniert(?: jetzt)?|hat geklappt|ya funciona|"
        r"\u00e7a marche|resolvido|j\u00e1 funciona|geht jetzt|wrong (?:directory|branch|"
        r"channel|file|env)|typo)\b"
    ),
)

NEVER_MIND: Final = cue(
    "never mind",
    "the asker needs it no more",
    (
        r"\b(?:never ?mind(?! the\b)|nvm|forget (?:it|about it|that)|(?:no longer|"
        r"not) (?:needed|relevant|necessary)|scratch that|ignore (?:me|that|my|this)|"
        r"disregard|hat sich erledigt|olv\u00eddalo|ya no hace falta|laisse tomber|"
        r"deixa pra l\u00e1|esquece)\b"
    ),
)

CONTENT: Final = cue(
    "content",
    "takes what was said as an answer",
    (
        r"(?:(?:got it|ah+|oh+|ok(?:ay)?|k|cool|great|perfect|nice|awesome|makes sense|"
        r"i see|right|sweet|understood|noted|good to know|excellent|lovely|good|brilliant|"
        r"super)\b[ ,.!:)-]*+)++$"
    ),
)
WHO_ELSE: Final = cue(
    "who else",
    "wants to hear of others who have the same",
    (
        r"\b(?:any(?:one|body)|some(?:one|body)|you|other people|others)\b[^?\n]{0,40}"
        r"\b(?:else|too|also|same|see(?:ing)? (?:that|this|it))\b|is it (?:just|only) me|"
        r"am i the only"
    ),
)
