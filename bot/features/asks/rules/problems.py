"""The turns of phrase by which people tell of a problem, and that somebody is on it."""

from typing import Final

from bot.core.cues import cue

PROBLEM: Final = cue(
    "problem",
    "whoever tells a problem of their own in a channel hopes for help",
    (
        r"\b(?:i'?m (?:getting|stuck|lost|seeing|having (?:\w+ )?(?:issues?|problems?|"
        r"trouble|difficult))|(?:i|it|we) (?:keeps?|still) (?:gets?|getting|says?|saying|"
        r"fails?|failing)|keeps (?:saying|failing)|i (?:am|was) (?:getting|stuck|having|"
        r"unable|facing|struggling)|i (?:get|got|see|have) (?:an?|this|the|some|"
        r"following) (?:\w+ ){0,2}(?:error|issue|problem|exception|bug|trouble)s?|"
        r"having (?:\w+ )?(?:issues?|problems?|trouble)|getting (?:an?|this|the|"
        r"following) (?:\w+ )?error|(?:(?:i|we|customers?|clients?|users?|people) |^)(?:can'?t|"
        r"cannot|can not|couldn'?t|"
        r"could not|am unable to|don'?t manage to) (?:\w+ )?(?:get|find|figure|seem|make(?! it\b)|"
        r"push|connect|install|run|log|login|access|see|open|do|work|understand|build|reach|"
        r"save|upload|enter|join|edit|delete|verify|reset|change|update|deploy|export|print|pay|"
        r"view|"
        r"compile|import|load|start|use|send|download|do anything)|(?:i|we) (?:don'?t|"
        r"do not|can'?t|cannot) (?:really )?(?:know|understand|get|see|remember) (?:how|"
        r"why|what|where|who|which)|i (?:really |still )?(?:don'?t|do not) (?:really |"
        r"quite )?(?:get|understand) (?!it\b.{0,3}$)\w|"
        r"i'?m (?:\w+ )?(?:confused|puzzled|baffled)|not sure (?:how|why|what|where|which) (?:to|i|"
        r"we|the)|"
        r"(?<!it )(?<!that )(?<!which )(?:does not|doesn'?t|won'?t|wont|doesnt|do not|"
        r"don'?t|isn'?t|is not|not) (?:seem to )?(?:work|working|start|load|connect|"
        r"compile|build|respond|open)(?:ing)?\b|(?:fails?|failing|bounces?|crash(?:es|"
        r"ing))\b(?! (?:the|my|a|it)\b)|(?:is|are|was|were|has|have|got|gets?|"
        r"just) (?:\w+ )?(?:blocked|declined|stopped|broken|rejected|expired|dead|stuck|"
        r"died)\b|(?:keeps?|started) (?:failing|crashing|stopping|throwing)|are losing|"
        r"i have no (?:idea|clue) (?:how|why|what|where|which)|tried [^\n]{2,80}\b(?:but|"
        r"and) [^\n]{0,60}\b(?:returns?|gives?|gets?|doesn'?t|no luck|nothing|fails?|"
        r"errors?|still|null|nil)\b|i have an? [^\n]{2,120} (?:and|but) (?:i )?(?:want|"
        r"need|would like) |(?:^|\bi'?m |\bi am |\bwe'?re )looking for (?!that|this\b|"
        r"it\b)|not getting any|complains?|ne marche (?:pas|plus)|no funciona|geht nicht|"
        r"funktioniert nicht|n\u00e3o funciona|lost power|locked out|unreachable|"
        r"on the wrong|"
        r"(?:got|have|has) an? (?:weird|strange|odd|tricky|nasty) (?:one|issue|problem|thing|"
        r"bug)\b|"
        r"still (?:\w+ )?(?:timing|failing|getting|broken|down|says?|shows?|crash\w*|hang\w*|slow|"
        r"missing|"
        r"the same|[45]\d\d|no (?!idea|need|reason)\w+)|(?:timing|timed) out|hangs\b|freezes\b|"
        r"(?:did|has|have|is|are|does|do|was|were)(?:n'?t| not) (?:\w+ )?(?:arriv\w*|com(?:e|ing)|"
        r"go(?:ing)? out|show(?:ing)?|deliver\w*|sync\w*|updat\w+|appear\w*|trigger\w*|"
        r"fir(?:e|ing)|send(?:ing)?|load(?:ing)?|respond(?:ing)?|render\w*|pick(?:ing|ed)? up|"
        r"get(?:ting)? through)\b|(?:is|are) (?:missing|gone|out of)\b|"
        r"expired (?:since|\d+|an hour|this morning|today|last)|"
        r"\bgets? (?:an?|the|this|only|\w+) (?:[\w-]+ )?(?:errors?|exceptions?|timeouts?|"
        r"[45]\d\d)\b|"
        r"(?:throw|return|show|giv|report)(?:e?s|ing) (?:me |us )?(?:(?:an?|the|only|this) )?"
        r"(?:[\w-]+ )?(?:errors?|exceptions?|timeouts?|blank|50\ds?|40\ds?)\b|"
        r"(?:have|'ve got|has|with) no (?:rights?|access|permissions?)|(?:lost|"
        r"no longer have) access|"
        r"(?:cannot|can'?t|can not) (?:reach|log in)|nobody (?:can|is able)|"
        r"\bwhen(?:ever)? i [^.!?\n]{3,80}(?:, | )(?:i (?:just )?get|it (?:just )?(?:says|gives|"
        r"returns|throws|fails|hangs|crashes|shows|doesn'?t|does not|only)|nothing)\b|"
        r"\btrying to [^.!?\n]{3,120}[,.]? (?:but|and (?:it|i) (?:keeps?|get|can'?t|fails?)))"
    ),
)
"""A problem, which asks for help unless somebody is on it or it answers a question."""

_REPAIRING: Final = (
    r"(?:roll|restart|work|look|fix|pull|switch|add|clean|investigat|revert|check|deploy|fail|"
    r"block|"
    r"pag|call|escalat|rebuild|renew|rotat|updat|sort|handl|replac|mov|restor|scal|rerunn|retry|"
    r"debugg|revok|disabl|turn|upgrad|patch|purg|reboot|delet|redeploy|writ|open|rais)ing"
)

IN_HAND: Final = cue(
    "in hand",
    "somebody deals with the problem, or it is over",
    (
        rf"(?:^|[.!?,;\n] ?|\band )(?:(?:already|now|just|am|currently) )*{_REPAIRING}\b"
        r"(?! (?:for|to know|on an?|at)\b)|"
        rf"\b(?:(?:i'?m|i am|we'?re|we are|is|are) (?:now |already |"
        rf"just )?(?:{_REPAIRING.replace('|fail', '')}"
        r"\b(?! (?:for|at)\b)|on (?:it|the phone)|going through)|next update|"
        r"(?:technician|plumber|vendor|engineer|support|somebody|someone|it|they|he|she|i|we)"
        r"(?:'ll| will| is going to| is coming| comes) (?:be )?(?:fix|update|let|look|restart|"
        r"handle|"
        r"come|at \d|replace|soon|tomorrow)|until then|turned off|fixed|found (?:it|the)|solved|"
        r"resolved|will (?:be )?(?:fix|update|let)|works? (?:now|again|on)|back (?:up|again)|"
        r"up again|"
        r"no action|known\b|reverted|rolled back|corrected|was (?:down|broken)|turn(?:s|ed) out|"
        r"because|the reason|so i (?:just )?(?:ended|used|did|went)|instead|see the|as for|if it|"
        r"when it|in case|that'?s why|explains|it was (?:the|my|a)|i'?ve (?:put|sent|fixed|moved)|"
        r"i (?:sent|fixed|corrected|put))\b"
    ),
)
"""What takes the request out of a problem."""
