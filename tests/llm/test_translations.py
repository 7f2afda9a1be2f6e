"""Recorded translations of a model, good and bad, through the real client to a local server."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.core.bot import Bot
from bot.core.clock import SystemClock
from bot.core.db import Database
from bot.core.drafting import Draft, DraftRequest, Material, Place, Source
from bot.llm.client import MessagesClient
from bot.llm.drafter import ModelDrafter
from bot.llm.models import DraftRow
from tests.support.installed import installed
from tests.support.messages_api import KEY, MessagesApi, recorded

pytestmark = pytest.mark.needs("digest")  # whose prompt and cases these are

FOLDER = Path(__file__).parents[1] / "recordings/translations"
CASES = sorted(FOLDER.glob("*.json"))


@pytest.fixture(scope="module")
def api() -> Iterator[MessagesApi]:
    with MessagesApi() as running:
        yield running


def _material(case: dict[str, Any]) -> Material:
    texts = json.loads((FOLDER / "lines" / f"{case['slice']}.json").read_text())
    at = datetime(2026, 10, 7, tzinfo=UTC)
    sources = [
        Source(f"S{number}", "U1", text, Place("C1", f"{number}.0"), "", at)
        for number, text in enumerate(texts, 1)
    ]
    return Material(sources, {f"A{number}": f"U{number}" for number in range(1, 5)})


def _draft(bot: Bot, api: MessagesApi, case: dict[str, Any]) -> Draft:
    client = MessagesClient(KEY, api.url)
    drafter = ModelDrafter(bot, client, model="claude-haiku-5-5", daily_cap=10**7, seconds=10)
    api.will(recorded(case))
    values = {"language": case["language"]}
    return drafter.draft(DraftRequest("T1", "digest/translate", _material(case), values))


@pytest.mark.slow
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_recorded_translation_becomes_what_it_may(
    path: Path, api: MessagesApi, sqlite_url: str
) -> None:
    case = json.loads(path.read_text())
    expected = case["expect"]
    database = Database(sqlite_url)
    bot = installed(Bot(database, SystemClock(), SystemClock()))
    draft = _draft(bot, api, case)
    with database.reading() as session:
        row = session.query(DraftRow).one()
    database.close()
    assert api.rejected == []
    assert draft.outcome == row.outcome == expected["outcome"]
    assert row.drops == expected["drops"]
    assert draft.is_plain is (expected["outcome"] != "drafted")
    if not draft.is_plain:
        assert len(draft.lines) == row.lines_kept == expected["kept"]
        ids = [line.source_ids[0] for line in draft.lines]
        assert ids == sorted(ids), "in the order of the lines they stand for"


def test_the_model_gets_the_lines_the_language_and_nobody(
    api: MessagesApi, sqlite_url: str
) -> None:
    case = json.loads((FOLDER / "good_pt.json").read_text())
    database = Database(sqlite_url)
    _draft(installed(Bot(database, SystemClock(), SystemClock())), api, case)
    database.close()
    asked = json.dumps(api.journal[-1]["body"])
    assert "the code pt." in asked
    assert "A1 reports that the pump" in asked
    assert "U1" not in asked
