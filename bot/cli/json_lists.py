"""Reads a long JSON list entry by entry: the memory holds one entry at a time."""

import json
from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import IO, Any, Final, cast

from bot.core.patterns import regex

CHUNK: Final = 1 << 18  # characters
LONGEST_ENTRY: Final = 10_000_000  # characters
_BETWEEN: Final = regex(r"[ \t\r\n,]*")
_SCANNER: Final = json.JSONDecoder()


class NotAList(Exception):
    """What is read is no JSON list of objects; the text says what is wrong."""


def entries(file: IO[bytes]) -> Iterator[dict[str, Any]]:
    """The objects of a list, one after another. Raises NotAList, in the midst of it, too."""
    text = _Text(file)
    if text.next_sign() != "[":
        raise NotAList("it is no JSON list")
    text.at += 1
    while (sign := text.next_sign()) != "]":
        if sign != "{":
            raise NotAList("it ends too early" if not sign else "it is no JSON list of objects")
        yield text.take()


class _Text:
    """The part of a file that was read and not used yet."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decoder = getincrementaldecoder("utf-8-sig")()
        self._text, self.at = "", 0

    def next_sign(self) -> str:
        """The next character that is neither a blank nor a comma; empty at the end."""
        while True:
            gap = _BETWEEN.match(self._text, self.at)
            self.at = gap.end() if gap else self.at
            if self.at < len(self._text):
                return self._text[self.at]
            if not self._read_on():
                return ""

    def take(self) -> dict[str, Any]:
        """The object that begins here; goes on behind it."""
        while True:
            try:
                found, self.at = _SCANNER.raw_decode(self._text, self.at)
                return cast("dict[str, Any]", found)
            except (ValueError, RecursionError):
                rest = len(self._text) - self.at
                if rest > LONGEST_ENTRY or not self._read_on():
                    raise NotAList("it is not JSON") from None

    def _read_on(self) -> bool:
        rest = self._text[self.at :]
        piece = self._file.read(max(CHUNK, len(rest)))
        try:
            more = self._decoder.decode(piece, final=not piece)
        except UnicodeDecodeError:
            raise NotAList("it is not UTF-8") from None
        self._text, self.at = rest + more, 0
        return bool(piece)
