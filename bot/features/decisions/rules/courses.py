"""The turns of phrase by which somebody says what is to be done, without calling it decided."""

from typing import Final

from bot.features.decisions.rules.deciding import LEAD
from bot.features.decisions.rules.signs import sign

_ACT: Final = (
    r"(?:adopt|add|allow|announce|approve|archive|assign|assume|avoid|backport|ban|be|block|book|"
    r"bring|bump|buy|call|cancel|change|charge|choose|clean|close|commit|cut|deal with|defer|"
    r"delay|delete|deploy|deprecate|disable|disallow|do|document|drop|enable|end|exclude|extend|"
    r"file|fix|focus|force|freeze|get rid of|give|go|handle|have|hire|hold|host|ignore|import|"
    r"include|introduce|invite|keep|kill|land|launch|leave|lift|limit|lock|lower|maintain|make|"
    r"mark|meet|merge|migrate|move|name|offer|open|order|package|park|pass|pay|pick|pin|plan|"
    r"postpone|proceed|publish|pull|push|put|raise|rebuild|refuse|reject|release|remove|rename|"
    r"rent|reopen|replace|reply|report|require|restrict|retire|revert|rewrite|roll|run|schedule|"
    r"scrap|sell|send|set|ship|shut|skip|split|sponsor|start|stay|stick|stop|store|support|"
    r"switch|sync|take|target|tell|turn|update|upload|use|wontfix|write)"
)
_DOING: Final = (
    r"(?:adding|doing|making|building|writing|adopting|approving|archiving|blocking|booking|"
    r"bumping|buying|cancelling|canceling|"
    r"changing|choosing|closing|cutting|deferring|deleting|deprecating|disabling|dropping|"
    r"enabling|extending|freezing|going|hiring|keeping|killing|leaving|limiting|marking|merging|"
    r"migrating|moving|naming|ordering|parking|paying|picking|pinning|postponing|publishing|"
    r"pulling|raising|rejecting|releasing|removing|renaming|replacing|retiring|reverting|"
    r"rolling|scheduling|scrapping|sending|setting|shipping|shutting|skipping|splitting|starting|"
    r"staying|sticking|stopping|switching|taking|turning|using)"
)
_TAKE: Final = (
    r"(?:keep|take(?! back)|drop|stop|skip|postpone|cancel|move|switch|stick|leave|go|pick|choose|"
    r"close|merge|"
    r"start|use|schedule|remove|delete|revert|publish|release|send|make|plan)"
)

COURSES: Final = (
    sign(
        "let us",
        "calls on the group to do it",
        1.5,
        (
            r"\b(?:let'?s|lets|let us) (?!(?:(?:all|just|then|now|please|first|also|quickly|"
            r"briefly) )*"
            r"(?:see|hope|say|wait|discuss|talk|decide|face|think|look|find|check|hear|ask|"
            r"continue|"
            r"get (?:started|going|back|to|some)|begin|start(?: (?:the|with the|this) |$|[!.])|"
            r"come|"
            r"pretend|assume|imagine|suppose|be (?:honest|clear|real|fair)|try to|debug|chat|"
            r"go (?:to|back|on|through|over|into|home|for lunch)|move (?:on|forward|to the next|"
            r"back)|"
            r"not (?:forget|get|go|start|worry|rush|argue|discuss|pretend|assume)|revisit|know|"
            r"recap|review|hang|sync|meet|catch|call it a|take a (?:look|break|step|minute)|"
            r"give (?:it|them|him|her) |keep (?:going|moving|talking|in mind|an eye)|return|"
            r"figure|try and|brainstorm|postpone the discussion|proceed to|step|party|eat)\b)\w"
        ),
        needs="let let's lets",
    ),
    sign(
        "not any more",
        "ends something",
        1.6,
        (
            r"\b(?:we|i)(?:'re| are|'ll| will| do|'m| am)? ?(?:not|no longer|don'?t|won'?t|never)\b"
            rf".{{0,12}}\b(?:{_ACT}|{_DOING})\b.{{0,60}}\b(?:any ?more|any longer|from now on)|"
            r"\bwe (?:no longer|stop) \w+|\b(?:we|i) (?:won'?t|will not|shall not|"
            rf"are not going to|aren'?t going to) (?:be )?(?:{_ACT}|{_DOING})\b|"
            r"^(?:so |ok,? |then )*no (?:more [\w -]{2,40}|[\w-]+ ?[\w-]*, (?:we|i|just|only|so|"
            r"then)\b|"
            r"[\w -]{2,40}? (?:any ?more|any longer|from now on|this year|this time|this release))|"
            r"\bwon'?t ?fix\b|\bout of scope for\b"
        ),
        needs="not no don't dont won't wont never stop longer aren't out",
    ),
    sign(
        "we will",
        "says what the group will do",
        1.3,
        (
            r"\b(?:we'll|we will|we shall|we'?re (?:all )?(?:going to|gonna)|we are (?:all )?going "
            r"to)"
            r"(?: \w+ly| just| then| simply| now| also| all)* (?!(?:see|know|have to|find|discuss|"
            r"talk|wait|need|get|think|"
            r"be (?:back|able|there|happy|fine|ok|late|done|ready|in)|probably|hopefully|try to|"
            r"look|learn|hear|ask|decide|come back|never|not|still|only know|likely|lose|"
            r"start with|reach|let you|all|have (?:a|an|the|more|to)|live|miss|survive|continue)\b)"
            r"\w"
        ),
        needs="we'll we we're",
    ),
    sign(
        "we do",
        "says how it is from now on",
        1.6,
        (
            r"(?:^|[.,;:] )(?:ok|okay|alright|so|then|yes|yeah|right|good|well|in that case)[ ,]+"
            rf"(?:(?:then|so|ok)[ ,]+)?(?:we (?:just |only |all )?{_ACT}|i (?:just |only )?{_TAKE})"
            rf"\b"
            r"(?! (?:back|that\b|it\b)$)|"
            r"(?:^|[.,;:] )we (?:keep|take|stay|drop|stop|skip|postpone|cancel|move|switch|stick|"
            r"leave|go|pick|choose|don'?t|do not)\b|\bthe \w+ (?:stays|goes|wins)\b"
        ),
        needs="we i the",
    ),
    sign(
        "doing it",
        "does it, and says so",
        1.3,
        (
            rf"{LEAD}{_DOING}\b(?! (?:to (?:be|the|bed|"
            r"lunch|sleep|work|home|see)\b|(?:home|well|on\b|fine|forward|through|off)))"
            r"(?!.{0,50}\b(?:is|are|was|were|would|makes?|takes|costs?|means|sounds|seems|might|"
            r"could|should|can|requires|helps|doesn'?t|isn'?t|worked|works)\b)"
        ),
    ),
    sign(
        "concedes",
        "was against it, or undecided, and is no more",
        1.1,
        (
            r"\b(?:convinced|you convinced me|that convinces me|fair enough|point taken|fair point|"
            r"fair,|good point[,.] (?:then|so|let|we|ok)|you win|i give in|"
            r"ok(?:ay)? (?:ok(?:ay)?|you'?re right)|i'?m sold|sold on)\b"
        ),
        needs="convinced fair point win give ok okay sold",
    ),
    sign(
        "will be",
        "says what becomes of a thing",
        1.1,
        (
            r"\b(?:will|is going to|are going to|gets?|'ll) (?:now |then |all |not )*(?:be |stay |"
            r"become |go |move |remain )?(?:removed|dropped|closed|deleted|moved|merged|renamed|"
            r"replaced|"
            r"cancelled|canceled|postponed|disabled|enabled|kept|used|released|shipped|retired|"
            r"deprecated|reverted|rejected|archived|changed|required|allowed|open|optional|default|"
            r"mandatory|unchanged)\b|\b\w+ (?:becomes|moves to|switches to|changes to|is now|are "
            r"now|"
            r"is (?:allowed|banned|required|mandatory|optional) (?:from|now|as of))\b|"
            r"\b(?:rejected|denied|declined|closed as|closing as|wontfix|veto(?:ed)?)\b|"
            r"\bnot (?:in|for|before|with) (?:this|the (?:next|first|current)|\d|v\d|\w+ release)\b"
        ),
        needs=(
            "will going gets get ll it'll they'll we'll i'll he'll that'll becomes moves "
            "switches changes now allowed banned required mandatory optional rejected denied "
            "declined closed wontfix veto not"
        ),
    ),
    sign(
        "tells to",
        "says in the imperative what is to be done",
        0.9,
        (
            r"(?:^|[.;:!] |^(?:ok|okay|yes|alright|right|no|so|then|just|please|and|good|fine)"
            r"[,.:! ]+)"
            r"(?:just |then |please )*(?:keep|use|take|drop|skip|leave|go|make|ship|close|merge|"
            r"remove|"
            r"delete|cancel|stick|switch|postpone|book|order|buy|hire|revert|kill|both|neither|"
            r"option \w+|number \w+)\b(?! (?:you|to see|me\b|care|in mind|sense|sure|note))"
        ),
        needs=(
            "keep use take drop skip leave go make ship close merge remove delete cancel "
            "stick switch postpone book order buy hire revert kill both neither option number"
        ),
    ),
    sign(
        "I will",
        "takes it upon themselves",
        0.9,
        (
            r"\b(?:i'll|i will|i'?m going to)(?: just| then| also| now| \w+ly)? (?!(?:see|try|"
            r"check|look|"
            r"think|ask|be|have|get back|let you|let me|wait|probably|maybe|read|find|need|miss|"
            r"never|"
            r"not|be|keep you|come back|ping|know|investigate|remember|bet|admit|say|give it a)\b)"
            r"\w|"
            rf"\bi can {_ACT}\b|"
            rf"{LEAD}(?:i'?m|i am|we'?re|we are|will be) {_DOING}\b"
        ),
        needs="i'll i i'm im we're we were will",
    ),
    sign(
        "on it",
        "begins to do it",
        1.15,
        (
            rf"{LEAD}(?!(?:think|look|wait|try|read|check|test|work|gett|hav|ask|"
            r"wonder|hop|talk|follow|accord|regard|includ|dur|be|mean|start|speak|judg|say|com|see|"
            r"runn|notic|assum|consider|feel|hear|know|us|put|open|someth|anyth|noth|everyth|morn|"
            r"even|meet|stand|sitt|play|driv|fly|pend)ing\b)[a-z]{3,}ing (?:it|this|that|them|the|"
            r"bug|for|as|to)\b"
        ),
    ),
    sign(
        "we can",
        "agrees to what the group may do",
        1.2,
        (
            r"^(?:agreed|ok|okay|yes|right|yeah|so|then|fine|good|alright)\b.{0,80}\bwe (?:can|"
            r"should|"
            rf"could) (?:just |then |simply |all )*{_ACT}\b|\bwe (?:can|should) (?:just|simply) "
            rf"{_ACT}\b"
        ),
        needs="can should could",
    ),
    sign(
        "from a day on",
        "says when it begins",
        0.9,
        (
            r"\b(?:from now on|going forward|effective|starting (?:next|on|with|from|today|"
            r"tomorrow|monday)|as of|until further notice|with immediate effect|ab sofort)\b"
        ),
        needs="from going forward effective starting as until with ab",
    ),
    sign(
        "stays or goes",
        "says what becomes of it",
        0.9,
        (
            r"\b(?:stays?|goes|is (?:out|on|off|dropped|gone|cancelled|canceled|postponed|approved|"
            r"accepted|rejected)|remains?|wins|gets|moves? to|f\u00e4llt weg|bleibt)\b"
            r"(?! (?:to|well|like|for|against|over)\b)|\b(?:does|do) it then\b"
        ),
        needs="stay goes is remains wins gets get moves fällt bleibt does do",
    ),
)
"""What commits where it follows a discussion, and is taken up."""

THEN: Final = sign(
    "then",
    "draws the conclusion of what was said",
    1.5,
    (
        r" then(?=[ ]?[:;.,!)(-]|[ ]please|$)"
        r"(?<!\bby then)(?<!\bsince then)(?<!\buntil then)(?<!\btill then)(?<!\bback then)"
        r"(?<!\band then)(?<!\bevery then)(?<!\bnow then)(?<!\bjust then)(?<!\bbefore then)"
        r"(?<!\bbetter then)(?<!\bthan then)|"
        r"^(?:ok|okay|k|alright|all right|so|yes|yeah|right|well|good|fine|hm+|ah|oh)?[ ,.]*"
        r"(?:then|in that case|dann)[ ,]+(?!(?:what|why|how|who|where|when|later|click|run|yes|"
        r"no\b|\+1|i'?d|it|that|you|there|"
        r"they|he|she|this|is|are|do|does|i (?:can'?t|don'?t|think|guess|was|have|know|"
        r"would|understand|misunderst\w+|suppose|am)|fine|good|ok|nothing|maybe|again)\b)"
    ),
    needs="then in dann",
)
EMPTY_THEN: Final = sign(
    "empty then",
    "takes leave, or says nothing that is done",
    0,
    (
        r"^(?:(?:ok|okay|k|so|well|right|oh|ah|good|great|fine|cool|nice|bye|see you|see ya|cu|"
        r"later|tomorrow|until|thanks|thank you|sorry|perfect|sure|nope|no|yes|yeah|alright|"
        r"never ?mind|what|hm+|morning|good luck|have fun|enjoy|sounds good|talk|monday|tuesday|"
        r"wednesday|thursday|friday|next|week|you|soon|all|folks|it is|wait|i see|"
        r"that'?s|that is|it|works|is)\b[ ,.!]*+)++then\b"
    ),
    needs="then",
)
