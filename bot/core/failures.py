"""How an error is told to operators: its class, its code, and where it happened.

Never by its text: vendors put responses, parameters and what people typed into theirs.
"""

from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb
from types import CodeType
from typing import Final

from bot.core.errors import BatonError
from bot.core.patterns import regex

MOST_FRAMES: Final = 30
_CODES: Final = ("code", "sqlstate", "sqlite_errorname", "status_code", "errno")
_ONE_WORD: Final = regex(r"[A-Za-z0-9_.-]{1,60}")
_OUR_WORDS: Final = regex(r"[A-Za-z0-9_. -]{1,60}")
_ROOT: Final = Path(__file__).parents[2]
_PACKAGES: Final = "site-packages/"


def named(error: BaseException) -> str:
    """An error in a few words: `SlackRefused (channel_not_found)`."""
    code = _code(error)
    return f"{type(error).__name__} ({code})" if code else type(error).__name__


def traced(error: BaseException) -> str:
    """An error, what led to it, and the lines of code on the way, without any values."""
    return "\ncaused by ".join(
        "\n".join([named(each), *(f"  {place}" for place in _places(each))])
        for each in _chain(error)
    )


def _code(error: BaseException) -> str:
    shape = _OUR_WORDS if isinstance(error, BatonError) else _ONE_WORD
    for name in _CODES:
        found = getattr(error, name, None)
        if isinstance(found, int) or (isinstance(found, str) and shape.fullmatch(found)):
            return str(found)
    return ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, then what it comes from; of a group, each of its errors."""
    waiting, seen = [error], set[int]()
    while waiting:
        each = waiting.pop(0)
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += getattr(each, "exceptions", ())
        cause = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
        if cause:
            waiting.append(cause)


def _places(error: BaseException) -> list[str]:
    frames = [(frame.f_code, line) for frame, line in walk_tb(error.__traceback__)]
    return [f"{_file(code)}:{line} {code.co_name}" for code, line in frames[-MOST_FRAMES:]]


def _file(code: CodeType) -> str:
    """A path that is the same on every machine."""
    if _PACKAGES in code.co_filename:
        return code.co_filename.rpartition(_PACKAGES)[2]
    path = Path(code.co_filename)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name
