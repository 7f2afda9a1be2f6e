"""A picture's way out, in two steps: whatever goes wrong, it is shown once; on both databases."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.core import dead_letters, pausing
from bot.core.charts import Bar, Chart, NoCharts, Panel, Picture
from bot.core.db import Database
from bot.core.outbox import Method
from bot.core.queue import State
from bot.core.render import mrkdwn
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.playground.world import BOT_USER_ID, Json
from tests.support.desk import PATIENCE, TEAM, Desk

TOM = "U0TOM0000"
PANEL = Panel("Asks a week", (Bar("5 Oct", 3, "3"),))
PICTURE = Picture(Chart("#infra", PANEL, PANEL), mrkdwn("*figures*"), "three asks")
PNG = b"\x89PNG\r\n\x1a\nfigures"
UPLOAD, SHARE = "files.getUploadURLExternal", "files.completeUploadExternal"


PASSING: tuple[dict[str, Any], ...] = (
    {"method": SHARE, "lose_answer": True},
    {"method": SHARE, "status": 429, "retry_after": "1"},
    {"method": UPLOAD, "status": 500},
    {"method": "upload", "status": 429, "retry_after": "1"},
    {"method": "upload", "status": 503, "times": 2},
)
REFUSALS: tuple[dict[str, Any], ...] = (
    {"method": UPLOAD, "error": "missing_scope"},
    {"method": "upload", "status": 413},
    {"method": SHARE, "error": "file_not_found"},
)


class Pencil:
    """Draws everything the same."""

    can_draw = True

    def draw(self, _chart: Chart) -> bytes:
        return PNG


def _desk(database: Database, server: LocalSlackServer) -> Desk:
    made = Desk(database, server)
    made.bot.charts = Pencil()
    _queue(made, "figures")
    return made


def _queue(desk: Desk, key: str) -> None:
    with desk.bot.begin(TEAM, during="job") as uow:
        uow.outbox.show_to_person(key, TOM, PICTURE, urgency="reply")


@pytest.fixture
def desk(database: Database, server: LocalSlackServer) -> Desk:
    """A sender with a picture to send, on both databases."""
    return _desk(database, server)


@pytest.fixture
def on_sqlite(sqlite_url: str, server: LocalSlackServer) -> Iterator[Desk]:
    """The same, for what is not about databases."""
    database = Database(sqlite_url)
    yield _desk(database, server)
    database.close()


def _shown(slack: LocalSlackClient) -> list[Json]:
    found = slack.person("Tom").direct_messages()
    assert {message["user"] for message in found} <= {BOT_USER_ID}
    return [file for message in found for file in message["files"]]


def _calls(slack: LocalSlackClient, what: str) -> int:
    return sum(call["what"] == what for call in slack.traffic())


def _work_on(desk: Desk) -> None:
    for _ in range(6):
        desk.work(4)
        desk.pass_time()


def test_it_is_shown_with_its_words_and_nothing_of_it_is_kept(
    on_sqlite: Desk, slack: LocalSlackClient
) -> None:
    on_sqlite.work(4)
    [file] = _shown(slack)
    assert file["alt_txt"] == "three asks"
    assert slack.file("Tom", file["id"]) == PNG
    row = on_sqlite.row("figures")
    assert (row.state, row.payload) == (State.DONE, {})


def test_a_sender_that_died_between_upload_and_showing_uploads_no_second_time(
    desk: Desk, slack: LocalSlackClient
) -> None:
    desk.sender.step()  # and here it died
    row = desk.row("figures")
    assert (row.state, row.method) == (State.READY, Method.SHARE)
    assert "chart" not in row.payload
    assert _shown(slack) == [], "nobody sees what was only uploaded"
    desk.work(4)
    assert len(_shown(slack)) == 1
    assert _calls(slack, UPLOAD) == 1


def test_a_sender_that_died_after_showing_shows_no_second_time(
    desk: Desk, slack: LocalSlackClient
) -> None:
    desk.sender.step()
    claim = desk.sender._claim()
    assert claim is not None
    desk.sender._call(claim[0].row, claim[1])  # and here it died
    _work_on(desk)
    assert len(_shown(slack)) == 1
    assert _calls(slack, SHARE) == 1
    assert desk.row("figures").state == State.DONE


def test_a_sender_that_died_while_uploading_is_made_good(
    on_sqlite: Desk, slack: LocalSlackClient
) -> None:
    assert on_sqlite.sender._claim() is not None  # and here it died
    on_sqlite.pass_time(PATIENCE * 2)
    on_sqlite.work(4)
    assert len(_shown(slack)) == 1


def test_what_fails_is_tried_again_and_shown_once(on_sqlite: Desk, slack: LocalSlackClient) -> None:
    for number, fault in enumerate(PASSING):
        slack.faults(methods=[fault])
        _queue(on_sqlite, f"tried again {number}")
        for _ in range(4):
            on_sqlite.work(4)
            on_sqlite.pass_time(PATIENCE * 32)
        assert on_sqlite.row(f"tried again {number}").state == State.DONE, fault
        assert len(_shown(slack)) == number + 2, fault


def test_what_slack_refuses_is_given_up_with_the_reason(
    on_sqlite: Desk, slack: LocalSlackClient
) -> None:
    on_sqlite.work(4)
    for number, fault in enumerate(REFUSALS):
        slack.faults(methods=[fault])
        _queue(on_sqlite, f"refused {number}")
        on_sqlite.work(4)
        row = on_sqlite.row(f"refused {number}")
        assert row.state == State.DEAD
        assert str(fault.get("error", "413")) in str(row.error)
    assert len(_shown(slack)) == 1, "the first one, which nobody refused"


def test_without_anybody_to_draw_it_is_given_up_and_can_be_replayed(
    on_sqlite: Desk, slack: LocalSlackClient
) -> None:
    on_sqlite.bot.charts = NoCharts()
    on_sqlite.work(4)
    row = on_sqlite.row("figures")
    assert row.state == State.DEAD
    assert "baton doctor" in str(row.error)
    on_sqlite.bot.charts = Pencil()
    with on_sqlite.bot.database.transaction() as session:
        dead_letters.replay(session, str(row.id), now=on_sqlite.machine.now())
    _work_on(on_sqlite)
    assert len(_shown(slack)) == 1


def test_a_pause_silences_pictures_too(on_sqlite: Desk, slack: LocalSlackClient) -> None:
    with on_sqlite.bot.begin(TEAM, during="job") as uow:
        pausing.pause(uow, by="U0ANA0000")
    on_sqlite.work(4)
    assert _shown(slack) == []
    assert on_sqlite.row("figures").state == State.DROPPED
