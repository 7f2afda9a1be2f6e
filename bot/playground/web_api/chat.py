"""chat.*: what the app posts, shows and changes."""

from typing import Any

from bot.playground import block_kit, payloads
from bot.playground.slack import LocalSlack
from bot.playground.web_api import ApiError, Arguments, method
from bot.playground.world import Channel, Json

_LAYOUT = ("text", "blocks", "attachments", "parse", "link_names")


@method(
    "chat.postMessage",
    scope="chat:write",
    required=["channel"],
    optional=[
        *_LAYOUT,
        "thread_ts",
        "reply_broadcast",
        "unfurl_links",
        "unfurl_media",
        "mrkdwn",
        "metadata",
    ],
    takes_json=True,
)
def post_message(slack: LocalSlack, arguments: Arguments) -> Json:
    """Posts to a channel the app is in, or to a person."""
    channel = _target(slack, arguments["channel"])
    text, blocks = _content(arguments)
    thread_ts = arguments.get("thread_ts")
    if thread_ts and thread_ts not in channel.messages:
        raise ApiError("thread_not_found")
    message = slack.post(
        slack.bot,
        channel,
        text,
        blocks=blocks,
        thread_ts=thread_ts,
        by_app=True,
        metadata=_metadata(arguments),
    )
    shape = slack.shape(channel, message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shape}


@method(
    "chat.postEphemeral",
    scope="chat:write",
    required=["channel", "user"],
    optional=[*_LAYOUT, "thread_ts"],
    takes_json=True,
)
def post_ephemeral(slack: LocalSlack, arguments: Arguments) -> Json:
    """Shows something to one member; in a thread only once it has replies."""
    channel = _target(slack, arguments["channel"])
    user = arguments["user"]
    if user not in slack.world.users:
        raise ApiError("user_not_found")
    if user not in channel.members:
        raise ApiError("user_not_in_channel")
    text, blocks = _content(arguments)
    thread_ts = arguments.get("thread_ts")
    shown = slack.whisper(user, channel, text, blocks, thread_ts)
    return {"message_ts": shown.ts}


@method(
    "chat.update",
    scope="chat:write",
    required=["channel", "ts"],
    optional=[*_LAYOUT, "metadata"],
    takes_json=True,
)
def update(slack: LocalSlack, arguments: Arguments) -> Json:
    """Changes a message of the app's own."""
    channel = slack.world.channels.get(str(arguments["channel"]))
    if channel is None:
        raise ApiError("channel_not_found")
    message = channel.messages.get(arguments["ts"])
    if message is None:
        raise ApiError("message_not_found")
    if message.user != slack.bot:
        raise ApiError("cant_update_message")
    text, blocks = _content(arguments)
    if len(text) > 4_000:  # noqa: PLR2004
        raise ApiError("msg_too_long")
    slack.edit(channel, message, text, blocks=blocks)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": text,
        "message": payloads.message(message, []),
    }


def _target(slack: LocalSlack, wanted: Any) -> Channel:
    user = slack.world.users.get(str(wanted))
    if user is not None:
        if user.deleted or user.is_bot:
            raise ApiError("cannot_dm_bot" if user.is_bot else "user_disabled")
        return slack.direct(user.id, slack.bot)
    channel = slack.world.channels.get(str(wanted))
    if channel is None or (channel.is_private and slack.bot not in channel.members):
        raise ApiError("channel_not_found")
    if slack.bot not in channel.members:
        raise ApiError("not_in_channel")
    if channel.is_archived:
        raise ApiError("is_archived")
    return channel


def _content(arguments: Arguments) -> tuple[str, list[Json]]:
    text, blocks = str(arguments.get("text") or ""), arguments.get("blocks") or []
    if not text and not blocks:
        raise ApiError("no_text")
    found = block_kit.problems(blocks, "message")
    if found:
        raise ApiError("invalid_blocks", response_metadata={"messages": found})
    return text, blocks


def _metadata(arguments: Arguments) -> Json | None:
    metadata = arguments.get("metadata")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not {"event_type", "event_payload"} <= set(metadata):
        raise ApiError("metadata_must_have_event_type")
    return metadata
