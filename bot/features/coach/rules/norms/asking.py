"""How people ask for something to be done."""

import re
from typing import Final

from bot.features.coach.rules.norms.sentences import Sentence

_SOMEBODY: Final = r"(?:some(?:one|body)|any(?:one|body)|one of you|any of you|whoever|who)"
_DO: Final = (
    r"(?:review|approve|check|look|help|merge|fix|send|share|rotate|deploy|delete|remove|restart|"
    r"reset|revert|push|sign|update|confirm|answer|decide|unblock|grant|assign|add|upload|publish|"
    r"release|renew|extend|take|cover|swap|test|investigate|run|give|tell|point|explain|proofread|"
    r"forward|find|open|close|create|set|change|move|prepare|finish|estimate|invite|onboard|pair)"
)

ONE_DOES: Final = re.compile(
    rf"\b(?:can|could|would|will|might) {_SOMEBODY}\b|\b{_SOMEBODY} (?:here )?(?:can|could|able to|"
    rf"available to|free to|has (?:time|access|admin|a minute)|have (?:time|access|admin)|"
    rf"knows?)\b|\b(?:is|does|do|has|have) (?:any|some)(?:one|body) (?:here )?(?:know|able|"
    rf"available|free|have|got|seen|had|worked|tried|using|else)\b|\b(?:can|could|would|will) you "
    rf"(?:please |pls |also |quickly |maybe )*{_DO}\b|\b(?:please|pls|plz|kindly)\b (?:\w+ "
    rf")?{_DO}\b(?! (?:care|note)\b)|\bwhoever [^.!?]{{2,80}}\b(?:please|pls)\b|\b(?:any|"
    rf"some)(?:one|body) (?:please )?{_DO}\b|\b(?:i|we) (?:still |also |really |urgently |just "
    rf")*need (?:an? |some |your |another |one |two |three |four |five |\d+ )(?:\w+ "
    rf"){{0,2}}(?:volunteers?|people|persons?|reviewers?|reviews?|approvals?|hands?|help|helpers?|"
    rf"eyes|testers?|pair|someone|ok|sign-?off)\b|\bneeds? (?:an? |some |your |another )?(?:review|"
    rf"approval|reviewer|sign-?off)\b|\blooking for (?:an? |some |one |two |\d )?(?:volunteers?|"
    rf"reviewers?|some(?:one|body)|help)\b"
)
"""Something that one person, or a few, could do."""

_HANDLE: Final = (
    r"(?:review|approve|merge|deploy|rotate|sign|grant|renew|assign|send|publish|release|extend|"
    r"upload|revert|restart|reset|fix|finish|prepare|forward|order|pay|invite|delete|proofread|"
    r"estimate|unblock|onboard|give (?:me|us) access)"
)
HANDS_ON: Final = re.compile(
    rf"\b(?:can|could|would|will) (?:you|{_SOMEBODY}) (?:please |pls |quickly |maybe |also "
    rf")*{_HANDLE}\b|\bwho (?:can|could) {_HANDLE}\b|\b(?:please|pls|plz|kindly)\b (?:\w+ "
    rf")?{_HANDLE}\b"
)
"""Somebody is to do a piece of work, not only to tell what they know."""

ALL_DO: Final = re.compile(
    r"\b(?:every(?:one|body)|you all|all of you|y'all|each of you|all teams|all managers|guys, all|"
    r"take the stairs|reminder|please (?:note|remember|be aware|beware|welcome|join|make sure|keep|"
    r"avoid|stop|use|share|don't|do not|save|log|restart your|submit your|fill|complete|update "
    r"your|check your|review your|change your|reset your|read|vote))\b"
)
"""Something that is meant for all who read it: an announcement."""

FUN: Final = re.compile(
    r"\b(?:lunch|breakfast|dinner|coffee|pizza|cakes?|cookies|beers?|drinks?|donuts?|food|kitchen|"
    r"fridge|birthday|party|parties|football|soccer|volleyball|running|yoga|karaoke|board ?games?|"
    r"games?|movie|cinema|concert|barbecue|bbq|secret santa|gift|farewell|parking|car|bike|bicycle|"
    r"keys|umbrella|charger|mug|jacket|headphones|lost|found|left|forgot|dog|cat|plants?|book club|"
    r"band|song|playlist|recipe|restaurant|dentist|doctor|babysitter|apartment|flat|flatmate)\b"
)
"""What people share a house for, apart from work."""

INCIDENT: Final = re.compile(
    r"\b(?:prod(?:uction)?|live|(?:web)?site|website|app|api|service|services|systems?|database|db|"
    r"logins?|checkout|payments?|network|internet|vpn|power|everything|cluster|"
    r"dns)\b[^.!?]{0,30}\b(?:down|unreachable|offline|on fire|50\d|not (?:loading|responding|"
    r"reachable)|lost)\b|\b(?:outage|sev-?\d|incident|p[01]|on[- ]call|emergency|evacuat\w+|"
    r"ambulance|first aid(?:er)?|breach|phish\w*|data ?loss|compromised|leaked|hacked|all hands on "
    r"deck|war ?room|right now|now please|immediately|quick,|(?:somebody|someone) else's data|in "
    r"(?:\d+|five|ten) min\w*|customers? (?:can't|cannot|are down)|public repo)\b"
)
"""Something presses so much that it may wake everybody."""

QUESTION: Final = re.compile(r"\?\W*$")


def is_request(sentence: Sentence) -> bool:
    """Whether a sentence asks one person, or a few, to do something."""
    return ONE_DOES.search(sentence.words) is not None
