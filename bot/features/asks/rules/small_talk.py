"""What is said around a question and does not answer it."""

from typing import Final

from bot.core.cues import cue

_OH: Final = (
    r"(?:(?:ah+|oh+|ok(?:ay)?|okey|hm+|hi|hey|hello|um+|uh+|well|yes|yep|yeah|sure|"
    r"sorry|right|so|cool|great|alright|good|no problem|np)\b[ ,.!:-]*+)*+"
)

AUTOMATIC: Final = cue(
    "automatic",
    "a machine wrote it",
    (
        r"\b(?:automatic reply|auto-?reply|automatische antwort|respuesta autom\u00e1tica|"
        r"r\u00e9ponse automatique|out of (?:the )?office|ooo until|"
        r"notifications (?:paused|snoozed)|(?:i'?m|i am|am|"
        r"currently) on (?:\w+ )?(?:vacation|leave|pto|holiday) (?:until|till)|(?:am|"
        r"i'm) (?:away|out) until|will respond when|limited access to (?:my )?e?-?mail)\b"
    ),
)

THANKS: Final = cue(
    "thanks",
    "whoever thanks has been given something",
    _OH
    + (
        r"(?:(?:many |big |perfect |awesome |great |cool |got it )?(?:thanks?|thank you|"
        r"thx|thnx|tnx|ty|tysm|cheers|merci|danke(?: dir)?|gracias|obrigad[oa]|"
        r"appreciate it|much appreciated|thaa+nks|ta|bless you|you're (?:the best|a star|"
        r"an angel|my hero))\b)"
    ),
)

REACTION: Final = cue(
    "reaction",
    "acknowledges, laughs, greets or comments, and says nothing of the matter",
    (
        r"(?:(?:ok then|oh (?:no|dear|man|god)|ok(?:ay)?|k|kk|cool|nice(?: one)?|great|"
        r"perfect|awesome|lovely|wow|whoa|oops|ouch|ugh|phew|hm+|ah+|aha|oh+|i see|right|"
        r"true|indeed|lol|rofl|lmao|haha\w*|hehe\w*|heh|xd|til|same|yay|hooray|congrats|"
        r"congratulations|welcome(?: (?:aboard|\w+))?|classic|interesting|"
        r"good (?:question|point|idea|catch|luck|one|morning|you ask(?: \w+)*)|fun one|"
        r"nice one|nice try|sounds (?:good|great)|makes sense|understood|noted|got it|"
        r"gotcha|fair (?:enough|point)|no (?:worries|problem)|np|you'?re welcome|"
        r"my pleasure|sorry|damn|geez|hi|hey|hello|yw|anytime|finally|please|"
        r"exactly what i (?:thought|wanted)|great question|what a \w+|omg|alright|up|bump|"
        r"interested|following|subscribed|this|brave|morning|afternoon|evening|all|"
        r"everyone|everybody|folks|guys|team|there|poor \w+|rip|ha|thinking|weird|strange|"
        r"odd|that'?s (?:weird|odd|strange|funny|cool|great|awesome|interesting|nice|sad|"
        r"bad)|good to know|i know,? i know|cc|fyi)\b[ ,.!\u2026;:)(-]*+)++"
    ),
)

CHAT: Final = cue(
    "chat",
    "talk around a question that does not answer it",
    (
        r"^(?:uh,? |oh,? |ah,? |hm+,? )?(?:good (?:you ask|question|thing you ask)|"
        r"good question,? (?:we|i)|(?:fun|great|nice|interesting|excellent) (?:one|"
        r"question)|that (?:name|one) brings back|memories|what a time|i ask myself|"
        r"(?:i'?ve )?been wondering|i (?:was|am|'m) wondering|i wondered|(?:so )?(?:jealous|"
        r"envious|lucky)|(?:i|we) (?:wonder|hope|"
        r"wish)\b|(?:i'?d|would) (?:also )?(?:love|like) to know|asking for a friend|"
        r"naming things is|git blame|third (?:customer|one)|sounds like fun|poor |"
        r"looking forward|same question|don'?t (?:we|they) all|story of my|"
        r"tell me about it|every time|here we go|you'?re (?:welcome|not alone)|"
        r"was about to ask|i brought|also freezing|nice try|coffee break|as i feared)"
    ),
)

ME_TOO: Final = cue(
    "me too",
    "has the same question or the same trouble",
    (
        r"^(?:oh |yeah |yes |yep |hm+ |ugh |,)*(?:me,? (?:too|either|neither)|"
        r"same(?: (?:here|problem|issue|question|for me|thing|boat|to me|with me|"
        r"error))?\b(?! as)|mine,? (?:too|as well)|ditto|\+1\b|i (?:also )?(?:have|get|"
        r"got|see|had|am seeing|'m seeing|noticed|experience|need|want|(?:have|'ve) (?:seen|had|"
        r"noticed)) (?:that|this|it|the same|"
        r"exactly|one of those|that one)\b|i'?(?:ve|m) (?:got|seeing|getting|having|"
        r"also) (?:one of|that|this|it|the same|also|seeing)|got (?:it|one|that|"
        r"the same) (?:too|as well)|(?:two|three|one|\d+) more (?:on|from|here|over)|"
        r"likewise|i'?m (?:also )?(?:interested|curious|in the same)|also (?:interested|"
        r"curious|here|seeing)|(?:would|i'?d) (?:also )?(?:love|like) to know|"
        r"been wondering (?:too|that)|following\b|i'?d be interested)|\b(?:too|as well|also)"
        r"(?=[,.!] |[ ,.!]*(?:btw)?[ .!]*$)|^i(?:'d)? also (?:need|have|want|get|see|like|wonder)|"
        r"\bsame (?:ticket|question|here|problem|issue)\b|"
        r"\balso \w+ btw$"
    ),
)

ANNOUNCES: Final = cue(
    "announces",
    "begins something new",
    (
        r"^(?:reminder\b|fyi\b|heads.?up|psa\b|announcement|btw\b|by the way|"
        r"planned maintenance|good morning|new in\b|(?:i |we )?just (?:released|published|"
        r"deployed|merged|finished|wrote|pushed|shipped)|(?:the|"
        r"our) (?:new )?\w+(?: \w+)? (?:is|are) (?:here|ready|live|back|open)\b|lunch is|"
        r"release \d|(?:the )?(?:deploy|upgrade|migration|parcels?|badges?|office|"
        r"build) (?:is|are|has|started|starting|done|arrived|of)\b|(?:hey|hi|"
        r"hello) (?:all|everyone|everybody|folks|guys|team|there)\b|welcome\b|"
        r"thanks? (?:to )?(?:all|everyone|everybody)|.{3,60}\bis (?:moved|at \d+) |"
        r"i'?m (?:off|afk|out|leaving)|(?:who'?s|anyone) (?:in|up) for)|\bbtw[ .!]*$"
    ),
)

JOKES: Final = cue(
    "jokes",
    "laughs",
    (
        r"(?:^(?:lol|haha\w*|hehe\w*)\b.{0,60}$|\b(?:lol|haha\w*|hehe\w*|rofl|lmao|"
        r"xd)[ .!]*|;-?\)|:-?p|:-?d)$"
    ),
)

LAUGHING: Final = cue(
    "laughing",
    "a face that laughs at the end",
    (
        r":(?:joy|sweat_smile|smile|grin|laughing|smirk|see_no_evil|upside_down_face|sob|"
        r"cry|rofl|stuck_out_tongue\w*|zany_face|palm_tree|zipper_mouth_face|innocent|"
        r"roll_eyes)[\w+-]*:\W*$|[:;]-?[pPD]\W*$"
    ),
)
