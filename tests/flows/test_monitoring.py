"""What whoever looks after the processes can ask each of them, over HTTP."""

import re
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import select

from bot.core.db import Database
from bot.core.inbox import InboxRow
from tests.support.ports import free_port
from tests.support.processes import Processes, processes

ROOT = Path(__file__).parents[2]
LABELS = {"outcome", "queue", "state", "le", "version"}


def _ask(port: int, path: str) -> httpx2.Response:
    return httpx2.get(f"http://127.0.0.1:{port}{path}", timeout=10, trust_env=False)


def _samples(port: int) -> dict[str, float]:
    answer = _ask(port, "/metrics")
    assert answer.status_code == 200
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


@pytest.mark.needs("home")
def test_one_process_tells_of_itself_and_the_door_tells_no_figures(
    database_url: str, tmp_path: Path
) -> None:
    port = free_port()
    with processes(database_url, tmp_path, "run", BATON_METRICS_PORT=str(port)) as town:
        town.slack.person("Tom").opens_home()
        town.slack.person("Tom").types("#infra", "/baton help")
        town.waits_for(lambda: town.lines(event="sent", method="views.publish"))
        for each in (port, town.door):
            assert _ask(each, "/healthz").text == "alive\n"
            assert _ask(each, "/readyz").text.startswith("ready\n")
        assert _ask(town.door, "/metrics").status_code == 404
        found = _samples(port)
        text = _ask(port, "/metrics").text
    page = (ROOT / "docs/running.md").read_text()
    assert [name for name in re.findall(r"# TYPE (baton_\w+)", text) if name not in page] == []
    assert found['baton_events_total{outcome="stored"}'] >= 1
    assert found['baton_events_total{outcome="duplicate"}'] == 0
    assert found['baton_events_dealt_with_total{outcome="done"}'] >= 1
    assert found['baton_sends_total{outcome="sent"}'] >= 1
    assert found["baton_answer_seconds_count"] == 1
    assert found["baton_acknowledge_seconds_count"] >= 1
    assert found['baton_jobs_total{outcome="failed"}'] == 0
    assert found['baton_jobs_total{outcome="done"}'] > 0
    assert found['baton_queue_rows{queue="inbox",state="dead"}'] == 0
    assert found["baton_redphone_pages"] == 0
    assert found["baton_model_spend_dollars"] == 0
    assert found["baton_slack_unwell"] == 0
    assert found["baton_database_up"] == 1
    assert found["process_resident_memory_bytes"] > 0
    assert set(re.findall(r'[{,](\w+)="', text)) <= LABELS
    assert not re.search(r'"[UWTCDE]0', text), "no label names anybody, nor a place"


def test_each_process_has_its_own(database_url: str, tmp_path: Path) -> None:
    ports = {"web": free_port(), "worker": free_port()}
    given = {name: {"BATON_METRICS_PORT": str(port)} for name, port in ports.items()}
    with processes(database_url, tmp_path, "web", "worker", each=given) as town:
        town.slack.person("Tom").says("#infra", "hello")
        town.waits_for(lambda: town.lines(event="events dealt with"))
        web, worker = (_samples(ports[name]) for name in ("web", "worker"))
        assert _ask(ports["worker"], "/readyz").status_code == 200
    assert web['baton_events_total{outcome="stored"}'] >= 1
    assert worker['baton_events_total{outcome="stored"}'] == 0
    assert worker['baton_events_dealt_with_total{outcome="done"}'] >= 1
    assert web["baton_event_lag_seconds_count"] == 0


def test_an_address_that_is_taken_stops_nothing(database_url: str, tmp_path: Path) -> None:
    port = str(free_port())
    with processes(database_url, tmp_path, "web", "worker", BATON_METRICS_PORT=port) as town:
        told = town.lines(level="warning")
        assert _ask(int(port), "/healthz").status_code == 200
    assert [line["event"] for line in told] == [
        "nobody can ask how this process is: the address is not free"
    ]


def _is_degraded(town: Processes) -> bool:
    return _ask(town.door, "/readyz").text.startswith("degraded\n")


@pytest.mark.needs("home")
def test_f16_while_slack_answers_nothing_the_door_stays_open(
    database_url: str, tmp_path: Path
) -> None:
    with processes(database_url, tmp_path, "run") as town:
        town.slack.faults(methods=[{"method": "*", "status": 503, "times": 1_000}])
        town.slack.person("Tom").opens_home()
        town.waits_for(lambda: _is_degraded(town))
        answer = _ask(town.door, "/readyz")
        assert answer.status_code == 200
        assert _ask(town.door, "/healthz").status_code == 200
        town.slack.faults()
        town.waits_for(lambda: _ask(town.door, "/readyz").text.startswith("ready\n"))


@pytest.mark.parametrize("command", ["run", "web"])
def test_f16_what_comes_is_taken_in_where_slack_answers_nothing_from_the_start(
    command: str, database_url: str, tmp_path: Path
) -> None:
    with processes(database_url, tmp_path, command) as town:
        (app,) = town.apps.values()
        app.kill()
        town.slack.faults(methods=[{"method": "*", "status": 503, "times": 1_000}])
        app.start()
        town.waits_for(lambda: town.lines(event="slack does not answer yet, trying again"))
        town.slack.person("Tom").says("#infra", "hello")
        town.waits_for(lambda: _is_taken_in(database_url))
        answer = _ask(town.door, "/readyz")
        town.slack.faults()
        town.waits_for(lambda: len(town.lines(event="ready")) == 2)
        if command == "run":
            town.waits_for(lambda: town.lines(event="events dealt with"))
    assert answer.status_code == 200
    assert "slack: has not answered yet" in answer.text


def _is_taken_in(database_url: str) -> bool:
    database = Database(database_url)
    with database.reading() as session:
        found = session.scalar(select(InboxRow.event_id).limit(1))
    database.close()
    return found is not None
