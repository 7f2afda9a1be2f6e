"""The turns of phrase by which people only ask where an answer stays."""

from collections.abc import Sequence
from typing import Final

from bot.core.cues import cue
from bot.core.patterns import regex
from bot.core.prose import prose

_THIS: Final = (
    r"(?:(?:this|that)(?: one)?|it|my (?:last )?(?:message|question|mail|note|ping|request|pr|dm))"
)
_CHASES: Final = (
    (
        r"(?:(?:a|an|just|another|one more|gentle|friendly|quick|kind|small|little|polite|"
        r"soft|second|final|last) )*+(?:(?:re-?)?ping(?:ing)?(?: you)?|"
        r"bump(?:ing)?(?: up)?|nudg(?:e|ing)|reminder|poke)"
    ),
    (
        r"(?:(?:is|are) there |do (?:you|we) have |got |have you got )?(?:any|some) (?:update|news|"
        r"progress|luck|word|answer|feedback|thoughts|movement|eta|response|reply)s?"
    ),
    r"(?:what'?s the |what is the |any )?(?:current )?(?:status|eta|state)|updates?|news",
    r"(?:just |i'?m |i am )*+(?:follow|check|circl|com)(?:ing|e)? (?:up|in|back)",
    r"(?:(?:i'?m|i am|we'?re|we are|just|also) )*+(?:still waiting|waiting (?:on|for) you)",
    (
        r"(?:did|have) you (?:already |ever )?(?:seen?|got|get|had?|have|found|find|read|"
        rf"look(?:ed)?|check(?:ed)?|manage[d]?)(?: (?:at |into |to )?{_THIS}| (?:a|"
        r"the) (?:chance|minute|moment|look)|"
        r" (?:some )?time| to (?:look|check|see|read|reply|answer|respond|review))+"
    ),
    r"how(?:'?s| is) (?:it|this|that) (?:going|coming along|looking)",
    rf"were you able to (?:check|look|have a look|find out|get to)(?: (?:at |into |to )?{_THIS})?",
    r"hello|anyone|anybody|(?:are )?you there|\^+",
    r"algo nuevo|(?:hay )?(?:alguna )?(?:novedad|novedades|noticia|noticias)",
    r"(?:gibt es|gibt'?s) (?:schon )?(?:was |etwas )?neues|irgendwelche neuigkeiten",
    r"(?:des nouvelles|du nouveau)|alguma novidade|novidades",
)
_TAIL: Final = (
    r"(?: (?:yet|already|here|there|again|please|pls|so far|now|today|asap|from you|"
    r"from my side|for me|"
    rf"(?:(?:on|at|into|for|with|about|to) )?{_THIS}|for (?:an answer|a reply|"
    r"your \w+)|"
    r"to (?:look|check|see|read|reply|answer|respond|review)))*+(?: (?:on|about|re|"
    r"regarding|with|for|of|from)(?: [\w'#./-]+){1,5})?"
)

CHASES: Final = cue(
    "chases",
    "wants nothing but the answer that is due",
    rf"(?:{'|'.join(_CHASES)}){_TAIL}",
)
POLITE: Final = cue(
    "polite",
    "what people put in front of it",
    r"^(?:(?:hi|hey|hello|sorry|so|and|ok|also|well|btw|um|just|there|again)\b[ ,.!:-]*+|"
    r"to (?:bother|bug|nag|ask|push)(?: you)?(?: again)?[ ,:.-]*+(?:but )?|"
    r"(?:good )?(?:morning|afternoon|evening)[ ,.!]*+)++",
)
_WORD: Final = regex(r"[^\W_]{3,}")
_SAYS_NOTHING: Final = regex(
    r"any|some|updates?|news|progress|status|yet|here|there|this|that|the|you|your|for|from|please|"
    r"and|about|can|could|will|would|with|have|has|are|did|was|were|what|which|when|who|how|ping|"
    r"reminder|answer|reply|question|waiting|still|not|already|our|out|one|now"
)


def chosen(chaser: str, questions: Sequence[str]) -> int:
    """Which of these questions somebody chases: the first that shares most words with it."""
    said = _words(chaser)
    shared = [len(said & _words(each)) for each in questions]
    return shared.index(max(shared))


def _words(text: str) -> frozenset[str]:
    words = _WORD.findall(prose(text).lower())
    return frozenset(word for word in words if not _SAYS_NOTHING.fullmatch(word))
