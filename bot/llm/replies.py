"""What the model may answer: the schema it is given, and the strict reading of what came."""

from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.core.drafting import DraftLine
from bot.core.verify import KINDS

_TEXT: Final = {"type": "string"}
LINES: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "lines": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": _TEXT,
                    "source_ids": {"type": "array", "items": _TEXT},
                    "quote": _TEXT,
                    "kind": {"type": "string", "enum": list(KINDS)},
                },
                "required": ["text", "source_ids", "quote", "kind"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["lines"],
    "additionalProperties": False,
}
"""Always the same, so that the vendor's compiled grammar is found again."""


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


def read_lines(text: str) -> list[DraftLine] | None:
    """The lines of an answer, or None if it is not of the schema."""
    try:
        answer = Lines.model_validate_json(text)
    except ValidationError:
        return None
    return [
        DraftLine(line.text, tuple(line.source_ids), line.quote, line.kind) for line in answer.lines
    ]
