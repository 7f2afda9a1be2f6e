"""What somebody's form at the end of a day begins with, made of what is known of their day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.core.days import DayItem, DayKind
from bot.core.patterns import regex
from bot.core.render import shorten
from bot.features.handoffs.rules.items import Item

MOST: Final = 30
"""So many things a form begins with."""
LENGTH: Final = 200
LINKS: Final = 5
_ASK: Final = "ask:"
_WEIGHT: Final = {DayKind.IN_PROGRESS: 0, DayKind.BLOCKED: 1, DayKind.DONE: 2}
"""Of what is told twice, the kind that says more counts."""
LINK: Final = "link:"
MESSAGE: Final = "message:"
"""How the sources begin of a link, and of a message or the thread below it."""
_SENTENCE_END: Final = regex(
    r"(?<=[.!?\u2026\u3002\uff01\uff1f])(?:\s+|(?<=[\u3002\uff01\uff1f]))|\n+"
)


@dataclass(frozen=True, slots=True)
class Prefilled:
    """What a form begins with, each with the links that prove it, the oldest first.

    `left_out` is how many more there are than a form can hold, `held_back` how many could not be
    checked just now, `private` how many are of conversations that its readers cannot see.
    """

    done: tuple[Item, ...] = ()
    items: tuple[Item, ...] = ()
    blocked: tuple[Item, ...] = ()
    left_out: int = 0
    held_back: int = 0
    private: int = 0


def prefilled(found: Iterable[DayItem], *, held_back: int = 0, private: int = 0) -> Prefilled:
    """The things of a day, each once, as the items of a form."""
    once = sorted(_told_once(_merged(found)), key=lambda each: (each.at, each.source))
    kept = _most_telling(once)

    def of(kind: DayKind) -> tuple[Item, ...]:
        return tuple(_item(each) for each in kept if each.kind is kind)

    return Prefilled(
        of(DayKind.DONE),
        of(DayKind.IN_PROGRESS),
        of(DayKind.BLOCKED),
        len(once) - len(kept),
        held_back,
        private,
    )


def shortened(text: str, limit: int = LENGTH) -> str:
    """The whole sentences that fit, on one line; of a first one that is too long, its beginning."""
    text = text.strip()
    if len(" ".join(text.split())) <= limit:
        return shorten(text, limit)
    ends = [each.start() for each in _SENTENCE_END.finditer(text)]
    fits = [end for end in ends if 0 < len(" ".join(text[:end].split())) <= limit]
    return shorten(text[: fits[-1]] if fits else text, limit)


def _merged(found: Iterable[DayItem]) -> list[DayItem]:
    """What names the same source as one, and messages that say the same, wherever they do."""
    known: dict[str, DayItem] = {}
    for each in found:
        before = known.get(each.source)
        known[each.source] = _joined(before, each) if before else each
    by_words: dict[str, DayItem] = {}
    for each in known.values():
        is_said = each.source.startswith(MESSAGE)
        key = f"said:{' '.join(each.what.casefold().split())}" if is_said else each.source
        before = by_words.get(key)
        by_words[key] = _joined(before, each) if before else each
    return list(by_words.values())


def _joined(one: DayItem, other: DayItem) -> DayItem:
    told = max(one, other, key=lambda each: (_WEIGHT[each.kind], each.at))
    links = dict.fromkeys([*told.links, *one.links, *other.links])
    return replace(
        told, links=tuple(links), by=told.by or one.by or other.by, about=one.about | other.about
    )


def _told_once(items: Sequence[DayItem]) -> list[DayItem]:
    """Without what something better known tells, too, e.g. the ask that a message asks."""
    known = [each for each in items if not each.source.startswith((LINK, MESSAGE))]
    told = _places(known)
    links = [each for each in items if each.source.startswith(LINK)]
    known += [each for each in links if not each.about or not each.about <= told]
    told = _places(known)
    messages = [each for each in items if each.source.startswith(MESSAGE)]
    return known + [each for each in messages if told.isdisjoint(each.about)]


def _places(items: Iterable[DayItem]) -> set[tuple[str, str]]:
    return {place for each in items for place in each.about}


def _most_telling(items: Sequence[DayItem]) -> list[DayItem]:
    """At most as many as a form can hold: what goes on before what is done, the newest first."""
    best = sorted(items, key=lambda each: (each.kind is not DayKind.DONE, each.at), reverse=True)
    kept = {each.source for each in best[:MOST]}
    return [each for each in items if each.source in kept]


def _item(each: DayItem) -> Item:
    what = shortened(each.what)
    is_blocked = each.kind is DayKind.BLOCKED
    return Item(
        what,
        links=each.links[:LINKS],
        source=each.source,
        blocked_by=each.by if is_blocked else "",
        blocked_on=what if is_blocked else "",
        asked=each.source.removeprefix(_ASK) if is_blocked and each.source.startswith(_ASK) else "",
    )
