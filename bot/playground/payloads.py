"""The JSON shapes in which Slack describes its objects."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.playground import rich_text
from bot.playground.world import (
    APP_ID,
    Channel,
    Ephemeral,
    File,
    Json,
    Message,
    User,
    UserGroup,
    View,
)

PICTURES: Final = frozenset({"png", "gif", "jpeg"})


def user(account: User, now: datetime) -> Json:
    """A user object."""
    offset = now.astimezone(ZoneInfo(account.tz)).utcoffset()
    return {
        "id": account.id,
        "team_id": account.team,
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
    } | ({"is_stranger": True} if account.is_stranger else {})


def channel(found: Channel, viewer: str) -> Json:
    """A conversation object as the app sees it."""
    shape: Json = {
        "id": found.id,
        "created": int(found.created.timestamp()),
        "is_archived": found.is_archived,
        "is_im": found.kind == "im",
        "is_mpim": found.kind == "mpim",
        "is_org_shared": False,
        "is_ext_shared": bool(found.other_team),
        "is_shared": bool(found.other_team),
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


def group(found: UserGroup, *, with_users: bool = True, with_count: bool = True) -> Json:
    """A user group object."""
    disabled = int(found.disabled.timestamp()) if found.disabled else 0
    shape: Json = {
        "id": found.id,
        "team_id": found.team,
        "is_usergroup": True,
        "is_subteam": True,
        "name": found.name,
        "description": "",
        "handle": found.handle,
        "is_external": False,
        "date_create": int(found.created.timestamp()),
        "date_update": int(found.updated.timestamp()),
        "date_delete": disabled,
        "auto_type": None,
        "auto_provision": False,
        "enterprise_subteam_id": "",
        "created_by": found.created_by,
        "updated_by": found.updated_by or found.created_by,
        "deleted_by": found.updated_by if disabled else None,
        "prefs": {"channels": [], "groups": []},
    }
    shape |= {"users": found.members} if with_users else {}
    return shape | ({"user_count": len(found.members)} if with_count else {})


def message(found: Message, replies: list[Message], *, with_metadata: bool = False) -> Json:
    """A message object as history and replies return it."""
    shape: Json = {"type": "message", "user": found.user, "text": found.text, "ts": found.ts}
    shape["team"] = found.team
    shape["blocks"] = found.blocks or rich_text.of_text(found.text)
    if found.subtype:
        shape["subtype"] = found.subtype
    shape = of_app(shape, found)
    if found.files:
        shape |= {"files": [file(each) for each in found.files], "upload": False}
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


def of_app(shape: Json, found: Message) -> Json:
    """The shape of a message with what Slack adds if an app posted it.

    Another app's is that of an incoming webhook: it has a name, but no account.
    """
    if found.app is None:
        return shape | ({"bot_id": found.bot_id, "app_id": APP_ID} if found.bot_id else {})
    app, icon = found.app, "https://a.slack-edge.com/80588/img/plugins/app/bot_{}.png"
    profile = {
        "id": app.bot_id,
        "deleted": False,
        "name": app.name,
        "updated": int(float(found.ts)),
        "app_id": app.id,
        "icons": {f"image_{size}": icon.format(size) for size in (36, 48, 72)},
        "team_id": found.team,
    }
    added: Json = {
        "subtype": "bot_message",
        "username": app.name,
        "bot_id": app.bot_id,
        "app_id": app.id,
        "bot_profile": profile,
    }
    if found.attachments:
        numbered = enumerate(found.attachments, start=1)
        added["attachments"] = [{"id": number, **each} for number, each in numbered]
    return {name: value for name, value in shape.items() if name != "user"} | added


def file(found: File) -> Json:
    """A file object; what is in it has to be fetched with a token."""
    kind = found.name.rpartition(".")[2].lower()
    shape: Json = {
        "id": found.id,
        "created": int(found.created.timestamp()),
        "timestamp": int(found.created.timestamp()),
        "name": found.name,
        "title": found.title or found.name,
        "mimetype": f"image/{kind}" if kind in PICTURES else "application/octet-stream",
        "filetype": kind,
        "pretty_type": kind.upper(),
        "user": found.user,
        "editable": False,
        "size": found.length,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
    }
    return shape | ({"alt_txt": found.alt} if found.alt else {})


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
        "team_id": found.team,
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
        "app_installed_team_id": found.team,
        "bot_id": "",
    }


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
