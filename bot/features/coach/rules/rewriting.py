"""A draft in order, in a model's words that were checked; the author's own where they were not.

A model gets the draft sentence by sentence. What it leaves out is put back by code, and so are
links and names; what is missing stays missing.
"""

# ruff: noqa: RUF001 - typographic dashes are what people type

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.core import claims
from bot.core.drafting import ALIAS, Draft, DraftLine, Material, Place, Said, Wanted, material_of
from bot.core.patterns import regex
from bot.features.coach.rules import template
from bot.features.coach.rules.template import Parts, Section, Sentence

PROMPT: Final = "coach/rewrite"
LONGEST: Final = 3_000
"""Characters of a draft that is put in order: more does not fit into a field of a form."""
WANTED: Final = Wanted(tuple(Section), stands_in=False)
LINK: Final = "[link]"
_CLAUSE: Final = regex(r"[,;:–—]\s|\s[-–—]\s|[.!?…]\s")
_YOU: Final = regex(
    r"\b(?:you(?:rs?|rself)?|du|dich|dir|deine?|euch|eue?re?|ihr|tu|te|toi|vous|votre|vos"
    r"|tú|usted(?:es)?|vosotros|vocês?)\b",
    re.IGNORECASE,
)
_COVERED: Final = 0.5
"""A sentence is told if at least this part of what it says stands in the lines that cite it."""


def material(sentences: Sequence[Sentence], place: Place, author_id: str, at: datetime) -> Material:
    """A draft for a model: each of its sentences is a source, as Slack has it."""
    return material_of(Said(place, author_id, each.text, at) for each in sentences)


def rewritten(
    draft: Draft,
    given: Material,
    said: Sequence[Sentence],
    readable: Sequence[Sentence],
    names: Mapping[str, str],
) -> Parts | None:
    """The parts of a draft as a model worded them; None if nothing of it can be used.

    By when it is wanted stands there in the author's own words, whatever the lines say of it.

    `said` and `readable` are the sentences of the material, as Slack has them and as people read
    them; `names` tells how the people in them are called, by their id.
    """
    by_id = dict(zip((source.id for source in given.sources), said, strict=True))
    links = {ident: template.link_texts(each.text) for ident, each in by_id.items()}
    texts = {source.id: source.text for source in given.sources}
    verbatim = {ident for ident, each in by_id.items() if template.is_verbatim(each.text)}
    whole = template.parts_from(readable)
    usable = [
        line
        for line in draft.lines
        if line.text.count(LINK) in {0, len(_links_of(line, links))}
        and verbatim.isdisjoint(line.source_ids)
        and line.kind != Section.BY
        and _is_theirs(line.text, " ".join(texts[each] for each in line.source_ids))
        and not _tears(line.text, whole.by)
    ]
    lines, told = _standing(usable, given, whole.by)
    if not lines:
        return None
    called = {alias: "@" + names.get(person, "someone") for alias, person in given.people.items()}
    untold = [each for ident, each in zip(by_id, readable, strict=True) if ident not in told]
    by_themselves = template.filed_by_section(untold)
    context, proposal, question, by = (
        template.joined(
            [
                *(
                    Sentence(_shown(line, links, called), begins_line=False)
                    for line in lines
                    if line.kind == section
                ),
                *by_themselves[section],
            ]
        )
        for section in Section
    )
    lost = _lost(whole.links, (context, proposal, question, by))
    context = "\n".join(part for part in (context, *lost) if part)
    return Parts(context, proposal, question, by or whole.by, whole.links)


def _is_theirs(text: str, told: str) -> bool:
    """Whether all of a line was said: each clause and time, of whom and what to its reader."""
    if not set(ALIAS.findall(text)) <= set(ALIAS.findall(told)):
        return False
    bare = ALIAS.sub("", text)
    is_said = all(
        claims.resting_on(clause, told) >= _COVERED for clause in _CLAUSE.split(bare) if clause
    )
    return is_said and claims.bearings(bare) <= claims.bearings(told) and _says_to_you(bare, told)


def _tears(text: str, by: str) -> bool:
    """Whether a line has only some of the words that say by when: "by noon" of Thursday noon."""
    wanted = _when(by)
    return _when(text) & wanted not in (set(), wanted)


def _when(text: str) -> set[str]:
    return claims.dates_and_counts(text) | claims.numbers(text)


def _says_to_you(text: str, told: str) -> bool:
    """Whether what a line states of its reader was stated, and not asked or left unsaid."""
    stated = [claims.words(each) for each in _statements(told)]
    return all(
        any(claims.words(each) <= known for known in stated)
        for each in _statements(text)
        if _YOU.search(each)
    )


def _statements(text: str) -> list[str]:
    sentences = (each.text for each in template.sentences_of(text))
    return [each for each in sentences if not each.endswith("?")]


def _standing(
    lines: Sequence[DraftLine], given: Material, by: str
) -> tuple[Sequence[DraftLine], Collection[str]]:
    """The lines that tell all of what they cite, and the sentences that need not be repeated."""
    told = _told(lines, given, by)
    while partly := [line for line in lines if not told.issuperset(line.source_ids)]:
        lines = [line for line in lines if line not in partly]
        told = _told(lines, given, by)
    return lines, told


def _told(lines: Sequence[DraftLine], given: Material, by: str) -> set[str]:
    """The sentences whose words and numbers all arrived in the lines that cite them.

    The words that say by when need not be in any: code puts them there.
    """
    citing: dict[str, list[str]] = {source.id: [] for source in given.sources}
    for line in lines:
        for source_id in line.source_ids:
            citing[source_id].append(line.text)
    said = [*(line.text for line in lines), by]
    everything = " ".join(said)
    bearings = set().union(*map(claims.bearings, said))
    return {
        source.id
        for source in given.sources
        if citing[source.id]
        and claims.resting_on(source.text, " ".join(citing[source.id])) >= _COVERED
        and source.text.count(LINK) <= " ".join(citing[source.id]).count(LINK)
        and claims.numbers(source.text) <= claims.numbers(everything)
        and claims.dates_and_counts(source.text) <= claims.words(everything)
        and claims.bearings(source.text) <= bearings
        and claims.names(source.text, opens_freely=True) <= claims.words(everything)
    }


def _links_of(line: DraftLine, links: Mapping[str, Sequence[str]]) -> list[str]:
    return [link for source_id in line.source_ids for link in links[source_id]]


def _shown(line: DraftLine, links: Mapping[str, Sequence[str]], called: Mapping[str, str]) -> str:
    """A line with its names and links."""
    text = ALIAS.sub(lambda found: called.get(found[0], found[0]), line.text)
    for link in _links_of(line, links):
        text = text.replace(LINK, link, 1)
    return text


def _lost(links: Iterable[str], parts: Iterable[str]) -> list[str]:
    """The links that stand in no part."""
    shown = {link for part in parts for link in template.links_in(part)}
    return [link for link in links if link not in shown]
