"""Messages and views as plain text, for the transcript and for looking something up."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from bot.core.patterns import regex
from bot.playground import elements
from bot.playground.rich_text import unescape
from bot.playground.world import Json, Message, World

_GROUP: Final = "!subteam^"
_MARKUP: Final = regex(
    rf"<({re.escape(_GROUP)}|[@#!])(\w+)(?:\|([^<>]*))?>|<([^|<>]+)(?:\|([^<>]*))?>"
)
_SIGNS: Final = {"user": "@", "channel": "#", "usergroup": _GROUP}
_EMPHASIS: Final = regex(r"(?<!\w)([*_~])(?=\S)([^*_~\n]+?)(?<=\S)\1(?!\w)")
_EMOJI: Final = regex(r":([a-z0-9_+-]+):")
EMOJI: Final = {
    "white_check_mark": "✅",
    "eyes": "👀",
    "pushpin": "📌",
    "rotating_light": "🚨",
    "wave": "👋",
    "zap": "⚡",
    "warning": "⚠️",
    "thumbsup": "👍",
    "tada": "🎉",
    "palm_tree": "🌴",
    "face_with_thermometer": "🤒",
    "house_with_garden": "🏡",
    "spiral_calendar_pad": "🗓",
    "headphones": "🎧",
    "speech_balloon": "💬",
    "runner": "🏃",
    "arrow_right": "➡️",
    "leftwards_arrow_with_hook": "↩️",
    "question": "❓",
    "no_bell": "🔕",
    "zzz": "💤",
    "hourglass_flowing_sand": "⏳",
    "test_tube": "🧪",
    "spiral_note_pad": "🗒",
    "no_entry": "⛔",
    "no_entry_sign": "🚫",
}

_MARKS: Final = {"checkboxes": "☐☑", "radio_buttons": "○◉"}


def of_message(world: World, text: str, blocks: Iterable[Json]) -> str:
    """What people read of a message; its buttons in brackets."""
    return "\n".join(_lines(world, blocks)) or of_text(world, text)


def of_posted(world: World, message: Message) -> str:
    """The same with what stands under it: attachments, and pictures as their words."""
    attached = [_attached(world, each) for each in message.attachments]
    pictures = [f"[picture: {file.alt or file.name}]" for file in message.files]
    told = of_message(world, message.text, message.blocks)
    return "\n".join(filter(None, [told, *attached, *pictures]))


def of_view(world: World, view: Json) -> str:
    """What people read of a form or a home."""
    title = (view.get("title") or {}).get("text", "")
    lines = [f"{title}" if title else "", *_lines(world, view.get("blocks") or [])]
    buttons = [(view.get(name) or {}).get("text") for name in ("submit", "close")]
    lines.append(" ".join(f"[{label}]" for label in buttons if label))
    return "\n".join(line for line in lines if line)


def of_answers(world: World, blocks: Iterable[Json], given: Json) -> str:
    """What somebody typed and chose in a form, under the labels that they saw."""
    lines = []
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            typed = given.get(block["block_id"], {}).get(element["action_id"])
            shown = _answer(world, element, typed) if typed else ""
            lines += [f"{block['label']['text']}: {shown}"] if shown else []
    return "\n".join(lines)


def of_use(world: World, element: Json, given: Any) -> str:
    """What somebody pressed, or chose from a menu."""
    if element["type"] == "button":
        return of_text(world, element["text"]["text"])
    return _answer(world, element, given)


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
    if sign == _GROUP:
        group = world.groups.get(ident)
        return f"@{group.handle}" if group else (label or f"@{ident}")
    return f"@{ident}" if sign == "!" else (url_label or url)


def _attached(world: World, attachment: Json) -> str:
    """An attachment's parts, or what it has for clients that cannot show them."""
    fields = [f"{each['title']}: {each['value']}" for each in attachment.get("fields", [])]
    parts = [*(attachment.get(name, "") for name in ("pretext", "title", "text")), *fields]
    told = "\n".join(filter(None, parts))
    return of_text(world, told or attachment.get("fallback", ""))


def _lines(world: World, blocks: Iterable[Json]) -> list[str]:
    lines = []
    for block in blocks:
        write = _WRITERS.get(block.get("type", ""))
        if write is not None:
            lines.append(write(world, block))
    return [line for line in lines if line]


def _section(world: World, block: Json) -> str:
    lines = [block.get("text"), *(block.get("fields") or [])]
    text = "\n".join(of_text(world, line["text"]) for line in lines if line)
    accessory = block.get("accessory")
    return f"{text}  {_element(world, accessory)}" if accessory else text


def _context(world: World, block: Json) -> str:
    return "  ".join(of_text(world, element.get("text", "")) for element in block["elements"])


def _actions(world: World, block: Json) -> str:
    return " ".join(_element(world, element) for element in block["elements"])


def _input(world: World, block: Json) -> str:
    label, element = block["label"]["text"], block["element"]
    return f"{label}: {_marked(element) or _answer(world, element) or '____'}"


def _element(world: World, element: Json) -> str:
    if element["type"] == "overflow":
        return "[⋯]"
    label = (element.get("text") or element.get("placeholder") or {}).get("text", "")
    return _marked(element) or f"[{_answer(world, element) or label}]"


def _marked(element: Json) -> str:
    """The options that stand one below the other, the chosen ones marked."""
    marks = _MARKS.get(element["type"])
    if marks is None:
        return ""
    initial = element.get("initial_options") or [element.get("initial_option")]
    options = elements.options_of(element)
    return " ".join(f"{marks[each in initial]} {each['text']['text']}" for each in options)


def _answer(world: World, element: Json, given: Any = None) -> str:
    """What somebody chose or typed, or what stands there from the start."""
    told = elements.entry(element, given)
    chosen = told.get(elements.KINDS[element["type"]].answer)
    each = chosen if isinstance(chosen, list) else [chosen]
    return ", ".join(_called(world, element, answer) for answer in each if answer)


def _called(world: World, element: Json, answer: Any) -> str:
    if isinstance(answer, dict):
        return of_text(world, answer["text"]["text"])
    if "users" in element["type"]:
        return of_text(world, f"<@{answer}>")
    if "channels" in element["type"] or "conversations" in element["type"]:
        return of_text(world, f"<#{answer}>")
    return str(answer)


def _rich(world: World, block: Json) -> str:
    lines = []
    for part in block.get("elements", []):
        if part["type"] == "rich_text_list":
            lines += [f"• {_rich(world, {'elements': [each]})}" for each in part["elements"]]
            continue
        inner = "".join(_rich_word(world, element) for element in part.get("elements", []))
        lines.append(
            "\n".join(f"> {line}" for line in inner.split("\n"))
            if part["type"] == "rich_text_quote"
            else inner
        )
    return "\n".join(lines)


def _rich_word(world: World, element: Json) -> str:
    match element["type"]:
        case "user" | "channel" | "usergroup" as kind:
            return of_text(world, f"<{_SIGNS[kind]}{element[f'{kind}_id']}>")
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
