"""Proposals: from the form to votes, concerns, changes, and what was objected."""

from datetime import timedelta
from typing import Any

import pytest

from bot.core import keeping
from bot.features.decisions.queries import proposals
from bot.features.decisions.rules.registry import Fields, Place
from bot.features.decisions.service import recording
from bot.playground import plain_text
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.town import Town

TITLE = "New UI design for the relaunch"


def test_reviewers_speak_and_a_concern_is_raised_and_settled(lively: Town) -> None:
    _propose(lively, reviewers="Priya, Mei")
    card = _card(lively)
    assert "D-1, proposed: New UI design for the relaunch" in card
    assert "0 of 2 reviewers have spoken." in card
    assert "Priya" not in card, "nobody is named for silence"
    lively.priya.presses("Agree")
    assert "Your vote on D-1: Agree." in lively.whispers_to(lively.priya)[-1]
    lively.ana.presses("Raise a concern")
    lively.ana.fills_in({"A short name": "Contrast", "What is your concern?": "Grey on grey"})
    card = _card(lively)
    assert "Agree: @Priya" in card
    assert "1 of 2 reviewers have spoken." in card
    assert "Concern 1, Contrast (open), raised by @Ana\n> Grey on grey" in card
    assert "It cannot be accepted before the open concern is settled." in card
    assert (
        "@Ana raised a concern about D-1, which stands on its card"
        in lively.writes_to(lively.tom)[-1]
    )
    lively.ana.presses("Settle a concern")
    lively.ana.fills_in({"How was it settled?": "The palette passes AA now."})
    assert "Settled by @Ana: The palette passes AA now." in _card(lively)
    lively.ana.presses("Reopen a concern")
    lively.ana.fills_in({})
    assert "Concern 1, Contrast (open)" in _card(lively)
    lively.ana.presses("Settle a concern")
    lively.ana.fills_in({"How was it settled?": "Darker grey."})
    for _ in range(2):
        lively.settle()
        lively.ana.presses("Raise a concern")
        lively.ana.fills_in({"A short name": "Contrast", "What is your concern?": "Grey on grey"})
    lively.settle()
    assert "Concern 2, Contrast (open)" in _card(lively)
    assert "Concern 3" not in _card(lively)
    assert len(lively.posts_in("#infra")) == 1


def test_a_vote_can_be_changed_and_the_second_says_what_stands(quiet: Town) -> None:
    _propose(quiet)
    quiet.priya.presses("Abstain")
    quiet.settle()
    quiet.priya.presses("Agree with comment")
    quiet.priya.fills_in({"Your comment": "Ship it behind a flag."})
    assert "Agree with comment:\n• @Priya\n> Ship it behind a flag." in _card(quiet)
    assert "Abstain:" not in _card(quiet)
    confirmed = "Your vote on D-1: Agree with comment instead of “Abstain”."
    assert confirmed in quiet.whispers_to(quiet.priya)[-1]
    quiet.priya.presses("Agree")
    assert "Your vote on D-1: Agree with comment." in quiet.whispers_to(quiet.priya)[-1]
    assert "> Ship it behind a flag." in _card(quiet), "who agrees once more takes nothing back"


def test_who_does_not_review_is_told_so_and_may_join(quiet: Town) -> None:
    _propose(quiet)
    quiet.ana.presses("Agree")
    assert "Only reviewers vote on D-1. Join them" in quiet.whispers_to(quiet.ana)[-1]
    assert "Agree: @Ana" not in _card(quiet)
    quiet.ana.presses("Review it, too")
    quiet.ana.presses("Agree")
    assert "Agree: @Ana" in _card(quiet)
    assert "1 of 3 reviewers have spoken." in _card(quiet)
    quiet.tom.presses("Agree")
    assert "As the proposer you do not vote" in quiet.whispers_to(quiet.tom)[-1]


def test_a_vote_on_an_older_version_counts_nothing_and_shows_what_it_is_now(quiet: Town) -> None:
    _propose(quiet)
    quiet.priya.presses("Agree")
    quiet.settle()
    quiet.ana.presses("Agree")
    quiet.ana.presses("Review it, too")  # its answer has buttons of its own, which stay as they are
    quiet.settle()
    quiet.mei.presses("Agree with comment")
    quiet.settle()
    quiet.tom.presses("Change")
    quiet.tom.fills_in({"In full": "Only the start page, for now."})
    assert "@Priya (before the last change; asked again)" in _card(quiet)
    told = quiet.writes_to(quiet.priya)[-1]
    assert "after you said “Agree”" in told
    assert "What changed: in full." in told
    assert "It closes Fri 9 Oct" in told
    quiet.ana.presses("Agree")
    told = quiet.whispers_to(quiet.ana)[-1]
    assert "D-1 has changed since that card, so nothing was counted" in told
    assert "Only the start page, for now." in told
    quiet.mei.fills_in({"Your comment": "Fine."})
    assert "D-1 has changed" in str(quiet.mei.form)
    assert "1 of 3 reviewers have spoken.\nAgree: @Priya" in _card(quiet)


def test_a_vote_one_second_late_is_refused_with_a_sentence(quiet: Town) -> None:
    _propose(quiet)
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        row = proposals.get(uow, 1)
        assert row is not None
        row.closes_at = uow.now - timedelta(seconds=1)
    quiet.priya.presses("Agree")
    assert "The comment period of D-1 ended" in quiet.whispers_to(quiet.priya)[-1]
    assert "Agree: @Priya" not in _card(quiet)


def test_the_buttons_of_a_long_comment_period_stay_good(quiet: Town) -> None:
    quiet.tom.types("#infra", f"/decision propose {TITLE}")
    quiet.tom.fills_in({"Reviewers": "Mei", "Comment period in working days": "20"})
    for days in (6, 5):
        quiet.advance(days=days)
    quiet.mei.presses("Agree")
    assert "Your vote on D-1: Agree." in quiet.whispers_to(quiet.mei)[-1]


def test_many_long_concerns_leave_room_for_votes_and_buttons(quiet: Town) -> None:
    _propose(quiet)
    for number in range(1, 12):
        quiet.ana.presses("Raise a concern")
        words = "&" * 1_400
        quiet.ana.fills_in({"A short name": f"No {number}", "What is your concern?": words})
        quiet.settle()
    card = _card(quiet)
    assert "… and 3 more concerns: `/decision show D-1`" in card
    assert "Closes" in card
    assert "[Agree] [Agree with comment] [Raise a concern] [Abstain]" in card
    quiet.mei.types("#infra", "/decision show D-1")
    told = quiet.whispers_to(quiet.mei)[-1]
    assert "Concern 11, No 11 (open)" in told
    quiet.mei.presses("Abstain")
    assert "Abstain: @Mei" in _card(quiet)


def test_only_its_raiser_settles_a_concern_or_an_admin_with_a_reason(quiet: Town) -> None:
    _propose(quiet, proposer=quiet.priya, reviewers="Mei")
    _object(quiet, quiet.ana)
    quiet.mei.presses("Settle a concern")
    assert (
        "“Contrast” is @Ana's concern: only they can settle it" in quiet.whispers_to(quiet.mei)[-1]
    )
    assert quiet.mei.form is None
    quiet.tom.presses("Settle a concern")
    quiet.tom.fills_in({"How was it settled?": "The audit found it readable."})
    assert "Overruled by @Tom: The audit found it readable." in _card(quiet)
    assert "@Tom overruled concern 1 about D-1" in quiet.writes_to(quiet.priya)[-1]
    assert quiet.writes_to(quiet.ana) == [], "it is five in the morning there"
    quiet.slack.next_morning("Ana")
    quiet.settle()
    assert "Concern 1 overruled by @Tom" in quiet.writes_to(quiet.ana)[-1]


def test_the_proposer_withdraws_and_those_who_spoke_are_told(quiet: Town) -> None:
    _propose(quiet, reviewers="Priya, Mei")
    quiet.priya.presses("Agree")
    quiet.settle()
    quiet.priya.presses("Withdraw")
    assert (
        "Only @Tom, who proposed it, can change or withdraw it."
        in quiet.whispers_to(quiet.priya)[-1]
    )
    quiet.tom.presses("Withdraw")
    quiet.tom.fills_in({"Why?": "The relaunch moved to spring."})
    card = _card(quiet)
    assert "D-1, withdrawn: New UI design" in card
    assert "Proposed by @Tom. The relaunch moved to spring." in card
    assert "[Agree]" not in card
    assert "@Tom withdrew D-1" in quiet.writes_to(quiet.priya)[-1]
    assert not [text for text in quiet.writes_to(quiet.mei) if "withdrew" in text]
    quiet.mei.types("#infra", "/decision list withdrawn")
    assert f"D-1 {TITLE} (withdrawn), proposed by @Tom" in quiet.whispers_to(quiet.mei)[-1]
    quiet.mei.types("#infra", "/decision show D-1")
    told = quiet.whispers_to(quiet.mei)[-1]
    assert "Agree: @Priya" in told
    assert "@Tom withdrew it" in told
    assert "ejected" not in told


def test_a_proposal_from_a_link_stands_in_that_thread_once(lively: Town) -> None:
    ts = lively.priya.says("#infra", "Should we move the job queue to Postgres?")
    lively.settle()
    link = _link(lively, ts)
    for person in (lively.tom, lively.priya):
        person.types("#infra", f"/decision propose {link}")
        assert person.form is not None
    lively.tom.fills_in({"Decision": "Postgres for the queue", "Reviewers": "Priya"})
    lively.priya.fills_in({"Decision": "Postgres", "Reviewers": "Tom"})
    assert "has a decision meanwhile" in str(lively.priya.form)
    assert [card["thread_ts"] for card in lively.posts_in("#infra")] == [ts]
    lively.mei.types("#infra", f"/decision propose {link}")
    assert "already logged as D-1" in lively.whispers_to(lively.mei)[-1]


def test_a_link_to_no_message_here_is_refused_with_a_sentence(quiet: Town) -> None:
    ts = quiet.priya.says("#infra", "Redis or Postgres?")
    reply = quiet.mei.says("#infra", "Postgres.", reply_to=ts)
    quiet.settle()
    elsewhere = f"https://elsewhere.slack.com/archives/C0INFRA00/p{ts.replace('.', '')}"
    for link, told in {
        _link(quiet, "1600000000.000100"): "I found no such message",
        elsewhere: "no link to a message here",
    }.items():
        quiet.tom.types("#infra", f"/decision propose {link}")
        assert told in quiet.whispers_to(quiet.tom)[-1]
        assert quiet.tom.form is None
    quiet.tom.types("#infra", f"/decision propose {_link(quiet, reply)}")
    quiet.tom.fills_in({"Decision": "Postgres for the queue", "Reviewers": "Priya"})
    quiet.settle()
    assert [card["thread_ts"] for card in quiet.posts_in("#infra")] == [ts]


def test_a_card_whose_thread_is_gone_stands_in_the_channel(quiet: Town) -> None:
    ts = quiet.priya.says("#infra", "Redis or Postgres?")
    quiet.settle()
    link = _link(quiet, ts)
    quiet.tom.types("#infra", f"/decision propose {link}")
    quiet.priya.deletes("#infra", ts)
    quiet.settle()
    quiet.tom.fills_in({"Decision": "Postgres for the queue", "Reviewers": "Priya"})
    quiet.settle()
    assert "thread_ts" not in quiet.posts_in("#infra")[-1]
    quiet.priya.presses("Agree")
    assert "Agree: @Priya" in _card(quiet)


def test_who_proposed_what_cannot_be_posted_is_told_so(quiet: Town) -> None:
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        fields = Fields("Postgres for the queue")
        row = recording.add(uow, fields, Place("C0NOWHERE"), by=str(quiet.slack.see("Tom")["me"]))
        assert row is not None
        recording.post_card(uow, row)
    quiet.settle()
    assert "I could not post the card of D-1, Postgres" in quiet.writes_to(quiet.tom)[-1]


SILENT: dict[str, Any] = {"If reviewers say nothing": "Silence counts as agreement"}
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "nobody else": ({"Reviewers": "Tom"}, "at least one reviewer besides yourself"),
    "a guest": ({"Reviewers": "Priya, Gil"}, "Gil cannot review"),
    "silence": (
        {"If reviewers say nothing": "Silence counts as agreement"},
        "only to what can be undone",
    ),
    "not there": ({"Where?": "#general"}, "I am not in that channel"),
}


def test_what_cannot_be_proposed_is_told_under_its_field(quiet: Town) -> None:
    quiet.tom.types("#infra", f"/decision propose {TITLE}")
    for fields, told in WRONG.values():
        quiet.tom.fills_in({"Reviewers": "Priya"} | fields)
        view = quiet.tom.form
        assert view is not None
        assert told in str(view["errors"])
    quiet.tom.fills_in({"Reviewers": "Priya", "Can it be undone?": "Yes, easily"})


def test_objections_are_found_by_words_by_those_who_may_see_them(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    _propose(quiet, channel="#leads", reviewers="Priya")
    _object(quiet, quiet.priya)
    quiet.priya.presses("Settle a concern")
    quiet.priya.fills_in({"How was it settled?": "Darker grey."})
    asked = "/decision objections what were the objections to the new UI design?"
    for person in (quiet.tom, quiet.mei):
        person.types("#web-relaunch", asked)
    told = quiet.whispers_to(quiet.tom)[-1]
    assert "D-1 New UI design for the relaunch (proposed)" in told
    assert "Contrast, @Priya: Grey on grey" in told
    assert "Settled by @Priya: Darker grey." in told
    assert "I found no objections" in quiet.whispers_to(quiet.mei)[-1]
    quiet.tom.types("#web-relaunch", "/decision objections")
    assert "Objections to what?" in quiet.whispers_to(quiet.tom)[-1]


@pytest.mark.needs("home", "digest")
def test_what_waits_for_a_review_stands_on_home_and_in_the_digest(quiet: Town) -> None:
    _propose(quiet, reviewers="Mei")
    assert "Proposals that wait for your review" in quiet.home_of(quiet.mei)
    quiet.slack.next_morning("Mei")
    quiet.settle()
    digest = quiet.writes_to(quiet.mei)[-1]
    assert "@Tom asks for your review, closes 10月9日(金) 17:00 at the earliest:" in digest
    assert f"D-1 {TITLE}" in digest
    quiet.mei.opens_home()
    quiet.settle()
    quiet.mei.presses("Review")
    quiet.mei.fills_in({"What do you say?": "Abstain"})
    assert "Abstain: @Mei" in _card(quiet)
    assert "wait for your review" not in quiet.home_of(quiet.mei)


def test_whoever_is_erased_still_counts_without_name_and_words(quiet: Town) -> None:
    _propose(quiet, reviewers="Priya, Mei")
    quiet.priya.presses("Agree with comment")
    quiet.priya.fills_in({"Your comment": "Ship it behind a flag."})
    _object(quiet, quiet.priya)
    priya = str(quiet.slack.see("Priya")["me"])
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        kept = [each for each in quiet.app.bot.kept if each.name == "proposals"]
        given = keeping.exported(uow, kept, priya)["proposals"]
        assert {"Ship it behind a flag.", "Grey on grey"} <= {
            value for record in given for value in record.values()
        }
        keeping.erase(uow, kept, priya)
    card = _card(quiet)
    told = "".join(quiet.writes_to(quiet.tom))
    assert "raised a concern about D-1" in told
    assert "Contrast" not in told
    assert "Grey on grey" not in told
    assert "Agree with comment:\n• somebody\n> (erased)" in card
    assert "Concern 1, (erased) (open), raised by somebody" in card
    assert "1 of 2 reviewers have spoken." in card


def _propose(
    town: Town,
    *,
    proposer: Person | None = None,
    channel: str = "#infra",
    reviewers: str = "Priya, Mei",
) -> None:
    who = proposer or town.tom
    who.types(channel, f"/decision propose {TITLE}")
    who.fills_in({"Reviewers": reviewers})
    town.settle()


def _link(town: Town, ts: str) -> str:
    """The address of a message in #infra, without its thread."""
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        return uow.workspace.permalink("C0INFRA00", ts)


def _card(town: Town) -> str:
    """The newest card as people read it."""
    return next(each for each in reversed(_cards(town)) if "D-1" in each)


def _cards(town: Town, channels: tuple[str, ...] = ("#infra", "#leads")) -> list[str]:
    world = town.server.slack.world
    posts = [post for channel in channels for post in town.posts_in(channel)]
    return [plain_text.of_message(world, post["text"], post["blocks"]) for post in posts]


def _object(town: Town, person: Person) -> None:
    person.presses("Raise a concern")
    person.fills_in({"A short name": "Contrast", "What is your concern?": "Grey on grey"})
    town.settle()
