"""What Slack itself insists on before it sends a form to the app."""

from decimal import Decimal, InvalidOperation
from typing import Any, Final

from bot.playground.elements import KINDS
from bot.playground.world import Json

REQUIRED: Final = "Please complete this required field."


def mistakes(blocks: list[Json], values: Json) -> dict[str, str]:
    """What is wrong with the answers of a form, by block."""
    found = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            entry = values[block["block_id"]][element["action_id"]]
            answer = entry[KINDS[element["type"]].answer]
            said = _mistake(element, answer, is_optional=bool(block.get("optional")))
            if said:
                found[block["block_id"]] = said
    return found


def _mistake(element: Json, answer: Any, *, is_optional: bool) -> str | None:
    if not answer:
        return None if is_optional else REQUIRED
    if element["type"] == "number_input":
        return _number(element, answer)
    if element["type"] == "plain_text_input":
        return _length(element, answer)
    most = element.get("max_selected_items")
    return f"Choose {most} at most." if most and len(answer) > most else None


def _number(element: Json, answer: str) -> str | None:
    try:
        number = Decimal(answer)
    except InvalidOperation:
        return "Please enter a number."
    if not number.is_finite():
        return "Please enter a number."
    if not element["is_decimal_allowed"] and number != number.to_integral_value():
        return "Please enter a whole number."
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"Please enter {element['min_value']} or more."
    if "max_value" in element and number > Decimal(element["max_value"]):
        return f"Please enter {element['max_value']} or less."
    return None


def _length(element: Json, answer: str) -> str | None:
    if len(answer) < (element.get("min_length") or 0):
        return f"Please enter {element['min_length']} characters or more."
    if len(answer) > (element.get("max_length") or len(answer)):
        return f"Please enter {element['max_length']} characters or less."
    return None
