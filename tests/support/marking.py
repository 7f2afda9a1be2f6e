"""Marks what is typed in one workspace, so that it is known wherever it turns up."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from bot.playground.cast import CHANNELS, GROUPS, PEOPLE

CANARY: Final = "zqj"
_BOT: Final = Path(__file__).parents[2] / "bot"
_VERBS: Final = frozenset({"__init__", "listeners", "modals"})
_PATTERN: Final = re.compile(r"[\\|()\[\]?*]{2}|\|")
_PHRASE: Final = 30
_LETTERS: Final = re.compile(r"[a-z]+")
_WORD: Final = re.compile(r"(?<![\w@#/:.<|`=-])[a-z]{4,}(?![\w@/:.=|>`-]*[@/:=|>`-])(?!\w)")
_CODE: Final = re.compile(r"```.*?(?:```|$)|`[^`\n]*`|https?://\S+|^>.*$", re.DOTALL | re.MULTILINE)


def marked(text: str) -> str:
    """The text with the mark on its first word that means nothing to the bot, if there is one.

    A word keeps its place and stays a word, so the bot understands the text as it did before.
    """
    code = [found.span() for found in _CODE.finditer(text)]
    for word in _WORD.finditer(text):
        is_prose = not any(start <= word.start() < end for start, end in code)
        if is_prose and word[0] not in _vocabulary():
            return f"{text[: word.end()]}{CANARY}{text[word.end() :]}"
    return text


def unmarked(value: Any) -> Any:
    """Text, or JSON with texts in it, without the marks."""
    if isinstance(value, str):
        return value.replace(CANARY, "")
    if isinstance(value, list):
        return [unmarked(each) for each in value]
    if isinstance(value, dict):
        return {unmarked(key): unmarked(each) for key, each in value.items()}
    return value


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
