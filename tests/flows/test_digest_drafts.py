"""Digests that a model words: from a real bot, through a real client, to a local Messages API."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import select

from bot.core.agreement.setting import person_scope
from bot.core.attention import OFF
from bot.features.digest import jobs
from bot.features.digest.models import DigestRow, DigestSliceRow
from bot.features.digest.rules.slices import SliceState
from bot.playground.client import Person
from tests.support.databases import Rows, fill
from tests.support.messages_api import KEY, Action, MessagesApi, lines, refusal, status
from tests.support.town import Town, town

pytestmark = pytest.mark.needs("digest")

NIGHT_IN_BERLIN = datetime(2026, 10, 6, 20, 0, tzinfo=UTC)
AHEAD_OF_NINE = datetime(2026, 10, 7, 6, 41, tzinfo=UTC)
TWO_MINUTES_TO = datetime(2026, 10, 7, 6, 58, tzinfo=UTC)
NINE_IN_BERLIN = datetime(2026, 10, 7, 7, 0, tzinfo=UTC)
TICK = timedelta(seconds=15)
SAID = "The pump in tank 3 is back since 14:20, so nobody has to stay up."
WORDED = {
    "text": "A1 reports that the pump in tank 3 is back since 14:20 and nobody stays up.",
    "source_ids": ["S1"],
    "quote": "The pump in tank 3 is back since 14:20",
    "kind": "update",
}
REPORT = "@Mei reports that the pump in tank 3 is back since 14:20 and nobody stays up."
HIDDEN = ("evil", "Mei", "Tom", "U0", "\U000e0069", "\u202e")
WITH_AI = "Drafted with AI from the linked messages"
WITHOUT_AI = "Plain digest, no AI used"


@pytest.fixture
def api() -> Iterator[MessagesApi]:
    with MessagesApi(lines(WORDED)) as running:
        yield running


def _key(api: MessagesApi, **settings: Any) -> dict[str, Any]:
    return {"anthropic_api_key": KEY, "anthropic_base_url": api.url, **settings}


@pytest.fixture
def worded(database_url: str, api: MessagesApi, acquaintance: Rows) -> Iterator[Town]:
    fill(database_url, acquaintance)
    with town(database_url, settings=_key(api)) as living:
        yield living


def _digest(town: Town, reader: Person) -> str:
    """The first digest of somebody; it is there with the first look after it is due."""
    (digest,) = town.writes_to(reader)
    return digest


def test_a_digests_lines_come_from_the_model_and_end_in_their_source(
    worded: Town, api: MessagesApi
) -> None:
    worded.move_to(NIGHT_IN_BERLIN)
    worded.mei.says("#infra", SAID)
    worded.move_to(AHEAD_OF_NINE)
    worded.move_to(NINE_IN_BERLIN)
    digest = _digest(worded, worded.tom)
    assert f"{REPORT} — @Mei: “The pump in tank 3 is back since 14:20”" in digest
    assert (WITH_AI in digest, WITHOUT_AI in digest) == (True, False)
    assert api.rejected == []


def test_t01_one_call_reads_one_channel_and_nobodys_name(worded: Town, api: MessagesApi) -> None:
    worded.tom.invites("Baton", "#leads")
    worded.move_to(NIGHT_IN_BERLIN)
    worded.mei.says("#infra", f"{SAID} CANARY-INFRA \U000e0069\u202e<https://evil.example|here>")
    worded.priya.says("#leads", "Budget for @Tom: 40,000. CANARY-LEADS")
    worded.move_to(AHEAD_OF_NINE)
    asked = [json.dumps(entry["body"], ensure_ascii=False) for entry in api.journal]
    canaries = [tuple(name in body for name in ("-INFRA", "-LEADS")) for body in asked]
    assert {(True, False), (False, True)} <= set(canaries)
    assert (True, True) not in canaries
    for body in asked:
        found = [word for word in HIDDEN if word in body]
        assert found == []


FAULTS: dict[str, tuple[Action, dict[str, Any]]] = {
    "down": (status(500), {"anthropic_base_url": "http://127.0.0.1:1"}),
    "busy": (status(429), {}),
    "slow": (Action("hang"), {"baton_model_timeout_seconds": 0.3}),
    "trickling": (Action("trickle"), {"baton_model_timeout_seconds": 0.3}),
    "refusing": (refusal(), {}),
    "broken": (Action("broken_json"), {}),
    "distrusted": (lines(WORDED | {"source_ids": ["S9"]}), {}),
    "over budget": (lines(WORDED), {"baton_model_daily_cap_usd": 0.0}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_goes_wrong_the_digest_comes_on_time_and_is_the_plain_one(
    fault: str, database_url: str, api: MessagesApi, acquaintance: Rows
) -> None:
    api.default, settings = FAULTS[fault]
    fill(database_url, acquaintance)
    with town(database_url, settings=_key(api, **settings)) as living:
        living.move_to(NIGHT_IN_BERLIN)
        living.mei.says("#infra", SAID)
        living.move_to(AHEAD_OF_NINE)
        assert _states(living) == {SliceState.PLAIN}
        living.move_to(NINE_IN_BERLIN)
        _is_the_plain_one_on_time(living)


def test_a_digest_never_waits_and_what_a_model_says_too_late_is_discarded(
    worded: Town, api: MessagesApi
) -> None:
    worded.move_to(NIGHT_IN_BERLIN)
    worded.mei.says("#infra", SAID)
    asked = Event()

    def never_ends(_body: dict[str, Any]) -> Action:
        asked.set()
        return Action("hang", lines(WORDED).body)

    api.default = never_ends
    worded.settle()
    worded.slack.move_to(AHEAD_OF_NINE)
    drafting = Thread(target=jobs.draft_ahead, args=[worded.app.bot])
    drafting.start()
    assert asked.wait(10)
    assert _states(worded) == {SliceState.DRAFTING}
    worded.move_to(TWO_MINUTES_TO)
    assert _states(worded) == {SliceState.PLAIN}, "given up"
    worded.move_to(NINE_IN_BERLIN)
    _is_the_plain_one_on_time(worded)
    api.release()
    drafting.join(10)
    assert _states(worded) == {SliceState.PLAIN}, "and nothing of it is kept"


def test_what_is_drafted_between_two_minutes_before_and_the_digest_is_discarded_too(
    worded: Town, api: MessagesApi
) -> None:
    worded.move_to(NIGHT_IN_BERLIN)
    worded.mei.says("#infra", SAID)
    worded.settle()
    asked = Event()

    def takes_long(_body: dict[str, Any]) -> Action:
        asked.set()
        return Action("hang", lines(WORDED).body)

    api.default = takes_long
    worded.slack.move_to(AHEAD_OF_NINE)
    drafting = Thread(target=jobs.draft_ahead, args=[worded.app.bot])
    drafting.start()
    assert asked.wait(10)
    worded.slack.move_to(TWO_MINUTES_TO)
    api.release()
    drafting.join(10)
    assert SliceState.DRAFTED not in _states(worded)


@pytest.mark.parametrize("change", ["edit", "deletion", "leaving", "switching off"])
def test_h25_what_changes_between_draft_and_digest_is_not_told_as_it_was(
    change: str, worded: Town
) -> None:
    worded.move_to(NIGHT_IN_BERLIN)
    ts = worded.mei.says("#infra", SAID)
    worded.move_to(AHEAD_OF_NINE)
    assert _states(worded) == {SliceState.DRAFTED}
    match change:
        case "edit":
            worded.mei.edits("#infra", ts, "The pump broke again.")
        case "deletion":
            worded.mei.deletes("#infra", ts)
        case "leaving":
            worded.mei.removes("Tom", "#infra")
        case "switching off":
            worded.sets(OFF.key, True, person_scope(worded._id(worded.mei)))  # noqa: FBT003
    worded.move_to(NINE_IN_BERLIN)
    told = "".join(worded.writes_to(worded.tom))
    assert "14:20" not in told
    assert WITH_AI not in told
    assert ("The pump broke again." in told) == (change == "edit")


def test_what_is_said_after_the_draft_is_told_literally_beside_it(worded: Town) -> None:
    worded.move_to(NIGHT_IN_BERLIN)
    worded.mei.says("#infra", SAID)
    worded.move_to(AHEAD_OF_NINE)
    worded.mei.says("#infra", "And now the valve leaks.")
    worded.move_to(NINE_IN_BERLIN)
    digest = _digest(worded, worded.tom)
    assert REPORT in digest
    assert "“And now the valve leaks.”" in digest
    assert digest.count("14:20") == 2, "once worded, once quoted, never told again"


def test_nothing_is_said_of_ones_own_words(worded: Town, api: MessagesApi) -> None:
    worded.move_to(NIGHT_IN_BERLIN)
    worded.tom.says("#infra", SAID)
    worded.mei.says("#web-relaunch", "The logo is round from today on.")
    worded.move_to(AHEAD_OF_NINE)
    worded.move_to(NINE_IN_BERLIN)
    digest = _digest(worded, worded.tom)
    assert "pump" not in digest
    assert "The logo is round" in digest
    assert api.rejected == []


def _is_the_plain_one_on_time(town: Town) -> None:
    digest = _digest(town, town.tom)
    assert f"@Mei: “{SAID}”" in digest
    assert (WITH_AI in digest, WITHOUT_AI in digest) == (False, True)
    with town.app.bot.database.reading() as session:
        rows = select(DigestRow.made_at).where(DigestRow.user_id == town._id(town.tom))
        (made_at,) = session.scalars(rows)
    assert timedelta(0) <= made_at - NINE_IN_BERLIN < TICK


def _states(town: Town) -> set[str]:
    with town.app.bot.database.reading() as session:
        return set(session.scalars(select(DigestSliceRow.state)))
