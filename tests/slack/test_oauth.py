"""Somebody installs Baton over real HTTP: each way it can end has a page, and little is kept."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from sqlalchemy import select

from bot.browser.links import MOST_A_MINUTE
from bot.core import installations, workspaces
from bot.core.bot import Bot
from bot.core.charts import FILES
from bot.core.clock import StoppedClock
from bot.core.encryption import Keyring
from bot.core.logs import quieten
from bot.core.oauth_states import GOOD_FOR, KEPT_FOR, OAuthStateRow
from bot.core.unit_of_work import House
from bot.slack.manifest import OPTIONAL, scopes
from bot.slack.tokens import Tokens
from tests.support.local_api import Answer, Fault
from tests.support.slack_oauth import (
    CLIENT,
    NAME,
    ORGANISATION,
    TEAM,
    TOKEN,
    InstallDoor,
    install_door,
)

COOKIE = "baton-install"


@pytest.fixture
def door(bot: Bot) -> Iterator[InstallDoor]:
    with install_door(bot) as opened:
        yield opened


def _nothing(door: InstallDoor, answer: httpx2.Response, status: int, said: str) -> None:
    assert answer.status_code == status, answer.text
    assert said in answer.text
    assert door.installed == []


def _states(bot: Bot) -> int:
    with bot.reading() as (session, _):
        return len(session.scalars(select(OAuthStateRow)).all())


def test_a_workspace_is_installed(bot: Bot, door: InstallDoor) -> None:
    answer = door.returns(state=door.starts(), code="code-1")
    assert answer.status_code == 200
    assert "Baton is in Acme &amp; &lt;Sons&gt;" in answer.text
    address = f"{door.api.url}/app_redirect?app=A0BATON&amp;team={TEAM}"
    assert f'href="{address}">Open Slack</a>' in answer.text
    (row,) = door.installed
    assert (row.team_id, row.app_id, row.bot_user_id) == (TEAM, "A0BATON", "U0BATON")
    assert not row.is_org_wide
    assert set(row.scopes.split(",")) == {*scopes(bot), *OPTIONAL}
    assert TOKEN not in row.token
    assert installations.token(row, bot.house.keyring) == TOKEN
    assert _states(bot) == 0


def test_slack_is_asked_for_what_the_manifest_needs_and_told_where_to_return(
    bot: Bot, door: InstallDoor
) -> None:
    address = urlsplit(door.web.get("/slack/install").headers["location"])
    asked = parse_qs(address.query)
    assert f"{address.scheme}://{address.netloc}{address.path}" == (
        f"{door.api.url}/oauth/v2/authorize"
    )
    assert asked["scope"] == [",".join([*scopes(bot), *OPTIONAL])]
    assert asked["client_id"] == [CLIENT.id]
    assert asked["redirect_uri"] == [f"{door.url}/slack/oauth_redirect"]
    assert "user_scope" not in asked, "nobody acts in a person's name"
    door.returns(state=asked["state"][0], code="code-1")
    (call,) = door.api.calls("oauth.v2.access")
    assert call.body == {"code": "code-1", "redirect_uri": f"{door.url}/slack/oauth_redirect"}
    assert (call.method, call.query) == ("POST", {})


def test_it_works_at_once(bot: Bot, door: InstallDoor) -> None:
    door.returns(state=door.starts(), code="code-1")
    with bot.reading() as (session, _):
        workspace = workspaces.get(session, TEAM)
    assert (workspace.team_id, workspace.bot_id, workspace.installation) == (TEAM, "B0BATON", TEAM)


def test_it_is_kept_whole_though_slack_goes_silent_after_the_token(
    bot: Bot, door: InstallDoor
) -> None:
    door.api.silent = {"auth.test"}
    answer = door.returns(state=door.starts(), code="code-1")
    assert answer.status_code == 200
    (row,) = door.installed
    assert installations.token(row, bot.house.keyring) == TOKEN
    assert row.live_at is None, "it is asked about again"


def test_an_organisation_is_installed_and_told_to_choose_workspaces(door: InstallDoor) -> None:
    door.api.grants = {
        "team": None,
        "enterprise": {"id": ORGANISATION, "name": NAME},
        "is_enterprise_install": True,
    }
    answer = door.returns(state=door.starts(), code="code-1")
    assert "Choose workspaces</a>" in answer.text
    path = f"/manage/{ORGANISATION}/integrations/profile/A0BATON/workspaces/add"
    assert f'href="{door.api.url}{path}"' in answer.text
    (row,) = door.installed
    assert (row.team_id, row.enterprise_id) == (ORGANISATION, ORGANISATION)
    assert row.is_org_wide


def test_a_workspace_of_an_organisation_is_a_workspace(door: InstallDoor) -> None:
    door.api.grants = {"enterprise": {"id": ORGANISATION, "name": NAME}}
    door.returns(state=door.starts(), code="code-1")
    (row,) = door.installed
    assert (row.team_id, row.enterprise_id) == (TEAM, ORGANISATION)
    assert not row.is_org_wide


def test_the_same_workspace_can_install_it_again(door: InstallDoor) -> None:
    for code in ("code-1", "code-2"):
        assert door.returns(state=door.starts(), code=code).status_code == 200
    (living,) = [row for row in door.installed if row.ended_at is None]
    assert (living.team_id, living.generation) == (TEAM, 2)


def test_whoever_lost_the_key_has_it_installed_again(bot: Bot) -> None:
    with install_door(bot) as door:
        door.returns(state=door.starts(), code="code-1")
    bot.house = House(Keyring({"k2": b"2" * 32}))
    with install_door(bot) as door:
        assert door.returns(state=door.starts(), code="code-1").status_code == 200
        (living,) = [row for row in door.installed if row.ended_at is None]
        assert Tokens(bot).opened(living).text == TOKEN


def test_whoever_says_no_is_told_that_nothing_happened(bot: Bot, door: InstallDoor) -> None:
    state = door.starts()
    answer = door.returns(state=state, error="access_denied")
    _nothing(door, answer, 200, "You said no, and nothing has changed")
    assert f'href="{door.url}/slack/install">Start again</a>' in answer.text
    assert _states(bot) == 0
    _nothing(door, door.returns(state=state, code="code-1"), 410, "This is over already")
    assert door.api.journal == []


def test_another_no_of_slacks_is_not_repeated(door: InstallDoor) -> None:
    answer = door.returns(state=door.starts(), error="scope_not_allowed_canary", code="code-1")
    _nothing(door, answer, 400, "Slack did not go along")
    assert "canary" not in answer.text
    assert door.api.journal == []


def test_an_installation_begun_on_slacks_pages_goes_on_at_ours(door: InstallDoor) -> None:
    answer = door.returns(code="code-1")
    _nothing(door, answer, 200, "One more step")
    assert f'href="{door.url}/slack/install">Continue</a>' in answer.text
    assert door.api.journal == [], "a code whose browser nobody knows is never exchanged"


@pytest.mark.parametrize("query", [{}, {"error": "x"}, {"error": "server_error"}])
def test_whoever_comes_with_nothing_is_sent_to_the_start(
    door: InstallDoor, query: dict[str, str]
) -> None:
    _nothing(door, door.returns(**query), 400, "Something is missing")


def test_a_state_without_a_code_is_used_up_and_gives_nothing(door: InstallDoor) -> None:
    state = door.starts()
    _nothing(door, door.returns(state=state), 400, "Something is missing")
    _nothing(door, door.returns(state=state, code="code-1"), 410, "This is over already")


def test_a_state_is_good_once(door: InstallDoor) -> None:
    state = door.starts()
    assert door.returns(state=state, code="code-1").status_code == 200
    again = door.returns(state=state, code="code-2")
    assert again.status_code == 410
    assert "If you find Baton in Slack, all is well" in again.text
    assert len(door.installed) == len(door.api.calls("oauth.v2.access")) == 1


def test_a_state_is_good_for_ten_minutes(door: InstallDoor, clock: StoppedClock) -> None:
    early, late = door.starts(), door.starts()
    clock.advance(GOOD_FOR - timedelta(seconds=1))
    assert door.returns(state=early, code="code-1").status_code == 200
    clock.advance(timedelta(seconds=1))
    answer = door.returns(state=late, code="code-2")
    assert answer.status_code == 410
    assert "That took too long" in answer.text
    assert len(door.installed) == len(door.api.calls("oauth.v2.access")) == 1


def test_old_states_are_forgotten_when_the_next_one_begins(
    bot: Bot, door: InstallDoor, clock: StoppedClock
) -> None:
    for _ in range(3):
        door.starts()
    clock.advance(KEPT_FOR + timedelta(seconds=1))
    door.starts()
    assert _states(bot) == 1


def test_another_browser_cannot_finish_it_and_the_first_still_can(door: InstallDoor) -> None:
    state = door.starts()
    with httpx2.Client(base_url=door.url, trust_env=False) as other:
        query = {"state": state, "code": "code-1"}
        answers = [other.get("/slack/oauth_redirect", params=query)]
        other.get("/slack/install")  # with a cookie of its own
        answers.append(other.get("/slack/oauth_redirect", params=query))
    for answer in answers:
        _nothing(door, answer, 403, "This began in another browser")
    assert door.api.journal == []
    assert door.returns(state=state, code="code-1").status_code == 200


def test_two_tabs_of_a_browser_can_both_finish(door: InstallDoor) -> None:
    first, second = door.starts(), door.starts()
    assert first != second
    assert door.returns(state=first, code="code-1").status_code == 200
    assert door.returns(state=second, code="code-2").status_code == 200


def test_over_https_the_cookie_is_this_hosts_alone(bot: Bot) -> None:
    with install_door(bot, public_url="https://baton.example.com") as door:
        answer = door.web.get("/slack/install", headers={"host": "evil.example"})
        cookie = answer.headers["set-cookie"]
        name, _, rest = cookie.partition("=")
        assert name == "__Host-baton-install"
        parts = {part.strip().lower() for part in rest.split(";")[1:]}
        assert {"secure", "httponly", "samesite=lax", "path=/", "max-age=600"} == parts
        asked = parse_qs(urlsplit(answer.headers["location"]).query)
        assert asked["redirect_uri"] == ["https://baton.example.com/slack/oauth_redirect"]
        given = {"cookie": cookie.partition(";")[0]}
        query = {"state": asked["state"][0], "code": "code-1"}
        done = door.web.get("/slack/oauth_redirect", params=query, headers=given)
        assert done.status_code == 200
        shown = door.returns(state="x")
        assert 'href="https://baton.example.com/slack/install"' in shown.text


def test_over_loopback_the_cookie_is_the_same_but_for_https(door: InstallDoor) -> None:
    cookie = door.web.get("/slack/install").headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "secure" not in cookie.lower()
    assert "httponly" in cookie.lower()


def test_a_cookie_of_another_shape_is_replaced(door: InstallDoor) -> None:
    for planted in ("x", "A" * 44, "é" * 43):
        sent = {b"cookie": f"{COOKIE}={planted}".encode("latin-1")}
        answer = httpx2.get(f"{door.url}/slack/install", headers=sent)
        value = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
        assert len(value) == 43
        assert value != planted


def test_where_it_was_reached_is_asked_of_the_settings_alone(door: InstallDoor) -> None:
    lies = {
        "host": "evil.example",
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "https",
        "forwarded": "host=evil.example;proto=https",
        "x-original-url": "https://evil.example",
    }
    for path in ("/slack/install", "/slack/oauth_redirect?code=1"):
        answer = door.web.get(path, headers=lies)
        assert "evil.example" not in answer.text + str(dict(answer.headers))
    assert "Secure" not in door.web.get("/slack/install", headers=lies).headers["set-cookie"]


@pytest.mark.slow
def test_only_whoever_is_on_the_list_may(bot: Bot) -> None:
    with install_door(bot, allowed=["T0OTHER"]) as door:
        answer = door.returns(state=door.starts(), code="code-1")
        _nothing(door, answer, 403, "Baton is not open to this workspace")
        assert door.api.revoked == [TOKEN], "Slack shows no app that nobody serves"
    for generation, allowed in enumerate(([TEAM], ["T0OTHER", TEAM], [ORGANISATION]), 1):
        with install_door(bot, allowed=allowed) as door:
            door.api.grants = {"enterprise": {"id": ORGANISATION, "name": NAME}}
            assert door.returns(state=door.starts(), code="code-1").status_code == 200
            assert door.installed[-1].generation == generation


def test_what_lives_is_left_alone_when_it_may_not_be_installed_again(bot: Bot) -> None:
    with install_door(bot) as door:
        door.returns(state=door.starts(), code="code-1")
    with install_door(bot, allowed=["T0OTHER"]) as door:
        assert door.returns(state=door.starts(), code="code-1").status_code == 403
        assert [row.ended_at for row in door.installed] == [None]
        assert door.api.revoked == [], "Slack gives the same token again"


def test_an_organisation_is_not_let_in_by_one_of_its_workspaces(bot: Bot) -> None:
    with install_door(bot, allowed=[TEAM]) as door:
        door.api.grants = {
            "team": None,
            "enterprise": {"id": ORGANISATION, "name": NAME},
            "is_enterprise_install": True,
        }
        answer = door.returns(state=door.starts(), code="code-1")
        _nothing(door, answer, 403, "Baton is not open to this workspace")


def test_without_what_it_needs_it_is_not_installed(door: InstallDoor) -> None:
    door.api.scopes -= {"chat:write"}
    answer = door.returns(state=door.starts(), code="code-1")
    _nothing(door, answer, 403, "Slack allowed less than Baton needs")
    assert door.api.revoked == [TOKEN]


def test_what_is_optional_may_be_left_out_and_it_is_told_what_is_off(bot: Bot) -> None:
    bot.needs(FILES, "Without <it>, no pictures.")
    with install_door(bot) as door:
        door.api.scopes -= set(OPTIONAL)
        answer = door.returns(state=door.starts(), code="code-1")
        assert answer.status_code == 200
        assert "<p>Without &lt;it&gt;, no pictures.</p>" in answer.text
        assert set(door.installed[0].scopes.split(",")) == set(scopes(bot))


LOST = Answer({}, is_lost=True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "is_done"),
    [
        (LOST, False),
        (LOST, True),
        (Answer({"ok": False, "error": "internal_error"}), False),
        (Answer({}, 500), True),
        (Answer(b"<html>"), True),
        (Answer([]), True),
        (Answer({"ok": False, "error": "ratelimited"}, 429, {"retry-after": "30"}), False),
    ],
)
def test_when_slack_answers_nothing_useful_nothing_is_kept(
    bot: Bot, door: InstallDoor, fault: Answer, is_done: bool
) -> None:
    state = door.starts()
    door.api.faults.append(Fault(fault, is_done=is_done))
    answer = door.returns(state=state, code="code-1")
    _nothing(door, answer, 503, "Slack does not answer")
    assert _states(bot) == 0
    assert len(door.api.calls("oauth.v2.access")) == 1, "a code is never sent twice"
    assert door.returns(state=door.starts(), code="code-2").status_code == 200


def test_a_slow_slack_is_not_waited_for_any_longer(bot: Bot) -> None:
    with install_door(bot, timeout=0.2) as door:
        door.api.held = {"oauth.v2.access"}
        answer = door.returns(state=door.starts(), code="code-1")
        _nothing(door, answer, 503, "Slack does not answer")


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        {"ok": True},
        {"ok": True, "team": {"id": TEAM}},
        {"ok": True, "team": {"id": TEAM}, "access_token": ""},
        {"ok": True, "team": {"id": TEAM}, "access_token": "xoxp-1", "token_type": "user"},
        {"ok": True, "team": [], "enterprise": "E1", "access_token": TOKEN},
        {"ok": True, "team": {"id": 5}, "access_token": {"a": 1}, "scope": 7},
    ],
)
def test_an_answer_without_a_bot_token_installs_nothing(
    door: InstallDoor, body: dict[str, Any]
) -> None:
    door.api.faults.append(Fault(Answer(body)))
    answer = door.returns(state=door.starts(), code="code-1")
    _nothing(door, answer, 400, "Slack did not go along")


@pytest.mark.parametrize("code", ["bad_client_secret", "invalid_client_id", "bad_redirect_uri"])
def test_what_the_operator_has_to_mend_is_not_put_on_anybody_else(
    door: InstallDoor, code: str
) -> None:
    door.api.faults.append(Fault(Answer({"ok": False, "error": code})))
    answer = door.returns(state=door.starts(), code="code-1")
    _nothing(door, answer, 503, "you did nothing wrong")
    assert code not in answer.text


def test_f35_tokens_that_would_end_after_hours_are_not_taken(door: InstallDoor) -> None:
    door.api.grants = {"refresh_token": "xoxe-1", "expires_in": 43200}
    answer = door.returns(state=door.starts(), code="code-1")
    _nothing(door, answer, 503, "Baton is not set up right")
    assert door.api.revoked == [TOKEN], "Slack shows no app that nobody serves"


def test_a_code_that_slack_does_not_know_is_refused(door: InstallDoor) -> None:
    answer = door.returns(state=door.starts(), code="made-up")
    _nothing(door, answer, 400, "Slack did not go along")


def test_looking_at_an_address_uses_nothing_up(bot: Bot, door: InstallDoor) -> None:
    assert door.web.head("/slack/install").status_code == 200
    assert _states(bot) == 0
    state = door.starts()
    query: dict[str, Any] = {"state": state, "code": "code-1"}
    assert door.web.head("/slack/oauth_redirect", params=query).status_code == 200
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert door.web.request(method, "/slack/oauth_redirect", params=query).status_code == 405
    assert door.returns(**query).status_code == 200


def test_no_page_is_kept_framed_or_told_on(door: InstallDoor) -> None:
    answers = [
        door.web.get("/slack/install"),
        door.returns(state=door.starts(), code="code-1"),
        door.returns(code="x"),
        door.returns(),
    ]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-frame-options"] == "DENY"
        assert "<script" not in answer.text


def test_no_secret_stands_in_a_log_an_address_or_the_database(
    bot: Bot, door: InstallDoor, caplog: pytest.LogCaptureFixture
) -> None:
    quieten()  # as it is everywhere
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpcore2").setLevel(logging.WARNING)  # of this test's own browser
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    state = door.starts()
    browser = door.web.cookies[COOKIE]
    with bot.reading() as (session, _):
        row = session.scalars(select(OAuthStateRow)).one()
    values = [str(getattr(row, column.key)) for column in OAuthStateRow.__mapper__.column_attrs]
    assert not {state, browser} & set(values)
    door.returns(state=state, code="code-canary")
    door.api.faults.append(Fault(LOST))
    door.returns(state=door.starts(), code="code-canary")
    for secret in (state, browser, CLIENT.secret, TOKEN, "code-canary"):
        assert secret not in caplog.text
    assert not [each for each in door.api.journal if each.query]


def test_of_one_address_so_many_a_minute_are_let_in(door: InstallDoor) -> None:
    answers = [
        door.web.get("/slack/oauth_redirect", headers={"x-forwarded-for": f"10.0.0.{n}"})
        for n in range(MOST_A_MINUTE + 1)
    ]
    assert [each.status_code for each in answers[-2:]] == [400, 429], "whoever they say they are"
