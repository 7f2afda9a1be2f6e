"""Bodies that nobody should have to read: noise, any JSON, and real ones with something wrong."""

import json
from copy import deepcopy
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


@st.composite
def _spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """A real payload with up to four things wrong in it."""
    body = deepcopy(draw(st.sampled_from(REAL)))
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
    first = draw(st.integers(0, len(body)))
    last = draw(st.integers(first, len(body)))
    noise = draw(st.binary(max_size=8) | st.sampled_from([b"\xff", b"[" * 80, b'"', b"\\u", b"&"]))
    return body[:first] + noise + body[last:]


HOSTILE: Final[st.SearchStrategy[bytes]] = st.one_of(
    st.binary(max_size=300),
    payloads.JSON.map(lambda value: json.dumps(value).encode()),
    _rendered(),
    _rendered(),
    _rendered(),
)
"""A body; three in five begin as one of Slack's."""

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
