"""Recorded replies about threads, through the real client and a local server."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from bot.core.bot import Bot
from bot.core.clock import SystemClock
from bot.core.db import Database
from bot.core.drafting import DraftRequest, Place, Said
from bot.features.decisions.rules import extracting
from bot.features.decisions.rules.filled import Filled
from bot.features.decisions.rules.prefilling import prefill
from bot.features.decisions.rules.threads import Spoken
from bot.llm import prompts
from bot.llm.client import MessagesClient
from bot.llm.drafter import ModelDrafter
from bot.llm.models import DraftRow
from tests.support.installed import installed
from tests.support.messages_api import KEY, MessagesApi, recorded

FOLDER: Final = Path(__file__).parents[2] / "recordings/decisions"
CASES: Final = sorted(FOLDER.glob("*.json"))
TODAY: Final = date(2026, 10, 6)


@pytest.fixture(scope="module")
def api() -> Iterator[MessagesApi]:
    with MessagesApi() as running:
        yield running


def _thread(case: dict[str, Any]) -> list[Spoken]:
    spoken = []
    for place, line in enumerate(case["thread"]):
        name, _, text = line.partition(": ")
        ts = f"1791273600.{place:06d}"
        spoken.append(Spoken(ts, f"U0{name.upper()}", name, text, text, TODAY))
    return spoken


def _shown(found: Filled) -> str:
    """Everything that somebody gets to read of it, and who is picked."""
    fields = [
        f"{name}: {getattr(found.fields, name)}"
        for name in dict.fromkeys(extracting.FIELDS.values())
    ]
    flags = [f"flags: {' '.join(found.flags)}", *(f"unsettled: {each}" for each in found.unsettled)]
    return "\n".join([*fields, *flags])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_of_a_recorded_reply_people_are_offered_only_what_holds(
    path: Path, api: MessagesApi, sqlite_url: str
) -> None:
    case = json.loads(path.read_text())
    database = Database(sqlite_url)
    bot = installed(Bot(database, SystemClock(), SystemClock()))
    client = MessagesClient(KEY, api.url)
    drafter = ModelDrafter(bot, client, model="claude-haiku-5-5", daily_cap=10**7, seconds=10)
    spoken = _thread(case)
    at = datetime(2026, 10, 6, 8, tzinfo=UTC)
    given = extracting.material(
        [Said(Place("C1", each.ts), each.author_id, each.text, at) for each in spoken]
    )
    api.will(recorded(case))
    draft = drafter.draft(DraftRequest("T1", extracting.PROMPT, given, wanted=extracting.WANTED))
    with database.reading() as session:
        row = session.query(DraftRow).one()
    database.close()
    assert api.rejected == []
    assert draft.outcome == row.outcome == case["expect"]["outcome"]
    assert {name: row.drops[name] for name in case["expect"]["drops"]} == case["expect"]["drops"]
    by_rules = prefill(spoken, spoken[2].ts, TODAY)
    names = {each.author_id: each.name for each in spoken}
    found = extracting.extracted(draft, given, names, by_rules, TODAY) or by_rules
    shown = _shown(found)
    assert [piece for piece in case["told"] if piece not in shown] == []
    assert [piece for piece in case["hidden"] if piece in shown] == []


def test_somebody_who_has_a_form_open_gets_the_draft_within_half_a_minute() -> None:
    about = prompts.load(extracting.PROMPT).about
    assert about.deadline_seconds <= 30
    assert about.max_output_tokens <= 2_000


def test_the_longest_thread_that_a_model_gets_fits_the_prompt() -> None:
    at = datetime(2026, 10, 6, 8, tzinfo=UTC)
    said = [
        Said(Place("C1", f"{number}.0"), f"U{number % 9}", "It is one thing less to run. " * 8, at)
        for number in range(400)
    ]
    given = extracting.material(said)
    assert len(given.sources) == extracting.LONGEST
    assert given.sources[0].place.ts == "0.0"
    assert given.sources[-1].place.ts == "399.0"
