"""The comment period of proposals: who is asked when, and how it ends."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.agreement.setting import person_scope
from bot.features.decisions import jobs
from bot.features.decisions.queries import proposals
from bot.features.decisions.queries import registry as decisions
from bot.features.decisions.service import proposals as service
from bot.playground import plain_text
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.town import Town

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
PRIYAS_FRIDAY = datetime(2026, 10, 9, 11, 30, tzinfo=UTC)  # 17:00 in Kolkata
PRIYAS_MONDAY = PRIYAS_FRIDAY + timedelta(days=3)
ASKED = ("asks for your review", "waits for your review:")


def test_everybody_gets_three_days_over_a_weekend_holidays_and_a_change_of_clocks(
    lively: Town,
) -> None:
    """Clocks go back in Los Angeles on Sunday; Monday is a holiday in Brazil, Tuesday in Japan."""
    lively.move_to(datetime(2026, 10, 29, 14, tzinfo=UTC))  # Thursday
    _propose(lively, "Priya, Sam, Mei")
    assert _closes_at(lively) == datetime(2026, 11, 4, 8, tzinfo=UTC)  # Fri, Mon, Wed in Tokyo
    _press(lively, lively.ana, "Agree")
    _press(lively, lively.ana, "Review it, too")
    ends = datetime(2026, 11, 4, 20, tzinfo=UTC)  # Fri, Tue, Wed in São Paulo
    assert _closes_at(lively) == ends
    assert "Wed 4 Nov, 20:00 UTC" in _card(lively)
    _press(lively, lively.priya, "Agree")
    lively.move_to(ends - MINUTE)
    assert _result(lively) == ""
    lively.move_to(ends)
    assert _result(lively) == "no_decision"
    assert _last_note(lively) == "1 of 3 reviewers agreed; it takes more than half.", "Ana joined"


@pytest.mark.needs("digest")
def test_a_concern_in_the_last_minute_holds_it_open_until_it_is_settled(lively: Town) -> None:
    _propose(lively, "Priya")
    assert _closes_at(lively) == PRIYAS_FRIDAY
    lively.move_to(PRIYAS_FRIDAY - MINUTE)
    _press(lively, lively.ana, "Raise a concern")
    lively.ana.fills_in({"A short name": "Contrast", "What is your concern?": "Grey on grey"})
    lively.move_to(PRIYAS_FRIDAY + timedelta(hours=1))
    assert _result(lively) == ""
    assert "stays open until these concerns are settled" in lively.writes_to(lively.tom)[-1]
    assert "it waits for the concern that you raised" in lively.writes_to(lively.ana)[-1]
    assert "The comment period is over; it waits for the open concern." in _card(lively)
    _press(lively, lively.priya, "Agree")
    _press(lively, lively.ana, "Settle a concern")
    lively.ana.fills_in({"How was it settled?": "The palette passes AA now."})
    assert _closes_at(lively) == PRIYAS_MONDAY, "a whole working day to think about that"
    assert "Nothing is in the way any more. It closes Mon 12" in lively.writes_to(lively.tom)[-1]
    lively.move_to(PRIYAS_MONDAY)
    assert _result(lively) == "accepted"
    told = [text for text in lively.writes_to(lively.tom) if "D-1 is accepted" in text]
    assert len(told) == 1
    assert "1 of 1 reviewer agreed." in told[0]
    assert "Accepted · Owner @Tom" in _card(lively)
    lively.move_to(PRIYAS_MONDAY + timedelta(days=1, hours=1))  # Monday is a holiday in Brazil
    assert "D-1 is accepted" not in "".join(lively.writes_to(lively.ana)), "her digest said so"
    assert "New UI design" in lively.writes_to(lively.ana)[-1]


def test_what_is_said_a_second_late_does_not_count_also_if_baton_comes_later(quiet: Town) -> None:
    _propose(quiet, "Priya")
    for late in (timedelta(0), SECOND, timedelta(days=2)):
        quiet.slack.move_to(PRIYAS_FRIDAY + late)  # no job looks at it meanwhile
        quiet.priya.presses("Agree")
        assert "The comment period of D-1 ended" in _whispered(quiet)
    quiet.tom.presses("Change")
    assert quiet.tom.form is None
    quiet.settle()
    assert _result(quiet) == "no_decision"
    assert "no decision" in _card(quiet)


def test_silence_agrees_if_it_may_and_a_tie_is_no_decision(quiet: Town) -> None:
    lazy = {
        "Can it be undone?": "Yes, easily",
        "If reviewers say nothing": "Silence counts as agreement",
    }
    _propose(quiet, "Priya, Mei", **lazy)
    _propose(quiet, "Priya, Mei")
    _press(quiet, quiet.priya, "Agree")
    _propose(quiet, "Priya, Mei")
    _press(quiet, quiet.priya, "Agree")
    _press(quiet, quiet.mei, "Abstain")
    quiet.move_to(PRIYAS_FRIDAY)
    assert [_result(quiet, number) for number in (1, 2, 3)] == [
        "accepted",
        "no_decision",
        "accepted",
    ]
    notes = [_last_note(quiet, number) for number in (1, 2, 3)]
    assert notes == [
        "Nobody objected, which is enough here; 0 of 2 reviewers agreed.",
        "1 of 2 reviewers agreed; it takes more than half.",
        "1 of 2 reviewers agreed, 1 abstained.",
    ]
    _press(quiet, quiet.tom, "Propose again")
    assert "D-2 is open again. It closes" in quiet.whispers_to(quiet.tom)[-1]
    ends = datetime(2026, 10, 15, 8, tzinfo=UTC)  # Monday is a holiday in Japan
    assert _closes_at(quiet, 2) == ends
    quiet.move_to(datetime(2026, 10, 13, 2, tzinfo=UTC))  # Tuesday morning in Tokyo
    _press(quiet, quiet.mei, "Agree")
    quiet.move_to(ends)
    assert _result(quiet, 2) == "accepted"


def test_whose_account_is_deactivated_leaves_the_count(quiet: Town) -> None:
    _propose(quiet, "Mei")
    _propose(quiet, "Priya, Mei")
    _press(quiet, quiet.priya, "Agree")
    quiet.tom.deactivates("Mei")
    quiet.settle()
    quiet.tom.types("#infra", "/decision show D-2")
    assert "1 of 1 reviewers have spoken." in quiet.whispers_to(quiet.tom)[-1]
    assert "Nobody is left to review D-1" in quiet.writes_to(quiet.tom)[-1]
    quiet.move_to(PRIYAS_FRIDAY)
    assert [_last_note(quiet, number) for number in (1, 2)] == [
        "Nobody decided it.",
        "1 of 1 reviewer agreed.",
    ]
    assert [_result(quiet, number) for number in (1, 2)] == ["no_decision", "accepted"]


def test_a_change_on_the_last_day_gives_everybody_another_whole_one(quiet: Town) -> None:
    _propose(quiet, "Priya")
    quiet.move_to(PRIYAS_FRIDAY - 10 * MINUTE)
    _press(quiet, quiet.tom, "Change")
    quiet.tom.fills_in({"In full": "Only the start page, for now."})
    assert _closes_at(quiet) == PRIYAS_MONDAY
    quiet.move_to(PRIYAS_FRIDAY + MINUTE)
    assert _result(quiet) == ""


def test_nothing_closes_where_baton_is_not_and_then_everybody_gets_another_day(
    quiet: Town,
) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    _propose(quiet, "Priya", channel="#leads")
    quiet.tom.removes("Baton", "#leads")
    quiet.move_to(PRIYAS_FRIDAY + timedelta(hours=1))
    assert _result(quiet) == ""
    quiet.tom.invites("Baton", "#leads")
    assert _closes_at(quiet) == PRIYAS_MONDAY
    quiet.move_to(PRIYAS_MONDAY - MINUTE)
    _press(quiet, quiet.priya, "Agree")
    quiet.move_to(PRIYAS_MONDAY)
    assert _result(quiet) == "accepted"


def test_whoever_left_the_private_channel_leaves_the_count_until_they_are_back(
    quiet: Town,
) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.tom.invites("Mei", "#leads")
    quiet.settle()
    _propose(quiet, "Mei", channel="#leads")
    _propose(quiet, "Priya, Mei", channel="#leads")
    _press(quiet, quiet.priya, "Agree")
    quiet.tom.removes("Mei", "#leads")
    quiet.settle()
    assert "Nobody is left to review D-1" in quiet.writes_to(quiet.tom)[-1]
    quiet.move_to(PRIYAS_FRIDAY)
    assert _last_note(quiet, 2) == "1 of 1 reviewer agreed."
    quiet.tom.invites("Mei", "#leads")
    _press(quiet, quiet.tom, "Propose again")
    quiet.move_to(PRIYAS_MONDAY + timedelta(days=10))
    assert _last_note(quiet, 1) == "0 of 1 reviewer agreed; it takes more than half."


def test_of_a_proposer_who_is_gone_an_admin_takes_over(quiet: Town) -> None:
    quiet.priya.types("#infra", "/decision propose New UI design for the relaunch")
    quiet.priya.fills_in({"Reviewers": "Mei"})
    quiet.settle()
    quiet.tom.presses("Change")
    assert quiet.tom.form is None, "she is there"
    quiet.tom.deactivates("Priya")
    _press(quiet, quiet.tom, "Change")
    quiet.tom.fills_in({"In full": "Only the start page, for now."})
    quiet.move_to(PRIYAS_MONDAY)
    assert _result(quiet) == "no_decision"
    assert "D-1 ended without a decision" in quiet.writes_to(quiet.tom)[-1]
    _press(quiet, quiet.tom, "Propose again")
    assert _result(quiet) == ""


def test_what_ended_without_a_decision_can_be_withdrawn(quiet: Town) -> None:
    _propose(quiet, "Priya")
    quiet.move_to(PRIYAS_FRIDAY)
    assert _result(quiet) == "no_decision"
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        held = service.hold_own(uow, "1:1", "U0TOM0000", also_undecided=True)
        service.withdraw(uow, held, "U0TOM0000", "The relaunch moved to spring.")
    quiet.settle()
    assert "withdrawn: New UI design" in _card(quiet)


@pytest.mark.needs("digest")
def test_what_a_digest_tells_within_the_hour_is_not_told_beside_it(quiet: Town) -> None:
    _propose(quiet, "Sam")
    quiet.move_to(datetime(2026, 10, 8, 14, tzinfo=UTC))  # Thursday afternoon in Berlin
    _press(quiet, quiet.ana, "Raise a concern")
    quiet.ana.fills_in({"A short name": "Contrast", "What is your concern?": "Grey on grey"})
    quiet.move_to(datetime(2026, 10, 10, 0, 1, tzinfo=UTC))  # Friday is over in Los Angeles
    quiet.move_to(datetime(2026, 10, 12, 7, 1, tzinfo=UTC))
    told = quiet.writes_to(quiet.tom)[-1]
    assert "Concerns about what you propose" in told
    assert "Concern 1 by @Ana: D-1" in told
    assert not [text for text in quiet.writes_to(quiet.tom) if "D-1 is over" in text]


def test_who_reviews_it_is_on_record_and_whoever_spoke_stays(quiet: Town) -> None:
    _propose(quiet, "Priya, Mei")
    _press(quiet, quiet.priya, "Agree")
    quiet.move_to(PRIYAS_FRIDAY - 10 * MINUTE)
    _press(quiet, quiet.tom, "Change")
    quiet.tom.fills_in({"Reviewers": "Mei"})
    view = quiet.tom.form
    assert view is not None
    assert "Who has spoken on it stays a reviewer" in str(view["errors"])
    quiet.tom.fills_in({"Reviewers": "Priya"})
    assert _last_note(quiet) == "no longer asked: <@U0MEI0000>"
    assert _closes_at(quiet) == PRIYAS_MONDAY
    assert "earlier version" not in _card(quiet)
    quiet.ana.types("#infra", "/decision show D-1")
    assert "no longer asked: @Mei" in quiet.whispers_to(quiet.ana)[-1]


@pytest.mark.needs("availability")
def test_leave_makes_it_longer_but_not_for_months_and_never_shorter(quiet: Town) -> None:
    _propose(quiet, "Priya")
    quiet.priya.types("#infra", "/baton away tomorrow until Thursday")
    tuesday = datetime(2026, 10, 13, 11, 30, tzinfo=UTC)
    assert _closes_at(quiet) == tuesday  # Friday, Monday, Tuesday
    assert "Tue 13 Oct, 11:30 UTC" in _card(quiet)
    quiet.priya.types("#infra", "/baton back")
    assert _closes_at(quiet) == tuesday, "what was shown holds"
    quiet.priya.types("#infra", "/baton away tomorrow until 31 December")
    assert _closes_at(quiet) == tuesday
    quiet.move_to(tuesday)
    assert _last_note(quiet) == "Nobody decided it, 1 was away."


@pytest.mark.needs("digest")
def test_reviewers_are_asked_in_their_own_time_once_a_day_until_they_speak(quiet: Town) -> None:
    quiet.sets("digest.on", value=False, scope=person_scope("U0ANA0000"))
    quiet.sets("people.off", value=True, scope=person_scope("U0SAM0000"))
    _propose(quiet, "Priya, Mei, Ana, Sam")  # Tuesday 8:00 UTC
    assert _asked(quiet) == {"Priya": 1, "Mei": 0, "Ana": 0, "Sam": 0}
    quiet.move_to(datetime(2026, 10, 6, 12, 1, tzinfo=UTC))  # 9:01 in São Paulo
    quiet.move_to(datetime(2026, 10, 6, 23, 59, tzinfo=UTC))  # 8:59 in Tokyo
    assert _asked(quiet) == {"Priya": 1, "Mei": 0, "Ana": 1, "Sam": 0}
    quiet.move_to(datetime(2026, 10, 7, 0, 1, tzinfo=UTC))
    assert _asked(quiet)["Mei"] == 0, "her digest did"
    _press(quiet, quiet.mei, "Agree")
    nine = {"São Paulo": (12, 1), "Kolkata": (3, 31)}  # in UTC
    for day, zone in [(7, "São Paulo"), (8, "Kolkata"), (8, "São Paulo"), (9, "Kolkata")]:
        quiet.move_to(datetime(2026, 10, day, *nine[zone], tzinfo=UTC))
    # her digest asks Priya after Tuesday; no digest asks Ana, so every day does
    assert _asked(quiet) == {"Priya": 1, "Mei": 0, "Ana": 3, "Sam": 0}
    last = [text for text in quiet.writes_to(quiet.priya) if "your last working day" in text]
    assert len(last) == 1


def test_two_workers_close_it_once(quiet: Town) -> None:
    _propose(quiet, "Priya")
    _press(quiet, quiet.priya, "Agree")
    quiet.settle()
    quiet.slack.move_to(PRIYAS_FRIDAY)
    with ThreadPoolExecutor(4) as workers:
        for done in [workers.submit(jobs.look_at_proposals, quiet.app.bot) for _ in range(8)]:
            done.result()
    quiet.settle()
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        changes = [each.change for each in decisions.versions(uow, 1)]
    assert changes == ["proposed", "accepted"]
    assert sum("D-1 is accepted" in text for text in quiet.writes_to(quiet.tom)) == 1


def _propose(town: Town, reviewers: str, channel: str = "#infra", **fields: str) -> None:
    """Tom proposes something."""
    town.tom.types(channel, "/decision propose New UI design for the relaunch")
    town.tom.fills_in({"Reviewers": reviewers} | fields)
    town.settle()


def _press(town: Town, person: Person, button: str) -> None:
    """Somebody presses the newest button of that name, as it is by then."""
    town.settle()
    person.presses(button)


def _closes_at(town: Town, number: int = 1) -> datetime:
    town.settle()
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        row = proposals.get(uow, number)
        assert row is not None
        return row.closes_at


def _result(town: Town, number: int = 1) -> str:
    town.settle()
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        row, decision = proposals.get(uow, number), decisions.get(uow, number)
        assert row is not None
        assert decision is not None
        is_accepted = row.result == "accepted"
        assert decision.status == ("accepted" if is_accepted else "proposed")
        return row.result


def _last_note(town: Town, number: int = 1) -> str:
    town.settle()
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        return decisions.versions(uow, number)[-1].note


def _whispered(town: Town) -> str:
    """What Priya was told alone last, without letting the bot do anything else."""
    journal = town.slack.journal()
    return str([each["text"] for each in journal if each["kind"] == "ephemeral"][-1])


def _card(town: Town) -> str:
    card = town.posts_in("#infra")[-1]
    return plain_text.of_message(town.server.slack.world, card["text"], card["blocks"])


def _asked(town: Town) -> dict[str, int]:
    """How often each of them was asked to review."""
    people = {each: town.slack.person(each) for each in ("Priya", "Mei", "Ana", "Sam")}
    return {
        name: sum(
            any(words in text for words in ASKED)
            for text in town.writes_to(person)
            if not text.startswith("Good ")  # a digest
        )
        for name, person in people.items()
    }
