"""Takes somebody's words and name out of a record that stays."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.core.quotations import ERASED, SOMEBODY
from bot.features.decisions.rules.filled import WORDS


def without(text: str, quotes: Iterable[str], name: str) -> str:
    """A text without these words of somebody, and without what they are called."""
    whole = sorted({each for each in quotes if each.strip()}, key=len, reverse=True)
    lines = sorted({line for each in whole for line in each.split("\n") if line.strip()}, key=len)
    for words in [*whole, *reversed(lines)]:
        text = text.replace(words, ERASED)
    if not name:
        return text
    return re.sub(rf"@?(?<!\w){re.escape(name)}(?!\w)", SOMEBODY, text)


def record_without(
    record: Any, quotes: Mapping[str, Iterable[str]], name: str, user_id: str
) -> Any:
    """The record of a version without somebody; `quotes` are their words by field."""
    if not isinstance(record, dict):
        return record
    changed = dict(record)
    for field in WORDS:
        if quotes and isinstance(changed.get(field), str):
            changed[field] = without(changed[field], quotes.get(field, ()), name)
    if changed.get("owner_id") == user_id:
        changed["owner_id"] = ""
    return changed
