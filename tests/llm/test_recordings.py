"""Recorded replies of a model, good and bad, through the real client against a local server."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli.live_evaluation import material_in
from bot.core.bot import Bot
from bot.core.clock import SystemClock
from bot.core.db import Database
from bot.core.drafting import Draft, DraftRequest
from bot.llm.client import MessagesClient
from bot.llm.drafter import ModelDrafter
from bot.llm.models import DraftRow
from tests.support.installed import installed
from tests.support.messages_api import KEY, MessagesApi, recorded

pytestmark = pytest.mark.needs("digest")  # whose prompt and cases these are

FOLDER = Path(__file__).parents[1] / "recordings/digest"
CASES = sorted(FOLDER.glob("*.json"))


@pytest.fixture(scope="module")
def api() -> Iterator[MessagesApi]:
    with MessagesApi() as running:
        yield running


def _draft(bot: Bot, api: MessagesApi, case: dict[str, Any]) -> Draft:
    client = MessagesClient(KEY, api.url)
    drafter = ModelDrafter(bot, client, model="claude-haiku-5-5", daily_cap=10**7, seconds=10)
    material = material_in(FOLDER / "slices" / f"{case['slice']}.json")
    api.will(recorded(case))
    return drafter.draft(DraftRequest("T1", "digest/channel", material))


def test_there_are_enough_recordings() -> None:
    assert len(CASES) >= 40


@pytest.mark.slow
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_recorded_reply_becomes_what_it_may(
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
    assert row.drops == expected["drops"] | expected["changes"]
    assert draft.is_plain is (expected["outcome"] != "drafted")
    if not draft.is_plain:
        assert len(draft.lines) == row.lines_kept == expected["kept"]
    for line in draft.lines:
        assert not set("<>@*") & set(line.text)
        assert "evil" not in line.text or draft.is_plain
