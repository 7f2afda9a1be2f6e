"""Checks translated lines against their originals; one that cannot be shown to say the same is out.

What is told apart: people, numbers, days and months, names, and whether something is denied. Names
in a language that writes every noun with a capital letter are told apart only where there is
another capital in them, and a denial only between languages whose words for it are known.
"""

# ruff: noqa: RUF001 - typographic quotes are what people type

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import Final

from bot.core import claims, named_days
from bot.core.claims import normal
from bot.core.drafting import ALIAS, DraftLine, Material
from bot.core.languages import language_in
from bot.core.patterns import regex
from bot.core.verify import Verified, flaw_of

LONGEST: Final = 300
_TIMES_AS_LONG: Final = 2
_LEEWAY: Final = 30  # characters: short lines grow more
_DENSE: Final = regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_AS_LETTERS: Final = 3  # of other scripts, one sign of a dense one

_BEFORE_ALIAS: Final = regex(r"(?<=[^\W\dA-Za-z_])(?=A[1-9]\d{0,3}(?![A-Za-z0-9]))")
_BEHIND_ALIAS: Final = regex(r"(?<![A-Za-z0-9])(A[1-9]\d{0,3})(?=[^\W\dA-Za-z_])")
_SEAM: Final = regex(
    r"(?<=[A-Za-z0-9])(?=[\u3040-\u9fff\uac00-\ud7af])|(?<=[\u3040-\u9fff\uac00-\ud7af])(?=[A-Za-z0-9])"
)
_OPENING: Final = regex(r"(?:\A|[.!?:…。]\s*)[\"“„«'(\s¿¡]*[^\W\d_]")
_GROUPED: Final = regex(r"(?<=\d)[\u00a0\u202f\u2009](?=\d{3})")
_NUMBER: Final = regex(r"((?:[A-Za-z]+-?|(?<!\w)[+\u2212-])?)(\d+(?:[.,:/'’h-]?\d+)*)([A-Za-z°]*)")
_SIGN: Final = regex(r"[A-Za-z]{0,3}[$€£¥₹%]")
_PART_OF_NUMBER: Final = regex(r"\D+")
_BESIDE_NUMBERS: Final = frozenset({"st", "nd", "rd", "th", "er", "e", "o", "a", "h"})
"""What follows a number in one language and not in another: 6th, 6e, 6º; 14h."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NOUNS_ARE_CAPITALISED: Final = frozenset({"de", "lb"})
_SUFFIX: Final = 2  # letters that may follow a name where names are inflected
_INFLECTED: Final = 4
_DENIALS: Final = {
    "en": _words("no not never none nobody nothing nor neither cannot without"),
    "de": _words("""
        nicht kein keine keinen keinem keiner keines nie niemals niemand niemanden nichts ohne weder
    """),
    "pt": _words("não nunca jamais nem nada ninguém nenhum nenhuma sem"),
    "es": _words("no nunca jamás nada nadie ningún ninguno ninguna ni sin tampoco"),
    "fr": _words("ne pas jamais rien aucun aucune ni sans"),
}
_ELIDED: Final = regex(r"n['’](?:t\b|\w)", re.IGNORECASE)  # don't, n'est
_WORD: Final = regex(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def verify_translation(
    proposed: Sequence[DraftLine], material: Material, language: str
) -> Verified:
    """Checks the translation of each source of the material, in their order.

    What is dropped is counted by its reason; a source that was left out counts, too.
    """
    original = language_in(" ".join(source.text for source in material.sources))
    answers: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for line in proposed:
        answers[line.source_ids].append(line.text)
    kept: list[DraftLine] = []
    drops: Counter[str] = Counter()
    for source in material.sources:
        texts = answers.pop((source.id,), [])
        text = _apart(texts[0]) if texts else ""
        flaw = ("missing" if not texts else "twice") if len(texts) != 1 else ""
        flaw = flaw or _flaw(source.text, text, material.people, (original, language))
        if flaw:
            drops[flaw] += 1
        else:
            kept.append(DraftLine(text, (source.id,), source.text, ""))
    strangers = sum(map(len, answers.values()))
    if strangers:
        drops["ids"] = strangers
    return Verified(kept, len(material.sources) + strangers, dict(drops), {})


def _flaw(told: str, text: str, people: Collection[str], languages: tuple[str, str]) -> str:
    """Why a text cannot stand for what was told, or nothing."""
    flaw = flaw_of(text, LONGEST)
    if flaw or normal(text) == normal(told):
        return flaw
    if (
        _extent(text) > _TIMES_AS_LONG * _extent(told) + _LEEWAY
        or _extent(told) > _TIMES_AS_LONG * _extent(text) + _LEEWAY
    ):
        return "length"
    if _people(told, people) != _people(text, people):
        return "person"
    told, text = (_without(each, people) for each in (told, text))
    checks = {
        "number": _numbers(told) == _numbers(text),
        "date": _same_days(told, text, languages[1]),
        "name": _same_names(told, text, *languages),
        "meaning": _same_way(told, text, *languages),
    }
    return next((name for name, holds in checks.items() if not holds), "")


def _apart(text: str) -> str:
    """With blanks around the people, which scripts without blanks would hide."""
    return _BEHIND_ALIAS.sub(r"\1 ", _BEFORE_ALIAS.sub(" ", text.strip()))


def _extent(text: str) -> int:
    return len(text) + (_AS_LETTERS - 1) * len(_DENSE.findall(text))


def _people(text: str, people: Collection[str]) -> list[str]:
    """Who is named, in order: "A1 helps A2" is not "A2 helps A1"."""
    return [alias for alias in dict.fromkeys(ALIAS.findall(text)) if alias in people]


def _without(text: str, people: Collection[str]) -> str:
    return ALIAS.sub(lambda found: "" if found[0] in people else found[0], text)


def _numbers(text: str) -> Counter[str]:
    """The numbers of a text however they are grouped, and the signs that stand at them."""
    text = unicodedata.normalize("NFKC", _GROUPED.sub(".", text))
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    text = named_days.NUMBERED_MONTH.sub(" ", text)
    found = Counter(sign.removeprefix("US") for sign in set(_SIGN.findall(text)))
    for before, digits, after in _NUMBER.findall(text):
        unit = "" if after.casefold() in _BESIDE_NUMBERS else after.casefold()
        found[f"{before.casefold()}{_PART_OF_NUMBER.sub('.', digits)}{unit}"] += 1
    return found


def _same_days(told: str, text: str, language: str) -> bool:
    """Whether the same days and months are named, as far as that can be told."""
    if not named_days.are_known_in(language):
        return True
    before, after = named_days.in_text(told), named_days.in_text(text)
    return before.certain <= after.possible and after.certain <= before.possible


def _same_names(told: str, text: str, original: str, language: str) -> bool:
    """Whether no name is new, and none is gone, as far as that can be told."""
    told_names = _names(told, original)
    there = claims.words(_SEAM.sub(" ", told)) | named_days.words()
    new = {
        name
        for name in _names(text, language) - there
        if not any(_is_inflected(name, of=word) for word in told_names)
    }
    folded = normal(text)
    gone = {name for name in told_names - named_days.words() if name not in folded}
    return not new and not (gone and original)


def _names(text: str, language: str) -> set[str]:
    """Words with a capital letter within a sentence; of some languages those with more than one."""
    text = _SEAM.sub(" ", _SIGN.sub(" ", text))
    text = _OPENING.sub(lambda found: found[0].lower(), text)
    if language in _NOUNS_ARE_CAPITALISED:
        text = _WORD.sub(lambda it: it[0].lower() if it[0].istitle() else it[0], text)
    return claims.names(text)


def _is_inflected(name: str, *, of: str) -> bool:
    return len(of) >= _INFLECTED and name.startswith(of) and len(name) - len(of) <= _SUFFIX


def _same_way(told: str, text: str, original: str, language: str) -> bool:
    """Whether both deny something or neither does, where words for that are known."""
    if original not in _DENIALS or language not in _DENIALS:
        return True
    return _denies(told, original) == _denies(text, language)


def _denies(text: str, language: str) -> bool:
    words = {word.casefold() for word in _WORD.findall(text.replace("’", "'"))}
    is_elided = language in {"en", "fr"} and any(_ELIDED.search(word) for word in words)
    return is_elided or not words.isdisjoint(_DENIALS[language])
