"""The turns of phrase by which somebody says outright that something is decided."""

from typing import Final

from bot.features.decisions.rules.signs import sign

LEAD: Final = (
    r"(?:^|[,;:\u2013\u2014-] ?)(?:(?:ok|okay|k|kk|alright|all right|right|so|yes|yeah|yep|yup|"
    r"cool|good|great|fine|perfect|well|then|and|but|now|hm+|ah|oh|agreed|sure|in that case|"
    r"for now|i say|i'd say|no|also|in the end|anyway)\b[ ,.:!-]*)*"
)
"""Where a clause begins, with what people put in front of it."""

MARKED: Final = sign(
    "marked",
    "whoever keeps the minutes says that it is decided",
    (
        r"^\W*(?:#|\[)(?:agreed|decision|decided|accepted|resolved|resolution|approved)\b|"
        r"^\W*(?:it'?s |so |ok,? |all |then |final )*(?:decided|agreed|decision|settled|"
        r"resolved|resolution|verdict|outcome|conclusion|result|beschlossen|beschluss|"
        r"entschieden|entscheidung|abgemacht|d\u00e9cision|d\u00e9cid\u00e9|decidido|"
        r"final call|final decision|final answer|consensus)(?: (?:on|for|re|from)"
        r"[^:.,]{1,40})?(?: is)? ?(?::|\u2013|\u2014|->|=>| - )(?! ?(?:/|$))"
    ),
    needs=(
        "agreed decision accepted resolved approved settled verdict outcome conclusion "
        "result beschlossen entschieden abgemacht décision final consensus"
    ),
)
OUTSPOKEN: Final = (
    sign(
        "is approved",
        "grants or refuses what was asked for",
        (
            r"\b(?:is|are|be|i|we)(?: now| hereby| then)? (?:approved?|accepted|rejected?|granted?|"
            r"declined?|"
            r"denied|deny)\b|^(?:ok,? |so |then )*(?:approved|granted|rejected|denied|vetoed)\W*$"
        ),
        needs="approve accepted reject granted declined denied deny vetoed",
    ),
    sign(
        "closed vote",
        "the votes are counted",
        (
            r"\b(?:motion|proposal|vote|resolution|rfc) (?:is |has |was )?(?:carrie[sd]|pass(?:es|"
            r"ed)|approved|accepted|adopted|rejected)\b|\bvot(?:e|ing)(?: is|"
            r" has)? (?:now )?(?:closed|ended)\b|\b(?:approved|accepted|rejected) (?:with|by) "
            r"(?:\w+ ){0,3}(?:votes?|majority|consensus)|(?<!was )\bunanimous(?:ly)?\b|"
            r"\b\d+ (?:votes? )?(?:for|in favou?r|yes)\b.{0,40}\b\d+ (?:votes? )?(?:against|no)\b"
        ),
        needs=(
            "motion proposal vote voting resolution rfc approved accepted rejected unanimous "
            "for favour yes"
        ),
    ),
    sign(
        "consensus",
        "announces that nobody is against it",
        (
            r"\b(?:we|we've|there is|there's|that's|that is|looks like|sounds like|seems|"
            r"i (?:think|see|hear|read))(?: \w+){0,3} (?:rough )?consensus\b|\bconsensus (?:is|"
            r"seems|has been|reached|was reached)\b|\bno (?:more |further |other )?(?:objections?|"
            r"concerns|veto(?:e?s)?|complaints)(?: (?:came|from|here|heard|so far|then|until|were)|"
            r"[,.;: ]+(?:so|then|we|i|the|it|let'?s|moving|going|closing|approved|agreed)\b)|"
            r"\b(?:so |then )?(?:we|everyone|everybody|all)(?:'re| are| is)?(?: \w+)? (?:all )?"
            r"(?:agree|agreed|in agreement)(?: (?:on|to)\b|[,.:;]|$)|\bthat'?s "
            r"(?:everyone|everybody|all of us)\b|\b(?:nobody|no one|no-one) (?:objects|objected|"
            r"is against|disagrees|complained|has objections)\b"
        ),
        needs="consensus no agree everyone all nobody",
    ),
    sign(
        "is settled",
        "says that the question is closed",
        (
            r"\b(?:it|that|this|which)(?:'s| is)(?: \w+)? (?:settled|decided|agreed|a deal|final|"
            r"the plan|a plan|a wrap|sorted)\b|\b(?:settled|decided|agreed|sorted) then\b|"
            r"\bcalling it\b|\b(?:we|i)(?:'ve| have)(?: \w+)? (?:decided|agreed|settled|chosen|"
            r"opted)\b(?! that (?:we|it) (?:was|were))|\b(?:we|i) (?:hereby )?decide\b|"
            r"\bi(?:'ll| will| hereby| am going to|'m going to) (?:decide|settle|declare|rule|"
            r"call it|make the call|make that call)\b|\b(?:final|executive) (?:decision|call)\b|"
            r"\b(?:it'?s|this is|that'?s) my (?:call|decision|ruling)\b|\bmy (?:decision|ruling|"
            r"verdict)\b|\b(?:the|our) (?:decision|verdict) (?:is|stands)\b|"
            r"\bi take (?:it|that|this) as (?:a )?(?:yes|agreed|approval)\b"
        ),
        needs=(
            "settled decided agreed deal final plan wrap sorted calling chosen opted declare "
            "rule ruling verdict take"
        ),
    ),
    sign(
        "go with",
        "chooses in so many words",
        (
            r"\b(?:let'?s|lets|let us|we'll|we will|we|i'll|i will|i'?m|i am|we'?re|we are|"
            r"gonna|going to|shall|then|so|ok|yes|yeah|just) (?:all |just |then |now |all |"
            r"probably |simply |definitely )*(?:go|going|stick|sticking|run|settle|settling|"
            r"stay|staying|proceed|proceeding) (?:ahead )?(?:with|for|by)\b(?! me\b| you\b)|"
            rf"{LEAD}(?:going|sticking|settling|staying|proceeding) (?:with|for)\b|"
            r"\bi'?(?:ll| will|m going to) go ahead (?:and|with)\b|"
            r"\b(?:nehmen wir|wir nehmen|wir machen|machen wir|on prend|on part sur|vamos con|"
            r"nos quedamos con)\b"
        ),
        needs="go going stick run settle stay proceed nehmen machen prend part vamos quedamos",
    ),
    sign(
        "action item",
        "notes who does what",
        r"^\W*(?:#|\[)?action(?: item)?s?\b(?:\]| ?:| )(?! ?items?\b)|^\W*#(?:info|idea)? "
        r"?action\b",
        needs="action",
    ),
    sign(
        "it is",
        "names what is taken: Tuesday it is",
        (
            r" (?:it is|it'?ll be|it shall be|it will be)(?=[ ]?[,.!:;)]|$|[ ]then)(?<!, it is)"
            r"(?<!\bwhat it is)(?<!\bnow it is)(?<!\bthere it is)(?<!\bhere it is)"
            r"(?<!\bso it is)(?<!\bsure it is)(?<!\band it is)(?<!\bbut it is)(?<!\bif it is)"
            r"(?<!\bthink it is)(?<!\bis it is)(?<!\bthat it is)(?<!\bas it is)"
            r"(?<!\blike it is)(?<!\bhow it is)(?<!\byes it is)(?<!\bwhere it is)"
        ),
        needs="it it'll",
    ),
    sign(
        "counted",
        "says what most are for, or notes what was decided",
        (
            r"\b(?:we have|got) a (?:winner|deal|plan|decision)\b|\bdecision (?:made|taken)\b|"
            r"\bayes have it\b|\b\w+ wins\b|\bmajority (?:is )?(?:for|says|wants)\b|"
            r"\b(?:that'?s|makes|so) (?:\w+ ){0,2}(?:\d|two|three|four|five|six)+ (?:votes )"
            r"?(?:for|"
            r"in favou?r|to|against|:)\b|\bi (?:choose|pick)\b|\b(?:writing|putting|noting|note|"
            r"taking) (?:it|that|this) (?:down )?(?:as (?:decided|agreed|the decision)|in the "
            r"minutes)"
        ),
        needs=(
            "winner deal plan decision ayes wins majority for favour to against choose pick "
            "agreed minutes have has that's makes so"
        ),
    ),
)
"""What commits a group in so many words, the heaviest first."""
