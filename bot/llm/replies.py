"""What the model may answer: the schema it is given, and the strict reading of what came."""

from collections.abc import Sequence
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.core.drafting import DraftLine

_TEXT: Final = {"type": "string"}


def lines_of(kinds: Sequence[str]) -> dict[str, Any]:
    """The schema of lines of these kinds.

    Always the same for a prompt, so that the vendor's compiled grammar is found again.
    """
    fields: dict[str, Any] = {
        "text": _TEXT,
        "source_ids": {"type": "array", "items": _TEXT},
        "quote": _TEXT,
        "kind": {"type": "string", "enum": list(kinds)},
    }
    return _object(lines={"type": "array", "items": _object(**fields)})


def translations() -> dict[str, Any]:
    """The schema of translated lines."""
    return _object(lines={"type": "array", "items": _object(id=_TEXT, text=_TEXT)})


def _object(**fields: Any) -> dict[str, Any]:
    """An object with these fields, all of them, and no others."""
    required = {"required": list(fields), "additionalProperties": False}
    return {"type": "object", "properties": fields} | required


class Line(BaseModel):
    """One line as the model gave it; what it says is checked later."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str
    source_ids: list[str]
    quote: str
    kind: str


class Lines(BaseModel):
    """A whole answer."""

    model_config = ConfigDict(extra="forbid", strict=True)

    lines: list[Line]


class Translation(BaseModel):
    """One line in another language, by the id of the one that it stands for."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: str
    text: str


class Translations(BaseModel):
    """A whole answer of translated lines."""

    model_config = ConfigDict(extra="forbid", strict=True)

    lines: list[Translation]


def read_lines(text: str) -> list[DraftLine] | None:
    """The lines of an answer, or None if it is not of the schema."""
    try:
        answer = Lines.model_validate_json(text)
    except ValidationError:
        return None
    return [
        DraftLine(line.text, tuple(line.source_ids), line.quote, line.kind) for line in answer.lines
    ]


def read_translations(text: str) -> list[DraftLine] | None:
    """The translated lines of an answer, or None if it is not of the schema."""
    try:
        answer = Translations.model_validate_json(text)
    except ValidationError:
        return None
    return [DraftLine(line.text, (line.id,), "", "") for line in answer.lines]
