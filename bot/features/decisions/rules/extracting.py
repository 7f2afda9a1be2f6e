"""Fills in the form about a decision from lines that a model drew from its thread.

It gets the messages without names, and its lines are checked. What it finds unsettled becomes a
sentence that whoever confirms the form has to look at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from bot.core.drafting import ALIAS, Draft, DraftLine, Material, Said, Wanted, material_of
from bot.core.quotations import SOMEBODY
from bot.features.decisions.rules import details
from bot.features.decisions.rules.filled import Cite, Filled, Flag, fitting
from bot.features.decisions.rules.registry import prefilled_title

PROMPT: Final = "decisions/extract"
FIELDS: Final = {
    "title": "title",
    "decision": "text",
    "topic": "context",
    "reason": "context",
    "alternative": "alternatives",
    "objection": "objections",
    "owner": "owner_id",
    "review": "review_on",
    "reversible": "is_reversible",
    "irreversible": "is_reversible",
}
"""Into which field the lines of each kind go."""
UNSETTLED: Final = "unsettled"
WANTED: Final = Wanted((*FIELDS, UNSETTLED))
LONGEST: Final = 120
"""Messages that a model gets: the first one and the newest."""
_OF_WORDS: Final = ("title", "text", "context", "alternatives", "objections")


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines that may be used, and who and what stands behind them."""

    lines: Sequence[DraftLine]
    given: Material
    names: Mapping[str, str]

    def of(self, *kinds: str) -> list[DraftLine]:
        return [each for each in self.lines if each.kind in kinds]

    def shown(self, line: DraftLine) -> str:
        """A line with names in it."""
        called = {
            alias: self.names.get(person, SOMEBODY) for alias, person in self.given.people.items()
        }
        return ALIAS.sub(lambda found: called.get(found[0], found[0]), line.text)

    def cites(self, name: str, line: DraftLine, quote: str = "") -> list[Cite]:
        cited = [each for each in self.given.sources if each.id in line.source_ids]
        return [Cite(name, each.place.ts, each.author_id, quote) for each in cited]


def material(said: Sequence[Said]) -> Material:
    """A thread for a model, the oldest message first."""
    return material_of(said if len(said) <= LONGEST else [said[0], *said[1 - LONGEST :]])


def extracted(
    draft: Draft, given: Material, names: Mapping[str, str], by_rules: Filled, today: date
) -> Filled | None:
    """The form as a model fills it in; None if it found no decision.

    `names` tells how people are called, by id; who is not among them is not named. What the model
    found nothing for stays as the rules have it, and so does every flag, but for that of a reason.
    """
    found = _Lines(_on_one_matter(draft.lines), given, names)
    if draft.is_plain or not found.of("title", "decision"):
        return None
    values, cites = _words(found)
    for name, value, its_cites in _details(found, today):
        values[name] = value
        cites += its_cites
    if "title" not in values:
        values["title"] = prefilled_title(values["text"])
        cites += [replace(each, field="title", quote="") for each in cites if each.field == "text"]
    kept = [each for each in by_rules.cites if each.field not in values]
    unsettled = tuple(found.shown(line) for line in found.of(UNSETTLED))
    return Filled(
        replace(by_rules.fields, **values), (*cites, *kept), _flags(found, by_rules), unsettled
    )


def differing(one: Filled, other: Filled) -> list[str]:
    """The fields that two forms fill in differently."""
    names = dict.fromkeys(FIELDS.values())
    return [each for each in names if getattr(one.fields, each) != getattr(other.fields, each)]


def _on_one_matter(lines: Sequence[DraftLine]) -> list[DraftLine]:
    """The lines without a title of something else than what they say was decided."""
    decided = {each for line in lines if line.kind == "decision" for each in line.source_ids}
    return [
        line
        for line in lines
        if line.kind != "title" or not decided or not decided.isdisjoint(line.source_ids)
    ]


def _words(found: _Lines) -> tuple[dict[str, Any], list[Cite]]:
    """The fields of words: a line of text for each line that was drawn."""
    values: dict[str, Any] = {}
    cites: list[Cite] = []
    for name in _OF_WORDS:
        lines = found.of(*(kind for kind, field in FIELDS.items() if field == name))
        lines = lines[:1] if name == "title" else lines
        if not lines:
            continue
        shown = [found.shown(line) for line in lines]
        values[name] = prefilled_title(shown[0]) if name == "title" else fitting("\n".join(shown))
        for line, words in zip(lines, shown, strict=True):
            cites += found.cites(name, line, values[name] if name == "title" else words)
    return values, cites


def _details(found: _Lines, today: date) -> list[tuple[str, Any, list[Cite]]]:
    """Owner, day to look again and whether it can be undone, as far as a line says so."""
    told: list[tuple[str, Any, list[Cite]]] = []
    for line in found.of("owner")[:1]:
        people = [found.given.people.get(alias, "") for alias in ALIAS.findall(line.text)]
        owner = next((each for each in people if each in found.names), None)
        if owner is not None:
            told.append(("owner_id", owner, found.cites("owner_id", line)))
    for line in found.of("review"):
        said_on = next(each.at for each in found.given.sources if each.id == line.source_ids[0])
        day = details.review_day(line.text, said_on.date())
        if day is not None and day >= today:
            told.append(("review_on", day, found.cites("review_on", line)))
    for line in found.of("reversible", "irreversible")[:1]:
        is_reversible = line.kind == "reversible"
        told.append(("is_reversible", is_reversible, found.cites("is_reversible", line)))
    return told


def _flags(found: _Lines, by_rules: Filled) -> tuple[Flag, ...]:
    has_reason = bool(found.of("reason"))
    return tuple(flag for flag in by_rules.flags if not (flag is Flag.NO_REASON and has_reason))
