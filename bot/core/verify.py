"""Checks drafted lines against the messages they cite; what cannot be shown is left out.

Each check is strict where a mistake would mislead: a line left out costs a detail, a wrong one
costs trust.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.core import claims
from bot.core.claims import normal
from bot.core.drafting import ALIAS, LINK, MARKUP, NEWS, DraftLine, Material, Source, Wanted
from bot.core.patterns import regex
from bot.core.render import clean, shorten

MAX_LINE: Final = 200
MAX_LINES: Final = 12
MAX_SOURCES: Final = 3
MIN_QUOTE: Final = 12
MIN_RESTING: Final = 0.5
"""Of a line's words at least this part stands in the messages it cites; else they are shown."""
MAX_DROPPED: Final = 0.4
"""If more than this part of the lines had to go, the rest is not trusted either."""

_SENTENCE_END: Final = regex(r"(?<=[.!?…。\uff01\uff1f])\s+|(?<=[。\uff01\uff1f])|\n+")


@dataclass(frozen=True, slots=True)
class Verified:
    """The lines that hold, why others do not, and what was changed: how many per reason."""

    lines: Sequence[DraftLine]
    proposed: int
    drops: Mapping[str, int]
    changes: Mapping[str, int]

    @property
    def is_trusted(self) -> bool:
        """Whether few enough lines had to be dropped."""
        return sum(self.drops.values()) <= MAX_DROPPED * self.proposed


def verify(proposed: Sequence[DraftLine], material: Material, wanted: Wanted = NEWS) -> Verified:
    """Checks each line; equal ones are merged, and no more than twelve are kept."""
    known = {source.id: source for source in material.sources}
    kept: dict[str, DraftLine] = {}
    drops: Counter[str] = Counter()
    changes: Counter[str] = Counter()
    for line in proposed:
        checked = _checked(line, known, material, wanted)
        if isinstance(checked, str):
            drops[checked] += 1
            continue
        key = normal(checked.text)
        if key in kept or len(kept) >= MAX_LINES:
            changes["merged" if key in kept else "over"] += 1
            continue
        changes["quoted"] += checked.text != line.text
        kept[key] = checked
    return Verified(list(kept.values()), len(proposed), dict(drops), dict(+changes))


def _checked(
    line: DraftLine, known: Mapping[str, Source], material: Material, wanted: Wanted
) -> DraftLine | str:
    """The line as it may be shown, or why it may not."""
    ids = set(line.source_ids)
    if not (1 <= len(line.source_ids) <= MAX_SOURCES and ids <= set(known)):
        return "ids"
    is_free = line.kind in wanted.own_words
    flaw = "" if line.kind in wanted.kinds else "kind"
    flaw = flaw or flaw_of(line.text) or flaw_of(line.quote)
    cited = [known[ident] for ident in dict.fromkeys(line.source_ids)]
    quoted = next((source for source in cited if _holds(source, line.quote)), None)
    flaw = flaw or ("" if quoted else "quote")
    flaw = flaw or _invented(line.text, cited, material, opens_freely=is_free)
    if quoted is None or flaw:
        return flaw
    others = (source.id for source in cited if source is not quoted)
    line = replace(line, source_ids=(quoted.id, *others))
    if is_free:
        return line
    passage = _sentences_with(normal(line.quote), quoted.text)
    told = " ".join(source.text for source in cited)
    is_same_way = claims.negations(line.text) == claims.negations(passage)
    if is_same_way and claims.resting_on(ALIAS.sub("", line.text), told) >= MIN_RESTING:
        return line
    if not wanted.stands_in:
        return "meaning"
    # what is said differs from what was meant: the words themselves stand in its place
    return replace(line, text=shorten(passage, MAX_LINE))


def flaw_of(text: str, longest: int = MAX_LINE) -> str:
    """Why a text may not be shown at all, whatever it says, or nothing."""
    if not text.strip() or len(text) > longest:
        return "length"
    if clean(text) != text or "\n" in text or "\t" in text:
        return "controls"
    if LINK.search(text) or LINK.search(unicodedata.normalize("NFKC", text)):
        return "link"
    if claims.mixes_scripts(text):
        return "script"
    return "markup" if MARKUP.search(text) else ""


def _holds(source: Source, quote: str) -> bool:
    wanted, whole = normal(quote), normal(source.text)
    return wanted in whole and (len(wanted) >= MIN_QUOTE or wanted == whole)


def _sentences_with(wanted: str, text: str) -> str:
    """The sentences around a quote: it may leave out the "not" before it, they do not."""
    sentences = [part for part in _SENTENCE_END.split(text) if part]
    for length in range(1, len(sentences) + 1):
        for start in range(len(sentences) - length + 1):
            run = " ".join(sentences[start : start + length])
            if wanted in normal(run):
                return run
    return text


def _invented(text: str, cited: Iterable[Source], material: Material, *, opens_freely: bool) -> str:
    """What kind of thing a text states that no cited message has, or nothing."""
    people = set(material.people)
    aliases: set[str] = set()
    numbers: set[str] = set()
    words: set[str] = set()
    for source in cited:
        aliases |= {material.alias_of(source.author_id), *_aliases(source.text)} & people
        bare = _without(source.text, people)
        numbers |= claims.numbers(bare)
        words |= claims.words(bare)
    if not _aliases(text) & people <= aliases:
        return "person"
    bare = _without(text, aliases)
    if not claims.numbers(bare) <= numbers:
        return "number"
    if not claims.dates_and_counts(bare) <= words:
        return "date"
    return "" if claims.names(bare, opens_freely=opens_freely) <= words else "name"


def _aliases(text: str) -> set[str]:
    return set(ALIAS.findall(text))


def _without(text: str, aliases: set[str]) -> str:
    return ALIAS.sub(lambda found: "" if found[0] in aliases else found[0], text)
