"""A space in Confluence Cloud as a system of record: a page for each document.

REST API v2 (https://developer.atlassian.com/cloud/confluence/rest/v2). A page's title is unique in
its space; a page is found again by it, so a lost answer makes no second one. Each change names the
version it makes: somebody who saves at the same moment is not overwritten unseen.
"""

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from typing import Any, Final
from urllib.parse import quote

from bot.core.crash import crash_point
from bot.core.documents import Document, Kind, Part, Reference, digest
from bot.core.errors import RecordConflict, RecordRefused
from bot.systems_of_record.http import Client, NotThere

LONGEST_TITLE: Final = 255
_BULLETS: Final = frozenset({Kind.BULLET, Kind.LINK})


class Confluence:
    """Keeps documents in a space, by its key; below the page with the id `parent`, if given.

    `url` is the site's, e.g. https://acme.atlassian.net; `token` is an API token of `user`.
    """

    name = "Confluence"

    def __init__(self, url: str, user: str, token: str, space: str, parent: str = "") -> None:
        basic = b64encode(f"{user}:{token}".encode()).decode()
        site = url.rstrip("/").removesuffix("/wiki")
        headers = {"authorization": f"Basic {basic}", "accept": "application/json"}
        self._client = Client("Confluence", f"{site}/wiki", headers)
        self._site, self._space, self._parent = site, space, parent
        self._space_id = ""

    def write(self, document: Document, known: Reference | None) -> Reference:
        """Has the document's page say what it says, and makes the page if there is none."""
        title = document.title[:LONGEST_TITLE]
        body = _storage(document.parts)
        page = self._page(document, title, known)
        said = digest(_said(title, body))
        replaced = False
        if page is None:
            page = self._create(title, body)
        elif digest(_said_by(page)) != said:
            replaced = known is not None and digest(_said_by(page)) != known.digest
            page = self._change(page, title, body)
        crash_point("record.after_push")
        link = str(page.get("_links", {}).get("webui", ""))
        url = f"{self._site}/wiki{link}" if link.startswith("/") else ""
        return Reference(str(page["id"]), said, url, replaced=replaced)

    def read(self, reference: Reference) -> str | None:
        """The page's title and what stands on it, as plain text."""
        page = self._get(reference.id)
        return None if page is None else _said_by(page)

    def _page(self, document: Document, title: str, known: Reference | None) -> Any:
        """The page that was written before, also if nobody knows of it."""
        page = self._get(known.id) if known else None
        if page is not None:
            return page
        query = {"space-id": self._space_of(), "title": title, "status": "current"}
        found = self._client.ask("GET", "/api/v2/pages", query=query)["results"]
        page = self._get(str(found[0]["id"])) if found else None
        if page is not None and document.name not in _said_by(page):
            raise RecordConflict("(Confluence: somebody else's page has this title)")
        return page

    def _get(self, page_id: str) -> Any:
        """A page with its body, unless it is in the bin or nobody can open it any more."""
        path = f"/api/v2/pages/{quote(page_id, safe='')}"
        try:
            page = self._client.ask("GET", path, query={"body-format": "storage"})
        except NotThere:
            return None
        return page if page.get("status", "current") == "current" else None

    def _create(self, title: str, body: str) -> Any:
        place = {"spaceId": self._space_of()}
        place |= {"parentId": self._parent} if self._parent else {}
        return self._client.ask("POST", "/api/v2/pages", {**place, **_content(title, body)})

    def _change(self, page: Any, title: str, body: str) -> Any:
        version = {"number": page["version"]["number"] + 1, "message": "Written by Baton"}
        sent = {"id": page["id"], **_content(title, body), "version": version}
        return self._client.ask("PUT", f"/api/v2/pages/{quote(str(page['id']), safe='')}", sent)

    def _space_of(self) -> str:
        if not self._space_id:
            found = self._client.ask("GET", "/api/v2/spaces", query={"keys": self._space})
            if not found["results"]:
                raise RecordRefused(f"(Confluence: there is no space {self._space})")
            self._space_id = str(found["results"][0]["id"])
        return self._space_id


def _content(title: str, body: str) -> dict[str, Any]:
    shown = {"representation": "storage", "value": body}
    return {"status": "current", "title": title, "body": shown}


def _storage(parts: Sequence[Part]) -> str:
    """The parts in Confluence's storage format; people's words are text in it, never markup."""
    pieces = []
    for is_list, group in groupby(parts, key=lambda part: part.kind in _BULLETS):
        shown = "".join(_element(part) for part in group)
        pieces.append(f"<ul>{shown}</ul>" if is_list else shown)
    return "".join(pieces)


def _element(part: Part) -> str:
    text = escape(part.text, quote=False)
    match part.kind:
        case Kind.HEADING:
            return f"<h2>{text}</h2>"
        case Kind.TEXT:
            return f"<p>{text}</p>"
        case Kind.LINK:
            return f'<li><p><a href="{escape(part.url)}">{text}</a></p></li>'
        case Kind.BULLET:
            return f"<li><p>{text}</p></li>"


def _said_by(page: Any) -> str:
    return _said(page["title"], page.get("body", {}).get("storage", {}).get("value", ""))


def _said(title: str, storage: str) -> str:
    """What a page says, without the differences that Confluence makes when it stores it."""
    reader = _Words()
    reader.feed(storage)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).split("\n"))
    return "\n".join([" ".join(title.split()), *(line for line in lines if line)])


class _Words(HTMLParser):
    """Collects texts, headings and links of the storage format."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"h1", "h2", "h3", "p", "li", "ul", "br"}:
            self.words.append("\n")
        if tag in {"h1", "h2", "h3"}:
            self.words.append("# ")
        self.words += [f"[{value}] " for name, value in attrs if tag == "a" and name == "href"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)
