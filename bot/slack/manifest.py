"""The app's manifest, made from what the features registered."""

from collections.abc import Sequence
from typing import Any, Final

from bot.core.bot import Bot, CommandEntry
from bot.core.charts import FILES
from bot.core.events import (
    ChannelChanged,
    Event,
    GroupChanged,
    HomeOpened,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    PersonChanged,
    ReactionAdded,
    ReactionRemoved,
    StepStarted,
)
from bot.core.installing import RETURN_PATH
from bot.core.steps import Parameter, Step
from bot.core.workspaces import CHANNELS, PRIVATE_CHANNELS
from bot.slack.access import EVENTS as OF_ACCESS
from bot.slack.inbound import CHANNEL_CHANGES
from bot.slack.ingress import PATH

MAX_USAGE: Final = 1_000
PLACEHOLDER: Final = "https://baton.example.com"

_MESSAGES: Final = ("message.channels", "message.groups", "message.im", "message.mpim")
_REACTIONS: Final = ("reaction_added", "reaction_removed")  # one without the other would lie
_HISTORY: Final = ("channels:history", "groups:history", "im:history", "mpim:history")
_EVENTS: Final[dict[type[Event], tuple[str, ...]]] = {
    MessagePosted: _MESSAGES,
    MessageEdited: _MESSAGES,
    MessageDeleted: _MESSAGES,
    ReactionAdded: _REACTIONS,
    ReactionRemoved: _REACTIONS,
    MemberJoined: ("member_joined_channel",),
    MemberLeft: ("member_left_channel",),
    ChannelChanged: tuple(sorted(CHANNEL_CHANGES)),
    HomeOpened: ("app_home_opened",),
    PersonChanged: ("user_change",),
    StepStarted: ("function_executed",),
    GroupChanged: ("subteam_updated", "subteam_members_changed"),
}
_SCOPES: Final[dict[type[Event], tuple[str, ...]]] = {
    MessagePosted: _HISTORY,
    MessageEdited: _HISTORY,
    MessageDeleted: _HISTORY,
    ReactionAdded: ("reactions:read",),
    ReactionRemoved: ("reactions:read",),
}
# To know who is in a channel or a group and when they work, to post, and to find a lost post again.
_ALWAYS: Final = (
    "channels:read",
    "groups:read",
    "mpim:read",
    "users:read",
    "usergroups:read",
    "chat:write",
    "im:write",
    *_HISTORY,
)
OPTIONAL: Final = (FILES, CHANNELS, PRIVATE_CHANNELS)
"""What an admin may leave out when the app is installed; features ask what was granted."""


def manifest(
    bot: Bot,
    *,
    socket_mode: bool,
    public_url: str | None,
    command_prefix: str,
    is_for_many: bool = False,
) -> dict[str, Any]:
    """The manifest in its second version; its addresses begin with `public_url`.

    `is_for_many`: any workspace or organisation can install the app.
    """
    base = public_url or PLACEHOLDER
    url = base + PATH
    redirects = {"redirect_urls": [base + RETURN_PATH]} if is_for_many else {}
    reachable = {} if socket_mode else {"request_url": url}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Baton",
            "description": "Keeps your team's async working agreement.",
            "background_color": "#1d3557",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "baton", "always_online": True},
            **_entry_points(bot, {} if socket_mode else {"url": url}, command_prefix),
        },
        **({"functions": _steps(bot)} if bot.steps else {}),
        "oauth_config": {
            **redirects,
            "scopes": {"bot": scopes(bot), "bot_optional": list(OPTIONAL)},
        },
        "settings": {
            "event_subscriptions": {**reachable, "bot_events": events(bot)},
            "interactivity": {"is_enabled": True, **reachable},
            # Slack offers no steps of other apps
            "org_deploy_enabled": bool(bot.steps) or is_for_many,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
            **({"function_runtime": "remote"} if bot.steps else {}),
        },
    }


def scopes(bot: Bot) -> list[str]:
    """What the app must be allowed to do, without what is optional."""
    needed = set(_ALWAYS).union(*(_SCOPES.get(kind, ()) for kind in _kinds(bot)))
    if bot.commands or bot.shortcuts:
        needed.add("commands")
    return sorted(needed)


def events(bot: Bot) -> list[str]:
    """The events the app must be sent."""
    return sorted({*OF_ACCESS, *(name for kind in _kinds(bot) for name in _EVENTS.get(kind, ()))})


def _kinds(bot: Bot) -> set[type[Event]]:
    return {subscription.kind for subscription in bot.subscriptions}


def _entry_points(bot: Bot, url: dict[str, str], prefix: str) -> dict[str, Any]:
    points = {"shortcuts": _shortcuts(bot), "slash_commands": _commands(bot, url, prefix)}
    return {name: entries for name, entries in points.items() if entries}  # no empty lists


def _shortcuts(bot: Bot) -> list[dict[str, str]]:
    return [
        {
            "name": entry.name,
            "type": "global" if entry.is_global else "message",
            "callback_id": entry.callback_id,
            "description": entry.description,
        }
        for entry in bot.shortcuts.values()
    ]


def _steps(bot: Bot) -> dict[str, Any]:
    return {name: _step(step) for name, step in bot.steps.items()}


def _step(step: Step) -> dict[str, Any]:
    return {
        "title": step.title,
        "description": step.description,
        "input_parameters": _parameters(step.inputs),
        "output_parameters": _parameters(step.outputs),
    }


def _parameters(parameters: Sequence[Parameter]) -> dict[str, Any]:
    return {
        "properties": {
            each.name: {
                "type": each.kind.value,
                "title": each.title,
                "is_required": each.is_required,
            }
            for each in parameters
        },
        "required": [each.name for each in parameters if each.is_required],
    }


def _commands(bot: Bot, url: dict[str, str], prefix: str) -> list[dict[str, Any]]:
    return [
        {
            "command": f"/{prefix}{entry.name}",
            "description": entry.description,
            "usage_hint": _usage(bot, entry),
            "should_escape": True,
            **url,
        }
        for entry in bot.commands.values()
    ]


def _usage(bot: Bot, entry: CommandEntry) -> str:
    verbs = [found.verb for found in bot.subcommands.values() if found.name == entry.name]
    return " | ".join([*verbs, entry.usage])[:MAX_USAGE]
