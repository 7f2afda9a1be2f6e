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
    rf"available to|free to|has (?:time|access|admin|a minute)|have (?:time|access|admin)|knows?)\b|"
    rf"\b(?:is|does|do|has|have) (?:any|some)(?:one|body) (?:here )?(?:know|able|available|free|have|"
    rf"got|seen|had|worked|tried|using|else)\b|\b(?:can|could|would|will) you (?:please |pls |also |"
    rf"quickly |maybe )*{_DO}\b|\b(?:please|pls|plz|kindly)\b (?:\w+ )?{_DO}\b(?! (?:care|note)\b)|"
    rf"\bwhoever [^.!?]{{2,80}}\b(?:please|pls)\b|\b(?:any|some)(?:one|body) (?:please )?{_DO}\b|"
    rf"\b(?:i|we) (?:still |also |really |urgently |just )*need (?:an? |some |your |another |one |two |"
    rf"three |four |five |\d+ )(?:\w+ ){{0,2}}(?:volunteers?|people|persons?|reviewers?|reviews?|"
    rf"approvals?|hands?|help|helpers?|eyes|testers?|pair|someone|ok|sign-?off)\b|"
    rf"\bneeds? (?:an? |some |your |another )?(?:review|approval|reviewer|sign-?off)\b|"
    rf"\blooking for (?:an? |some |one |two |\d )?(?:volunteers?|reviewers?|some(?:one|body)|help)\b"
)
"""Something that one person, or a few, could do."""

ALL_DO: Final = re.compile(
    r"\b(?:every(?:one|body)|you all|all of you|y'all|each of you|all teams|all managers|guys, all|"
    r"take the stairs|reminder|please (?:note|remember|be aware|beware|welcome|join|make sure|keep|"
    r"avoid|stop|use|don't|do not|save|log|restart your|submit your|fill|complete|update your|"
    r"check your|review your|change your|reset your|read|vote))\b"
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
    r"logins?|checkout|payments?|network|internet|vpn|power|everything|cluster|dns)\b[^.!?]{0,30}"
    r"\b(?:down|unreachable|offline|on fire|50\d|not (?:loading|responding|reachable)|lost)\b|"
    r"\b(?:outage|sev-?\d|incident|p[01]|on[- ]call|emergency|evacuat\w+|ambulance|first aid(?:er)?|"
    r"breach|phish\w*|data ?loss|compromised|leaked|hacked|all hands on deck|war ?room|"
    r"right now|now please|immediately|quick,|(?:somebody|someone) else's data|in (?:\d+|five|ten) min\w*|"
    r"customers? (?:can't|cannot|are down)|public repo)\b"
)
"""Something presses so much that it may wake everybody."""

QUESTION: Final = re.compile(r"\?\W*$")


def is_request(sentence: Sentence) -> bool:
    """Whether a sentence asks one person, or a few, to do something."""
    return ONE_DOES.search(sentence.words) is not None
