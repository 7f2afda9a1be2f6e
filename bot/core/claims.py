"""What a text states that can be checked word by word: numbers, dates, names and negations."""

# ruff: noqa: RUF001 - typographic quotes are what people type

import unicodedata
from collections.abc import Iterable
from typing import Final

from bot.core.patterns import regex

_SAME: Final = str.maketrans(
    dict.fromkeys("“”„‟«»″〝〞", '"')
    | dict.fromkeys("‘’‚‛′`´ʼ", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
)
_WITH_DIGIT: Final = regex(r"[A-Za-z$€£¥₹#+-]*\d[\dA-Za-z.,:/%°+'-]*")
_WORD: Final = regex(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_START: Final = regex(r"(?:\A|[.!?:…]\s+)[\"“'(\s]*\Z")
_UNSPACED: Final = regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]+")
_LATIN: Final = regex(r"[A-Za-z\u00c0-\u024f]")
_LIKE_LATIN: Final = regex(r"[\u0370-\u03ff\u0400-\u052f]")
CONTENT_LENGTH: Final = 4
STEM: Final = 4
_NEGATED: Final = regex(r"n['’]t\Z")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COUNTED: Final = _words("""
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    hundreds thousand thousands million millions billion billions dozen dozens half third quarter
    twice double triple zero once second seconds minute minutes hour hours day days week weeks
    month months year years weekend today tonight tomorrow yesterday morning afternoon evening
    noon midnight percent euro euros dollar dollars
""")
_CALENDAR: Final = {
    name[:3]: name
    for name in _words("""
        monday tuesday wednesday thursday friday saturday sunday january february march april
        june july august september october november december
    """)
}
_DATES: Final = frozenset({*_CALENDAR, *_CALENDAR.values()}) | _words("tues thur thurs sept")
_ALSO_WORDS: Final = _words("march mar sun sat wed")
_BEARINGS: Final = _words("""
    by until till before after since from within during every each next last this coming following
    previous past other not no except over under above below beyond than
    bis vor nach ab seit jeden jede jedes jeder nächsten nächste nächster letzten letzte kommenden
    avant après dès depuis chaque jusqu'à jusqu'au jusqu'en antes después hasta desde cada depois
    até
""")
"""What makes another time of the time that follows: by Thursday, after Thursday, next Thursday."""
_TRAILING: Final = _words("""
    after before onwards onward next last later earlier sooner earliest latest
    prochain prochaine dernier dernière próximo próxima último última frühestens spätestens
""")
"""The same where it follows its time: Thursday onwards."""
_FILLERS: Final = _words("""
    a an the at on in of around about der den dem am im um le la les el los o as no na de du and
    or und oder et ou y e
""")
_FOREIGN_DAYS: Final = _words("""
    montag dienstag mittwoch donnerstag freitag samstag sonntag morgen heute abend mittag woche
    lundi mardi mercredi jeudi vendredi samedi dimanche demain aujourd'hui midi soir semaine
    lunes martes miércoles jueves viernes sábado domingo mañana hoy mediodía noche semana
    segunda terça quarta quinta sexta amanhã hoje
""")
_TOKEN: Final = regex(
    r"[.!?;:…](?=\s|\Z)|[A-Za-z$€£¥₹#+-]*\d[\dA-Za-z.,:/%°+'-]*|[^\W\d_]+(?:['’][^\W\d_]+)*"
)
_TOLD: Final = frozenset(
    word[:4]
    for word in _words("""
        says said asks asked reports reported writes wrote answers answered proposes proposed agrees
        agreed suggests suggested wants wanted wonders plans needs thinks confirms confirmed
        with from that this they them their there have will would could should been being about
        sagt fragt schreibt meint antwortet
    """)
)
"""Beginnings of words in which something is told, and not what."""
_STARTERS: Final = _words("""
    a an and as after all also another asks before both but during everyone everything for from
    he her his i if in is it its no nobody not nothing now of on one our she since so some
    somebody someone that the their then there these they this those to until we what when where
    whether which while who why with you your
""")
_OPENERS: Final = _words("""
    thanks thank sorry please yes yeah okay ok sure good great got understood let could would can
    may might will shall should do does did have has are am just here hi hello hey which how happy
    well actually basically anyway maybe perhaps
    danke ja klar verstanden kannst könntest merci oui compris gracias sí claro entendido obrigado
    obrigada sim certo
""")
"""What a sentence in words of one's own begins with."""
_NEGATORS: Final = _words("""
    no not never none nobody nothing nor neither cannot without nowhere hardly unable unless
    dont wont cant isnt arent doesnt didnt wasnt havent hasnt shouldnt
    nicht kein keine keinen keinem keiner nie niemals niemand nichts ohne weder
    ne pas jamais rien aucun aucune sans nunca jamás ningún ninguna nadie nada sin não nem sem
    non mai nessuno niente senza niet geen nooit zonder
""")


def normal(text: str) -> str:
    """A text without the differences that no reader means: width, case, blanks, quotes, dashes."""
    text = unicodedata.normalize("NFKC", text).translate(_SAME).casefold()
    return " ".join(text.split())


def negations(text: str) -> int:
    """How many negating words a text has."""
    words = [word.casefold() for word in _WORD.findall(text.translate(_SAME))]
    return sum(word in _NEGATORS or bool(_NEGATED.search(word)) for word in words)


def mixes_scripts(text: str) -> bool:
    """Whether a word has letters of two alphabets that look alike, to be another than it seems."""
    return any(_LATIN.search(word) and _LIKE_LATIN.search(word) for word in _WORD.findall(text))


def resting_on(text: str, sources: str) -> float:
    """Which part of what a text says, word by word, stands in what it rests on; 1 is all of it.

    Words count by their beginnings, so that "ships" rests on "shipping"; short ones do not count.
    Of scripts that part no words each two letters count.
    """
    said, known = _content(text), _content(sources)
    return sum(piece in known for piece in said) / len(said) if said else 1.0


def _content(text: str) -> set[str]:
    folded = normal(text)
    pieces = {
        run[at : at + 2] for run in _UNSPACED.findall(folded) for at in range(max(len(run) - 1, 1))
    }
    spaced = _UNSPACED.sub(" ", folded)
    return (
        pieces
        | {word[:STEM] for word in _WORD.findall(spaced) if len(word) >= CONTENT_LENGTH} - _TOLD
    )


def words(text: str) -> set[str]:
    """Every word of a text, such that dates and names can be looked up in it."""
    return {_stem(word) for word in _WORD.findall(text)}


def numbers(text: str) -> set[str]:
    """Everything in a text that has a digit, with what stands at it: $40, 12:30, v2.3."""
    text = unicodedata.normalize("NFKC", text)  # ½ and ⑨ are numbers, too
    western = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    found = (normal(token).strip(".,:'") for token in _WITH_DIGIT.findall(western))
    return {token.removesuffix("'s") for token in found}


def dates_and_counts(text: str) -> set[str]:
    """Words that stand for a date, a time or a number."""
    found = (word.casefold() for word in _WORD.findall(text))
    return {
        _stem(word)
        for word in found
        if word in _COUNTED or (word in _DATES and word not in _ALSO_WORDS)
    }


def bearings(text: str) -> set[tuple[str, str]]:
    """How each time and number is led up to, and what follows it: (after, thursday).

    "By Thursday" and "by next Thursday" have the same date in them, but mean another.
    """
    tokens = [normal(token).strip(",'") for token in _TOKEN.findall(text.translate(_SAME))]
    found: set[tuple[str, str]] = set()
    for at, token in enumerate(tokens):
        if not _tells_when(token):
            continue
        before = _run(reversed(tokens[:at]), _BEARINGS)
        after = _run(tokens[at + 1 :], _TRAILING)
        found |= {(word, _stem(token)) for word in before | after}
    return found


def _tells_when(token: str) -> bool:
    is_word = token in _COUNTED or token in _FOREIGN_DAYS or token in _DATES - _ALSO_WORDS
    return is_word or any(letter.isdigit() for letter in token)


def _run(tokens: Iterable[str], wanted: frozenset[str]) -> set[str]:
    """Which of these words stand next to a time, with nothing but other times between."""
    found = set()
    for token in tokens:
        if token in wanted:
            found.add(token)
        elif token not in _FILLERS and not _tells_when(token):
            break
    return found


def names(text: str, *, opens_freely: bool = False) -> set[str]:
    """Words with a capital letter, but for those that any sentence may begin with.

    `opens_freely`: it may as well begin as one speaks to somebody.
    """
    starters = _STARTERS | _OPENERS if opens_freely else _STARTERS
    found = set()
    for match in _WORD.finditer(text):
        word = match[0]
        starts = _SENTENCE_START.search(text[: match.start()]) is not None
        first = word.replace("’", "'").partition("'")[0]
        is_starter = first == "I" or (starts and first.casefold() in starters)
        if word != word.lower() and not is_starter:
            found.add(_stem(word))
    return found


def _stem(word: str) -> str:
    folded = normal(word).removesuffix("'s")
    return _CALENDAR.get(folded[:3], folded) if folded in _DATES else folded
