"""Gets a calendar's text: within ten seconds and a megabyte, from an address that was checked."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import httpx2

from bot.calendars.addresses import Places
from bot.core.clock import monotonic
from bot.core.errors import CalendarRefused, CalendarUnavailable

SECONDS: Final = 10.0
MAX_BYTES: Final = 1024 * 1024
MAX_REDIRECTS: Final = 3
MAX_ETAG: Final = 255
_CHUNK: Final = 64 * 1024
_ANY_ZIP: Final = 32 + zlib.MAX_WBITS
_ZIPPED: Final = frozenset({"gzip", "x-gzip", "deflate"})
_OK: Final = 200
_NOT_MODIFIED: Final = 304
_TOO_MANY: Final = 429
_TIMEOUT: Final = 408
_SERVER: Final = 500


@dataclass(frozen=True, slots=True)
class Fetched:
    """A calendar's text, and its version if its server names one."""

    content: bytes
    etag: str


def fetch(url: str, known: str, places: Places, *, seconds: float = SECONDS) -> Fetched | None:
    """The text behind an address; None: it is the version that is `known`.

    Each place it is sent on to is checked like the first. Raises CalendarRefused and
    CalendarUnavailable.
    """
    ends = monotonic() + seconds
    headers = {"accept": "text/calendar, text/plain;q=0.5, */*;q=0.1", "accept-encoding": "gzip"}
    headers |= {"if-none-match": known} if known else {}
    try:
        address = httpx2.URL(url)
        for _ in range(MAX_REDIRECTS + 1):
            found = _ask(address, headers, places, ends)
            if not isinstance(found, httpx2.URL):
                return found
            address = found
    except httpx2.InvalidURL:
        raise CalendarRefused("address") from None
    except httpx2.TimeoutException:
        raise CalendarUnavailable("slow") from None
    except httpx2.TransportError:
        raise CalendarUnavailable("connection") from None
    raise CalendarRefused("redirects")


def _ask(
    url: httpx2.URL, headers: dict[str, str], places: Places, ends: float
) -> Fetched | httpx2.URL | None:
    """One request: what came of it, or where it was sent on to."""
    address = _checked(url, places)
    request = httpx2.Request(
        "GET",
        url.copy_with(host=address, fragment=None),
        headers=headers | {"host": url.netloc.decode("ascii")},
        extensions={"sni_hostname": url.raw_host.decode("ascii")},
    )
    with httpx2.Client(trust_env=False, timeout=_left(ends), follow_redirects=False) as client:
        answer = client.send(request, stream=True)
        try:
            return _read(url, answer, ends)
        finally:
            answer.close()


def _checked(url: httpx2.URL, places: Places) -> str:
    """The address to connect to, which is looked up here and nowhere else."""
    is_secure = url.scheme == "https"
    if not (is_secure or (url.scheme == "http" and places.loopback)):
        raise CalendarRefused("https")
    if not url.raw_host or url.userinfo:
        raise CalendarRefused("address")
    host, port = url.raw_host.decode("ascii"), url.port or (443 if is_secure else 80)
    return places.of(host, port)[0]


def _read(url: httpx2.URL, answer: httpx2.Response, ends: float) -> Fetched | httpx2.URL | None:
    status = answer.status_code
    if status == _NOT_MODIFIED:
        return None
    if answer.has_redirect_location:
        return url.join(answer.headers["location"])
    if status != _OK:
        is_passing = status in {_TOO_MANY, _TIMEOUT} or status >= _SERVER
        raise CalendarUnavailable("server") if is_passing else CalendarRefused("not-there")
    content = b"".join(_unpacked(answer, ends))
    return Fetched(content, answer.headers.get("etag", "")[:MAX_ETAG])


def _unpacked(answer: httpx2.Response, ends: float) -> Iterator[bytes]:
    """What was sent, piece by piece; nothing is unpacked beyond what may come at all."""
    packing = answer.headers.get("content-encoding", "").strip().lower()
    if packing not in {*_ZIPPED, "", "identity"}:
        raise CalendarRefused("packing")
    unpack = zlib.decompressobj(_ANY_ZIP) if packing in _ZIPPED else None
    size = 0
    for raw in answer.iter_raw(_CHUNK):
        _left(ends)
        try:
            piece = unpack.decompress(raw, MAX_BYTES + 1 - size) if unpack else raw
        except zlib.error:
            raise CalendarRefused("packing") from None
        size += len(piece)
        if size > MAX_BYTES:
            raise CalendarRefused("size")
        yield piece


def _left(ends: float) -> float:
    left = ends - monotonic()
    if left <= 0:
        raise CalendarUnavailable("slow")
    return left
