"""Settings of which one is of no use without the others."""

from collections.abc import Iterable, Sequence


def check(given: object, groups: Iterable[Sequence[str]]) -> None:
    """Raises ValueError if only some of a group's fields are filled in."""
    for group in groups:
        there = [name for name in group if getattr(given, name)]
        missing = [name.upper() for name in group if not getattr(given, name)]
        if there and missing:
            raise ValueError(f"{there[0].upper()} needs {' and '.join(missing)}, too")
