"""From Slack's JSON to typed events: what counts as a person's words, and what is left alone."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import (
    AppPosted,
    ChannelChanged,
    ChannelKind,
    GroupChanged,
    HomeOpened,
    MemberJoined,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    PersonChanged,
    ReactionAdded,
    ReactionRemoved,
    instant_of,
)
from bot.core.prose import addressed_in
from bot.slack.inbound import author_of, groups_in, lane_of, parse_event, people_in
from bot.slack.payloads import Json
from tests.support.payloads import JSON

TS = "1791273600.000100"
MESSAGE = {
    "type": "message",
    "channel": "C1",
    "channel_type": "channel",
    "user": "U1",
    "text": "Hi <@U2>",
    "ts": TS,
}


def _parse(**event: Any) -> Any:
    return parse_event({"team_id": "T1", "event": event})


def test_a_message_of_a_person_is_read() -> None:
    event = _parse(**MESSAGE)
    assert isinstance(event, MessagePosted)
    assert (
        event.channel_id,
        event.kind,
        event.ts,
        event.user_id,
    ) == ("C1", ChannelKind.PUBLIC, TS, "U1")
    assert event.mentions == ("U2",)
    assert not event.in_thread
    assert {"U1", "U2"} == people_in(event)


def test_the_user_groups_a_message_speaks_to_are_read() -> None:
    text = "<!subteam^S1|@design> who? `<!subteam^S2>`"
    posted = _parse(**{**MESSAGE, "text": text})
    assert (posted.groups, groups_in(posted)) == (("S1",), ("S1",))
    message = {**MESSAGE, "text": text, "edited": {"ts": "1791273601.000100"}}
    edited = _parse(
        type="message",
        subtype="message_changed",
        channel="C1",
        message=message,
        previous_message=MESSAGE,
    )
    assert isinstance(edited, MessageEdited)
    assert edited.groups == ("S1",)
    assert groups_in(_parse(**MESSAGE)) == ()


@pytest.mark.parametrize(
    ("event", "group_id"),
    [
        ({"type": "subteam_updated", "subteam": {"id": "S1"}}, "S1"),
        ({"type": "subteam_members_changed", "subteam_id": "S2"}, "S2"),
    ],
)
def test_a_change_of_a_user_group_is_read(event: Json, group_id: str) -> None:
    assert _parse(**event) == GroupChanged(team_id="T1", group_id=group_id)
    assert _parse(type=event["type"]) is None
    assert people_in(GroupChanged(team_id="T1", group_id=group_id)) == set()


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast", "me_message"])
def test_new_words_of_a_person_come_with_these_subtypes(subtype: str) -> None:
    assert isinstance(_parse(**MESSAGE, subtype=subtype), MessagePosted)


@pytest.mark.parametrize(
    "change",
    [
        {"subtype": "channel_join"},
        {"subtype": "huddle_thread"},
        {"subtype": "something_of_next_year"},
        {"hidden": True},
        {"hidden": True, "bot_id": "B1"},
        {"subtype": "bot_add", "bot_id": "B1"},
        {"subtype": "bot_message", "user": "USLACKBOT"},
        {"user": "USLACKBOT"},
        {"user": "USLACK"},
        {"user": None},
        {"ts": "1.1"},
        {"ts": "9e99"},
        {"ts": 5},
        {"ts": "\u0661791273600.000100"},
        {"channel": None},
    ],
)
def test_what_no_person_wrote_is_left_alone(change: dict[str, Any]) -> None:
    assert _parse(**{**MESSAGE, **change}) is None


def test_a_message_without_text_is_one() -> None:
    for missing in ("", None):
        event = _parse(**{**MESSAGE, "text": missing})
        assert isinstance(event, MessagePosted)
        assert event.text == ""


def test_a_conversation_of_unknown_kind_counts_as_private() -> None:
    assert _parse(**{**MESSAGE, "channel_type": "new"}).kind == ChannelKind.PRIVATE


def test_an_edit_is_a_change_of_the_text() -> None:
    before = {"user": "U1", "text": "a", "ts": TS}
    after = {**before, "text": "b", "edited": {"user": "U1", "ts": "1791273700.000000"}}
    changed = {"type": "message", "subtype": "message_changed", "channel": "C1", "hidden": True}
    event = _parse(**changed, message=after, previous_message=before)
    assert isinstance(event, MessageEdited)
    assert event.text == "b"
    unfurled = {**after, "text": "a"}
    assert _parse(**changed, message=unfurled, previous_message=before) is None
    assert _parse(**changed, message={**before, "text": "b"}, previous_message=before) is None


BOT_PROFILE = {"id": "B1", "app_id": "A1", "name": "GitHub", "team_id": "T1"}
OF_AN_APP = {
    "type": "message",
    "subtype": "bot_message",
    "channel": "C1",
    "channel_type": "channel",
    "bot_id": "B1",
    "bot_profile": BOT_PROFILE,
    "text": "Pull request opened by <https://github.com/ana|ana>",
    "ts": TS,
}


@pytest.mark.parametrize(
    ("change", "app", "account_id"),
    [
        ({}, "GitHub", ""),
        ({"username": "  Deploy \n bot "}, "Deploy bot", ""),
        ({"username": "", "bot_profile": None}, "An app", ""),
        ({"subtype": None, "user": "U0GITHUB"}, "GitHub", "U0GITHUB"),
        ({"subtype": "thread_broadcast", "user": "U1"}, "GitHub", "U1"),
        ({"bot_id": None}, "GitHub", ""),
        ({"username": "x" * 500}, "x" * 80, ""),
    ],
)
def test_what_an_app_posts_is_no_message_of_a_person(
    change: dict[str, Any], app: str, account_id: str
) -> None:
    event = _parse(**{**OF_AN_APP, **change})
    assert isinstance(event, AppPosted)
    assert (event.app, event.account_id, event.ts, event.revision) == (app, account_id, TS, "")
    assert event.text == OF_AN_APP["text"]
    assert (people_in(event), groups_in(event)) == (frozenset(), ())


def test_nobody_is_met_or_asked_because_an_app_names_them() -> None:
    event = _parse(**{**OF_AN_APP, "text": "<@U1> <!subteam^S1> review please", "user": "U9"})
    assert (people_in(event), groups_in(event)) == (frozenset(), ())


def test_an_edit_of_an_app_is_known_by_the_events_own_time() -> None:
    later = "1791273700.000000"
    changed = {
        "type": "message",
        "subtype": "message_changed",
        "channel": "C1",
        "channel_type": "group",
        "hidden": True,
        "ts": later,
    }
    after = {**OF_AN_APP, "text": "Pull request merged"}
    event = _parse(**changed, message=after, previous_message=OF_AN_APP)
    assert isinstance(event, AppPosted)
    assert (event.ts, event.revision, event.text) == (TS, later, "Pull request merged")
    assert event.kind == ChannelKind.PRIVATE
    grown = {**OF_AN_APP, "reply_count": 1}
    assert _parse(**changed, message=grown, previous_message=OF_AN_APP) is None, "nothing to read"
    assert _parse(**{**changed, "ts": "x"}, message=after, previous_message=OF_AN_APP) is None


@pytest.mark.parametrize("mark", [{"user": "U0BATON"}, {"app_id": "A0OURS"}])
def test_what_we_post_and_change_ourselves_is_heard_by_nobody(mark: dict[str, Any]) -> None:
    ours = {**OF_AN_APP, **mark}
    payload = {
        "team_id": "T1",
        "api_app_id": "A0OURS",
        "authorizations": [{"user_id": "U0BATON", "is_bot": True}],
    }
    changed = {
        "type": "message",
        "subtype": "message_changed",
        "channel": "C1",
        "ts": TS,
        "message": {**ours, "text": "else"},
        "previous_message": ours,
    }
    assert parse_event({**payload, "event": ours}) is None
    assert parse_event({**payload, "event": changed}) is None
    assert parse_event({**payload, "event": OF_AN_APP}) is not None


def test_a_deletion_comes_in_two_shapes() -> None:
    deleted = _parse(type="message", subtype="message_deleted", channel="C1", deleted_ts=TS)
    tombstone = _parse(
        type="message",
        subtype="message_changed",
        channel="C1",
        message={"subtype": "tombstone", "ts": TS},
    )
    assert deleted == tombstone == MessageDeleted(team_id="T1", channel_id="C1", ts=TS)


def test_a_reaction_is_read_without_its_skin_tone() -> None:
    reaction = {
        "user": "U1",
        "reaction": "thumbsup::skin-tone-3",
        "item": {"type": "message", "channel": "C1", "ts": TS},
        "event_ts": "1791273900.000000",
    }
    added = _parse(type="reaction_added", **reaction)
    removed = _parse(type="reaction_removed", **reaction)
    assert isinstance(added, ReactionAdded)
    assert isinstance(removed, ReactionRemoved)
    assert added.emoji == "thumbsup"
    on_a_file = {**reaction, "item": {"type": "file", "file": "F1"}}
    assert _parse(type="reaction_added", **on_a_file) is None


def test_memberships_channels_and_homes_are_read() -> None:
    at = "1791273600.000100"
    joined = _parse(type="member_joined_channel", channel="C1", user="U1", event_ts=at)
    expected = MemberJoined(team_id="T1", channel_id="C1", user_id="U1", at=instant_of(at))
    assert expected == joined
    renamed = _parse(type="channel_rename", channel={"id": "C1", "name": "new"})
    archived = _parse(type="group_archive", channel="C1")
    converted = _parse(
        type="message", subtype="channel_convert_to_private", channel="C1", ts=at, user="U1"
    )
    shared = _parse(type="channel_shared", channel="C1", connected_team_id="T2", event_ts=at)
    unshared = _parse(type="channel_unshared", channel="C1", is_ext_shared=False, event_ts=at)
    changed = ChannelChanged(team_id="T1", channel_id="C1")
    assert changed == renamed == archived == converted == shared == unshared
    assert HomeOpened(team_id="T1", user_id="U1") == _parse(
        type="app_home_opened", tab="home", user="U1"
    )
    assert _parse(type="app_home_opened", tab="messages", user="U1") is None


def test_a_change_of_an_account_is_read_and_makes_nobody_known() -> None:
    changed = _parse(type="user_change", user={"id": "U1", "tz": "Asia/Tokyo"})
    assert changed == PersonChanged(team_id="T1", user_id="U1")
    assert people_in(changed) == frozenset()
    assert _parse(type="user_change", user="U1") is None


def test_quotes_and_code_address_nobody() -> None:
    text = "&gt; <@U1>\n`<@U2>` ```\n<@U3>\n``` <@U4|dora> <@U4>"
    assert addressed_in(text) == ("U4",)


@pytest.mark.parametrize(
    ("event", "lane"),
    [
        ({"channel": "C1"}, "C1"),
        ({"channel": {"id": "C2"}}, "C2"),
        ({"item": {"channel": "C3"}}, "C3"),
        ({"user": "U1"}, "U1"),
        ({}, "workspace"),
        ({"channel": ["x"]}, "workspace"),
    ],
)
def test_an_event_belongs_to_its_conversation(event: dict[str, Any], lane: str) -> None:
    assert lane == lane_of({"event": event})


@given(JSON)
def test_no_payload_makes_the_reader_fail(payload: Any) -> None:
    body = payload if isinstance(payload, dict) else {"event": payload, "team_id": "T1"}
    parse_event(body)
    parse_event({"team_id": "T1", "event": body})
    assert lane_of(body)
    assert isinstance(author_of(body), str)


@given(st.sampled_from(sorted(MESSAGE)), JSON)
def test_no_field_of_a_message_makes_the_reader_fail(name: str, value: Any) -> None:
    parse_event(json.loads(json.dumps({"team_id": "T1", "event": {**MESSAGE, name: value}})))


@given(st.sampled_from([*sorted(OF_AN_APP), "attachments", "blocks", "username", "user"]), JSON)
def test_no_field_of_an_apps_message_makes_the_reader_fail(name: str, value: Any) -> None:
    event = json.loads(json.dumps({**OF_AN_APP, name: value}))
    parse_event({"team_id": "T1", "event": event})
    changed = {**event, "subtype": "message_changed", "message": event, "previous_message": value}
    parse_event({"team_id": "T1", "event": changed})
