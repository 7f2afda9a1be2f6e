"""Recorded replies about drafts and heated messages, through the real client and a local server."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from bot.core.bot import Bot
from bot.core.clock import SystemClock
from bot.core.db import Database
from bot.core.drafting import Draft, DraftRequest, Place
from bot.core.render import plain
from bot.features.coach.rules import kindly, rewriting, template
from bot.features.coach.rules.template import Sentence
from bot.llm import prompts
from bot.llm.client import MessagesClient
from bot.llm.drafter import ModelDrafter
from bot.llm.models import DraftRow
from tests.support.installed import installed
from tests.support.messages_api import KEY, MessagesApi, recorded

FOLDER: Final = Path(__file__).parents[2] / "recordings/coach"
CASES: Final = sorted(FOLDER.glob("*.json"))
NAMES: Final = {"U0ANA": "Ana", "U0TOM": "Tom", "U0PRIYA": "Priya"}
AT: Final = datetime(2026, 10, 6, 8, tzinfo=UTC)
HERE: Final = Place("D1", "1.0")


@pytest.fixture(scope="module")
def api() -> Iterator[MessagesApi]:
    with MessagesApi() as running:
        yield running


def _request(case: dict[str, Any]) -> DraftRequest:
    text = case["text"]
    if case["prompt"] == kindly.PROMPT:
        material, wanted = kindly.material(text, HERE, "U0PRIYA", AT), kindly.WANTED
    else:
        said = template.sentences_of(text)
        material, wanted = rewriting.material(said, HERE, "U0TOM", AT), rewriting.WANTED
    return DraftRequest("T1", case["prompt"], material, wanted=wanted)


def _told(case: dict[str, Any], request: DraftRequest, draft: Draft) -> str:
    """Everything that people get to read of it."""
    if case["prompt"] == kindly.PROMPT:
        worded = kindly.worded(draft)
        return " ".join((*worded.readings, *worded.replies)) if worded else ""
    said = template.sentences_of(case["text"])
    readable = [
        Sentence(plain(template.spelled_out(each.text), NAMES), each.begins_line) for each in said
    ]
    parts = template.parts_from(readable)
    if not draft.is_plain:
        found = rewriting.rewritten(draft, request.material, said, readable, NAMES)
        parts = found or parts
    return " ".join(f"{line.text}" for line in template.as_template(parts, ()))


@pytest.mark.slow
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_of_a_recorded_reply_people_read_what_holds_and_all_that_was_written(
    path: Path, api: MessagesApi, sqlite_url: str
) -> None:
    case = json.loads(path.read_text())
    database = Database(sqlite_url)
    bot = installed(Bot(database, SystemClock(), SystemClock()))
    client = MessagesClient(KEY, api.url)
    drafter = ModelDrafter(bot, client, model="claude-haiku-5-5", daily_cap=10**7, seconds=10)
    request = _request(case)
    api.will(recorded(case))
    draft = drafter.draft(request)
    with database.reading() as session:
        row = session.query(DraftRow).one()
    database.close()
    assert api.rejected == []
    assert draft.outcome == row.outcome == case["expect"]["outcome"]
    assert row.drops == case["expect"]["drops"]
    told = _told(case, request, draft)
    assert [piece for piece in case["told"] if piece not in told] == []
    assert [piece for piece in case["hidden"] if piece in told] == []


@pytest.mark.parametrize("prompt_id", [rewriting.PROMPT, kindly.PROMPT])
def test_a_call_is_small_and_somebody_waits_no_longer_than_eight_seconds(prompt_id: str) -> None:
    about = prompts.load(prompt_id).about
    assert about.max_output_tokens <= 1_000
    assert about.max_input_tokens <= 2_500
    assert about.deadline_seconds <= 8


def test_the_longest_draft_that_is_put_in_order_either_fits_or_stays_plain(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    bot = installed(Bot(database, SystemClock(), SystemClock()))
    client = MessagesClient(KEY, "http://127.0.0.1:9")
    drafter = ModelDrafter(bot, client, model="claude-haiku-5-5", daily_cap=10**7, seconds=10)
    text = "It broke. " * (rewriting.LONGEST // 10)
    draft = drafter.draft(_request({"prompt": rewriting.PROMPT, "text": text}))
    database.close()
    assert (draft.outcome, draft.is_plain) == ("too_much_material", True)
