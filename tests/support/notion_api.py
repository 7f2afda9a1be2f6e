"""A local server with the shape of Notion's API, version 2025-09-03, and its limits."""

from itertools import count
from typing import Any, Final

from tests.support.local_api import Answer, LocalApi, Request

TOKEN: Final = "ntn_canary"
DATABASE: Final = "db-1"
SOURCE: Final = "source-1"
BOT: Final = {"object": "user", "id": "bot-1"}
VERSION: Final = "2025-09-03"
MOST: Final = 100
LONGEST: Final = 2_000


class NotionApi(LocalApi):
    """One database with one data source, whose column of titles is called Decision."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, dict[str, Any]] = {}
        self.blocks: dict[str, list[dict[str, Any]]] = {}
        self.sources = [{"id": SOURCE, "name": "Decisions"}]
        self._ids = count(1)

    def answer(self, request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return _error(401, "unauthorized")
        if request.headers.get("notion-version") != VERSION:
            return _error(400, "missing_version")
        parts = request.path.removeprefix("/v1/").split("/")
        routes = {
            ("GET", "databases", ""): self._database,
            ("GET", "data_sources", ""): self._source,
            ("POST", "data_sources", "query"): self._query,
            ("GET", "pages", ""): self._page,
            ("PATCH", "pages", ""): self._page,
            ("GET", "blocks", "children"): self._children,
            ("PATCH", "blocks", "children"): self._children,
            ("DELETE", "blocks", ""): self._delete,
        }
        if request.line == "GET /v1/users/me":
            return Answer({**BOT, "type": "bot"})
        if request.line == "POST /v1/pages":
            return self._create(request.body)
        what, its_id, more = [*parts, "", ""][:3]
        known = {DATABASE, SOURCE, *self.pages}
        route = routes.get((request.method, what, more))
        if route is None or (its_id not in known and what != "blocks"):
            return _error(404, "object_not_found")
        return route(request, its_id)

    def _database(self, _request: Request, its_id: str) -> Answer:
        return Answer({"object": "database", "id": its_id, "data_sources": self.sources})

    def _source(self, _request: Request, _its_id: str) -> Answer:
        columns = {"Tags": {"type": "multi_select"}, "Decision": {"type": "title"}}
        return Answer({"object": "data_source", "properties": columns})

    def _delete(self, _request: Request, its_id: str) -> Answer:
        for page_id, blocks in self.blocks.items():
            if any(each["id"] == its_id for each in blocks):
                self.pages[page_id]["last_edited_by"] = BOT
            self.blocks[page_id] = [each for each in blocks if each["id"] != its_id]
        return Answer({"object": "block", "id": its_id, "in_trash": True})

    def edits(self, page_id: str) -> None:
        """Somebody deletes a line in the browser."""
        self.blocks[page_id].pop(1)
        self.pages[page_id]["last_edited_by"] = {"object": "user", "id": "mei"}

    def texts(self, page_id: str) -> list[str]:
        """What stands on a page, block by block."""
        return [
            "".join(text["plain_text"] for text in block[block["type"]]["rich_text"])
            for block in self.blocks[page_id]
        ]

    def _query(self, request: Request, _its_id: str) -> Answer:
        wanted = request.body["filter"]
        if wanted.get("property") != "Decision":
            return _error(400, "validation_error")
        begins = wanted["title"]["starts_with"]
        found = [
            page
            for page in self.pages.values()
            if page["properties"]["Decision"]["title"][0]["plain_text"].startswith(begins)
            and not page["in_trash"]
        ]
        return Answer({"object": "list", "results": found, "has_more": False})

    def _create(self, body: dict[str, Any]) -> Answer:
        if body["parent"] != {"type": "data_source_id", "data_source_id": SOURCE}:
            return _error(400, "validation_error")
        page_id = f"page-{next(self._ids)}"
        url = f"https://www.notion.so/{page_id}"
        page = {"object": "page", "id": page_id, "in_trash": False, "url": url, "properties": {}}
        page["last_edited_by"] = BOT
        self.pages[page_id], self.blocks[page_id] = page, []
        problem = self._name(page, body["properties"]) or self._append(page_id, body["children"])
        if problem:
            del self.pages[page_id]
        return problem or Answer(page)

    def _page(self, request: Request, page_id: str) -> Answer:
        page = self.pages[page_id]
        problem = self._name(page, request.body["properties"]) if request.body else None
        return problem or Answer(page)

    def _name(self, page: dict[str, Any], properties: dict[str, Any]) -> Answer | None:
        title = properties["Decision"]["title"]
        if _is_too_long(title):
            return _error(400, "validation_error")
        page["last_edited_by"] = BOT
        page["properties"]["Decision"] = {"type": "title", "title": _plain(title)}
        return None

    def _children(self, request: Request, page_id: str) -> Answer:
        if request.method == "PATCH":
            problem = self._append(page_id, request.body["children"])
            return problem or Answer({"object": "list", "results": []})
        at = int(request.query.get("start_cursor", 0))
        end = at + min(MOST, int(request.query.get("page_size", MOST)))
        blocks = self.blocks[page_id]
        more = end < len(blocks)
        cursor = str(end) if more else None
        return Answer({"results": blocks[at:end], "has_more": more, "next_cursor": cursor})

    def _append(self, page_id: str, children: list[dict[str, Any]]) -> Answer | None:
        if len(children) > MOST or any(
            _is_too_long(block[block["type"]]["rich_text"]) for block in children
        ):
            return _error(400, "validation_error")
        self.pages[page_id]["last_edited_by"] = BOT
        for block in children:
            kind = block["type"]
            texts = {"rich_text": _plain(block[kind]["rich_text"])}
            stored = {"object": "block", "id": f"block-{next(self._ids)}", "type": kind}
            self.blocks[page_id].append(stored | {kind: texts})
        return None


def _is_too_long(texts: list[dict[str, Any]]) -> bool:
    sizes = [len(each["text"]["content"].encode("utf-16-le")) // 2 for each in texts]
    return len(texts) > MOST or any(size > LONGEST for size in sizes)


def _plain(texts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "type": "text",
            "text": {"link": None, **each["text"]},
            "annotations": {"bold": False},
            "plain_text": each["text"]["content"],
            "href": (each["text"].get("link") or {}).get("url"),
        }
        for each in texts
    ]


def _error(status: int, code: str) -> Answer:
    message = "canary of the vendor"
    return Answer({"object": "error", "status": status, "code": code, "message": message}, status)
