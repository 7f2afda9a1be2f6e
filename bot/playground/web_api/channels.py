"""conversations.*: the channels that the app makes, and what it does with them."""

import re
from typing import Final

from bot.core.patterns import regex
from bot.playground import payloads
from bot.playground.slack import LocalSlack
from bot.playground.web_api import ApiError, Arguments, is_true, method, missing_scope
from bot.playground.world import Channel, Json

MAX_NAME: Final = 80
MAX_TOPIC: Final = 250
_NAME: Final = regex(r"[a-z0-9_-]+")


@method("conversations.create", required=["name"], optional=["is_private"], takes_json=True)
def create(slack: LocalSlack, arguments: Arguments) -> Json:
    """Makes a channel, with the app in it."""
    kind = "group" if is_true(arguments, "is_private") else "channel"
    _check_manages(slack, kind)
    name = str(arguments["name"])
    if len(name) > MAX_NAME:
        raise ApiError("invalid_name_maxlength")
    if not _NAME.fullmatch(name):
        raise ApiError("invalid_name_specials")
    if not re.search("[a-z0-9]", name):
        raise ApiError("invalid_name_punctuation")
    if any(channel.name == name for channel in slack.world.channels.values()):
        raise ApiError("name_taken")
    return {"channel": payloads.channel(slack.create(slack.bot, name, kind), slack.bot)}


@method("conversations.invite", required=["channel", "users"], takes_json=True)
def invite(slack: LocalSlack, arguments: Arguments) -> Json:
    """Takes people into a channel: all of them, or nobody."""
    channel = _own(slack, arguments)
    users = str(arguments["users"]).split(",")
    problems = [(user, why) for user in users if (why := _why_not(slack, channel, user))]
    if problems:
        errors = [{"user": user, "ok": False, "error": why} for user, why in problems]
        raise ApiError(problems[0][1], errors=errors)
    for user in users:
        slack.join(user, channel, inviter=slack.bot)
    return {"channel": payloads.channel(channel, slack.bot)}


@method("conversations.setTopic", required=["channel", "topic"], takes_json=True)
def set_topic(slack: LocalSlack, arguments: Arguments) -> Json:
    """Writes what a channel is about above it."""
    channel, topic = _own(slack, arguments), str(arguments["topic"])
    if len(topic) > MAX_TOPIC:
        raise ApiError("too_long")
    slack.set_topic(channel, topic)
    return {"channel": payloads.channel(channel, slack.bot)}


@method("conversations.archive", required=["channel"], takes_json=True)
def archive(slack: LocalSlack, arguments: Arguments) -> Json:
    """Puts a channel away: it stays readable, and nobody can write in it."""
    channel = slack.world.channels.get(str(arguments["channel"]))
    if channel is not None and channel.is_archived:
        raise ApiError("already_archived")
    channel = _own(slack, arguments)
    if channel.name == "general":
        raise ApiError("cant_archive_general")
    slack.archive(slack.bot, channel)
    return {}


def _own(slack: LocalSlack, arguments: Arguments) -> Channel:
    """The channel that is meant, which the app must be in."""
    channel = slack.world.channels.get(str(arguments["channel"]))
    is_member = channel is not None and slack.bot in channel.members
    if channel is None or (channel.is_private and not is_member):
        raise ApiError("channel_not_found")
    if channel.kind not in {"channel", "group"}:
        raise ApiError("method_not_supported_for_channel_type")
    _check_manages(slack, channel.kind)
    if channel.is_archived:
        raise ApiError("is_archived")
    if not is_member:
        raise ApiError("not_in_channel")
    return channel


def _check_manages(slack: LocalSlack, kind: str) -> None:
    missing = slack.app.missing_to_manage(kind)
    if missing:
        raise missing_scope(slack, missing)


def _why_not(slack: LocalSlack, channel: Channel, user: str) -> str:
    """Slack's code for why somebody cannot be invited; empty: they can."""
    account = slack.world.users.get(user)
    if account is None:
        return "user_not_found"
    if user == slack.bot:
        return "cant_invite_self"
    if user in channel.members:
        return "already_in_channel"
    if account.deleted or account.is_stranger:
        return "cant_invite"
    return "ura_max_channels" if account.is_ultra_restricted else ""
