"""The questions about one item, and what somebody answered."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.core.blocks import Block, Options, choice_input, person_input, select, text_input
from bot.core.events import FormSubmitted
from bot.core.render import clean
from bot.features.handoffs.messages import notes, refusals
from bot.features.handoffs.rules.items import Item
from bot.features.handoffs.rules.notes import KEEP, NEXT, Entry, links_in, no_links_in

TO: Final = "to"
SOMEBODY: Final = "somebody"
PROGRESS: Final = "progress"
WHY: Final = "why"
NEXT_STEP: Final = "next_step"
WATCH_OUT: Final = "watch_out"
LINKS: Final = "links"
BLOCKED_BY: Final = "blocked_by"
BLOCKED_ON: Final = "blocked_on"

LENGTH: Final = 1_000
_LABELS: Final[Mapping[str, str]] = {
    PROGRESS: "How far is it?",
    WHY: "What changed, and why?",
    NEXT_STEP: "Next step",
    WATCH_OUT: "Watch out for",
}


def to_whom(number: int, entry: Entry, choices: Options) -> list[Block]:
    """Who carries an item on: a choice, and a field for anybody else, which counts more.

    What waits for somebody stays with its author unless they say otherwise: the answer comes to
    them.
    """
    named = entry.to if entry.to not in choices and entry.to not in {NEXT, KEEP} else ""
    usual = KEEP if entry.item.blocked_by else next(iter(choices), KEEP)
    chosen = entry.to if entry.to in choices else usual
    return [
        choice_input(
            _label(number, "Who carries it on?"), select(_name(TO, number), choices, initial=chosen)
        ),
        person_input(
            _name(SOMEBODY, number),
            _label(number, "Or somebody else"),
            initial=named or None,
            optional=True,
        ),
    ]


def about(number: int, item: Item) -> list[Block]:
    """What whoever carries an item on has to know; all of it may stay empty."""
    written = {
        PROGRESS: item.progress,
        WHY: item.why,
        NEXT_STEP: item.next_step,
        WATCH_OUT: item.watch_out,
    }
    words = [_words(name, label, number, written[name]) for name, label in _LABELS.items()]
    return [
        *words,
        _words(LINKS, "Links", number, "\n".join(item.links)),
        person_input(
            _name(BLOCKED_BY, number),
            _label(number, "Whom does it wait for?"),
            initial=item.blocked_by or None,
            optional=True,
        ),
        _words(BLOCKED_ON, "What for?", number, item.blocked_on),
    ]


def read(event: FormSubmitted, number: int, entry: Entry) -> Entry:
    """An item with what was answered about it."""

    def words(name: str) -> str:
        return event.values.get(_name(name, number), "").strip()

    blocked_by = words(BLOCKED_BY)
    item = replace(
        entry.item,
        progress=words(PROGRESS),
        why=words(WHY),
        next_step=words(NEXT_STEP),
        watch_out=words(WATCH_OUT),
        links=links_in(words(LINKS)),
        blocked_by=blocked_by,
        blocked_on=words(BLOCKED_ON),
        asked=entry.item.asked if blocked_by == entry.item.blocked_by else "",
    )
    to = words(SOMEBODY) or words(TO) or entry.to
    return replace(entry, item=item, to=to, trouble="")


def mistakes(event: FormSubmitted, number: int, author_id: str) -> dict[str, str]:
    """A sentence for each field about an item that cannot stay as it is."""
    values = {name: event.values.get(_name(name, number), "") for name in _ALL}
    found = {}
    if values[SOMEBODY] == author_id:
        found[SOMEBODY] = refusals.YOURSELF
    if no_links_in(values[LINKS]):
        found[LINKS] = notes.NOT_A_LINK
    if values[BLOCKED_BY] == author_id:
        found[BLOCKED_BY] = refusals.YOURSELF_WAITED_FOR
    elif values[BLOCKED_BY] and not clean(values[BLOCKED_ON]).strip():
        found[BLOCKED_ON] = refusals.NO_WHAT_FOR
    elif values[BLOCKED_ON].strip() and not values[BLOCKED_BY]:
        found[BLOCKED_ON] = refusals.NOBODY_PICKED
    return {_name(name, number): sentence for name, sentence in found.items()}


def somebody(number: int) -> str:
    """The field that names anybody else for an item."""
    return _name(SOMEBODY, number)


_ALL: Final = (SOMEBODY, LINKS, BLOCKED_BY, BLOCKED_ON)


def _words(name: str, label: str, number: int, initial: str) -> Block:
    return text_input(
        _name(name, number),
        _label(number, label),
        initial=initial,
        optional=True,
        multiline=True,
        max_length=LENGTH,
    )


def _name(name: str, number: int) -> str:
    """A field of its own for each item: Slack keeps what was typed where a name stays the same."""
    return f"{name}_{number}"


def _label(number: int, label: str) -> str:
    return f"{number} · {label}" if number else label
