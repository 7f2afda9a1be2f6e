"""What people read of another app's message: its text, its attachments and its blocks, as one."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from bot.core.db import storable
from bot.core.patterns import regex

MAX_TEXT: Final = 4_000
MAX_NAME: Final = 80
MAX_PARTS: Final = 100
NAMELESS: Final = "An app"
_WORK: Final = regex(r"/(?:pull|issues|discussions|commit)/")


def app_of(message: Mapping[str, Any]) -> str:
    """How the app is called: as it calls itself in this message, or else in general."""
    match message:
        case {"username": str(name)} if name.strip():
            pass
        case {"bot_profile": {"name": str(name)}} if name.strip():
            pass
        case _:
            name = NAMELESS
    return " ".join(storable(name[: MAX_NAME * 2]).split())[:MAX_NAME]


def text_of(message: Mapping[str, Any]) -> str:
    """Everything there is to read, part by part, each on lines of its own; nothing comes twice."""
    text = message.get("text")
    parts = [text] if isinstance(text, str) else []
    # rich text is what Slack itself makes of a text: only where there is none is it news
    parts += _in_blocks(message.get("blocks"), with_rich=not "".join(parts).strip())
    for attachment in _listed(message.get("attachments")):
        parts += _in_attachment(attachment)
    return _joined(parts)


def _joined(parts: Iterable[str]) -> str:
    told = ""
    for part in parts:
        words = storable(part[: MAX_TEXT + 1]).strip()
        if words and f"\n{words}\n" not in f"\n{told}\n":
            told = f"{told}\n{words}" if told else words
        if len(told) >= MAX_TEXT:
            break
    return _whole(told)


def _whole(text: str) -> str:
    """At most so many characters, and no token of Slack's cut in two."""
    if len(text) <= MAX_TEXT:
        return text
    cut = text[:MAX_TEXT]
    opened = cut.rfind("<")
    return cut[:opened] if opened > cut.rfind(">") else cut


def _in_attachment(attachment: Any) -> Iterator[str]:
    if not isinstance(attachment, Mapping):
        return
    parts = [*_around(attachment), *_in_blocks(attachment.get("blocks"), with_rich=True)]
    fallback = attachment.get("fallback")
    if not parts and isinstance(fallback, str):
        parts = [fallback]
    yield from parts


def _around(attachment: Mapping[str, Any]) -> Iterator[str]:
    match attachment:
        case {"pretext": str(pretext)}:
            yield pretext
    match attachment:
        case {"title": str(title), "title_link": str(address)} if title and _is_address(address):
            yield f"<{address}|{title.replace('|', '/').replace('>', '&gt;')}>"
        case {"title": str(title)}:
            yield title
    match attachment:
        case {"text": str(text)}:
            yield _quoted(text) if _is_of_work(attachment) else text
    for field in _listed(attachment.get("fields")):
        match field:
            case {"title": str(title), "value": str(value)} if title and value:
                yield f"{title}: {value}"
            case {"value": str(value)}:
                yield value


def _is_of_work(attachment: Mapping[str, Any]) -> bool:
    """Whether it is about an issue or a pull request: below its title stands what people wrote."""
    address = attachment.get("title_link")
    return isinstance(address, str) and _WORK.search(address) is not None


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text[: MAX_TEXT + 1].splitlines())


def _is_address(address: str) -> bool:
    return address.startswith(("https://", "http://")) and not set(address) & set("<>| \n\t")


def _in_blocks(blocks: Any, *, with_rich: bool) -> Iterator[str]:
    for block in _listed(blocks):
        match block:
            case {"type": "rich_text"}:
                if with_rich:
                    yield "".join(_rich(block))
            case {"type": "markdown", "text": str(text)}:
                yield _literal(text)
            case {"type": "section" | "header"}:
                for shape in (block.get("text"), *_listed(block.get("fields"))):
                    yield from _shown(shape)
            case {"type": "context"}:
                for shape in _listed(block.get("elements")):
                    yield from _shown(shape)


def _shown(shape: Any) -> Iterator[str]:
    match shape:
        case {"type": "plain_text", "text": str(text)}:
            yield _literal(text)
        case {"type": "mrkdwn", "text": str(text)}:
            yield text


def _rich(element: Any, depth: int = 4) -> Iterator[str]:
    match element:
        case {"type": "text", "text": str(text)}:
            yield _literal(text)
        case {"type": "link", "url": str(address)} if _is_address(address):
            label = element.get("text")
            told = _literal(label).replace("|", "/") if isinstance(label, str) and label else ""
            yield f"<{address}|{told}>" if told else f"<{address}>"
        case {"type": "user", "user_id": str(user_id)} if user_id.isalnum():
            yield f"<@{user_id}>"
        case {"type": "emoji", "name": str(name)}:
            yield f":{name}:"
        case {"elements": list(inner)} if depth:
            for each in inner[:MAX_PARTS]:
                yield from _rich(each, depth - 1)
            if element.get("type") != "rich_text":
                yield "\n"


def _literal(text: str) -> str:
    """Text that Slack shows as it stands, with its signs escaped as in any other."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _listed(given: Any) -> list[Any]:
    return given[:MAX_PARTS] if isinstance(given, list) else []
