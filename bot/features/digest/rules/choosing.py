"""Which conversations a reader is told of, in which words, and in which order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.digests import ThreadKind
from bot.core.drafting import revision
from bot.core.message_store import StoredMessage
from bot.features.digest.rules.slices import Drafted, DraftedLine, by_weight
from bot.features.digest.rules.threads import Thread, by_score, concerns, score
from bot.features.digest.rules.wishes import MOST_SHOWN, Wish

MOST_LOST: Final = 0.4
"""If a larger share of a channel's drafted lines does not hold any more, none is shown."""
SHORTLIST: Final = max(MOST_SHOWN.values())
"""So many conversations of a channel, and those that concern the reader, may have a line."""
_ORDER: Final = (
    ThreadKind.SETTLED,
    ThreadKind.OPEN_QUESTION,
    ThreadKind.DISAGREEMENT,
    ThreadKind.NEW,
    None,
)
_MATTERS: Final = frozenset({ThreadKind.SETTLED, ThreadKind.OPEN_QUESTION, ThreadKind.DISAGREEMENT})
_KINDS: Final = {
    "decision": ThreadKind.SETTLED,
    "blocker": ThreadKind.OPEN_QUESTION,
    "question": ThreadKind.OPEN_QUESTION,
    "update": ThreadKind.NEW,
}
"""What the kinds of drafted lines tell of a conversation."""

Key = tuple[str, str]
Kinds = Mapping[Key, ThreadKind | None]


@dataclass(frozen=True, slots=True)
class Worded:
    """A line of a draft that still holds, and the messages it comes from."""

    line: DraftedLine
    cited: tuple[StoredMessage, ...]

    @property
    def keys(self) -> list[Key]:
        """The conversations that it tells of; the first is the one that is quoted."""
        return list(dict.fromkeys((each.channel_id, each.thread_root) for each in self.cited))


@dataclass(frozen=True, slots=True)
class Wording:
    """What a model worded of a channel; `covered` are the conversations it read to their ends.

    What it left out of them is worth no line, unless it concerns the reader. `going_on` are all
    conversations with something new.
    """

    lines: tuple[Worded, ...] = ()
    going_on: frozenset[Key] = frozenset()
    covered: frozenset[Key] = frozenset()
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A conversation that has a line; literally, if nothing is worded of it."""

    thread: Thread
    kind: ThreadKind | None
    worded: Worded | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a channel is told in lines, and what is only counted."""

    entries: tuple[Entry, ...]
    rest: tuple[Thread, ...]


def wording_of(
    drafted: Drafted | None, threads: Sequence[Thread], older: Mapping[str, StoredMessage]
) -> Wording:
    """What of a draft still holds: each line whose messages are there, as they were.

    `older` are messages from before the conversations' new ones, by `ts`.
    """
    if drafted is None or not drafted.lines:
        return Wording()
    known = {**older, **{each.ts: each for thread in threads for each in thread.said}}
    holding: list[Worded] = []
    lost: set[Key] = set()
    for line in by_weight(drafted.lines):
        live = [known[each.ts] for each in line.sources if each.ts in known]
        if [revision(each.text) for each in live] == [each.rev for each in line.sources]:
            holding.append(Worded(line, tuple(live)))
        else:
            lost.update((each.channel_id, each.thread_root) for each in live)
    if len(drafted.lines) - len(holding) > MOST_LOST * len(drafted.lines):
        return Wording()
    read = {each.key for each in threads if all(map(drafted.tells_of, each.said))}
    going_on = frozenset(each.key for each in threads)
    return Wording(tuple(holding), going_on, frozenset(read - lost), drafted.prompt)


def shortlist(news: Sequence[Thread], reader_id: str) -> list[Thread]:
    """The conversations of a channel that may have a line, what means most first."""
    ranked = by_score(news, reader_id)
    concerning = [each for each in ranked[SHORTLIST:] if concerns(each, reader_id)]
    return [*ranked[:SHORTLIST], *concerning[:SHORTLIST]]


def told_of(news: Sequence[Thread], kinds: Kinds, reader_id: str, wording: Wording) -> list[Entry]:
    """What may be told of a channel: in a model's words where they hold, else literally.

    What concerns the reader comes before what a model chose for everybody.
    """
    by_key = {each.key: each for each in news}
    worded = [
        Entry(by_key[keys[0]], _KINDS.get(each.line.kind), each)
        for each in wording.lines
        if (keys := [key for key in each.keys if key in wording.going_on])
        and all(key in by_key for key in keys)
        and any(said.user_id != reader_id for said in each.cited)
    ]
    done = {key for each in worded if each.worded for key in each.worded.keys}
    literal = [
        Entry(each, kinds.get(each.key))
        for each in shortlist(news, reader_id)
        if each.key not in done and (each.key not in wording.covered or concerns(each, reader_id))
    ]
    if not worded:
        return literal
    first = [each for each in literal if concerns(each.thread, reader_id)]
    return [*first, *worded, *(each for each in literal if each not in first)]


def choose(
    news: Sequence[Thread],
    kinds: Kinds,
    reader_id: str,
    wording: Wording,
    *,
    wish: Wish = Wish.USUAL,
    is_social: bool = False,
    most: int = MOST_SHOWN[Wish.USUAL],
) -> Choice:
    """What of one channel a reader is told in at most so many lines, in the order that helps.

    Of a room for company only what concerns them, unless they want more of it.
    """
    is_aside = is_social and wish is not Wish.MORE
    told = [
        each
        for each in told_of(news, kinds, reader_id, wording)
        if concerns(each.thread, reader_id)
        or not (is_aside or (wish is Wish.LESS and each.kind is not ThreadKind.SETTLED))
    ]
    entries = in_order(told[:most])
    return Choice(tuple(entries), rest_of(news, entries))


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    """What was settled first, then what is open, then what is new; else as given."""
    return sorted(entries, key=lambda each: _ORDER.index(each.kind))


def rest_of(news: Sequence[Thread], entries: Collection[Entry]) -> tuple[Thread, ...]:
    """The conversations that no line tells of, by age."""
    done = {each.thread.key for each in entries}
    done |= {key for each in entries if each.worded for key in each.worded.keys}
    return tuple(each for each in news if each.key not in done)


def relevance(choice: Choice, reader_id: str) -> tuple[bool, bool, float]:
    """How much a channel's part means to somebody: to be compared.

    What concerns them comes first, then what came to something or is open, then what is merely new.
    """
    concerned = any(concerns(each.thread, reader_id) for each in choice.entries)
    matters = any(each.kind in _MATTERS for each in choice.entries)
    return concerned, matters, sum(score(each.thread, reader_id) for each in choice.entries)
