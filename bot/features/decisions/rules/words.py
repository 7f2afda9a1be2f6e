"""How texts become the words that decisions are found by: here alone, for both databases."""

from typing import Final
from unicodedata import combining, normalize

from bot.core.patterns import regex

WORD_LENGTH: Final = 64
BEGUN_FROM: Final = 3
"""Words of fewer characters have to stand there as they are; longer ones may also begin one."""

_WORD: Final = regex(r"[^\W_]+")
_NAMED: Final = regex(r"d\d+")
_NAME: Final = regex(r"(?<![^\W_])d-(\d{1,9})(?![^\W_])")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, each once, as they are kept and asked for.

    Compatibility forms, case and accents make no difference (NFKD, casefold); `D-17` is one word.
    """
    folded = _NAME.sub(r"d\1", _folded(text))
    return tuple(dict.fromkeys(word[:WORD_LENGTH] for word in _WORD.findall(folded)))


def may_begin(word: str) -> bool:
    """Whether a word that is asked for also finds those that begin with it: D-1 is not D-17."""
    return len(word) >= BEGUN_FROM and not _NAMED.fullmatch(word)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    taken_apart = normalize("NFKD", normalize("NFKD", text).casefold())
    return normalize("NFC", "".join(char for char in taken_apart if not combining(char)))
