"""Asks another system over HTTP: once, within a time, and only the host it was told.

Nothing in the environment changes where or how, redirects are not followed, and an answer that is
too long is not read. The package is imported when the first request is made: it takes a while.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from bot.settings.urls import is_loopback

if TYPE_CHECKING:
    import ssl

    import httpx2

LONGEST_PAUSE: Final = timedelta(hours=1)
LONGEST_CODE: Final = 60
_OK: Final = range(200, 300)


class WebError(Exception):
    """There is no answer; `code` says why in a word, and holds nothing of what was said."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unreachable(WebError):
    """Nothing was sent."""


class AnswerLost(WebError):
    """It was sent, and nobody knows what became of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `status` is HTTP's, `retry_after` as the other side wrote it."""

    status: int
    content: bytes
    retry_after: str = ""

    @property
    def is_ok(self) -> bool:
        """Whether it was done."""
        return self.status in _OK

    def data(self) -> Any:
        """The answer, from JSON; an empty one is an empty object. Raises AnswerLost."""
        try:
            return json.loads(self.content or b"{}")
        except (ValueError, RecursionError):
            raise AnswerLost("its answer is no JSON") from None

    def code(self) -> str:
        """The system's own code of an error: a word, not a text that quotes what was sent."""
        try:
            told = self.data()
        except AnswerLost:
            return ""
        code = told.get("code", "") if isinstance(told, dict) else ""
        is_number = isinstance(code, int) and not isinstance(code, bool)
        return str(code)[:LONGEST_CODE] if isinstance(code, str) or is_number else ""

    def pause(self) -> timedelta | None:
        """How long it wants to be left alone, an hour at most; None: it does not say."""
        digits = self.retry_after.strip()
        if not (digits.isascii() and digits.isdecimal()) or len(digits) > len("86400"):
            return None
        return min(timedelta(seconds=int(digits)), LONGEST_PAUSE)


class Client:
    """Asks one server, with the same headers each time.

    `seconds` are for one request with all that belongs to it, `connect_seconds` until it can be
    sent; an answer has at most `most` bytes. Raises ValueError for an address that is neither https
    nor on loopback.
    """

    def __init__(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        seconds: float = 20.0,
        connect_seconds: float = 10.0,
        most: int = 64 * 1024,
    ) -> None:
        if urlsplit(url).scheme != "https" and not is_loopback(url):
            raise ValueError(f"{url} must start with https://")
        self._url, self._headers = url, dict(headers or {})
        self._seconds, self._connect_seconds, self._most = seconds, connect_seconds, most

    def send(self, method: str, path: str = "", **said: Any) -> Answer:
        """What the server answers; `said` is as httpx2 names it: json, data, content, params.

        Raises Unreachable and AnswerLost.
        """
        import httpx2  # noqa: PLC0415 - as the module says

        line = _Line()
        try:
            return asyncio.run(self._send(line, method, self._url + path, said))
        except TimeoutError:
            code = "timeout"
        except (httpx2.RequestError, httpx2.InvalidURL) as error:
            code = type(error).__name__
        raise AnswerLost(code) if line.has_begun else Unreachable(code)

    async def _send(self, line: "_Line", method: str, url: str, said: dict[str, Any]) -> Answer:
        more = {"extensions": {"trace": line.note}, **said}
        try:
            async with (
                asyncio.timeout(self._seconds),
                self._opened() as client,
                client.stream(method, url, **more) as response,
            ):
                content = await self._read(response)
                pause = response.headers.get("retry-after", "")
                return Answer(response.status_code, content, pause)
        finally:
            await line.close()

    def _opened(self) -> "httpx2.AsyncClient":
        import httpx2  # noqa: PLC0415 - as the module says

        return httpx2.AsyncClient(
            trust_env=False,
            verify=_trusted(),
            timeout=httpx2.Timeout(self._seconds, connect=self._connect_seconds),
            follow_redirects=False,
            headers=self._headers,
        )

    async def _read(self, response: "httpx2.Response") -> bytes:
        content = b""
        async for chunk in response.aiter_bytes():
            content += chunk
            if len(content) > self._most:
                raise AnswerLost("its answer is too long")
        return content


class _Line:
    """How far one request came, and its connection."""

    def __init__(self) -> None:
        self.has_begun = False
        self._streams: list[Any] = []

    async def note(self, event: str, told: Mapping[str, Any]) -> None:
        """Is told of each step as it is taken; the names are httpcore2's."""
        if event == "connection.connect_tcp.complete":
            self._streams.append(told["return_value"])
        elif event.endswith("send_request_headers.started"):
            self.has_begun = True

    async def close(self) -> None:
        """Hangs up, also where it was cut off before it was encrypted."""
        for stream in self._streams:
            await stream.aclose()


@cache
def _trusted() -> "ssl.SSLContext":
    """Whom certificates are believed from; reading them takes longer than a request."""
    import httpx2  # noqa: PLC0415 - as the module says

    return httpx2.create_ssl_context(trust_env=False)
