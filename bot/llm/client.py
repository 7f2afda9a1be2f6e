"""Calls the Messages API: explicit in everything, once, within a time, and strict about answers.

The vendor's package is imported when the first call is made: it takes a second and 34 MB.
"""

import asyncio
import importlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from bot.core import logs
from bot.core.drafting import Usage
from bot.llm.prompts import Filled

if TYPE_CHECKING:
    import anthropic
    import httpx2

log = logs.get(__name__)

MAX_REPLY: Final = 256 * 1024
CONNECT_SECONDS: Final = 10.0
TOOL: Final = "read_slice"
FRAME_TOKENS: Final = 1_000
"""For what goes along with a prompt: the tool, the schema, the roles."""
_SENT_HEADERS: Final = frozenset(
    {
        "accept",
        "accept-encoding",
        "anthropic-version",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "transfer-encoding",
        "user-agent",
        "x-stainless-raw-response",  # how the package itself remembers what it was asked for
    }
)
_NOT_BILLED: Final = {400, 401, 402, 403, 404, 413, 422, 429, 529}


@dataclass(frozen=True, slots=True)
class Question:
    """One call: the model, the filled prompt, the schema of the answer, and the limits."""

    model: str
    filled: Filled
    schema: dict[str, Any]
    max_tokens: int
    effort: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete answer."""

    text: str
    usage: Usage
    request_id: str


class CallFailed(Exception):
    """There is no usable answer; `code` says why, and no text of anybody's is in it.

    `is_free`: it was surely not billed. `usage`: what it was billed for, if that is known.
    """

    def __init__(
        self,
        code: str,
        *,
        is_free: bool = False,
        usage: Usage | None = None,
        request_id: str = "",
        pause_seconds: float = 0.0,
    ) -> None:
        super().__init__(code)
        self.code, self.is_free, self.usage = code, is_free, usage
        self.request_id, self.pause_seconds = request_id, pause_seconds


class MessagesClient:
    """Asks the model. Nothing in the environment or on the disk changes where or how."""

    def __init__(self, api_key: str, base_url: str) -> None:
        self._api_key, self._base_url = api_key, base_url

    def ask(self, question: Question) -> Reply:
        """The answer. Raises CallFailed, and nothing else."""
        _import_package()  # not within the time of the call
        try:
            return asyncio.run(self._ask(question))
        except Exception as error:  # noqa: BLE001 - an error's text may hold what people wrote
            kind = type(error).__name__
            failure = error if isinstance(error, CallFailed) else _translated(error)
        log.warning("no draft from the model", code=failure.code, error=kind)
        raise failure

    async def _ask(self, question: Question) -> Reply:
        async with asyncio.timeout(question.seconds):
            async with self._client(question.seconds) as client:
                create = client.messages.with_streaming_response.create
                async with create(**_body(question)) as response:
                    body = await _bounded(response.iter_bytes())
                    return _accepted(body, response.headers.get("request-id", ""))

    def _client(self, seconds: float) -> "anthropic.AsyncAnthropic":
        import anthropic  # noqa: PLC0415 - as the module says
        import httpx2  # noqa: PLC0415

        timeout = httpx2.Timeout(seconds, connect=CONNECT_SECONDS)
        http = httpx2.AsyncClient(
            trust_env=False,
            timeout=timeout,
            follow_redirects=False,
            event_hooks={"request": [self._only_what_we_send]},
        )
        return anthropic.AsyncAnthropic(
            api_key=self._api_key,
            base_url=self._base_url,
            timeout=timeout,
            max_retries=0,
            http_client=http,
            open_telemetry=False,
        )

    async def _only_what_we_send(self, request: "httpx2.Request") -> None:
        # ANTHROPIC_CUSTOM_HEADERS is merged into every client, whatever it is given
        for name in [name for name in request.headers if name not in _SENT_HEADERS]:
            del request.headers[name]
        request.headers["authorization"] = f"Bearer {self._api_key}"
        request.headers["host"] = urlsplit(self._base_url).netloc.rpartition("@")[2]


def _import_package() -> None:
    importlib.import_module("anthropic")
    logs.quieten()  # ANTHROPIC_LOG would have it log what it sends


def _body(question: Question) -> dict[str, Any]:
    """What people wrote comes as a tool's result: the one place a model takes for mere data."""
    filled = question.filled
    use = {"type": "tool_use", "id": "toolu_slice", "name": TOOL, "input": {}}
    result = {"type": "tool_result", "tool_use_id": "toolu_slice", "content": filled.tool_result}
    nothing = {"type": "object", "properties": {}, "additionalProperties": False}
    return {
        "model": question.model,
        "max_tokens": question.max_tokens,
        "system": filled.system,
        "messages": [
            {"role": "user", "content": filled.task},
            {"role": "assistant", "content": [use]},
            {"role": "user", "content": [result]},
        ],
        "tools": [{"name": TOOL, "description": "Reads the messages.", "input_schema": nothing}],
        "tool_choice": {"type": "none"},
        "output_config": {
            "effort": question.effort,
            "format": {"type": "json_schema", "schema": question.schema},
        },
    }


async def _bounded(chunks: AsyncIterator[bytes]) -> bytes:
    body = b""
    async for chunk in chunks:
        body += chunk
        if len(body) > MAX_REPLY:
            raise CallFailed("too_large")
    return body


def _accepted(body: bytes, request_id: str) -> Reply:
    """The text of a complete message. Raises CallFailed for anything else."""
    from anthropic.types import Message  # noqa: PLC0415 - as the module says
    from pydantic import ValidationError  # noqa: PLC0415 - only needed beside it

    try:
        message = Message.model_validate(json.loads(body))
    except (ValueError, RecursionError, ValidationError):
        raise CallFailed("not_a_message", request_id=request_id) from None
    counted = message.usage
    read = (counted.cache_creation_input_tokens or 0) + (counted.cache_read_input_tokens or 0)
    usage = Usage(max(0, counted.input_tokens + read), max(0, counted.output_tokens))
    if message.stop_reason != "end_turn":
        code = f"stopped_{message.stop_reason or 'early'}"[:32]
        raise CallFailed(code, usage=usage, request_id=request_id)
    texts = [block.text for block in message.content if block.type == "text"]
    if not texts:
        raise CallFailed("empty", usage=usage, request_id=request_id)
    return Reply("".join(texts), usage, request_id)


def _translated(error: Exception) -> CallFailed:
    import anthropic  # noqa: PLC0415 - as the module says
    import httpx2  # noqa: PLC0415

    if isinstance(error, TimeoutError | anthropic.APITimeoutError | httpx2.TimeoutException):
        return CallFailed("timeout")
    if isinstance(error, anthropic.APIStatusError):
        return _refused(error)
    if isinstance(error, anthropic.APIConnectionError | httpx2.TransportError):
        return CallFailed("connection")
    return CallFailed("broken_reply")


def _refused(error: "anthropic.APIStatusError") -> CallFailed:
    status = error.status_code
    code = f"http_{status}"
    pause = 0.0
    if "spend_limit" in (error.error_code or ""):
        code, pause = "spend_limit", LONG_PAUSE
    elif status in {401, 402, 403}:
        pause = LONG_PAUSE
    elif status == 429:  # noqa: PLR2004 - too many requests
        pause = _asked_pause(error.response.headers.get("retry-after", ""))
    request_id = str(error.request_id or "")
    return CallFailed(
        code, is_free=status in _NOT_BILLED, request_id=request_id, pause_seconds=pause
    )


LONG_PAUSE: Final = 600.0


def _asked_pause(retry_after: str) -> float:
    """Seconds to make no call; never longer than ten minutes, whatever is asked."""
    seconds = float(retry_after) if retry_after.isdecimal() and len(retry_after) < 9 else 0.0  # noqa: PLR2004 - digits
    return min(seconds, LONG_PAUSE)
