"""What puts something up for decision: proposals, and questions that leave a choice."""

from typing import Final

from bot.features.decisions.rules.signs import sign

_START: Final = r"(?:^|\n|[.!?,;:] |\b(?:so|and|but|or|then|ok|well) )"
_FACT: Final = (
    r"(?:is|are|was|were|am|does|did|do you|do they|do i|has|have|had|will|would|which|what|why|"
    r"who|whose|where|when|how|any|anyone|anybody|somebody|someone|can you|could you|do we have)\b"
)
"""How questions begin that ask for a fact, or for help."""

PROPOSING: Final = (
    sign(
        "asks for objections",
        "goes ahead unless somebody is against it",
        (
            r"\b(?:any|are there|anyone have) (?:\w+ )?(?:objections?|concerns|vetoe?s?)\b|"
            r"\bif (?:nobody|no one|no-one) (?:objects|disagrees|minds|has)|"
            r"\bunless (?:somebody|someone|anyone|anybody|there)|\b(?:anyone|anybody) against\b|"
            r"\bok (?:with|for) (?:everyone|everybody|you all|all)\b|\b(?:all|everyone|everybody) "
            r"(?:ok|okay|fine|happy|agreed?)\b[^?\n]{0,40}\?|\ball in favou?r\b|\bplease vote\b|"
            r"#(?:start)?vote\b|\[vote\]|\bvote on\b|\bobjections\?"
        ),
        needs=("any are anyone if unless anybody ok all everyone please vote startvote objections"),
    ),
    sign(
        "proposal",
        "says that it is one",
        (
            r"\b(?:propos(?:e|al|ing)|suggest(?:ion|ing)?|"
            r"move that|motion|vorschlag|recommend)\b|\brfc\b(?: for| ?:| -)|\bi'?d (?:like|love|"
            r"prefer|vote|"
            r"go|say|opt) |\bi would (?:like|prefer|vote|go|say|suggest)\b|\bi vote\b|"
            r"\bi want (?:to|us|a)\b"
        ),
        needs="propose suggest move motion vorschlag recommend rfc i'd id i",
    ),
    sign(
        "shall we",
        "asks the group what to do",
        (
            rf"{_START}(?:should|shall|can|could|may|might|would) (?:we|it|they|this|that|the) "
            r"(?!(?:see|know|say|find|ask|tell|expect|assume|count|someone|get a|be that|be a|"
            rf"be because)\b)[^?\n]*\?|{_START}should (?!you\b)[^?\n]*\?|"
            r"\bare we (?:ok|okay|fine|good|happy|agreed|all|going)\b[^?\n]*\?|"
            r"\bdo we (?:want|need to|keep|still (?:need|want)|really (?:need|want)|go|agree|"
            r"drop|use|ship|stay|move)\b[^?\n]*\?|\blet'?s\b[^?\n]*\?|"
            r"\b(?:is|are|would) (?:everyone|everybody|all|people|you all|we) (?:all |be )?"
            r"(?:ok|okay|fine|alright|good|happy|agreed)\b[^?\n]*\?"
        ),
        needs="?",
    ),
    sign(
        "how about",
        "proposes as people do, question mark or not",
        (
            r"\bcan'?t we\b|\b(?:how|what) about\b|\bwhy don'?t we\b|\bwhy not (?!\?)|"
            r"\bwhat if we\b|\bwdyt\b|\bwhat do (?:you|people|others|we) (?:all )?think\b|"
            r"\b(?:wollen|sollen|nehmen|machen) wir\b"
        ),
        needs="can't cant how what why wdyt wollen sollen nehmen machen",
    ),
    sign(
        "asked back",
        "puts a course to the others with a question mark",
        (
            rf"(?:^|\n|[.!,;] )(?:so|then|ok so|ok then|and so|therefore|dann|alors)"
            rf"[ ,]+(?!{_FACT}|"
            r"(?:it'?s|you|that'?s|i)\b)[^?\n]*\?|"
            rf"(?:^|\n|[.!?] )(?!(?:\w+ )?{_FACT})[^?\n]*\b(?:then|instead|ok|okay|agreed|deal|weg|"
            rf"first|"
            r"again|for now|all|please)[ ,:;()@\w]{0,6}\?"
        ),
        needs="?",
    ),
    sign(
        "choice",
        "asks which of several",
        (
            rf"{_START}(?!{_FACT})[^?\n]{{1,80}} (?:or|vs\.?|oder|ou) [^?\n]+\?|"
            rf"(?:^|\n)(?:\S+ )?\S+/\S+\?|{_START}which (?:one|of|way|version|option|name)\b"
            r"[^?\n]*\?"
        ),
        needs="?",
    ),
    sign(
        "options",
        "leaves open which of several",
        (
            r"\b(?:what|when|where|how|who) (?:should|shall|do) we\b|\bwho (?:will|wants)\b|"
            r"\b(?:two|both|three|other|several|\d) (?:options|choices|alternatives|candidates|"
            r"ways)\b|\boptions (?:are|would be)\b|\bthe question is\b|\b(?:ok|okay|agreed|fine|"
            r"good) (?:with|for|by) (?:you|everyone|everybody|all)\b"
        ),
        needs=(
            "what when where how who two both three other several options the ok okay agreed "
            "fine good ways choices alternatives candidates"
        ),
    ),
    sign(
        "may I",
        "asks leave for something of one's own",
        (
            r"\b(?:can|could|may|should|shall) i (?!get|have|see|ask|find|trust|know)\b[^?\n]*\?|"
            r"\b(?:is|would) (?:it|that|this) (?:be )?"
            r"(?:ok|okay|fine|alright|good|acceptable)\b[^?\n]*\?"
        ),
        needs="can could may should shall is would",
    ),
)
"""What puts a course to the others."""

SUGGESTING: Final = (
    sign(
        "could do",
        "names a way without taking it",
        (
            r"\b(?:we|you|i|one) (?:could|can|might|should|would)\b(?! (?:see|have|imagine))|"
            r"\bi was thinking (?:of|about|along)\b|\bi think we\b|\bhas my vote\b|"
            r"\bmaybe (?:we|i|just|a|the)\b|\bperhaps (?:we|i|just|a|the)\b|"
            r"\bwould be (?:nice|good|great|better|ok)\b"
        ),
        needs="we you i one has maybe perhaps would",
    ),
    sign(
        "verbless",
        "puts a course in a few words, with a question mark",
        (
            r"(?:^|\n|[.!] )(?!or\b)(?!(?:and|so|sure|really|right|no|huh|eh|costs?|price|sorry|"
            r"seriously|"
            r"hello|true|wait|ok|okay|me|still|already|deadline|yes|done|ready|oh|hm+|also|lol)\?)"
            r"(?!(?:[^?\n]* )?(?:why|what|how|who|when|where|which|is|are|was|were|does|did|has|"
            r"have|"
            r"had|will|would|can|could|any|anyone|anybody|you|your|that'?s|it'?s|there'?s|what'?s|"
            r"who'?s|he|she|they|got|know|knows|mean|means|since|of our|else|other|rate)\b)"
            r"(?:[^\s?]+ ){0,7}[^\s?]+\?(?!\?)"
        ),
        needs="?",
    ),
)
"""What names a course without putting it to anybody."""
