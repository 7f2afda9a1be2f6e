"""The turns of phrase by which people want to know something, and those that only look like it."""

from typing import Final

from bot.core.cues import CLAUSE, SENTENCE, START, cue

_WE: Final = (
    r"(?:i|we|you|u|ya|they|he|she|it|one|people|folks|someone|somebody|anyone|"
    r"anybody)"
)

_THE: Final = r"(?:the|this|that|these|those|my|our|your|his|her|their|there|any|some|all|a|an)"

_AUX: Final = (
    r"(?:do|does|did|can|could|should|would|will|is|are|was|were|am|has|have|had|"
    r"might|may|don'?t|doesn'?t|didn'?t|can'?t|isn'?t|aren'?t|won'?t|wouldn'?t|"
    r"shouldn'?t)"
)

QUESTIONS: Final = (
    cue(
        "how to do",
        "a question is often written without its mark",
        CLAUSE
        + (
            rf"how (?:{_AUX} (?:{_WE}|{_THE}|[\w-]+ )\b|come\b|about "
            r"(?:the|this|that|we|you)\b|to [^.:\n]{2,120}(?:\?|$))"
        ),
    ),
    cue(
        "wh and verb",
        "interrogative and verb in the order of a question",
        CLAUSE
        + (
            r"(?:what|where|when|why|who|which|whose|whom)(?:'?s| (?:is|are|was|were|do|does|"
            r"did|can|could|"
            rf"should|would|will|has|have|am|don'?t|doesn'?t|isn'?t)) (?:{_WE}|{_THE}|am|"
            r"up (?:for|with)|in for|on call|"
            r"wrong|best|correct|right|missing|using|able|familiar)\b"
        ),
    ),
    cue(
        "wh, noun and verb",
        "which one do I take",
        SENTENCE
        + (
            r"(?:what(?! (?:i|we|you|it|they|he|she|this|that|happened)\b)|which(?! (?:i|we|"
            r"you|it|they|he|she)\b)|whose|"
            rf"how (?:many|much|long|often)) (?:\w+ ){{0,4}}{_AUX} (?:{_WE}|{_THE}|better|best|"
            r"faster|right|correct|faster|preferred|used|recommended|available)\b"
        ),
    ),
    cue(
        "who does",
        "who is asked for at the beginning of a sentence",
        SENTENCE
        + (
            r"who (?:can|could|has|knows?(?!,| maybe| if)|owns?|is|'s|broke|made|wrote|left|"
            r"took|did|changed|deleted|removed|merged|deployed|added|wants|would|should|do i|"
            r"else|here|maintains)\b(?! was)"
        ),
    ),
    cue(
        "verb and subject",
        "the order of a question",
        START
        + (
            rf"(?:(?:do|don'?t) (?:i|we|you(?! one\b)|u|they|people|these|those)|am i|does {_WE}|"
            rf"does {_THE}|did {_WE}|"
            r"did (?:the|your|this|that)|(?:have|haven'?t) (?:i|we|you|u|they)|has (?:anyone|"
            r"anybody|someone|somebody|he|she|it|this|that)|(?:is|isn'?t) (?:there|it|this|"
            r"that|he|she|anyone|anybody|someone|somebody|my|our|your|the)|(?:are|"
            r"aren'?t) (?:there|they|we|you|u|these|those|your|the)|was (?:it|there|this|"
            r"that)|(?:can|could|would|will|should|shall|may|can'?t|won'?t) (?:there|i|we|you|"
            r"u|they|he|she|someone|somebody|anyone|anybody|"
            r"one of you))\b(?! go\b)(?<!you could use)"
        ),
    ),
    cue(
        "does",
        "at the beginning of a sentence hardly anything else",
        CLAUSE + r"does (?!not\b|the (?:trick|job)|it for\b|so\b|that,)[\w.-]+ \w",
    ),
    cue(
        "is it so",
        "a verb, a name and what is asked of it",
        SENTENCE
        + (
            r"(?:is|are|was|were) (?:[\w.-]+ ){1,2}(?:down|up|broken|working|available|open|"
            r"supposed|required|needed|ready|coming|done|possible|able|around|still|already|"
            r"out|live|allowed|safe|enough|worth|documented|supported|deprecated|falsy|truthy)\b"
        ),
    ),
    cue(
        "would this",
        "a helping verb before its noun",
        SENTENCE
        + (
            r"(?:(?:would|could|can|should|will) (?:a|an|my|any|these|those)|(?:would|could|can|"
            r"should|will|has|did) (?:the|our|your|this)) \w"
        ),
    ),
    cue(
        "anything",
        "asks whether there is more to it",
        START
        + (
            r"anything (?:else|wrong|special|new|(?:i|we) (?:need|should|can|could|have|must)|"
            r"(?:needed|required|missing)\b)"
        ),
    ),
    cue(
        "anybody",
        "whoever calls for anybody waits for somebody",
        START
        + (
            r"(?:any(?:one|body)\b(?! (?:can|may|who|is (?:free|welcome|able)|could)\b)|"
            r"some(?:one|body) (?:here )?(?:know|knows|has|have|can|could|able|please|"
            r"with|up for|around|willing|wants?|else|familiar|from)\b)"
        ),
    ),
    cue(
        "any ideas",
        "any thoughts, any news",
        START
        + (
            r"any (?:\w+ )?(?:idea|thought|news|update|suggestion|pointer|help|luck|chance|"
            r"way|hint|tip|clue|recommendation|advice|progress|opinion|feedback|objection|"
            r"volunteer|taker|eta|reason|insight|resource|example|experience|concern|"
            r"preference|word|plan|doc|link|info|difference|benefit|downside|interest|"
            r"idea)s?\b(?! (?:is|are|was) )"
        ),
    ),
    cue(
        "still?",
        "do they have it already",
        r"^(?:do|did|does|have|has|is|are|was) [\w ]{2,60} (?:already|yet)\W*$",
    ),
    cue(
        "which one",
        "an interrogative with its noun, and no verb",
        (
            r"^(?:and |but |so )?(?:(?:which|whose|how (?:many|much|long|often)|what (?:kind|sort|"
            r"type|version|size|colou?r|time|day|date|name|port|url|branch))(?! (?:i|we|you|it|"
            r"they|"
            r"is|are|was|means?|makes?|would|could|should|will)\b)"
            r"(?: (?!is\b|are\b|was\b)[\w-]+){0,4})\W*$"
        ),
    ),
    cue(
        "not sure",
        "does not know what to decide",
        (
            r"\b(?:not|n't|un)\s?(?:sure|certain|know)(?: yet)? (?:if|whether) (?:(?:i|"
            r"we) (?:should|"
            r"can|could|need|have|want|must)|to)\b"
        ),
    ),
    cue(
        "few words",
        "what only a question is made of",
        (
            r"^(?:(?:and|but|so|ok|right|then|,) ?)*(?:like what|since when|how so|why not|"
            r"why|which ones?|who|how|where|when|what|for how long|until when)\W*$"
        ),
    ),
    cue(
        "work for you",
        "is it acceptable",
        (
            r"^(?:would|does|do|is|are) .{2,80}\b(?:work|ok|okay|fine|good|suit|right) (?:for|"
            r"with|by) (?:you|everyone|everybody|all)\b"
        ),
    ),
    cue(
        "what about",
        "asks about one thing more",
        SENTENCE + r"what (?:about \w|happen(?:s|ed) (?:to|with|if|when)\b)",
    ),
    cue(
        "wondering",
        "a question told as a wish to know",
        (
            r"\b(?:i was |i'm )?hoping (?:that )?(?:someone|somebody|anyone|you) (?:can|could|"
            r"knows?|might)\b|\bsince when (?:do|does|did|is|are)\b|\bi wonder (?:if|whether|"
            r"how|what|why|about)\b|(?<!he )\b(?:(?:just |was |been |i'?m |"
            r"also )?wondering (?:if|whether|how|what|why|who|where|when|which|about)|(?:i'?d|"
            r"i would|would) (?:like|love|be interested|be curious|be good) to (?:know|hear|"
            r"understand|see what)|(?:i'?m |am |be |just )curious (?:if|whether|how|what|why|"
            r"about|to)|curious (?:if|what|how|why)|(?:(?:i|we) (?:just |also |really )?|^|"
            r"and |would )(?:want|wanted|need|like) to (?:ask|check with you|know (?:if|how|"
            r"what|whether|why|which|who)))\b"
        ),
    ),
    cue(
        "missing",
        "what is missing is wanted",
        r"\bwhat i'?m missing is\b|\bwhat i (?:still )?need (?:is|from you)\b",
    ),
    cue(
        "question",
        "says that it is a question",
        (
            r"\b(?:(?:quick|another|one more|stupid|dumb|silly|noob|newbie|beginner|general|"
            r"small) question\b(?! is what)|(?:i|we) (?:have|had|'ve got|got) (?:a|an|another|"
            r"one|two|three|some|several|a few|a couple(?: of)?) (?:\w+ )?questions?\b|"
            r"my question (?:is|was)\b|"
            r"more of a question\b|(?:told|supposed) to ask (?:here|you|in)|asking (?:because|"
            r"for a friend)|^(?:kurze )?frage:|^pregunta:|^duda:)"
        ),
    ),
)
"""Whoever writes one of these wants to know something."""

BETWEEN: Final = cue(
    "between two",
    "a choice that somebody's statement leaves open, in few words",
    (
        r"^(?!(?:either|both|yes|no|maybe|could|might|try|use|you|it|that|i|we|just)\b)"
        r"(?:[\w:.'/-]+ ){1,4}or (?:[\w:.'/-]+ ?){1,3}\W*$"
    ),
)

CHOICE: Final = cue(
    "bug or feature", "a choice in three words", r"^(?:[\w-]+ or [\w-]+(?: [\w-]+)?\?*)$"
)
