"""What a model drew from a day's messages, as things of a hand-off.

It gets one channel at a time, without names, and its lines are checked before they come here. They
are kept with the people's aliases: names are put in when they are shown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, TypeAlias

from bot.core.drafting import ALIAS, Draft, DraftLine, Material, Said, Wanted, material_of
from bot.core.quotations import SOMEBODY
from bot.features.handoffs.rules.items import Item
from bot.features.handoffs.rules.prefilling import MESSAGE

Data: TypeAlias = dict[str, Any]

PROMPT: Final = "handoffs/day"
DONE: Final = "done"
IN_PROGRESS: Final = "in_progress"
WATCH_OUT: Final = "watch_out"
DETAILS: Final = ("why", "next_step", WATCH_OUT)
"""The kinds of lines that go into the part of an item that is called so."""
WANTED: Final = Wanted((DONE, IN_PROGRESS, *DETAILS), stands_in=False)
LONGEST: Final = 80
"""Messages of a channel that a model gets: the newest."""
CHANNELS: Final = 5
"""So many channels a model reads for one hand-off: those in which most was written."""
_OWN: Final = frozenset({DONE, IN_PROGRESS, "next_step"})
"""Of these only somebody's own words tell."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A message that a line rests on, as it was when it was read; the thread it stands in."""

    ts: str
    rev: str
    root_ts: str
    author_id: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line that a model drew, with aliases in it."""

    kind: str
    text: str
    channel_id: str
    cited: tuple[Cited, ...]
    people: Mapping[str, str]

    @property
    def root(self) -> tuple[str, str]:
        """The thread it is about."""
        return self.channel_id, self.cited[0].root_ts


@dataclass(frozen=True, slots=True)
class Fuller:
    """What a model found: what is done, what is in progress, and what to watch out for."""

    done: tuple[Item, ...] = ()
    items: tuple[Item, ...] = ()
    watch_out: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it found nothing."""
        return not (self.done or self.items or self.watch_out)


def material(said: Sequence[Said]) -> Material:
    """What was said in one channel for a model, the oldest message first."""
    return material_of(said[-LONGEST:])


def drawn(draft: Draft, given: Material, author_id: str, roots: Mapping[str, str]) -> list[Drawn]:
    """The lines of a channel's draft that are about its author's own work.

    `roots` tells the thread of each message, by their `ts`. A plain draft has none.
    """
    if draft.is_plain:
        return []
    by_id = {each.id: each for each in given.sources}
    found: list[Drawn] = []
    for line in draft.lines:
        sources = [by_id[each] for each in line.source_ids]
        if line.kind in _OWN and sources[0].author_id != author_id:
            continue
        cited = tuple(
            Cited(each.place.ts, each.rev, roots[each.place.ts], each.author_id) for each in sources
        )
        place = sources[0].place.channel_id
        found.append(Drawn(line.kind, line.text, place, cited, _people(line, given)))
    return found


def as_data(lines: Sequence[Drawn]) -> list[Data]:
    """As plain data."""
    return [asdict(each) for each in lines]


def from_data(data: Sequence[Mapping[str, Any]]) -> list[Drawn]:
    """From plain data."""
    return [
        Drawn(**{**each, "cited": tuple(Cited(**cited) for cited in each["cited"])})
        for each in data
    ]


def named(line: Drawn, names: Mapping[str, str], author_id: str) -> str:
    """A line with names in it; who is not among them is not named, its author is "I"."""

    def name(alias: str) -> str:
        person = line.people.get(alias)
        if person is None:
            return alias
        return "I" if person == author_id else names.get(person, SOMEBODY)

    return ALIAS.sub(lambda found: name(found[0]), line.text)


def fuller(
    lines: Sequence[Drawn], shown: Callable[[Drawn], str], link: Callable[[Drawn, Cited], str]
) -> Fuller:
    """What the lines come to; `shown` puts names in, and `link` tells where a message stands.

    What belongs to no item of its thread is something to watch out for, or left out.
    """
    done: list[Item] = []
    items: list[Item] = []
    latest: dict[tuple[str, str], int] = {}
    watch_out: list[str] = []
    for each in lines:
        at = latest.get(each.root)
        if each.kind == DONE:
            done.append(_item(each, shown, link))
            latest.pop(each.root, None)  # what follows is about that
        elif each.kind == IN_PROGRESS:
            latest[each.root] = len(items)
            items.append(_item(each, shown, link))
        elif each.kind in DETAILS and at is not None:
            items[at] = _with_detail(items[at], each.kind, shown(each))
        elif each.kind == WATCH_OUT:
            watch_out.append(shown(each))
    return Fuller(tuple(done), tuple(items), "\n".join(watch_out))


def completed(known: Item, found: Fuller) -> Item:
    """An item with what a model found about it where nobody said anything."""
    about = [each for each in found.items if known.source and each.source == known.source]
    for each in about:
        known = replace(
            known,
            why=known.why or each.why,
            next_step=known.next_step or each.next_step,
            watch_out=known.watch_out or each.watch_out,
        )
    return known


def beside(found: Fuller, done: Sequence[Item], items: Sequence[Item]) -> Fuller:
    """What of it is new beside what is known to be done and in progress."""
    words = {_key(each) for each in (*done, *items)}
    sources = {each.source for each in (*done, *items)}

    def new(some: Sequence[Item]) -> tuple[Item, ...]:
        return tuple(e for e in some if _key(e) not in words and e.source not in sources)

    return Fuller(new(found.done), new(found.items), found.watch_out)


def _people(line: DraftLine, given: Material) -> dict[str, str]:
    """Who is meant by the aliases in a line."""
    aliases = set(ALIAS.findall(line.text))
    return {alias: user_id for alias, user_id in given.people.items() if alias in aliases}


def _item(line: Drawn, shown: Callable[[Drawn], str], link: Callable[[Drawn, Cited], str]) -> Item:
    channel_id, root_ts = line.root
    links = tuple(dict.fromkeys(link(line, each) for each in line.cited))
    ts = line.cited[0].ts if line.kind == DONE else root_ts
    return Item(shown(line), links=links, source=f"{MESSAGE}{channel_id}|{ts}")


def _with_detail(item: Item, name: str, words: str) -> Item:
    more: dict[str, Any] = {name: f"{getattr(item, name)} {words}".lstrip()}
    return replace(item, **more)


def _key(item: Item) -> str:
    return " ".join(item.what.casefold().split())
