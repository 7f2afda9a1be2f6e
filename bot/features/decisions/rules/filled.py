"""What a form is filled in with before anybody confirms it, and on which messages each field rests.

It waits in a row as plain data until the form is sent off.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeAlias

from bot.features.decisions.rules.registry import TEXT_LENGTH, Fields

Data: TypeAlias = dict[str, Any]

WORDS: Final = ("title", "text", "context", "alternatives", "objections")
"""The fields of a decision that hold words."""


class Flag(StrEnum):
    """What whoever confirms a form has to look at."""

    NOTHING_SETTLED = "nothing_settled"
    UNSETTLED = "unsettled"
    NO_APPROVAL = "no_approval"
    NO_REASON = "no_reason"


@dataclass(frozen=True, slots=True)
class Cite:
    """A field rests on a message; `quote` are the words that stand there because of it."""

    field: str
    ts: str
    author_id: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """Fields of a form, what they rest on, and what is to be looked at.

    `unsettled` are sentences about what is still open.
    """

    fields: Fields
    cites: tuple[Cite, ...] = ()
    flags: tuple[Flag, ...] = ()
    unsettled: tuple[str, ...] = ()


def fitting(text: str) -> str:
    """A text that fits into a field; what is left out shows as dots."""
    text = text.strip()
    return text if len(text) <= TEXT_LENGTH else text[: TEXT_LENGTH - 1].rstrip() + "…"


def confirmed(cites: tuple[Cite, ...], fields: Fields) -> tuple[Cite, ...]:
    """The citations of fields that somebody looked at: a quote only where its words still stand."""
    return tuple(
        Cite(
            each.field, each.ts, each.author_id, _standing(each.quote, getattr(fields, each.field))
        )
        for each in cites
    )


def as_data(filled: Filled) -> Data:
    """As plain data."""
    fields = asdict(filled.fields)
    fields["review_on"] = filled.fields.review_on.isoformat() if filled.fields.review_on else None
    return {
        "fields": fields | {"tags": list(filled.fields.tags)},
        "cites": [[each.field, each.ts, each.author_id, each.quote] for each in filled.cites],
        "flags": list(filled.flags),
        "unsettled": list(filled.unsettled),
    }


def from_data(data: Mapping[str, Any]) -> Filled:
    """From plain data."""
    fields = dict(data["fields"])
    day = fields.pop("review_on")
    tags = tuple(fields.pop("tags"))
    return Filled(
        Fields(**fields, review_on=date.fromisoformat(day) if day else None, tags=tags),
        tuple(Cite(*each) for each in data["cites"]),
        tuple(Flag(each) for each in data["flags"]),
        tuple(data["unsettled"]),
    )


def _standing(quote: str, value: object) -> str:
    """What of a quote still stands in a field: all of it, or those of its lines that do."""
    if not isinstance(value, str) or not quote:
        return ""
    value = value.replace("\r\n", "\n")
    if quote in value:
        return quote
    return "\n".join(line for line in quote.split("\n") if line.strip() and line in value)
