"""One id, in the logs of all processes: from what came in to what went out."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.core.db import Database
from bot.core.message_store import MessageRow
from tests.support.processes import Line, Processes, processes


def _of(town: Processes, trace: str) -> list[Line]:
    """The lines that `grep` finds with an id."""
    return [line for line in town.lines() if trace in (line.get("trace"), *line.get("traces", ()))]


def _sent(town: Processes, trace: str) -> list[Line]:
    return [line for line in _of(town, trace) if line["event"] == "sent"]


def _said(lines: list[Line]) -> list[str]:
    return [line["event"] for line in lines]


def _is_stored(word: str, database: Database) -> bool:
    with database.reading() as session:
        return any(word in row.text for row in session.scalars(select(MessageRow)))


@pytest.mark.needs("home")
def test_an_event_is_followed_from_the_door_to_slack(database_url: str, tmp_path: Path) -> None:
    with processes(database_url, tmp_path, "web", "worker") as town:
        town.slack.person("Tom").opens_home()
        town.waits_for(lambda: town.lines(event="sent", method="views.publish"))
        trace = town.lines(event="sent", method="views.publish")[0]["trace"]
        town.waits_for(lambda: "events dealt with" in _said(_of(town, trace)))
        found = _of(town, trace)
    assert UUID(trace).version == 7
    assert sorted(_said(found)) == ["events dealt with", "events received", "queued", "sent"]
    assert found[0]["event"] == "events received", "it begins at the door"
    (queued,) = [line for line in found if line["event"] == "queued"]
    (sent,) = [line for line in found if line["event"] == "sent"]
    assert queued["rows"] == [sent["row"]]
    assert town.apps["web"].log.read_text().count(trace) == 1
    assert town.apps["worker"].log.read_text().count(trace) == 3


@pytest.mark.needs("decisions")
def test_a_form_is_followed_from_the_click_to_the_card(database_url: str, tmp_path: Path) -> None:
    with processes(database_url, tmp_path, "web", "worker") as town:
        tom = town.slack.person("Tom")
        ts = tom.says("#infra", "We take Postgres.")
        tom.picks("Log a decision", "#infra", ts)
        tom.fills_in({})
        (form,) = town.lines(event="interaction", kind="FormSubmitted")
        town.waits_for(lambda: _sent(town, form["trace"]))
        found = _said(_of(town, form["trace"]))
    assert found[:2] == ["interaction", "queued"]
    assert "sent" in found
    assert len(town.lines(event="interaction")) == 2
    assert len({line["trace"] for line in town.lines(event="interaction")}) == 2


def test_what_the_clock_begins_has_an_id_of_its_own(database_url: str, tmp_path: Path) -> None:
    with processes(database_url, tmp_path, "run", socket_mode=True) as town:
        town.waits_for(lambda: town.lines(event="sent", method="chat.postMessage"))
        first = town.lines(event="sent", method="chat.postMessage")[0]
        found = _said(_of(town, first["trace"]))
    assert "queued" in found
    assert "events received" not in found, "Slack is asked by a job about who is in there"


def test_nothing_of_what_people_wrote_stands_in_the_log(database: Database, tmp_path: Path) -> None:
    with processes(database.url, tmp_path, "run", socket_mode=True) as town:
        town.slack.person("Tom").says("#infra", "a word that is nobody's business")
        town.waits_for(lambda: _is_stored("business", database))
        town.waits_for(lambda: town.lines(event="events dealt with"))
    assert "business" not in str(town.lines())
