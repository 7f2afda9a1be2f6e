"""Messages and views as plain text, for the transcript and for looking something up."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from bot.playground.payloads import unescape
from bot.playground.world import Json, World

_MARKUP: Final = re.compile(r"<([@#!])(\w+)(?:\|([^>]*))?>|<([^|>]+)(?:\|([^>]*))?>")

_EMPHASIS: Final = re.compile(r"(?<!\w)([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?!\w)")
_EMOJI: Final = re.compile(r":([a-z0-9_+-]+):")
EMOJI: Final = {
    "white_check_mark": "✅",
    "eyes": "👀",
    "pushpin": "📌",
    "rotating_light": "🚨",
    "wave": "👋",
    "thumbsup": "👍",
    "tada": "🎉",
}


def of_message(world: World, text: str, blocks: Iterable[Json]) -> str:
    """What people read of a message; its buttons in brackets."""
    laid_out = "\n".join(_lines(world, blocks))
    return laid_out or of_text(world, text)


def of_view(world: World, view: Json) -> str:
    """What people read of a form or a home."""
    title = (view.get("title") or {}).get("text", "")
    lines = [f"{title}" if title else "", *_lines(world, view.get("blocks") or [])]
    buttons = [(view.get(name) or {}).get("text") for name in ("submit", "close")]
    lines.append(" ".join(f"[{label}]" for label in buttons if label))
    return "\n".join(line for line in lines if line)


def of_text(world: World, text: str) -> str:
    """Slack's markup as people see it: tokens as words, no marks of emphasis."""
    words = _MARKUP.sub(lambda found: _word(world, found), text)
    words = _EMOJI.sub(lambda found: EMOJI.get(found[1], found[0]), words)
    return unescape(_EMPHASIS.sub(r"\2", words))


def _word(world: World, found: re.Match[str]) -> str:
    sign, ident, label, url, url_label = found.groups()
    if sign == "@":
        user = world.users.get(ident)
        return f"@{user.name}" if user else f"@{label or ident}"
    if sign == "#":
        channel = world.channels.get(ident)
        return f"#{channel.name}" if channel else f"#{label or ident}"
    return f"@{ident}" if sign == "!" else (url_label or url)


def _lines(world: World, blocks: Iterable[Json]) -> list[str]:
    lines = []
    for block in blocks:
        write = _WRITERS.get(block.get("type", ""))
        if write is not None:
            lines.append(write(world, block))
    return [line for line in lines if line]


def _section(world: World, block: Json) -> str:
    text = of_text(world, (block.get("text") or {}).get("text", ""))
    accessory = block.get("accessory") or {}
    return f"{text}  {_button(accessory)}" if accessory.get("type") == "button" else text


def _context(world: World, block: Json) -> str:
    return "  ".join(of_text(world, element.get("text", "")) for element in block["elements"])


def _actions(_world: World, block: Json) -> str:
    return " ".join(_button(element) for element in block["elements"])


def _input(world: World, block: Json) -> str:
    element = block["element"]
    shown = element.get("initial_value") or ""
    if element.get("initial_user"):
        shown = of_text(world, f"<@{element['initial_user']}>")
    label = block["label"]["text"]
    return f"{label}: {shown}" if shown else f"{label}: ____"


def _button(element: Json) -> str:
    return f"[{(element.get('text') or {}).get('text', '')}]"


def _rich(world: World, block: Json) -> str:
    lines = []
    for part in block.get("elements", []):
        inner = "".join(_rich_word(world, element) for element in part.get("elements", []))
        lines.append(
            "\n".join(f"> {line}" for line in inner.split("\n"))
            if part["type"] == "rich_text_quote"
            else inner
        )
    return "\n".join(lines)


def _rich_word(world: World, element: Json) -> str:
    match element["type"]:
        case "user":
            return of_text(world, f"<@{element['user_id']}>")
        case "channel":
            return of_text(world, f"<#{element['channel_id']}>")
        case "broadcast":
            return f"@{element['range']}"
        case "emoji":
            return f":{element['name']}:"
        case "link":
            return str(element.get("text") or element["url"])
        case _:
            return str(element.get("text", ""))


_WRITERS: Final[dict[str, Callable[[World, Json], str]]] = {
    "section": _section,
    "header": lambda world, block: of_text(world, block["text"]["text"]),
    "context": _context,
    "actions": _actions,
    "input": _input,
    "divider": lambda _world, _block: "",
    "rich_text": _rich,
}
