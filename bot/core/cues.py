"""Cues: turns of phrase with a name and a reason, and a message as they look at it."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from typing import Final, NamedTuple

from bot.core.patterns import regex
from bot.core.prose import prose

LONGEST: Final = 800
"""Characters that are looked at: of more words the first and the last half of that."""
FEWEST_WORDS: Final = 3
"""Words of a question, or of a view."""
_MOST: Final = 8_000
START: Final = (
    r"(?:^|[.!?,;:)(\n\u2026\u2013\u2014-][\s)]*|\b(?:and|but|so|or|also|then|well|"
    r"btw|hi|hey|hello|ok|okay|sorry|folks|all|guys|team|everyone|everybody|because|"
    r"if so|y|und|aber|et|mais|e|mas|hm+|oh|ah|yeah|now|wait)[\s,]+)"
)
"""Where a clause may begin."""
SENTENCE: Final = (
    r"(?:^|[.!?;:)(\n\u2026][\s)]*|^(?:(?:and|but|so|or|also|then|well|btw|ok|okay|"
    r"sorry|folks|guys|team|right|wait|hm+|oh|ah|anyway|now|if so|again)[\s,]+){1,4}|"
    r"^[^,]{2,25}, |\b(?:error|this|that|today|yet|idea|ideas)[,:] )"
)
"""Where a sentence may begin, or what was put in front of it."""

_STRAIGHT: Final = str.maketrans(
    "\u2018\u2019\u00b4`\u201c\u201d\u201e\u00ab\u00bb", '\'\'\'\'"""""'
)
_LINKS: Final = regex(r"https?://\S+")
_QUOTED: Final = regex(r"\"[^\"\n]{2,300}\"")
_BLANKS: Final = regex(r"[^\S\n]+")
_LINE_ENDS: Final = regex(r"\s*\n\s*")
_SENTENCE_ENDS: Final = regex(r"(?<=[.!?\u2026])\s+|\n")
_CODE: Final = regex(
    r"\w\(\S{0,20}\)|\w_\w|[!=]=|&lt;/|\w\[\w+\]|[{}]|\$\w|--\w\w|\.(?:py|js|ts|json|"
    r"ya?ml|md|sh|css|html|clj|elm|toml)\b"
)
_NO_NAMES: Final = """
yes yep yeah yup no nope nah ok okay k sure thanks thank thx sorry well so and but hm hmm oh ah
right great cool nice nvm nevermind done maybe actually also then now first please pls true
correct exactly indeed probably afaik iirc btw unfortunately sadly anyway hey hi hello fyi note
reminder update edit ps today tomorrow yesterday known closed left si sí ja nein doch oui non
sim não merci danke gracias wait same solved fixed found perfect awesome lovely cheers
interesting agreed depends booked approved sent merged good morning
"""
_VOCATIVE: Final = regex(
    r"(?!(?:"
    + "|".join(_NO_NAMES.split())
    + r")\b)@?[^\W\d_][\w.-]{0,24}\s?[:,]\s+|@[\w.-]+[:,]?\s*"
)
_CODE_SPAN: Final = regex(r"```.*?(?:```|\Z)|`[^`\n]+`", re.DOTALL)
_EMOJI: Final = regex(r":[\w+-]+:")
_GREETING: Final = regex(
    r"(?:hi|hey|hello|hallo|hiya|heya|yo|hola|ol\u00e1|oi|salut|bonjour|moin|dear|"
    r"good (?:morning|afternoon|evening)|buenos d\u00edas|guten (?:morgen|"
    r"tag))\b[^\S\n]*(?:(?:there|all|everyone|everybody|folks|team|guys|people|again|"
    r"equipo|pessoal|zusammen|everyone)\b[^\S\n]*)*[,.!:)-]*\s*"
)


CLAUSE: Final = SENTENCE[:-1] + r"|, |\b(?:but|so|then|and then) )"
"""Where a main clause may begin in a sentence, too."""


class Cue(NamedTuple):
    """A turn of phrase: what it is called, why it tells something, and its pattern."""

    name: str
    why: str
    pattern: re.Pattern[str]

    def begins(self, words: str) -> bool:
        """Whether the words begin with it."""
        return self.pattern.match(words) is not None

    def occurs(self, words: str) -> bool:
        """Whether it stands anywhere in the words."""
        return self.pattern.search(words) is not None


def cue(name: str, why: str, pattern: str) -> Cue:
    """A cue whose pattern is for words in lower case."""
    return Cue(name, why, regex(pattern))


def first(cues: Iterable[Cue], words: str) -> Cue | None:
    """The first cue that stands anywhere in the words."""
    return next((each for each in cues if each.occurs(words)), None)


def first_at_start(cues: Iterable[Cue], words: str) -> Cue | None:
    """The first cue that the words begin with."""
    return next((each for each in cues if each.begins(words)), None)


@lru_cache(maxsize=64)  # a question is looked at once for each reply
def own_words(text: str) -> str:
    """Somebody's own words in lower case: without quotes, mentions, links and emoji.

    Where somebody else's words stand between quotation marks, a pair of marks is left. Each line
    of the text stays one; code is `it`.
    """
    shown = prose(_CODE_SPAN.sub(" it ", text[:_MOST]))
    words = _LINKS.sub(" ", unescape(_shortened(shown))).translate(_STRAIGHT).lower()
    words = _BLANKS.sub(" ", _QUOTED.sub(' "" ', words))
    return _LINE_ENDS.sub("\n", words).strip()


def sentences(words: str) -> tuple[str, ...]:
    """The sentences of somebody's own words."""
    return tuple(each for each in map(str.strip, _SENTENCE_ENDS.split(words)) if each)


def ends_in_question(text: str) -> bool:
    """Whether the last words of a text ask something; "really?" alone does not."""
    last = sentences(own_words(text))[-2:]
    return any(
        each.rstrip(") ").endswith("?") and len(each.split()) >= FEWEST_WORDS for each in last
    )


def without_address(words: str) -> str:
    """The words without a greeting and a name in front."""
    for pattern in (_GREETING, _VOCATIVE, _GREETING):
        found = pattern.match(words)
        words = words[found.end() :] if found else words
    return words.lstrip(" ,.:;-")


def has_link_or_code(text: str) -> bool:
    """Whether a text shows something: a link, a piece of code, a picture of a screen."""
    return "`" in text or "://" in text or _CODE.search(_EMOJI.sub("", text[:LONGEST])) is not None


def _shortened(text: str) -> str:
    half = LONGEST // 2
    return text if len(text) <= LONGEST else f"{text[:half]}\n{text[-half:]}"
