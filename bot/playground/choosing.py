"""Finds in a layout what somebody speaks of, and what their words stand for in Slack's terms."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from bot.playground.elements import KINDS, elements_of, options_of
from bot.playground.world import Json

Choice: TypeAlias = str | Sequence[str]
_PRESSED: Final = frozenset({"button"})


class NotOffered(Exception):
    """There is no such field, element or option; the text says which."""


class Names:
    """What people and channels are called, and their ids."""

    def __init__(self, seen: Json) -> None:
        self._people = {each["name"]: each["id"] for each in seen["people"]}
        self._channels = {each["name"]: each["id"] for each in seen["channels"]}

    def person(self, name: str) -> str:
        """The id of somebody. Raises NotOffered."""
        return _named(self._people, name.removeprefix("@"))

    def channel(self, name: str) -> str:
        """The id of a channel that the person sees. Raises NotOffered."""
        return _named(self._channels, name.removeprefix("#"))


def answers(view: Json, fields: Mapping[str, Choice], names: Names) -> Json:
    """What is typed and chosen in a form, by block. Raises NotOffered."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    labels = {block["label"]["text"]: block for block in inputs}
    filled = {}
    for label, value in fields.items():
        if label not in labels:
            raise NotOffered(f"the form has no field {label!r}")
        filled[labels[label]["block_id"]] = given(labels[label]["element"], value, names)
    return filled


def given(element: Json, value: Choice, names: Names) -> Any:
    """What the page would send for a choice told in words. Raises NotOffered."""
    if not KINDS[element["type"]].is_many:
        return _one(element, value, names) if isinstance(value, str) and value else ""
    if isinstance(value, str):
        parts = [part.strip() for part in value.split(",")]
        value = [value] if value in _labels(element) else [part for part in parts if part]
    return [_one(element, each, names) for each in value]


def buttons(blocks: list[Json], label: str) -> Iterator[Json]:
    """Where the buttons of this name stand."""
    for block, element in elements_of(blocks):
        if element["type"] in _PRESSED and element["text"]["text"] == label:
            yield {
                "action_id": element["action_id"],
                "block_id": block.get("block_id"),
                "value": element.get("value"),
            }


def menus(blocks: list[Json], wanted: str, option: Choice, names: Names) -> Iterator[Json]:
    """Where something can be chosen that is called this way and offers the option."""
    for block, element in elements_of(blocks):
        is_silent = block["type"] == "input" and not block.get("dispatch_action")
        if is_silent or element["type"] in _PRESSED or not _is_called(block, element, wanted):
            continue
        try:
            chosen = given(element, option, names)
        except NotOffered:
            continue
        place = {"action_id": element["action_id"], "block_id": block.get("block_id")}
        yield place | {"chosen": chosen}


def _is_called(block: Json, element: Json, wanted: str) -> bool:
    label, placeholder = block.get("label") or {}, element.get("placeholder") or {}
    if wanted in {element["action_id"], label.get("text"), placeholder.get("text")}:
        return True
    return wanted in (block.get("text") or {}).get("text", "")


def _one(element: Json, value: str, names: Names) -> str:
    kind = element["type"]
    if KINDS[kind].most_options:
        return _named(_labels(element), value)
    if "users" in kind:
        return names.person(value)
    if "channels" in kind or "conversations" in kind:
        return names.channel(value)
    return value


def _labels(element: Json) -> dict[str, str]:
    return {option["text"]["text"]: option["value"] for option in options_of(element)}


def _named(ids: Mapping[str, str], wanted: str) -> str:
    """An id by its name; whoever knows the id may say it."""
    if wanted in ids:
        return ids[wanted]
    if wanted in ids.values():
        return wanted
    raise NotOffered(f"{wanted!r} is not offered")
