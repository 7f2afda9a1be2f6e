"""The turns of phrase by which people tell of a problem, and that somebody is on it."""

from typing import Final

from bot.features.asks.rules.cues import cue

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
        r"following) (?:\w+ )?error|(?:(?:i|we) |^)(?:can'?t|cannot|can not|couldn'?t|"
        r"could not|am unable to|don'?t manage to) (?:\w+ )?(?:get|find|figure|seem|make|"
        r"push|connect|install|run|log|login|access|see|open|do|work|understand|build|"
        r"compile|import|load|start|use|send|download|do anything)|(?:i|we) (?:don'?t|"
        r"do not|can'?t|cannot) (?:really )?(?:know|understand|get|see|remember) (?:how|"
        r"why|what|where|who|which)|not sure (?:how|why|what|where|which) (?:to|i|we|the)|"
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
        r"on the wrong)"
    ),
)
"""A problem, which asks for help unless somebody is on it or it answers a question."""

IN_HAND: Final = cue(
    "in hand",
    "somebody deals with the problem, or it is over",
    (
        r"\b(?:(?:i'?m|i am|we'?re|we are|is|are) (?:now )?(?:rolling|restarting|working|"
        r"looking|fixing|pulling|switching|adding|on (?:it|the phone)|cleaning|"
        r"investigating|reverting|checking|deploying|going through)|next update|"
        r"will (?:be )?(?:fix|update|let)|fixed|found (?:it|the)|solved|resolved|"
        r"works? (?:now|again|on)|back (?:up|again)|up again|no action|known\b|reverted|"
        r"rolled back|rolling back|switching to|corrected|was (?:down|broken)|turn(?:s|"
        r"ed) out|because|the reason|so i (?:just )?(?:ended|used|did|went)|instead|"
        r"closing|see the|as for|if it|when it|in case|that'?s why|explains|it was (?:the|"
        r"my|a)|i'?ve (?:put|sent|fixed|moved)|i (?:sent|fixed|corrected|put))\b"
    ),
)
"""What takes the request out of a problem."""
