"""The forms an answer may have: what is sent, the schema, how it is read, and how it is checked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.core.drafting import DraftLine, DraftRequest, Material
from bot.core.verify import Verified, verify
from bot.core.verify_translation import verify_translation
from bot.llm import replies


@dataclass(frozen=True, slots=True)
class Form:
    """One form; a prompt names it as its `schema`."""

    rows: Callable[[Material], list[dict[str, str]]]
    schema: Callable[[DraftRequest], dict[str, Any]]
    read: Callable[[str], list[DraftLine] | None]
    check: Callable[[Sequence[DraftLine], DraftRequest], Verified]


def rows_of(material: Material) -> list[dict[str, str]]:
    """Messages as the model gets them: no name, no id and no address of anybody's."""
    return [
        {
            "id": source.id,
            "author": material.alias_of(source.author_id),
            "t": f"{source.at:%a %H:%M}",
            "text": source.text,
        }
        for source in material.sources
    ]


def _texts_of(material: Material) -> list[dict[str, str]]:
    return [{"id": source.id, "text": source.text} for source in material.sources]


FORMS: Final[Mapping[str, Form]] = {
    "lines": Form(
        rows_of,
        lambda request: replies.lines_of(request.wanted.kinds),
        replies.read_lines,
        lambda proposed, request: verify(proposed, request.material, request.wanted),
    ),
    "translations": Form(
        _texts_of,
        lambda _request: replies.translations(),
        replies.read_translations,
        lambda proposed, request: verify_translation(
            proposed, request.material, request.values["language"]
        ),
    ),
}
