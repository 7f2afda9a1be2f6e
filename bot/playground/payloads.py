"""The JSON shapes in which Slack describes its objects."""

import re
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.playground.world import APP_ID, TEAM_ID, Channel, Ephemeral, Json, Message, User, View

_TOKEN: Final = re.compile(
    r"<@(?P<user>\w+)(?:\|[^>]*)?>|<#(?P<channel>\w+)(?:\|[^>]*)?>|<!(?P<range>here|channel|everyone)>"
    r"|<(?P<url>[a-z]+:[^|>]+)(?:\|(?P<label>[^>]*))?>|:(?P<emoji>[a-z0-9_+-]+):"
)


def user(account: User, now: datetime) -> Json:
    """A user object."""
    offset = now.astimezone(ZoneInfo(account.tz)).utcoffset()
    return {
        "id": account.id,
        "team_id": TEAM_ID,
        "name": account.name.lower(),
        "deleted": account.deleted,
        "real_name": account.real_name,
        "tz": account.tz,
        "tz_label": account.tz.rpartition("/")[2].replace("_", " "),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": {
            "display_name": account.name,
            "real_name": account.real_name,
            "status_text": account.status_text,
            "status_emoji": account.status_emoji,
            "status_expiration": account.status_expiration,
        },
        "is_admin": account.is_admin,
        "is_owner": account.is_owner,
        "is_primary_owner": account.is_primary_owner,
        "is_restricted": account.is_restricted or account.is_ultra_restricted,
        "is_ultra_restricted": account.is_ultra_restricted,
        "is_bot": account.is_bot,
        "is_app_user": False,
        "updated": account.updated,
    }


def channel(found: Channel, viewer: str) -> Json:
    """A conversation object as the app sees it."""
    shape: Json = {
        "id": found.id,
        "created": int(found.created.timestamp()),
        "is_archived": found.is_archived,
        "is_im": found.kind == "im",
        "is_mpim": found.kind == "mpim",
        "is_org_shared": False,
        "is_ext_shared": False,
        "is_shared": False,
    }
    if found.kind == "im":
        return shape | {"user": next((m for m in found.members if m != viewer), viewer)}
    return shape | {
        "name": found.name,
        "name_normalized": found.name,
        "is_channel": found.kind == "channel",
        "is_group": found.kind == "group",
        "is_private": found.is_private,
        "is_general": found.name == "general",
        "is_member": viewer in found.members,
        "creator": found.creator,
        "topic": {"value": found.topic, "creator": found.creator, "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def message(found: Message, replies: list[Message], *, with_metadata: bool = False) -> Json:
    """A message object as history and replies return it."""
    shape: Json = {"type": "message", "user": found.user, "text": found.text, "ts": found.ts}
    shape["team"] = TEAM_ID
    shape["blocks"] = found.blocks or rich_text(found.text)
    if found.subtype:
        shape["subtype"] = found.subtype
    if found.bot_id:
        shape |= {"bot_id": found.bot_id, "app_id": APP_ID}
    if found.edited:
        shape["edited"] = found.edited
    if found.metadata and with_metadata:
        shape["metadata"] = found.metadata
    if found.reactions:
        shape["reactions"] = [
            {"name": name, "users": users, "count": len(users)}
            for name, users in found.reactions.items()
        ]
    return shape | _thread(found, replies)


def ephemeral(found: Ephemeral) -> Json:
    """An ephemeral as a container of actions carries it."""
    return {
        "type": "message",
        "subtype": "bot_message",
        "is_ephemeral": True,
        "text": found.text,
        "ts": found.ts,
        "blocks": found.blocks,
    }


def view(found: View) -> Json:
    """A view object."""
    payload = found.payload
    return {
        "id": found.id,
        "team_id": TEAM_ID,
        "type": payload["type"],
        "blocks": payload["blocks"],
        "private_metadata": payload.get("private_metadata", ""),
        "callback_id": payload.get("callback_id", ""),
        "state": {"values": found.values},
        "hash": found.hash,
        "title": payload.get("title"),
        "clear_on_close": payload.get("clear_on_close", False),
        "notify_on_close": payload.get("notify_on_close", False),
        "close": payload.get("close"),
        "submit": payload.get("submit"),
        "previous_view_id": found.previous_id,
        "root_view_id": found.root_id or found.id,
        "app_id": APP_ID,
        "external_id": payload.get("external_id", ""),
        "app_installed_team_id": TEAM_ID,
        "bot_id": "",
    }


def rich_text(text: str) -> list[Json]:
    """The rich text block that Slack makes of what a person typed."""
    elements: list[Json] = []
    for part in re.split(r"(```.*?```)", text, flags=re.DOTALL):
        if part.startswith("```"):
            inner = [{"type": "text", "text": part.strip("`\n")}]
            elements.append({"type": "rich_text_preformatted", "elements": inner})
        elif part.strip():
            elements += _paragraphs(part)
    return [{"type": "rich_text", "block_id": "text", "elements": elements}] if elements else []


def unescape(text: str) -> str:
    """Undoes Slack's escaping."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _paragraphs(text: str) -> list[Json]:
    elements = []
    for is_quote, lines in _runs(text.strip("\n").split("\n")):
        words = "\n".join(
            line.removeprefix("&gt;").lstrip() if is_quote else line for line in lines
        )
        kind = "rich_text_quote" if is_quote else "rich_text_section"
        elements.append({"type": kind, "elements": _inline(words)})
    return elements


def _runs(lines: list[str]) -> list[tuple[bool, list[str]]]:
    runs: list[tuple[bool, list[str]]] = []
    for line in lines:
        is_quote = line.startswith("&gt;")
        if runs and runs[-1][0] == is_quote:
            runs[-1][1].append(line)
        else:
            runs.append((is_quote, [line]))
    return runs


def _inline(text: str) -> list[Json]:
    elements: list[Json] = []
    position = 0
    for found in _TOKEN.finditer(text):
        if found.start() > position:
            elements.append({"type": "text", "text": unescape(text[position : found.start()])})
        elements.append(_token(found))
        position = found.end()
    if position < len(text):
        elements.append({"type": "text", "text": unescape(text[position:])})
    return elements


def _token(found: re.Match[str]) -> Json:
    if found["user"]:
        return {"type": "user", "user_id": found["user"]}
    if found["channel"]:
        return {"type": "channel", "channel_id": found["channel"]}
    if found["range"]:
        return {"type": "broadcast", "range": found["range"]}
    if found["emoji"]:
        return {"type": "emoji", "name": found["emoji"]}
    link: Json = {"type": "link", "url": unescape(found["url"])}
    return link | ({"text": unescape(found["label"])} if found["label"] else {})


def _thread(found: Message, replies: list[Message]) -> Json:
    if found.thread_ts is None:
        return {}
    if found.is_reply or not replies:
        return {"thread_ts": found.thread_ts}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": found.thread_ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
        "reply_users": users,
        "subscribed": False,
        "is_locked": False,
    }
