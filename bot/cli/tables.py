"""Columns of text."""

from collections.abc import Iterable, Sequence


def aligned(table: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table: its first column to the left, the others to the right."""
    widths = _widths(table)
    return [
        _line([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]) for line in table
    ]


def listed(table: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table, every column to the left."""
    widths = _widths(table)
    return [_line(map(str.ljust, line, widths)) for line in table]


def _widths(table: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(len, column)) for column in zip(*table, strict=True)]


def _line(cells: Iterable[str]) -> str:
    return "  ".join(cells).rstrip()
