"""Lays the parts of a digest out, and cuts them to what a message can hold."""

from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.core.blocks import MAX_SECTION, Block, actions, context, cut, divider, section
from bot.core.digests import DigestSection, Line, Part
from bot.core.render import Mrkdwn, join, mrkdwn

MAX_LINE: Final = 1_200
"""A line with more characters is cut before its links."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """The parts that fit, and how many lines of others do not."""

    parts: Sequence[DigestSection]
    left_out: int = 0


def fit(parts: Sequence[DigestSection], fits: Callable[[Sequence[DigestSection]], bool]) -> Fitting:
    """As many lines as fit, from the first on; a part that is cut says how many more it has."""
    count = sum(len(part.lines) for part in parts)
    whole = _first(parts, count)
    if fits(whole.parts):
        return whole
    counts = range(1, count + 1)
    shown = bisect(counts, 0, key=lambda each: int(not fits(_first(parts, each).parts)))
    return _first(parts, shown)


def as_blocks(parts: Sequence[DigestSection]) -> list[Block]:
    """What is seen; a line across stands above what was said."""
    blocks: list[Block] = []
    for part in parts:
        is_talk = part.part is Part.HAPPENED
        if is_talk and blocks and not any(each["type"] == "divider" for each in blocks):
            blocks.append(divider())
        blocks += _blocks(part)
    return blocks


def as_text(parts: Sequence[DigestSection]) -> Mrkdwn:
    """The same for phones and screen readers."""
    return join("\n\n", [join("\n", [_title(part), *_lines(part)]) for part in parts])


def _first(parts: Sequence[DigestSection], count: int) -> Fitting:
    shown: list[DigestSection] = []
    left_out = 0
    for part in parts:
        lines = part.lines[:count]
        count -= len(lines)
        if lines:
            rest = part.rest if len(lines) == len(part.lines) else None
            shown.append(replace(part, lines=lines, more=part.count - len(lines), rest=rest))
        else:
            left_out += part.count
    return Fitting(shown, left_out)


def _blocks(part: DigestSection) -> list[Block]:
    """Lines with a menu stand alone, the others share a paragraph as long as they fit into it."""
    blocks: list[Block] = []
    told, menu = [_title(part)], part.menu
    for line in part.lines:
        shown = _shown(line)
        is_full = len(join("\n", [*told, shown])) > MAX_SECTION
        if told and (line.menu is not None or is_full):
            blocks.append(section(join("\n", told), accessory=menu))
            told, menu = [], None
        if line.menu is not None:
            blocks.append(section(shown, accessory=line.menu))
        else:
            told.append(shown)
    if told:
        blocks.append(section(join("\n", told), accessory=menu))
    if part.more:
        blocks.append(context(_more(part)))
    return [*blocks, *([actions(part.elements)] if part.elements else [])]


def _lines(part: DigestSection) -> list[Mrkdwn]:
    return [*map(_shown, part.lines), *([_more(part)] if part.more else [])]


def _title(part: DigestSection) -> Mrkdwn:
    return join("", [mrkdwn("*"), part.title, mrkdwn("*")])


def _more(part: DigestSection) -> Mrkdwn:
    """How many there are besides, and where."""
    more = mrkdwn("and {count} more", count=part.more)
    return more if part.rest is None else join(" ", [more, part.rest])


def _shown(line: Line) -> Mrkdwn:
    """A line of at most so many characters, which never loses the first of its links."""
    links = line.links
    while len(links) > 1 and len(replace(line, text=Mrkdwn(""), links=links).shown) > MAX_LINE // 2:
        links = links[:-1]
    room = MAX_LINE - len(replace(line, text=Mrkdwn(""), links=links).shown)
    text = Mrkdwn(cut(line.text, max(room, 0)))
    return join(" ", [mrkdwn("•"), replace(line, text=text, links=links).shown])
