"""Digests that a model words: from a real bot, through a real client, to a local Messages API."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Event
from typing import Any

import pytest

from bot.playground.client import Person
from tests.support.messages_api import KEY, Action, MessagesApi, lines, refusal, status
from tests.support.town import Town, town

pytestmark = pytest.mark.needs("digest")

NIGHT_IN_BERLIN = datetime(2026, 10, 6, 20, 0, tzinfo=UTC)
NINE_IN_BERLIN = datetime(2026, 10, 7, 7, 0, tzinfo=UTC)
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
    return {
        "anthropic_api_key": KEY,
        "anthropic_base_url": api.url,
        "baton_model_timeout_seconds": 5.0,
        **settings,
    }


@pytest.fixture
def worded(database_url: str, api: MessagesApi) -> Iterator[Town]:
    with town(database_url, settings=_key(api)) as living:
        yield living


def _digest(town: Town, reader: Person) -> str:
    """The first digest that comes; it may wait a moment for its drafts."""
    for _ in range(200):
        written = town.writes_to(reader)
        if written:
            return written[0]
        Event().wait(0.05)
    raise AssertionError(f"no digest for {reader.name}")


def test_a_digests_lines_come_from_the_model_and_end_in_their_source(
    worded: Town, api: MessagesApi
) -> None:
    worded.move_to(NIGHT_IN_BERLIN)
    worded.mei.says("#infra", SAID)
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
    worded.move_to(NINE_IN_BERLIN)
    _digest(worded, worded.tom)
    asked = [json.dumps(entry["body"], ensure_ascii=False) for entry in api.journal]
    canaries = [tuple(name in body for name in ("-INFRA", "-LEADS")) for body in asked]
    assert {(True, False), (False, True)} == set(canaries)
    for body in asked:
        found = [word for word in HIDDEN if word in body]
        assert found == []


@pytest.mark.parametrize(
    ("action", "settings"),
    [
        (status(429), {}),
        (status(500), {}),
        (refusal(), {}),
        (Action("hang"), {"baton_model_timeout_seconds": 0.5}),
        (lines(WORDED | {"source_ids": ["S9"]}), {}),
        (lines(WORDED), {"baton_model_daily_cap_usd": 0.0}),
    ],
    ids=["429", "500", "refusal", "hang", "distrusted", "budget"],
)
def test_whatever_goes_wrong_the_digest_comes_and_is_the_plain_one(
    action: Action, settings: dict[str, Any], sqlite_url: str, api: MessagesApi
) -> None:
    api.default = action
    with town(sqlite_url, settings=_key(api, **settings)) as living:
        living.move_to(NIGHT_IN_BERLIN)
        living.mei.says("#infra", SAID)
        living.move_to(NINE_IN_BERLIN)
        digest = _digest(living, living.tom)
    assert f"@Mei: “{SAID}”" in digest
    assert (WITH_AI in digest, WITHOUT_AI in digest) == (False, True)


def test_h25_what_was_edited_or_deleted_since_is_not_told_as_it_was(worded: Town) -> None:
    worded.move_to(NIGHT_IN_BERLIN)
    ts = worded.mei.says("#infra", SAID)
    _drafted_ahead(worded)
    worded.mei.edits("#infra", ts, "The pump broke again.")
    worded.move_to(NINE_IN_BERLIN)
    digest = _digest(worded, worded.tom)
    assert "back since 14:20" not in digest
    assert "The pump broke again." in digest
    assert WITHOUT_AI in digest


def test_what_is_said_after_the_draft_is_told_literally_beside_it(worded: Town) -> None:
    worded.move_to(NIGHT_IN_BERLIN)
    worded.mei.says("#infra", SAID)
    _drafted_ahead(worded)
    worded.mei.says("#infra", "And now the valve leaks.")
    worded.move_to(NINE_IN_BERLIN)
    digest = _digest(worded, worded.tom)
    assert REPORT in digest
    assert "“And now the valve leaks.”" in digest
    assert digest.count("14:20") == 2, "once worded, once quoted, never told again"


def test_readers_of_one_zone_share_a_draft_and_nothing_is_said_of_ones_own_words(
    worded: Town, api: MessagesApi
) -> None:
    worded.move_to(NIGHT_IN_BERLIN)
    worded.tom.says("#infra", SAID)
    worded.mei.says("#web-relaunch", "The logo is round from today on.")
    worded.move_to(NINE_IN_BERLIN)
    digest = _digest(worded, worded.tom)
    assert "pump" not in digest
    assert "The logo is round" in digest
    assert api.rejected == []


def _drafted_ahead(town: Town) -> None:
    """Moves to shortly before nine in Berlin and waits until the model has been asked."""
    town.move_to(datetime(2026, 10, 7, 6, 55, tzinfo=UTC))
    for _ in range(200):
        town.settle()
        with town.app.bot.database.engine.connect() as connection:
            query = "SELECT count(*) FROM digest_slices WHERE state = 'drafted'"
            if connection.exec_driver_sql(query).scalar_one():
                return
        Event().wait(0.05)
    raise AssertionError("nothing was drafted ahead")
