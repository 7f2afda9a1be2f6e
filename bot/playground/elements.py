"""The elements of Block Kit that people use: what each asks for, and how Slack tells the answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from bot.playground.world import Json

_ANYWHERE: Final = frozenset({"section", "actions", "input"})
_NO_ACTIONS: Final = frozenset({"section", "input"})
_NO_INPUT: Final = frozenset({"section", "actions"})
_INPUT: Final = frozenset({"input"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of element: the fields of its answer and of its first value, and where it may stand.

    `is_kept` tells whether its answer is part of the state of the view or message.
    """

    answer: str
    initial: str
    parents: frozenset[str]
    is_many: bool = False
    most_options: int = 0
    is_kept: bool = True


KINDS: Final = {
    "button": Kind("", "", _NO_INPUT, is_kept=False),
    "overflow": Kind("selected_option", "", _NO_INPUT, most_options=5, is_kept=False),
    "plain_text_input": Kind("value", "initial_value", _INPUT),
    "number_input": Kind("value", "initial_value", _INPUT),
    "static_select": Kind("selected_option", "initial_option", _ANYWHERE, most_options=100),
    "radio_buttons": Kind("selected_option", "initial_option", _ANYWHERE, most_options=10),
    "checkboxes": Kind(
        "selected_options", "initial_options", _ANYWHERE, is_many=True, most_options=10
    ),
    "multi_static_select": Kind(
        "selected_options", "initial_options", _NO_ACTIONS, is_many=True, most_options=100
    ),
    "timepicker": Kind("selected_time", "initial_time", _ANYWHERE),
    "datepicker": Kind("selected_date", "initial_date", _ANYWHERE),
    "users_select": Kind("selected_user", "initial_user", _ANYWHERE),
    "multi_users_select": Kind("selected_users", "initial_users", _NO_ACTIONS, is_many=True),
    "channels_select": Kind("selected_channel", "initial_channel", _ANYWHERE),
    "multi_channels_select": Kind(
        "selected_channels", "initial_channels", _NO_ACTIONS, is_many=True
    ),
    "conversations_select": Kind("selected_conversation", "initial_conversation", _ANYWHERE),
    "multi_conversations_select": Kind(
        "selected_conversations", "initial_conversations", _NO_ACTIONS, is_many=True
    ),
}


def elements_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every element that people can use, with its block, from the top."""
    for block in blocks:
        inner = [*(block.get("elements") or []), block.get("accessory"), block.get("element")]
        for element in inner:
            if element and element.get("type") in KINDS:
                yield block, element


def options_of(element: Json) -> list[Json]:
    """The options of a select, also those in groups."""
    grouped = [each for group in element.get("option_groups") or [] for each in group["options"]]
    return [*(element.get("options") or []), *grouped]


def entry(element: Json, given: Any = None) -> Json:
    """The answer in Slack's shape; None was given by whoever left the element as it was."""
    kind = KINDS[element["type"]]
    if not kind.answer:
        return {}
    if given is None:
        value = element.get(kind.initial) or ([] if kind.is_many else None)
    elif kind.most_options:
        value = _chosen(element, kind, given)
    else:
        value = list(given) if kind.is_many else str(given) or None
    return {"type": element["type"], kind.answer: value}


def state(blocks: list[Json], given: Json) -> Json:
    """The answers to all elements that keep one, by block and action; `given` alike, as typed."""
    values: Json = {}
    for block, element in elements_of(blocks):
        if KINDS[element["type"]].is_kept:
            block_id, action_id = block.get("block_id", ""), element["action_id"]
            typed = given.get(block_id, {}).get(action_id)
            values.setdefault(block_id, {})[action_id] = entry(element, typed)
    return values


def action(block: Json, element: Json, given: Any, ts: str) -> Json:
    """What somebody did with an element, as block_actions tells it."""
    kind = KINDS[element["type"]]
    kept = ("action_id", "text", "value", "style", "url", "placeholder", "confirm", kind.initial)
    told = {name: element[name] for name in kept if name in element}
    answer = entry(element, given)
    where = {"type": element["type"], "block_id": block.get("block_id", ""), "action_ts": ts}
    return told | answer | where


def _chosen(element: Json, kind: Kind, given: Any) -> Any:
    if kind.is_many:
        return [option for option in options_of(element) if option["value"] in given]
    return next((option for option in options_of(element) if option["value"] == given), None)
