"""Takes what a button means out of it and puts a random token there.

The token is the button's value, the value of each entry of a list, and where an element has neither
its id. Links stay: the browser follows them.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from bot.core.blocks import STATE, Block, Element

TOKEN_BYTES: Final = 24
SEALED: Final = "t:"
LINK: Final = "link:"
"""How the ids of buttons begin that the browser follows; nobody answers them."""
_LISTS: Final = ("options", "initial_options")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a feature wrote into a button; `state` is that of the object it is about."""

    name: str
    reference: str = ""
    state: str | None = None


Tokens: TypeAlias = dict[Meaning, str]
_TokenOf: TypeAlias = Callable[[Meaning], str]


def new_token() -> str:
    """192 random bits, marked as a token."""
    return SEALED + secrets.token_urlsafe(TOKEN_BYTES)


def seal(blocks: Iterable[Block], known: Mapping[Meaning, str]) -> tuple[list[Block], Tokens]:
    """The blocks with tokens in the place of meanings, and the tokens that stand there now.

    A meaning that has a token among the `known` ones keeps it.
    """
    tokens: Tokens = {}

    def token_of(meaning: Meaning) -> str:
        if meaning not in tokens:
            tokens[meaning] = known.get(meaning) or new_token()
        return tokens[meaning]

    return [_sealed_block(block, token_of) for block in blocks], tokens


def _sealed_block(block: Block, token_of: _TokenOf) -> Block:
    sealed = dict(block)
    if "elements" in block:
        sealed["elements"] = [_sealed(element, token_of) for element in block["elements"]]
    if "accessory" in block:
        sealed["accessory"] = _sealed(block["accessory"], token_of)
    if block.get("dispatch_action"):  # else an input says nothing before its form is sent off
        sealed["element"] = _sealed(block["element"], token_of)
    return sealed


def _sealed(element: Element, token_of: _TokenOf) -> Element:
    if element.get("action_id", SEALED).startswith(SEALED):
        return element  # what was sealed before keeps its tokens
    if "url" in element:
        return element | {"action_id": f"{LINK}{new_token()}"}
    name, state = element["action_id"], element.get(STATE)
    sealed = {key: value for key, value in element.items() if key != STATE}

    def entry(option: Element) -> Element:
        return option | {"value": token_of(Meaning(name, option["value"], state))}

    if "options" in element or "option_groups" in element:
        return sealed | _entries(element, entry) | {"action_id": new_token()}
    token = token_of(Meaning(name, element.get("value", ""), state))
    value = {"value": token} if element["type"] == "button" else {}
    return sealed | value | {"action_id": token}


def _entries(element: Element, entry: Callable[[Element], Element]) -> dict[str, Any]:
    """The lists of an element, each of their entries sealed."""
    sealed: dict[str, Any] = {
        key: [entry(option) for option in element[key]] for key in _LISTS if key in element
    }
    if "initial_option" in element:
        sealed["initial_option"] = entry(element["initial_option"])
    if "option_groups" in element:
        groups = element["option_groups"]
        sealed["option_groups"] = [group | _entries(group, entry) for group in groups]
    return sealed
