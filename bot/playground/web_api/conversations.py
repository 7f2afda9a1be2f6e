"""conversations.* and users.*: what the app can find out."""

from bot.playground import accounts, payloads
from bot.playground.slack import LocalSlack
from bot.playground.web_api import ApiError, Arguments, is_true, method, missing_scope, page
from bot.playground.world import Channel, Json, Message

_KIND_OF_TYPE = {
    "public_channel": "channel",
    "private_channel": "group",
    "im": "im",
    "mpim": "mpim",
}


@method(
    "conversations.info", required=["channel"], optional=["include_locale", "include_num_members"]
)
def info(slack: LocalSlack, arguments: Arguments) -> Json:
    """Describes a conversation."""
    return {"channel": payloads.channel(_known(slack, arguments), slack.bot)}


@method("conversations.members", required=["channel"], optional=["limit", "cursor"])
def members(slack: LocalSlack, arguments: Arguments) -> Json:
    """Lists who is in a conversation."""
    found, cursor = page(_known(slack, arguments).members, arguments, 100)
    return {"members": found, **cursor}


@method(
    "conversations.open",
    required=["users"],
    optional=["return_im"],
    scope="im:write",
    takes_json=True,
)
def open_direct(slack: LocalSlack, arguments: Arguments) -> Json:
    """Opens the direct conversation with somebody."""
    users = str(arguments["users"]).split(",")
    if any(user not in slack.world.users for user in users):
        raise ApiError("user_not_found")
    channel = slack.direct(*users, slack.bot)
    return {"channel": {"id": channel.id}}


@method(
    "conversations.history",
    required=["channel"],
    optional=["latest", "oldest", "inclusive", "limit", "cursor", "include_all_metadata"],
)
def history(slack: LocalSlack, arguments: Arguments) -> Json:
    """The messages of a conversation, the newest first; replies are not among them."""
    channel = _readable(slack, arguments)
    roots = [message for message in channel.messages.values() if not message.is_reply]
    newest_first = sorted(_within(roots, arguments), key=lambda m: m.ts, reverse=True)
    unused = {"pin_count": 0, "channel_actions_ts": None, "channel_actions_count": 0}
    return _messages(slack, channel, newest_first, arguments) | unused


@method(
    "conversations.replies",
    required=["channel", "ts"],
    optional=["latest", "oldest", "inclusive", "limit", "cursor", "include_all_metadata"],
)
def replies(slack: LocalSlack, arguments: Arguments) -> Json:
    """A message and the replies under it, the oldest first."""
    channel = _readable(slack, arguments)
    root = channel.messages.get(arguments["ts"])
    if root is None:
        raise ApiError("thread_not_found")
    under = _within(channel.replies(root.thread_ts or root.ts), arguments)
    return _messages(slack, channel, [root, *under], arguments)


@method("users.info", scope="users:read", required=["user"], optional=["include_locale"])
def user_info(slack: LocalSlack, arguments: Arguments) -> Json:
    """Describes an account."""
    accounts.end_statuses(slack)
    account = slack.world.users.get(arguments["user"])
    if account is None:
        raise ApiError("user_not_found")
    shape = payloads.user(account, slack.clock.now())
    is_own = account.team == slack.world.team.id  # Slack tells no locale of other companies' people
    wants_locale = is_true(arguments, "include_locale")
    locale = {"locale": account.locale} if wants_locale and is_own else {}
    return {"user": shape | locale}


@method("users.conversations", optional=["user", "types", "exclude_archived", "limit", "cursor"])
def user_conversations(slack: LocalSlack, arguments: Arguments) -> Json:
    """Lists the conversations the app is in."""
    types = str(arguments.get("types") or "public_channel").split(",")
    kinds = {_KIND_OF_TYPE.get(name.strip(), "") for name in types}
    for kind in kinds - {""}:
        _check(slack, slack.app.missing_to_know(kind))
    joined = [
        payloads.channel(channel, slack.bot)
        for channel in slack.world.channels.values()
        if channel.kind in kinds and slack.bot in channel.members
        if not (channel.is_archived and is_true(arguments, "exclude_archived"))
    ]
    found, cursor = page(joined, arguments, 100)
    return {"channels": found, **cursor}


def _known(slack: LocalSlack, arguments: Arguments) -> Channel:
    channel = slack.world.channels.get(str(arguments["channel"]))
    if channel is None or (channel.is_private and slack.bot not in channel.members):
        raise ApiError("channel_not_found")
    _check(slack, slack.app.missing_to_know(channel.kind))
    return channel


def _readable(slack: LocalSlack, arguments: Arguments) -> Channel:
    channel = slack.world.channels.get(str(arguments["channel"]))
    if channel is None or (channel.is_private and slack.bot not in channel.members):
        raise ApiError("channel_not_found")
    _check(slack, slack.app.missing_to_read_history(channel.kind))
    if slack.bot not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def _check(slack: LocalSlack, missing: str | None) -> None:
    if missing:
        raise missing_scope(slack, missing)


def _within(messages: list[Message], arguments: Arguments) -> list[Message]:
    oldest = float(arguments.get("oldest") or 0)
    latest = float(arguments.get("latest") or "inf")
    inclusive = is_true(arguments, "inclusive")
    return [
        message
        for message in messages
        if oldest < float(message.ts) < latest
        or (inclusive and float(message.ts) in {oldest, latest})
    ]


def _messages(
    slack: LocalSlack, channel: Channel, found: list[Message], arguments: Arguments
) -> Json:
    shown, cursor = page(found, arguments, 100)
    with_metadata = is_true(arguments, "include_all_metadata")
    shapes = [slack.shape(channel, each, with_metadata=with_metadata) for each in shown]
    return {
        "messages": shapes,
        "has_more": bool(cursor["response_metadata"]["next_cursor"]),
        **cursor,
    }
