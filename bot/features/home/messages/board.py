"""The board on App Home: its front, and one section alone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.core import boards
from bot.core.blocks import (
    MAX_VIEW_BLOCKS,
    Block,
    Element,
    actions,
    button,
    context,
    divider,
    header,
    section,
)
from bot.core.blocks import home as home_view
from bot.core.boards import FEW, BoardPart, BoardSection
from bot.core.people import Person
from bot.core.render import Mrkdwn, join, mrkdwn
from bot.core.replies import View
from bot.features.home.messages.newcomer import welcome
from bot.features.home.rules import board as rules
from bot.features.home.rules.board import ON_A_PAGE, Place, by_part, is_cut, pages, written

TURN: Final = "home.turn"
YOUR_SETTINGS: Final = "Your settings"
_FEWER: Final = (FEW, 3, 1)
_COUNTS: Final[Mapping[BoardPart, tuple[str, str]]] = {
    BoardPart.WAITS: ("*{count}* waits on you", "*{count}* wait on you"),
    BoardPart.WAITING: ("you wait for *{count}*", "you wait for *{count}*"),
    BoardPart.PROPOSALS: ("*{count}* proposal of yours", "*{count}* proposals of yours"),
}
ALL_CLEAR: Final = "*All clear:* nothing is waiting on you."
_FOOTER: Final = "Only you see this page. `/baton help` tells what I do."


def front(
    person: Person, sections: Sequence[BoardSection], benefits: Sequence[Mrkdwn] = ()
) -> View:
    """All of somebody's board; a newcomer reads the `benefits`, too."""
    most = _FEWER[-1]
    for few in _FEWER:
        blocks = _front(person, sections, benefits, few)
        if len(blocks) <= MAX_VIEW_BLOCKS:
            most = few
            break
    return home_view(_front(person, sections, benefits, most))


def alone(shown: BoardSection, place: Place) -> View:
    """One page of one section."""
    last, start = pages(shown), (place.page - 1) * ON_A_PAGE
    told = mrkdwn("Page {page} of {last}", page=place.page, last=last)
    page = [context(told)] if last > 1 else []
    back = button("Back to the board", TURN)
    turns = []
    if place.page > 1:
        turns.append(_turn("Previous", shown, place.page - 1))
    if place.page < last:
        turns.append(_turn("Next", shown, place.page + 1))
    return home_view(
        [
            header(f"{shown.title} ({len(shown.rows)})"),
            *page,
            actions([back, *turns]),
            *boards.rows(shown, start, ON_A_PAGE),
            *map(context, shown.notes),
            divider(),
            actions([*turns, back, *shown.elements]),
        ]
    )


def no_home() -> View:
    """What a guest, or somebody who was a member, finds there."""
    return home_view([section(mrkdwn("I work with full members of this workspace."))])


def _front(
    person: Person, sections: Sequence[BoardSection], benefits: Sequence[Mrkdwn], most: int
) -> list[Block]:
    parts = by_part(sections)
    settings = parts.pop(BoardPart.SETTINGS, [])
    standing = parts.pop(BoardPart.STANDING, [])
    intro = welcome(benefits) if benefits else []
    first, later = (intro, []) if rules.is_empty(sections) else ([], intro)
    is_clear = not benefits and rules.is_clear(sections)
    if is_clear:
        parts = {part: list(map(_unsaid, shown)) for part, shown in parts.items()}
    drawn = [first, *(_part(shown, most) for shown in parts.values()), later, _settings(settings)]
    clear = [section(Mrkdwn(ALL_CLEAR))] if is_clear else []
    blocks = [header(f"Your board, {person.name}"), *clear, *_counts(sections)]
    blocks += [block for each in standing for block in boards.rows(each)]
    for part in filter(None, drawn):
        blocks += [*part, divider()]
    return [*blocks, context(Mrkdwn(_FOOTER))]


def _unsaid(shown: BoardSection) -> BoardSection:
    """A section that need not say that nothing is in it, since the first line does."""
    return replace(shown, empty=None) if shown.part in rules.COUNTED else shown


def _counts(sections: Sequence[BoardSection]) -> list[Block]:
    told = []
    for part, (one, several) in _COUNTS.items():
        count = rules.count(sections, part)
        if count:
            told.append(mrkdwn(one if count == 1 else several, count=count))
    if not told:
        return []
    line = join(" · ", told)
    return [context(Mrkdwn(line[0].upper() + line[1:]))]


def _part(sections: Sequence[BoardSection], most: int) -> list[Block]:
    """The sections of a part, and what can be done about all of it below them."""
    blocks = [block for each in sections for block in _section(each, most)]
    elements = [element for each in sections for element in each.elements]
    return blocks + ([actions(elements)] if elements else [])


def _section(shown: BoardSection, most: int) -> list[Block]:
    notes = [context(note) for note in shown.notes]
    if not shown.rows:
        if shown.empty is None:
            return notes
        title = [mrkdwn("*{title}*", title=shown.title)] if shown.title else []
        return [section(join("\n", [*title, shown.empty])), *notes]
    every = _turn(f"All {len(shown.rows)}…", shown, 1) if is_cut(shown, most) else None
    head = [boards.heading(shown, accessory=every)] if shown.title or every else []
    return [*head, *boards.rows(shown, most=most), *notes]


def _settings(sections: Sequence[BoardSection]) -> list[Block]:
    """All settings as one paragraph, then what has a button of its own, then all other buttons."""
    rows = [row for each in sections for row in each.rows]
    lines = [row.text for row in rows if row.accessory is None]
    if not sections:
        return []
    told = section(join("\n", [mrkdwn("*{title}*", title=YOUR_SETTINGS), *lines]))
    beside = [section(row.text, accessory=row.accessory) for row in rows if row.accessory]
    elements = [element for each in sections for element in each.elements]
    notes = [note for each in sections for note in each.notes]
    return [
        told,
        *beside,
        *([actions(elements)] if elements else []),
        *([context(join(" ", notes))] if notes else []),
    ]


def _turn(label: str, shown: BoardSection, page: int) -> Element:
    return button(label, TURN, written(Place(shown.name, page)))
