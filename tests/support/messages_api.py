"""A local server that speaks the Messages API: scripted, strict about requests, with a journal."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Event, Thread
from typing import Any, Final, Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.core.listening import listen
from tests.support.marking import MARK, marked

KEY: Final = "sk-ant-test-canary"
VERSION: Final = "2026-10-21"
PATIENCE: Final = 10.0
KNOWN: Final = {
    "model", "max_tokens", "messages", "system", "tools", "tool_choice", "output_config",
    "metadata", "stop_sequences", "stream", "thinking", "service_tier", "cache_control",
    "container", "diagnostics", "inference_geo", "speed", "user_profile_id",
}  # fmt: skip


@dataclass(frozen=True)
class Action:
    """What the server does with one request."""

    kind: str = "ok"
    body: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    code: str = "api_error"
    headers: dict[str, str] = field(default_factory=dict)


def ok(text: str, **body: Any) -> Action:
    """A complete answer with this text; `body` overrides fields of the message."""
    return Action("ok", {"content": [{"type": "text", "text": text}], **body})


def lines(*rows: dict[str, Any]) -> Action:
    """A complete answer of the schema."""
    return ok(json.dumps({"lines": list(rows)}, ensure_ascii=False))


def refusal() -> Action:
    """An answer that declines."""
    details = {"type": "refusal", "category": "cyber", "explanation": None}
    return Action("ok", {"content": [], "stop_reason": "refusal", "stop_details": details})


def status(status: int, code: str = "api_error", **headers: str) -> Action:
    """An error with this status and error code."""
    dashed = {name.replace("_", "-"): value for name, value in headers.items()}
    return Action("status", {}, status, code, dashed)


def sent_in(asked: dict[str, Any]) -> list[dict[str, str]]:
    """The messages that a model was given to read."""
    rows: list[dict[str, str]] = next(
        json.loads(part["content"])
        for message in asked["messages"]
        for part in message["content"]
        if isinstance(part, dict) and part["type"] == "tool_result"
    )
    return rows


def quoting(asked: dict[str, Any]) -> Action:
    """An honest answer: the first words of each message that was sent, said to be its author's."""
    quotes = [(row, " ".join(row["text"].split()[:12])) for row in sent_in(asked)]
    return lines(
        *(
            {
                "text": f"{row['author']} wrote: {quote}",
                "source_ids": [row["id"]],
                "quote": quote,
                "kind": "update",
            }
            for row, quote in quotes
        )
    )


class MessagesApi:
    """Serves on loopback between `start` and `stop`; does the actions in order, then `default`.

    The default may be made from the request. Where a test plays in two workspaces the second is
    answered as the first is, in its own words; the journal is that of the first.
    """

    def __init__(self, default: Action | Callable[[dict[str, Any]], Action] | None = None) -> None:
        self.default = default or lines()
        self.actions: deque[Action] = deque()
        self._there: deque[Action] = deque()
        self.journal: list[dict[str, Any]] = []
        self.rejected: list[str] = []
        self._socket = listen("127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._released = Event()
        self._ready = Event()
        self._thread = Thread(target=self._run, name="messages-api", daemon=True)

    def will(self, *actions: Action) -> None:
        """Queues what to do with the next requests."""
        self.actions.extend(actions)
        self._there.extend(_in_their_words(each) for each in actions)

    def release(self) -> None:
        """Lets every request that hangs go."""
        self._released.set()

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(PATIENCE), "the Messages API did not start"
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
        self._server.should_exit = True
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the Messages API did not stop"
        self._socket.close()

    def _run(self) -> None:
        routes = [Route("/v1/messages", self._messages, methods=["POST"])]
        config = uvicorn.Config(
            Starlette(routes=routes), log_config=None, timeout_graceful_shutdown=1, lifespan="off"
        )
        self._server = uvicorn.Server(config)
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._ready.set()
        await self._server.serve(sockets=[self._socket])

    async def _messages(self, request: Request) -> Any:
        body = json.loads(await request.body())
        is_there = MARK.search(json.dumps(body, ensure_ascii=False)) is not None
        if not is_there:
            self.journal.append({"headers": dict(request.headers), "body": body})
        problem = _problem(dict(request.headers), body)
        if problem:
            self.rejected.append(problem)
            return _error(401 if "key" in problem else 400, "invalid_request_error", {})
        return await self._do(self._next(body, is_there=is_there), body)

    def _next(self, asked: dict[str, Any], *, is_there: bool) -> Action:
        actions = self._there if is_there else self.actions
        if actions:
            return actions.popleft()
        default = self.default if isinstance(self.default, Action) else self.default(asked)
        return _in_their_words(default) if is_there else default

    async def _do(self, action: Action, asked: dict[str, Any]) -> Any:
        message = _message(action, asked)
        if action.kind == "status":
            return _error(action.status, action.code, action.headers)
        if action.kind in {"hang", "trickle", "reset", "truncate", "huge"}:
            return _Slow(action.kind, json.dumps(message).encode(), self._released)
        events = 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error"}}\n\n'
        odd = {
            "html200": ("<html>login</html>", "text/html"),
            "broken_json": (json.dumps(message)[:-20], "application/json"),
            "wrong_shape": ('{"hello": 1}', "application/json"),
            "array": ("[" * 50_000, "application/json"),
            "sse": (events, "text/event-stream"),
        }
        content, kind = odd.get(action.kind, (json.dumps(message), "application/json"))
        return Response(content, media_type=kind, headers={"request-id": "req_local"})


def _in_their_words(action: Action) -> Action:
    """What a model would say of the same talk in a second workspace."""
    content = action.body.get("content")
    if not content or "text" not in content[0]:
        return action
    try:
        said = json.loads(content[0]["text"])
    except ValueError:
        return action
    text = json.dumps(_marked(said), ensure_ascii=False)
    return replace(action, body=action.body | {"content": [{"type": "text", "text": text}]})


def _marked(value: Any) -> Any:
    """Sentences with marks; what is one word is none of people's."""
    match value:
        case str():
            return marked(value) if " " in value else value
        case list():
            return [_marked(each) for each in value]
        case dict():
            return {key: _marked(each) for key, each in value.items()}
    return value


class _Slow:
    """An answer that does not come as it should."""

    def __init__(self, kind: str, body: bytes, released: Event) -> None:
        self._kind, self._body, self._released = kind, body, released

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        length = str(len(self._body)).encode()
        headers = [(b"content-type", b"application/json")]
        if self._kind in {"truncate", "reset"}:
            headers.append((b"content-length", length))
        if self._kind == "hang":
            await self._wait(PATIENCE)
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if self._kind == "trickle":
            for _ in range(200):
                await send({"type": "http.response.body", "body": b" ", "more_body": True})
                if await self._wait(0.05):
                    break
        if self._kind == "huge":
            for _ in range(64):
                chunk = b" " * 65_536
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        if self._kind in {"truncate", "reset"}:
            half = self._body[: len(self._body) // 2]
            await send({"type": "http.response.body", "body": half, "more_body": True})
            raise ConnectionResetError
        await send({"type": "http.response.body", "body": self._body})

    async def _wait(self, seconds: float) -> bool:
        return await asyncio.to_thread(self._released.wait, seconds)


def _problem(headers: dict[str, str], body: dict[str, Any]) -> str:
    """What the real API would not take, or nothing."""
    messages = body.get("messages") or [{}]
    checks = {
        "no bearer key": headers.get("authorization") == f"Bearer {KEY}",
        "version": headers.get("anthropic-version") == VERSION,
        "unknown field": set(body) <= KNOWN,
        "no max_tokens": isinstance(body.get("max_tokens"), int) and body["max_tokens"] > 0,
        "no model": isinstance(body.get("model"), str),
        "prefill": messages[-1].get("role") == "user",
        "first turn": messages[0].get("role") == "user",
        "citations with a format": not (
            "citations" in json.dumps(messages) and "output_config" in body
        ),
        "schema": _closed(body.get("output_config", {}).get("format", {}).get("schema", {})),
        "tool result without its use": _paired(messages),
    }
    return next((name for name, holds in checks.items() if not holds), "")


def _closed(schema: dict[str, Any]) -> bool:
    """Whether every object of a schema says that it has no further properties."""
    if schema.get("type") == "object" and (
        schema.get("additionalProperties") is not False
        or set(schema.get("required", ())) != set(schema.get("properties", {}))
    ):
        return False
    items = [schema["items"]] if "items" in schema else []
    return all(_closed(each) for each in [*schema.get("properties", {}).values(), *items])


def _paired(messages: list[dict[str, Any]]) -> bool:
    blocks = [b for each in messages if isinstance(each["content"], list) for b in each["content"]]
    used = {block["id"] for block in blocks if block["type"] == "tool_use"}
    answered = {block["tool_use_id"] for block in blocks if block["type"] == "tool_result"}
    return used == answered


def recorded(case: dict[str, Any]) -> Action:
    """What a recorded case has the server do."""
    if "action" in case:
        return Action(case["action"])
    if "reply" in case:
        return Action("ok", case["reply"])
    return ok(json.dumps({"lines": case["lines"]}, ensure_ascii=False))


def _message(action: Action, asked: dict[str, Any]) -> dict[str, Any]:
    content = action.body.get("content", [{"type": "text", "text": '{"lines":[]}'}])
    usage = {
        "input_tokens": len(json.dumps(asked["messages"])) // 4,
        "output_tokens": len(json.dumps(content)) // 4,
    }
    return {
        "id": "msg_local",
        "type": "message",
        "role": "assistant",
        "model": asked["model"],
        "content": content,
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": usage,
        **{name: value for name, value in action.body.items() if name != "content"},
    }


def _error(status: int, code: str, headers: dict[str, str]) -> Response:
    kinds = {429: "rate_limit_error", 529: "overloaded_error", 401: "authentication_error"}
    detail = {"type": kinds.get(status, "api_error"), "message": "canary of the vendor"}
    body = {"type": "error", "error": detail | {"details": {"error_code": code}}}
    return Response(
        json.dumps(body),
        status_code=status,
        media_type="application/json",
        headers={"request-id": "req_error", **headers},
    )
