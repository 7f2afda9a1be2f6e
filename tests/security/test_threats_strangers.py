"""What people of the same workspace, guests, strangers and eavesdroppers try, over HTTP."""

import json
import sys
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from bot.app import metadata
from bot.core import audit
from bot.playground.world import APP_ID, TEAM_ID, Json
from tests.support.lookout import Lookout
from tests.support.town import Town
from tests.support.wire import FORM, JSON, Wire

CANARY: Final = "CANARYWORD"
REFUSAL: Final = "I work with full members of this workspace"
SETTLED: Final = frozenset(
    {"used_triggers", "rate_limits", "outbox", "people", "inbox", "heartbeats", "audit"}
)
OUTSIDERS: Final = {
    "guest": ("U0GIL0000", TEAM_ID),
    "deactivated": ("U0DORA000", TEAM_ID),
    "an-app": ("U0DEPLOY0", TEAM_ID),
    "nobody": ("U0NOBODY0", TEAM_ID),
    "of-a-partner": ("U0PARTNER", "T0PARTNER"),
    "no-id": ("", TEAM_ID),
    "odd-id": ("U0TOM0000' OR '1'='1", TEAM_ID),
}
UNREADABLE: Final = frozenset({"no-id", "odd-id"})
"""Nobody in particular: there is nobody to answer."""
EVIL: Final = "https://evil.example/steal"
ADDRESSES: Final = (
    "http://169.254.169.254/latest/meta-data",
    "http://[::ffff:127.0.0.1]:22/",
    "http://0x7f.1/",
    "https://rebinding.example/",
    "https://user:secret@evil.example/",
    "file:///etc/passwd",
)


class Sockets:
    """Notes to where this process connects and which names it looks up."""

    def __init__(self) -> None:
        self.places: list[str] = []
        self.is_watching = True
        sys.addaudithook(self._note)

    def _note(self, event: str, given: tuple[Any, ...]) -> None:
        if self.is_watching and event == "socket.connect" and isinstance(given[1], tuple):
            self.places.append(str(given[1][0]))
        if self.is_watching and event == "socket.getaddrinfo":
            self.places.append(str(given[0]))


@pytest.fixture
def sockets() -> Iterator[Sockets]:
    watching = Sockets()
    yield watching
    watching.is_watching = False


def _rows(town: Town) -> dict[str, int]:
    with town.app.bot.reading() as (session, _):
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata().sorted_tables
            if table.name not in SETTLED and not table.name.startswith("audit")
        }


def _interaction(user: str, team: str, payload: Json, trigger: str) -> Json:
    return {
        "api_app_id": APP_ID,
        "team": {"id": TEAM_ID, "domain": "tideline"},
        "user": {"id": user, "name": "x", "team_id": team},
        "trigger_id": trigger,
    } | payload


@pytest.mark.slow
@pytest.mark.parametrize("kind", OUTSIDERS)
def test_t08_outsiders_change_nothing_and_read_nothing_by_any_way(
    kind: str, reached: Town, wire: Wire, lookout: Lookout
) -> None:
    """Commands, both shortcuts, buttons and every form; a partner's user is not one of ours."""
    user, team = OUTSIDERS[kind]
    bot, before, answers = reached.app.bot, _rows(reached), []
    ts = wire.says("Mei", "#infra", f"We take Postgres. {CANARY}")
    reached.settle()
    before = _rows(reached)
    for number, name in enumerate([*bot.commands, *bot.subcommands]):
        command, _, verb = name.removeprefix("/").partition(" ")
        typed = {"team_id": TEAM_ID, "user_id": user, "command": f"/{command}", "text": verb}
        more = {"channel_id": "C0INFRA00", "trigger_id": f"{kind}-{number}", "user_team": team}
        answers.append(reached.delivers("slash_commands", typed | more))
        assert REFUSAL in answers[-1].get("text", "") or kind in UNREADABLE, name
    payloads: list[Json] = [
        {"type": "message_action", "callback_id": callback, "message": {"ts": ts, "text": "x"}}
        | {"channel": {"id": "C0INFRA00"}, "message_ts": ts}
        for callback in bot.shortcuts
    ]
    payloads += [{"type": "shortcut", "callback_id": callback} for callback in bot.shortcuts]
    payloads += [
        {"type": "view_submission", "view": {"callback_id": name, "id": "V1", "blocks": []}}
        for name in bot.forms
    ]
    payloads += [
        {
            "type": "block_actions",
            "container": {"type": "message", "channel_id": "C0INFRA00", "message_ts": ts},
            "actions": [{"type": "button", "action_id": name, "block_id": "b", "value": name}],
        }
        for name in bot.buttons
    ]
    for number, payload in enumerate(payloads):
        sent = _interaction(user, team, payload, f"{kind}-p{number}")
        answers.append(reached.delivers("interactive", sent))
    assert CANARY not in str(answers)
    assert _rows(reached) == before
    assert lookout.problems(*answers) == []


ADMIN: Final = json.dumps({"admin": True})
FORGED: Final = {"sql": "' OR 1=1 --", "admin": ADMIN, "long": "\x00" + "x" * 3_000}


@pytest.mark.slow
@pytest.mark.parametrize("name", FORGED)
def test_t11_h33_a_forged_reference_changes_nothing(
    name: str, reached: Town, wire: Wire, lookout: Lookout
) -> None:
    """Whoever submits is who Slack says; what hides in a form is looked up, never believed."""
    answers, bot, reference = [], reached.app.bot, FORGED[name]
    reached.settle()
    before = _rows(reached)
    for form in bot.forms:
        view = {"type": "modal", "callback_id": form, "id": "V1", "private_metadata": reference}
        shown = view | {"blocks": [], "state": {"values": {}}}
        answers.append(wire.interacts("Ana", {"type": "view_submission", "view": shown}))
    for button in bot.buttons:
        action = {"type": "button", "action_id": button, "block_id": "b", "value": reference}
        place = {"type": "message", "channel_id": "C0INFRA00"}
        pressed = {"type": "block_actions", "actions": [action], "container": place}
        answers.append(wire.interacts("Ana", pressed))
    problems = [each for each in lookout.problems(*answers) if not each.startswith("logged")]
    assert problems == []
    assert _rows(reached) == before


@pytest.mark.needs("decisions")
def test_t12_a_form_that_somebody_else_opened_acts_for_whoever_sends_it(
    reached: Town, wire: Wire
) -> None:
    ts = wire.says("Mei", "#infra", "We take the blue logo.")
    callback = next(each for each in reached.app.bot.shortcuts if each.startswith("decisions"))
    wire.picks("Tom", callback, "#infra", ts)
    view = reached.tom.form
    assert view is not None
    answer = wire.submits_as("Ana", "Tom", "The CEO decided")
    reached.settle()
    with reached.app.bot.reading() as (session, _):
        actors = {each.actor_id for each in audit.entries(session, TEAM_ID)}
    assert "Tom" not in str(answer)
    assert actors <= {"U0ANA0000", "U0TOM0000", "operator", ""}


def test_t13_a_signed_event_read_as_a_form_is_nobodys_command(
    reached: Town, wire: Wire, lookout: Lookout
) -> None:
    """The signature covers the body alone: whoever overheard one could change its type."""
    command = urlencode(
        {
            "team_id": TEAM_ID,
            "user_id": "U0TOM0000",
            "channel_id": "C0INFRA00",
            "command": "/baton",
            "text": "pause",
            "trigger_id": "overheard-1",
        }
    )
    press = urlencode({"payload": json.dumps({"type": "shortcut", "team": {"id": TEAM_ID}})})
    for words in (f"hello&{command}&x=", f"hello&{press}&x="):
        body = json.dumps(wire.envelopes.envelope(wire.envelopes.message(text=words))).encode()
        before = _audited(reached)
        wire.envelopes.sends(body, FORM)
        wire.envelopes.sends(body, FORM + "; charset=utf-8")
        wire.envelopes.sends(body, "text/plain")
        assert _audited(reached) == before
    form = urlencode({"payload": json.dumps({"type": "event_callback"})}).encode()
    assert wire.envelopes.sends(form, JSON).status_code < 500
    assert "paused" not in str(reached.home_of(reached.tom)).lower()
    assert lookout.problems() == []


def _audited(town: Town) -> int:
    with town.app.bot.reading() as (session, _):
        return len(list(audit.entries(session, TEAM_ID)))


ORGANISATION: Final = {"enterprise_id": "E0ORG0000", "is_enterprise_install": True}


def test_t13_an_event_of_another_workspace_or_app_has_no_effect_here(
    reached: Town, wire: Wire, lookout: Lookout
) -> None:
    reached.settle()
    before = _rows(reached)
    arounds: tuple[dict[str, Any], ...] = (
        {"team_id": "T0SECOND0", "authorizations": [{"team_id": "T0SECOND0"}]},
        {"authorizations": [{"team_id": "T0SECOND0"}]},
        {"team_id": "", "authorizations": []},
        {"team_id": None, "authorizations": []},
        {"team_id": "E0ORG0000", "authorizations": [ORGANISATION]},
    )
    for around in arounds:
        message = wire.envelopes.message(text=f"<@U0TOM0000> which logo? {CANARY}")
        wire.envelopes.tells(message, **around)
    reached.settle()
    assert CANARY not in reached.home_of(reached.tom)
    assert _rows(reached) == before
    assert lookout.problems() == []


@pytest.mark.slow
@pytest.mark.needs("redphone")
def test_t24_of_fifty_presses_three_page_somebody_and_each_other_one_is_explained(
    reached: Town, wire: Wire
) -> None:
    answers: list[str] = []
    for _ in range(50):
        typed = wire.types("Sam", "/redphone", "<@U0PRIYA00> Nobody can sign up")
        answers.append(str([typed, *wire.fills_in("Sam", "Nobody can sign up")]))
    reached.settle()
    pages = [text for text in reached.writes_to(reached.priya) if "Nobody can sign up" in text]
    assert len(pages) <= 3
    silent = [answer for answer in answers if not answer.strip("[]{}, ")]
    assert len(silent) <= 3, "whoever is refused is told so"


@pytest.mark.slow
def test_t19_h34_nothing_is_fetched_that_somebody_names(
    reached: Town, wire: Wire, lookout: Lookout, sockets: Sockets
) -> None:
    reached.settle()
    sockets.places.clear()
    for address in ADDRESSES:
        root = wire.says("Mei", "#infra", f"<@U0TOM0000> could you read <{address}|this> today?")
        for entry in reached.app.bot.shortcuts.values():
            if not entry.is_global:
                wire.picks("Tom", entry.callback_id, "#infra", root)
                wire.fills_in("Tom", address)
    for kind in ("message_action", "block_actions", "shortcut"):
        wire.interacts("Tom", {"type": kind, "callback_id": "x", "response_url": EVIL})
    for name in list(reached.app.bot.shortcuts):
        message = {"ts": root, "text": "x", "user": "U0MEI0000"}
        picked = {"type": "message_action", "callback_id": name, "message": message}
        where = {"channel": {"id": "C0INFRA00"}, "message_ts": root}
        wire.interacts("Tom", picked | where | {"response_url": EVIL})
        reached.slack.person("Tom").closes_form()
    problems = lookout.problems()
    assert set(sockets.places) <= {"127.0.0.1"}
    assert problems == []
