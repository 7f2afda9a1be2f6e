"""The rich text block that Slack makes of what somebody wrote: styles, lists, quotes, tokens."""

import re
from collections.abc import Callable
from typing import Any, Final

from bot.core.patterns import regex
from bot.playground.world import Json

_FENCE: Final = regex(r"(```.*?```)", re.DOTALL)
_ATOM: Final = regex(
    r"`(?P<code>[^`\n]+)`|<@(?P<user>\w+)(?:\|[^>]*)?>|<#(?P<channel>\w+)(?:\|[^>]*)?>"
    r"|<!(?P<range>here|channel|everyone)>|<!subteam\^(?P<usergroup>\w+)(?:\|[^>]*)?>"
    r"|<(?P<url>[a-z]+:[^|>]+)(?:\|(?P<label>[^>]*))?>|:(?P<emoji>[a-z0-9_+-]+):"
)
_STYLES: Final = {
    style: regex(rf"(?<![\w{sign}]){sign}(?=\S)([^{sign}\n]+?)(?<=\S){sign}(?![\w{sign}])")
    for style, sign in (("bold", r"\*"), ("italic", "_"), ("strike", "~"))
}
_BULLET: Final = regex(r"( *)• (.*)")
_NUMBERED: Final = regex(r"( *)(\d+)\. (.*)")
_INDENT: Final = 4
_HELD: Final = 0xE000  # private-use characters stand for what emphasis may span but not look into
_HOLDERS: Final = regex("([\ue000-\uf8ff])")


def of_text(text: str) -> list[Json]:
    """The blocks of a message of which only the text is known."""
    elements: list[Json] = []
    for part in _FENCE.split(text):
        if part.startswith("```"):
            inner = [{"type": "text", "text": unescape(part.strip("`\n"))}]
            elements.append({"type": "rich_text_preformatted", "elements": inner})
        elif part.strip():
            elements += _paragraphs(part)
    return [{"type": "rich_text", "block_id": "text", "elements": elements}] if elements else []


def unescape(text: str) -> str:
    """Undoes Slack's escaping."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _paragraphs(text: str) -> list[Json]:
    elements: list[Json] = []
    for kind, lines in _runs(text.strip("\n").split("\n")):
        elements += _WRITERS[kind](lines)
    return elements


def _runs(lines: list[str]) -> list[tuple[str, list[str]]]:
    """The lines in groups of one kind."""
    runs: list[tuple[str, list[str]]] = []
    for line in lines:
        kind = _kind(line, runs[-1][0] if runs else "")
        if runs and runs[-1][0] == kind:
            runs[-1][1].append(line)
        else:
            runs.append((kind, [line]))
    return runs


def _kind(line: str, before: str) -> str:
    if line.startswith("&gt;"):
        return "quote"
    if _BULLET.fullmatch(line):
        return "bullet"
    numbered = _NUMBERED.fullmatch(line)
    begins = numbered is not None and (before == "ordered" or numbered[2] == "1")
    return "ordered" if begins else "section"


def _section(lines: list[str]) -> list[Json]:
    return [{"type": "rich_text_section", "elements": _inline("\n".join(lines))}]


def _quote(lines: list[str]) -> list[Json]:
    words = "\n".join(line.removeprefix("&gt;").lstrip() for line in lines)
    return [{"type": "rich_text_quote", "elements": _inline(words)}]


def _list(style: str, pattern: re.Pattern[str]) -> Callable[[list[str]], list[Json]]:
    def write(lines: list[str]) -> list[Json]:
        lists: list[Json] = []
        for line in lines:
            found = pattern.fullmatch(line)
            indent, words = (len(found[1]) // _INDENT, found[found.re.groups]) if found else (0, "")
            if not lists or lists[-1]["indent"] != indent:
                empty = {"type": "rich_text_list", "style": style, "indent": indent, "border": 0}
                lists.append(empty | {"elements": []})
            lists[-1]["elements"] += _section([words])
        return lists

    return write


_WRITERS: Final[dict[str, Callable[[list[str]], list[Json]]]] = {
    "section": _section,
    "quote": _quote,
    "bullet": _list("bullet", _BULLET),
    "ordered": _list("ordered", _NUMBERED),
}


def _inline(text: str) -> list[Json]:
    atoms: list[Json] = []

    def hold(found: re.Match[str]) -> str:
        atoms.append(_token(found))
        return chr(_HELD + len(atoms) - 1)

    return _styled(_ATOM.sub(hold, _HOLDERS.sub("", text)), atoms, {})


def _styled(text: str, atoms: list[Json], style: dict[str, bool]) -> list[Json]:
    elements: list[Json] = []
    for name, pattern in _STYLES.items():
        while found := pattern.search(text):
            elements += _styled(text[: found.start()], atoms, style)
            elements += _styled(found[1], atoms, style | {name: True})
            text = text[found.end() :]
    return elements + [_piece(part, atoms, style) for part in _HOLDERS.split(text) if part]


def _piece(part: str, atoms: list[Json], style: dict[str, bool]) -> Json:
    is_atom = _HOLDERS.fullmatch(part) is not None
    text: Json = {"type": "text", "text": unescape(part)}
    element = atoms[ord(part) - _HELD] if is_atom else text
    merged: dict[str, Any] = style | element.get("style", {})
    return element | ({"style": merged} if merged else {})


def _token(found: re.Match[str]) -> Json:
    if found["code"]:
        return {"type": "text", "text": unescape(found["code"]), "style": {"code": True}}
    for kind in ("user", "channel", "usergroup"):
        if found[kind]:
            return {"type": kind, f"{kind}_id": found[kind]}
    if found["range"]:
        return {"type": "broadcast", "range": found["range"]}
    if found["emoji"]:
        return {"type": "emoji", "name": found["emoji"]}
    link: Json = {"type": "link", "url": unescape(found["url"])}
    return link | ({"text": unescape(found["label"])} if found["label"] else {})
