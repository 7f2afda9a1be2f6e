"""What asks promise, as plain data, to judge the code by."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from tests.features.asks.office import Seen

_DONE: Final = {"answered", "declined", "withdrawn", "expired"}
FOLLOWS: Final = {
    "open": _DONE | {"due_soon", "overdue", "accepted", "delegated", "went_ahead"},
    "due_soon": _DONE | {"open", "overdue", "accepted", "delegated", "went_ahead"},
    "overdue": _DONE | {"open", "accepted", "delegated"},
    "accepted": _DONE | {"open", "overdue", "delegated"},
    "delegated": {"answered", "withdrawn", "expired", "open", "went_ahead"},
    "answered": {"open", "delegated"},
    "declined": {"open", "answered"},
    "went_ahead": {"answered"},
    "withdrawn": {"open"},
    "expired": {"answered"},
}
WAITING: Final = {"open", "due_soon", "overdue", "accepted"}
UNSETTLED: Final = WAITING | {"delegated"}
NEW_ROUNDS: Final = {"open", "resumed", "snoozed"}
"""After these somebody may be reminded once more."""


def problems(before: Seen, after: Seen) -> list[str]:
    """What is wrong after a step; empty if all is well."""
    found = [problem for ask in after.asks.values() for problem in _of_ask(ask, after)]
    found += [problem for ask in after.asks.values() for problem in _of_family(ask, after)]
    return found + list(_of_change(before, after))


def path(ask: dict[str, Any], seen: Seen) -> list[str]:
    """The states that an ask went through, as its history has them."""
    return ["open", *(step for step in seen.steps.get(ask["id"], []) if step in FOLLOWS)]


def _of_ask(ask: dict[str, Any], seen: Seen) -> Iterator[str]:
    name, state = f"{ask['id']} ({ask['relation']})", ask["state"]
    states = path(ask, seen)
    if seen.steps.get(ask["id"], [""])[0] != "opened":
        yield f"{name} has no beginning in its history"
    if states[-1] != state:
        yield f"{name} is {state}, but its history ends with {states[-1]}"
    for one, other in pairwise(states):
        if other not in FOLLOWS[one]:
            yield f"{name} went from {one} to {other}"
    if (state in UNSETTLED) != (ask["closed_at"] is None):
        yield f"{name} is {state} and closed at {ask['closed_at']}"
    if state not in WAITING and ask["nudge_at"] is not None:
        yield f"{name} is {state} and will be looked at"
    if state in WAITING and ask["paused_at"] is None and ask["nudge_at"] is None:
        yield f"{name} is {state} and will never be looked at"
    if ask["due_at"] < ask["asked_at"]:
        yield f"{name} was due before it was asked"
    if ask["asker_id"] == ask["answerer_id"]:
        yield f"{name} asks themselves"


def _of_family(ask: dict[str, Any], seen: Seen) -> Iterator[str]:
    children = [each for each in seen.asks.values() if each["parent_id"] == ask["id"]]
    waiting = [each for each in children if each["state"] in UNSETTLED]
    passed_on = [each for each in waiting if each["relation"] == "delegated"]
    turned = [each for each in waiting if each["relation"] == "turned"]
    if ask["state"] == "delegated" and len(passed_on) != 1:
        yield f"{ask['id']} is passed on to {len(passed_on)} people"
    if ask["state"] in WAITING and passed_on:
        yield f"{ask['id']} has two answerers"
    if ask["state"] not in UNSETTLED and waiting:
        yield f"{ask['id']} is {ask['state']}, and {[each['relation'] for each in waiting]} wait"
    if ask["state"] in UNSETTLED and bool(turned) != (ask["paused_at"] is not None):
        yield f"{ask['id']} stands still: {ask['paused_at']}, its asker owes {len(turned)} answers"


def _of_change(before: Seen, after: Seen) -> Iterator[str]:
    for ask_id, ask in after.asks.items():
        known = before.asks.get(ask_id)
        parent = after.asks.get(ask["parent_id"]) if ask["parent_id"] else None
        is_news = known is None or known["state"] != ask["state"]
        is_same = ask["relation"] != "turned"
        is_done = is_news and is_same and ask["state"] == "answered"
        if is_done and parent and parent["state"] in UNSETTLED:
            yield f"{ask_id} is answered, and {parent['id']} still waits"
        has_line = known is None or len(after.steps[ask_id]) > len(before.steps[ask_id])
        if is_news and not has_line:
            yield f"{ask_id} went to {ask['state']} without a line in its history"
    for key in after.sent - before.sent:
        yield from _of_sent(key.split(":"), after)


def _of_sent(key: list[str], seen: Seen) -> Iterator[str]:
    """Nobody is told "overdue" before the due time, or twice."""
    if len(key) < 5 or key[3] != "overdue":
        return
    ask = next((each for each in seen.asks.values() if str(each["id"]) == key[1]), None)
    if ask is None or not _is_first_word(key):
        return
    if seen.now < ask["due_at"]:
        yield f"{ask['id']} was called overdue before {ask['due_at']}"
    told = [other for other in seen.sent if _is_about(other.split(":"), key[1])]
    steps = seen.steps[ask["id"]]
    rounds = 1 + sum(step in NEW_ROUNDS for step in steps)
    if len(told) > rounds:
        yield f"{ask['id']} was called overdue {len(told)} times in {rounds} rounds"


def _is_about(key: list[str], ask_id: str) -> bool:
    return len(key) >= 5 and key[1] == ask_id and key[3] == "overdue" and _is_first_word(key)


def _is_first_word(key: list[str]) -> bool:
    """A reminder itself, not what it becomes once it is settled."""
    return len(key) == 5 or (key[5] == "again" and key[-2] not in FOLLOWS)
