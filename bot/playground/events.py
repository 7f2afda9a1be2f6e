"""The events that Slack sends about what happens in the workspace."""

from typing import Final

from bot.playground import payloads, rich_text
from bot.playground.app import InstalledApp
from bot.playground.world import (
    APP_ID,
    Channel,
    Execution,
    Json,
    Message,
    Team,
    User,
    UserGroup,
    View,
)

VERIFICATION_TOKEN: Final = "local"  # noqa: S105 - deprecated by Slack, still sent


def envelope(
    team: Team,
    event: Json,
    event_id: str,
    event_time: int,
    channel: Channel | None,
    *,
    origin: Team,
) -> Json:
    """What is delivered: the event, for which `team`'s app it is, and in which it happened."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": origin.id,
        "context_team_id": team.id,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": event_time,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team.id,
                "user_id": team.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": channel is not None and bool(channel.other_team),
        "event_context": f"4-{event_id}",
    }


def posted(channel: Channel, message: Message) -> Json:
    """Somebody posted."""
    event: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": message.team,
        "blocks": message.blocks or rich_text.of_text(message.text),
        "channel": channel.id,
        "event_ts": message.ts,
        "channel_type": channel.kind,
    }
    if not message.bot_id:
        event["client_msg_id"] = f"local-{message.ts}"
    if message.subtype:
        event["subtype"] = message.subtype
    event = payloads.of_app(event, message)
    if message.files:
        event |= {"files": [payloads.file(each) for each in message.files], "upload": False}
    if message.thread_ts:
        event["thread_ts"] = message.thread_ts
    if message.thread_ts and message.is_reply:
        event["parent_user_id"] = channel.messages[message.thread_ts].user
    return event


def changed(channel: Channel, before: Json, after: Json, ts: str) -> Json:
    """A message was edited, or its thread grew."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": after,
        "previous_message": before,
        "channel": channel.id,
        "ts": ts,
        "event_ts": ts,
        "channel_type": channel.kind,
    }


def deleted(channel: Channel, before: Json, ts: str) -> Json:
    """A message was deleted."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": before["ts"],
        "previous_message": before,
        "channel": channel.id,
        "ts": ts,
        "event_ts": ts,
        "channel_type": channel.kind,
    }


def mention(channel: Channel, message: Message) -> Json:
    """The app was mentioned."""
    return {
        "type": "app_mention",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "channel": channel.id,
        "event_ts": message.ts,
    }


def reaction(
    kind: str, channel: Channel, message: Message, *, user: str, name: str, ts: str
) -> Json:
    """A reaction was added (`reaction_added`) or removed."""
    return {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
        "item_user": message.user,
        "event_ts": ts,
    }


def membership(
    kind: str, channel: Channel, user: User, ts: str, inviter: str | None = None
) -> Json:
    """Somebody joined (`member_joined_channel`) or left."""
    event: Json = {
        "type": kind,
        "user": user.id,
        "channel": channel.id,
        "channel_type": "C" if channel.kind == "channel" else "G",
        "team": user.team,
        "event_ts": ts,
    }
    return event | ({"inviter": inviter} if inviter else {})


def renamed(channel: Channel, ts: str) -> Json:
    """A channel got another name."""
    kind = "channel_rename" if channel.kind == "channel" else "group_rename"
    shape = {"id": channel.id, "name": channel.name, "created": int(channel.created.timestamp())}
    return {"type": kind, "channel": shape, "event_ts": ts}


def created(channel: Channel, ts: str) -> Json:
    """Somebody made a public channel."""
    shape = {
        "id": channel.id,
        "name": channel.name,
        "created": int(channel.created.timestamp()),
        "creator": channel.creator,
    }
    return {"type": "channel_created", "channel": shape, "event_ts": ts}


def archived(channel: Channel, user: str, ts: str) -> Json:
    """A channel was put away."""
    kind = "channel_archive" if channel.kind == "channel" else "group_archive"
    return {"type": kind, "channel": channel.id, "user": user, "event_ts": ts}


def connected(channel: Channel, team: str, ts: str) -> Json:
    """A channel is shared with another organisation from now on."""
    return {
        "type": "channel_shared",
        "connected_team_id": team,
        "channel": channel.id,
        "event_ts": ts,
    }


def disconnected(channel: Channel, team: str, ts: str) -> Json:
    """A channel is not shared with another organisation any more."""
    return {
        "type": "channel_unshared",
        "previously_connected_team_id": team,
        "channel": channel.id,
        "is_ext_shared": bool(channel.other_team),
        "event_ts": ts,
    }


def account(kind: str, user: Json, ts: str) -> Json:
    """Something about somebody changed (`user_change`), or just their status."""
    return {"type": kind, "user": user, "cache_ts": user["updated"], "event_ts": ts}


def group(kind: str, shape: Json, ts: str) -> Json:
    """A user group was made (`subteam_created`) or is not any more as it was."""
    return {"type": kind, "subteam": shape, "event_ts": ts}


def group_members(found: UserGroup, before: list[str], ts: str, now: int) -> Json:
    """Who came into a user group and who left it."""
    added = [user for user in found.members if user not in before]
    removed = [user for user in before if user not in found.members]
    return {
        "type": "subteam_members_changed",
        "subteam_id": found.id,
        "team_id": found.team,
        "date_previous_update": int(found.updated.timestamp()),
        "date_update": now,
        "added_users": added,
        "added_users_count": len(added),
        "removed_users": removed,
        "removed_users_count": len(removed),
        "event_ts": ts,
    }


def step_started(execution: Execution, declared: Json, ts: str) -> Json:
    """A workflow came to a step of the app's."""
    return {
        "type": "function_executed",
        "function": {
            "id": f"Fn{execution.step}",
            "callback_id": execution.step,
            "title": declared["title"],
            "description": declared["description"],
            "type": "app",
            "app_id": APP_ID,
            "input_parameters": _parameters(declared["input_parameters"]),
            "output_parameters": _parameters(declared["output_parameters"]),
        },
        "inputs": execution.inputs,
        "function_execution_id": execution.id,
        "workflow_execution_id": f"Wx{execution.id[2:]}",
        "event_ts": ts,
    }


def _parameters(declared: Json) -> list[Json]:
    return [{"name": name, **each} for name, each in declared["properties"].items()]


def home_opened(user: str, channel: Channel, home: View | None, ts: str) -> Json:
    """Somebody opened the app's home."""
    event: Json = {
        "type": "app_home_opened",
        "user": user,
        "channel": channel.id,
        "tab": "home",
        "event_ts": ts,
    }
    return event | ({"view": payloads.view(home)} if home else {})


def is_sent(app: InstalledApp, bot: str, event: Json, channel: Channel | None) -> bool:
    """Whether the app is sent this event: it subscribed, and it may see where it happened."""
    if event["type"] == "message" and channel is not None:
        return app.hears_messages_of(channel.kind) and bot in channel.members
    if not app.hears(event["type"]):
        return False
    is_own_move = event.get("user") == bot
    return channel is None or is_own_move or bot in channel.members
