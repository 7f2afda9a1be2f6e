"""What Slack checks about elements before it shows them."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from bot.core.patterns import regex
from bot.playground.elements import KINDS, Kind, options_of
from bot.playground.world import Json

MAX_GROUPS: Final = 100
MAX_OPTION_TEXT: Final = 75
MAX_OPTION_VALUE: Final = 150
MAX_INPUT: Final = 3_000
_CONFIRM: Final = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
_MARKED_UP: Final = frozenset({"checkboxes", "radio_buttons"})
_STYLES: Final = frozenset({None, "primary", "danger"})
_TIME: Final = regex(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


def text(shape: Any, limit: int, name: str, *, is_plain: bool = False) -> Iterator[str]:
    """What is wrong with a text object."""
    kinds = {"plain_text"} if is_plain else {"plain_text", "mrkdwn"}
    if not isinstance(shape, dict) or shape.get("type") not in kinds:
        yield f"{name} must be a {'plain_text' if is_plain else 'text'} object"
    elif not shape.get("text"):
        yield f"{name} must be at least 1 character"
    elif len(shape["text"]) > limit:
        yield f"{name} must be less than {limit + 1} characters"


def problems(element: Json) -> Iterator[str]:
    """What is wrong with an element of a known kind, beyond what any object owes."""
    kind = KINDS[element["type"]]
    yield from _confirm(element)
    if element.get("style") not in _STYLES:
        yield "style must be primary or danger"
    if kind.most_options:
        yield from _options(element, kind)
    most = element.get("max_selected_items", 1)
    if not isinstance(most, int) or most < 1:
        yield "max_selected_items must be 1 or more"
    check = _OF_KIND.get(element["type"])
    if check is not None:
        yield from check(element)


def _confirm(element: Json) -> Iterator[str]:
    confirm = element.get("confirm")
    if confirm is None:
        return
    for name, limit in _CONFIRM.items():
        yield from text(confirm.get(name), limit, f"confirm {name}", is_plain=name != "text")
    if confirm.get("style") not in _STYLES:
        yield "style must be primary or danger"


def _options(element: Json, kind: Kind) -> Iterator[str]:
    options, groups = element.get("options"), element.get("option_groups")
    is_select = element["type"].endswith("static_select")
    if bool(options) == bool(groups) or (groups and not is_select):
        yield "missing required field: options"
        return
    for group in groups or []:
        yield from text(group.get("label"), MAX_OPTION_TEXT, "label", is_plain=True)
    for offered in [options] if options else [group.get("options") for group in groups or []]:
        if not offered or len(offered) > kind.most_options:
            yield f"options must have 1 to {kind.most_options} items"
            return
    if groups and len(groups) > MAX_GROUPS:
        yield f"no more than {MAX_GROUPS} items allowed in option_groups"
    for option in options_of(element):
        yield from _option(option, element["type"])
    yield from _initial(element, kind)


def _option(option: Json, owner: str) -> Iterator[str]:
    is_plain = owner not in _MARKED_UP
    yield from text(option.get("text"), MAX_OPTION_TEXT, "option text", is_plain=is_plain)
    if "description" in option:
        described = option["description"]
        yield from text(described, MAX_OPTION_TEXT, "description", is_plain=is_plain)
    value = option.get("value")
    if not isinstance(value, str) or not 0 < len(value) <= MAX_OPTION_VALUE:
        yield f"option value must have 1 to {MAX_OPTION_VALUE} characters"
    if "url" in option and owner != "overflow":
        yield "url is for overflow menus only"


def _initial(element: Json, kind: Kind) -> Iterator[str]:
    if kind.initial not in element:
        return
    initial = element[kind.initial]
    given = initial if kind.is_many else [initial]
    if not given or any(option not in options_of(element) for option in given):
        yield f"{kind.initial} must be one of the options"


def _time(element: Json) -> Iterator[str]:
    if "initial_time" in element and not _TIME.fullmatch(str(element["initial_time"])):
        yield "initial_time must be HH:MM"


def _date(element: Json) -> Iterator[str]:
    try:
        date.fromisoformat(element.get("initial_date", "2026-01-01"))
    except ValueError:
        yield "initial_date must be YYYY-MM-DD"


def _length(element: Json) -> Iterator[str]:
    least, most = element.get("min_length", 0), element.get("max_length", MAX_INPUT)
    if not 0 <= least <= most <= MAX_INPUT or most < 1:
        yield f"min_length and max_length must be between 0 and {MAX_INPUT}"


def _number(element: Json) -> Iterator[str]:
    names = ("min_value", "max_value", "initial_value")
    given = {name: element[name] for name in names if name in element}
    try:
        numbers = {name: Decimal(value) for name, value in given.items()}
    except (InvalidOperation, TypeError, ValueError):
        numbers = {}
    if len(numbers) < len(given) or not all(isinstance(each, str) for each in given.values()):
        yield "min_value, max_value and initial_value must be numbers as text"
        return
    least, most = (numbers.get(name) for name in ("min_value", "max_value"))
    if least is not None and most is not None and least > most:
        yield "min_value must not be greater than max_value"


_OF_KIND: Final = {
    "timepicker": _time,
    "datepicker": _date,
    "plain_text_input": _length,
    "number_input": _number,
}
