"""From Slack's JSON to what somebody did. Total: anything odd becomes None, never an exception."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from bot.core.db import storable
from bot.core.events import (
    ButtonPressed,
    Command,
    FormSubmitted,
    GlobalShortcut,
    Interaction,
    MessageShortcut,
)
from bot.core.sealing import LINK
from bot.slack.payloads import Json, id_in, object_in, objects_in, text_in, ts_in

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


def parse_interaction(body: Json, prefix: str = "") -> Interaction | None:
    """What somebody did, or None if that is nothing we offer; `prefix` begins our commands."""
    if "type" not in body and text_in(body, "command"):
        did: Interaction | None = _command(body, prefix)
    else:
        parse = _PARSERS.get(text_in(body, "type"))
        did = parse(body) if parse else None
    is_nameless = isinstance(did, ButtonPressed) and not did.action_id
    return did if did is not None and did.team_id and did.user_id and not is_nameless else None


def inputs_in(body: Json) -> dict[str, str]:
    """The block of each field of a form, in their order, by the field's name."""
    blocks = objects_in(object_in(body, "view"), "blocks")
    return {
        text_in(object_in(block, "element"), "action_id"): text_in(block, "block_id")
        for block in blocks
        if text_in(block, "type") == "input"
    }


def _command(body: Json, prefix: str) -> Command:
    """A slash command."""
    return Command(
        team_id=_team(body),
        user_id=_user(body),
        trigger_id=text_in(body, "trigger_id"),
        channel_id=id_in(body, "channel_id"),
        name=text_in(body, "command").removeprefix("/").removeprefix(prefix),
        text=text_in(body, "text").strip(),
    )


def _shortcut(body: Json) -> MessageShortcut | GlobalShortcut | None:
    """A message shortcut, or a global one."""
    if text_in(body, "type") == "shortcut":
        return GlobalShortcut(
            team_id=_team(body),
            user_id=_user(body),
            trigger_id=text_in(body, "trigger_id"),
            callback_id=text_in(body, "callback_id"),
        )
    return _message_shortcut(body)


def parse_button(body: Json) -> ButtonPressed:
    """The first action of a block_actions payload: a button, a menu or boxes.

    The value of a menu is that of the chosen entry.
    """
    action = next(iter(objects_in(body, "actions")), {})
    view, container = object_in(body, "view"), object_in(body, "container")
    state = object_in(object_in(view, "state"), "values")
    return ButtonPressed(
        team_id=_team(body),
        user_id=_user(body),
        trigger_id=text_in(body, "trigger_id"),
        action_id=text_in(action, "action_id"),
        value=text_in(action, "value") or text_in(object_in(action, "selected_option"), "value"),
        channel_id=id_in(container, "channel_id") or None,
        message_ts=ts_in(container, "message_ts"),
        response_url=text_in(body, "response_url") or None,
        chosen=_chosen(action),
        on_home=text_in(view, "type") == "home",
        in_form=text_in(view, "type") == "modal" and _stands_in(view, action),
        reference=text_in(view, "private_metadata"),
        values=_values(state),
        picked=tuple(dict.fromkeys(_people(state))),
    )


def is_link(body: Json) -> bool:
    """Whether a button was pressed that only opens an address."""
    action = next(iter(objects_in(body, "actions")), {})
    return "url" in action or text_in(action, "action_id").startswith(LINK)


def parse_form(body: Json) -> FormSubmitted:
    """A submitted form; the value of each field under the field's name."""
    view = object_in(body, "view")
    state = object_in(object_in(view, "state"), "values")
    return FormSubmitted(
        team_id=_team(body),
        user_id=_user(body),
        trigger_id=text_in(body, "trigger_id"),
        callback_id=text_in(view, "callback_id"),
        view_id=text_in(view, "id"),
        reference=text_in(view, "private_metadata"),
        values=_values(state),
        chosen={name: _several(each) for name, each in _fields(state) if _holds_several(each)},
        picked=tuple(dict.fromkeys(_people(state))),
    )


def _message_shortcut(body: Json) -> MessageShortcut | None:
    message = object_in(body, "message")
    channel_id = id_in(object_in(body, "channel"), "id")
    message_ts = ts_in(message) or ts_in(body, "message_ts")
    if not channel_id or not message_ts:
        return None
    return MessageShortcut(
        team_id=_team(body),
        user_id=_user(body),
        trigger_id=text_in(body, "trigger_id"),
        callback_id=text_in(body, "callback_id"),
        channel_id=channel_id,
        message_ts=message_ts,
        message_user_id=id_in(message, "user") or None,
        text=text_in(message, "text"),
        thread_ts=ts_in(message, "thread_ts"),
        response_url=text_in(body, "response_url"),
    )


_Parser: TypeAlias = Callable[[Json], Interaction | None]

_PARSERS: Final[dict[str, _Parser]] = {
    "shortcut": _shortcut,
    "message_action": _shortcut,
    "block_actions": parse_button,
    "view_submission": parse_form,
}


def _stands_in(view: Json, action: Json) -> bool:
    """Whether Slack says that the form has an element like the one that was pressed."""
    wanted = (text_in(action, "action_id"), text_in(action, "value"))
    return any(
        (text_in(each, "action_id"), text_in(each, "value")) == wanted for each in _elements(view)
    )


def _elements(view: Json) -> Iterator[Json]:
    for block in objects_in(view, "blocks"):
        yield from objects_in(block, "elements")
        yield from filter(None, (object_in(block, "accessory"), object_in(block, "element")))


def _team(body: Json) -> str:
    """Slack tells of no team where an organisation installed the app, but whose the person is."""
    return (
        id_in(body, "team_id")
        or id_in(object_in(body, "team"), "id")
        or id_in(object_in(body, "user"), "team_id")
    )


def _user(body: Json) -> str:
    return id_in(body, "user_id") or id_in(object_in(body, "user"), "id")


def _fields(blocks: Json) -> Iterator[tuple[str, Json]]:
    for block in blocks.values():
        for name, element in block.items() if isinstance(block, Mapping) else ():
            if isinstance(element, Mapping):
                yield name, element


def _people(blocks: Json) -> Iterator[str]:
    for _, element in _fields(blocks):
        if text_in(element, "selected_user"):
            yield text_in(element, "selected_user")
        yield from _texts(element.get("selected_users"))


def _value(element: Json) -> str:
    given = next(filter(None, (text_in(element, name) for name in _ONE)), "")
    return (given or text_in(object_in(element, "selected_option"), "value")).strip()


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
    value = "" if text_in(action, "type") == "button" else _value(action)
    return (value,) if value else ()


def _texts(given: Any) -> list[str]:
    """Ids, or the values of options, in a list."""
    texts = []
    for each in given if isinstance(given, list) else ():
        text = each.get("value") if isinstance(each, Mapping) else each
        texts += [storable(text)] if isinstance(text, str) and text else []
    return texts
