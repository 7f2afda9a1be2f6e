"""From Slack's JSON to typed events. Total: anything odd becomes None, never an exception."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from bot.core.db import storable
from bot.core.events import (
    AppPosted,
    ButtonPressed,
    ChannelChanged,
    ChannelKind,
    Command,
    Event,
    FormSubmitted,
    GlobalShortcut,
    GroupChanged,
    HomeOpened,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    MessageShortcut,
    PersonChanged,
    ReactionAdded,
    ReactionRemoved,
    StepStarted,
    instant_of,
)
from bot.core.prose import addressed_in, groups_addressed_in
from bot.core.sealing import LINK
from bot.slack import app_texts

Json: TypeAlias = Mapping[str, Any]

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
# Under which names Slack tells what was typed or chosen in an element, by how much it holds.
_ONE: Final = (
    "value",
    "selected_user",
    "selected_time",
    "selected_date",
    "selected_channel",
    "selected_conversation",
)
_SEVERAL: Final = (
    "selected_options",
    "selected_users",
    "selected_channels",
    "selected_conversations",
)
_USER: Final = re.compile(r"[UW][A-Z0-9]{2,30}", re.ASCII)
_TS: Final = re.compile(r"\d{10}\.\d{6}", re.ASCII)


def parse_event(payload: Json) -> Event | None:
    """The event in an Events API payload, or None if it concerns nobody here."""
    event, team_id = _dict(payload, "event"), _str(payload, "team_id")
    parse = _PARSERS.get(_str(event, "type"))
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
    event = _dict(payload, "event")
    channel = event.get("channel") or _dict(event, "item").get("channel")
    if isinstance(channel, Mapping):
        channel = channel.get("id")
    return (channel if isinstance(channel, str) else _str(event, "user"))[:64] or "workspace"


def parse_command(body: Json, prefix: str) -> Command:
    """A slash command."""
    return Command(
        team_id=_team(body),
        user_id=_str(body, "user_id"),
        trigger_id=_str(body, "trigger_id"),
        channel_id=_str(body, "channel_id"),
        name=_str(body, "command").removeprefix("/").removeprefix(prefix),
        text=_str(body, "text").strip(),
    )


def parse_shortcut(body: Json) -> MessageShortcut | GlobalShortcut:
    """A message shortcut, or a global one."""
    if _str(body, "type") == "shortcut":
        return GlobalShortcut(
            team_id=_team(body),
            user_id=_str(_dict(body, "user"), "id"),
            trigger_id=_str(body, "trigger_id"),
            callback_id=_str(body, "callback_id"),
        )
    return _message_shortcut(body)


def parse_button(body: Json) -> ButtonPressed:
    """The first action of a block_actions payload: a button, a menu or boxes.

    The value of a menu is that of the chosen entry.
    """
    action, view = _first_action(body), _dict(body, "view")
    container, state = _dict(body, "container"), _dict(_dict(view, "state"), "values")
    return ButtonPressed(
        team_id=_team(body),
        user_id=_str(_dict(body, "user"), "id"),
        trigger_id=_str(body, "trigger_id"),
        action_id=_str(action, "action_id"),
        value=_str(action, "value") or _str(_dict(action, "selected_option"), "value"),
        channel_id=_str(container, "channel_id") or None,
        message_ts=_str(container, "message_ts") or None,
        response_url=_str(body, "response_url") or None,
        chosen=_chosen(action),
        on_home=_str(view, "type") == "home",
        in_form=_str(view, "type") == "modal" and _stands_in(view, action),
        reference=_str(view, "private_metadata"),
        values=_values(state),
        picked=tuple(dict.fromkeys(_people(state))),
    )


def is_link(body: Json) -> bool:
    """Whether a button was pressed that only opens an address."""
    action = _first_action(body)
    return "url" in action or _str(action, "action_id").startswith(LINK)


def parse_form(body: Json) -> FormSubmitted:
    """A submitted form; the value of each field under the field's name."""
    view = _dict(body, "view")
    state = _dict(_dict(view, "state"), "values")
    return FormSubmitted(
        team_id=_team(body),
        user_id=_str(_dict(body, "user"), "id"),
        trigger_id=_str(body, "trigger_id"),
        callback_id=_str(view, "callback_id"),
        view_id=_str(view, "id"),
        reference=_str(view, "private_metadata"),
        values=_values(state),
        chosen={name: _several(each) for name, each in _fields(state) if _holds_several(each)},
        picked=tuple(dict.fromkeys(_people(state))),
    )


def _message_shortcut(body: Json) -> MessageShortcut:
    message = _dict(body, "message")
    return MessageShortcut(
        team_id=_team(body),
        user_id=_str(_dict(body, "user"), "id"),
        trigger_id=_str(body, "trigger_id"),
        callback_id=_str(body, "callback_id"),
        channel_id=_str(_dict(body, "channel"), "id"),
        message_ts=_str(message, "ts") or _str(body, "message_ts"),
        message_user_id=_str(message, "user") or None,
        text=_str(message, "text"),
        thread_ts=_str(message, "thread_ts") or None,
        response_url=_str(body, "response_url"),
    )


def _message(team_id: str, event: Json) -> Event | None:
    subtype = _str(event, "subtype")
    if subtype == "message_changed":
        return _changed(team_id, event)
    if subtype == "message_deleted":
        return _deleted(team_id, event, _str(event, "deleted_ts"))
    if subtype in CONVERSIONS:
        return _channel_change(team_id, event)
    if event.get("hidden"):
        return None
    return _of_app(team_id, event, event) if _is_of_app(event) else _said(team_id, event)


def _said(team_id: str, event: Json) -> MessagePosted | None:
    ts, channel_id = _ts(event), _str(event, "channel")
    if _str(event, "subtype") not in HUMAN_SUBTYPES or not _is_human(event):
        return None
    if not ts or not channel_id:
        return None
    text = _str(event, "text")
    return MessagePosted(
        team_id=team_id,
        channel_id=channel_id,
        kind=_kind(event),
        ts=ts,
        user_id=_str(event, "user"),
        text=text,
        thread_ts=_ts(event, "thread_ts"),
        parent_user_id=_str(event, "parent_user_id"),
        mentions=addressed_in(text),
        groups=groups_addressed_in(text),
    )


def _changed(team_id: str, event: Json) -> Event | None:
    message, before = _dict(event, "message"), _dict(event, "previous_message")
    if _str(message, "subtype") == "tombstone":
        return _deleted(team_id, event, _str(message, "ts"))
    if _is_of_app(message):
        is_news = app_texts.text_of(message) != app_texts.text_of(before)
        return _of_app(team_id, event, message, revision=_ts(event)) if is_news else None
    edited_ts, ts = _ts(_dict(message, "edited")), _ts(message)
    text, channel_id = _str(message, "text"), _str(event, "channel")
    # Slack also "changes" a message when it unfurls a link or a thread grows
    if not edited_ts or not ts or not channel_id or text == _str(before, "text"):
        return None
    if _str(message, "subtype") not in HUMAN_SUBTYPES or not _is_human(message):
        return None
    return MessageEdited(
        team_id=team_id,
        channel_id=channel_id,
        ts=ts,
        user_id=_str(message, "user"),
        text=text,
        edited_ts=edited_ts,
        thread_ts=_ts(message, "thread_ts"),
        mentions=addressed_in(text),
        groups=groups_addressed_in(text),
    )


def _of_app(
    team_id: str, event: Json, message: Json, *, revision: str | None = ""
) -> AppPosted | None:
    """What an app wrote. An edit is known by the event's own time: most bear no mark of it."""
    ts, channel_id = _ts(message), _str(event, "channel")
    if not ts or not channel_id or revision is None:
        return None
    return AppPosted(
        team_id=team_id,
        channel_id=channel_id,
        kind=_kind(event),
        ts=ts,
        app=app_texts.app_of(message),
        text=app_texts.text_of(message),
        account_id=_str(message, "user"),
        thread_ts=_ts(message, "thread_ts"),
        revision=revision,
    )


def _deleted(team_id: str, event: Json, ts: str) -> Event | None:
    channel_id = _str(event, "channel")
    if not channel_id or not _TS.fullmatch(ts):
        return None
    return MessageDeleted(team_id=team_id, channel_id=channel_id, ts=ts)


def _reaction(kind: type[ReactionAdded] | type[ReactionRemoved]) -> "_Parser":
    def parse(team_id: str, event: Json) -> Event | None:
        item = _dict(event, "item")
        ts, channel_id, event_ts = (_ts(item), _str(item, "channel"), _ts(event, "event_ts"))
        user_id, emoji = _str(event, "user"), _str(event, "reaction").partition("::")[0]
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
            _str(event, "channel"),
            _str(event, "user"),
            _ts(event, "event_ts"),
        )
        if not (channel_id and user_id and event_ts):
            return None
        at = instant_of(event_ts)
        return kind(team_id=team_id, channel_id=channel_id, user_id=user_id, at=at)

    return parse


def _channel_change(team_id: str, event: Json) -> Event | None:
    channel_id = _str(_dict(event, "channel"), "id") or _str(event, "channel")
    return ChannelChanged(team_id=team_id, channel_id=channel_id) if channel_id else None


def _home(team_id: str, event: Json) -> Event | None:
    user_id = _str(event, "user")
    if _str(event, "tab") != "home" or not user_id:
        return None
    return HomeOpened(team_id=team_id, user_id=user_id, has_view="view" in event)


def _person(team_id: str, event: Json) -> Event | None:
    user_id = _str(_dict(event, "user"), "id")
    return PersonChanged(team_id=team_id, user_id=user_id) if user_id else None


def _group(team_id: str, event: Json) -> Event | None:
    group_id = _str(event, "subteam_id") or _str(_dict(event, "subteam"), "id")
    return GroupChanged(team_id=team_id, group_id=group_id) if group_id else None


_Parser: TypeAlias = Callable[[str, Json], Event | None]


def _step(team_id: str, event: Json) -> Event | None:
    execution_id = _str(event, "function_execution_id")
    step = _str(_dict(event, "function"), "callback_id")
    if not execution_id or not step:
        return None
    given = _dict(event, "inputs")
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
    given = payload.get("authorizations")
    listed = given if isinstance(given, list) else []
    bots = [each for each in listed if isinstance(each, Mapping) and each.get("is_bot")]
    ours = {_str(each, "user_id") for each in bots} - {""}
    message = _dict(event, "message") or event  # what was changed, or what is new
    app_id, our_app = _str(message, "app_id"), _str(payload, "api_app_id")
    is_of_our_app = bool(app_id) and app_id == our_app
    return _str(event, "type") == "message" and (_str(message, "user") in ours or is_of_our_app)


def _is_of_app(message: Json) -> bool:
    """Whether an app wrote it, in its own name or for somebody, and not Slack itself."""
    if _str(message, "subtype") not in APP_SUBTYPES or _str(message, "user") in SYSTEM_USERS:
        return False
    is_of_bot = _str(message, "subtype") == "bot_message"
    return is_of_bot or bool(_str(message, "bot_id"))


def _is_human(message: Json) -> bool:
    user = _str(message, "user")
    return bool(user) and user not in SYSTEM_USERS and not message.get("bot_id")


def _kind(event: Json) -> ChannelKind:
    try:
        return ChannelKind(_str(event, "channel_type"))
    except ValueError:
        return ChannelKind.PRIVATE


def _first_action(body: Json) -> Json:
    actions = body.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else None
    return first if isinstance(first, Mapping) else {}


def _stands_in(view: Json, action: Json) -> bool:
    """Whether Slack says that the form has an element like the one that was pressed."""
    wanted = (_str(action, "action_id"), _str(action, "value"))
    return any((_str(each, "action_id"), _str(each, "value")) == wanted for each in _elements(view))


def _elements(view: Json) -> Iterator[Json]:
    blocks = view.get("blocks")
    for block in blocks if isinstance(blocks, list) else ():
        if isinstance(block, Mapping):
            inner = block.get("elements")
            elements = inner if isinstance(inner, list) else []
            for element in (*elements, block.get("accessory"), block.get("element")):
                if isinstance(element, Mapping):
                    yield element


def _team(body: Json) -> str:
    """The workspace; of an organisation's app it may stand with the form or the person only."""
    named = _str(body, "team_id") or _str(_dict(body, "team"), "id")
    view, user = _dict(body, "view"), _dict(body, "user")
    return named or _str(view, "app_installed_team_id") or _str(user, "team_id")


def _fields(blocks: Json) -> Iterator[tuple[str, Json]]:
    for block in blocks.values():
        for name, element in block.items() if isinstance(block, Mapping) else ():
            if isinstance(element, Mapping):
                yield name, element


def _people(blocks: Json) -> Iterator[str]:
    for _, element in _fields(blocks):
        if _str(element, "selected_user"):
            yield _str(element, "selected_user")
        yield from _texts(element.get("selected_users"))


def _value(element: Json) -> str:
    given = next(filter(None, (_str(element, name) for name in _ONE)), "")
    return (given or _str(_dict(element, "selected_option"), "value")).strip()


def _values(blocks: Json) -> dict[str, str]:
    return {name: _value(each) for name, each in _fields(blocks) if not _holds_several(each)}


def _holds_several(element: Json) -> bool:
    return any(name in element for name in _SEVERAL)


def _several(element: Json) -> tuple[str, ...]:
    return tuple(text for name in _SEVERAL for text in _texts(element.get(name)))


def _chosen(action: Json) -> tuple[str, ...]:
    if _holds_several(action):
        return _several(action)
    # a button's own value was not chosen among others
    value = "" if _str(action, "type") == "button" else _value(action)
    return (value,) if value else ()


def _texts(given: Any) -> list[str]:
    """Ids, or the values of options, in a list."""
    texts = []
    for each in given if isinstance(given, list) else ():
        text = each.get("value") if isinstance(each, Mapping) else each
        texts += [storable(text)] if isinstance(text, str) and text else []
    return texts


def _ts(source: Json, key: str = "ts") -> str | None:
    value = _str(source, key)
    return value if _TS.fullmatch(value) else None


def _str(source: Json, key: str) -> str:
    value = source.get(key)
    return storable(value) if isinstance(value, str) else ""


def _dict(source: Json, key: str) -> Json:
    value = source.get(key)
    return value if isinstance(value, Mapping) else {}
