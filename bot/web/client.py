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

from bot.settings import is_loopback

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

        has_begun = [False]
        try:
            return asyncio.run(self._send(has_begun, method, self._url + path, said))
        except TimeoutError:
            failure, code = has_begun[0], "timeout"
        except (httpx2.RequestError, httpx2.InvalidURL) as error:
            failure, code = has_begun[0], type(error).__name__
        raise AnswerLost(code) if failure else Unreachable(code)

    async def _send(
        self, has_begun: list[bool], method: str, url: str, said: dict[str, Any]
    ) -> Answer:
        async def note(event: str, _: Any) -> None:
            if event.endswith("send_request_headers.started"):
                has_begun[0] = True

        more = {"extensions": {"trace": note}, **said}
        async with (
            asyncio.timeout(self._seconds),
            self._opened() as client,
            client.stream(method, url, **more) as response,
        ):
            content = await self._read(response)
            return Answer(response.status_code, content, response.headers.get("retry-after", ""))

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


@cache
def _trusted() -> "ssl.SSLContext":
    """Whom certificates are believed from; reading them takes longer than a request."""
    import httpx2  # noqa: PLC0415 - as the module says

    return httpx2.create_ssl_context(trust_env=False)
