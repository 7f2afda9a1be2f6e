"""The app that is installed in the workspace, exactly as its manifest describes it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bot.playground.world import Json, Team, User

BOT_TOKEN: Final = "xoxb-local-slack"  # noqa: S105 - opens nothing but the local Slack
APP_TOKEN: Final = "xapp-local-slack"  # noqa: S105
SIGNING_SECRET: Final = "local-slack-signing-secret"  # noqa: S105

# Which event each subscription of the Events API stands for.
_MESSAGE_EVENTS: Final = {
    "channel": "message.channels",
    "group": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}
_HISTORY: Final = {
    "channel": "channels:history",
    "group": "groups:history",
    "im": "im:history",
    "mpim": "mpim:history",
}
_READ: Final = {
    "channel": "channels:read",
    "group": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}

_MANAGE: Final = {"channel": "channels:manage", "group": "groups:write"}


# Slack lets nobody subscribe to these without the scope.
_SCOPE_OF_EVENT: Final = dict.fromkeys(
    ("subteam_created", "subteam_updated", "subteam_members_changed"), "usergroups:read"
)


def bot_token(team: Team) -> str:
    """The token of the app as it is installed in a workspace from the start."""
    return BOT_TOKEN if team.number == 1 else f"{BOT_TOKEN}-{team.number}"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry of the menu of messages, or of the global one."""

    callback_id: str
    name: str
    description: str
    is_global: bool


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """A slash command; `name` begins with the slash."""

    name: str
    description: str
    usage: str
    should_escape: bool
    url: str


class InstalledApp:
    """What the manifest grants, subscribes and adds; nothing else exists."""

    def __init__(self, manifest: Json, *, declined: Collection[str] = ()) -> None:
        """`declined` are optional scopes that the admin did not grant."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        self.name: str = manifest["display_information"]["name"]
        asked: Json = manifest["oauth_config"]["scopes"]
        optional = frozenset(asked.get("bot_optional", [])) - frozenset(declined)
        self.scopes = optional.union(asked.get("bot", []))
        subscriptions = settings.get("event_subscriptions", {})
        self.events = frozenset(subscriptions.get("bot_events", []))
        self.event_url: str = subscriptions.get("request_url", "")
        self.interactivity_url: str = settings.get("interactivity", {}).get("request_url", "")
        self.is_interactive = bool(settings.get("interactivity", {}).get("is_enabled"))
        self.socket_mode = bool(settings.get("socket_mode_enabled"))
        self.steps: Json = manifest.get("functions", {})
        self.has_home = bool(features.get("app_home", {}).get("home_tab_enabled"))
        self.commands = {
            entry["command"]: SlashCommand(
                entry["command"],
                entry["description"],
                entry.get("usage_hint", ""),
                bool(entry.get("should_escape")),
                entry.get("url", ""),
            )
            for entry in features.get("slash_commands", [])
        }
        self.shortcuts = {
            entry["callback_id"]: Shortcut(
                entry["callback_id"], entry["name"], entry["description"], entry["type"] == "global"
            )
            for entry in features.get("shortcuts", [])
        }

    def user(self, team: Team) -> User:
        """The app's bot user in a workspace."""
        return User(team.bot_user_id, self.name, self.name, "UTC", is_bot=True, team=team.id)

    def hears_messages_of(self, kind: str) -> bool:
        """Whether it is sent the messages of this kind of conversation."""
        return _MESSAGE_EVENTS[kind] in self.events and _HISTORY[kind] in self.scopes

    def hears(self, event_type: str) -> bool:
        """Whether it subscribed to this event, and may."""
        needed = _SCOPE_OF_EVENT.get(event_type)
        return event_type in self.events and (needed is None or needed in self.scopes)

    def missing_to_read_history(self, kind: str) -> str | None:
        """The scope it lacks to read the history of such a conversation."""
        return None if _HISTORY[kind] in self.scopes else _HISTORY[kind]

    def missing_to_manage(self, kind: str) -> str | None:
        """The scope it lacks to make such a conversation, and to change it."""
        return None if _MANAGE[kind] in self.scopes else _MANAGE[kind]

    def missing_to_know(self, kind: str) -> str | None:
        """The scope it lacks to be told about such a conversation."""
        return None if _READ[kind] in self.scopes else _READ[kind]
