"""One bot in two workspaces with equal ids: what happens in one is in that one alone.

These are a few of all flows; `make twins` runs the others in two workspaces, too.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import func, select

from bot.app import metadata
from bot.core import audit
from bot.core.encryption import new_key
from bot.playground.client import Person
from bot.playground.demo import FIRST_DAY, STORY
from bot.playground.demo.player import Player
from bot.playground.world import Json
from tests.flows import (
    test_asks_story,
    test_availability,
    test_coach,
    test_decisions,
    test_decisions_proposals,
    test_digest,
    test_digest_channels,
    test_handoffs_batons,
    test_handoffs_standup,
    test_home,
    test_people_and_channels,
    test_privacy,
    test_redphone,
    test_redphone_rotations,
)
from tests.support.databases import OF_THE_MOMENT, QUEUES, Rows, fill, rows_of
from tests.support.town import TUESDAY, Town, town
from tests.support.twin_client import TwinClient
from tests.support.twins import FIRST, SECOND, TwinTown

DAWN: Final = datetime.combine(FIRST_DAY, time(7, 30), UTC)


@pytest.fixture(scope="session")
def acquaintance(_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """What the bot knows of both workspaces after its first minute there."""
    copy = tmp_path_factory.mktemp("twins") / "baton.db"
    shutil.copy(_sqlite_template, copy)
    start = TUESDAY - timedelta(minutes=5)
    with town(f"sqlite:///{copy}", start=start, kind=TwinTown) as living:
        return rows_of(living.app.bot.database, besides=QUEUES | OF_THE_MOMENT)


@pytest.fixture
def lively(database_url: str, acquaintance: Rows) -> Iterator[Town]:
    """Two workspaces the bot knows, with each event twice and shuffled among those of both."""
    fill(database_url, acquaintance)
    with town(database_url, faults={"deliveries": 2, "shuffle": True}, kind=TwinTown) as living:
        yield living


@pytest.fixture
def quiet(database_url: str, acquaintance: Rows) -> Iterator[Town]:
    """Two workspaces the bot knows, with events as they happen."""
    fill(database_url, acquaintance)
    with town(database_url, kind=TwinTown) as living:
        yield living


@pytest.mark.slow
@pytest.mark.needs(*STORY)
def test_the_demos_day_is_played_in_both_at_once(database_url: str) -> None:
    settings = {"baton_tick_seconds": 0.2, "baton_encryption_keys": new_key()}
    with town(database_url, start=DAWN, settings=settings, kind=TwinTown) as living:
        scenes = living.app.bot.scenes
        checks = Player(living.slack, scenes, FIRST_DAY, rest=living.settle).play()
        assert [(check.told, check.why) for check in checks if check.why] == []
        assert {check.scene for check in checks} >= STORY.keys()


def _rows(living: Town, team_id: str) -> dict[str, int]:
    """How many rows of each table are of a workspace."""
    tables = [each for each in metadata().sorted_tables if "team_id" in each.c]
    with living.app.bot.database.engine.connect() as connection:
        return {
            table.name: connection.scalar(
                select(func.count()).select_from(table).where(table.c.team_id == team_id)
            )
            or 0
            for table in tables
        }


def _alone(living: Town, name: str, *, there: bool) -> Person:
    """Somebody who acts in one of the workspaces only."""
    assert isinstance(living.slack, TwinClient)
    living.slack.alone = "one of them alone"
    return Person(living.slack.there_unmarked if there else living.slack.here, name)


@pytest.mark.needs("asks", "decisions")
def test_what_happens_in_one_alone_leaves_nothing_in_the_other(quiet: Town) -> None:
    before, entries = _rows(quiet, FIRST.id), len(quiet.slack.journal())
    tom = _alone(quiet, "Tom", there=True)
    ts = tom.says("#infra", "@Priya can you raise the pool size to 20?")
    tom.types("#infra", "/ask @Sam is the licence renewed?")
    quiet.settle()
    tom.picks("Log a decision", "#infra", ts)
    tom.fills_in({"Decision": "Postgres for the job queue"})
    quiet.advance(days=2)
    first, second = _rows(quiet, FIRST.id), _rows(quiet, SECOND.id)
    for kept in ("messages", "asks", "decisions"):
        assert first[kept] == before[kept]
        assert second[kept] > before[kept]
    assert not [entry for entry in quiet.slack.journal(entries) if "Postgres" in entry["text"]]


@pytest.mark.needs("decisions")
def test_a_search_finds_what_its_own_workspace_decided(quiet: Town) -> None:
    for there, title in ((False, "Postgres for the queue"), (True, "Redis for the queue")):
        tom = _alone(quiet, "Tom", there=there)
        ts = tom.says("#infra", "Agreed then.")
        quiet.settle()
        tom.picks("Log a decision", "#infra", ts)
        tom.fills_in({"Decision": title})
        quiet.settle()
    for there, own, other in ((False, "Postgres", "Redis"), (True, "Redis", "Postgres")):
        mei = _alone(quiet, "Mei", there=there)
        mei.types("#infra", "/decision find queue")
        quiet.settle()
        found = [each["text"] for each in mei.slack.journal() if each["kind"] == "ephemeral"][-1]
        assert "D-1" in found
        assert own in found
        assert other not in found
        mei.types("#infra", f"/decision find {other.lower()}")
        quiet.settle()
        told = [each["text"] for each in mei.slack.journal() if each["kind"] == "ephemeral"][-1]
        assert "I found no decision" in told


def _sealed_buttons(view: Json) -> Iterator[Json]:
    for block in view["blocks"]:
        for element in block.get("elements", []):
            if element["type"] == "button" and element.get("value", "").startswith("t:"):
                yield element


@pytest.mark.needs("asks", "home")
def test_h33_a_button_of_one_workspace_pressed_in_the_other_is_refused(quiet: Town) -> None:
    quiet.tom.says("#infra", "@Priya can you raise the pool size to 20?")
    quiet.settle()
    quiet.priya.opens_home()
    quiet.settle()
    homes = [slack.world.homes["U0PRIYA00"].payload for slack in quiet.server.workspaces]
    mine, other = (next(_sealed_buttons(home)) for home in homes)
    assert mine["text"] == other["text"]
    assert mine["value"] != other["value"]
    for name in ("value", "action_id"):
        mine[name] = other[name]
    _alone(quiet, "Priya", there=False).presses(mine["text"]["text"])
    quiet.settle()
    assert "This button is no longer good." in quiet.forms_of(quiet.priya)[-1]
    with quiet.app.bot.reading() as (session, _):
        refused = [each.action for each in audit.entries(session, FIRST.id)]
        assert audit.entries(session, SECOND.id) == []
    assert refused


@pytest.mark.needs("coach")
def test_hinted(lively: Town) -> None:
    lively.sets("coach.mode", "on")
    lively.nobody_is_new()
    test_coach.test_a_naked_hello_gets_its_author_one_private_hint(lively)


test_agreed = test_decisions.test_a_decision_gets_a_number_a_card_and_is_found
test_answered = test_asks_story.test_asked_in_berlin_and_answered_from_the_digest_in_san_francisco
test_away = test_availability.test_nobody_is_reminded_while_they_are_away
test_erased = test_privacy.test_erasing_asks_first_and_leaves_nothing
test_handed_over = (
    test_handoffs_batons.test_what_is_handed_over_is_taken_and_done_in_the_next_ones_day
)
test_met = test_people_and_channels.test_a_new_zone_and_a_new_role_are_noticed_at_once
test_on_call = (
    test_redphone_rotations.test_people_take_turns_by_the_week_and_are_reminded_before_theirs
)
test_paged = test_redphone.test_a_page_reaches_whoever_is_on_call_and_the_caller_follows_it
test_proposed = test_decisions_proposals.test_reviewers_speak_and_a_concern_is_raised_and_settled
test_seen_on_home = test_home.test_the_home_page_brings_all_features_together
test_stood_up = test_handoffs_standup.test_a_day_over_the_zones_with_a_late_one_and_a_skipped_one
test_told_in_channels = test_digest_channels.test_a_channel_gets_one_at_its_own_time_on_weekdays
test_told_in_the_morning = (
    test_digest.test_everybody_enrolled_gets_one_digest_at_nine_their_own_time
)
