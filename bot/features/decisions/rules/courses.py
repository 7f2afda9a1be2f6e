"""The shapes of sentences by which somebody says what is done, whatever the verb is."""

from typing import Final

from bot.features.decisions.rules.deciding import LEAD
from bot.features.decisions.rules.signs import sign

_NO_IMPERATIVE: Final = (
    r"(?:i|you|he|she|it|we|they|this|that|these|those|there|here|what|who|which|when|where|why|"
    r"how|is|are|was|were|am|be|been|do|does|did|has|have|had|will|would|can|could|should|shall|"
    r"may|might|must|if|as|at|in|on|of|to|for|from|by|with|without|about|after|before|until|"
    r"since|than|and|or|but|so|then|because|not|no|yes|yeah|yep|nope|ok|okay|oh|ah|hm+|well|just|"
    r"only|all|both|any|some|most|more|even|also|too|the|a|an|my|your|our|their|his|her|its|one|"
    r"two|three|let|see|sorry|thanks?|hello|hi|hey|morning|same|like|maybe|perhaps|guess|think|"
    r"looks?|sounds?|seems?|feels?|means?|got|get|hope|wish|wait|imagine|suppose|say|said|re|over|"
    r"under|between|during|every|each|such|back|out|up|down|off|still|already|now|again|once|"
    r"never|always|against|per|via|love|needs?|wants?|depends|make sure|\w+ed|\w+s|\w+ly|\w+'\w+)"
)
_NO_ACT: Final = (
    r"(?:th|noth|everyth|anyth|someth|morn|even|dur|accord|includ|regard|consider|assum|mean|"
    r"speak|look|wait|try|think|hop|wonder|feel|see|hear|know|be|hav|gett|talk|follow|br|k|str|"
    r"spr|interest|annoy|confus|amaz|exist|miss)ing"
)
_FINITE: Final = (
    r"(?:is|are|was|were|would|makes?|takes|costs?|means|sounds|seems|might|could|should|can|"
    r"requires|helps|doesn'?t|isn'?t)"
)

CALLING: Final = sign(
    "let us",
    "calls on the group to do it",
    (
        r"\b(?:let's|let us) (?!(?:(?:all|just|then|now|please|first|also|quickly|briefly) )*"
        r"(?:see|hope|say|wait|discuss|talk|decide|face|think|look|find|check|hear|ask|continue|"
        r"get (?:started|going|back|to|some)|begin|start(?: (?:the|with the|this) |$|[!.])|come|"
        r"pretend|assume|imagine|suppose|be (?:honest|clear|real|fair)|try to|debug|chat|"
        r"go (?:to|back|on|through|over|into|home|for lunch)|move (?:on|forward|to the next|"
        r"back)|not (?:forget|get|go|start|worry|rush|argue|discuss|pretend|assume)|revisit|know|"
        r"recap|review|hang|sync|meet|catch|call it a|take a (?:look|break|step|minute)|"
        r"give (?:it|them|him|her) |keep (?:going|moving|talking|in mind|an eye)|return|"
        r"figure|try and|brainstorm|postpone the discussion|proceed to|step|party|eat)\b)\w"
    ),
    needs="let let's",
)
TELLING: Final = sign(
    "tells to",
    "says in the imperative what is to be done",
    (
        rf"^(?:{LEAD})?(?:please |just |then |simply )*(?!{_NO_IMPERATIVE}\b)[a-z]{{2,20}} (?:it|"
        r"that|this|them|the|all|both|these|those|a|an|my|your|our)\b(?! (?:is|are|was|were|would|"
        r"will|can|could)\b)|"
        r"(?:^|[.;:!] |^(?:ok|okay|yes|alright|right|no|so|then|just|please|and|good|fine)"
        r"[,.:! ]+)(?:just |then |please )*(?:keep|use|take|drop|skip|leave|go|ship|close|merge|"
        r"remove|delete|cancel|stick|switch|postpone|book|order|buy|hire|revert|kill|both|neither|"
        r"option \w+|number \w+)\b(?! (?:you|to see|me\b|care|in mind|sense|sure|note))"
    ),
    needs=(
        "it that this them the all both these those a an my your our keep use take drop skip "
        "leave go ship close merge remove delete cancel stick switch postpone book order buy "
        "hire revert kill neither option number"
    ),
)
WE_WILL: Final = sign(
    "we will",
    "says what the group will do",
    (
        r"\b(?:we|everyone|everybody|all)(?:'ll| will| shall|'re going to| are going to|"
        r"'re gonna|'re not going to| won't)\b|"
        r"(?:^|[.,;:] |^(?:ok|okay|so|then|yes|right|good|fine|alright)[ ,]+(?:then |so )*)we "
        r"(?!(?:are|were|have|had|could|can|should|would|might|may|need|must|want|know|think|did|"
        r"was|all|still|just|also|never|use|got)\b)\w+|"
        r"^(?:agreed|ok|okay|yes|right|yeah|so|then|fine|good|alright)\b.{0,80}\bwe (?:can|"
        r"should|could) (?!be\b)\w+|\bno (?:more|longer)\b|\bnot\b.{0,40}\bany ?more\b|"
        r"\bwon'?t ?fix\b"
    ),
    needs="we we'll we're everyone everybody all no not wont won't",
)
I_WILL: Final = sign(
    "I will",
    "takes it upon themselves",
    (
        r"\b(?:i'll|i will|i'm going to|i'm gonna)(?: just| then| also| now| \w+ly)? (?!(?:see|try|"
        r"check|look|think|ask|be|have|get back|let you|let me|wait|probably|maybe|read|find|need|"
        r"miss|never|not|keep you|come back|ping|know|investigate|remember|bet|admit|say|"
        r"give it a)\b)\w|"
        r"^\W*(?:\w+[ ,]+){0,2}will (?:do|send|write|tell|add|update|put|take|make|fix|open|create|"
        r"change|book|order|move|announce|file|inform)\b"
    ),
    needs="i'll i i'm will",
)
DOING: Final = sign(
    "does it",
    "does it, and says so",
    (
        rf"{LEAD}(?!{_NO_ACT}\b)[a-z]{{2,20}}ing\b(?! (?:well|fine|forward|through|home|off|on)\b)"
        rf"(?!.{{0,40}}\b{_FINITE}\b)"
    ),
)
BECOMING: Final = sign(
    "becomes",
    "says what becomes of a thing",
    (
        r"\b(?:stays?|goes|wins|keeps|remains?|becomes|moves|gets|starts|ends|owns|applies)\b"
        r"(?! (?:well|like|for|against|over|me|us)\b)|"
        r"\b(?:will|is going to|are going to|'ll|gets?|is|are) (?:now |then |all |not |hereby )*"
        r"(?:be )?(?:removed|dropped|closed|deleted|moved|merged|renamed|replaced|cancelled|"
        r"canceled|postponed|disabled|enabled|kept|shipped|retired|deprecated|reverted|rejected|"
        r"archived|allowed|optional|mandatory|cut|out|in|off|gone)\b|"
        r"\b(?:from now on|going forward|starting (?:next|with|from|today|tomorrow|monday)|as of|"
        r"from the next|until further notice|with immediate effect|ab sofort|by default)\b|"
        r"\b(?:rejected|denied|declined|closed as|closing as|veto(?:ed)?)\b"
    ),
    needs=(
        "stay goes wins keep remain become move gets get starts ends owns applies will going is "
        "are 'll from starting as until with ab by rejected denied declined closed veto they'll "
        "it'll we'll that'll"
    ),
)
THEN: Final = sign(
    "then",
    "draws the conclusion of what was said",
    (
        r" then(?=[ ]?[:;.,!)(-]|[ ]please|$)"
        r"(?<!\bby then)(?<!\bsince then)(?<!\buntil then)(?<!\btill then)(?<!\bback then)"
        r"(?<!\band then)(?<!\bevery then)(?<!\bnow then)(?<!\bjust then)(?<!\bbefore then)"
        r"(?<!\bbetter then)(?<!\bthan then)|"
        r"^(?:ok|okay|k|alright|all right|so|yes|yeah|right|well|good|fine|hm+|ah|oh)?[ ,.]*"
        r"(?:then|in that case|dann)[ ,]+(?!(?:what|why|how|who|where|when|later|click|run|yes|"
        r"no\b|\+1|i'?d|it|that|you|there|they|he|she|this|is|are|do|does|i (?:can'?t|don'?t|"
        r"think|guess|was|have|know|would|understand|misunderst\w+|suppose|am)|fine|good|ok|"
        r"nothing|maybe|again)\b)|"
        r"\b(?:ent\u00e3o|entonces|dann|donc)\W*$"
    ),
    needs="then in dann ent\u00e3o entonces donc",
)
EMPTY_THEN: Final = sign(
    "empty then",
    "takes leave, or says nothing that is done",
    (
        r"^(?:(?:ok|okay|k|so|well|right|oh|ah|good|great|fine|cool|nice|bye|see you|see ya|cu|"
        r"later|tomorrow|until|thanks|thank you|sorry|perfect|sure|nope|no|yes|yeah|alright|"
        r"never ?mind|what|hm+|morning|good luck|have fun|enjoy|sounds good|talk|next|week|you|"
        r"soon|all|folks|it is|wait|i see|that'?s|that is|it|works|is)\b[ ,.!]*+)++then\b"
    ),
    needs="then",
)
