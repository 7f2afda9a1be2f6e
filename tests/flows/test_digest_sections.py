"""What a digest says: its parts in order, complete, each thing once, and what its menus do."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core import people
from bot.features.asks.service import showing
from bot.features.decisions.service import reviewers
from bot.playground.client import NotPossible, Person
from bot.playground.world import TEAM_ID
from tests.support.pages import FILLED, FIRE
from tests.support.town import Town

pytestmark = pytest.mark.needs("digest", "asks", "decisions", "redphone")

EVENING = datetime(2026, 10, 6, 18, 0, tzinfo=UTC)
"""20:00 on a Tuesday in Berlin."""
NINE = datetime(2026, 10, 7, 7, 0, tzinfo=UTC)
OLD_QUEUE = "@Tom can we drop the old queue?"
LOGO = "@Tom which logo do we ship?"
PARTS = (
    "Waiting on you",
    "Proposals that wait for your review",
    "Closing before your next working day",
    "Pages meanwhile",
    "Decided",
    "Settled for you",
    "The new disks are in.",
)


def test_the_parts_come_in_order_and_tell_what_the_tables_hold(lively: Town) -> None:
    a_full_night(lively)
    digest = _digest(lively, lively.tom)
    places = [digest.find(title) for title in PARTS]
    assert places == sorted(places), digest
    assert -1 not in places, digest
    assert "3 wait for you · 1 closes soon · 1 page · 1 decision · news on 1 of yours" in digest
    with lively.app.bot.begin(TEAM_ID, during="job") as uow:
        tom = people.find(uow.session, TEAM_ID, lively.slack.see("Tom")["me"])
        assert tom is not None
        waiting = showing.waiting_on(uow, tom).seen
        reviews = reviewers.waiting_for(uow, tom).seen
    assert {ask.quote for ask in waiting} == {OLD_QUEUE, LOGO}
    assert {each.decision.name for each in reviews} == {"D-1", "D-2"}
    assert f"@Priya in #infra, due Do., 8. Okt., 09:00: “{OLD_QUEUE}”" in digest
    assert f"@Sam in #web-relaunch, due Do., 8. Okt., 09:00: “{LOGO}”" in digest
    assert "@Mei asks for your review, closes Fr., 9. Okt., 17:00 at the earliest: D-2" in digest
    assert "@Ana asks for your review, closes Mi., 7. Okt., 17:00 at the earliest: D-1" in digest
    assert "@Sam paged you. You were on it at 03:00: “Nobody can sign up”" in digest
    assert "#infra, logged by @Priya: D-3 Let's go with Postgres" in digest
    assert "@Mei: “@Mei is the pump back?”" in digest
    for once in (OLD_QUEUE, LOGO, "is the pump back", "Postgres"):
        assert digest.count(once) == 1, once
    assert "Plain digest, no AI used" in digest


def test_done_from_the_menu_answers_and_takes_the_line_out_of_the_next(quiet: Town) -> None:
    quiet.move_to(EVENING)
    quiet.priya.says("#infra", OLD_QUEUE)
    quiet.sam.says("#web-relaunch", LOGO)
    quiet.move_to(NINE)
    quiet.tom.picks_option("old queue", "Done")
    quiet.settle()
    assert quiet.whispers_to(quiet.tom)[-1].startswith("Done. Whoever asked is told")
    quiet.tom.types("#infra", "/digest now")
    now = quiet.whispers_to(quiet.tom)[-1]
    assert "@Priya in #infra, due" not in now
    assert "which logo" in now


def test_the_digest_itself_says_what_its_reader_did_to_it(quiet: Town) -> None:
    quiet.move_to(EVENING)
    asked = quiet.priya.says("#infra", OLD_QUEUE)
    quiet.sam.says("#web-relaunch", LOGO)
    quiet.move_to(NINE)
    quiet.tom.picks_option("old queue", "On it")
    assert "• :eyes: on it · <@U0PRIYA00> in" in _standing(quiet)
    quiet.tom.picks_option("old queue", "Done")
    quiet.settle()
    quiet.tom.picks_option("which logo", "Snooze until my next day")
    read = _standing(quiet)
    assert "• :white_check_mark: done · <@U0PRIYA00> in" in read
    assert "• :zzz: snoozed until Do., 8. Okt., 09:00 · <@U0SAM0000> in" in read
    assert ":eyes:" not in read
    quiet.settle()
    with pytest.raises(NotPossible):
        quiet.tom.picks_option("old queue", "Done")
    quiet.priya.edits("#infra", asked, "@Tom can we drop the spare queue?")
    assert "spare queue" in _standing(quiet)
    assert "old queue" not in _standing(quiet)


def _standing(town: Town) -> str:
    """The newest digest that Tom got, as it stands now."""
    town.settle()
    texts = [str(each["text"]) for each in town.tom.direct_messages()]
    return next(text for text in reversed(texts) if "Good morning" in text)


def test_several_are_answered_from_the_digest(quiet: Town) -> None:
    quiet.move_to(EVENING)
    quiet.priya.says("#infra", OLD_QUEUE)
    quiet.sam.says("#web-relaunch", LOGO)
    quiet.move_to(NINE)
    quiet.tom.presses("Answer several…")
    assert "old queue" in quiet.forms_of(quiet.tom)[-1]
    quiet.tom.fills_in({f"Your answer to Priya: “{OLD_QUEUE}”": "Yes, drop it."})
    quiet.settle()
    assert any("Yes, drop it." in each["text"] for each in quiet.posts_in("#infra"))


def test_a_review_is_given_from_the_digest(quiet: Town) -> None:
    _propose(quiet, quiet.ana, "Blue for the logo", days="3")
    quiet.move_to(NINE)
    quiet.tom.presses("Review")
    assert "Blue for the logo" in quiet.forms_of(quiet.tom)[-1]


def test_what_closes_over_the_weekend_closes_before_the_next_working_day(quiet: Town) -> None:
    quiet.move_to(datetime(2026, 10, 8, 12, 0, tzinfo=UTC))  # Thursday
    _propose(quiet, quiet.ana, "Blue for the logo", days="1")  # closes on Friday
    _propose(quiet, quiet.ana, "Round for the logo", days="2")  # closes on Monday
    quiet.move_to(datetime(2026, 10, 9, 7, 0, tzinfo=UTC))
    friday = _digest(quiet, quiet.tom)
    closing = friday.index("Closing before your next working day")
    assert friday.index("Round for the logo") < closing < friday.index("Blue for the logo")
    assert "closes Fr., 9. Okt., 17:00 at the earliest" in friday[closing:]


def test_a_page_is_told_to_nobody_else(quiet: Town) -> None:
    a_page(quiet)
    quiet.mei.says("#infra", "The pump is back.")
    quiet.slack.next_morning("Ana")
    quiet.settle()
    assert "Nobody can sign up" not in _digest(quiet, quiet.ana)
    quiet.sam.types("#infra", "/digest now")
    caller = quiet.whispers_to(quiet.sam)[-1]
    assert "you paged. @Tom was on it at" in caller
    assert "“Nobody can sign up”" in caller


def test_a_question_that_came_directly_links_to_the_readers_own_conversation(quiet: Town) -> None:
    quiet.priya.types(quiet.priya.direct_with("Tom"), "/ask @Tom is the budget final?")
    quiet.move_to(NINE + timedelta(minutes=1))
    quiet.tom.types("#infra", "/digest now")
    now = quiet.whispers_to(quiet.tom)[-1]
    assert "“is the budget final?” our conversation" in now


def a_full_night(town: Town) -> None:
    """One of everything that a digest of Tom's tells, until his Wednesday morning."""
    question = town.tom.says("#infra", "@Mei is the pump back?")
    _propose(town, town.ana, "Blue for the logo", days="1")
    _propose(town, town.mei, "Friday demos move to Thursday", days="3")
    town.move_to(EVENING)
    town.mei.says("#infra", "It is, since 14:20.", reply_to=question)
    settled = town.priya.says("#infra", "Let's go with Postgres for the job queue.")
    town.settle()
    town.priya.picks("Log a decision", "#infra", settled)
    town.priya.fills_in({})
    town.priya.says("#infra", OLD_QUEUE)
    town.sam.says("#web-relaunch", LOGO)
    town.mei.says("#web-relaunch", "The new disks are in.")
    a_page(town)
    town.move_to(NINE)


def a_page(town: Town) -> None:
    """Sam pages Tom at three in the morning, who is on it at once."""
    town.tom.types("#infra", "/redphone oncall @Tom")
    town.move_to(datetime(2026, 10, 7, 1, 0, tzinfo=UTC))
    town.sam.types("#infra", FIRE)
    town.sam.fills_in(FILLED)
    town.settle()
    town.tom.presses("I'm on it")
    town.settle()


def _propose(town: Town, who: Person, title: str, *, days: str) -> None:
    who.types("#infra", f"/decision propose {title}")
    who.fills_in({"Reviewers": "Tom", "Comment period in working days": days})
    town.settle()


def _digest(town: Town, reader: Person) -> str:
    return [text for text in town.writes_to(reader) if text.startswith("Good ")][-1]
