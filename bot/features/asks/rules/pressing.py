"""What presses, and what says that it does not."""

from typing import Final

from bot.core.cues import cue

_SHARED: Final = (
    r"(?<!\bmy )(?<!\ba )(?<!\byour )(?<!local )(?<!\bhis )(?<!\bher )(?:prod(?:uction)?|live|"
    r"(?:web)?sites?|website|api|app|apps|servers?|backend|services?|systems?|gateway|dns|cluster|"
    r"pods|nodes|database|db|primary|queue|network|wi-?fi|internet|vpn|power|phones|slack|"
    r"e?-?mails?|"
    r"logins?|sso|auth|sign-?ins?|checkout|payments?|cards?|orders?|webhooks|certs?|certificates?|"
    r"builds|agents|deploys|pipeline|ci|shop|store|office|everything|eu|us|platform)"
)
_FAILS: Final = (
    r"(?:down|dead|broken|unreachable|unavailable|failing|fails?|stuck|bounc(?:es?|ing)|"
    r"declined|rejected|crash(?:es|ing)|on fire|timing out|locked|blocked|dropp(?:ed|ing)|blank|"
    r"50\d(?:s|'s)?|403(?:s|'s)?|errors?|can'?t|cant|cannot|lost power|not (?:working|possible|"
    r"responding|reachable|available)|(?<=is )offline|(?<=are )offline)"
)
_EVERYBODY: Final = (
    r"(?:every (?:service|card|customer|user|request|payment|order|login|client|build|deploy|team)|"
    r"all (?:of us|outgoing|incoming|\w+ ?(?:customers|users|clients|tenants|orders|payments|"
    r"requests|"
    r"logins|stores)|customers|users|clients|tenants|orders|payments|requests|logins|stores)|"
    r"every(?:body|one|where)|(?:nobody|no one|people|ppl|customers|users|clients|half the \w+) "
    r"(?:can|can'?t|cant|cannot|are|hear|get|see)\b|a single user)"
)
_NUMBER: Final = (
    r"(?:\d{1,2}|a few|one|two|three|four|five|ten|fifteen|twenty|thirty|half an?|an?|quarter)"
)
_CLOCK: Final = (
    r"(?:noon|midnight|lunch(?:time)?|tonight|eod|eob|cob|today|end of (?:the )?(?:day|business)|"
    r"close of business|(?:quarter|half) past|(?:the |our |my )?(?:\w+ )?(?:call|demo|meeting|"
    r"launch)"
    r"(?: today| tonight)?(?= |\W*$)|(?:\d{1,2}(?:[:.]\d\d)?|one|two|three|four|five|six|seven)"
    r"(?: ?(?:am|pm|h|uhr|o'?clock|sharp|cet|est|utc)\b|(?!\w| ?%|[-/.]\d| (?:days?|weeks?|months?|"
    r"people|hours?|of|more|times|years?|and|to|or)\b)))"
    r"(?! (?:on )?(?:tomorrow|tmrw|mon|tue|wed|thu|fri|sat|sun|next|this week))"
)

PRESSING: Final = (
    cue(
        "says so",
        "the word itself",
        (
            r"\b(?:urgent(?:ly)?(?! care)|asap(?! (?:is|was)\b|:)|a\.s\.a\.p|emergency|"
            r"(?<!s )immediately|"
            r"(?<!s )right away|as soon as possible|dringend|sofort|urgente|urgence|"
            r"critical(?:ly)?|"
            r"sev-?[01]|p0|p1|time.sensitive)\b"
        ),
    ),
    cue(
        "now",
        "an action wanted, or something lost, at this moment",
        (
            r"\b(?:(?:need|can|could|please|pls|help|losing|go|fix|stop|down|broken|phone|them|"
            r"orders|being)\b[^.!?\n]{0,60}\bright now|(?:go down|do it|need (?:it|this|you|help|"
            r"someone)|fix (?:it|this)|stop (?:it|this)) now)\b|^stop (?:it|this|that|the|please)\b"
        ),
    ),
    cue(
        "down",
        "a service that people depend on",
        (
            rf"\b{_SHARED}\b(?: (?!was\b|were\b)\w+){{0,2}}? ?(?:(?:is|are|'s|keeps?|just|still|"
            rf"has|"
            rf"have|got|went|being|returns?|returning|throws?) )+(?:\w+ )?{_FAILS}\b|"
            r"\b(?:still (?:down|dead)|lost power|(?:is|are) down (?:for|since))\b|\boutage\b|"
            rf"\b{_SHARED} (?:bounces?|down|unreachable|dead)\b|\b50\d'?s? (?:everywhere|on)\b"
        ),
    ),
    cue(
        "everybody hit",
        "it strikes many",
        (
            rf"\b{_EVERYBODY}\b[^?\n]{{0,80}}\b{_FAILS}\b|"
            rf"\b{_FAILS}\b[^?\n]{{0,60}}\b{_EVERYBODY}"
        ),
    ),
    cue(
        "stuck",
        "somebody cannot go on",
        (
            r"\b(?:i (?:can'?t|cant|cannot) (?:do anything|work)|locked out|(?:is|are|am|'m|'re|"
            r"totally|completely|currently|hard) blocked\b|is stuck behind|(?:is|are) stuck (?:and|"
            r"behind)|losing (?:orders|money|data|customers)|blocking (?:us|me|everyone|"
            r"the release|"
            r"everybody|all)|(?:customers?|they'?re|they are|people) (?:are )?waiting (?:with|in|"
            r"at)|"
            r"blocks the|not possible at the moment)\b"
        ),
    ),
    cue(
        "harm",
        "data is lost, shown to the wrong people, or in the wrong hands",
        (
            r"\b(?:wrong (?:database|db|customers?|price ?list|recipients?|environment)|data loss|"
            r"(?:being|got|were) (?:phished|hacked|attacked|ddosed)|compromised|leak(?:ed|ing|s)|"
            r"(?:somebody|someone) else'?s (?:data|account)|dropped the (?:table|database|db)|"
            r"(?:keys?|tokens?|passwords?|secrets?|card numbers?|customer'?s? (?:names?|data)|"
            r"\.env)"
            r"(?: \w+){0,2} (?:in|to|into|on) (?:the |a )?(?:public|logs?|repo|seed|github))\b"
        ),
    ),
    cue(
        "event on",
        "an event is under way and something is wrong",
        (
            r"\b(?:(?:started|starts|began) (?:\w+ ){1,3}(?:ago|now)|go-live is running|"
            r"we'?re live|is (?:live|running) (?:now|right now)|in (?:the|a) (?:call|demo|meeting)"
            r"[^.!?\n]{0,30} since)\b[^?]{0,120}\b(?:no|slow|not|without|broken|doesn'?t|else'?s)\b"
        ),
    ),
)
"""Something is broken or blocked now, for many."""

DUE: Final = (
    cue(
        "within minutes",
        "less than some hours are left",
        (
            rf"\b(?:in|within|only|(?:in |for |within )?the next)\s+{_NUMBER}\s?-?(?:(?:more "
            rf")?(?:min|mins|"
            r"minutes|hours?))\b(?! (?:job|meeting|call|of|ago|window|per|long))"
        ),
    ),
    cue(
        "today",
        "due before the day ends",
        (
            rf"\b(?:by|until|till|before|due)(?: at| by)? {_CLOCK}|\b(?:needed|due|need)\b"
            r"[^.!?\n]{0,40} (?:today|tonight|this (?:morning|afternoon|evening))\b|"
            r"\b(?:trip|flight|release|launch|demo|dinner|event|call) (?:is )?(?:tonight|today)\b|"
            rf"\b(?:close|leave|end|start|go|ship|depart|print|publish|happen|present|land|expire|"
            rf"walk|send)(?:s|es|ing)?(?: (?:out|live|public|in|them|it))?(?: today)? at {_CLOCK}|"
            rf"\b(?:release|launch|demo|webinar|presentation|deadline|audit|freeze|interview|"
            rf"flight|train|"
            rf"cut-?off)(?: (?:\w+ )?(?:is|starts)|'s) at {_CLOCK}|\b(?:final|live|"
            rf"ready) at {_CLOCK}|is on the line\b"
        ),
    ),
    cue(
        "on the spot",
        "waits where nobody can wait long",
        r"\b(?:standing (?:in front|at|outside)|at the (?:gate|airport|door|counter)|quick,)",
    ),
    cue(
        "calls out",
        "cries for anybody",
        r"\b(?:anyone|anybody|someone|help)\s?(?:\?\?+|!!+)|\bwhoever can\b[^a-z]*!|!!+\s*$",
    ),
)
"""Due the same day, which presses if something is asked or wrong."""

INVITES: Final = cue(
    "invites",
    "a time to meet is no deadline",
    (
        r"\b(?:coffee|lunch|tea|walk|beers?|drinks?|game|(?:have|do|hop on|jump on|join|up for|"
        r"free "
        r"for|time for|got) (?:a |an |the |our )?(?:\w+ )?(?:call|huddle|chat|sync|meeting|minute|"
        r"min|"
        r"sec))\b"
    ),
)

CALM: Final = (
    cue(
        "no hurry",
        "says that it can wait",
        (
            r"\b(?:no|not|isn'?t|nothing|without|aren'?t|wasn'?t|never|n't) (?:\w+ ){0,3}(?:urgent|"
            r"rush|hurry|asap|emergency|critical|pressing|blocker)|whenever you|"
            r"when you (?:have|get|find) (?:a |some )?(?:time|minute|moment|chance)|"
            r"take your time|can wait|nicht dringend|pas press|sin prisa|sem pressa|kein stress|"
            r"keine eile"
        ),
    ),
    cue(
        "over",
        "it pressed once",
        (
            r"\b(?:was (?:down|urgent|broken|for)|were down|is (?:up|fixed|back|out)\b(?! of)|"
            r"are back|up again|back up|fixed now|works again|come in again|resolved|recovered|"
            r"all good now|urgent (?:fix|one|bug)[^.!?]{0,40} (?:is|was|went|from)|it'?s sent|"
            r"planned|scheduled|rush hour|urgent or not|post-?mortem)\b|\bmaintenance (?!window)"
        ),
    ),
    cue(
        "told",
        "tells of the rule, the team or the past",
        (
            r"\b(?:(?:what|who|how|which) [^.!?\n]{0,30}(?:is|are|counts as) urgent|if (?:it'?s|"
            r"something|it is|prod|the|this is|there'?s|anything)[^.!?\n]{0,40} (?:urgent|"
            r"emergency|"
            r"down|burns|breaks)|for (?:urgent|emergenc)|in an emergency|urgent(?:ly)? (?:channel|"
            r"cases|things|matters|issues|tickets|requests)|last (?:week|month|year|night|time)|"
            r"(?<!since )yesterday)\b"
        ),
    ),
)
"""It does not press, or does no more."""
