"""What Slack sends, as it should be and as nobody would expect it, for tests that feed it in."""

from typing import Any, Final

from hypothesis import strategies as st

TS: Final = "1791273600.000100"
LATER: Final = "1791273700.000200"

JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=12,
)
"""Any value that JSON has."""


def event(event_id: str = "Ev1", team_id: str = "T1", **inner: Any) -> dict[str, Any]:
    """An event as it comes; by default somebody's words in a channel."""
    message = {
        "type": "message",
        "channel": "C1",
        "channel_type": "channel",
        "user": "U1",
        "text": "hi <@U2>",
        "ts": TS,
        "event_ts": TS,
    }
    return {
        "token": "t",
        "team_id": team_id,
        "api_app_id": "A1",
        "type": "event_callback",
        "event_id": event_id,
        "event_time": 1791273600,
        "event": {**message, **inner},
        "authorizations": [
            {"enterprise_id": None, "team_id": team_id, "user_id": "U0BOT", "is_bot": True}
        ],
        "is_ext_shared_channel": False,
    }


def interaction(kind: str, team_id: str = "T1", user_id: str = "U1", **more: Any) -> dict[str, Any]:
    """A press, shortcut or form as it comes, with what all of them have."""
    return {
        "type": kind,
        "team": {"id": team_id, "domain": "tideline"},
        "user": {"id": user_id, "team_id": team_id},
        "api_app_id": "A1",
        "token": "t",
        "trigger_id": f"1.2.{kind}",
        "enterprise": None,
        "is_enterprise_install": False,
        **more,
    }


def press(value: str = "token", **more: Any) -> dict[str, Any]:
    """A press on a button of a message."""
    given: dict[str, Any] = {
        "container": {"type": "message", "channel_id": "C1", "message_ts": TS},
        "channel": {"id": "C1", "name": "general"},
        "message": {"type": "message", "ts": TS, "user": "U0BOT", "text": "Take it?"},
        "response_url": "https://hooks.slack.com/actions/T1/1/x",
        "actions": [
            {"type": "button", "action_id": "a1", "block_id": "b1", "value": value, "action_ts": TS}
        ],
    }
    return interaction("block_actions", **{**given, **more})


def shortcut(callback_id: str = "asks.new", **more: Any) -> dict[str, Any]:
    """An entry of a message's menu."""
    given: dict[str, Any] = {
        "callback_id": callback_id,
        "channel": {"id": "C1", "name": "general"},
        "message": {"type": "message", "user": "U2", "ts": TS, "text": "shall we?"},
        "message_ts": TS,
        "response_url": "https://hooks.slack.com/app/T1/1/x",
    }
    return interaction("message_action", **{**given, **more})


def form(callback_id: str = "asks.new", **view: Any) -> dict[str, Any]:
    """A submitted form."""
    field = {"type": "plain_text_input", "action_id": "title"}
    given: dict[str, Any] = {
        "id": "V1",
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": "",
        "state": {"values": {"title": {"title": {"type": "plain_text_input", "value": "D"}}}},
        "blocks": [{"type": "input", "block_id": "title", "element": field}],
        "hash": "1.x",
    }
    return interaction("view_submission", view={**given, **view})


def command(text: str = "", **more: Any) -> dict[str, Any]:
    """The fields of a slash command."""
    return {
        "token": "t",
        "team_id": "T1",
        "channel_id": "C1",
        "user_id": "U1",
        "command": "/baton",
        "text": text,
        "api_app_id": "A1",
        "response_url": "https://hooks.slack.com/commands/T1/1/x",
        "trigger_id": "1.2.command",
        **more,
    }
