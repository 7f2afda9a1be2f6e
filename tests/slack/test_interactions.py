"""From Slack's JSON to what somebody did; what is none of ours, or cannot be read, is nothing."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import (
    ButtonPressed,
    Command,
    FormSubmitted,
    GlobalShortcut,
    MessageShortcut,
)
from bot.slack.interactions import _ONE, _SEVERAL, inputs_in, is_link, parse_interaction
from bot.slack.payloads import Json
from tests.support import payloads
from tests.support.payloads import JSON, TS

BODIES: dict[str, dict[str, Any]] = {
    "command": payloads.command(),
    "press": payloads.press(),
    "shortcut": payloads.shortcut(),
    "global shortcut": payloads.interaction("shortcut", callback_id="asks.new"),
    "form": payloads.form(),
}


def _pressed(action: Json) -> ButtonPressed:
    pressed = parse_interaction(payloads.press(actions=[{"action_id": "a1", **action}]))
    assert isinstance(pressed, ButtonPressed)
    return pressed


def _submitted(**view: Any) -> FormSubmitted:
    submitted = parse_interaction(payloads.form(**view))
    assert isinstance(submitted, FormSubmitted)
    return submitted


def test_a_command_is_read_without_its_prefix() -> None:
    body = payloads.command("  find x ", command="/bt-decision")
    assert parse_interaction(body, "bt-") == Command(
        team_id="T1",
        user_id="U1",
        trigger_id="1.2.command",
        channel_id="C1",
        name="decision",
        text="find x",
    )


def test_a_global_shortcut_comes_from_no_place() -> None:
    assert parse_interaction(BODIES["global shortcut"]) == GlobalShortcut(
        team_id="T1", user_id="U1", trigger_id="1.2.shortcut", callback_id="asks.new"
    )
    assert isinstance(parse_interaction(BODIES["shortcut"]), MessageShortcut)


def test_a_form_gives_the_value_of_each_field() -> None:
    values = {
        "title": {"title": {"type": "plain_text_input", "value": " D "}},
        "whom": {"whom": {"type": "users_select", "selected_user": "U2"}},
        "why": {"why": {"type": "plain_text_input", "value": None}},
    }
    form = _submitted(callback_id="f", private_metadata="r", state={"values": values})
    assert form.values == {"title": "D", "whom": "U2", "why": ""}
    assert (form.callback_id, form.view_id, form.reference) == ("f", "V1", "r")


def test_a_form_gives_the_one_or_the_several_values_that_were_chosen() -> None:
    option = {"text": {"type": "plain_text", "text": "On"}, "value": "on"}
    values = {
        "b1": {"digest": {"type": "radio_buttons", "selected_option": option}},
        "b2": {"from": {"type": "timepicker", "selected_time": "09:30"}},
        "b3": {"until": {"type": "datepicker", "selected_date": "2026-10-09"}},
        "b4": {"place": {"type": "conversations_select", "selected_conversation": "C1"}},
        "b5": {"days": {"type": "checkboxes", "selected_options": [option, {"value": "off"}]}},
        "b6": {"team": {"type": "multi_users_select", "selected_users": ["U2", "U3"]}},
        "b7": {"none": {"type": "multi_static_select", "selected_options": []}},
        "b8": {"whom": {"type": "users_select", "selected_user": "U3"}},
        "b9": {"unset": {"type": "static_select", "selected_option": None}},
    }
    form = _submitted(state={"values": values})
    assert form.values == {
        "digest": "on",
        "from": "09:30",
        "until": "2026-10-09",
        "place": "C1",
        "whom": "U3",
        "unset": "",
    }
    assert form.chosen == {"days": ("on", "off"), "team": ("U2", "U3"), "none": ()}
    assert form.picked == ("U2", "U3")


def test_each_field_of_a_form_stands_in_a_block() -> None:
    assert inputs_in(BODIES["form"]) == {"title": "title"}
    assert inputs_in(payloads.form(blocks=[{"type": "input"}, 5, {"type": "section"}])) == {"": ""}
    assert inputs_in({"view": 5}) == {}


@pytest.mark.parametrize(
    ("action", "value", "chosen"),
    [
        ({"type": "button", "value": "7"}, "7", ()),
        ({"type": "overflow", "selected_option": {"value": "edit"}}, "edit", ("edit",)),
        ({"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}, "", "ab"),
        ({"type": "checkboxes", "selected_options": []}, "", ()),
        ({"type": "timepicker", "selected_time": "09:30"}, "", ("09:30",)),
        ({"type": "users_select", "selected_user": "U2"}, "", ("U2",)),
        ({"type": "static_select", "selected_option": "odd"}, "", ()),
        ({"type": "checkboxes", "selected_options": "odd"}, "", ()),
    ],
)
def test_a_menu_gives_what_was_chosen(action: Json, value: str, chosen: Sequence[str]) -> None:
    pressed = _pressed(action)
    assert (pressed.value, pressed.chosen) == (value, tuple(chosen))


def test_a_button_with_an_address_is_a_link() -> None:
    assert is_link({"actions": [{"action_id": "a1", "url": "https://example.com"}]})
    assert not is_link(BODIES["press"])


def test_where_an_organisation_installed_the_app_the_person_tells_the_team() -> None:
    body = payloads.press(team=None)
    read = parse_interaction(body)
    assert read is not None
    assert read.team_id == "T1"


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("team_id", ["", "T1\x00", "T" * 33, "../T1", "\ud800", 5, None, ["T1"]])
def test_h33_what_names_no_workspace_is_nothing(name: str, team_id: Any) -> None:
    body = {**BODIES[name], "team_id": team_id, "team": {"id": team_id}, "user": {"id": "U1"}}
    assert parse_interaction(body) is None


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("user_id", ["", "U1\x00", "U" * 33, "U1 OR 1=1", "\ud800", 5, None])
def test_h33_what_names_nobody_is_nothing(name: str, user_id: Any) -> None:
    body = {**BODIES[name], "user_id": user_id, "user": {"id": user_id}}
    assert parse_interaction(body) is None


@pytest.mark.parametrize("ts", ["1.1", "9e99", "-1", 5, None, "\u0661791273600.000100", f"{TS}\n"])
def test_h31_a_press_or_shortcut_on_no_message_names_none(ts: Any) -> None:
    container = {"type": "message", "channel_id": "C1", "message_ts": ts}
    pressed = parse_interaction(payloads.press(container=container))
    assert isinstance(pressed, ButtonPressed)
    assert pressed.message_ts is None
    message = {"user": "U2", "ts": ts, "text": "x"}
    assert parse_interaction(payloads.shortcut(message=message, message_ts=ts)) is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"type": "view_closed", "view": {}},
        {"type": "block_suggestion", "action_id": "a"},
        {"type": ["block_actions"]},
        {"type": "block_actions", "actions": []},
        {"type": "block_actions", "actions": [5]},
        {"type": "event_callback", "event": {"type": "message"}, "command": "/baton"},
        {"command": ["/baton"]},
        {"ssl_check": "1", "token": "t"},
    ],
)
def test_t14_what_nobody_offers_is_nothing(body: dict[str, Any]) -> None:
    named = {**body, "team": {"id": "T1"}, "user": {"id": "U1"}}
    assert parse_interaction(named) is None


@given(st.sampled_from([*_ONE, *_SEVERAL, "selected_option", "type"]), JSON)
def test_no_answer_in_a_form_makes_the_reader_fail(name: str, value: Any) -> None:
    _submitted(state={"values": {"b": {"a": {name: value}}}})
    _pressed({name: value})


@given(st.sampled_from(sorted(BODIES)), st.data(), JSON)
def test_no_part_of_what_came_makes_the_reader_fail(
    name: str, data: st.DataObject, value: Any
) -> None:
    body = {**BODIES[name], data.draw(st.sampled_from(sorted(BODIES[name]))): value}
    parse_interaction(body)
    inputs_in(body)
    is_link(body)
