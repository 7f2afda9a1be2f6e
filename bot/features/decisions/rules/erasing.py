"""Takes somebody's words and name out of a record that stays."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any, Final

from bot.core.quotations import ERASED, SOMEBODY
from bot.features.decisions.rules.filled import WORDS
from bot.features.decisions.rules.registry import is_taken_from

STILL_THEIRS: Final = 0.6
"""A text is somebody's still while it shares so much with what they said (0 to 1, by words)."""


def without(text: str, quotes: Iterable[str], name: str) -> str:
    """A text without these words of somebody, and without what they are called.

    Words of theirs in which somebody else changed a little go as a whole.
    """
    whole = sorted({each for each in quotes if each.strip()}, key=len, reverse=True)
    lines = sorted({line for each in whole for line in each.split("\n") if line.strip()}, key=len)
    before = text
    for words in [*whole, *reversed(lines)]:
        text = text.replace(words, ERASED)
    if text == before and any(_is_close(text, words) for words in whole):
        text = ERASED
    if not name:
        return text
    return re.sub(rf"@?(?<!\w){re.escape(name)}(?!\w)", SOMEBODY, text)


def words_without(fields: Mapping[str, Any], said: str) -> dict[str, str]:
    """Title and text of a decision without what somebody said; others' own words stay."""
    title, text = (str(fields.get(name, "")) for name in ("title", "text"))
    left = without(text, [said], "")
    is_theirs = is_taken_from(title, said) or (left == ERASED and is_taken_from(title, text))
    return {"title": ERASED if is_theirs else title, "text": left}


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


def _is_close(text: str, said: str) -> bool:
    own, theirs = (each.casefold().split() for each in (text, said))
    return SequenceMatcher(None, own, theirs, autojunk=False).ratio() >= STILL_THEIRS
