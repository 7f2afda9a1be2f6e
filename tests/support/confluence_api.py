"""A local server with the shape of Confluence Cloud's REST API v2, as far as pages go."""

from base64 import b64encode
from itertools import count
from typing import Any, Final

from tests.support.local_api import Answer, LocalApi, Request

USER: Final = "baton@acme.example"
TOKEN: Final = "atlassian_canary"
SPACE: Final = "TEAM"
SPACE_ID: Final = "4711"
_BASIC: Final = b64encode(f"{USER}:{TOKEN}".encode()).decode()


class ConfluenceApi(LocalApi):
    """One space, in which titles are unique."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, dict[str, Any]] = {}
        self._ids = count(100)

    def answer(self, request: Request) -> Answer:
        if request.headers.get("authorization") != f"Basic {_BASIC}":
            return _error(401, "Unauthorized")
        parts = request.path.removeprefix("/wiki/api/v2/").split("/")
        what, its_id = [*parts, ""][:2]
        if request.line == "GET /wiki/api/v2/spaces":
            is_ours = request.query.get("keys") == SPACE
            return Answer({"results": [{"id": SPACE_ID, "key": SPACE}] if is_ours else []})
        if what == "pages" and not its_id:
            return self._find(request) if request.method == "GET" else self._create(request.body)
        if what != "pages" or its_id not in self.pages:
            return _error(404, "Not Found")
        page = self.pages[its_id]
        return self._show(request, page) if request.method == "GET" else self._update(request, page)

    def _find(self, request: Request) -> Answer:
        wanted = request.query["title"]
        found = [page for page in self.pages.values() if page["title"] == wanted]
        return Answer({"results": [_without_body(page) for page in found]})

    def _show(self, request: Request, page: dict[str, Any]) -> Answer:
        has_body = request.query.get("body-format") == "storage"
        return Answer(page if has_body else _without_body(page))

    def edits(self, page_id: str, value: str) -> None:
        """Somebody edits a page in the browser."""
        page = self.pages[page_id]
        page["body"] = {"storage": {"representation": "storage", "value": value}}
        page["version"] = {"number": page["version"]["number"] + 1}

    def _create(self, body: dict[str, Any]) -> Answer:
        if body["spaceId"] != SPACE_ID or self._is_taken(body["title"]):
            return _error(400, "A page with this title already exists")
        page_id = str(next(self._ids))
        page = {"id": page_id, "version": {"number": 1}, "parentId": body.get("parentId")}
        page["_links"] = {"webui": f"/spaces/{SPACE}/pages/{page_id}"}
        self.pages[page_id] = page | _stored(body)
        return Answer(self.pages[page_id])

    def _update(self, request: Request, page: dict[str, Any]) -> Answer:
        body = request.body
        if body["version"]["number"] != page["version"]["number"] + 1:
            return _error(409, "Version must be incremented on update")
        if body["title"] != page["title"] and self._is_taken(body["title"]):
            return _error(400, "A page with this title already exists")
        page |= _stored(body) | {"version": {"number": body["version"]["number"]}}
        return Answer(page)

    def _is_taken(self, title: str) -> bool:
        return any(page["title"] == title for page in self.pages.values())


def _stored(body: dict[str, Any]) -> dict[str, Any]:
    """As Confluence stores it: other entities, other blanks between elements."""
    value = body["body"]["value"].replace("é", "&eacute;").replace("</p>", "</p> ")
    storage = {"representation": "storage", "value": value}
    return {"status": body["status"], "title": body["title"].strip(), "body": {"storage": storage}}


def _without_body(page: dict[str, Any]) -> dict[str, Any]:
    return page | {"body": {}}


def _error(status: int, title: str) -> Answer:
    return Answer({"errors": [{"status": status, "title": title, "detail": "canary"}]}, status)
