"""From what came in to plain values. Total: what cannot be read is empty, never an exception."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qsl

from bot.core.db import storable
from bot.core.patterns import regex

Json: TypeAlias = Mapping[str, Any]

MAX_DEPTH: Final = 64
"""Of lists and objects in one another. What Slack sends stays below 20."""
MAX_FIELDS: Final = 100
LONGEST_NUMBER: Final = 25
"""Characters. A longer one is no id or time of Slack's, and slow to convert."""
_ID: Final = regex(r"[A-Za-z0-9]{1,32}", re.ASCII)
_OPENING: Final = regex(r"[ \t\n\r]*\{[ \t\n\r]*(?:(\})[ \t\n\r]*)?")
_HEAD: Final = regex(r'"((?:[^"\\\x00-\x1f]|\\.)*+)"[ \t\n\r]*:[ \t\n\r]*')
"""A field's name, and what stands between it and its value."""
_NEXT: Final = regex(r"[ \t\n\r]*([,}])[ \t\n\r]*")
_TS: Final = regex(r"\d{10}\.\d{6}", re.ASCII)


def read_object(source: bytes | str) -> Json:
    """The object in a JSON text; empty if there is none.

    Absent in it: numbers that are none (NaN), have no end (1e400) or are far too long, and keys
    that stand there twice.
    """
    text = source if isinstance(source, str) else source.decode(errors="replace")
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) and _is_readable(text, value) else {}


def read_with_source(source: bytes | str, field: str) -> tuple[Json, bytes]:
    """As `read_object`, and one of the object's fields as it came; empty if it is not in it."""
    text = source if isinstance(source, str) else source.decode(errors="replace")
    try:
        fields = list(_fields_of(text))
    except (ValueError, RecursionError):
        return {}, b""
    value = _pairs([(name, value) for name, value, _ in fields])
    if not _is_readable(text, value):
        return {}, b""
    told = (place for name, _, place in fields if name == field and field in value)
    return value, text[next(told, slice(0))].encode()


def read_form(body: bytes) -> Json:
    """The fields of a form; of one named `payload` the object in it."""
    try:
        fields = dict(
            parse_qsl(
                body.decode(errors="replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS
            )
        )
    except ValueError:
        return {}
    return read_object(fields["payload"]) if "payload" in fields else fields


def text_in(source: Json, key: str) -> str:
    """A text as both databases can hold it; empty if there is none."""
    value = source.get(key)
    return storable(value) if isinstance(value, str) else ""


def id_in(source: Json, key: str) -> str:
    """An id of Slack's; empty if there is none, or something that cannot be one."""
    value = source.get(key)
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def ts_in(source: Json, key: str = "ts") -> str | None:
    """The timestamp by which Slack names a message."""
    value = source.get(key)
    return value if isinstance(value, str) and _TS.fullmatch(value) else None


def object_in(source: Json, key: str) -> Json:
    """An object; empty if there is none."""
    value = source.get(key)
    return value if isinstance(value, (dict, Mapping)) else {}  # dict first: it is told faster


def objects_in(source: Json, key: str) -> list[Json]:
    """The objects in a list."""
    value = source.get(key)
    told = value if isinstance(value, list) else ()
    return [each for each in told if isinstance(each, (dict, Mapping))]


def organisation_in(payload: Json) -> str:
    """The organisation that something comes from; empty if there is none."""
    authorised = next(iter(objects_in(payload, "authorizations")), {})
    return (
        id_in(object_in(payload, "enterprise"), "id")
        or id_in(authorised, "enterprise_id")
        or id_in(payload, "enterprise_id")
    )


def is_ts(text: str) -> bool:
    """Whether a text has the form of a timestamp of Slack's."""
    return _TS.fullmatch(text) is not None


def _fields_of(text: str) -> Iterator[tuple[str, Any, slice]]:
    """Name, value and place of each field of an object. Raises ValueError if it is none."""
    opening = _found(_OPENING, text, 0)
    is_over, at = opening[1] is not None, opening.end()
    while not is_over:
        head = _found(_HEAD, text, at)
        name, start = head[1], head.end()
        value, at = _DECODER.raw_decode(text, start)
        yield _DECODER.decode(f'"{name}"') if "\\" in name else name, value, slice(start, at)
        end = _found(_NEXT, text, at)
        is_over, at = end[1] == "}", end.end()
    if at < len(text):
        raise ValueError


def _found(part: re.Pattern[str], text: str, at: int) -> re.Match[str]:
    found = part.match(text, at)
    if found is None:
        raise ValueError
    return found


def _is_readable(text: str, value: Any) -> bool:
    openings = text.count("[") + text.count("{")
    return openings <= MAX_DEPTH or _is_flat_enough(value)


def _is_flat_enough(value: Any) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner for each in level for inner in _within(each) if isinstance(inner, dict | list)
        ]
        if not level:
            return True
    return False


def _within(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object without the keys of which nobody can tell which one counts."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    times = Counter(name for name, _ in pairs)
    return {name: value for name, value in pairs if times[name] == 1}


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= LONGEST_NUMBER else None


def _number(digits: str) -> float | None:
    value = float(digits)
    return value if value not in _ENDLESS else None


def _nothing(_name: str) -> None:
    """What NaN and Infinity stand for."""


_ENDLESS: Final = {float("inf"), float("-inf")}
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=_integer, parse_float=_number, parse_constant=_nothing
)
