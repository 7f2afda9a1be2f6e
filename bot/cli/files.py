"""Files that appear whole or not at all, and sentences for what cannot be written."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from bot.core.errors import FileUnwritable


@contextmanager
def whole(path: Path) -> Iterator[TextIO]:
    """A file to write, which takes the place of the one at `path` at the end.

    Raises FileUnwritable. What is no plain file, a device or a pipe, is written as it is.
    """
    path = path.resolve()
    is_special = path.exists() and not path.is_file()
    partial = path if is_special else path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with _sentences(str(path)):
            with partial.open("w", encoding="utf-8", newline="\n") as file:
                yield file
            if not is_special:
                partial.replace(path)
    finally:
        if not is_special:
            partial.unlink(missing_ok=True)


@contextmanager
def stdout() -> Iterator[TextIO]:
    """The standard output. Raises FileUnwritable."""
    with _sentences("the standard output"):
        yield sys.stdout
        sys.stdout.flush()


@contextmanager
def _sentences(name: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise  # nobody reads any more, which is no failure
    except OSError as error:
        raise FileUnwritable(f"({name}: {error.strerror})") from None
