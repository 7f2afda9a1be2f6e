"""Block Kit, as small as Baton needs it. Only rendered text gets in (`Mrkdwn`)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from bot.core.render import Mrkdwn, clean, mrkdwn, shorten

Block: TypeAlias = dict[str, Any]
Element: TypeAlias = dict[str, Any]

MAX_TEXT: Final = 4_000
MAX_SECTION: Final = 3_000
MAX_MESSAGE_BLOCKS: Final = 50
MAX_VIEW_BLOCKS: Final = 100
MAX_HEADER: Final = 150
MAX_BUTTON: Final = 75
MAX_TITLE: Final = 24
MAX_INPUT: Final = 3_000
ROOM_FOR_COUNT: Final = 20


@dataclass(frozen=True, slots=True)
class Message:
    """A message, complete in `text`: phones and screen readers read only that.

    `shows` are the channels whose words it repeats: whoever it is for must be able to open them
    when it is sent.
    """

    text: Mrkdwn
    blocks: list[Block] = field(default_factory=list)
    shows: frozenset[str] = frozenset()


def section(text: Mrkdwn, *, accessory: Element | None = None) -> Block:
    """A paragraph of at most 3,000 characters, with an element at its side if given."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": _cut(text, MAX_SECTION)}}
    return block | ({"accessory": accessory} if accessory else {})


def sections(text: Mrkdwn) -> list[Block]:
    """A long text as paragraphs, parted at its lines; nothing of it is lost."""
    parts, rest = [], text
    while len(rest) > MAX_SECTION:
        end = _safe_end(rest, MAX_SECTION)
        line_end = rest.rfind("\n", 1, end)
        end = line_end if line_end > 0 else end
        parts.append(Mrkdwn(rest[:end]))
        rest = Mrkdwn(rest[end:].lstrip("\n"))
    return [section(part) for part in [*parts, rest]]


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": _plain(text, MAX_HEADER)}


def context(text: Mrkdwn) -> Block:
    """Small print."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": _cut(text, MAX_SECTION)}]}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def actions(elements: Sequence[Element]) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements)}


def button(label: str, action_id: str, value: str = "", *, style: str | None = None) -> Element:
    """A button; `value` is the id of a row of ours, `style` primary or danger."""
    element: Element = {"type": "button", "text": _plain(label, MAX_BUTTON), "action_id": action_id}
    return element | ({"value": value} if value else {}) | ({"style": style} if style else {})


def link_button(label: str, action_id: str, url: str) -> Element:
    """A button that opens an address our own code made."""
    return button(label, action_id) | {"url": url}


def text_input(
    name: str,
    label: str,
    *,
    initial: str = "",
    hint: str = "",
    optional: bool = False,
    multiline: bool = False,
    max_length: int = MAX_INPUT,
) -> Block:
    """A text field of a form; `name` is its key in the submitted values."""
    element: Element = {
        "type": "plain_text_input",
        "action_id": name,
        "multiline": multiline,
        "max_length": max_length,
    }
    if initial:
        element["initial_value"] = initial[:max_length]
    return _input(name, label, element, hint=hint, optional=optional)


def person_input(name: str, label: str, *, initial: str | None = None, hint: str = "") -> Block:
    """A field that picks a person."""
    element: Element = {"type": "users_select", "action_id": name}
    if initial:
        element["initial_user"] = initial
    return _input(name, label, element, hint=hint, optional=False)


def form(
    title: str, callback_id: str, blocks: list[Block], *, submit: str, reference: str = ""
) -> dict[str, Any]:
    """A form; `reference` is the id of a row of ours that comes back with the submission."""
    view = notice(title, blocks, close="Cancel")
    return view | {
        "callback_id": callback_id,
        "private_metadata": reference,
        "submit": _plain(submit, MAX_TITLE),
    }


def notice(title: str, blocks: list[Block], *, close: str = "Close") -> dict[str, Any]:
    """A view that only tells something."""
    return {
        "type": "modal",
        "title": _plain(title, MAX_TITLE),
        "close": _plain(close, MAX_TITLE),
        "blocks": fitting(blocks, MAX_VIEW_BLOCKS),
    }


def home(blocks: list[Block]) -> dict[str, Any]:
    """The App Home of one person."""
    return {"type": "home", "blocks": fitting(blocks, MAX_VIEW_BLOCKS)}


def _input(name: str, label: str, element: Element, *, hint: str, optional: bool) -> Block:
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": _plain(label, 2_000),
        "element": element,
        "optional": optional,
    }
    return block | ({"hint": _plain(hint, 2_000)} if hint else {})


def _plain(text: str, limit: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": shorten(clean(text), limit), "emoji": True}


def payload(message: Message) -> dict[str, Any]:
    """What Slack is given of a message: within its limits, and nothing is cut without a word."""
    blocks = message.blocks
    if not blocks and len(message.text) > MAX_TEXT:
        blocks = sections(message.text)
    shown = {"text": _cut(message.text, MAX_TEXT)}
    return shown | ({"blocks": fitting(blocks, MAX_MESSAGE_BLOCKS)} if blocks else {})


def fitting(blocks: list[Block], limit: int) -> list[Block]:
    """At most `limit` blocks; the last one stays, before it stands how many were left out."""
    if len(blocks) <= limit:
        return list(blocks)
    left_out = len(blocks) - limit + 1
    note = context(mrkdwn("… and {count} more that did not fit here.", count=left_out))
    return [*blocks[: limit - 2], note, blocks[-1]]


def _cut(text: Mrkdwn, limit: int) -> str:
    """At most `limit` characters; what is left out is no half of a link or an escape."""
    if len(text) <= limit:
        return text
    end = _safe_end(text, limit - ROOM_FOR_COUNT)
    return f"{text[:end]}…[{len(text) - end} more]"


def _safe_end(text: str, limit: int) -> int:
    """The last position up to `limit` that is not inside of `<…>` or `&…;`."""
    for opening, closing, longest in (("<", ">", limit), ("&", ";", len("&amp;"))):
        start = text.rfind(opening, 0, limit)
        is_inside = start > limit - longest and closing not in text[start:limit]
        if start > 0 and is_inside:
            limit = start
    return limit
