"""What a message lacks, as the kinds of its clauses and what stands around it tell."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from bot.features.coach.rules import vocabulary
from bot.features.coach.rules.answerability import around, hello
from bot.features.coach.rules.answerability.clauses import Clause, clauses_of
from bot.features.coach.rules.answerability.kinds import Kind, Told, kind_of
from bot.features.coach.rules.catalogue import Finding, Part, Rule
from bot.features.coach.rules.languages import Language
from bot.features.coach.rules.reading import Reading, phrase_of
from bot.features.coach.rules.situation import Situation

MOST_WORDS: Final = 48
"""Whoever writes more has said what it is about."""
_SPECIFIC: Final = re.compile(
    r"\d{3}|\d[.:]\d|#\d|\b[A-Z]{2,}-\d|\w_\w|\w\(\)|\w/\w|"
    r"[={}\[\]\"\u201c\u201d\u00ab]|\w\.(?!js\b)[a-z]{2,4}\b"
)
"""A number, a name of code, a file, somebody's exact words."""
_JOKES: Final = re.compile(
    r":(?:joy|rofl|laughing|sweat_smile|wink|upside_down_face|stuck_out_tongue\w*|smirk|"
    r"see_no_evil|zany_face|troll\w*):|(?<!\w)[;:]-?[pPD](?!\w)|;-?\)"
)
_ONE_NAME_AS_CODE: Final = re.compile(r"[^`]*`[\w-]{1,20}`[^`]*")
_MENTIONS_ALONE: Final = re.compile(r"\s*(?:<@[^<>]+>[\s,?!.]*)+")
_REQUESTING: Final = frozenset(
    [
        "?",
        "can",
        "could",
        "would",
        "will",
        "please",
        "pls",
        "plz",
        "svp",
        "bitte",
        "any",
        "anyone",
        "anybody",
        "who",
        "how",
        "what",
        "why",
        "thoughts",
        "ptal",
        "wdyt",
        "tell",
        "kann",
        "könnte",
        "kannst",
        "peut",
        "peux",
        "puede",
        "pode",
    ]
)
_LITTLE: Final = 3
_PROBLEMS: Final = (Kind.HAVING, Kind.STATE)
_GATE: Final = (
    vocabulary.HELP
    | vocabulary.TROUBLE
    | vocabulary.MOMENT
    | vocabulary.ASKING
    | vocabulary.REQUEST
    | vocabulary.CALL
    | vocabulary.FOREIGN
)
_QUESTION: Final = frozenset({"question", "questions", "ask", "discuss", "query", "doubt"})
_PRONOUNS: Final = frozenset("it it's its that that's this these they".split())
_USE: Final = re.compile(
    r"(?:n't|not|cannot) (?:working|work|start|load|open|respond|connect|compile|build|run|loading)"
    r"(?!.* again)"
)
_MINE: Final = frozenset({"my", "our"})


class Weighed(NamedTuple):
    """The rule that a text goes against by its own words, and the words that show it.

    `is_plain`: whatever others said before cannot be what it leaves out.
    """

    rule: Rule
    phrase: str
    missing: tuple[Part, ...]
    is_plain: bool


def find(reading: Reading, situation: Situation) -> Iterator[Finding]:
    """What the message lacks: at most one finding."""
    if reading.length > MOST_WORDS or reading.has_link or reading.has_quote:
        return
    if situation.message.is_reply:
        return
    found = _bare_mention(reading) or _naked_hello(reading) or weigh(reading, situation)
    if found and _holds(found, reading, situation):
        yield Finding(found.rule, found.phrase, found.missing)


def _bare_mention(reading: Reading) -> Weighed | None:
    if reading.words or not _MENTIONS_ALONE.fullmatch(reading.text):
        return None
    return Weighed(Rule.VAGUE_ASK, "@\u2026", (Part.CONTEXT, Part.QUESTION), is_plain=False)


def _naked_hello(reading: Reading) -> Weighed | None:
    if not hello.greets_only(reading):
        return None
    phrase = phrase_of(reading.own)
    return Weighed(Rule.NAKED_HELLO, phrase, (Part.CONTEXT, Part.QUESTION), is_plain=True)


def weigh(reading: Reading, situation: Situation) -> Weighed | None:
    """What a text lacks by its own words; None if it says enough, or nothing can be told."""
    if not reading.words or not reading.flags & _GATE:
        return None
    told = list(_told(reading, situation))
    if not told or told[-1][1].kind is Kind.CONTENT:
        return None
    if reading.language is Language.UNKNOWN or _shows(reading):
        return None
    return _weighed(told, reading)


def _told(reading: Reading, situation: Situation) -> Iterator[tuple[Clause, Told]]:
    """The clauses with their kinds, until one says what it is about."""
    names = around.names_around(situation)
    for clause in clauses_of(reading):
        told = kind_of(clause, names)
        yield clause, told
        if told.kind is Kind.CONTENT:
            return


def _weighed(told: Sequence[tuple[Clause, Told]], reading: Reading) -> Weighed | None:
    first = {each.kind: (clause, each) for clause, each in reversed(told)}
    is_asked = not _REQUESTING.isdisjoint(reading.words)
    is_greeted = hello.greets(reading)
    if Kind.NEED in first and not reading.questions:
        first.setdefault(Kind.ASK, first[Kind.NEED])
    if Kind.ASK in first:
        return _vague_ask(*first[Kind.ASK], has_problem=bool(first.keys() & _PROBLEMS))
    for kind in _PROBLEMS:
        if kind in first:
            return _bare_problem(
                kind, first[kind][0], first, is_greeted=is_greeted, is_asked=is_asked
            )
    if Kind.MATTER in first and is_asked:
        clause = first[Kind.MATTER][0]
        is_plain = not _MINE.isdisjoint(clause.words)
        return Weighed(Rule.MISSING_LINK, phrase_of(clause.said), (Part.LINK,), is_plain=is_plain)
    if Kind.POINT in first and is_asked:
        phrase = phrase_of(first[Kind.POINT][0].said)
        return Weighed(Rule.VAGUE_ASK, phrase, (Part.CONTEXT,), is_plain=False)
    if Kind.SHOULD in first:
        phrase = phrase_of(first[Kind.SHOULD][0].said)
        return Weighed(Rule.NOBODY_ASKED, phrase, (Part.WHOM,), is_plain=False)
    return None


def _vague_ask(clause: Clause, told: Told, *, has_problem: bool) -> Weighed:
    phrase = phrase_of(clause.said)
    if has_problem:
        return Weighed(Rule.BARE_PROBLEM, phrase, (Part.CONTEXT,), is_plain=True)
    has_subject = bool(told.topic) and not _QUESTION.isdisjoint(clause.words)
    missing = (Part.QUESTION,) if has_subject else (Part.CONTEXT, Part.QUESTION)
    return Weighed(Rule.VAGUE_ASK, phrase, missing, is_plain=True)


def _bare_problem(
    kind: Kind, clause: Clause, kinds: Collection[Kind], *, is_greeted: bool, is_asked: bool
) -> Weighed | None:
    is_own = kind is Kind.HAVING or not _MINE.isdisjoint(clause.words)
    is_plain = is_greeted or (is_own and (is_asked or Kind.TRIED in kinds))
    if kind is Kind.STATE and not (is_plain or is_asked or _tells_of_use(clause)):
        return None
    return Weighed(Rule.BARE_PROBLEM, phrase_of(clause.said), (Part.CONTEXT,), is_plain=is_plain)


def _tells_of_use(clause: Clause) -> bool:
    """Whether a thing that does not work is named: `it` is known to those who are asked."""
    return clause.words[0] not in _PRONOUNS and _USE.search(clause.line) is not None


def _holds(found: Weighed, reading: Reading, situation: Situation) -> bool:
    """Whether what stands around the message leaves it lacking."""
    if found.rule is Rule.NAKED_HELLO:
        return not (
            (situation.room.is_social and not reading.mentions)
            or around.is_in_return(reading, situation)
            or _says_more(around.own_before(situation, around.TALK))
            or _says_more(around.own_after(situation))
        )
    return (
        (found.is_plain or around.begins(situation))
        and not _says_more(around.own_before(situation, around.CONTEXT))
        and not _says_more(around.own_after(situation))
    )


def _says_more(own: Iterator[Reading]) -> bool:
    """Whether one of an author's messages says what it is about."""
    return any(not _says_nothing(reading) for reading in own)


def _says_nothing(reading: Reading) -> bool:
    if reading.has_link or reading.has_code:
        return False
    if reading.length <= _LITTLE or hello.greets_only(reading):
        return True
    if hello.greets(reading) and reading.length <= _LITTLE * 2 and not reading.questions:
        return True
    kinds = (kind_of(clause).kind for clause in clauses_of(reading))
    return reading.length <= MOST_WORDS and Kind.CONTENT not in kinds


def _shows(reading: Reading) -> bool:
    """Whether it is specific, or said for fun."""
    return (
        _SPECIFIC.search(reading.own) is not None
        or _JOKES.search(reading.text) is not None
        or (reading.has_code and _ONE_NAME_AS_CODE.fullmatch(reading.text) is None)
    )
