"""What somebody writes at the end of a day: lines and what they stand for, pages, what is kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Final, TypeAlias
from uuid import UUID

from bot.core.blocks import MAX_INPUT
from bot.core.ids import known_id
from bot.core.render import clean, shorten
from bot.features.handoffs.rules.items import Item
from bot.features.handoffs.rules.lines import bare

Data: TypeAlias = dict[str, Any]

MOST: Final = 40
"""So many things can be in progress in one hand-off."""
PER_PAGE: Final = 8
NEXT: Final = "next"
KEEP: Final = "keep"
"""To whom an item goes, if to nobody by name: whoever is next in the chain, or its author."""
_CHAIN: Final = "chain "


class Reason(StrEnum):
    """Why somebody writes a hand-off."""

    DAY = "day"
    LEAVE = "leave"
    ASKED = "asked"  # they wanted to, once more or for one person


class Writing(StrEnum):
    """How far a hand-off is."""

    OFFERED = "offered"
    BEGUN = "begun"
    SENT = "sent"
    NOTHING = "nothing"


OVER: Final = frozenset({Writing.SENT, Writing.NOTHING})


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a hand-off, and to whom it goes: `NEXT`, `KEEP`, somebody's id; empty: not said.

    `is_listed`: its line stands in the form. One that was taken out is kept, and comes back with
    its line. `trouble` is why it could not be handed over.
    """

    item: Item
    to: str = ""
    is_listed: bool = True
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """All that stands in a hand-off so far, also what was taken out again."""

    done: tuple[Entry, ...] = ()
    entries: tuple[Entry, ...] = ()
    watch_out: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return not (listed(self.done) or listed(self.entries) or clean(self.watch_out).strip())


def listed(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Those whose lines stand in the form."""
    return tuple(each for each in entries if each.is_listed)


def lines_of(entries: Sequence[Entry]) -> str:
    """A line for each that is listed; all of them fit into one field."""
    return "\n".join(filter(None, _lines(listed(entries))))


def entries_from(text: str, known: Sequence[Entry]) -> tuple[Entry, ...]:
    """What the lines of a field stand for, in their order, and what was taken out.

    A line that stands for something known keeps what is known of it, whatever its bullet, case and
    blanks. The same words twice are one, unless two such things were known.
    """
    by_line: dict[str, list[Entry]] = {}
    in_form = listed(known)
    for each, line in zip(in_form, _lines(in_form), strict=True):
        by_line.setdefault(_key(line), []).append(each)
    for each in known:
        if not each.is_listed:
            by_line.setdefault(_key(each.item.what), []).append(each)
    found: list[Entry] = []
    seen: set[str] = set()
    for line in text.splitlines():
        key = _key(line)
        if not key:
            continue
        if by_line.get(key):
            found.append(replace(by_line[key].pop(0), is_listed=True))
        elif key not in seen:
            found.append(Entry(Item(bare(line))))
        seen.add(key)
    rest = [replace(each, is_listed=False) for each in known if not _is_in(each, found)]
    return (*found, *rest)


def pages_of(entries: Sequence[Entry]) -> int:
    """How many pages of questions about single items there are."""
    return -(-len(listed(entries)) // PER_PAGE)


def on_page(entries: Sequence[Entry], page: int) -> tuple[Entry, ...]:
    """The items of a page; the first is 0."""
    return listed(entries)[page * PER_PAGE : (page + 1) * PER_PAGE]


def with_page(entries: Sequence[Entry], page: int, answered: Sequence[Entry]) -> tuple[Entry, ...]:
    """All entries, with what was said on a page about those on it."""
    shown = listed(entries)
    start = page * PER_PAGE
    rest = tuple(each for each in entries if not each.is_listed)
    return (*shown[:start], *answered, *shown[start + len(answered) :], *rest)


def as_data(written: Written) -> Data:
    """As plain data."""
    return {
        "done": [_entry_data(each) for each in written.done],
        "entries": [_entry_data(each) for each in written.entries],
        "watch_out": written.watch_out,
    }


def from_data(data: Mapping[str, Any]) -> Written:
    """From plain data; nothing was written if it is empty."""
    return Written(
        tuple(map(_entry, data.get("done", ()))),
        tuple(map(_entry, data.get("entries", ()))),
        data.get("watch_out", ""),
    )


def links_in(text: str) -> tuple[str, ...]:
    """The web addresses that somebody put into a field, each once."""
    words = text.split()
    return tuple(dict.fromkeys(each for each in words if re.match(r"https?://\S", each)))


def no_links_in(text: str) -> tuple[str, ...]:
    """What else they put there."""
    return tuple(each for each in text.split() if not re.match(r"https?://\S", each))


def of_chain(chain_id: UUID) -> str:
    """What an entry says that goes to whoever is next in this chain."""
    return f"{_CHAIN}{chain_id}"


def chain_of(to: str) -> UUID | None:
    """The chain that an entry names by what it says; None: it names none."""
    return known_id(to.removeprefix(_CHAIN)) if to.startswith(_CHAIN) else None


def _lines(entries: Sequence[Entry]) -> list[str]:
    """Each as one line, so long that all of them fit into one field."""
    room = MAX_INPUT // max(1, len(entries)) - 1
    return [shorten(bare(each.item.what), room) for each in entries]


def _key(line: str) -> str:
    return bare(line).casefold()


def _is_in(entry: Entry, found: Sequence[Entry]) -> bool:
    return any(each.item is entry.item for each in found)


def _entry_data(entry: Entry) -> Data:
    item = {name: value for name, value in asdict(entry.item).items() if value}
    said = {"to": entry.to, "trouble": entry.trouble}
    return {
        "item": item | ({"links": list(entry.item.links)} if entry.item.links else {}),
        "is_listed": entry.is_listed,
        **{name: value for name, value in said.items() if value},
    }


def _entry(data: Mapping[str, Any]) -> Entry:
    item = dict(data["item"])
    links = tuple(item.pop("links", ()))
    told = {name: value for name, value in data.items() if name != "item"}
    return Entry(Item(**item, links=links), **told)
