"""What presses, and what says that it does not."""

from typing import Final

from bot.features.asks.rules.cues import cue

_MANY: Final = (
    r"(?:prod(?:uction)?|the (?:site|website|api|app|server|service|database|db|"
    r"network|vpn|cluster|shop|office|store)|site|api|login|checkout|payments?|"
    r"everything|internet|server|service|system|slack|database|db|website|eu|us)"
)

PRESSING: Final = (
    cue(
        "says so",
        "the word itself",
        (
            r"\b(?:urgent(?:ly)?|asap|a\.s\.a\.p|emergency|immediately|right away|"
            r"as soon as possible|dringend|sofort|urgente|urgence|critical(?:ly)?|sev-?[01]|"
            r"p0|p1)\b"
        ),
    ),
    cue(
        "now",
        "an action wanted, or something lost, at this moment",
        (
            r"\b(?:(?:need|can|could|please|pls|help|losing|go|fix|stop|down|broken|phone|"
            r"them|orders)\b[^.!?\n]{0,60}\bright now|(?:go down|do it|need (?:it|this|you|"
            r"someone)|fix (?:it|this)|stop (?:it|this)) now)\b"
        ),
    ),
    cue(
        "down",
        "a service that people depend on",
        (
            rf"\b{_MANY}(?: (?:\w+ )?(?:is|are)|'s) (?:\w+ )?(?:down|broken|unreachable|"
            r"unavailable|offline|dead|failing)\b|\b(?:still down|lost power|"
            rf"all (?:\w+ ){{0,2}}(?:unreachable|down)|(?:is|are) down (?:for|since))\b|"
            r"\boutage\b"
        ),
    ),
    cue(
        "everybody hit",
        "it strikes many",
        (
            r"\b(?:every (?:service|card|customer|user|request|payment|order|login)|"
            r"all (?:outgoing|customers|users|tenants|orders|payments|requests|logins)|"
            r"every(?:body|where)|nobody can|no one can|people can'?t|ppl can'?t|ppl cant|"
            r"customers can'?t|a single user)\b[^?\n]{0,80}\b(?:fail\w*|down|declined|"
            r"bounce\w*|blocked|locked|log in|unreachable|error\w*|50\d|can'?t|cant)\b|"
            r"\b(?:fail\w*|declined|bounce\w*|down|50\d|"
            r"can'?t log in)\b[^?\n]{0,60}\b(?:every (?:service|one|body|where)|everywhere|"
            r"all customers|a single user)\b"
        ),
    ),
    cue(
        "stuck",
        "somebody cannot go on",
        (
            r"\b(?:i (?:can'?t|cant|cannot) do anything|locked out|(?:is|are|am|'m|'re|"
            r"totally|completely|currently|hard) blocked\b|is stuck behind|(?:is|"
            r"are) stuck (?:and|behind)|are losing|losing (?:orders|money|data|customers)|"
            r"blocking (?:us|me|everyone|the release|everybody|all)|waiting with their|"
            r"blocks the|wrong database|data loss|not possible at the moment)\b"
        ),
    ),
    cue(
        "within minutes",
        "less than some hours are left",
        (
            r"\b(?:demo|call (?:is|starts)|meeting (?:is|starts)|need\w*|must|present\w*|"
            r"start\w*|starts?|live|join|before|have to|anyone|deadline|release|launch|"
            r"leaves?|on prod)\b[^.!?\n]{0,80}\b(?:in|within|the next|for the next|"
            r"only)\s+(?:(?:the )?next )?(?:\d{1,2}|a few|five|ten|fifteen|twenty|thirty|"
            r"half an?|an?)\s?-?(?:min|mins|minutes|hour)\b(?! (?:job|meeting|call))"
        ),
    ),
    cue(
        "today",
        "due before the day ends",
        (
            r"\b(?:before (?:the )?(?:\d{1,2}(?::\d\d)? ?(?:am|pm|h)?|noon|"
            r"lunch) ?(?:\w+ )?today|(?:by|until|till|before|due)(?: at| by)? (?:noon|tonight|"
            r"eod|end of (?:the )?(?:day|business)|close of business|cob|today|lunch|midnight|"
            r"\d{1,2}(?::\d\d)?(?: ?(?:am|pm|h))? (?:today|call|tonight|sharp))|(?:needed|due|"
            r"need (?:it|this|them|that)) (?:today|tonight|now)|for the trip tonight|(?:go|"
            r"goes|going) live (?:at|in|now|today)|(?:demo|call|meeting|presentation|launch|"
            r"release|interview) (?:is )?(?:in \d|starts in)|walk in at|is on the line)\b"
        ),
    ),
    cue(
        "event on",
        "an event is under way and something is wrong",
        (
            r"\b(?:(?:started|starts|began) (?:\w+ ){1,3}(?:ago|now)|go-live is running|"
            r"we'?re live|is (?:live|running) (?:now|right now))\b[^?]{0,120}\b(?:no|slow|not|"
            r"without|broken|doesn'?t)\b|\bgo-live is running\b"
        ),
    ),
    cue(
        "calls out",
        "cries for anybody",
        (
            r"\b(?:anyone|anybody|someone|help)\s?(?:\?\?+|!!+)|\bwhoever can\b[^a-z]*!|"
            r"!!+\s*$"
        ),
    ),
)
"""Something is broken, blocked, or due the same day."""
CALM: Final = (
    cue(
        "no hurry",
        "says that it can wait",
        (
            r"\b(?:no|not|isn'?t|nothing|without|aren'?t|wasn'?t|never|"
            r"n't) (?:\w+ ){0,3}(?:urgent|rush|hurry|asap|emergency|critical|pressing|"
            r"blocker)|whenever you|when you (?:have|get|find) (?:a |some )?(?:time|minute|"
            r"moment|chance)|take your time|can wait|nicht dringend|pas press|sin prisa|"
            r"sem pressa|kein stress|keine eile"
        ),
    ),
    cue(
        "over",
        "it pressed once",
        (
            r"\b(?:was (?:down|urgent|broken|for)|were down|is (?:up|fixed|back|out)|are back|"
            r"up again|back up|fixed now|works again|come in again|resolved|all good now|"
            r"urgent (?:fix|one|bug)[^.!?]{0,40} (?:is|was|went|from)|it'?s sent|planned|"
            r"maintenance|scheduled|rush hour|urgent or not)\b"
        ),
    ),
    cue(
        "told",
        "tells of the rule, the team or the past",
        (
            r"\b(?:what is urgent|if (?:it'?s|something is|it is|the building|this is|"
            r"there'?s) (?:\w+ )?(?:urgent|emergency|down|burns)|for (?:urgent|emergenc)|"
            r"in an emergency|urgent(?:ly)? (?:channel|cases|things|matters|issues|tickets|"
            r"requests)|closed (?:nordwind|the deal)|last (?:week|month|year|night|time)|"
            r"yesterday)\b"
        ),
    ),
    cue(
        "congratulation",
        "joy shouts, too",
        (
            r"\b(?:thank|thx|welcome|congrat|happy|yay|love|finally|we closed|wow|great|nice|"
            r"awesome|merci|danke|gracias)\w*"
        ),
    ),
)
"""It does not press, or does no more."""
