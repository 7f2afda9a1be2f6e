"""The local Slack behaves like the one it stands in for, where a bot would notice."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from bot.playground import block_kit
from bot.playground.app import APP_TOKEN, BOT_TOKEN
from bot.playground.client import LocalSlackClient, NoAnswer, NotPossible
from bot.playground.server import LocalSlackServer
from bot.playground.triggers import TriggerError, Triggers
from bot.playground.world import BOT_USER_ID, Json
from tests.support.town import TUESDAY

TEXT = {"type": "plain_text", "text": "x"}
MODAL = {"type": "modal", "title": TEXT, "blocks": [{"type": "divider"}]}


class Caller:
    """Calls the Web API as an app would."""

    def __init__(self, server: LocalSlackServer) -> None:
        self._http = httpx2.Client(base_url=server.url, trust_env=False)

    def close(self) -> None:
        self._http.close()

    def __call__(self, method: str, token: str = BOT_TOKEN, **given: Any) -> Json:
        headers = {"authorization": f"Bearer {token}"}
        answer: Json = self._http.post(f"api/{method}", json=given, headers=headers).json()
        return answer

    def read(self, method: str, **given: Any) -> Json:
        headers = {"authorization": f"Bearer {BOT_TOKEN}"}
        answer: Json = self._http.post(f"api/{method}", data=given, headers=headers).json()
        return answer


@pytest.fixture
def call(server: LocalSlackServer) -> Iterator[Caller]:
    with closing(Caller(server)) as caller:
        yield caller


@pytest.mark.slow
@pytest.mark.parametrize(
    ("method", "given", "error"),
    [
        ("chat.postMessage", {"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "G0LEADS00", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C0GENERAL", "text": "x"}, "not_in_channel"),
        ("chat.postMessage", {"channel": "U0DORA000", "text": "x"}, "user_disabled"),
        ("chat.postMessage", {"channel": "C0WEBSITE"}, "no_text"),
        ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "C0WEBSITE", "texxt": "x"}, "invalid_arguments"),
        (
            "chat.postMessage",
            {"channel": "C0WEBSITE", "text": "x", "thread_ts": "1.1"},
            "thread_not_found",
        ),
        (
            "chat.postEphemeral",
            {"channel": "C0WEBSITE", "user": "U0DORA000", "text": "x"},
            "user_not_in_channel",
        ),
        ("chat.update", {"channel": "C0WEBSITE", "ts": "1.1", "text": "x"}, "message_not_found"),
        ("views.open", {"trigger_id": "t", "view": MODAL}, "invalid_trigger_id"),
        ("views.open", {"trigger_id": "t", "view": {"type": "modal"}}, "invalid_arguments"),
        ("views.update", {"view_id": "V9", "view": MODAL}, "not_found"),
        ("views.update", {"external_id": "closed", "view": MODAL}, "not_found"),
        ("chat.scheduleMessage", {"channel": "C0WEBSITE"}, "unknown_method"),
        ("users.info", {"user": "U0TOM0000"}, "invalid_arguments"),
        ("usergroups.list", {"cursor": "x"}, "invalid_arguments"),
    ],
)
def test_a_wrong_call_gets_slacks_error(method: str, given: Json, error: str, call: Caller) -> None:
    assert error == call(method, **given)["error"]


def test_tokens_are_checked(call: Caller) -> None:
    assert call("auth.test", token="xoxb-stolen")["error"] == "invalid_auth"
    assert call("apps.connections.open")["error"] == "not_allowed_token_type"
    assert call("auth.test", token=APP_TOKEN)["error"] == "not_allowed_token_type"
    assert "url" in call("apps.connections.open", token=APP_TOKEN)


def test_a_method_beyond_the_granted_scopes_is_refused(manifest: dict[str, Any]) -> None:
    narrow = json.loads(json.dumps(manifest))
    narrow["oauth_config"]["scopes"] = {"bot": ["users:read"]}
    with LocalSlackServer(narrow, start=TUESDAY) as server, closing(Caller(server)) as call:
        refused = call("chat.postMessage", channel="C0WEBSITE", text="x")
        assert (
            refused["error"],
            refused["needed"],
            refused["provided"],
        ) == ("missing_scope", "chat:write", "users:read")
        history = call.read("conversations.history", channel="C0WEBSITE")
        assert history["needed"] == "channels:history"
        groups = call.read("usergroups.list")
        assert (groups["error"], groups["needed"]) == ("missing_scope", "usergroups:read")
        assert call.read("usergroups.users.list", usergroup="S0DESIGN0")["error"] == "missing_scope"
        assert call.read("users.info", user="U0TOM0000")["ok"]


def test_what_the_manifest_does_not_list_does_not_exist(manifest: dict[str, Any]) -> None:
    bare = json.loads(json.dumps(manifest))
    bare["features"] = {}
    bare["settings"]["event_subscriptions"]["bot_events"] = ["reaction_added"]
    with LocalSlackServer(bare, start=TUESDAY) as server, LocalSlackClient(server.url) as slack:
        tom = slack.person("Tom")
        with pytest.raises(NotPossible, match="not a valid command"):
            tom.types("#infra", "/decision list")
        ts = tom.says("#infra", "hello")
        with pytest.raises(NotPossible, match="no entry"):
            tom.picks("Log a decision", "#infra", ts)
        tom.reacts("#infra", ts, "eyes")
        tom.opens_home()
        kinds = [each["detail"]["event"]["type"] for each in slack.traffic()]
        assert kinds == [], "without a socket nothing is sent, and only reactions would be"


def test_nobody_answers_where_no_app_listens(slack: LocalSlackClient) -> None:
    with pytest.raises(NoAnswer, match="could not be reached"):
        slack.person("Tom").types("#infra", "/baton")


def test_history_leaves_out_replies_and_pages(slack: LocalSlackClient, call: Caller) -> None:
    tom = slack.person("Tom")
    roots = [tom.says("#infra", f"{number}") for number in range(5)]
    tom.says("#infra", "reply", reply_to=roots[0])
    first = call.read("conversations.history", channel="C0INFRA00", limit="3")
    rest = call.read(
        "conversations.history",
        channel="C0INFRA00",
        limit="3",
        cursor=first["response_metadata"]["next_cursor"],
    )
    texts = [message["text"] for message in [*first["messages"], *rest["messages"]]]
    assert texts == ["4", "3", "2", "1", "0"], "the newest first"
    assert (first["has_more"], rest["has_more"]) == (True, False)
    replies = call.read("conversations.replies", channel="C0INFRA00", ts=roots[0])["messages"]
    assert [message["text"] for message in replies] == ["0", "reply"]
    assert replies[0]["reply_count"] == 1


def test_metadata_shows_only_to_those_who_ask_for_it(call: Caller) -> None:
    metadata = {"event_type": "e", "event_payload": {"k": "7"}}
    call("chat.postMessage", channel="C0INFRA00", text="x", metadata=metadata)
    plain = call.read("conversations.history", channel="C0INFRA00")["messages"][0]
    full = call.read("conversations.history", channel="C0INFRA00", include_all_metadata="1")
    assert "metadata" not in plain
    assert metadata == full["messages"][0]["metadata"]


def test_an_ephemeral_is_seen_by_one_and_gone_on_reload(
    slack: LocalSlackClient, call: Caller
) -> None:
    call("chat.postEphemeral", channel="C0INFRA00", user="U0TOM0000", text="psst")
    tom, ana = slack.person("Tom"), slack.person("Ana")
    assert [message["text"] for message in tom.messages("#infra")] == ["psst"]
    assert ana.messages("#infra") == []
    assert call.read("conversations.history", channel="C0INFRA00")["messages"] == []
    slack.act("Tom", "reload")
    assert tom.messages("#infra") == []


def test_guests_and_outsiders_see_only_what_is_theirs(slack: LocalSlackClient) -> None:
    names = {channel["name"] for channel in slack.see("Gil")["channels"]}
    assert {"web-relaunch"} == names
    with pytest.raises(NotPossible, match="sees no channel"):
        slack.person("Mei").says("#leads", "hello")
    with pytest.raises(NotPossible, match="deactivated"):
        slack.person("Dora").says("#general", "hello")


def test_a_message_with_replies_leaves_a_tombstone(slack: LocalSlackClient) -> None:
    tom = slack.person("Tom")
    root = tom.says("#infra", "canary")
    tom.says("#infra", "reply", reply_to=root)
    tom.deletes("#infra", root)
    tombstone = tom.messages("#infra")[0]
    assert (tombstone["subtype"], tombstone["user"]) == ("tombstone", "USLACKBOT")
    assert "canary" not in str(tombstone)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("hi @Ana & @Mei.", "hi <@U0ANA0000> &amp; <@U0MEI0000>."),
        ("@design, see @Ana", "<!subteam^S0DESIGN0|@design>, see <@U0ANA0000>"),
        ("`@design` @designers", "`@design` @designers"),
        ("@here look at #infra", "<!here> look at <#C0INFRA00|infra>"),
        ("see https://x.example/?a=1&b=2 now", "see <https://x.example/?a=1&amp;b=2> now"),
        ("`@Ana` ```\n@Mei\n```", "`@Ana` ```\n@Mei\n```"),
        ("me@example.com and @nobody", "me@example.com and @nobody"),
        ("> quoted", "&gt; quoted"),
    ],
)
def test_what_people_type_becomes_slacks_markup(
    typed: str, stored: str, slack: LocalSlackClient
) -> None:
    slack.person("Tom").says("#infra", typed)
    assert stored == slack.person("Tom").messages("#infra")[0]["text"]


def test_ids_of_messages_follow_the_clock_and_never_repeat(slack: LocalSlackClient) -> None:
    tom = slack.person("Tom")
    first = [tom.says("#infra", "x") for _ in range(20)]
    slack.advance(timedelta(days=1))
    later = tom.says("#infra", "y")
    assert sorted({*first, later}) == [*first, later]
    assert 86_400 <= float(later) - float(first[-1]) < 86_410


def test_the_next_morning_is_no_weekend_and_no_holiday_of_theirs(slack: LocalSlackClient) -> None:
    slack.move_to(datetime(2026, 11, 20, 12, tzinfo=UTC))  # a Friday; Monday is a holiday in Japan
    slack.next_morning("Mei")
    assert slack.now().isoformat().startswith("2026-11-24T00:00:0")
    slack.move_to(datetime(2026, 12, 24, 12, tzinfo=UTC))
    slack.next_morning("Tom")
    assert slack.now().isoformat().startswith("2026-12-28T08:00:0")


def test_people_make_change_and_disable_user_groups(slack: LocalSlackClient, call: Caller) -> None:
    tom = slack.person("Tom")
    group = tom.makes_group("ops", "Ivo", "Noor")
    tom.sets_group("ops", "Ivo")
    tom.renames_group("ops", "platform")
    listed = call.read("usergroups.list", include_users="1", include_count="true")["usergroups"]
    (ours,) = [each for each in listed if each["id"] == group]
    assert (ours["handle"], ours["users"], ours["user_count"]) == ("platform", ["U0IVO0000"], 1)
    assert not {"users", "user_count"} & set(call.read("usergroups.list")["usergroups"][0])
    tom.disables_group("platform")
    assert len(call.read("usergroups.list")["usergroups"]) == 2
    everything = call.read("usergroups.list", include_disabled="true")["usergroups"]
    assert [each["date_delete"] > 0 for each in everything] == [False, False, True]
    refused = call.read("usergroups.users.list", usergroup=group)
    assert refused["error"] == "no_such_subteam"
    shown = call.read("usergroups.users.list", usergroup=group, include_disabled="true")
    assert shown["users"] == ["U0IVO0000"]
    tom.says("#infra", "@platform is gone")
    assert tom.messages("#infra")[0]["text"] == "@platform is gone"


def test_what_slack_does_not_do_with_user_groups(slack: LocalSlackClient) -> None:
    tom = slack.person("Tom")
    with pytest.raises(NotPossible, match="@design is taken"):
        tom.makes_group("Design", "Ana")
    with pytest.raises(NotPossible, match="@ana is taken"):
        tom.renames_group("design", "ana")
    with pytest.raises(NotPossible, match="only people who are there"):
        tom.sets_group("design", "Dora")
    with pytest.raises(NotPossible, match="guests"):
        slack.person("Gil").sets_group("design", "Gil")
    with pytest.raises(NotPossible, match="no group ops"):
        tom.sets_group("ops", "Ana")


def test_a_group_that_is_mentioned_counts_for_everybody_in_it(slack: LocalSlackClient) -> None:
    slack.person("Tom").says("#infra", "@design which logo?")
    counts = {}
    for name in ("Ana", "Mei", "Priya"):
        channels = slack.see(name)["channels"]
        counts[name] = next(each["mentions"] for each in channels if each["name"] == "infra")
    assert counts == {"Ana": 1, "Mei": 1, "Priya": 0}
    (said,) = [entry["text"] for entry in slack.journal() if entry["kind"] == "message"]
    assert said == "@design which logo?"


def test_unread_marks_count_until_somebody_reads(slack: LocalSlackClient) -> None:
    slack.person("Tom").says("#infra", "hi @Ana")
    slack.person("Tom").says("#infra", "hi")
    unread = {c["name"]: (c["unread"], c["mentions"]) for c in slack.see("Ana")["channels"]}
    assert unread["infra"] == (2, 1)
    slack.act("Ana", "read", channel="#infra")
    unread = {c["name"]: (c["unread"], c["mentions"]) for c in slack.see("Ana")["channels"]}
    assert unread["infra"] == (0, 0)


def test_other_apps_post_too(slack: LocalSlackClient) -> None:
    assert slack.act("Deploys", "post", channel="#infra", text="Deployed 4711.")["ts"]


def test_a_trigger_opens_one_form_within_three_seconds() -> None:
    triggers = Triggers()
    triggers.grant("t1", "U1")
    assert triggers.use("t1") == "U1"
    with pytest.raises(TriggerError, match="exchanged_trigger_id"):
        triggers.use("t1")
    triggers.grant("t2", "U1")
    triggers.triggers["t2"].expires -= 4
    with pytest.raises(TriggerError, match="expired_trigger_id"):
        triggers.use("t2")


def test_a_response_url_is_good_for_five_answers() -> None:
    triggers = Triggers()
    triggers.promise("r1", "U1", "C1")
    for _ in range(5):
        triggers.respond("r1")
    with pytest.raises(TriggerError, match="used_url"):
        triggers.respond("r1")
    with pytest.raises(TriggerError, match="expired_url"):
        triggers.respond("r2")


def test_it_listens_to_nobody_who_calls_it_by_another_name(server: LocalSlackServer) -> None:
    answer = httpx2.get(f"{server.url}local/clock", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert server.url.startswith("http://127.0.0.1:")


SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}
BUTTON = {"type": "button", "text": TEXT, "action_id": "a"}


@pytest.mark.parametrize(
    ("blocks", "surface", "said"),
    [
        ([SECTION] * 51, "message", "no more than 50"),
        ([SECTION] * 101, "home", "no more than 100"),
        ([{**SECTION, "text": {"type": "mrkdwn", "text": "x" * 3_001}}], "message", "3001"),
        ([{**SECTION, "text": {"type": "mrkdwn", "text": ""}}], "message", "at least 1"),
        ([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}], "home", "151"),
        ([{"type": "actions", "elements": [BUTTON] * 26}], "message", "no more than 25"),
        ([{"type": "actions", "elements": []}], "message", "missing required field"),
        ([{"type": "video"}], "message", "unsupported type"),
        ([{"type": "input", "label": TEXT, "element": BUTTON}], "modal", "unsupported element"),
        ([{**SECTION, "block_id": "a"}, {**SECTION, "block_id": "a"}], "message", "unique"),
        ("x", "message", "must be an array"),
        ([{"type": "input"}], "message", "missing required field"),
    ],
)
def test_layouts_that_slack_refuses_are_refused(blocks: Any, surface: str, said: str) -> None:
    assert said in " ".join(block_kit.problems(blocks, surface))


def test_layouts_that_slack_takes_are_taken() -> None:
    assert block_kit.problems([SECTION, {"type": "divider"}], "message") == []
    assert block_kit.view_problems(MODAL) == []


@pytest.mark.parametrize(
    "change",
    [
        {"title": {"type": "plain_text", "text": "x" * 25}},
        {"private_metadata": "x" * 3_001},
        {"blocks": [{"type": "input", "label": TEXT, "element": {"type": "plain_text_input"}}]},
    ],
)
def test_forms_that_slack_refuses_are_refused(change: Json) -> None:
    assert block_kit.view_problems(MODAL | change) != []


def test_the_apps_own_posts_come_back_to_it(slack: LocalSlackClient, call: Caller) -> None:
    call("chat.postMessage", channel="C0INFRA00", text="x")
    (posted,) = [entry for entry in slack.journal() if entry["kind"] == "message"]
    assert posted["actor"] == BOT_USER_ID
