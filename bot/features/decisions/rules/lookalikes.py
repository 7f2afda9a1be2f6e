"""What looks like a decision and is none: each takes something off."""

from typing import Final

from bot.features.decisions.rules.signs import sign

_WHEN: Final = (
    r"(?:last (?:week|month|year|time|spring|summer|autumn|fall|winter|\w+day)|yesterday|"
    r"earlier|back then|already|in (?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december|20\d\d|the last|our last)|on (?:\w+day|the \d+)|"
    r"at the time|the other day|a (?:while|week|month|year) ago|(?:days|weeks|months|years) ago|"
    r"previously|before|originally|initially|this morning|at (?:uds|the (?:sprint|summit|"
    r"meeting|last))|in the (?:same |last )?(?:meeting|thread|doc|call))"
)
_THEY: Final = (
    r"(?:they|he|she|the (?:board|customer|client|vendor|boss|management|council|committee|court|"
    r"tb|cc|dmb|government|eu|lawyers?|others?|partner|supplier|team)|customers?|upstream|"
    r"debian|google|apple|microsoft|legal|management|partner|ceo|who|which|support|people|"
    r"everyone (?:else)?)"
)

REPORTING: Final = sign(
    "report",
    "tells of what was decided before, or by others",
    (
        rf"\b(?:decided|agreed|settled|chose|picked|opted|voted|approved|went with|said|planned|"
        rf"discussed|announced|accepted)\b.{{0,80}}\b{_WHEN}\b|\b{_WHEN}\b.{{0,60}}\b(?:decided|"
        r"agreed|settled|chose|picked|opted|voted|approved|went with|accepted|said)\b|"
        rf"\b{_THEY}(?:'ve| have| has|'d| had| also| all)* (?:decided|agreed|settled|chose|"
        r"picked|opted|voted|approved|went|accepted|go with|want|are going|will|took|said|"
        r"rejected|dropped)\b|"
        r"\b(?:was|were|had been|has been|been|had|did|having) (?:\w+ )?(?:decided?|agreed?|"
        r"settled|chosen|picked|voted|approved?|accepted|rejected|supposed|planned)\b|"
        r"\b(?:we|i|they) (?:decided|agreed|settled|chose|picked|opted|voted|went)\b|"
        r"\bas (?:decided|agreed|planned|announced|discussed|always|usual|before|in the)\b|"
        r"\b(?:agreed|decided|cleared|confirmed) with\b|\b(?:because|since|when|after|that) "
        r"(?:we|i|they|\S+ and i) (?:\w+ )?(?:decided|agreed|chose|voted)\b|"
        r"\baccording to\b|\bdecided against\b|\bthe (?:decision|plan) was\b|\bused to\b"
    ),
    needs=(
        "decided agreed settled chose picked opted voted approved went said planned discussed "
        "announced accepted going go want will took rejected dropped supposed as cleared confirmed "
        "according used"
    ),
)
HYPOTHESISING: Final = sign(
    "hypothetical",
    "holds only if something else does",
    (
        r"\bif (?!(?:nobody|no one|no-one|not\b|there (?:are|is) no|nothing|(?:i|we) (?:don'?t |do "
        r"not )?hear|none\b|anything (?:else )?comes|ok\b|so\b|needed|possible|"
        r"you (?:like|want)|that'?s (?:ok|okay|fine)))|"
        r"\b(?:would|wouldn'?t|could|might|suppose|imagine|imaginons|assuming|assume|hypothetical|"
        r"hypothetically|theoretically|in theory|scenario|were to|had we|wish|w\u00fcrde|"
        r"w\u00e4re|serait|wenn wir|si on|should it|i'd (?!say\b|vote\b|go\b))\b|"
        r"\bsay we\b|\bin that (?:world|scenario|case i'?d)\b|\bwhat if\b"
    ),
    needs=(
        "if would could might suppose imagine assuming hypothetical theoretically "
        "scenario were had wish würde wäre serait wenn si should i'd say world case what "
        "that"
    ),
)
SUPPOSING: Final = (
    sign(
        "thought experiment",
        "says that nothing of it is real",
        (
            r"(?<!i'd )(?<!would )(?<!i )(?<!to )\bsay we\b|\b(?:suppose (?:we|that|the)|imagine|"
            r"imaginons|for the sake of|thought experiment|"
            r"hypothetical(?:ly)?|theoretical(?:ly)?|th\u00e9orique|theoretisch|in theory|scenario|"
            r"just curious|what would (?:change|happen|you|we)|what-if|warm-up|exercise|dry run|"
            r"tabletop|role ?play|no real plans?|not planned|daydream\w*|nehmen wir an|angenommen|"
            r"pretend|in a perfect world|if (?:we|i) (?:were|had) (?:to|a|the|more|all|infinite))\b"
        ),
        needs=(
            "say suppose imagine sake thought hypothetical theoretical théorique scenario "
            "curious would what warm exercise dry tabletop role no not daydream nehmen "
            "angenommen pretend perfect if"
        ),
    ),
    sign(
        "supposition",
        "asks what would be",
        (
            r"\bif (?:\S+ ){1,4}(?:were|had|decided|got|went|ever|won|moved|switched|dropped|lost|"
            r"split|sold|stopped)\b|\bwhat if (?:we|the|i|all)\b|\bwould (?:it|that|this|we|they)\b"
        ),
        needs="if what would",
    ),
)
_LATER: Final = (
    r"(?:later|tomorrow|on \w+day|next|in (?:the|our|a) \w+|after|when|once|then|another|monday|"
    r"tuesday|wednesday|thursday|friday|in (?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december)|again|offline|n\u00e4chste|morgen)"
)
DEFERRING: Final = sign(
    "deferral",
    "puts the decision off",
    (
        rf"\b(?:decide|discuss|revisit|talk about (?:it|this|that)|settle|vote|entscheiden|"
        rf"conclude|pick (?:it|this|that) up|take (?:it|this|that) up|come back|talk|look at|look "
        rf"into|speak|"
        rf"continue|return to (?:it|this|that))\b.{{0,40}}\b{_LATER}\b|"
        r"\b(?:let'?s|lets|we(?:'ll| will| can| should| might)?|i(?:'ll| will|'d)|should|shall) "
        r"(?:just |better |rather |first |still |have to |need to )*(?:wait|sleep on|come back|"
        r"discuss|think about|revisit|see (?:what|who|which|when|how|if|whether|where|on|then|"
        r"tomorrow|next)|"
        r"table (?:it|this|that)|take (?:it|this|that) (?:offline|to the)|find out|bring (?:it|"
        r"this|that) up|hear|leave (?:it|that|this) open|figure (?:it|this|that) out|"
        r"continue (?:this|the discussion))\b|"
        r"\b(?:no (?:decision|conclusion|consensus)|not (?:decided|settled|agreed|deciding)|"
        r"undecided|still (?:open|in\b|undecided)|leav(?:e|ing) (?:it|the \w+|this|that) open|"
        r"isn'?t the day|(?:is |it'?s )(?:again )?on the agenda|"
        r"need (?:more|some) (?:time|data|info|information|input|discussion|thought)|"
        r"yet to (?:be )?decide|to be decided|tbd|too early to|hasn'?t decided|haven'?t decided|"
        r"can'?t decide|can'?t count on|warten wir|opinions? (?:from|welcome)|"
        r"think about (?:it|the wording)|come back (?:here|to (?:this|it))|just an idea|"
        r"comment period|for discussion|more (?:discussion|thought)|sleep on it|"
        r"(?:move|moved|take|taken|continue|bring) .{0,30}\bto the (?:mailing )?list|"
        r"open a discussion|open for (?:other|ideas|sugg\w+))\b"
    ),
    needs=(
        "decide discuss revisit talk settle vote entscheiden conclude pick take look "
        "speak continue return come let's lets let we we'll i i'll should shall no not "
        "undecided still leave isn't agenda need yet tbd early hasn't haven't can't "
        "warten opinions think just comment for more sleep move bring open"
    ),
)
WAITING: Final = sign(
    "waiting",
    "something has to be known first",
    (
        r"\b(?:wait (?:for|until|till|with)|depends on|it depends|have to (?:ask|check|talk|find)|"
        r"need to (?:ask|check|talk|think|discuss|know)|i'?d have to|will (?:ask|check|have a look|"
        r"look|try|see)\b|(?:have something|going|want) "
        r"to ask|i'?ll (?:ask|think|check|find out)|let me (?:ask|check|think|look|see)|"
        r"ask (?:the|them|him|her)|no (?:idea|clue)|not sure yet|until (?:then|they|we know|he|"
        r"she)|no hurry|would need)\b"
    ),
    needs=(
        "wait depends it have need i'd will going something want i'll let ask no not until would"
    ),
)
JOKING: Final = sign(
    "joke",
    "is said for fun",
    (
        r"\b(?:lol|lmao|rofl|haha\w*|hehe\w*|hihi|kidding|jk|xd|joke|joking|\*grin\*|\*ducks\*|"
        r"obviously not)\b|[:;]-?[dp](?!\w)|\bha\b"
    ),
    needs="lol lmao rofl haha hehe hihi kidding jk xd joke grin ducks obviously d p ha",
)
HELPING: Final = sign(
    "help",
    "asks for help with something of one's own: what follows is advice",
    (
        r"\b(?:how (?:do|can|could|would|should|to) (?:i\b|you\b|one\b|get|make|set)|how to \w+|"
        r"(?:is there|there'?s) (?:a|any|some) (?:way|reason|command|docs?|option|setting)|"
        r"(?:does|do|did|has|have) (?:any(?:one|body)|some(?:one|body))|any(?:one|body) (?:know|"
        r"here|"
        r"have|got|else|seen|used|tried|knows)|can (?:any|some)(?:one|body)|i(?:'m| am) (?:trying "
        r"to|getting|"
        r"stuck|having|new|seeing|unable)|i (?:get|got|keep getting|can'?t|cannot|have a problem|"
        r"have (?:a|an) (?:\w+ )?(?:question|issue|error))\b|my \w+(?: \w+)? (?:fails?|doesn'?t|"
        r"isn'?t|won'?t|"
        r"crashes|is (?:broken|not))|what does .{1,40} mean|"
        r"what(?:'s| is) the (?:best|right|correct|easiest) way|help me|need help|please help|"
        r"am i (?:missing|doing))\b"
    ),
    needs=(
        "how is there does do did has have anyone anybody any can someone i i'm my what "
        "need help please am"
    ),
)
CHATTING: Final = sign(
    "small talk",
    "is about pleasures",
    (
        r"\b(?:birthday|cake|cookies?|beer|drinks?|pizza|party|holiday|vacation|weekend|lunch|"
        r"dinner|"
        r"yogh?urt|fridge|snacks?|chocolate|donuts?|biscuits?|tea|dogs?|cats?|costumes?|halloween|"
        r"xmas|christmas|santa|potato(?:es)?|pirates?|beach|ping ?pong|foosball|"
        r"coffee|congrat\w*|welcome (?:back|to)|good (?:night|morning)|cheers|tulips?|balloons?|"
        r"t-shirts?|ice cream|karaoke|happy (?:new|birthday))\b"
    ),
    needs=(
        "birthday cake cookie beer drink pizza party holiday vacation weekend lunch "
        "dinner yoghurt yogurt fridge snack chocolate donut biscuit tea dog dogs cat cats "
        "costume halloween xmas christmas santa potato pirate beach ping foosball coffee "
        "congrats welcome good cheers tulip balloon t ice karaoke happy"
    ),
)
STATING: Final = sign(
    "states",
    "says how things are",
    r"\b(?:is|are|was|were|has|have|had|seems|looks|would|could|might|may|does|did)\b|(?<!let)'(?:s|re)\b",
)
COUNTING: Final = sign("counts", "names figures: a date, an amount, a version", r"\d")
TURNING: Final = sign(
    "turns",
    "turns to another matter",
    (
        r"^\W*(?:#|\[)?(?:topic|next|agenda|moving on|on to|other|last|aob|btw|another|unrelated|"
        r"by the way|anything else|any other)\b|\bnext (?:item|topic|one|up|point|bug|is)\b"
    ),
    needs="topic next agenda moving on other last aob btw another unrelated by anything any",
)
