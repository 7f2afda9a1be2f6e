"""Block Kit, as small as Baton needs it. Only rendered text gets in (`Mrkdwn`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Final, TypeAlias

from bot.core.render import Mrkdwn, clean, mrkdwn, shorten

Block: TypeAlias = dict[str, Any]
Element: TypeAlias = dict[str, Any]
Options: TypeAlias = Mapping[str, str]
"""What can be chosen: the label of each value, in order."""

MAX_TEXT: Final = 4_000
MAX_SECTION: Final = 3_000
MAX_MESSAGE_BLOCKS: Final = 50
MAX_VIEW_BLOCKS: Final = 100
MAX_HEADER: Final = 150
MAX_BUTTON: Final = 75
MAX_TITLE: Final = 24
MAX_INPUT: Final = 3_000
MAX_OPTIONS: Final = 100
MAX_BOXES: Final = 10
MAX_OVERFLOW: Final = 5
MAX_OPTION: Final = 75
STATE: Final = "state"
"""A key of elements that never reaches Slack: the state in which an object's button is good."""
ROOM_FOR_COUNT: Final = 20


@dataclass(frozen=True, slots=True)
class Message:
    """A message, complete in `text`: phones and screen readers read only that.

    `about` are the (channel, ts) of the messages of people whose words it shows: it is changed when
    they are, and whoever it is for must be able to open those channels when it is sent. `instead`
    stands there from then on if it is made of those words as a whole. `besides` are other channels
    that its reader must be able to open: it tells of them in no words of a message.
    """

    text: Mrkdwn
    blocks: list[Block] = field(default_factory=list)
    about: frozenset[tuple[str, str]] = frozenset()
    instead: Mrkdwn | None = None
    besides: frozenset[str] = frozenset()

    @property
    def shows(self) -> frozenset[str]:
        """The channels of which it tells."""
        return self.besides.union(channel_id for channel_id, _ in self.about)


def section(text: Mrkdwn, *, accessory: Element | None = None) -> Block:
    """A paragraph of at most 3,000 characters, with an element at its side if given."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": cut(text, MAX_SECTION)}}
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
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": cut(text, MAX_SECTION)}]}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def actions(elements: Sequence[Element]) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements)}


def button(
    label: str,
    action_id: str,
    value: str = "",
    *,
    style: str | None = None,
    state: str | None = None,
) -> Element:
    """A button; `value` is the id of a row of ours, `style` primary or danger.

    On a card for many, `state` is that of the row as the card shows it: the button is good only
    while the row is in it. Neither name, value nor state is sent; see `sealing`.
    """
    element: Element = {"type": "button", "text": _plain(label, MAX_BUTTON), "action_id": action_id}
    given = {"value": value, "style": style, STATE: state}
    return element | {name: one for name, one in given.items() if one}


def link_button(label: str, action_id: str, url: str) -> Element:
    """A button that opens an address our own code made."""
    return button(label, action_id) | {"url": url}


def select(
    action_id: str, options: Options, *, initial: str | None = None, placeholder: str = ""
) -> Element:
    """A menu to choose one from, at most 100; in a form, wrap it in `choice_input`."""
    return _one_of("static_select", action_id, options, MAX_OPTIONS, initial) | _placeholder(
        placeholder
    )


def multi_select(
    action_id: str, options: Options, *, initial: Sequence[str] = (), placeholder: str = ""
) -> Element:
    """A menu to choose several from, at most 100; for forms and beside paragraphs."""
    return _some_of("multi_static_select", action_id, options, MAX_OPTIONS, initial) | _placeholder(
        placeholder
    )


def checkboxes(action_id: str, options: Options, *, initial: Sequence[str] = ()) -> Element:
    """Boxes to tick, at most 10; `initial` are the values that are ticked."""
    return _some_of("checkboxes", action_id, options, MAX_BOXES, initial)


def radio(action_id: str, options: Options, *, initial: str | None = None) -> Element:
    """Options of which one holds, at most 10."""
    return _one_of("radio_buttons", action_id, options, MAX_BOXES, initial)


def overflow(action_id: str, options: Options) -> Element:
    """A menu of at most 5 things to do, behind three dots."""
    return {
        "type": "overflow",
        "action_id": action_id,
        "options": _options(options, MAX_OVERFLOW),
    }


def confirmed(element: Element, title: str, text: str, *, yes: str, no: str) -> Element:
    """An element that asks first whether it is meant."""
    confirm = {
        "title": _plain(title, 100),
        "text": _plain(text, 300),
        "confirm": _plain(yes, 30),
        "deny": _plain(no, 30),
    }
    return element | {"confirm": confirm}


def choice_input(label: str, element: Element, *, hint: str = "", optional: bool = False) -> Block:
    """A field of a form that holds an element; the element's action id is the field's name."""
    return _input(element["action_id"], label, element, hint=hint, optional=optional)


def time_input(
    name: str, label: str, *, initial: time | None = None, hint: str = "", optional: bool = False
) -> Block:
    """A field that picks a time of day; its value is written 09:30."""
    element: Element = {"type": "timepicker", "action_id": name}
    if initial is not None:
        element["initial_time"] = f"{initial:%H:%M}"
    return _input(name, label, element, hint=hint, optional=optional)


def date_input(
    name: str, label: str, *, initial: date | None = None, hint: str = "", optional: bool = False
) -> Block:
    """A field that picks a day; its value is written 2026-10-06."""
    element: Element = {"type": "datepicker", "action_id": name}
    if initial is not None:
        element["initial_date"] = f"{initial:%Y-%m-%d}"
    return _input(name, label, element, hint=hint, optional=optional)


def number_input(
    name: str,
    label: str,
    *,
    initial: int | None = None,
    least: int | None = None,
    most: int | None = None,
    hint: str = "",
    optional: bool = False,
) -> Block:
    """A field for a whole number; Slack itself refuses one that is too small or too large."""
    bounds = {"initial_value": initial, "min_value": least, "max_value": most}
    element: Element = {
        "type": "number_input",
        "action_id": name,
        "is_decimal_allowed": False,
        **{key: str(number) for key, number in bounds.items() if number is not None},
    }
    return _input(name, label, element, hint=hint, optional=optional)


def people_input(
    name: str,
    label: str,
    *,
    initial: Sequence[str] = (),
    most: int | None = None,
    hint: str = "",
    optional: bool = False,
) -> Block:
    """A field that picks people; `initial` are ids."""
    element: Element = {"type": "multi_users_select", "action_id": name}
    if initial:
        element["initial_users"] = list(initial)
    if most is not None:
        element["max_selected_items"] = most
    return _input(name, label, element, hint=hint, optional=optional)


def channel_input(
    name: str, label: str, *, initial: str | None = None, hint: str = "", optional: bool = False
) -> Block:
    """A field that picks a channel, public or private, of those that the person sees."""
    element: Element = {
        "type": "conversations_select",
        "action_id": name,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if initial:
        element["initial_conversation"] = initial
    return _input(name, label, element, hint=hint, optional=optional)


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
    """A text field of a form; `name` is its key in the submitted values.

    What stands in it first hides nothing: its reader is about to say it themselves.
    """
    element: Element = {
        "type": "plain_text_input",
        "action_id": name,
        "multiline": multiline,
        "max_length": max_length,
    }
    if initial:
        element["initial_value"] = clean(initial)[:max_length]
    return _input(name, label, element, hint=hint, optional=optional)


def person_input(
    name: str, label: str, *, initial: str | None = None, hint: str = "", optional: bool = False
) -> Block:
    """A field that picks a person."""
    element: Element = {"type": "users_select", "action_id": name}
    if initial:
        element["initial_user"] = initial
    return _input(name, label, element, hint=hint, optional=optional)


def form(
    title: str, callback_id: str, blocks: list[Block], *, submit: str, reference: str = ""
) -> dict[str, Any]:
    """A form; `reference` comes back with the submission, e.g. the id of a row of ours."""
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


def _one_of(kind: str, action_id: str, options: Options, most: int, initial: str | None) -> Element:
    offered = _options(options, most)
    element: Element = {"type": kind, "action_id": action_id, "options": offered}
    chosen = [option for option in offered if option["value"] == initial]
    return element | ({"initial_option": chosen[0]} if chosen else {})


def _some_of(
    kind: str, action_id: str, options: Options, most: int, initial: Sequence[str]
) -> Element:
    offered = _options(options, most)
    element: Element = {"type": kind, "action_id": action_id, "options": offered}
    chosen = [option for option in offered if option["value"] in initial]
    return element | ({"initial_options": chosen} if chosen else {})


def _options(options: Options, most: int) -> list[dict[str, Any]]:
    return [
        {"text": _plain(label, MAX_OPTION), "value": value}
        for value, label in list(options.items())[:most]
    ]


def _placeholder(text: str) -> Element:
    return {"placeholder": _plain(text, 150)} if text else {}


def _plain(text: str, limit: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": shorten(clean(text), limit), "emoji": True}


def payload(message: Message) -> dict[str, Any]:
    """What Slack is given of a message: within its limits, and nothing is cut without a word."""
    blocks = message.blocks
    if not blocks and len(message.text) > MAX_TEXT:
        blocks = sections(message.text)
    shown = {"text": cut(message.text, MAX_TEXT)}
    return shown | ({"blocks": fitting(blocks, MAX_MESSAGE_BLOCKS)} if blocks else {})


def fitting(blocks: list[Block], limit: int) -> list[Block]:
    """At most `limit` blocks; the last one stays, before it stands how many were left out."""
    if len(blocks) <= limit:
        return list(blocks)
    left_out = len(blocks) - limit + 1
    note = context(mrkdwn("… and {count} more that did not fit here.", count=left_out))
    return [*blocks[: limit - 2], note, blocks[-1]]


def cut(text: Mrkdwn, limit: int) -> str:
    """At most `limit` characters; what is left out is no half of a link or an escape."""
    if len(text) <= limit:
        return text
    end = _safe_end(text, limit - ROOM_FOR_COUNT)
    return f"{text[:end]}…[{len(text) - end} more]"


def _safe_end(text: str, limit: int) -> int:
    """The last position up to `limit` that is not inside of `<…>` or `&…;`."""
    for opening, closing, longest in (("<", ">", limit), ("&", ";", len("&amp;"))):
        start = text.rfind(opening, 0, limit)
        is_inside = start >= limit - longest and closing not in text[start:limit]
        if start >= 0 and is_inside:
            limit = start
    return limit
