"""Whether a new decision picks what an accepted one turned down, or the other way round.

Plain words decide. That a thing is named is not enough: Redis for caching says nothing against
having turned down Redis for the job queue. So both have to be about the same, too: what stands
behind "for" or "as" in the titles, else the rest of the title, or a tag.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.core.patterns import regex
from bot.features.decisions.rules.registry import Fields
from bot.features.decisions.rules.words import words_of

_PURPOSE: Final = regex(r"\b(?:for|as)\b", re.IGNORECASE)
_CONTRAST: Final = regex(
    r"\b(?:instead\s+of|rather\s+than|no\s+longer|no|not|over|without|never|don['\u2019]t|drop|stop)\b"
    r"(?:(?!\b(?:for|as|but)\b)[^,.;:!?\n])*"
    r"|\bfrom\b[^,.;:!?\n]*?(?=\bto\b)|\breplace\b[^,.;:!?\n]*?(?=\b(?:with|by)\b)",
    re.IGNORECASE,
)
"""What somebody names because they do not want it."""
_REASON: Final = regex(
    r"[:;,(\u2013\u2014]|\s-\s|\b(?:because|since|but|would|is|was|has)\b|[.!?](?:\s|$)"
)
_SENTENCE: Final = regex(r"(?<=[.!?])\s|\n")
_ENDINGS: Final = ("ing", "es", "ed", "s", "e")
_SHORTEST: Final = 3
_EMPTY: Final = frozenset(
    words_of(
        "a about accept accepted add adopt after agree all always an and any are at be before buy "
        "by change choose chose decide decided do does every for from get go going have host i in "
        "into is it its just keep leave let lets make more move must need new none nothing now of "
        "on one only or other our out own pick quo run s same set should start stay status still "
        "switch take team than that the their them then there these they this to try until up us "
        "use using via want we what when which will with work would you your as"
    )
)


@dataclass(frozen=True, slots=True)
class Option:
    """Something that was weighed: what it is, and what for, as stems."""

    thing: frozenset[str]
    purpose: frozenset[str]


def clash(new: Fields, old: Fields) -> tuple[str, ...]:
    """The words by which a new decision goes against an accepted one; none: it does not.

    They are as they stand in the new one, in their order.
    """
    picked = chosen(new)
    turned_down = [
        each.thing
        for each in _options(old.alternatives)
        if _is_named(each.thing, picked)
        and _is_about_the_same(new, old, each.purpose, _stems(old.title))
    ]
    replaced = [
        each.thing
        for each in _options(new.alternatives)
        if each.thing <= _named(old.title)
        and not each.thing <= picked
        and _is_about_the_same(new, old, each.purpose, _stems(old.title) - each.thing)
    ]
    clashing = frozenset[str]().union(*turned_down, *replaced)
    written = words_of(f"{new.title}\n{new.text}\n{new.alternatives}")
    by_stem = {stem(word): word for word in reversed(written)}
    return tuple(
        word for word in written if by_stem.get(stem(word)) == word and stem(word) in clashing
    )


def chosen(fields: Fields) -> frozenset[str]:
    """What a decision says that it picks, as stems: the title, and the first sentence."""
    return _named(f"{fields.title}\n{_SENTENCE.split(fields.text, maxsplit=1)[0]}")


def weighed(fields: Fields) -> frozenset[str]:
    """What it says that was turned down, as stems."""
    return frozenset[str]().union(*(each.thing for each in _options(fields.alternatives)))


def about(fields: Fields) -> frozenset[str]:
    """What a decision is about, as stems."""
    return _stems("\n".join((fields.title, fields.text, fields.context, *fields.tags)))


def stem(word: str) -> str:
    """A word without the endings that make no difference here; the word begins with it."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word.removesuffix(ending)
    return word


def _options(alternatives: str) -> Iterator[Option]:
    for line in alternatives.splitlines():
        head = _REASON.split(line.lstrip(" -*•\t"), maxsplit=1)[0]
        thing, *purpose = _PURPOSE.split(head, maxsplit=1)
        if stems := _stems(thing):
            yield Option(stems, _stems(" ".join(purpose)))


def _is_named(thing: frozenset[str], picked: frozenset[str]) -> bool:
    """All of two words, most of more."""
    return len(thing & picked) * 3 >= len(thing) * 2 and (
        len(thing) > 2 or thing <= picked  # noqa: PLR2004
    )


def _is_about_the_same(
    new: Fields, old: Fields, purpose: frozenset[str], rest: frozenset[str]
) -> bool:
    """`purpose` is what the option was for, `rest` what else the old title names."""
    wanted, had = _purpose(new.title), purpose or _purpose(old.title)
    if wanted and had:
        return _is_most(wanted & had, wanted, had)
    if set(new.tags) & set(old.tags):
        return True
    if wanted or had:
        other = about(old) if wanted else about(new)
        return _is_most((wanted or had) & other, wanted or had)
    return bool(rest) and len(rest & about(new)) >= min(2, (len(rest) + 1) // 2)


def _is_most(shared: frozenset[str], *sides: frozenset[str]) -> bool:
    return len(shared) * 2 > min(map(len, sides))


def _purpose(title: str) -> frozenset[str]:
    return _stems(" ".join(_PURPOSE.split(_CONTRAST.sub(" ", title), maxsplit=1)[1:]))


def _named(text: str) -> frozenset[str]:
    return _stems(_CONTRAST.sub(" ", text))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words_of(text) if word not in _EMPTY)
