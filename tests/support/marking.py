"""Marks what is typed in one workspace, so that it is known wherever it turns up."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from bot.playground.cast import CHANNELS, GROUPS, PEOPLE

CANARY: Final = "zqj"
MARK: Final = re.compile(rf"(?:(?<![\w:/+=-])|(?<=\\n)){CANARY}", re.IGNORECASE)
"""Where a word begins that is marked, also in JSON; a key of 43 random letters may hold it, too."""
_BOT: Final = Path(__file__).parents[2] / "bot"
_VERBS: Final = frozenset({"__init__", "listeners", "modals"})
_PATTERN: Final = re.compile(r"[\\|()\[\]?*]{2}|\|")
_PHRASE: Final = 30
_LETTERS: Final = re.compile(r"[a-z]+")
_WORD: Final = re.compile(r"(?<![\w@#/:.<|=-])[A-Za-z][a-z]{3,}(?![\w@/=|>-]|[:.]\w)")
_MARKED: Final = re.compile(f"(?:({CANARY.title()})|{CANARY})(.)")
_CODE: Final = re.compile(r"(```.*?(?:```|$)|`[^`\n]*`|https?://\S+)", re.DOTALL)


def marked(text: str) -> str:
    """The text with the mark before each word that means nothing to the bot.

    A word keeps its place, its first letter's case and its ending, and the same word always gets
    the same, so the bot understands and finds the text as it did before.
    """
    parts = _CODE.split(text)  # every other one is code
    parts[::2] = [_WORD.sub(_marked_word, part) for part in parts[::2]]
    return "".join(parts)


def unmarked(value: Any) -> Any:
    """Text, or JSON with texts in it, without the marks."""
    if isinstance(value, str):
        return _MARKED.sub(lambda found: found[2].upper() if found[1] else found[2], value)
    if isinstance(value, list):
        return [unmarked(each) for each in value]
    if isinstance(value, dict):
        return {unmarked(key): unmarked(each) for key, each in value.items()}
    return value


def _marked_word(word: re.Match[str]) -> str:
    if word[0].lower() in _vocabulary() or word[0].lower().startswith(CANARY):
        return word[0]
    mark = CANARY.title() if word[0][0].isupper() else CANARY
    return f"{mark}{word[0].lower()}"


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Every word that the bot could be looking for, and every name."""
    names = [*PEOPLE, *(name for _, name, *_ in CHANNELS), *(handle for _, handle, *_ in GROUPS)]
    words = set(_LETTERS.findall(str(names).lower()))
    for path in _BOT.rglob("*.py"):
        has_patterns = "core" not in path.parts or "re.compile" in path.read_text()
        if {"rules", "core"} & {path.stem, *path.parts} and has_patterns:
            words.update(_words(path, looks=True))
        elif path.stem in _VERBS or "listeners" in path.parts:
            words.update(_words(path, looks=False))
    return frozenset(words)


def _words(path: Path, *, looks: bool) -> Iterator[str]:
    """The words in a module's literals; where it `looks` for some, in its patterns, too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            is_pattern = looks and (_PATTERN.search(node.value) or len(node.value) < _PHRASE)
            if " " not in node.value or is_pattern:
                yield from _LETTERS.findall(node.value.lower())
