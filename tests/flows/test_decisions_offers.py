"""What a thread settled, offered once to whoever settled it, and listed where nobody logged it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.core import keeping
from bot.core.agreement.setting import channel_scope, person_scope
from bot.features.decisions.models import DecisionOfferRow
from bot.features.decisions.service import offers
from bot.playground.world import TEAM_ID
from tests.support.town import TUESDAY, Town

QUESTION = "Shall we take Redis or Postgres for the job queue?"
SETTLED = "Then let's go with Postgres for the job queue."
UNRECORDED = "Not recorded yet"
INFRA, PRIYA = "C0INFRA00", "U0PRIYA00"
WEDNESDAY = datetime(2026, 10, 7, 4, 30, tzinfo=UTC)
"""10:00 in Kolkata: four hours of Priya's work after it was settled at 13:30 the day before."""


def _settle(town: Town, channel: str = "#infra") -> tuple[str, str]:
    root = town.tom.says(channel, QUESTION)
    decided = town.priya.says(channel, SETTLED, reply_to=root)
    town.tom.says(channel, "Agreed, thanks.", reply_to=root)
    town.settle()
    return root, decided


def _states(town: Town) -> list[str]:
    with town.app.bot.reading() as (session, _):
        return [row.state for row in session.scalars(select(DecisionOfferRow))]


def _offers_to(town: Town, name: str) -> list[str]:
    return [text for text in town.writes_to(town.slack.person(name)) if "It looks as if" in text]


def test_whoever_settled_it_is_asked_once_after_four_working_hours_of_everybody(
    lively: Town,
) -> None:
    root, _ = _settle(lively)
    lively.advance(hours=5)
    assert _offers_to(lively, "Priya") == [], "half an hour of Priya's four is left"
    lively.move_to(WEDNESDAY)
    offered = _offers_to(lively, "Priya")
    assert len(offered) == 1
    assert f"It looks as if you settled in #infra: “{SETTLED}”\nLog it as a decision?" in offered[0]
    assert _offers_to(lively, "Tom") == []
    lively.priya.says("#infra", "So, decided: Postgres.", reply_to=root)
    lively.advance(hours=30)
    assert len(_offers_to(lively, "Priya")) == 1
    lively.priya.presses("Log it")
    lively.priya.fills_in({})
    assert lively.posts_in("#infra")[-1]["thread_ts"] == root
    lively.priya.presses("Log it")
    assert "already logged as D-1" in lively.whispers_to(lively.priya)[-1]


def test_what_is_logged_taken_back_or_deleted_meanwhile_or_late_is_not_offered(quiet: Town) -> None:
    _, decided = _settle(quiet)
    quiet.sam.picks("Log a decision", "#infra", decided)
    quiet.sam.fills_in({})
    _, deleted = _settle(quiet)
    quiet.priya.deletes("#infra", deleted)
    again, _ = _settle(quiet)
    quiet.priya.says("#infra", "Scratch that, let's decide next week.", reply_to=again)
    quiet.move_to(WEDNESDAY + timedelta(hours=3))
    assert _offers_to(quiet, "Priya") == _offers_to(quiet, "Tom") == []
    assert _states(quiet) == []
    quiet.slack.faults(hold=True)
    late = quiet.tom.says("#infra", QUESTION)
    quiet.priya.says("#infra", SETTLED, reply_to=late)
    quiet.slack.advance(timedelta(hours=25))
    quiet.slack.faults()
    quiet.settle()
    assert _states(quiet) == []


def test_where_nobody_wants_offers_or_strangers_read_along_there_are_none(quiet: Town) -> None:
    quiet.sets("decisions.offers", "off", channel_scope(INFRA))
    root, _ = _settle(quiet)
    quiet.tom.shares("#web-relaunch")
    quiet.settle()
    _settle(quiet, "#web-relaunch")
    quiet.priya.says("#infra", "Decided: we take Postgres.")
    quiet.tom.says(quiet.tom.direct_with("Priya"), "Decided: Postgres.")
    quiet.move_to(WEDNESDAY)
    assert _offers_to(quiet, "Priya") == []
    assert _states(quiet) == []
    quiet.sets("decisions.offers", "on", channel_scope(INFRA))
    quiet.advance(days=7)
    quiet.sam.says("#infra", "Yes, agreed.", reply_to=root)
    quiet.settle()
    assert _states(quiet) == ["watched"]
    quiet.advance(hours=5)
    assert _states(quiet) == [], "it was settled more than a week ago"


def test_somebody_away_is_not_asked_but_whoever_began_the_thread(quiet: Town) -> None:
    _settle(quiet)
    quiet.priya.types("#infra", "/baton away 2026-10-07 to 2026-10-20")
    quiet.settle()
    quiet.move_to(TUESDAY + timedelta(days=2, hours=1))
    assert _offers_to(quiet, "Priya") == []
    offered = _offers_to(quiet, "Tom")
    assert len(offered) == 1
    assert "your thread in #infra settled" in offered[0]


def test_not_a_decision_and_no_more_offers(quiet: Town) -> None:
    _settle(quiet)
    quiet.move_to(WEDNESDAY)
    quiet.priya.presses("Not a decision")
    quiet.settle()
    assert _states(quiet) == ["refused"]
    assert "no decision is missing" in quiet.priya.direct_messages()[-1]["text"]
    _settle(quiet)
    quiet.advance(hours=6, minutes=45)
    assert len(_offers_to(quiet, "Priya")) == 2
    quiet.priya.presses("Don't offer again")
    quiet.settle()
    assert "not offer you to log decisions any more" in quiet.whispers_to(quiet.priya)[-1]
    _settle(quiet)
    quiet.advance(days=1)
    assert len(_offers_to(quiet, "Priya")) == 2
    quiet.priya.presses("Offer them again")
    _settle(quiet)
    quiet.advance(hours=21)
    assert len(_offers_to(quiet, "Priya")) == 3
    assert _offers_to(quiet, "Tom") == []


@pytest.mark.needs("digest")
def test_what_nobody_logged_stands_in_the_first_digest_of_the_next_week(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.sets("decisions.offer_me", "off", person_scope(PRIYA))
    quiet.settle()
    _settle(quiet)
    _settle(quiet, "#leads")
    quiet.move_to(WEDNESDAY + timedelta(hours=3))
    assert _states(quiet) == ["not_offered", "not_offered"]
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        found = offers.unrecorded(uow, INFRA, TUESDAY)
        assert [each.settled.label for each in found] == [f"“{SETTLED}”"]
        assert offers.unrecorded(uow, "C0WEBSITE", TUESDAY) == []
    quiet.tom.removes("Priya", "#leads")
    for day in (8, 12, 13):
        quiet.move_to(datetime(2026, 10, day, 8, 0, tzinfo=UTC))
    told = {
        name: [text for text in quiet.writes_to(quiet.slack.person(name)) if UNRECORDED in text]
        for name in ("Priya", "Tom", "Mei")
    }
    assert [len(each) for each in told.values()] == [1, 1, 0]
    assert told["Priya"][0].count(SETTLED) == 1, "what is in #leads is not theirs to read any more"
    assert told["Tom"][0].count(SETTLED) == 2


def test_an_offer_says_nobodys_name_after_they_had_themselves_erased(quiet: Town) -> None:
    _settle(quiet)
    quiet.move_to(WEDNESDAY)
    bot = quiet.app.bot
    with bot.begin(TEAM_ID, during="job") as uow:
        assert "decision offers" in keeping.exported(uow, bot.kept, PRIYA)
        keeping.erase(uow, bot.kept, PRIYA)
        assert offers.unrecorded(uow, INFRA, TUESDAY) == []
    with bot.reading() as (session, _):
        assert [row.decider_id for row in session.scalars(select(DecisionOfferRow))] == [""]
