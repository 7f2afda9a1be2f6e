"""People's words in markdown: no word of theirs is markup or HTML, and they are read back exactly.

What could begin markup stands behind a backslash; `<`, `>`, `&`, blanks at the edges of a line and
characters that nobody sees are numeric references (CommonMark 2.4, 2.5).
"""

import re
from typing import Final

from bot.core.patterns import regex

_MARKUP: Final = regex(r"[\\`*_\[\]~|#$@]")
_BEGINS: Final = regex(r"[-+=:]|\d+(?=[.)])")
_REFERENCE: Final = regex(r"&#(\d{1,7});|\\([!-/:-@\[-`{-~])")
_UNSEEN: Final = regex(
    "[\x00-\x1f\x7f-\x9f\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064"
    "\u2066-\u206f\u3000\ufeff\ufff9-\ufffb\ufffe\uffff<>&]"
)


def escape(line: str) -> str:
    """One line as markdown that shows just this text; a line break in it is a reference."""
    body = line.strip(" ")
    if not body:
        return "&#32;" * len(line)
    left, right = line.index(body[0]), len(line) - len(line.rstrip(" "))
    begins = _BEGINS.match(body)
    at = (begins.end() if begins[0].isdigit() else 0) if begins else -1
    told = _escaped(body) if at < 0 else f"{_escaped(body[:at])}\\{_escaped(body[at:])}"
    return "&#32;" * left + told + "&#32;" * right


def unescape(markdown: str) -> str:
    """The text that `escape` was given."""
    return _REFERENCE.sub(lambda found: found[2] or _character(int(found[1])), markdown)


def escape_lines(text: str) -> str:
    """A text as markdown that keeps its lines and paragraphs."""
    body = text.strip("\n")
    if not body:
        return "&#10;" * len(text)
    left, right = text.index(body[0]), len(text) - len(text.rstrip("\n"))
    lines = [escape(line) for line in body.split("\n")]
    following = [*lines[1:], ""]
    broken = [f"{line}\\" if line and after else line for line, after in zip(lines, following)]  # noqa: B905 - as many
    return "&#10;" * left + "\n".join(broken) + "&#10;" * right


def unescape_lines(markdown: str) -> str:
    """The text that `escape_lines` was given."""
    return "\n".join(unescape(_without_break(line)) for line in markdown.split("\n"))


def _without_break(line: str) -> str:
    """A line without the backslash that breaks it; those that are text come in twos."""
    ends = len(line) - len(line.rstrip("\\"))
    return line[:-1] if ends % 2 else line


def _escaped(text: str) -> str:
    text = _MARKUP.sub(r"\\\g<0>", text).replace("://", ":\\/\\/")
    text = re.sub(r"(?i)\bwww\.", lambda found: f"{found[0][:-1]}\\.", text)
    return _UNSEEN.sub(lambda found: f"&#{ord(found[0])};", text)


def _character(code: int) -> str:
    is_one = code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 - Unicode's own
    return chr(code) if is_one else "\ufffd"
