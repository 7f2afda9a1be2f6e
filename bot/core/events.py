"""What happens in a workspace, as typed facts; the rest of the house never sees Slack's JSON.

A `ts` is Slack's message id: seconds and a serial number as text, unique within a channel.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID


def instant_of(ts: str) -> datetime:
    """The instant a message `ts` stands for, to the microsecond."""
    seconds, _, micros = ts.partition(".")
    return datetime.fromtimestamp(int(seconds), UTC) + timedelta(microseconds=int(micros or 0))


class ChannelKind(StrEnum):
    """The kinds of conversation."""

    PUBLIC = "channel"
    PRIVATE = "group"
    DIRECT = "im"
    GROUP_DIRECT = "mpim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened in workspace `team_id`."""

    team_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePosted(Event):
    """A person wrote something new; `text` is Slack's, with its control tokens.

    `parent_user_id` wrote what it replies to, which may not have arrived yet.
    """

    channel_id: str
    kind: ChannelKind
    ts: str
    user_id: str
    text: str
    thread_ts: str | None = None
    parent_user_id: str = ""
    mentions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def at(self) -> datetime:
        """When it was written."""
        return instant_of(self.ts)

    @property
    def in_thread(self) -> bool:
        """Whether it replies to another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited(Event):
    """A person changed the text of their message."""

    channel_id: str
    ts: str
    user_id: str
    text: str
    edited_ts: str
    thread_ts: str | None = None
    mentions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeleted(Event):
    """A message was deleted."""

    channel_id: str
    ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppPosted(Event):
    """An app that is not ours wrote something, or changed it; nobody is addressed by it.

    `text` is what a reader sees of it, with Slack's control tokens, cut off where it is long.
    `account_id` wrote it: the app's own account, or a person's that it acted for; "" if Slack does
    not tell. `revision` is when an edit was made, as a `ts`; "": as it was first posted.
    """

    channel_id: str
    kind: ChannelKind
    ts: str
    app: str
    text: str
    account_id: str = ""
    thread_ts: str | None = None
    revision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionAdded(Event):
    """A person reacted to a message; `emoji` has no skin tone."""

    channel_id: str
    ts: str
    user_id: str
    emoji: str
    event_ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionRemoved(Event):
    """A person took a reaction back."""

    channel_id: str
    ts: str
    user_id: str
    emoji: str
    event_ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberJoined(Event):
    """Somebody, perhaps Baton itself, joined a channel."""

    channel_id: str
    user_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLeft(Event):
    """Somebody, perhaps Baton itself, left a channel."""

    channel_id: str
    user_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChanged(Event):
    """A channel was renamed, archived, converted or deleted: what is known of it is old."""

    channel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelJoined(Event):
    """Baton is in a channel that it was not in before, and knows who else is."""

    channel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingChanged(Event):
    """The working agreement says something else for a scope, e.g. `person:U1`."""

    key: str
    layer: str
    scope_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveChanged(Event):
    """Somebody is away on other days than before."""

    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(Event):
    """Something about somebody's account changed: what is known of them is old."""

    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChanged(Event):
    """A user group was renamed, disabled, or has other members: what is known of it is old."""

    group_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEnrolled(Event):
    """A full member is in a channel that Baton is in: from now on it works for them."""

    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLeft(Event):
    """Somebody is no full member any more: their account was deactivated, or is a guest's now."""

    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneChanged(Event):
    """Somebody's days begin and end at other instants than before."""

    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Event):
    """What was queued in the outbox under `key` stands in a channel now, at `ts`."""

    key: str
    channel_id: str
    ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelMade(Event):
    """The channel that was queued in the outbox under `key` is there; Baton is in it."""

    key: str
    channel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStarted(Event):
    """A workflow came to a step of ours, called `step`; it waits until the execution is over."""

    step: str
    execution_id: str
    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSent(Event):
    """What somebody wrote to Baton was sent off from a form, at once or for later.

    `source` is the message that it was written in: channel and `ts`, joined by a bar.
    """

    user_id: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageNotSent(Event):
    """What was queued in the outbox under `key` was given up.

    `channel_id` is where it was to stand; empty: it was for a person. `code` is why Slack refused
    it, in its own word; empty: it did not.
    """

    key: str
    channel_id: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSlowed(Event):
    """Something urgent that was queued under `key` is not out yet: Slack asked to wait, or failed.

    It is tried again, at `until` at the earliest.
    """

    key: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptSettled(Event):
    """An attempt to reach somebody outside of Slack, queued under `key`, is over.

    `outcome` is accepted, refused, unavailable or unknown (it may have arrived); `error` says why,
    in the pager's own code.
    """

    key: str
    pager: str
    outcome: str
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageHeldBack(Event):
    """What was queued under `key` shows what its reader may not see any more; it was not sent."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSettled(Event):
    """Nobody waits for an ask any more. `is_answered`: whoever was asked did it, or answered.

    `by` settled it; empty: the clock did, or a feature. `state` is answered, declined, withdrawn,
    went_ahead or expired.
    """

    ask_id: UUID
    is_answered: bool
    by: str
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskReopened(Event):
    """Somebody waits again for an ask that was settled."""

    ask_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOpened(Event):
    """Somebody opened Baton's App Home; without a view Slack shows them an empty page."""

    user_id: str
    has_view: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePressed(Event):
    """Somebody pressed a button of their App Home, and it had its effect."""

    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction(Event):
    """Somebody used Baton and waits for an answer; Slack never sends it again."""

    user_id: str
    trigger_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Interaction):
    """A slash command, e.g. `/decision find pricing`."""

    channel_id: str
    name: str
    text: str
    verb: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageShortcut(Interaction):
    """An entry of a message's menu; works where Baton is no member, too."""

    callback_id: str
    channel_id: str
    message_ts: str
    message_user_id: str | None
    text: str
    thread_ts: str | None
    response_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GlobalShortcut(Interaction):
    """An entry of the menu of shortcuts; it comes from no place, so no message can answer it."""

    callback_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed(Interaction):
    """A button, menu or box on one of Baton's messages or views.

    `value` is a button's, an id of ours, nothing more; `chosen` are the values now chosen in a
    menu or ticked among boxes. A listener gets the name and the id that a feature gave the button;
    what Slack sends is a token. In a form, `reference` is the form's, and `values` are what its
    fields hold at that moment, those that hold one; `picked` are the people chosen in it.
    """

    action_id: str
    value: str
    channel_id: str | None
    message_ts: str | None
    response_url: str | None
    on_home: bool = False
    chosen: tuple[str, ...] = ()
    in_form: bool = False
    reference: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    picked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSubmitted(Interaction):
    """A form sent off. `view_id` is the same when it is sent again after an error.

    `values` are those of fields that hold one, `chosen` those of fields that hold several, also
    none. `picked` are the ids of the people that were chosen in it.
    """

    callback_id: str
    view_id: str
    reference: str
    values: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    picked: tuple[str, ...] = ()


Conversation: TypeAlias = (
    MessagePosted | MessageEdited | MessageDeleted | ReactionAdded | ReactionRemoved
)
