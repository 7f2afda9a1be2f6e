"""A charitable reading of a message by rules: what may be needed, without the heat."""

# ruff: noqa: RUF001 - typographic apostrophes are what people type

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.core.drafting import Draft, Material, Place, Said, Wanted, material_of
from bot.core.patterns import regex
from bot.core.render import shorten
from bot.features.coach.rules import template
from bot.features.coach.rules.template import Section

PROMPT: Final = "coach/kindly"
READING, REPLY = "reading", "reply"
WANTED: Final = Wanted((READING, REPLY), own_words=frozenset({REPLY}), stands_in=False)
LOOKED_AT: Final = 4_000
"""Characters of a message that are read; what it is about stands at its beginning."""
MOST_NEEDS: Final = 3
LONGEST_NEED: Final = 200
_FEWEST_WORDS: Final = 2

_HEAT: Final = regex(
    r"""\b(?:
      w\.?t\.?f | ffs | omg | jfc
    | (?:the|in|bloody)[ ](?:hell|heck|fuck)(?:'s[ ]sake)? | on[ ]earth | for[ ]f\w+['’]?s?[ ]sake
    | (?:god)?damn(?:ed|it)? | bloody | f[u*]ck(?:ing|ed|s)? | sh[i*]t(?:ty)? | cr[a]p(?:py)?
    | stupid | ridiculous | insane | idiotic? | idiots? | useless | pathetic | incompetent
    | unbelievable | seriously | honestly | obviously | clearly
    | verdammt\w* | zum[ ]teufel | schei(?:ß|ss)\w* | dumm\w* | lächerlich | idiot\w*
    | putain | merde | bordel | ridicule | stupide
    | joder | mierda | ridículo | estúpido | caralho | merda
    )\b[ ,]*""",
    re.VERBOSE | re.IGNORECASE,
)
_HARMED: Final = r"""(?:
      broke | broken | break | forgot | forgotten | missed | ignored | ruined | wrecked | messed
    | screwed | failed | lost | deleted | killed | dropped | crashed )"""
_ACCUSES: Final = regex(
    rf"""\b(?:you|your[ ]team)[ ](?:always|never|people|guys|keep|clearly|obviously)\b
    | \byou(?:['’]ve|[ ]have|[ ]had)?(?:[ ](?:just|again|now|all|really|even))*[ ]{_HARMED}\b
    | \byour[ ](?:fault|mess|mistake)\b | \bhow[ ]could[ ]you\b
    | \b(?:did|do)(?:n['’]t)?[ ]you[ ]e(?:ven|ver)\b
    | \bare[ ]you[ ](?:serious|kidding|blind|joking)\b
    | \b(?:ihr|du)[ ](?:\w+[ ])?(?:immer|nie|ständig)\b
    | \b(?:vous|tu)[ ]\w+[ ](?:toujours|jamais)\b
    | \bwho[ ](?:broke|did|wrote|merged|approved|thought)\b | \bwer[ ]hat\b""",
    re.VERBOSE | re.IGNORECASE,
)
_TROUBLE: Final = regex(
    r"""\b(?:broke|broken|breaks|fails?|failed|failing|error|down|stuck|wrong|missing|late|lost
    | block(?:s|ed|ing|er)? | can['’]?t | cannot | does(?:n['’]t|[ ]not)[ ]work | not[ ]working
    | bug | kaputt | fehler | fehlt | geht[ ]nicht | funktioniert[ ]nicht | blockiert
    | cassé | erreur | bloqué | manque | ne[ ](?:marche|fonctionne)[ ]pas
    | roto | falla | no[ ]funciona | bloqueado | falta | quebrado | falhou | não[ ]funciona | erro
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_HARMS: Final = regex(rf"\b{_HARMED}[ ]((?:the|our|my)[ ][\w-]+)", re.VERBOSE | re.IGNORECASE)
_POINTS_BACK: Final = regex(r"^([^\W\d_]+) it\b", re.IGNORECASE)
_JUDGES: Final = regex(
    r"""(?:[,;–—-][ ]*)?\b(?:it|this|that)(?:[ ](?:is|was)|['’]s)
    [ ](?:(?:just|so|really|very|a|an|all)[ ])*
    (?:embarrassing|ridiculous|unacceptable|pathetic|insane|outrageous|joke|shame|disgrace|mess
    |disaster|stupid|crazy|annoying|terrible|awful|horrible)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NEEDS: Final = regex(
    r"\b(?:(?:i|we)(?: \w+)? (?:need|want|wait|expect)|(?:ich|wir) (?:brauche|warte)n?"
    r"|(?:j['’]ai|nous avons) besoin|j['’]attends|necesit(?:o|amos)|precis(?:o|amos))\b",
    re.IGNORECASE,
)
_AGAIN: Final = regex(
    r"\b(?:again|still|yet another|(?:second|third|fourth) time|wieder|immer noch|schon"
    r"|encore|toujours|otra vez|todavía|de novo|outra vez|ainda)\b",
    re.IGNORECASE,
)
_MARKS: Final = regex(r"[!?]{2,}|!")
_SHOUTS: Final = regex(
    r"\b(?:WHY|WHO|WHAT|WHEN|HOW|AGAIN|NOT|NOW|NEVER|ALWAYS|STILL|EVER|STOP|PLEASE|ASAP|NO|ANYBODY"
    r"|WARUM|WIEDER|NICHT|SOFORT|JETZT|BITTE|POURQUOI|ENCORE|AHORA|AGORA|OTRA|VEZ)\b"
)
_SHOUTED: Final = regex(r"\b[^\W\d_a-zß-öø-ÿ]{3,}\b")
_LOOSE: Final = regex(r"(?<![ ,;])[ ,;]{1,4}(?=[.?])")
_SPACES: Final = regex(r"[ ]{2,}")


class Behind(StrEnum):
    """What may be behind a message; each of it would be nobody's fault."""

    WAITS = "waits"  # they may need an answer before they can go on
    HELD_UP = "held_up"
    DATE = "date"
    REPEATED = "repeated"
    HURRY = "hurry"  # nothing else shows


@dataclass(frozen=True, slots=True)
class Reading:
    """What is asked for, in their own words without the heat; what may be behind it."""

    needs: tuple[str, ...]
    behind: tuple[Behind, ...]


@dataclass(frozen=True, slots=True)
class Worded:
    """A reading and a reply that a model worded; people are aliases in it."""

    readings: tuple[str, ...]
    replies: tuple[str, ...]


def reading_of(text: str) -> Reading:
    """The charitable reading of a text as people read it."""
    near = text[:LOOKED_AT]
    sentences = [
        each for each in template.sentences_of(near) if not template.is_verbatim(each.text)
    ]
    filed = template.filed_by_section(sentences)
    asked = filed[Section.QUESTION] + filed[Section.PROPOSAL]
    needed = [each for each in sentences if _NEEDS.search(each.text)]
    troubles = [each for each in sentences if _TROUBLE.search(each.text)]
    needs = dict.fromkeys(
        cooled(need)
        for each in sentences
        if each in asked + needed and (need := _need_in(each.text, near))
    )
    told = [need for need in needs if len(need.split()) >= _FEWEST_WORDS]
    held = {
        Behind.WAITS: bool(filed[Section.QUESTION] or needed),
        Behind.HELD_UP: bool(troubles),
        Behind.DATE: bool(template.parts_from(sentences).by),
        Behind.REPEATED: _AGAIN.search(near) is not None,
    }
    behind = tuple(each for each, holds in held.items() if holds) or (Behind.HURRY,)
    return Reading(tuple(shorten(need, LONGEST_NEED) for need in told[:MOST_NEEDS]), behind)


def cooled(text: str) -> str:
    """A sentence without swearing, shouting and rows of marks; every other word of it stays."""
    calm = _HEAT.sub("", _JUDGES.sub("", text))
    calm = _MARKS.sub(lambda found: "?" if "?" in found[0] else ".", calm)
    calm = _SHOUTS.sub(lambda found: found[0].lower(), calm)
    shouted = _SHOUTED.findall(calm)
    if len(shouted) > 1 and len(shouted) * 2 > len(calm.split()):
        calm = calm.lower()
    calm = _LOOSE.sub("", _SPACES.sub(" ", calm)).strip(" ,;-–")
    return calm[:1].upper() + calm[1:]


def _need_in(text: str, near: str) -> str:
    """What a sentence asks for; empty where it blames somebody instead.

    An order is told without what stands around it, and names what "it" is if another sentence says
    what was harmed.
    """
    order = template.order_in(text)
    if not order:
        return "" if _ACCUSES.search(text) else text
    if _ACCUSES.search(order):
        return ""
    harmed = {found[1].lower() for found in _HARMS.finditer(near)}
    return _POINTS_BACK.sub(rf"\1 {harmed.pop()}", order) if len(harmed) == 1 else order


def material(text: str, place: Place, author_id: str, at: datetime) -> Material:
    """A message for a model, as Slack has it."""
    near = text[:LOOKED_AT]
    if near.rfind("<") > near.rfind(">"):
        near = near[: near.rfind("<")]  # half a token of Slack's would be somebody's id
    return material_of([Said(place, author_id, near, at)])


def worded(draft: Draft) -> Worded | None:
    """What a model made of a message; None if it is no whole of a reading and a reply."""
    found: Mapping[str, list[str]] = {READING: [], REPLY: []}
    if draft.is_plain:
        return None
    for line in draft.lines:
        found[line.kind].append(line.text.replace("[link]", "(link)"))
    if not all(found.values()):
        return None
    return Worded(tuple(found[READING]), tuple(found[REPLY]))
