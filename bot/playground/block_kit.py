"""What Slack checks about blocks before it shows them."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, Final

from bot.playground import element_checks
from bot.playground.elements import KINDS, elements_of
from bot.playground.world import Json

MAX_BLOCKS: Final = {"message": 50, "modal": 100, "home": 100}
MAX_TEXT: Final = 3_000
MAX_FIELDS: Final = 10
MAX_PLACEHOLDER: Final = 150

_TEXT_LIMITS: Final = {  # (kind of object, property) -> characters
    ("section", "text"): 3_000,
    ("header", "text"): 150,
    ("button", "text"): 75,
    ("input", "label"): 2_000,
    ("input", "hint"): 2_000,
}
_STRING_LIMITS: Final = {
    ("button", "value"): 2_000,
    ("button", "url"): 3_000,
    ("plain_text_input", "initial_value"): 3_000,
    ("modal", "private_metadata"): 3_000,
    ("modal", "callback_id"): 255,
}
_REQUIRED: Final = {
    "header": ("text",),
    "context": ("elements",),
    "actions": ("elements",),
    "input": ("label", "element"),
    "button": ("text", "action_id"),
    "number_input": ("is_decimal_allowed",),
}
_LIST_LIMITS: Final = {("context", "elements"): 10, ("actions", "elements"): 25}
_EVERYWHERE: Final = frozenset(
    {"section", "header", "context", "divider", "actions", "input", "rich_text"}
)
_BLOCKS: Final = {
    "message": _EVERYWHERE | {"markdown"},
    "modal": _EVERYWHERE,
    "home": _EVERYWHERE,
}
_PARENTS: Final = frozenset({"section", "actions", "input"})


def problems(blocks: Any, surface: str) -> list[str]:
    """What is wrong with the blocks of a message, modal or home, in Slack's manner of speaking."""
    if not isinstance(blocks, list):
        return ["must be an array [json-pointer:/blocks]"]
    found = []
    if len(blocks) > MAX_BLOCKS[surface]:
        found.append(f"no more than {MAX_BLOCKS[surface]} items allowed [json-pointer:/blocks]")
    for index, block in enumerate(blocks):
        found += [f"{said} [json-pointer:/blocks/{index}]" for said in _block(block, surface)]
    ids = [block["block_id"] for block in blocks if isinstance(block, dict) and "block_id" in block]
    if len(ids) != len(set(ids)):
        found.append("block_id must be unique [json-pointer:/blocks]")
    return found


def identified(blocks: list[Json], new_id: Callable[[str], str]) -> list[Json]:
    """The blocks as Slack keeps them: whatever came without an id was given one."""
    kept = deepcopy(blocks)
    for block in kept:
        block.setdefault("block_id", new_id("b"))
    for _, element in elements_of(kept):
        element.setdefault("action_id", new_id("a"))
    return kept


def view_problems(view: Any) -> list[str]:
    """What is wrong with a view."""
    if not isinstance(view, dict) or view.get("type") not in {"modal", "home"}:
        return ["invalid view type [json-pointer:/type]"]
    found = problems(view.get("blocks"), view["type"])
    if view["type"] == "modal":
        found += _modal(view)
    return found


def _modal(view: Json) -> Iterator[str]:
    if "title" not in view:
        yield "missing required field: title [json-pointer:/]"
    for name in ("title", "submit", "close"):
        if name in view:
            yield from element_checks.text(view[name], 24, name, is_plain=True)
    has_input = any(block.get("type") == "input" for block in view.get("blocks") or [])
    if has_input and "submit" not in view:
        yield "missing required field: submit [json-pointer:/]"
    yield from _strings("modal", view)


def _block(block: Any, surface: str) -> Iterator[str]:
    if not isinstance(block, dict) or block.get("type") not in _BLOCKS[surface]:
        yield "unsupported type"
        return
    kind = block["type"]
    yield from _object(kind, block)
    if len(str(block.get("block_id", ""))) > 255:  # noqa: PLR2004
        yield "block_id is too long"
    if kind == "section":
        yield from _section(block)
    children = [*(block.get("elements") or []), block.get("element"), block.get("accessory")]
    for child in children if kind in _PARENTS else []:
        if child is not None:
            yield from _element(child, kind)
    if kind == "context":
        yield from _context(block)
    yield from _action_ids(block)


def _section(block: Json) -> Iterator[str]:
    fields = block.get("fields") or []
    if not block.get("text") and not fields:
        yield "missing required field: text"
    if len(fields) > MAX_FIELDS:
        yield f"no more than {MAX_FIELDS} items allowed in fields"
    for each in fields:
        yield from element_checks.text(each, 2_000, "field")


def _context(block: Json) -> Iterator[str]:
    for each in block.get("elements") or []:
        yield from element_checks.text(each, MAX_TEXT, "element")


def _action_ids(block: Json) -> Iterator[str]:
    ids = [each["action_id"] for _, each in elements_of([block]) if "action_id" in each]
    if len(ids) != len(set(ids)):
        yield "action_id must be unique in its block"


def _element(element: Any, parent: str) -> Iterator[str]:
    kind = KINDS.get(element.get("type", "")) if isinstance(element, dict) else None
    if kind is None or parent not in kind.parents:
        yield "unsupported element"
        return
    yield from _object(element["type"], element)
    if "placeholder" in element:
        placeholder = element["placeholder"]
        yield from element_checks.text(placeholder, MAX_PLACEHOLDER, "placeholder", is_plain=True)
    if len(element.get("action_id") or "") > 255:  # noqa: PLR2004
        yield "action_id is too long"
    yield from element_checks.problems(element)


def _object(kind: str, shape: Json) -> Iterator[str]:
    for name in _REQUIRED.get(kind, ()):
        if shape.get(name) in (None, "", [], {}):
            yield f"missing required field: {name}"
    for (owner, name), limit in _TEXT_LIMITS.items():
        if owner == kind and name in shape:
            is_plain = owner != "section"
            yield from element_checks.text(shape[name], limit, name, is_plain=is_plain)
    for (owner, name), most in _LIST_LIMITS.items():
        if owner == kind and len(shape.get(name) or []) > most:
            yield f"no more than {most} items allowed in {name}"
    yield from _strings(kind, shape)


def _strings(kind: str, shape: Json) -> Iterator[str]:
    for (owner, name), limit in _STRING_LIMITS.items():
        if owner == kind and len(shape.get(name) or "") > limit:
            yield f"must be less than {limit + 1} characters: {name}"
