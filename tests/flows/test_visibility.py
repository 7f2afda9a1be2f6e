"""Who reads what, over the local Slack: at the time of showing, and when Slack does not tell."""

from datetime import UTC, datetime
from threading import Event

import pytest
from sqlalchemy import delete

from bot.core import channels
from bot.core.breakers import BreakerRow
from bot.core.outbox import OutboxRow
from bot.core.queue import State
from bot.core.rate_limits import RateLimitRow
from bot.playground.client import Person
from bot.playground.world import Json
from tests.support.town import Town

LEADS = "G0LEADS00"
TEAM = "T0TIDELINE"
SAID = "We hire a second CANARY designer."
NIGHT_IN_BERLIN = datetime(2026, 10, 6, 20, 0, tzinfo=UTC)
SILENT: list[Json] = [
    {"method": "conversations.info", "status": 500, "times": 1_000},
    {"method": "conversations.members", "status": 500, "times": 1_000},
]


@pytest.mark.needs("decisions")
def test_h35_t30_a_stranger_is_told_the_same_as_of_what_does_not_exist(quiet: Town) -> None:
    _log_privately(quiet)
    verbs = [("find designer", "find elephants"), ("show D-1", "show D-7")]
    for there, nowhere in verbs:
        quiet.mei.types("#general", f"/decision {there}")
        quiet.mei.types("#general", f"/decision {nowhere}")
        told, expected = quiet.whispers_to(quiet.mei)[-2:]
        hidden, missing = there.split()[1], nowhere.split()[1]
        assert told.replace(hidden, missing) == expected
    quiet.mei.types("#general", "/decision list")
    assert "CANARY" not in str(quiet.whispers_to(quiet.mei))


@pytest.mark.needs("decisions")
def test_t30_even_while_slack_tells_nothing_a_stranger_learns_nothing(quiet: Town) -> None:
    _log_privately(quiet)
    quiet.advance(minutes=5)
    quiet.slack.faults(methods=SILENT)
    quiet.mei.types("#general", "/decision find designer")
    quiet.mei.types("#general", "/decision find elephants")
    told, expected = quiet.whispers_to(quiet.mei)[-2:]
    assert told.replace("designer", "elephants") == expected


@pytest.mark.needs("decisions")
def test_what_slack_does_not_confirm_is_held_back_and_counted(quiet: Town) -> None:
    _log_privately(quiet)
    quiet.advance(minutes=5)
    quiet.slack.faults(methods=SILENT)
    quiet.tom.types("#general", "/decision find designer")
    told = quiet.whispers_to(quiet.tom)[-1]
    assert told == "1 line is held back: I could not check just now that you may see it."
    _slack_tells_again(quiet)
    quiet.tom.types("#general", "/decision find designer")
    assert "CANARY" in quiet.whispers_to(quiet.tom)[-1]


@pytest.mark.needs("decisions")
def test_t06_an_answer_from_a_private_channel_reaches_the_asker_alone(quiet: Town) -> None:
    _log_privately(quiet)
    quiet.tom.types("#general", "/decision find designer")
    assert "CANARY" in quiet.whispers_to(quiet.tom)[-1]
    shown = [e for e in quiet.slack.journal() if "CANARY" in e["text"] and e["kind"] == "ephemeral"]
    assert [e["audience"] for e in shown] == [[quiet.slack.see("Tom")["me"]]]
    assert all("CANARY" not in str(post) for post in quiet.posts_in("#general"))


@pytest.mark.needs("decisions", "home")
def test_t07_whoever_left_without_a_word_reads_on_for_a_minute_at_most(quiet: Town) -> None:
    """The event that Priya left never came, and she logged the decision herself."""
    _log_privately(quiet)
    _leaves_without_a_word(quiet, quiet.priya)
    quiet.advance(seconds=61)
    for text in ("find designer", "show D-1", "list"):
        quiet.priya.types("#general", f"/decision {text}")
        assert "CANARY" not in quiet.whispers_to(quiet.priya)[-1]
    assert "CANARY" not in quiet.home_of(quiet.priya)


@pytest.mark.needs("digest")
def test_t05_a_digest_holds_the_channels_its_reader_can_open_now(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.move_to(NIGHT_IN_BERLIN)
    quiet.tom.says("#leads", SAID)
    quiet.tom.says("#infra", "The pump is back.")
    quiet.settle()
    _leaves_without_a_word(quiet, quiet.priya)
    quiet.slack.next_morning("Priya")
    quiet.settle()
    digest = quiet.writes_to(quiet.priya)[-1]
    assert "The pump is back." in digest
    assert "CANARY" not in digest
    assert "held back" not in digest


@pytest.mark.needs("digest")
def test_a_digest_says_what_could_not_be_checked(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.move_to(NIGHT_IN_BERLIN)
    quiet.tom.says("#leads", SAID)
    quiet.tom.says("#infra", "The pump is back.")
    quiet.advance(hours=2)
    quiet.settle()  # every channel was asked about again by now
    quiet.slack.faults(methods=SILENT)
    quiet.slack.next_morning("Priya")
    quiet.settle()
    digest = quiet.writes_to(quiet.priya)[-1]
    assert "The pump is back." in digest
    assert "CANARY" not in digest
    assert "1 line is held back" in digest


@pytest.mark.alone("a token that Slack refuses is parked where it was installed")
@pytest.mark.needs("digest")
def test_t07_removed_between_draft_and_send_drops_the_line(quiet: Town) -> None:
    """Slack takes no posts while the digest is made; it is sent when Priya is gone already."""
    quiet.tom.invites("Baton", "#leads")
    quiet.move_to(NIGHT_IN_BERLIN)
    quiet.tom.says("#leads", SAID)
    quiet.tom.says("#infra", "The pump is back.")
    quiet.settle()
    _hold_posts_back(quiet)
    quiet.slack.next_morning("Priya")
    _wait_for_queued(quiet, quiet.priya)
    _removes_priya(quiet)
    _let_posts_go(quiet)
    quiet.settle()
    told = quiet.writes_to(quiet.priya)
    assert len([text for text in told if "Good " in text]) == 1
    assert "The pump is back." in told[-1]
    assert "CANARY" not in str(told)


@pytest.mark.alone("a token that Slack refuses is parked where it was installed")
@pytest.mark.needs("asks")
def test_t07_removed_between_draft_and_send_drops_the_reminder(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.tom.says("#leads", "@Priya can you look at the budget? CANARY")
    quiet.settle()
    _hold_posts_back(quiet)
    quiet.slack.move_to(datetime(2026, 10, 7, 8, 31, tzinfo=UTC))
    _wait_for_queued(quiet, quiet.priya)
    _removes_priya(quiet)
    _let_posts_go(quiet)
    quiet.settle()
    assert "CANARY" not in str(quiet.writes_to(quiet.priya))


@pytest.mark.needs("asks")
def test_a_reminder_that_could_not_be_checked_comes_later(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.tom.says("#leads", "@Priya can you look at the budget? CANARY")
    quiet.settle()
    quiet.slack.faults(methods=SILENT)
    quiet.advance(days=1, minutes=1)
    assert not any("still waiting" in text for text in quiet.writes_to(quiet.priya))
    _slack_tells_again(quiet)
    quiet.advance(minutes=2)
    assert any("CANARY" in text for text in quiet.writes_to(quiet.priya))


@pytest.mark.needs("decisions")
def test_where_baton_cannot_look_nothing_is_logged_that_nobody_would_find(quiet: Town) -> None:
    ts = quiet.tom.says("#leads", SAID)
    quiet.tom.picks("Log a decision", "#leads", ts)
    assert quiet.tom.form is None
    assert "Please invite me first" in quiet.whispers_to(quiet.tom)[-1]


def _log_privately(town: Town) -> None:
    town.tom.invites("Baton", "#leads")
    ts = town.priya.says("#leads", SAID)
    town.settle()
    town.priya.picks("Log a decision", "#leads", ts)
    town.priya.fills_in({})
    town.settle()


def _leaves_without_a_word(town: Town, person: Person) -> None:
    town.server.slack.world.channels[LEADS].members.remove(town.slack.see(person.name)["me"])


def _slack_tells_again(town: Town) -> None:
    """Slack answers, and what was asked of it in vain does not count."""
    town.slack.faults()
    with town.app.bot.database.transaction() as session:
        session.execute(delete(RateLimitRow))
        session.execute(delete(BreakerRow))


def _removes_priya(town: Town) -> None:
    """Priya is removed, and Baton has heard of it."""
    town.tom.removes("Priya", "#leads")
    priya, waiting = town.slack.see("Priya")["me"], Event()
    for _ in range(500):
        with town.app.bot.reading() as (session, _now):
            if not channels.has_member(session, TEAM, LEADS, priya):
                return
        waiting.wait(0.02)
    raise AssertionError("Baton did not hear of it")


def _hold_posts_back(town: Town) -> None:
    refused = {"method": "chat.postMessage", "error": "invalid_auth", "times": 1_000}
    town.slack.faults(methods=[refused])


def _let_posts_go(town: Town) -> None:
    """Slack takes posts again, and nobody waits for the pause to end."""
    town.slack.faults()
    for _ in range(500):  # one that is refused at this moment would wait for the pause, too
        if not town.row_counts(State.LEASED)["outbox"]:
            break
        Event().wait(0.02)
    with town.app.bot.database.transaction() as session:
        for row in session.query(OutboxRow).filter(OutboxRow.state == State.READY):
            row.not_before = row.queued_at.replace(year=2020)
        session.execute(delete(BreakerRow))


def _wait_for_queued(town: Town, person: Person) -> None:
    """Runs what is due until a direct message to somebody waits in the outbox."""
    reader = town.slack.see(person.name)["me"]
    for _ in range(200):
        for job in town.app.bot.jobs:
            job.run(town.app.bot)
        town.slack.settled()
        with town.app.bot.reading() as (session, _now):
            rows = session.query(OutboxRow).filter_by(recipient=reader, state=State.READY)
            if rows.count():
                return
    raise AssertionError("nothing was queued")
