"""From Slack's JSON to typed events. Total: anything odd becomes None, never an exception."""

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from bot.core.db import storable
from bot.core.events import (
    AppPosted,
    ChannelChanged,
    ChannelKind,
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
    instant_of,
)
from bot.core.patterns import regex
from bot.core.prose import addressed_in, groups_addressed_in
from bot.slack import app_texts
from bot.slack.payloads import Json, id_in, is_ts, object_in, objects_in, text_in, ts_in

# New words of a person; every other subtype is news of Slack's own, an app's or a change.
HUMAN_SUBTYPES: Final = frozenset({"", "file_share", "thread_broadcast", "me_message"})
APP_SUBTYPES: Final = HUMAN_SUBTYPES | {"bot_message"}
SYSTEM_USERS: Final = frozenset({"USLACKBOT", "USLACK"})
CHANNEL_CHANGES: Final = frozenset(
    {"channel_shared", "channel_unshared"}  # these are sent about private channels, too
    | {
        f"{kind}_{change}"
        for kind in ("channel", "group")
        for change in ("rename", "archive", "unarchive", "deleted")
    }
)
CONVERSIONS: Final = frozenset({"channel_convert_to_private", "channel_convert_to_public"})
_USER: Final = regex(r"[UW][A-Z0-9]{2,30}", re.ASCII)


def parse_event(payload: Json) -> Event | None:
    """The event in an Events API payload, or None if it concerns nobody here."""
    event, team_id = object_in(payload, "event"), id_in(payload, "team_id")
    parse = _PARSERS.get(text_in(event, "type"))
    if parse is None or not team_id or _is_ours(payload, event):
        return None
    return parse(team_id, event)


def people_in(event: Event) -> frozenset[str]:
    """Ids of the people who have to be known before an event is judged."""
    if isinstance(event, PersonChanged):
        return frozenset()  # Slack tells of everybody; nobody is met only for having changed
    mentions: tuple[str, ...] = getattr(event, "mentions", ())
    author: str | None = getattr(event, "user_id", None)
    return frozenset(mentions) | ({author} if author else frozenset())


def people_given(event: Event) -> frozenset[str]:
    """What may be ids of people among the values that a workflow gives one of its steps."""
    given = event.inputs.values() if isinstance(event, StepStarted) else ()
    return frozenset(value for value in given if _USER.fullmatch(value))


def groups_in(event: Event) -> tuple[str, ...]:
    """Ids of the user groups whose members have to be known before an event is judged."""
    groups: tuple[str, ...] = getattr(event, "groups", ())
    return groups


def lane_of(payload: Json) -> str:
    """The conversation an event belongs to: its events are dealt with in order."""
    event = object_in(payload, "event")
    channel_id = (
        id_in(event, "channel")
        or id_in(object_in(event, "item"), "channel")
        or id_in(object_in(event, "channel"), "id")
    )
    return channel_id or id_in(event, "user") or "workspace"


def author_of(payload: Json) -> str:
    """Who did what an event tells of, or wrote what it changes."""
    event = object_in(payload, "event")
    return (
        id_in(event, "user")
        or id_in(object_in(event, "user"), "id")
        or id_in(object_in(event, "message"), "user")
        or id_in(object_in(event, "previous_message"), "user")
    )


def _message(team_id: str, event: Json) -> Event | None:
    subtype = text_in(event, "subtype")
    if subtype == "message_changed":
        return _changed(team_id, event)
    if subtype == "message_deleted":
        return _deleted(team_id, event, text_in(event, "deleted_ts"))
    if subtype in CONVERSIONS:
        return _channel_change(team_id, event)
    if event.get("hidden"):
        return None
    return _of_app(team_id, event, event) if _is_of_app(event) else _said(team_id, event)


def _said(team_id: str, event: Json) -> MessagePosted | None:
    ts, channel_id = ts_in(event), id_in(event, "channel")
    if text_in(event, "subtype") not in HUMAN_SUBTYPES or not _is_human(event):
        return None
    if not ts or not channel_id:
        return None
    text = text_in(event, "text")
    return MessagePosted(
        team_id=team_id,
        channel_id=channel_id,
        kind=_kind(event),
        ts=ts,
        user_id=id_in(event, "user"),
        text=text,
        thread_ts=ts_in(event, "thread_ts"),
        parent_user_id=id_in(event, "parent_user_id"),
        mentions=addressed_in(text),
        groups=groups_addressed_in(text),
    )


def _changed(team_id: str, event: Json) -> Event | None:
    message, before = object_in(event, "message"), object_in(event, "previous_message")
    if text_in(message, "subtype") == "tombstone":
        return _deleted(team_id, event, text_in(message, "ts"))
    if _is_of_app(message):
        is_news = app_texts.text_of(message) != app_texts.text_of(before)
        return _of_app(team_id, event, message, revision=ts_in(event)) if is_news else None
    edited_ts, ts = ts_in(object_in(message, "edited")), ts_in(message)
    text, channel_id = text_in(message, "text"), id_in(event, "channel")
    # Slack also "changes" a message when it unfurls a link or a thread grows
    if not edited_ts or not ts or not channel_id or text == text_in(before, "text"):
        return None
    if text_in(message, "subtype") not in HUMAN_SUBTYPES or not _is_human(message):
        return None
    return MessageEdited(
        team_id=team_id,
        channel_id=channel_id,
        ts=ts,
        user_id=id_in(message, "user"),
        text=text,
        edited_ts=edited_ts,
        thread_ts=ts_in(message, "thread_ts"),
        mentions=addressed_in(text),
        groups=groups_addressed_in(text),
    )


def _of_app(
    team_id: str, event: Json, message: Json, *, revision: str | None = ""
) -> AppPosted | None:
    """What an app wrote. An edit is known by the event's own time: most bear no mark of it."""
    ts, channel_id = ts_in(message), id_in(event, "channel")
    if not ts or not channel_id or revision is None:
        return None
    return AppPosted(
        team_id=team_id,
        channel_id=channel_id,
        kind=_kind(event),
        ts=ts,
        app=app_texts.app_of(message),
        text=app_texts.text_of(message),
        account_id=id_in(message, "user"),
        thread_ts=ts_in(message, "thread_ts"),
        revision=revision,
    )


def _deleted(team_id: str, event: Json, ts: str) -> Event | None:
    channel_id = id_in(event, "channel")
    if not channel_id or not is_ts(ts):
        return None
    return MessageDeleted(team_id=team_id, channel_id=channel_id, ts=ts)


def _reaction(kind: type[ReactionAdded] | type[ReactionRemoved]) -> "_Parser":
    def parse(team_id: str, event: Json) -> Event | None:
        item = object_in(event, "item")
        ts, channel_id, event_ts = (ts_in(item), id_in(item, "channel"), ts_in(event, "event_ts"))
        user_id, emoji = id_in(event, "user"), text_in(event, "reaction").partition("::")[0]
        if not (ts and channel_id and event_ts and user_id and emoji):
            return None
        return kind(
            team_id=team_id,
            channel_id=channel_id,
            ts=ts,
            user_id=user_id,
            emoji=emoji[:128],
            event_ts=event_ts,
        )

    return parse


def _membership(kind: type[MemberJoined] | type[MemberLeft]) -> "_Parser":
    def parse(team_id: str, event: Json) -> Event | None:
        channel_id, user_id, event_ts = (
            id_in(event, "channel"),
            id_in(event, "user"),
            ts_in(event, "event_ts"),
        )
        if not (channel_id and user_id and event_ts):
            return None
        at = instant_of(event_ts)
        return kind(team_id=team_id, channel_id=channel_id, user_id=user_id, at=at)

    return parse


def _channel_change(team_id: str, event: Json) -> Event | None:
    channel_id = id_in(object_in(event, "channel"), "id") or id_in(event, "channel")
    return ChannelChanged(team_id=team_id, channel_id=channel_id) if channel_id else None


def _home(team_id: str, event: Json) -> Event | None:
    user_id = id_in(event, "user")
    if text_in(event, "tab") != "home" or not user_id:
        return None
    return HomeOpened(team_id=team_id, user_id=user_id, has_view="view" in event)


def _person(team_id: str, event: Json) -> Event | None:
    user_id = id_in(object_in(event, "user"), "id")
    return PersonChanged(team_id=team_id, user_id=user_id) if user_id else None


def _group(team_id: str, event: Json) -> Event | None:
    group_id = id_in(event, "subteam_id") or id_in(object_in(event, "subteam"), "id")
    return GroupChanged(team_id=team_id, group_id=group_id) if group_id else None


_Parser: TypeAlias = Callable[[str, Json], Event | None]


def _step(team_id: str, event: Json) -> Event | None:
    execution_id = text_in(event, "function_execution_id")
    step = text_in(object_in(event, "function"), "callback_id")
    if not execution_id or not step:
        return None
    given = object_in(event, "inputs")
    inputs = {name: storable(value) for name, value in given.items() if isinstance(value, str)}
    return StepStarted(team_id=team_id, step=step, execution_id=execution_id, inputs=inputs)


_PARSERS: Final[dict[str, _Parser]] = {
    "message": _message,
    "reaction_added": _reaction(ReactionAdded),
    "reaction_removed": _reaction(ReactionRemoved),
    "member_joined_channel": _membership(MemberJoined),
    "member_left_channel": _membership(MemberLeft),
    "app_home_opened": _home,
    "user_change": _person,
    "function_executed": _step,
    "subteam_updated": _group,
    "subteam_members_changed": _group,
    **dict.fromkeys(CHANNEL_CHANGES, _channel_change),
}


def _is_ours(payload: Json, event: Json) -> bool:
    """Whether our bot user wrote it; what Slack posts with a file of ours bears no mark of an app.

    Whom an event was authorised for stands beside it.
    """
    bots = [each for each in objects_in(payload, "authorizations") if each.get("is_bot")]
    ours = {text_in(each, "user_id") for each in bots} - {""}
    message = object_in(event, "message") or event  # what was changed, or what is new
    app_id, our_app = text_in(message, "app_id"), text_in(payload, "api_app_id")
    is_of_our_app = bool(app_id) and app_id == our_app
    return text_in(event, "type") == "message" and (id_in(message, "user") in ours or is_of_our_app)


def _is_of_app(message: Json) -> bool:
    """Whether an app wrote it, in its own name or for somebody, and not Slack itself."""
    if text_in(message, "subtype") not in APP_SUBTYPES or id_in(message, "user") in SYSTEM_USERS:
        return False
    is_of_bot = text_in(message, "subtype") == "bot_message"
    return is_of_bot or bool(text_in(message, "bot_id"))


def _is_human(message: Json) -> bool:
    user = id_in(message, "user")
    return bool(user) and user not in SYSTEM_USERS and not message.get("bot_id")


def _kind(event: Json) -> ChannelKind:
    try:
        return ChannelKind(text_in(event, "channel_type"))
    except ValueError:
        return ChannelKind.PRIVATE
