"""What must hold of digests and boards whatever happens between drawing and reading them."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event

import pytest
from sqlalchemy import delete, select

from bot.core import boards, channels, keeping
from bot.core.agreement.setting import person_scope
from bot.core.attention import OFF
from bot.core.breakers import BreakerRow
from bot.core.digests import Reader
from bot.core.events import AppPosted, ChannelKind
from bot.core.outbox import OutboxRow
from bot.core.queue import State
from bot.core.rate_limits import RateLimitRow
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.service import apps
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.databases import Rows, fill
from tests.support.town import Town, town

pytestmark = pytest.mark.needs("digest")

NIGHT = datetime(2026, 10, 6, 20, 0, tzinfo=UTC)
MORNING = datetime(2026, 10, 7, 7, 0, tzinfo=UTC)  # 09:00 in Berlin
LEADS, INFRA = "G0LEADS00", "C0INFRA00"
MEI, PRIYA = "U0MEI0000", "U0PRIYA00"


def _shown(town: Town, person: Person) -> str:
    """The newest direct message of the bot as it stands there now."""
    town.settle()
    return str(person.direct_messages()[-1]["text"])


def test_what_an_app_changed_says_so_in_digests_that_are_out(lively: Town) -> None:
    lively.move_to(NIGHT)
    posted = lively.slack.app_says("CI", "#infra", "Build failed, token CANARY")
    lively.move_to(MORNING)
    assert "CANARY" in _shown(lively, lively.tom)
    lively.slack.app_edits("#infra", posted, "Build failed, token hidden", attachments=[])
    assert "CANARY" not in _shown(lively, lively.tom)
    assert "token hidden" in _shown(lively, lively.tom)


def test_what_an_app_took_back_is_gone_from_digests_that_are_out(lively: Town) -> None:
    lively.move_to(NIGHT)
    posted = lively.slack.app_says("CI", "#infra", "Build failed, token CANARY")
    lively.move_to(MORNING)
    assert "CANARY" in _shown(lively, lively.tom)
    lively.slack.app_deletes("#infra", posted)
    assert "CANARY" not in _shown(lively, lively.tom)


def test_what_an_app_posted_for_somebody_who_switches_off_goes_from_digests_that_are_out(
    quiet: Town,
) -> None:
    _digest_with_what_an_app_posted_for_mei(quiet)
    quiet.sets(OFF.key, value=True, scope=person_scope(MEI))
    assert "CANARY" not in _shown(quiet, quiet.tom)


@pytest.mark.needs("privacy")
def test_what_an_app_posted_for_somebody_who_is_erased_goes_from_digests_that_are_out(
    quiet: Town,
) -> None:
    _digest_with_what_an_app_posted_for_mei(quiet)
    bot = quiet.app.bot
    with bot.begin(TEAM_ID, during="job") as uow:
        keeping.erase(uow, bot.kept, MEI)
    assert "CANARY" not in _shown(quiet, quiet.tom)


@pytest.mark.alone("a token that Slack refuses is parked where it was installed")
@pytest.mark.needs("decisions")
def test_whoever_was_removed_before_it_is_sent_reads_of_no_proposal_there(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    quiet.tom.types("#leads", "/decision propose CANARY budget")
    quiet.tom.fills_in({"Reviewers": "Priya", "Comment period in working days": "3"})
    quiet.settle()
    assert "CANARY" in quiet.home_of(quiet.priya)
    quiet.move_to(NIGHT)
    quiet.tom.says("#infra", "The pump is back.")
    quiet.settle()
    before = len(quiet.writes_to(quiet.priya))
    refused = {"method": "chat.postMessage", "error": "invalid_auth", "times": 1_000}
    quiet.slack.faults(methods=[refused])
    quiet.slack.next_morning("Priya")
    _wait(lambda: _is_queued(quiet, quiet.slack.see("Priya")["me"]))
    quiet.tom.removes("Priya", "#leads")
    _wait(lambda: not _is_in_leads(quiet, quiet.slack.see("Priya")["me"]))
    _let_posts_go(quiet)
    told = quiet.writes_to(quiet.priya)[before:]
    assert "The pump is back." in str(told)
    assert "CANARY" not in str(told)


@pytest.mark.needs("asks", "home")
def test_the_words_of_whoever_switches_off_go_from_boards_that_are_open(quiet: Town) -> None:
    quiet.mei.says("#infra", "@Tom can you look at the CANARY pump?")
    quiet.settle()
    assert "CANARY" in quiet.home_of(quiet.tom)
    quiet.sets(OFF.key, value=True, scope=person_scope(MEI))
    quiet.advance(seconds=30)
    quiet.settle()
    assert "CANARY" not in str(quiet.tom.home)


@pytest.mark.needs("asks", "home")
def test_words_that_were_changed_go_from_boards_that_are_open(quiet: Town) -> None:
    said = quiet.mei.says("#infra", "@Tom can you look at the CANARY pump?")
    quiet.settle()
    assert "CANARY" in quiet.home_of(quiet.tom)
    quiet.mei.edits("#infra", said, "@Tom can you look at the other pump?")
    quiet.advance(seconds=30)
    quiet.settle()
    assert "CANARY" not in str(quiet.tom.home)


@pytest.mark.needs("asks", "home")
def test_whoever_is_removed_from_a_channel_loses_its_words_on_an_open_board(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.tom.says("#leads", "@Priya can you look at the CANARY budget?")
    quiet.settle()
    assert "CANARY" in quiet.home_of(quiet.priya)
    quiet.tom.removes("Priya", "#leads")
    quiet.advance(seconds=90)
    quiet.settle()
    assert "CANARY" not in str(quiet.priya.home)


@pytest.mark.needs("asks", "privacy")
def test_the_words_of_whoever_is_erased_go_from_boards_and_digests(quiet: Town) -> None:
    quiet.move_to(NIGHT)
    quiet.mei.says("#infra", "@Tom can you look at the CANARY pump?")
    quiet.move_to(MORNING)
    assert "CANARY" in _shown(quiet, quiet.tom)
    assert "CANARY" in quiet.home_of(quiet.tom)
    bot = quiet.app.bot
    with bot.begin(TEAM_ID, during="job") as uow:
        keeping.erase(uow, bot.kept, MEI)
        boards.mark(uow)
    quiet.advance(seconds=30)
    assert "CANARY" not in _shown(quiet, quiet.tom)
    assert "CANARY" not in str(quiet.tom.home)


def test_one_whose_digest_fails_holds_up_nobody_else(database_url: str, acquaintance: Rows) -> None:
    def fail(_uow: UnitOfWork, reader: Reader) -> None:
        if reader.person.user_id == PRIYA:
            raise RuntimeError("poison")

    fill(database_url, acquaintance)
    with town(database_url, register=lambda bot: bot.add_to_digest(fail)) as living:
        living.move_to(NIGHT)
        living.mei.says("#infra", "The pump is back.")
        for person in (living.tom, living.priya):
            person.moves_to("Europe/Berlin")
        living.move_to(MORNING)
        assert "pump is back" in str(living.writes_to(living.tom))
        assert living.writes_to(living.priya) == []


@pytest.mark.alone("a token that Slack refuses is parked where it was installed")
def test_switched_off_before_it_is_made_again_it_is_not_made(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.move_to(NIGHT)
    quiet.tom.says("#leads", "Budget CANARY.")
    quiet.tom.says("#infra", "The pump is back.")
    quiet.settle()
    refused = {"method": "chat.postMessage", "error": "invalid_auth", "times": 1_000}
    quiet.slack.faults(methods=[refused])
    quiet.slack.next_morning("Priya")
    priya = quiet.slack.see("Priya")["me"]
    _wait(lambda: _is_queued(quiet, priya))
    quiet.sets("digest.on", value=False, scope=person_scope(priya))
    quiet.tom.removes("Priya", "#leads")
    _wait(lambda: not _is_in_leads(quiet, priya))
    _let_posts_go(quiet)
    assert "CANARY" not in str(quiet.writes_to(quiet.priya))
    assert not any("Good " in text for text in quiet.writes_to(quiet.priya))


def _digest_with_what_an_app_posted_for_mei(town: Town) -> None:
    town.move_to(NIGHT)
    town.settle()
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        apps.note(uow, _posted(uow))
    town.move_to(MORNING)
    assert "CANARY" in _shown(town, town.tom)


def _posted(uow: UnitOfWork) -> AppPosted:
    return AppPosted(
        team_id=TEAM_ID,
        channel_id=INFRA,
        kind=ChannelKind.PUBLIC,
        ts=f"{uow.now.timestamp():.6f}",
        app="CI",
        text="Build CANARY failed",
        account_id=MEI,
    )


def _let_posts_go(town: Town) -> None:
    town.slack.faults()
    _wait(lambda: not town.row_counts(State.LEASED)["outbox"])
    with town.app.bot.database.transaction() as session:
        session.execute(delete(RateLimitRow))
        session.execute(delete(BreakerRow))
        for row in session.query(OutboxRow).filter(OutboxRow.state == State.READY):
            row.not_before = row.queued_at.replace(year=2020)
    town.settle()


def _is_queued(town: Town, user_id: str) -> bool:
    for job in town.app.bot.jobs:
        job.run(town.app.bot)
    with town.app.bot.reading() as (session, _):
        waiting = select(OutboxRow.key).where(
            OutboxRow.recipient == user_id,
            OutboxRow.key.startswith("digest:"),
            OutboxRow.state != State.DONE,
        )
        return session.scalar(waiting) is not None


def _is_in_leads(town: Town, user_id: str) -> bool:
    with town.app.bot.reading() as (session, _):
        return channels.has_member(session, TEAM_ID, LEADS, user_id)


def _wait(holds: Callable[[], bool]) -> None:
    waiting = Event()
    for _ in range(200):
        if holds():
            return
        waiting.wait(0.02)
    raise AssertionError("it did not come to that")
