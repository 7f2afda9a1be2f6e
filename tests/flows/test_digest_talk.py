"""What digests tell of the talk in people's channels, and what people say about it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot.core.agreement.setting import person_scope
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.town import Town

pytestmark = pytest.mark.needs("digest")

NIGHT_IN_BERLIN = datetime(2026, 10, 6, 20, 0, tzinfo=UTC)
NINE_IN_BERLIN = datetime(2026, 10, 7, 7, 0, tzinfo=UTC)
INFRA = "C0INFRA00"
PUMP = "The pump in tank 3 is back since two. Nobody has to stay up."


def _id(town: Town, person: Person) -> str:
    return str(town.slack.see(person.name)["me"])


def _shown(town: Town, person: Person) -> str:
    """The newest direct message of the bot as it stands there now."""
    town.settle()
    return str(person.direct_messages()[-1]["text"])


def _now(town: Town, person: Person) -> str:
    """What `/digest now` shows somebody."""
    town.settle()
    person.types("#general", "/digest now")
    return town.whispers_to(person)[-1]


@pytest.mark.needs("asks", "decisions")
def test_it_says_what_conversations_came_to_with_what_was_settled_first(quiet: Town) -> None:
    quiet.move_to(NIGHT_IN_BERLIN)
    quiet.mei.says("#infra", PUMP)
    course = quiet.mei.says("#infra", "We should move the tanks to the new pump this week.")
    quiet.priya.says("#infra", "I'm against it, it leaks.", reply_to=course)
    quiet.mei.says("#infra", "Does anybody know the code of the store room?")
    quiet.advance(minutes=20)
    asked = quiet.priya.says("#infra", "@Mei which valve do we order?")
    quiet.advance(minutes=20)
    quiet.mei.says("#infra", "The brass one.", reply_to=asked)
    quiet.move_to(NINE_IN_BERLIN)
    digest = quiet.writes_to(quiet.tom)[-1]
    lines = [line for line in digest.splitlines() if line.startswith("•")]
    assert [line.split(" · ")[0].removeprefix("• ") for line in lines[:3]] == [
        "Settled",
        "Open question",
        "Views differ",
    ]
    assert "Settled · 1 new reply, the last by @Mei 22:40 · @Priya: “" in lines[0]
    assert "“The pump in tank 3 is back since two.”" in lines[3], "the first sentence"
    assert not any("disagree" in line for line in lines)


def test_each_channel_has_its_part_and_the_one_that_concerns_the_reader_is_first(
    quiet: Town,
) -> None:
    quiet.move_to(NIGHT_IN_BERLIN)
    for number in range(7):
        quiet.mei.says("#infra", f"Tank {number} is clean.")
    quiet.ana.says("#web-relaunch", "The copy is final, thank you @Tom.")
    quiet.move_to(NINE_IN_BERLIN)
    digest = quiet.writes_to(quiet.tom)[-1]
    assert digest.index("The copy is final") < digest.index("is clean")
    assert digest.count("is clean") == 5
    assert "and 2 more from here on" in digest
    assert "talk in 2 channels" in digest
    assert "8 messages in 2 channels since" in digest


def test_an_open_question_stands_above_more_that_is_merely_new(quiet: Town) -> None:
    quiet.move_to(NIGHT_IN_BERLIN)
    lunch = quiet.ana.says("#web-relaunch", "We have lunch at one today, all of us.")
    for number in range(4):
        quiet.sam.says("#web-relaunch", f"I have eaten {number} of them.", reply_to=lunch)
    quiet.mei.says("#infra", "Does anybody know the code of the store room?")
    quiet.move_to(NINE_IN_BERLIN)
    digest = quiet.writes_to(quiet.tom)[-1]
    assert digest.index("store room") < digest.index("lunch at one")


def test_after_leave_it_is_ranked_wherever_it_was_said(quiet: Town) -> None:
    quiet.priya.types("#infra", "/baton away until Tuesday")
    quiet.advance(days=1)
    for tank in range(10):
        quiet.mei.says("#infra", f"Tank {tank} is clean.")
    quiet.advance(hours=1)
    quiet.tom.says("#infra", "@Priya the pump is yours when you are back.")
    quiet.mei.says("#infra", "Does anybody know the code of the store room?")
    quiet.move_to(datetime(2026, 10, 14, 3, 35, tzinfo=UTC))  # Wednesday 09:05 in Kolkata
    digest = quiet.writes_to(quiet.priya)[-1]
    read, skim = digest.index("Read these"), digest.index("Skim these")
    skip = digest.index("You can skip these")
    assert read < digest.index("the pump is yours") < skim < digest.index("store room") < skip
    assert "#infra 10 conversations" in digest[skip:]
    assert "talk in 1 channel" in digest
    assert "Tank 4" not in digest


def test_a_room_for_company_is_only_counted(quiet: Town) -> None:
    quiet.move_to(NIGHT_IN_BERLIN)
    quiet.mei.says("#infra", "Look at this cat.")
    quiet.sam.says("#infra", "And at this one.")
    quiet.settle()
    with quiet.app.bot.database.transaction() as session:
        session.execute(text("UPDATE channels SET name = 'cats' WHERE channel_id = 'C0INFRA00'"))
    digest = _now(quiet, quiet.tom)
    assert "2 conversations from here on" in digest
    assert "this cat" not in digest


def test_more_and_less_of_a_channel_hold_from_the_next_digest_on(quiet: Town) -> None:
    quiet.move_to(NIGHT_IN_BERLIN)
    quiet.mei.says("#infra", PUMP)
    quiet.move_to(NINE_IN_BERLIN)
    quiet.tom.picks_option(INFRA, "More of this channel")
    assert "up to 10 conversations" in quiet.whispers_to(quiet.tom)[-1]
    quiet.advance(minutes=10)
    for number in range(7):
        quiet.mei.says("#infra", f"Tank {number} is clean.")
    assert _now(quiet, quiet.tom).count("is clean") == 7
    quiet.tom.picks_option(INFRA, "✓ More of this channel")
    assert "It is like that already" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.picks_option(INFRA, "Less of this channel")
    assert "what was settled or mentions you" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.presses("Undo")
    quiet.settle()
    assert _now(quiet, quiet.tom).count("is clean") == 7
    quiet.tom.picks_option(INFRA, "Less of this channel")
    quiet.mei.says("#infra", "@Tom tank 8 is yours.")
    less = _now(quiet, quiet.tom)
    assert "is clean" not in less
    assert "tank 8 is yours" in less
    assert "7 more" in less


def test_a_wish_for_a_channel_that_was_left_is_dropped(quiet: Town) -> None:
    quiet.move_to(NIGHT_IN_BERLIN)
    quiet.tom.says("#infra", PUMP)
    quiet.slack.next_morning("Mei")
    quiet.settle()
    quiet.tom.removes("Mei", "#infra")
    quiet.settle()
    quiet.mei.picks_option(INFRA, "More of this channel")
    assert "in your digest no longer" in quiet.whispers_to(quiet.mei)[-1]


def test_an_opinion_is_thanked_for_and_can_be_changed(quiet: Town) -> None:
    quiet.move_to(NIGHT_IN_BERLIN)
    quiet.mei.says("#infra", PUMP)
    quiet.move_to(NINE_IN_BERLIN)
    quiet.tom.presses("👍")
    assert "glad it helped" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.presses("👎")
    assert "Counted as 👎 instead." in quiet.whispers_to(quiet.tom)[-1]
    assert "more and less of it" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.presses("👎")
    assert "It counts as 👎 already." in quiet.whispers_to(quiet.tom)[-1]
    bot = quiet.app.bot
    assert bot.perform(TEAM_ID, bot.operations["digest quality"], during="job") == (
        "plain: too few people to say"
    )


def test_nobody_is_quoted_who_wants_to_be_left_alone(quiet: Town) -> None:
    quiet.move_to(NIGHT_IN_BERLIN)
    asked = quiet.mei.says("#infra", PUMP)
    quiet.priya.says("#infra", "Thanks, sleeping then.", reply_to=asked)
    quiet.settle()
    quiet.sets("people.off", value=True, scope=person_scope(_id(quiet, quiet.mei)))
    quiet.move_to(NINE_IN_BERLIN)
    digest = quiet.writes_to(quiet.tom)[-1]
    assert "pump" not in digest
    assert "@Mei" not in digest
    assert "@Priya: “Thanks, sleeping then.”" in digest


def test_what_was_deleted_before_it_is_gone_and_what_is_edited_after_it_is_corrected(
    quiet: Town,
) -> None:
    quiet.move_to(NIGHT_IN_BERLIN)
    gone = quiet.mei.says("#infra", "The budget is 40,000.")
    edited = quiet.mei.says("#infra", PUMP)
    deleted = quiet.priya.says("#infra", "The invoice is wrong.")
    quiet.settle()
    quiet.mei.deletes("#infra", gone)
    quiet.move_to(NINE_IN_BERLIN)
    first = quiet.writes_to(quiet.tom)[-1]
    assert "budget" not in first
    quiet.mei.edits("#infra", edited, "The pump broke again.")
    quiet.priya.deletes("#infra", deleted)
    quiet.settle()
    shown = _shown(quiet, quiet.tom)
    assert "The pump broke again." in shown
    assert "is back" not in shown
    assert "invoice" not in shown


def test_who_was_removed_from_a_channel_before_it_reads_nothing_of_it(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.move_to(NIGHT_IN_BERLIN)
    quiet.mei.says("#infra", PUMP)
    quiet.priya.says("#leads", "Budget: 40,000.")
    quiet.settle()
    quiet.priya.removes("Tom", "#leads")
    quiet.move_to(NINE_IN_BERLIN)
    digest = quiet.writes_to(quiet.tom)[-1]
    assert "pump" in digest
    assert "Budget" not in digest
    assert "leads" not in digest


def test_texts_that_are_not_kept_are_a_gap(quiet: Town) -> None:
    quiet.sets("messages.retention_days", 0)
    quiet.move_to(NIGHT_IN_BERLIN)
    quiet.mei.says("#infra", PUMP)
    quiet.move_to(NINE_IN_BERLIN)
    digest = quiet.writes_to(quiet.tom)[-1]
    assert "(text not kept)" in digest
    assert "1 message whose text is not kept" in digest


def test_what_somebody_wishes_and_thinks_is_given_out_and_erased(quiet: Town) -> None:
    quiet.move_to(NIGHT_IN_BERLIN)
    quiet.mei.says("#infra", PUMP)
    quiet.move_to(NINE_IN_BERLIN)
    quiet.tom.picks_option(INFRA, "More of this channel")
    quiet.tom.presses("👍")
    quiet.settle()
    bot, tom = quiet.app.bot, _id(quiet, quiet.tom)
    kept = {each.name: each for each in bot.kept}
    with bot.begin(TEAM_ID, during="job") as uow:
        (wish,) = kept["digest wishes"].export(uow, tom)
        (opinion,) = kept["digest opinions"].export(uow, tom)
        assert wish["wish"] == "more"
        assert (opinion["prompt"], opinion["is_good"]) == ("plain", True)
        assert kept["digest wishes"].erase(uow, tom) == 1
        assert kept["digest opinions"].erase(uow, tom) == 1
