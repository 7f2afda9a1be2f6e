"""Messages of a channel's history, as the events that should have told of them."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from bot.core.events import instant_of
from bot.core.inbox import Envelope
from bot.core.workspaces import Workspace
from bot.slack.gateway import Page
from bot.slack.payloads import Json, id_in, object_in, ts_in

EVENT_ID: Final = "history"


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to be asked: a page of a channel, or of one of its threads.

    `is_again`: it was begun once more, since Slack did not know the way to its next page any more.
    `is_refused`: Slack did not tell, though there may be something.
    """

    channel: str
    thread: str = ""
    cursor: str = ""
    is_again: bool = False
    is_refused: bool = False

    def to_json(self) -> dict[str, Any]:
        """As it stands in a row: what an older version does not know is there only if it holds."""
        return {name: value for name, value in asdict(self).items() if value}


def ts_of(message: Json) -> str:
    """Which message of its channel it is; empty: it is none."""
    return ts_in(message) or ""


def is_within(message: Json, since: datetime, until: datetime) -> bool:
    """Whether it was said in that time."""
    ts = ts_of(message)
    return bool(ts) and since <= instant_of(ts) < until


def threads_that_went_on(ask: Ask, page: Page, since: datetime) -> Iterator[Ask]:
    """The threads of a page in which somebody replied since then."""
    for message in page.messages:
        ts, latest = ts_of(message), ts_in(message, "latest_reply")
        has_replies = bool(ts and message.get("reply_count"))
        if has_replies and (latest is None or instant_of(latest) >= since):
            yield Ask(ask.channel, ts)


def envelopes(
    workspace: Workspace, channel_id: str, message: Json, known: str | None, *, is_private: bool
) -> Iterator[Envelope]:
    """The events of a message: that it was posted, unless it is `known`, and its last edit.

    `known` is the `ts` of the last edit that is known, empty if there was none.
    """
    if _is_ours(workspace, message):
        return
    ts = ts_of(message)
    edited = ts_in(object_in(message, "edited")) or ""
    place = {"channel": channel_id, "channel_type": "group" if is_private else "channel"}
    if known is None:
        event = {**message, **place, "type": "message", "event_ts": ts}
        yield _envelope(workspace, channel_id, f"{EVENT_ID}:{channel_id}:{ts}", event, at=ts)
    if edited and edited > (known or ""):
        event = {
            "type": "message",
            "subtype": "message_changed",
            "hidden": True,
            **place,
            "ts": edited,
            "event_ts": edited,
            "message": message,
            "previous_message": {"type": "message", "ts": ts},
        }
        event_id = f"{EVENT_ID}:{channel_id}:{ts}:{edited}"
        yield _envelope(workspace, channel_id, event_id, event, at=edited)


def _envelope(
    workspace: Workspace, channel_id: str, event_id: str, event: Json, *, at: str
) -> Envelope:
    ours = {"team_id": workspace.team_id, "user_id": workspace.bot_user_id, "is_bot": True}
    payload = {
        "type": "event_callback",
        "team_id": workspace.team_id,
        "event_id": event_id,
        "event_time": int(instant_of(at).timestamp()),
        "authorizations": [ours],
        "event": event,
    }
    return Envelope(workspace.team_id, event_id, channel_id, json.dumps(payload).encode())


def _is_ours(workspace: Workspace, message: Json) -> bool:
    return workspace.bot_user_id == id_in(message, "user") or (
        bool(workspace.bot_id) and workspace.bot_id == id_in(message, "bot_id")
    )
