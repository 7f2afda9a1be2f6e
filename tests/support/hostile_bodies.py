"""Bodies that nobody should have to read: noise, any JSON, and real ones with something wrong."""

import json
import re
from copy import deepcopy
from random import Random
from typing import Any, Final
from urllib.parse import quote, urlencode

from hypothesis import strategies as st

from tests.support import payloads

_DEEP: Final[list[Any]] = [[[[[[[[[[[]]]]]]]]]]]
ODD: Final[tuple[Any, ...]] = (
    None, True, 0, -1, 2**63, 10**40, float("nan"), float("inf"), 1e308, 0.1,
    "", " ", "\x00", "a\x00b", "\ud800", "\udfff\ud800", "x" * 5_000, "\u202e", "\U000e0069",
    "T9", "U1", "C1", "1.1", "9e99", "-1", payloads.LATER, "../../etc/passwd", "' OR 1=1 --",
    "<!channel>", "<@U1>", "https://evil.example/", "https://[", "message", "message_changed",
    "bot_message", "block_actions", "view_submission", "event_callback", "url_verification",
    "app_rate_limited", "app_uninstalled", "tokens_revoked", "reaction_added", "user_change",
    [], {}, [None], [[]], {"id": "U1"}, {"id": 5}, {"": {}}, ["a"] * 300, _DEEP,
)  # fmt: skip
BATCH: Final = 10
TOKENS: Final = (
    b"null", b"true", b"5", b"-1e999", b"NaN", b"[]", b"{}", b'""', b'"T9"', b'"U2"', b'"\\ud800"',
    b'"a\\u0000b"', b'{"id":"U1"}', b'["U1"]', b'"9e99"', b'"message_changed"', b'"EvOTHER"',
)  # fmt: skip
_EVENT_ID: Final = re.compile(rb'("event_id": "Ev)\d+')
_VALUE: Final = re.compile(rb':\s*("[^"]*"|[-\w.]+)')
NOISE: Final = (
    b"", b"", b"\x00", b"\xff", b"\xed\xa0\x80", b'"', b"\\", b"\\u", b"{", b"}", b"[" * 80, b"&",
    b"payload=", b"%", b"%FF", b"NaN", b"1e999", b"9" * 5_000, b'"event_id":"Ev1",', b"null", b"\n",
)  # fmt: skip
NAMES: Final = (
    "type", "subtype", "event", "team_id", "event_id", "team", "user", "user_id", "channel", "ts",
    "thread_ts", "message", "previous_message", "edited", "item", "actions", "view", "state",
    "blocks", "attachments", "authorizations", "enterprise", "is_ext_shared_channel", "bot_id",
    "response_url", "response_urls", "payload", "command", "text", "container", "challenge", "",
)  # fmt: skip
_TOMBSTONE: Final = {"subtype": "tombstone", "ts": payloads.TS}
REAL: Final[tuple[dict[str, Any], ...]] = (
    payloads.event(),
    payloads.event(thread_ts=payloads.LATER, blocks=[{"type": "rich_text", "elements": []}]),
    payloads.event(subtype="message_changed", message={"text": "b", "ts": payloads.TS, "user": "U1",
                   "edited": {"ts": payloads.LATER}}, previous_message={"text": "a"}),
    payloads.event(subtype="message_deleted", deleted_ts=payloads.TS),
    payloads.event(subtype="message_changed", message=_TOMBSTONE),
    payloads.event(subtype="bot_message", bot_id="B1", bot_profile={"name": "App"},
                   attachments=[{"text": "x", "fields": [{"title": "a", "value": "b"}]}]),
    payloads.event(type="reaction_added", reaction="eyes",
                   item={"type": "message", "channel": "C1", "ts": payloads.TS}),
    payloads.event(type="member_joined_channel"),
    payloads.event(type="user_change", user={"id": "U1", "tz": "Asia/Tokyo"}),
    payloads.event(type="app_home_opened", tab="home", view={"id": "V1"}),
    payloads.event(type="function_executed", function={"callback_id": "ask"}, inputs={"a": "b"},
                   function_execution_id="Fx1"),
    payloads.event(type="subteam_updated", subteam={"id": "S1"}),
    payloads.event(type="app_uninstalled"),
    payloads.event(type="tokens_revoked", tokens={"oauth": ["U1"], "bot": ["U0BOT"]}),
    {"type": "url_verification", "challenge": "abc", "token": "t"},
    {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1},
    payloads.press(),
    payloads.shortcut(),
    payloads.form(),
    payloads.interaction("shortcut", callback_id="asks.new"),
    payloads.command("help"),
)  # fmt: skip


_NUMBERS: Final = {
    "NaN": b"NaN",
    "Infinity": b"-Infinity",
    "1e400": b"1e400",
    "4000 digits": b"7" * 4_000,
    "5000 digits": b"7" * 5_000,
    "a fraction of 4000": b"0." + b"7" * 4_000,
}
RAW: Final[dict[str, tuple[bytes, str]]] = {
    "H05": (b'"text": "a\\u0000b"', "a\u2400b"),
    "H06": (b'"text": "a\\ud800b"', "a\ufffdb"),
    "H06 swapped": (b'"text": "a\\udc00\\ud800b"', "a\ufffd\ufffdb"),
    "bad utf-8": (b'"text": "a\xff\xfeb"', "a\ufffd\ufffdb"),
    **{f"H07 {name}": (b'"text": ' + number, "") for name, number in _NUMBERS.items()},
    "H07 two keys": (b'"text": "a", "text": "b"', ""),
    "H07 twice the same": (b'"text": "a", "text": "a"', ""),
}
"""A field of an event as no database likes it, and the text that is read of it."""


def with_raw(field: bytes) -> bytes:
    """An event with this field in the place of its text."""
    body = json.dumps(payloads.event("EvRAW", text=0)).encode()
    return body.replace(b'"text": 0', field)


@st.composite
def _spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """A real payload with up to four things wrong in it."""
    body: dict[str, Any] = deepcopy(draw(st.sampled_from(REAL)))
    if "event_id" in body:
        body["event_id"] = f"Ev{draw(st.integers(0, 10**9))}"
    for _ in range(draw(st.integers(0, 4))):
        _spoil(draw, body)
    return body


def _spoil(draw: st.DrawFn, body: dict[str, Any]) -> None:
    within: Any = body
    for _ in range(draw(st.integers(0, 4))):
        inner = list(within.values()) if isinstance(within, dict) else within
        deeper = [each for each in inner if isinstance(each, dict | list) and each]
        if not deeper:
            break
        within = draw(st.sampled_from(deeper))
    value = deepcopy(draw(st.sampled_from(ODD) | payloads.JSON))
    if isinstance(within, list):
        within[draw(st.integers(0, len(within) - 1))] = value
        return
    name = draw(st.sampled_from([*sorted(within), *NAMES]))
    if draw(st.booleans()):
        within[name] = value
    else:
        within.pop(name, None)


@st.composite
def _rendered(draw: st.DrawFn) -> bytes:
    """A spoilt payload in one of the forms that Slack uses, or the wrong one."""
    body = draw(_spoilt())
    text = json.dumps(body, ensure_ascii=draw(st.booleans()))
    match draw(st.sampled_from(["json", "json", "payload", "fields", "raw payload"])):
        case "json":
            rendered = text.encode(errors="surrogatepass")
        case "payload":
            rendered = b"payload=" + quote(text, errors="surrogatepass").encode()
        case "raw payload":
            rendered = b"payload=" + text.encode(errors="surrogatepass")
        case _:
            rendered = urlencode(body, errors="surrogatepass").encode()
    return _broken(draw, rendered) if draw(st.integers(0, 3)) == 0 else rendered


def _broken(draw: st.DrawFn, body: bytes) -> bytes:
    return _with_noise(body, Random(draw(st.integers(0, 2**32))))  # noqa: S311


def _with_noise(body: bytes, random: Random) -> bytes:
    first = random.randint(0, len(body))
    last = min(len(body), first + random.choice([0, 1, 5, 50, 10**6]))
    return body[:first] + random.choice(NOISE) + body[last:]


def variants(body: bytes, seed: int) -> list[bytes]:
    """The body, and as it may arrive when something on its way broke it: a batch."""
    random = Random(seed)  # noqa: S311 - no secret is made of it
    half = BATCH // 2
    changed = [_with_another_value(body, random) for _ in range(half)]
    broken = [_with_noise(body, random) for _ in range(BATCH - half - 1)]
    return [_told_anew(each, random) for each in (body, *changed, *broken)]


def _told_anew(body: bytes, random: Random) -> bytes:
    """Not an event that was stored already, as far as it has an id."""
    return _EVENT_ID.sub(rb"\g<1>%d" % random.randint(0, 10**12), body)


def _with_another_value(body: bytes, random: Random) -> bytes:
    values = list(_VALUE.finditer(body))
    if not values:
        return _with_noise(body, random)
    value = random.choice(values)
    return body[: value.start(1)] + random.choice(TOKENS) + body[value.end(1) :]


@st.composite
def _nearly_right(draw: st.DrawFn) -> bytes:
    """A real payload as Slack sends it; what goes wrong on its way is all that is wrong."""
    body = dict(draw(st.sampled_from(REAL)))
    if "event_id" not in body:
        return urlencode(body if "command" in body else {"payload": json.dumps(body)}).encode()
    return json.dumps({**body, "event_id": f"Ev{draw(st.integers(0, 10**9))}"}).encode()


HOSTILE: Final[st.SearchStrategy[bytes]] = st.one_of(
    st.binary(max_size=300),
    payloads.JSON.map(lambda value: json.dumps(value).encode()),
    _rendered(),
    _rendered(),
    _rendered(),
    _nearly_right(),
    _nearly_right(),
)
"""A body; five in seven begin as one of Slack's."""

FORGED: Final[st.SearchStrategy[list[tuple[bytes, bytes]]]] = st.lists(
    st.tuples(
        st.sampled_from(
            [b"x-slack-signature", b"X-Slack-Request-Timestamp", b"x-slack-request-timestamp"]
        )
        | st.binary(max_size=12),
        st.binary(max_size=80)
        | st.from_regex(rb"[0-9]{10}", fullmatch=True)
        | st.from_regex(rb"v0=[0-9a-f]{64}", fullmatch=True),
    ),
    max_size=6,
)
"""Headers that no secret was used for."""
