"""How a baton gets from one state to another, who may do that, and what tells two items apart."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final
from uuid import UUID

from bot.core.ids import known_id
from bot.core.render import clean
from bot.features.handoffs.rules.items import OPEN, Item, State, StepKind

WHAT_LENGTH: Final = 300
TEXT_LENGTH: Final = 1_000
MOST_LINKS: Final = 10
KEY_LENGTH: Final = 160
_WORDS: Final = "words:"
_MESSAGE: Final = "message:"


class Role(StrEnum):
    """What somebody has to do with a baton."""

    HOLDER = "holder"
    SENDER = "sender"
    CHAIN = "chain"  # one of those among whom it goes round
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Transition:
    """From where something leads where, and who may do it; nobody: only the clock does."""

    before: frozenset[State]
    after: State
    by: frozenset[Role] = frozenset()


_HOLDER: Final = frozenset({Role.HOLDER})
_SENDER: Final = frozenset({Role.SENDER})
_IN_HAND: Final = frozenset({State.OFFERED, State.TAKEN})

TRANSITIONS: Final[Mapping[StepKind, Transition]] = {
    StepKind.HANDED_OVER: Transition(OPEN, State.OFFERED, _HOLDER),
    StepKind.TAKEN: Transition(
        frozenset({State.OFFERED, State.RETURNED}), State.TAKEN, _HOLDER | {Role.CHAIN}
    ),
    StepKind.RETURNED: Transition(_IN_HAND, State.RETURNED, _HOLDER),
    StepKind.ANSWERED: Transition(frozenset({State.RETURNED}), State.OFFERED),
    StepKind.UNANSWERED: Transition(frozenset({State.RETURNED}), State.OFFERED),
    StepKind.PASSED_ON: Transition(_IN_HAND | {State.RETURNED}, State.OFFERED, _HOLDER),
    StepKind.NUDGED: Transition(frozenset({State.OFFERED}), State.OFFERED),
    StepKind.MOVED: Transition(OPEN - {State.BACK}, State.OFFERED),
    StepKind.CAME_BACK: Transition(OPEN, State.BACK),
    StepKind.DONE: Transition(
        frozenset({State.OFFERED, State.TAKEN, State.BACK}), State.DONE, _HOLDER
    ),
    StepKind.WITHDRAWN: Transition(OPEN, State.WITHDRAWN, _SENDER),
}
"""What can happen to a baton; what is not here cannot."""


class Verdict(StrEnum):
    """Whether somebody may do something to a baton as it is now."""

    YES = "yes"
    IS_OVER = "is over"
    NOT_NOW = "not now"
    NOT_THEIRS = "not theirs"


def may_become(state: State, following: State) -> bool:
    """Whether anything leads from one state to the other."""
    return any(state in each.before and following is each.after for each in TRANSITIONS.values())


def judge(kind: StepKind, state: State, roles: Collection[Role]) -> Verdict:
    """Whether somebody with these roles may do this to a baton in this state.

    One that is offered to somebody else can be taken by anybody of its chain; one that waits for
    an answer stays with whoever asked.
    """
    if state not in OPEN:
        return Verdict.IS_OVER
    found = TRANSITIONS[kind]
    if state is State.RETURNED and kind is StepKind.TAKEN and Role.HOLDER not in roles:
        return Verdict.NOT_THEIRS
    if found.by.isdisjoint(roles):
        return Verdict.NOT_THEIRS
    return Verdict.YES if state in found.before else Verdict.NOT_NOW


def roles_of(
    user_id: str, *, holder_id: str, sender_id: str, chain: Collection[str] = ()
) -> frozenset[Role]:
    """What somebody has to do with a baton."""
    found = {
        Role.HOLDER: user_id == holder_id,
        Role.SENDER: user_id == sender_id,
        Role.CHAIN: user_id in chain,
    }
    return frozenset(role for role, has_it in found.items() if has_it) or frozenset({Role.NOBODY})


def key_of(item: Item, channel_id: str) -> str:
    """What tells an item from all others: what it is about, else its words in this channel.

    Case, blanks and what cannot be seen make no difference. The key of a baton is itself a source.
    """
    if item.source:
        return item.source if len(item.source) <= KEY_LENGTH else f"long:{_hash(item.source)}"
    words = " ".join(clean(item.what).casefold().split())
    return f"{_WORDS}{_hash(f'{channel_id}|{words}')}"


def within(key: str, channel_id: str) -> str:
    """The key of an item whose baton elsewhere is not for whoever hands it over here to see."""
    return f"{key}@{channel_id}"


def message_of(item: Item, channel_id: str) -> str:
    """The `ts` of the message of this channel that an item is about; empty: of none."""
    place, _, ts = item.source.removeprefix(_MESSAGE).partition("|")
    is_here = item.source.startswith(_MESSAGE) and place == channel_id
    return ts if is_here else ""


def note_key(note_id: UUID) -> str:
    """Under which the message of a day's hand-off is queued; the cards of its items stand below."""
    return f"handoffs:note:{note_id}"


def baton_of(key: str) -> UUID | None:
    """The id of the baton whose card is queued under `key`; None: it is no card."""
    match key.split(":"):
        case ["handoffs", baton_id, "card"]:
            return known_id(baton_id)
    return None


def card_key(baton_id: UUID) -> str:
    """Under which a baton's card is queued."""
    return f"handoffs:{baton_id}:card"


def told_key(baton_id: UUID, number: int) -> str:
    """Under which whoever a baton is with since this step is told of it."""
    return f"handoffs:{baton_id}:told:{number}"


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
