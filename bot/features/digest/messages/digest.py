"""The digest itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.core.agreement.switches import off_button
from bot.core.blocks import (
    MAX_MESSAGE_BLOCKS,
    MAX_TEXT,
    Block,
    Message,
    actions,
    context,
    header,
)
from bot.core.digests import DigestSection, Part
from bot.core.locales import clock, day, moment
from bot.core.people import Person
from bot.core.render import Mrkdwn, join, mrkdwn
from bot.core.visibility import held_back
from bot.features.digest.messages import fitting, opinions
from bot.features.digest.messages import since as words
from bot.features.digest.rules.coverage import Coverage
from bot.features.digest.rules.mornings import Beginning
from bot.features.digest.rules.settings import WANTED

PLAIN: Final = "Plain digest, no AI used"
DRAFTED: Final = "Drafted with AI from the linked messages"
MAX_BLOCKS: Final = MAX_MESSAGE_BLOCKS - 2
MAX_CHARACTERS: Final = 12_000
"""Slack refuses messages whose blocks hold more than about 13,000."""
MOST_GAPS: Final = 5
"""So many lines say what was not read."""
_ROOM: Final = 250  # for what the first digest says besides, and for how much is left out

_COUNTED: Final[Mapping[Part, tuple[str, str]]] = {
    Part.WAITS: ("*1 waits for you*", "*{count} wait for you*"),
    Part.HANDOFFS: ("1 hand-off", "{count} hand-offs"),
    Part.CLOSING: ("1 closes soon", "{count} close soon"),
    Part.PAGES: ("1 page", "{count} pages"),
    Part.DECISIONS: ("1 decision", "{count} decisions"),
    Part.ANSWERED: ("news on 1 of yours", "news on {count} of yours"),
    Part.HAPPENED: ("talk in 1 channel", "talk in {count} channels"),
}


def digest(
    person: Person,
    parts: Sequence[DigestSection],
    *,
    now: datetime,
    since: datetime,
    coverage: Coverage,
    beginning: Beginning = Beginning.UNNAMED,
    prompt: str = "",
    late: bool = False,
) -> Message:
    """The digest, its parts in this order; times are the reader's own.

    `beginning` is what was at `since`. `prompt` is what its worded lines come from; empty: it is
    plain. `late`: it says as of when it is. What is too much for a message is cut from the end by
    whole lines, and counted; what stands below them stays.
    """
    greeting = f"{_greeting(now)}, {person.name} · {day(now, person.locale)}"
    summary = _summary(parts, coverage, as_of=clock(now, person.locale) if late else "")
    read_since = words.since(moment(since, person.locale), beginning)
    notes = _small_print(parts, coverage, read_since, is_drafted=bool(prompt))
    below = [*map(context, notes), actions(opinions.elements(now.date(), prompt))]
    above = [header(greeting), *map(context, summary)]
    heads = [mrkdwn("{greeting}", greeting=greeting), *summary]
    room = MAX_TEXT - _ROOM - len(join("\n\n", [*heads, *notes]))
    seen = fitting.fit(parts, lambda each: _fits(fitting.as_blocks(each), len(above) + len(below)))
    read = fitting.fit(parts, lambda each: len(fitting.as_text(each)) <= room)
    return Message(
        join("\n\n", [*heads, fitting.as_text(read.parts), *_left_out(read.left_out), *notes]),
        [*above, *fitting.as_blocks(seen.parts), *map(context, _left_out(seen.left_out)), *below],
        frozenset(place for each in parts for place in each.about),
        besides=frozenset(
            line.channel_id for each in parts for line in each.lines if line.channel_id
        ),
    )


def with_way_out(digest: Message) -> Message:
    """The first digest says how to stop them."""
    why = mrkdwn(
        "This is your first digest. `/digest` says when it comes; your settings change it."
    )
    off = actions([off_button(WANTED, "No more digests")])
    text = join("\n\n", [digest.text, why])
    return replace(digest, text=text, blocks=[*digest.blocks, context(why), off])


def _greeting(now: datetime) -> str:
    if now.hour < 12:  # noqa: PLR2004 - noon
        return "Good morning"
    return "Good afternoon" if now.hour < 18 else "Good evening"  # noqa: PLR2004 - the evening


def _summary(parts: Sequence[DigestSection], coverage: Coverage, *, as_of: str) -> list[Mrkdwn]:
    """What is in it, in one short line, if one can tell."""
    counted = [each for each in parts if each.is_counted]
    counts = {part: sum(each.count for each in counted if each.part is part) for part in Part}
    counts[Part.HAPPENED] = coverage.told
    told = [
        mrkdwn(one if counts[part] == 1 else several, count=counts[part])
        for part, (one, several) in _COUNTED.items()
        if counts[part]
    ]
    waits = [each for each in counted if each.part in {Part.WAITS, Part.HANDOFFS}]
    is_free = not any(each.count or each.held_back for each in waits)
    late = [mrkdwn("As of {time}", time=as_of)] if as_of else []
    free = [mrkdwn("Nothing waits for you")] if is_free else []
    line = join(" · ", [*late, *free, *told])
    return [line] if line else []


def _small_print(
    parts: Sequence[DigestSection], coverage: Coverage, since: str, *, is_drafted: bool
) -> list[Mrkdwn]:
    """What was held back, what the digest was made from, and how."""
    withheld = sum(part.held_back for part in parts) + coverage.withheld
    messages = "1 message" if coverage.messages == 1 else f"{coverage.messages} messages"
    channels = "1 channel" if coverage.channels == 1 else f"{coverage.channels} channels"
    read = f"{messages} in {channels} since" if coverage.messages else "Since"
    made_from = mrkdwn("{read} {since}.", read=read, since=since)
    how = mrkdwn("{how}.", how=DRAFTED if is_drafted else PLAIN)
    gaps = [join(" ", [mrkdwn("Not read:"), gap]) for gap in coverage.gaps[:MOST_GAPS]]
    unnamed = len(coverage.gaps) - len(gaps)
    gaps += [mrkdwn("Not read: the same of {count} more.", count=unnamed)] if unnamed > 0 else []
    footer = join(" ", [made_from, how])
    return [*([held_back(withheld)] if withheld else []), *gaps, footer]


def _left_out(count: int) -> list[Mrkdwn]:
    what = "1 more line does" if count == 1 else f"{count} more lines do"
    return [mrkdwn("{what} not fit here.", what=what)] if count else []


def _fits(blocks: Sequence[Block], besides: int) -> bool:
    """Whether they fit into a message in which so many other blocks stand."""
    characters = sum(len(each["text"]["text"]) for each in blocks if "text" in each)
    is_short = characters <= MAX_CHARACTERS
    return is_short and len(blocks) + besides + 1 <= MAX_BLOCKS
