"""How what is kept of somebody is laid out as text."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from bot.core.patterns import regex
from bot.core.render import clean, escape

Record: TypeAlias = dict[str, Any]

PART: Final = 3_400  # characters as Slack counts them: a message may have 4,000
PIECE: Final = 500
_BROADCAST: Final = regex(r"@(?=(?:channel|here|everyone)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of what is kept, in words."""

    name: str
    what: str
    how_long: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What is kept of somebody; what erasing stops and leaves, a sentence each."""

    topics: tuple[Topic, ...]
    is_off: bool
    warnings: tuple[str, ...]
    stays: tuple[str, ...]
    uses_model: bool = False


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, by topic, and what stays and why."""

    counts: Mapping[str, int]
    stays: tuple[str, ...]
    is_off: bool


def texts_for(days: int) -> str:
    """How long texts are kept, in words."""
    return "is not kept" if days == 0 else f"{days} day{'' if days == 1 else 's'}"


def parts(data: Mapping[str, Sequence[Record]]) -> list[str]:
    """Everything as JSON in parts, each complete in itself; what is long is told in pieces."""
    done: list[str] = []
    current: dict[str, list[Record]] = {}
    for name, record in _pieces(data):
        longer = {**current, name: [*current.get(name, []), record]}
        if current and len(escape(as_json(longer))) > PART:
            done.append(as_json(current))
            longer = {name: [record]}
        current = longer
    return [*done, as_json(current)] if current else done


def as_json(data: Any) -> str:
    """JSON that a code block shows as it is: whatever a reader would not see is spelled out."""
    text = json.dumps(data, indent=1, ensure_ascii=False)
    text = _BROADCAST.sub(r"\\u0040", text)
    return "".join(char if _is_shown(char) else _spelled(char) for char in text)


def _pieces(data: Mapping[str, Sequence[Record]]) -> Iterator[tuple[str, Record]]:
    for name, records in data.items():
        for record in records:
            long = {key: value for key, value in record.items() if len(str(value)) > PIECE}
            yield name, {key: value for key, value in record.items() if key not in long}
            for key, value in long.items():
                yield from ((name, piece) for piece in _cut(key, value))


def _cut(key: str, value: Any) -> Iterator[Record]:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    count = -(-len(text) // PIECE)
    for number in range(count):
        piece = text[number * PIECE : (number + 1) * PIECE]
        yield {key: piece, "piece": f"{number + 1} of {count}"}


def _is_shown(char: str) -> bool:
    if char == "\n":
        return True
    is_mark = unicodedata.category(char).startswith("M")
    return char != "`" and not is_mark and clean(char) == char


def _spelled(char: str) -> str:
    return json.dumps(char)[1:-1] if not char.isascii() else f"\\u{ord(char):04x}"
