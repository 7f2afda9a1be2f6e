"""How others take what was put to them: accepting, objecting, doing it."""

from typing import Final

from bot.features.decisions.rules.signs import sign

_LEAD: Final = (
    r"^\W*(?:(?:ok|okay|k|alright|right|so|yes|yeah|yep|yup|cool|good|great|fine|perfect|well|"
    r"then|ja|oui|s\u00ed|please|sure|hm+|ah|oh|nice|true|agreed|lgtm|looks good|from me)"
    r"\b[ ,.:!-]*|\+1[ ,.:!-]+)*"
)

GRANTING: Final = sign(
    "grants",
    "tells somebody to do what they put forward",
    (
        rf"{_LEAD}(?:(?:please |just )?(?:go (?:ahead|for it|with (?:it|that|this))\b|"
        r"do (?:it|that|this|so)|make it so|ship it|merge it|kill it|close it|drop it|"
        r"fail over|proceed|make it happen|approved|granted|accepted|you have my (?:ok|blessing)|"
        r"deal\b|sold\b|it'?s a deal|let'?s do (?:it|that|this)|let'?s (?:try|go for) (?:it|that)|"
        r"weg damit|mach(?:t|en wir)?(?: das)?\b|so machen wir|abgemacht|einverstanden|"
        r"d'accord|vas-y|vale|hecho|permission granted)\b|go[.!]|yes please|please do\b(?!n))|"
        r"\b(?:lgtm|go ahead|go for it|make it so|has my blessing|my blessing|"
        r"please (?:go ahead|proceed|do (?:it|that|so)))\b"
    ),
    needs=(
        "go do make ship merge kill close drop fail proceed approved granted accepted you deal "
        "sold it's let let's weg mach so abgemacht einverstanden d'accord vas vale hecho "
        "permission yes please lgtm has my"
    ),
)
SAYING_YES: Final = sign(
    "says yes",
    "may accept, or only answer",
    (
        r"^\W*(?:(?:well|hm+|oh|ah)\b[ ,]*)*(?:y+e+s+|yep|yup|yeah|ja|oui|s\u00ed|si|sure|ok|okay|"
        r"k|fine|right|of course|exactly|definitely|perfect|cool|gut|klar|claro|absolutely)\b"
    ),
)
AGREEING: Final = sign(
    "agrees",
    "has nothing against it",
    (
        r"^\W*(?:(?:well|hm+|then|so|oh|ah|for me|me too,?|i)\b[ ,]*)*(?:\+1|\+\+|aye\b|yea\b|"
        r"agree[ds]?\b|"
        r"sounds (?:good|great|fine|ok|reasonable|like a plan|right|sensible|sane|perfect)|"
        r"works (?:for|4) (?:me|us)|good (?:idea|plan|with me|for me|by me)|great idea|"
        r"(?:ok|fine|good|happy|cool) (?:with|for|by|from)\b|love it|like it|makes sense|"
        r"no objections?|no (?:strong )?(?:preference|concerns|opinion)|don'?t mind|"
        r"(?:i |i'm |am )?(?:all )?for it|seconded|second(?: that)?\b|same here|mine too|"
        r"totally|gladly|wfm\b|np$|i can live with|in favou?r|passt|gerne|gut so|bien s\u00fbr|"
        r"that (?:works|sounds)|that'?s (?:fine|good|ok|okay|great|perfect)|i'?m (?:ok|fine|"
        r"good|happy|in|for)\b|in that case i'?ve no|i'?ve no (?:concerns|objections))|"
        r"\b(?:works (?:for|4) me|(?:ok|fine|good) (?:with|for|by) me|\+1|"
        r"sounds good|i'?m fine with|i can live with (?:it|that|this)|"
        r"(?:i'?ve |i have |got )?no (?:objections?|concerns))\b|\+1"
    ),
    needs=(
        "+1 ++ aye yea agree sounds works good great ok okay fine happy cool love like makes "
        "no don't for i i'm i've am all seconded second same mine totally gladly wfm np can "
        "in favour passt gerne gut bien that that's me got objections concerns"
    ),
)
CARRYING_OUT: Final = sign(
    "carries out",
    "somebody does it now, or says it is done",
    (
        r"^\W*(?:(?:ok|okay|k|great|cool|good|yes|sure|thanks|alright|so|and|then)\b[ ,.!:]*)*"
        r"(?:on it\b|will do\b|i'?ll\b|i will\b|doing (?:it|that|so|this)?\b|done\b|"
        r"(?:(?:doing|updating|changing|writing|fixing|preparing|sending|telling|informing|"
        r"flipping|closing|merging|moving|booking|ordering|cancelling|setting|adding|removing|"
        r"starting|filing|creating|switching|deploying|reverting|rolling|backfilling|"
        r"scheduling|renaming|deleting|announcing|pushing|editing|posting)\b|changed|updated|set|"
        r"moved|booked|cancelled|canceled|closed|merged|ordered|"
        r"deleted|removed|informed|noted|scheduled|created|announced|sent|added|wrote|"
        r"filed|posted|pushed|written|put|switched|started|tagged|paid|yanked|"
        r"reverted|erledigt|c'est fait)\b|"
        r"with pleasure|can do\b|i can (?:do|take)|i(?:'m| am) (?:on it|doing)\b|"
        r"i (?:start|do|take|write|update|change|tell|inform|order|book|set)\b|consider it|"
        r"reminder set|it'?s in the|#action|\[action\]|who (?:does|will|can)\b)"
    ),
)
OBJECTING: Final = sign(
    "objects",
    "somebody is against it, or is not so sure",
    (
        r"^\W*(?:(?:well|hm+|uh|um|oh|ah|sorry|hey|but|and|also|not to|please)\b[ ,.]*)*"
        r"(?:wait\b|hold on|hang on|stop(?:[!.,]|$)|no+\b(?! (?:objection|concern|problem|worries|"
        r"prob|"
        r"preference|strong|comment|need|one|more|rush|longer|opinion|doubt|it'?s|snapshot|"
        r"strings)|,? (?:we|i)(?:'ll| will)|, \w+ (?:is|are) the same)|nope\b|-1\b|"
        r"disagree|i (?:object|disagree|veto)|not (?:so )?(?:sure|convinced|happy|yet|so fast)|"
        r"i'?m not (?:so )?(?:sure|convinced|happy)|i(?:'d| would) (?:rather|not|prefer|argue)|"
        r"i don'?t (?:think|like|agree|want)|but\b|are you sure|is that wise|why\b|"
        r"what about|isn'?t that|isn'?t it|moment\b|careful|risky|nein\b|non\b)|"
        r"\b(?:i disagree|i object|-1|not convinced|bad idea|i would not|i wouldn'?t|"
        r"i'?m against)\b"
    ),
    needs=(
        "wait hold hang stop no nope -1 disagree i not i'm i'd don't but are is why what "
        "isn't moment careful risky nein non bad wouldn't"
    ),
)
TAKING_BACK: Final = sign(
    "takes back",
    "what was said before holds no more",
    (
        r"\b(?:forget (?:what i said|that|it|about (?:it|that))|scratch that|never ?mind|nvm|"
        r"i take (?:it|that|this) back|take (?:that|it|everything|all) back|take back (?:that|it|"
        r"everything|what)|strike that|on second thoughts?|"
        r"changed my mind|let'?s undo|undo (?:that|this)|back to square one|"
        r"(?:that|this|it)(?:'s| is) (?:off|off the table|not decided|cancelled|moot)|"
        r"ignore (?:me|that|what i said)|i stand corrected|retract(?:ed|ing)?|withdrawn|"
        r"i withdraw|#undo|reopen(?:ing)? (?:this|the question|the topic)|"
        r"not so fast|all off|doch nicht)\b"
    ),
    needs=(
        "forget scratch never nvm i take strike on second changed undo let's lets back "
        "that this it it's ignore stand retract withdraw reopen not all doch"
    ),
)
JUST_THANKS: Final = sign(
    "thanks",
    "takes note",
    r"^\W*(?:(?:great|cool|ok|perfect|nice|super|lovely|wonderful|awesome|merci|danke|"
    r"finally|hero|amazing|yay|thanks?|thx|ty|cheers|noted|got it|yes+|well done)\b|<3|\^\^|o/)",
)
NODDING: Final = sign(
    "nods",
    "is nothing but a few words that accept",
    (
        r"^\W*(?:(?:ok|oh|hm+|well|ah|ha|hehe|yes|yeah|yep)[ ,.]*)*(?:y+e+[sp]+|yup|yeah|sure|"
        r"ok(?:ay)?|good|great|fine|works|better|same|in|me|me too|aye|sounds|agreed?|true|fair|"
        r"makes sense|np|perfect|nice|lovely|love|\+1|totally|wfm|lgtm|right|deal|cool|none|"
        r"no objections?|(?:could|can) live|go for it|do it|do that|please do)\b[^?\n]{0,24}$"
    ),
    needs=(
        "yes yep yup yeah sure ok okay good great fine works better same in me aye sounds agree "
        "true fair makes np perfect nice lovely love +1 totally wfm lgtm right deal cool none no "
        "could can go do please yesss yeees yees"
    ),
)
CONCEDING: Final = sign(
    "concedes",
    "was against it, or undecided, and is no more",
    (
        r"^\W*(?:(?:ok|oh|hm+|well|ah|ha|hehe)[ ,.]*)*(?:true|fair|right|good point|point taken|"
        r"makes sense|yeah i know|i know|you'?re right|convinced|ok ok|agreed?|i see|understood|"
        r"works|better|can live|i'?m convinced|you win|i give in|i'?m sold)\b"
    ),
)
LEADING_IN: Final = sign(
    "leads in",
    "begins as a conclusion does",
    (
        r"^\W*(?:ok(?:ay)?|kk?|so|alright|all right|right|good|great|fine|perfect|lovely|nice|cool|"
        r"awesome|fair|deal|also|bon|gut|then|well then|venga|vale|beleza|fechado|(?:he)+|(?:ha)+|"
        r"yes|yeah|yep|sure|true|oh|ah|hm+)\b"
    ),
)
