"""Digests in the language of those who read them, from a model's drafts to what Slack shows."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.core.agreement.setting import person_scope
from bot.playground.client import Person
from tests.support.messages_api import KEY, Action, MessagesApi, lines, ok, refusal, status
from tests.support.town import Town, town

pytestmark = pytest.mark.needs("digest")

NIGHT_IN_BERLIN = datetime(2026, 10, 6, 20, 0, tzinfo=UTC)
SOON_NINE_IN_BERLIN = datetime(2026, 10, 7, 6, 50, tzinfo=UTC)
NINE_IN_BERLIN = datetime(2026, 10, 7, 7, 0, tzinfo=UTC)
SAID = "The pump in tank 3 is back since 14:20 and it holds the pressure, so nobody has to stay up."
QUOTE = "The pump in tank 3 is back since 14:20"
WORDED = {
    "text": "A1 reports that the pump in tank 3 is back since 14:20 and nobody has to stay up.",
    "source_ids": ["S1"],
    "quote": QUOTE,
    "kind": "update",
}
IN = {
    "pt": "A1 relata que a bomba do tanque 3 voltou às 14:20 e ninguém precisa ficar acordado.",
    "de": "A1 meldet, dass die Pumpe in Tank 3 seit 14:20 läuft und niemand wach bleiben muss.",
}
SHOWN = {language: text.replace("A1", "@Mei") for language, text in IN.items()}
ENGLISH = str(WORDED["text"]).replace("A1", "@Mei")


def _language(asked: dict[str, Any]) -> str:
    """The language that a request wants lines in; "": it wants them drafted."""
    text = json.dumps(asked)
    return next((each for each in IN if f"the code {each}." in text), "")


def _translates(asked: dict[str, Any]) -> Action:
    language = _language(asked)
    if not language:
        return lines(WORDED)
    return ok(json.dumps({"lines": [{"id": "S1", "text": IN[language]}]}))


@pytest.fixture
def api() -> Iterator[MessagesApi]:
    with MessagesApi(_translates) as running:
        yield running


@pytest.fixture
def worded(database_url: str, api: MessagesApi) -> Iterator[Town]:
    settings = {
        "anthropic_api_key": KEY,
        "anthropic_base_url": api.url,
        "baton_model_timeout_seconds": 5.0,
    }
    with town(database_url, settings=settings) as living:
        living.ana.moves_to("Europe/Berlin")  # where she still reads Portuguese
        living.settle()
        yield living


def _drafted_ahead(town: Town) -> None:
    town.move_to(NIGHT_IN_BERLIN)
    town.mei.says("#infra", SAID)
    town.move_to(SOON_NINE_IN_BERLIN)
    town.settle()


def _digest(town: Town, reader: Person) -> str:
    town.move_to(NINE_IN_BERLIN)
    town.settle()
    return next(text for text in town.writes_to(reader) if "digest" in text.casefold())


def _asked(api: MessagesApi) -> list[str]:
    return sorted(_language(entry["body"]) for entry in api.journal)


@pytest.mark.slow
@pytest.mark.alone("a translation of words that are none is refused")
def test_each_reads_the_same_slice_in_their_language_with_the_words_it_rests_on(
    worded: Town, api: MessagesApi
) -> None:
    _drafted_ahead(worded)
    for reader, language in ((worded.ana, "pt"), (worded.tom, "de")):
        digest = _digest(worded, reader)
        assert SHOWN[language] in digest
        assert f"“{QUOTE}”" in digest
        assert ENGLISH not in digest
    assert _asked(api) == ["", "de", "pt"], "one draft, and one translation for each language"
    assert api.rejected == []


@pytest.mark.parametrize(
    "action",
    [
        status(429),
        refusal(),
        Action("broken_json"),
        ok('{"lines": []}'),
        ok(json.dumps({"lines": [{"id": "S1", "text": IN["de"].replace("14:20", "14:50")}]})),
        ok(json.dumps({"lines": [{"id": "S1", "text": f"{IN['de']} evil.example/x"}]})),
    ],
    ids=["429", "refusal", "broken", "missing", "number", "link"],
)
def test_what_cannot_be_translated_stays_as_it_was_worded(
    worded: Town, api: MessagesApi, action: Action
) -> None:
    api.default = lambda asked: action if _language(asked) else lines(WORDED)
    _drafted_ahead(worded)
    digest = _digest(worded, worded.tom)
    assert ENGLISH in digest
    assert f"“{QUOTE}”" in digest
    assert "evil" not in digest


def test_nothing_is_translated_for_those_who_do_not_want_it(worded: Town, api: MessagesApi) -> None:
    for name in ("Tom", "Ivo", "Noor", "Ana"):
        user_id = worded._id(worded.slack.person(name))
        worded.sets("digest.translate", value=False, scope=person_scope(user_id))
    _drafted_ahead(worded)
    assert ENGLISH in _digest(worded, worded.tom)
    assert _asked(api) == [""]


def test_lines_are_not_asked_for_in_the_language_they_are_in(
    worded: Town, api: MessagesApi
) -> None:
    german = WORDED | {"text": IN["de"], "quote": "die Pumpe in Tank 3 seit 14:20 läuft"}
    api.default = lambda asked: lines(german) if not _language(asked) else _translates(asked)
    worded.move_to(NIGHT_IN_BERLIN)
    worded.mei.says("#infra", IN["de"].replace("A1 meldet, dass ", ""))
    worded.move_to(SOON_NINE_IN_BERLIN)
    worded.settle()
    assert "de" not in _asked(api)


def test_a_translation_goes_with_the_words_it_rests_on(worded: Town) -> None:
    worded.move_to(NIGHT_IN_BERLIN)
    ts = worded.mei.says("#infra", SAID)
    worded.move_to(SOON_NINE_IN_BERLIN)
    worded.settle()
    assert _translations(worded) > 0
    worded.mei.edits("#infra", ts, "The pump broke again.")
    worded.settle()
    assert _translations(worded) == 0
    assert "14:20" not in _digest(worded, worded.tom)


def _translations(town: Town) -> int:
    with town.app.bot.database.engine.connect() as connection:
        query = "SELECT count(*) FROM digest_translations"
        return int(connection.exec_driver_sql(query).scalar_one())
