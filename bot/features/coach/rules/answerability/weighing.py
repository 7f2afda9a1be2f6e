"""What a text lacks by its own words."""

import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from bot.core.patterns import regex
from bot.features.coach.rules import vocabulary
from bot.features.coach.rules.answerability import hello
from bot.features.coach.rules.answerability.clauses import Clause, clauses_of
from bot.features.coach.rules.answerability.common_words import SPECIFIC
from bot.features.coach.rules.answerability.kinds import Kind, Told, kind_of
from bot.features.coach.rules.answerability.sparse import sign_of
from bot.features.coach.rules.answerability.specificity import measure
from bot.features.coach.rules.answerability.wording import words
from bot.features.coach.rules.catalogue import Part, Rule
from bot.features.coach.rules.languages import Language
from bot.features.coach.rules.reading import Reading, phrase_of

MOST_WORDS: Final = 32
"""Whoever writes more has said what it is about."""
LITTLE: Final = 3
"""So few words are no context."""
_SPECIFIC: Final = regex(
    r"\w(?:Error|Exception)\b|\d{3}|\d[.:]\d|#\d|\b[A-Z]{2,}-\d|\w_\w|\w\(\)|\w/\w|"
    r"[={}\[\]\"\u201c\u201d\u00ab]|\w\.(?!js\b)[a-z]{2,4}\b"
)
"""A number, a name of code, a file, somebody's exact words."""
_JOKES: Final = regex(
    r":(?:joy|rofl|laughing|sweat_smile|wink|upside_down_face|stuck_out_tongue\w*|smirk|"
    r"see_no_evil|zany_face|troll\w*):|(?<!\w)[;:]-?[pPD](?!\w)|;-?\)"
)
_ONE_NAME_AS_CODE: Final = regex(r"[^`]*`[\w-]{1,20}`[^`]*")
_TO_OTHERS: Final = regex(r"\bhelp\s+<?@|<#|^\s*[!/.$\\] ?\w", re.IGNORECASE)
"""Help for somebody else, another channel, a command."""
_QUESTION: Final = words("question questions ask discuss query doubt")
_SELF: Final = words("me us my our i we i'm i've i'd im we're")
_REQUESTING: Final = words("? can could may please pls")
_BACK: Final = regex(r"(?:can|could) you .* with (?:it|that)\Z")
_ALL: Final = (Part.CONTEXT, Part.QUESTION)
_GATE: Final = (
    vocabulary.HELP
    | vocabulary.TROUBLE
    | vocabulary.MOMENT
    | vocabulary.ASKING
    | vocabulary.REQUEST
    | vocabulary.CALL
    | vocabulary.FOREIGN
)


class Weighed(NamedTuple):
    """The rule that a text goes against by its own words, and the words that show it.

    `is_plain`: whatever others said before cannot be what it leaves out.
    """

    rule: Rule
    phrase: str
    missing: tuple[Part, ...]
    is_plain: bool


def weigh(reading: Reading, names: Collection[str]) -> Weighed | None:
    """What a text lacks; None if it says enough, or nothing can be told.

    `names` are those of people around, in lower case.
    """
    if hello.greets_only(reading):
        return Weighed(Rule.NAKED_HELLO, phrase_of(reading.own), _ALL, is_plain=True)
    if not reading.flags & _GATE or reading.length > MOST_WORDS:
        return None
    if found := _ask(reading, names):
        return None if reading.language is Language.UNKNOWN or _is_specific(reading) else found
    return _sparse(reading, names)


def says_nothing(reading: Reading) -> bool:
    """Whether a text cannot be what another one leaves out."""
    if reading.has_link or reading.has_code or reading.length > MOST_WORDS:
        return False
    if reading.length <= LITTLE or hello.greets_only(reading):
        return True
    if hello.greets(reading) and reading.length <= LITTLE * 2 and not reading.questions:
        return True
    if measure(reading, ()).weight <= SPECIFIC:
        return True
    return all(told.kind is not Kind.CONTENT for _, told in _told(reading, ()))


def _told(reading: Reading, names: Collection[str]) -> Iterator[tuple[Clause, Told]]:
    return ((clause, kind_of(clause, names)) for clause in clauses_of(reading))


def _is_specific(reading: Reading) -> bool:
    """Whether it is specific, or said for fun."""
    return (
        _SPECIFIC.search(reading.own) is not None
        or _JOKES.search(reading.text) is not None
        or _TO_OTHERS.search(reading.text) is not None
        or (reading.has_code and _ONE_NAME_AS_CODE.fullmatch(reading.text) is None)
    )


def _ask(reading: Reading, names: Collection[str]) -> Weighed | None:
    """What is lacking where, besides courtesies, only help or time is asked for."""
    first: tuple[Clause, Told] | None = None
    for clause, told in _told(reading, names):
        if told.kind is Kind.CONTENT:
            return None
        if told.kind is not Kind.COURTESY:
            first = first or (clause, told)
    if first is None:
        return None
    clause, told = first
    if clause.line.startswith("you ") and not clause.asks:
        return None
    is_about = told.kind is Kind.TALK and bool(told.topic)
    if is_about and _REQUESTING.isdisjoint(reading.words):
        return None
    is_for_another = bool(reading.mentions) and _SELF.isdisjoint(clause.words)
    is_plain = not (is_for_another and "help" in clause.words) and not _BACK.match(clause.line)
    is_about_a_question = bool(told.topic) and not _QUESTION.isdisjoint(clause.words)
    missing = (Part.QUESTION,) if is_about or is_about_a_question else _ALL
    return Weighed(Rule.VAGUE_ASK, clause.quoted, missing, is_plain and not is_about)


def _sparse(reading: Reading, names: Collection[str]) -> Weighed | None:
    """What is lacking where nearly nothing is named."""
    if reading.has_code:
        return None
    found = measure(reading, names)
    sign = sign_of(found)
    if sign is None or _is_specific(reading):
        return None
    if found.weight and reading.language is Language.UNKNOWN:
        return None
    phrase = next((each.said for each in reading.sentences if each.asks), reading.own)
    return Weighed(sign.rule, phrase_of(phrase), sign.missing, sign.is_plain)
