"""Recorded replies about a day, through the real client and a local server."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.bot import Bot
from bot.core.clock import SystemClock
from bot.core.db import Database
from bot.core.drafting import DraftRequest, Place, Said
from bot.features.handoffs.rules import drafting
from bot.features.handoffs.rules.drafting import Cited, Drawn, Fuller
from bot.features.handoffs.rules.items import Item
from bot.llm import prompts
from bot.llm.client import MessagesClient
from bot.llm.drafter import ModelDrafter
from bot.llm.models import DraftRow
from tests.support.installed import installed
from tests.support.messages_api import KEY, MessagesApi, recorded

FOLDER: Final = Path(__file__).parents[2] / "recordings/handoffs"
CASES: Final = sorted(FOLDER.glob("*.json"))
AT: Final = datetime(2026, 10, 6, 8, tzinfo=UTC)
TOM: Final = "U0TOM"
ROOT: Final = "1791273600.000000"


@pytest.fixture(scope="module")
def api() -> Iterator[MessagesApi]:
    with MessagesApi() as running:
        yield running


def _day(case: dict[str, Any]) -> list[Said]:
    spoken = []
    for place, line in enumerate(case["day"]):
        name, _, text = line.partition(": ")
        where = Place("C1", f"1791273600.{place:06d}")
        spoken.append(Said(where, f"U0{name.upper()}", text, AT))
    return spoken


def _shown(found: Fuller) -> str:
    """Everything that somebody gets to read of it."""
    details = [
        f"{name}: {getattr(item, name)}"
        for item in found.items
        for name in drafting.DETAILS
        if getattr(item, name)
    ]
    items = [f"item: {each.what}" for each in found.items]
    done = [f"done: {each.what}" for each in found.done]
    return "\n".join([*done, *items, *details, *filter(None, [found.watch_out])])


def _link(line: Drawn, cited: Cited) -> str:
    return f"https://slack/{line.channel_id}/{cited.ts}"


@pytest.mark.slow
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_of_a_recorded_reply_people_are_offered_only_what_holds(
    path: Path, api: MessagesApi, sqlite_url: str
) -> None:
    case = json.loads(path.read_text())
    database = Database(sqlite_url)
    bot = installed(Bot(database, SystemClock(), SystemClock()))
    client = MessagesClient(KEY, api.url)
    drafter = ModelDrafter(bot, client, model="claude-haiku-5-5", daily_cap=10**7, seconds=10)
    said = _day(case)
    material = drafting.material(said)
    author = material.alias_of(TOM)
    api.will(recorded(case))
    draft = drafter.draft(
        DraftRequest("T1", drafting.PROMPT, material, {"author": author}, wanted=drafting.WANTED)
    )
    with database.reading() as session:
        row = session.query(DraftRow).one()
    database.close()
    assert api.rejected == []
    assert draft.outcome == row.outcome == case["expect"]["outcome"]
    assert {name: row.drops[name] for name in case["expect"]["drops"]} == case["expect"]["drops"]
    lines = drafting.drawn(draft, material, TOM, {each.place.ts: ROOT for each in said})
    kept = drafting.from_data(json.loads(json.dumps(drafting.as_data(lines))))
    assert kept == lines, "it stays the same in the database"
    names = {"U0ANA": "Ana", "U0TOM": "Tom"}
    found = drafting.fuller(kept, partial(drafting.named, names=names, author_id=TOM), _link)
    shown = _shown(found)
    assert [piece for piece in case["told"] if piece not in shown] == []
    assert [piece for piece in case["hidden"] if piece in shown] == []
    assert all(each.links for each in (*found.done, *found.items)), "each has its proof"


def test_people_are_called_by_name_and_the_author_is_i() -> None:
    people = {"A1": TOM, "A2": "U0ANA", "A3": "U0MEI"}
    line = Drawn("done", "A1 told A2 and A3 of A7.", "C1", (), people)
    named = drafting.named(line, {"U0ANA": "Ana", TOM: "Tom"}, TOM)
    assert named == "I told Ana and somebody of A7."


_WORDS = st.sampled_from(["", "one", "two"])
_SOME = st.builds(
    Item,
    st.sampled_from(["a", "A ", "b", "c"]),
    why=_WORDS,
    next_step=_WORDS,
    watch_out=_WORDS,
    source=st.sampled_from(["", "message:C1|1", "message:C1|2", "ask:1"]),
)
_FOUND = st.builds(
    Fuller,
    st.lists(_SOME, max_size=4).map(tuple),
    st.lists(_SOME, max_size=4).map(tuple),
    _WORDS,
)


@given(_SOME, _FOUND)
def test_what_somebody_said_about_an_item_is_never_changed(known: Item, found: Fuller) -> None:
    whole = drafting.completed(known, found)
    for name in drafting.DETAILS:
        before = getattr(known, name)
        assert getattr(whole, name) == before or not before
    assert (whole.what, whole.source, whole.links) == (known.what, known.source, known.links)


@given(st.lists(_SOME, max_size=4), st.lists(_SOME, max_size=4), _FOUND)
def test_nothing_that_is_known_is_offered_again(
    done: list[Item], items: list[Item], found: Fuller
) -> None:
    new = drafting.beside(found, done, items)
    words = {each.what.strip().casefold() for each in (*done, *items)}
    for each in (*new.done, *new.items):
        assert each.what.strip().casefold() not in words


def test_somebody_who_has_a_form_open_gets_the_draft_within_half_a_minute() -> None:
    about = prompts.load(drafting.PROMPT).about
    assert about.deadline_seconds <= 30
    assert about.max_output_tokens <= 2_000


def test_of_a_long_day_a_model_gets_the_newest() -> None:
    said = [Said(Place("C1", f"{number}.0"), TOM, "It goes on.", AT) for number in range(200)]
    material = drafting.material(said)
    assert len(material.sources) == drafting.LONGEST
    assert material.sources[-1].place.ts == "199.0"
