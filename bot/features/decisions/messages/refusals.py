"""Why something cannot be done to a decision, each in a sentence."""

from collections.abc import Mapping
from typing import Final

from bot.features.decisions.rules.registry import Outcome, Status, name_of
from bot.features.decisions.rules.superseding import Refusal

SOMEBODY: Final = "Somebody"
NOTHING_CHANGED: Final = "Nothing changed yet."
IS_PROPOSED: Final = "It is still a proposal: press Change on its card."
NO_REASON: Final = "Please say in a few words why."
NO_NUMBER: Final = "Please write the number of a decision, like D-17."
NO_TWO_NUMBERS: Final = (
    "Please write two numbers, first what is superseded: /decision supersede D-3 D-17."
)
PAST: Final = "Please pick a day that is still to come."
NOT_YOURS_TO_UNDO: Final = "Only whoever did it can undo it."
TOO_LATE_TO_UNDO: Final = "It can be undone for ten minutes, and those are over."

FOUND: Final[Mapping[Outcome, str]] = {
    Outcome.NONE: "",
    Outcome.STILL_TRUE: "still true",
    Outcome.REVERSED: "reversed",
    Outcome.IMPLEMENTED: "implemented",
}


def which_one(verb: str) -> str:
    """Somebody typed a verb, and no number of a decision behind it."""
    return f"Which decision? For example /decision {verb or 'show'} D-17."


def not_amended(number: int, status: Status) -> str:
    """What holds no more stays as it was."""
    return f"{name_of(number)} is {status}, so it stays as it is."


def not_decided_yet(number: int) -> str:
    """It is only proposed."""
    return f"{name_of(number)} is not decided yet."


def holds_no_more(number: int, status: Status, by: str, after: int | None) -> str:
    """It was ended before; `after` is the number of what replaced it, if the reader may see it."""
    replaced = f" by {name_of(after)}" if after is not None else ""
    return f"{name_of(number)} is {status} already{replaced}. {by} changed it last."


def reviewed_before(by: str, outcome: Outcome) -> str:
    """Somebody was quicker."""
    return f"{by} reviewed it already: {FOUND[outcome]}."


def changed_since(number: int) -> str:
    """There is nothing to undo any more."""
    return f"{name_of(number)} was changed since, so there is nothing to undo."


def superseding(why: Refusal, old: int, new: int, statuses: Mapping[int, Status]) -> str:
    """Why a decision does not take the place of another."""
    first, second = name_of(old), name_of(new)
    match why:
        case Refusal.ITSELF:
            return f"{first} cannot supersede itself."
        case Refusal.SUPERSEDED_BEFORE:
            return f"{first} is superseded already."
        case Refusal.NOT_DECIDED:
            return f"{first} is {statuses[old]}: only what was accepted can be superseded."
        case Refusal.CYCLE:
            return f"{second} was itself superseded by {first}, so that would go in a circle."
        case Refusal.NOT_ACCEPTED:
            return f"{second} is {statuses[new]}: only what is accepted can take another's place."
