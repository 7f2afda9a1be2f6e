"""What Slack checks about blocks before it shows them."""

from collections.abc import Iterator
from typing import Any, Final

from bot.playground.world import Json

MAX_BLOCKS: Final = {"message": 50, "modal": 100, "home": 100}
MAX_TEXT: Final = 3_000

_TEXT_LIMITS: Final = {  # (kind of object, property) -> characters
    ("section", "text"): 3_000,
    ("header", "text"): 150,
    ("button", "text"): 75,
    ("input", "label"): 2_000,
    ("input", "hint"): 2_000,
    ("plain_text_input", "placeholder"): 150,
    ("users_select", "placeholder"): 150,
    ("static_select", "placeholder"): 150,
}
_STRING_LIMITS: Final = {
    ("button", "value"): 2_000,
    ("button", "url"): 3_000,
    ("button", "action_id"): 255,
    ("plain_text_input", "initial_value"): 3_000,
    ("modal", "private_metadata"): 3_000,
    ("modal", "callback_id"): 255,
}
_REQUIRED: Final = {
    "section": ("text",),
    "header": ("text",),
    "context": ("elements",),
    "actions": ("elements",),
    "input": ("label", "element"),
    "button": ("text", "action_id"),
}
_LIST_LIMITS: Final = {("context", "elements"): 10, ("actions", "elements"): 25}
_BLOCKS: Final = {
    "message": {"section", "header", "context", "divider", "actions", "rich_text", "markdown"},
    "modal": {"section", "header", "context", "divider", "actions", "input", "rich_text"},
    "home": {"section", "header", "context", "divider", "actions", "input", "rich_text"},
}
_ELEMENTS: Final = {
    "actions": {"button", "static_select", "users_select"},
    "input": {"plain_text_input", "static_select", "users_select"},
    "section": {"button", "static_select", "users_select"},
}


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
            yield from _text(view[name], 24, name)
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
    children = [*(block.get("elements") or []), block.get("element"), block.get("accessory")]
    for child in children if kind in _ELEMENTS else []:
        if child is not None:
            yield from _element(child, kind)


def _element(element: Any, parent: str) -> Iterator[str]:
    if not isinstance(element, dict) or element.get("type") not in _ELEMENTS[parent]:
        yield "unsupported element"
        return
    yield from _object(element["type"], element)


def _object(kind: str, shape: Json) -> Iterator[str]:
    for name in _REQUIRED.get(kind, ()):
        if not shape.get(name):
            yield f"missing required field: {name}"
    for (owner, name), limit in _TEXT_LIMITS.items():
        if owner == kind and name in shape:
            yield from _text(shape[name], limit, name)
    for (owner, name), most in _LIST_LIMITS.items():
        if owner == kind and len(shape.get(name) or []) > most:
            yield f"no more than {most} items allowed in {name}"
    yield from _strings(kind, shape)


def _strings(kind: str, shape: Json) -> Iterator[str]:
    for (owner, name), limit in _STRING_LIMITS.items():
        if owner == kind and len(shape.get(name) or "") > limit:
            yield f"must be less than {limit + 1} characters: {name}"


def _text(text: Any, limit: int, name: str) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in {"plain_text", "mrkdwn"}:
        yield f"{name} must be a text object"
    elif not text.get("text"):
        yield f"{name} must be at least 1 character"
    elif len(text["text"]) > limit:
        yield f"{name} must be less than {limit + 1} characters"
