"""How people ask for something to be done."""

from typing import Final

from bot.core.patterns import regex
from bot.features.coach.rules.norms.cues import any_of

_SOMEBODY: Final = r"(?:some(?:one|body)|any(?:one|body)|one of you|any of you|whoever|who)"
_DO: Final = (
    r"(?:review|approve|check|look|help|merge|fix|send|share|rotate|deploy|delete|remove|restart|"
    r"reset|revert|push|sign|update|confirm|answer|decide|unblock|grant|assign|add|upload|publish|"
    r"release|renew|extend|take|cover|swap|test|investigate|run|give|tell|point|explain|proofread|"
    r"forward|find|open|close|create|set|change|move|prepare|finish|estimate|invite|onboard|pair|"
    r"have a (?:quick )?look)"
)

_PLEASE: Final = r"(?:please |pls |also |quickly |maybe )*"

NEEDS: Final = regex(
    r"\bi (?:still |urgently |also |really )*need (?:the|an?|some|access|help|to know)\b(?! "
    r"(?:break|vacation|holiday|coffee|drink|hug|minute)\b)"
)
"""Something that its author needs of somebody."""
ONE_DOES: Final = any_of(
    rf"\b(?:can|could|would|will|might) {_SOMEBODY}\b",
    rf"\b{_SOMEBODY} (?:here )?(?:can|could|able to|available to|free to|ha(?:s|ve) (?:time|access|"
    r"admin|a minute)|knows?)\b",
    r"\b(?:is|does|do|has|have) (?:any|some)(?:one|body) (?:here )?(?:know|able|available|free|"
    r"have|got|seen|had|worked|tried|using|else)\b",
    rf"\b(?:can|could|would|will) you {_PLEASE}{_DO}\b",
    rf"\b(?:please|pls|plz|kindly) (?:\w+ )?{_DO}\b(?! (?:care|note)\b)",
    r"\bwhoever [^.!?]{2,80}\b(?:please|pls)\b",
    rf"\b(?:any|some)(?:one|body) (?:please )?{_DO}\b",
    r"\b(?:i|we) (?:still |also |really |urgently |just )*need (?:an? |some |your |another |one |"
    r"two |three |four |five |\d+ )(?:\w+ ){0,2}(?:volunteers?|people|persons?|reviewers?|reviews?|"
    r"approvals?|hands?|help|helpers?|eyes|testers?|pair|someone|ok|sign-?off)\b",
    r"\bneeds? (?:an? |some |your |another )?(?:review|approval|reviewer|sign-?off)\b",
    r"\blooking for (?:an? |some |one |two |\d )?(?:volunteers?|reviewers?|some(?:one|body)|"
    r"help)\b",
)
"""Something that one person, or a few, could do."""

_HANDLE: Final = (
    r"(?:review|approve|merge|deploy|rotate|sign|grant|renew|assign|send|publish|release|extend|"
    r"upload|revert|restart|reset|fix|finish|prepare|forward|order|pay|invite|delete|proofread|"
    r"estimate|unblock|onboard|give (?:me|us) access)"
)
HANDS_ON: Final = any_of(
    rf"\b(?:can|could|would|will) (?:you|{_SOMEBODY}) {_PLEASE}{_HANDLE}\b",
    rf"\bwho (?:can|could) {_HANDLE}\b|\bdid you (?:already )?(?:review|merge|deploy|approve|"
    rf"sign)\b",
    rf"\b(?:can|could|would) {_SOMEBODY} (?:from|in|on|with) \w+ {_HANDLE}\b",
    rf"\b(?:please|pls|plz|kindly) (?:\w+ )?{_HANDLE}\b",
)
"""Somebody is to do a piece of work, not only to tell what they know."""

SEE_TO: Final = regex(
    rf"\b(?:can|could|would|will) you {_PLEASE}(?:check|look|investigate|update|confirm|take care|"
    rf"(?:have|"
    r"take) a (?:quick )?look)\b"
)
"""Somebody is to see to a thing, if it is work and they are named."""

ALL_DO: Final = regex(
    r"\b(?:every(?:one|body)|you all|all of you|y'all|each of you|all teams|all managers|guys, all|"
    r"take the stairs|reminder|please (?:note|remember|be aware|beware|welcome|join|make sure|keep|"
    r"avoid|stop|use|share|don't|do not|save|log|restart your|submit your|fill|complete|update "
    r"your|check your|review your|change your|reset your|read|vote))\b"
)
"""Something that is meant for all who read it: an announcement."""

FUN: Final = regex(
    r"\b(?:lunch|breakfast|dinner|coffee|pizza|cakes?|cookies|beers?|drinks?|donuts?|food|kitchen|"
    r"fridge|birthday|party|parties|football|soccer|volleyball|running|yoga|karaoke|board ?games?|"
    r"games?|movie|cinema|concert|barbecue|bbq|secret santa|gift|farewell|parking|car|bike|bicycle|"
    r"keys|umbrella|charger|mug|jacket|headphones|lost|found|left|forgot|dog|cat|plants?|book club|"
    r"band|song|playlist|recipe|restaurant|dentist|doctor|babysitter|apartment|flat|flatmate)\b"
)
"""What people share a house for, apart from work."""

INCIDENT: Final = any_of(
    r"\b(?:prod(?:uction)?|live|(?:web)?site|website|app|api|services?|systems?|database|db|"
    r"logins?|checkout|payments?|network|internet|vpn|power|everything|cluster|"
    r"dns)\b[^.!?]{0,30}\b(?:down|unreachable|offline|on fire|50\d|not (?:loading|responding|"
    r"reachable)|lost)\b",
    r"\b(?:outage|sev-?\d|incident|p[01]|who(?:'s| is) on[- ]call|emergency|evacuat\w+|ambulance|"
    r"first aid(?:er)?|breach|phish\w*|data ?loss|compromised|leaked|hacked|all hands on deck|war "
    r"?room|public repo|some(?:one|body) else's data|customers? (?:can't|cannot) (?:log|pay|order|"
    r"check|access|reach|use|open))\b",
    r"\b(?:right now|now please|immediately|in (?:\d+|five|ten) min\w*)\b|\bquick,",
)
"""Something presses so much that it may wake everybody."""

QUESTION: Final = regex(r"\?\W*$")
