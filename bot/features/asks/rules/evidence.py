"""Whether a message speaks of a question: in the same words, or as an answer to its kind."""

import re
from functools import lru_cache
from typing import Final

from bot.core.cues import LONGEST, has_link_or_code, own_words, without_address
from bot.core.patterns import regex
from bot.features.asks.rules.reply_phrases import ADVISES, YES_NO
from bot.features.asks.rules.small_talk import ANNOUNCES, JOKES, LAUGHING

_WORD: Final = regex(r"[^\W_]{2,}(?:[._/-][^\W_]+)*")
_CODE: Final = regex(r"`+([^`\n]{2,80})`+")
_COMMON_WORDS: Final = """
the a an and or but if is are was were be been being am do does did done can could should would
will shall may might must have has had not no yes to of in on at by for from with about into
over under up down out off than then so as it its this that these those there here we you they
he she him her his our your my me us them what which who whom whose when where why how any
anyone anybody someone somebody some all each every much many more most also just only very
really too still yet again now ever never always maybe please thanks thank hi hello hey ok sure
know think want need like get got getting use used using make makes made way thing things
something anything one two lot bit same other another new old good best right because since
while after before i'm i've i'd i'll it's that's don't doesn't didn't can't isn't aren't won't
there's let lets does'nt im ive id dont cant trying try tried see look looks looking work works
working go going does problem issue question error help time
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())
_SUFFIX: Final = regex(r"(?:'s|ations?|ings?|ed|es|s|ly|er|e)$")
_STEM: Final = 3
_TERSE: Final = 9
_MANY: Final = 2


@lru_cache(maxsize=512)
def content(text: str) -> frozenset[str]:
    """Stems of the words of a Slack text that carry its meaning, those in code too."""
    words = own_words(text) + " " + " ".join(_CODE.findall(text[:LONGEST])).lower()
    return frozenset(_stem(each) for each in _WORD.findall(words) if each not in _COMMON)


def shared(text: str, question: str) -> int:
    """How many words that carry meaning a text shares with a question."""
    return len(content(text) & content(question))


def answers_kind(words: str, question: str, *, precisely: bool = False) -> bool:
    """Whether words have the form of an answer to the question: a place to where, a time to when.

    `precisely` leaves out the forms that most sentences have.
    """
    asked = own_words(question)
    kinds = _PRECISE if precisely else _KINDS
    return any(kind.search(asked) and form.search(words) for kind, form in kinds)


def evidence(text: str, question: str) -> int:
    """How much speaks for a message being about a question; none for news and jokes."""
    words = " ".join(without_address(own_words(text)).split())
    if ANNOUNCES.occurs(words) or JOKES.occurs(words):
        return 0
    return (
        2 * (YES_NO.begins(words) and answers_kind(words, question))
        + ADVISES.occurs(words)
        + has_link_or_code(text)
        + answers_kind(words, question)
        + (answers_kind(words, question, precisely=True) and len(words.split()) <= _TERSE)
        + 2 * _chooses(words, question)
        - LAUGHING.occurs(text)
        + min(shared(text, question), _MANY)
    )


def _chooses(words: str, question: str) -> bool:
    """Whether it says nothing but one of two things that the question leaves open."""
    asked = own_words(question)
    said = words.strip(" .!")
    return " or " in asked and len(said.split()) <= _STEM and f" {said} " in f" {_plain(asked)} "


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[\w'/.-]+", words))


def _stem(word: str) -> str:
    stem = _SUFFIX.sub("", word)
    return stem if len(stem) >= _STEM else word


_KINDS: Final = tuple(
    (regex(kind, re.DOTALL), regex(form))
    for kind, form in (
        (
            (
                r"(?:^|[.!?,;:\n]\s*|\b(?:and|but|so|or|if|@\w+|hi|hey|all)\s+|\w+, )(?:is|are|"
                r"was|were|do|does|did|can|could|should|would|will|shall|may|has|have|had|am|"
                r"isn't|don't|doesn't|didn't|aren't|any|anyone|anybody|someone|somebody|es|ist|"
                r"hat|kann|est|tu|tem|puedes|me|alguien|quelqu'un|kannst)\b|\bright\?|\bcorrect\?|"
                r"\bno\?|isn't it|^(?!.*\b(?:what|where|when|why|who|how|which)\b).*\?"
            ),
            (
                r"^(?:[\w']+,? ){0,3}?(?:yes|yep|yeah|yup|no|nope|nah|sure|ok|okay|correct|right|"
                r"exactly|indeed|not|of course|definitely|it|he|she|they|there|we|you|i (?:do|did|"
                r"have|am|was|think|would|guess|believe)|i'?(?:ve|d)|fine|go|only|depends|"
                r"probably|likely|known|done|should|can|could|would|will|both|all|most|s\u00ed|ja|"
                r"nein|oui|non|sim|n\u00e3o|closed|booked|approved|absolutely|unfortunately|afaik|"
                r"still|already)\b"
            ),
        ),
        (
            r"\b(?:where|wo|d\u00f3nde|o\u00f9|onde|which (?:folder|file|channel|page|room))\b",
            (
                r"\b(?:in|on|at|under|inside|moved|here|there|behind|folder|repo|page|file|"
                r"channel|directory|section|docs?|wiki)\b|/"
            ),
        ),
        (
            r"\b(?:who|whom|wer|qui\u00e9n|qui|quem|anyone who|whose)\b",
            (
                r"^(?:that'?s |it'?s |it was |ask |maybe |i think |probably |try )?(?:me|i|@|ask|"
                r"the \w+ team|us)\b|\bask\b|^[a-z]+(?: (?:and|or) [a-z]+)?$|\bteam\b"
            ),
        ),
        (
            (
                r"\b(?:when|what time|until when|deadline|how long|since when|wann|cu\u00e1ndo|"
                r"quand|quando|eta)\b"
            ),
            (
                r"\d|\b(?:today|tomorrow|tonight|yesterday|monday|tuesday|wednesday|thursday|"
                r"friday|saturday|sunday|week|month|year|days?|hours?|minutes?|soon|later|after|"
                r"before|next|noon|morning|afternoon|evening|eod|once|as soon)\b"
            ),
        ),
        (
            (
                r"\b(?:how (?:many|much|often|big|large|fast|long|old)|which version|"
                r"what (?:version|number|percentage|port|size))\b"
            ),
            (
                r"\d|\b(?:one|two|three|four|five|ten|none|no|few|many|several|dozen|hundred|"
                r"thousand|once|twice|daily|weekly|about|around)\b"
            ),
        ),
        (
            r"\b(?:why|how come|reason|warum|por qu\u00e9|pourquoi|por qu\u00ea)\b",
            (
                r"\b(?:because|since|so that|due|reason|cause|historical|probably|it'?s|legacy|"
                r"that'?s|bc|cuz|as|needs?|otherwise)\b"
            ),
        ),
        (
            (
                r"\bhow (?:do|does|did|can|could|should|would|to|is|are)\b|\bis there (?:a|"
                r"any) (?:way|good|nice|better)|\b(?:best|right|proper|idiomatic|"
                r"recommended) way\b"
            ),
            (
                r"\b(?:you|use|using|try|via|call|run|set|add|click|write|pass|see|check|should|"
                r"can|could|need)\b"
            ),
        ),
        (
            r"\b(?:what|which)\b",
            (
                r"\b(?:the|it'?s|that'?s|is|are|means?|they|latest|called|a|an|either|both|use|we|"
                r"i'?d|one)\b|\d"
            ),
        ),
        (
            r" or ",
            (
                r"^(?:[\w']+,? ){0,3}?(?:the|either|neither|both|first|second|former|latter|one|"
                r"it|only|just|no|yes)\b|\bboth\b|\beither\b"
            ),
        ),
    )
)
_PRECISE: Final = tuple(_KINDS[each] for each in (1, 3, 4))
