"""Which sections of a board are shown, and which of their rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.core.boards import FEW, BoardPart, BoardSection
from bot.core.events import MessageNotSent

ON_A_PAGE: Final = 15
COUNTED: Final = (BoardPart.WAITS, BoardPart.WAITING, BoardPart.PROPOSALS)
_BY: Final = "|"


@dataclass(frozen=True, slots=True)
class Place:
    """What of a board is open: a page of a section, from 1 on; without a section its front."""

    section: str = ""
    page: int = 1


FRONT: Final = Place()


def is_board(event: MessageNotSent) -> bool:
    """Whether what was not sent is somebody's board."""
    return event.key.startswith("home:") and not event.key.startswith("home:help:")


def written(place: Place) -> str:
    """A place as a button holds it."""
    return f"{place.section}{_BY}{place.page}" if place.section else ""


def read(text: str) -> Place:
    """The place that a button holds; what is none is the front."""
    name, _, page = text.rpartition(_BY)
    return Place(name, int(page)) if name and page.isdecimal() else FRONT


def find(sections: Sequence[BoardSection], place: Place) -> BoardSection | None:
    """The section that is open; None: the front is, also if the section is empty by now."""
    return next((each for each in sections if each.name == place.section and each.rows), None)


def pages(section: BoardSection) -> int:
    """How many pages a section has; at least one."""
    return max(-(-len(section.rows) // ON_A_PAGE), 1)


def still_there(sections: Sequence[BoardSection], place: Place) -> Place:
    """The place, or the nearest one that exists: the last page, or the front."""
    section = find(sections, place)
    if section is None:
        return FRONT
    return Place(section.name, min(max(place.page, 1), pages(section)))


def by_part(sections: Sequence[BoardSection]) -> dict[BoardPart, list[BoardSection]]:
    """The sections that have something to show, part by part and in order.

    Where all of a part is empty, the first section says so that has words for it.
    """
    found: dict[BoardPart, list[BoardSection]] = {}
    for part in BoardPart:
        of_part = [each for each in sections if each.part is part]
        shown = [each for each in of_part if each.rows or each.notes or each.elements]
        if any(each.rows for each in of_part):
            shown = [replace(each, empty=None) for each in shown]
        else:
            silent = (each for each in of_part if each.empty is not None)
            first = next(silent, None)
            shown = [each for each in of_part if each in shown or each is first]
        if shown:
            found[part] = shown
    return found


def count(sections: Sequence[BoardSection], part: BoardPart) -> int:
    """How many things there are in a part."""
    return sum(len(each.rows) for each in sections if each.part is part and each.is_counted)


def is_empty(sections: Sequence[BoardSection]) -> bool:
    """Whether nobody waits for anything here."""
    return not any(count(sections, part) for part in COUNTED)


def is_clear(sections: Sequence[BoardSection]) -> bool:
    """Whether that is sure: nothing is held back that may wait, and nothing goes out later."""
    of_parts = [each for each in sections if each.part in COUNTED]
    return not any(each.rows or each.notes for each in of_parts)


def is_cut(section: BoardSection, most: int = FEW) -> bool:
    """Whether the front has no room for all rows of a section."""
    return len(section.rows) > most
