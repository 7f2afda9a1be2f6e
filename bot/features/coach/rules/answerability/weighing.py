"""What a text lacks by its own words, as the kinds of its clauses tell."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from bot.features.coach.rules import vocabulary
from bot.features.coach.rules.answerability import hello
from bot.features.coach.rules.answerability.clauses import Clause, clauses_of
from bot.features.coach.rules.answerability.kinds import Kind, Told, kind_of
from bot.features.coach.rules.answerability.common_words import SPECIFIC
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
_SPECIFIC: Final = re.compile(
    r"\w(?:Error|Exception)\b|\d{3}|\d[.:]\d|#\d|\b[A-Z]{2,}-\d|\w_\w|\w\(\)|\w/\w|"
    r"[={}\[\]\"\u201c\u201d\u00ab]|\w\.(?!js\b)[a-z]{2,4}\b"
)
"""A number, a name of code, a file, somebody's exact words."""
_JOKES: Final = re.compile(
    r":(?:joy|rofl|laughing|sweat_smile|wink|upside_down_face|stuck_out_tongue\w*|smirk|"
    r"see_no_evil|zany_face|troll\w*):|(?<!\w)[;:]-?[pPD](?!\w)|;-?\)"
)
_ONE_NAME_AS_CODE: Final = re.compile(r"[^`]*`[\w-]{1,20}`[^`]*")
_TO_OTHERS: Final = re.compile(r"\bhelp\s+<?@|<#|^\s*[!/.$\\] ?\w", re.IGNORECASE)
"""Help for somebody else, another channel, a command."""
_USE: Final = re.compile(
    r"(?:n't|not) (?:working|work|start|load|loading|open|respond|connect|compile|build|run)"
    r"(?!.* again)"
)
_REQUESTING: Final = words(
    """
? can could would will please pls plz plss svp bitte any anyone anybody who how what why thoughts
ptal wdyt ping tell kann könnte kannst peut peux puede pode
"""
)
_BACK: Final = re.compile(r"(?:can|could) you .* with (?:it|that)\Z")
_QUESTION: Final = words("question questions ask discuss query doubt")
_SELF: Final = words("me us my our i we i'm i've i'd im we're")
_PRONOUNS: Final = words("it it's its that that's this these they")
_WE: Final = ("i ", "we ")
_MINE: Final = words("my our")
_TELLS: Final = frozenset({Kind.CONTENT, Kind.AIM})
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


_First: TypeAlias = Mapping[Kind, tuple[Clause, Told]]
"""The first clause of each kind."""


def weigh(reading: Reading, names: Collection[str]) -> Weighed | None:
    """What a text lacks; None if it says enough, or nothing can be told.

    `names` are those of people around, in lower case.
    """
    if hello.greets_only(reading):
        phrase = phrase_of(reading.own)
        return Weighed(Rule.NAKED_HELLO, phrase, (Part.CONTEXT, Part.QUESTION), is_plain=True)
    if not reading.flags & _GATE or reading.length > MOST_WORDS:
        return None
    first: dict[Kind, tuple[Clause, Told]] = {}
    for clause, told in _told(reading, names):
        if told.kind is Kind.CONTENT:
            return _sparse(reading, names)
        first.setdefault(told.kind, (clause, told))
    if reading.language is Language.UNKNOWN or _is_specific(reading):
        return None
    return (
        _ask(first, reading)
        or _problem(first, reading)
        or _reference(first, reading)
        or _sparse(reading, names)
    )


def _sparse(reading: Reading, names: Collection[str]) -> Weighed | None:
    """What is lacking where nearly nothing is named."""
    if reading.has_code:
        return None
    found = measure(reading, names)
    sign = sign_of(found)
    if sign is None or reading.language is Language.UNKNOWN or _is_specific(reading):
        return None
    phrase = next((each.said for each in reading.sentences if each.asks), reading.own)
    return Weighed(sign.rule, phrase_of(phrase), sign.missing, sign.is_plain)


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
    return all(told.kind not in _TELLS for _, told in _told(reading, ()))


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


def _ask(first: _First, reading: Reading) -> Weighed | None:
    found = first.get(Kind.ASK) or first.get(Kind.NEED)
    if found is None:
        return None
    clause, told = found
    is_offer = told.kind is Kind.NEED and clause.asks
    is_statement = clause.line.startswith("you ") and not clause.asks
    if is_offer or is_statement:
        return None
    phrase = clause.quoted
    if Kind.HAVING in first or Kind.STATE in first:
        return Weighed(Rule.BARE_PROBLEM, phrase, (Part.CONTEXT,), is_plain=True)
    if told.topic or Kind.AIM not in first:
        return _vague(clause, told, reading)
    return Weighed(Rule.VAGUE_ASK, phrase, (Part.QUESTION,), is_plain=True)


def _vague(clause: Clause, told: Told, reading: Reading) -> Weighed:
    is_for_another = bool(reading.mentions) and _SELF.isdisjoint(clause.words)
    is_plain = not (is_for_another and "help" in clause.words) and not _BACK.match(clause.line)
    has_subject = bool(told.topic) and not _QUESTION.isdisjoint(clause.words)
    missing = (Part.QUESTION,) if has_subject else (Part.CONTEXT, Part.QUESTION)
    return Weighed(Rule.VAGUE_ASK, clause.quoted, missing, is_plain)


def _problem(first: _First, reading: Reading) -> Weighed | None:
    found = first.get(Kind.HAVING) or first.get(Kind.STATE)
    if found is None:
        return None
    clause, told = found
    if clause.asks and not clause.line.startswith(_WE):
        return None
    is_own = told.kind is Kind.HAVING or not _MINE.isdisjoint(clause.words)
    is_asked = _is_asked(reading)
    is_plain = hello.greets(reading) or (is_own and (is_asked or Kind.TRIED in first))
    is_clear = told.kind is Kind.HAVING or Kind.AIM in first or _is_of_use(clause)
    if not (is_clear or is_plain or is_asked):
        return None
    return Weighed(Rule.BARE_PROBLEM, clause.quoted, (Part.CONTEXT,), is_plain)


def _reference(first: _First, reading: Reading) -> Weighed | None:
    if Kind.SHOULD in first:
        phrase = first[Kind.SHOULD][0].quoted
        return Weighed(Rule.NOBODY_ASKED, phrase, (Part.WHOM,), is_plain=False)
    if Kind.AIM in first or not _is_asked(reading):
        return None
    if Kind.UNSHOWN in first:
        clause = first[Kind.UNSHOWN][0]
        is_mine = not _MINE.isdisjoint(clause.words)
        return Weighed(Rule.MISSING_LINK, clause.quoted, (Part.LINK,), is_plain=is_mine)
    if Kind.POINT in first:
        clause, told = first[Kind.POINT]
        missing = Part.QUESTION if told.topic else Part.CONTEXT
        return Weighed(Rule.VAGUE_ASK, clause.quoted, (missing,), is_plain=False)
    return None


def _is_asked(reading: Reading) -> bool:
    return not _REQUESTING.isdisjoint(reading.words)


def _is_of_use(clause: Clause) -> bool:
    """Whether a thing that cannot be used is named: `it` is known to those who are asked."""
    return clause.words[0] not in _PRONOUNS and _USE.search(clause.line) is not None
