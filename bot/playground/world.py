"""The state of the workspace as plain data, changed in one thread."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeAlias

Json: TypeAlias = dict[str, Any]

TEAM_ID: Final = "T0TIDELINE"
APP_ID: Final = "A0APP0000"
BOT_USER_ID: Final = "U0APPBOT0"
BOT_ID: Final = "B0APP0000"
OTHER_TEAM_ID: Final = "T0PARTNER"


@dataclass(frozen=True, slots=True)
class Organisation:
    """Several workspaces that belong together, by its names."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True, slots=True)
class Team:
    """A workspace by its names; the `number` of a server's first one is 1.

    `has_own_ids`: nothing in it bears the id of anything in another one, as it is in the real
    Slack. Without, its people and channels, and the app's account, have those of the first.
    """

    id: str
    name: str
    domain: str
    number: int = 1
    has_own_ids: bool = False
    organisation: Organisation | None = None

    @property
    def bot_user_id(self) -> str:
        """The app's account there; an organisation has one of it, in all its workspaces."""
        return BOT_USER_ID if self.organisation else self.own(BOT_USER_ID)

    @property
    def bot_id(self) -> str:
        """The id under which the app posts there."""
        return BOT_ID if self.organisation else self.own(BOT_ID)

    def own(self, ident: str) -> str:
        """The id here of what bears this one in the first workspace."""
        is_as_there = self.number == 1 or not self.has_own_ids
        return ident if is_as_there else f"{ident[0]}{self.number}{ident[2:]}"


TIDELINE: Final = Team(TEAM_ID, "Tideline", "tideline")


@dataclass(slots=True)
class User:
    """An account of the workspace."""

    id: str
    name: str
    real_name: str
    tz: str
    locale: str = "en-GB"
    is_bot: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_primary_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    deleted: bool = False
    team: str = TEAM_ID
    is_stranger: bool = False
    status_emoji: str = ""
    status_text: str = ""
    status_expiration: int = 0
    updated: int = 0


@dataclass(slots=True)
class File:
    """A file that an app uploads; `content` is None until its bytes have come."""

    id: str
    key: str
    name: str
    length: int
    alt: str
    created: datetime
    user: str
    content: bytes | None = None
    title: str = ""
    is_complete: bool = False
    shared_in: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OtherApp:
    """An app that is not the one under test; all that is known of it is its name."""

    name: str

    @property
    def id(self) -> str:
        """The app's id, made of its name."""
        return f"A0{self._letters}"

    @property
    def bot_id(self) -> str:
        """The id under which it posts."""
        return f"B0{self._letters}"

    @property
    def _letters(self) -> str:
        letters = "".join(char for char in self.name.upper() if char.isascii() and char.isalnum())
        return f"{letters[:7]:0<7}"


@dataclass(slots=True)
class Message:
    """A message; `bot_id` is set for those of apps, `app` for those of others than ours.

    `team` is its author's.
    """

    ts: str
    user: str
    text: str
    blocks: list[Json]
    team: str
    thread_ts: str | None = None
    subtype: str | None = None
    bot_id: str | None = None
    app: OtherApp | None = None
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    edited: Json | None = None
    files: list[File] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread under another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(slots=True)
class Ephemeral:
    """A message that one member of a channel sees until they reload."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json]
    thread_ts: str | None = None


@dataclass(slots=True)
class Channel:
    """A conversation: a channel, a private channel (`group`), `im` or `mpim`.

    `other_team` is the organisation that it is shared with.
    """

    id: str
    name: str
    kind: str
    created: datetime
    members: list[str]
    topic: str = ""
    creator: str = ""
    is_archived: bool = False
    other_team: str = ""
    messages: dict[str, Message] = field(default_factory=dict)
    last_read: dict[str, str] = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        """Whether only its members can see it."""
        return self.kind != "channel"

    def replies(self, thread_ts: str) -> list[Message]:
        """The replies under a message, the oldest first."""
        return [m for m in self.messages.values() if m.is_reply and m.thread_ts == thread_ts]


@dataclass(slots=True)
class UserGroup:
    """People who are mentioned together, as `@design`; `handle` has no @."""

    id: str
    handle: str
    name: str
    members: list[str]
    created_by: str
    created: datetime
    updated: datetime
    updated_by: str = ""
    disabled: datetime | None = None
    team: str = TEAM_ID


@dataclass(slots=True)
class View:
    """A form that is open in front of somebody, or an App Home."""

    id: str
    team: str
    user: str
    payload: Json
    hash: str
    values: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    root_id: str = ""
    previous_id: str | None = None


@dataclass(slots=True)
class Execution:
    """A workflow that came to a step of the app's; it waits there until the step is over."""

    id: str
    step: str
    inputs: dict[str, str]
    outputs: Json | None = None
    error: str = ""

    @property
    def is_over(self) -> bool:
        """Whether the workflow went on, or ended."""
        return self.outputs is not None or bool(self.error)


_SERIALS: Final = 100_000_000
"""How many ids a workspace with ids of its own can give out."""


class World:
    """Everything there is in the workspace."""

    def __init__(self, team: Team = TIDELINE) -> None:
        self.team = team
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.groups: dict[str, UserGroup] = {}
        self.files: dict[str, File] = {}
        self.executions: dict[str, Execution] = {}
        self.ephemerals: list[Ephemeral] = []
        self.open_views: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self._given: dict[tuple[str, str], Json] = {}
        self._serial = team.number * _SERIALS if team.has_own_ids else 0

    def new_id(self, prefix: str) -> str:
        """An opaque id such as Slack's: a letter that tells the kind, then a serial."""
        self._serial += 1
        return f"{prefix}{self._serial:09d}"

    def unique_id(self, prefix: str) -> str:
        """An id that nothing in any other workspace of the server has."""
        number = self.team.number
        return self.new_id(prefix if number == 1 else f"{prefix}{number}")

    def given(self, user: str, shown: str) -> Json:
        """What somebody typed and chose so far in a message or view, by block and action."""
        return self._given.setdefault((user, shown), {})

    def user_called(self, name: str) -> User | None:
        """The person with this id or (first) name."""
        wanted = name.removeprefix("@").lower()
        for user in self.users.values():
            if wanted in {user.id.lower(), user.name.lower(), user.real_name.lower()}:
                return user
        return None

    def channel_called(self, name: str) -> Channel | None:
        """The channel with this id or name."""
        wanted = name.removeprefix("#")
        by_name = (c for c in self.channels.values() if c.name == wanted and c.name)
        return self.channels.get(wanted) or next(by_name, None)

    def group_called(self, handle: str) -> UserGroup | None:
        """The user group in use with this handle."""
        wanted = handle.removeprefix("@").lower()
        in_use = (group for group in self.groups.values() if group.disabled is None)
        return next((group for group in in_use if group.handle == wanted), None)

    def direct(self, *users: str) -> Channel | None:
        """The direct (or group direct) conversation of exactly these people, if it was opened."""
        for channel in self.channels.values():
            if channel.kind in {"im", "mpim"} and set(channel.members) == set(users):
                return channel
        return None

    def sees(self, user: str, channel: Channel) -> bool:
        """Whether somebody can open a conversation; guests only those they are in."""
        if user in channel.members:
            return True
        account = self.users[user]
        if account.team != self.team.id:
            return False
        is_guest = account.is_restricted or account.is_ultra_restricted
        return channel.kind == "channel" and not is_guest and not account.deleted

    def view(self, view_id: str) -> View | None:
        """The open form or App Home with this id, or with this id of the app's own."""
        opened = (view for stack in self.open_views.values() for view in stack)
        known = [*opened, *self.homes.values()]
        names = ((view, {view.id, view.payload.get("external_id")}) for view in known)
        return next((view for view, ids in names if view_id in ids), None)
