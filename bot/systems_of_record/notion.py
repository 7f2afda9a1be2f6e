"""A database in Notion as a system of record: a page for each document.

Notion-Version 2025-09-03 (https://developers.notion.com/reference). A page is found again by its
title, which begins with the record's name, so a lost answer makes no second one. A page cannot be
changed in one step: what is the same at its beginning stays, the rest is replaced.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from urllib.parse import quote

from bot.core.crash import crash_point
from bot.core.documents import Document, Kind, Part, Reference, digest, lines_of
from bot.core.errors import RecordRefused
from bot.systems_of_record.http import Client, NotThere

VERSION: Final = "2025-09-03"
ADDRESS: Final = "https://api.notion.com"
MOST_BLOCKS: Final = 100
LONGEST_TEXT: Final = 1_000
"""Characters; Notion takes 2,000 and counts some as two."""
MOST_TEXTS: Final = 100
_TYPES: Final = {
    Kind.HEADING: "heading_2",
    Kind.TEXT: "paragraph",
    Kind.BULLET: "bulleted_list_item",
    Kind.LINK: "bulleted_list_item",
}
_KINDS: Final = {"heading_2": Kind.HEADING, "paragraph": Kind.TEXT}


class Notion:
    """Keeps documents in the database with this id; the integration must be invited to it."""

    name = "Notion"

    def __init__(self, token: str, database: str, url: str = ADDRESS) -> None:
        self._database = database
        headers = {"authorization": f"Bearer {token}", "notion-version": VERSION}
        self._client = Client("Notion", url, headers)
        self._found: tuple[str, str] | None = None
        self._own_id = ""

    def write(self, document: Document, known: Reference | None) -> Reference:
        """Has the document's page say what it says, and makes the page if there is none."""
        blocks = [_block(part) for part in document.parts]
        page = self._page(document, known)
        is_new = page is None
        if page is None:
            page = self._create(document, blocks[:MOST_BLOCKS])
        crash_point("record.after_push")
        there = self._children(page["id"])
        replaced = known is not None and self._was_changed_by_hand(page, there, known)
        if not is_new and _title_in(page) != _titled(document):
            self._client.ask("PATCH", _path("pages", page["id"]), self._properties(document))
        self._bring_to(page["id"], there, blocks)
        said = f"{_titled(document)}\n{lines_of(list(_read_all(blocks)))}"
        url = str(page.get("url", ""))
        return Reference(str(page["id"]), digest(said), url, replaced=replaced)

    def read(self, reference: Reference) -> str | None:
        """The page's title and its blocks as plain text."""
        page = self._get(reference.id)
        return None if page is None else _said(page, self._children(reference.id))

    def _page(self, document: Document, known: Reference | None) -> Any:
        """The page that was written before, also if nobody knows of it."""
        page = self._get(known.id) if known else None
        if page is not None:
            return page
        source, title = self._source()
        begins = {"property": title, "title": {"starts_with": f"{document.key}:"}}
        path = f"{_path('data_sources', source)}/query"
        found = self._client.ask("POST", path, {"filter": begins, "page_size": 2})["results"]
        return found[0] if found else None

    def _get(self, page_id: str) -> Any:
        """A page, unless it is in the bin or nobody can open it any more."""
        try:
            page = self._client.ask("GET", _path("pages", page_id))
        except NotThere:
            return None
        return None if page.get("in_trash") or page.get("archived") else page

    def _was_changed_by_hand(self, page: Any, there: Sequence[Any], known: Reference) -> bool:
        """Whether people changed a page since; a write of ours that was cut short is none."""
        if digest(_said(page, there)) == known.digest:
            return False
        if not self._own_id:
            self._own_id = str(self._client.ask("GET", "/v1/users/me")["id"])
        return bool(page.get("last_edited_by", {}).get("id") != self._own_id)

    def _create(self, document: Document, blocks: Sequence[Any]) -> Any:
        parent = {"type": "data_source_id", "data_source_id": self._source()[0]}
        body = {"parent": parent, **self._properties(document), "children": list(blocks)}
        return self._client.ask("POST", "/v1/pages", body)

    def _properties(self, document: Document) -> dict[str, Any]:
        return {"properties": {self._source()[1]: {"title": _texts(_titled(document))}}}

    def _source(self) -> tuple[str, str]:
        """The database's one table, and what the column with the titles is called."""
        if self._found is None:
            database = self._client.ask("GET", _path("databases", self._database))
            sources = database.get("data_sources", [])
            if len(sources) != 1:
                raise RecordRefused("(Notion: the database must have exactly one data source)")
            source = sources[0]["id"]
            columns = self._client.ask("GET", _path("data_sources", source))["properties"]
            titles = [name for name, column in columns.items() if column["type"] == "title"]
            self._found = source, titles[0]
        return self._found

    def _children(self, page_id: str) -> list[Any]:
        blocks: list[Any] = []
        query = {"page_size": str(MOST_BLOCKS)}
        while True:
            path = f"{_path('blocks', page_id)}/children"
            answer = self._client.ask("GET", path, query=query)
            blocks += answer["results"]
            if not answer.get("has_more"):
                return blocks
            query |= {"start_cursor": answer["next_cursor"]}

    def _bring_to(self, page_id: str, there: Sequence[Any], wanted: Sequence[Any]) -> None:
        """Replaces the blocks from the first one on that is not as it is wanted."""
        old, new = list(_read_all(there)), list(_read_all(wanted))
        pairs = zip(old, new, strict=False)
        same = next((at for at, (one, two) in enumerate(pairs) if one != two), len(old))
        same = min(same, len(new))
        for block in there[same:]:
            self._client.ask("DELETE", _path("blocks", block["id"]))
        for at in range(same, len(wanted), MOST_BLOCKS):
            body = {"children": list(wanted[at : at + MOST_BLOCKS])}
            self._client.ask("PATCH", f"{_path('blocks', page_id)}/children", body)


def _path(what: str, its_id: str) -> str:
    return f"/v1/{what}/{quote(its_id, safe='')}"


def _block(part: Part) -> dict[str, Any]:
    kind = _TYPES[part.kind]
    return {"object": "block", "type": kind, kind: {"rich_text": _texts(part.text, part.url)}}


def _texts(text: str, url: str = "") -> list[dict[str, Any]]:
    """A text in pieces that Notion takes."""
    link = {"link": {"url": url}} if url else {}
    pieces = [text[at : at + LONGEST_TEXT] for at in range(0, len(text), LONGEST_TEXT)]
    return [{"type": "text", "text": {"content": piece, **link}} for piece in pieces[:MOST_TEXTS]]


def _titled(document: Document) -> str:
    return document.title[:LONGEST_TEXT]


def _said(page: Any, blocks: Sequence[Any]) -> str:
    return f"{_title_in(page)}\n{lines_of(list(_read_all(blocks)))}"


def _title_in(page: Any) -> str:
    columns = page.get("properties", {}).values()
    titles = [column["title"] for column in columns if column.get("type") == "title"]
    return _plain(titles[0]) if titles else ""


def _read_all(blocks: Sequence[Any]) -> Iterator[Part]:
    for block in blocks:
        texts = block.get(block["type"], {}).get("rich_text", [])
        links = [(each["text"].get("link") or {}).get("url") for each in texts if "text" in each]
        url = next((link for link in links if link), "")
        kind = _KINDS.get(block["type"], Kind.LINK if url else Kind.BULLET)
        yield Part(kind, _plain(texts), url)


def _plain(texts: Sequence[Any]) -> str:
    return "".join(
        each.get("plain_text") or each.get("text", {}).get("content", "") for each in texts
    )
