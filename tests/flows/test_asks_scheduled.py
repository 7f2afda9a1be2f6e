"""Asks and posts that go out later, by our own clock."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from sqlalchemy import select

from bot.core.agreement.setting import person_scope
from bot.core.db import Base
from bot.core.events import MessageNotSent
from bot.core.ports import Draft
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.flows.test_asks_composed import BY, WHAT, WHOM, composes, dm, errors, listed, on
from tests.support.databases import Rows, fill
from tests.support.town import Town, town

pytestmark = pytest.mark.needs("asks", "home")

POOL: Final = "Which pool size do we take?"
WHEN, AT = "When?", "At what time?"
AT_A_TIME, WORKDAY = "At a time", "When their working day begins"
WEDNESDAY_9_BERLIN: Final = datetime(2026, 10, 7, 7, 0, tzinfo=UTC)


def plans(person: Person, at: str = "tomorrow 9:00", **fields: str) -> None:
    """Has an ask go out in #infra at a time."""
    composes(person, **({"where": "#infra", WHEN: AT_A_TIME, AT: at} | fields))


def told(person: Person, town: Town) -> str:
    """What stood in the newest view that somebody saw."""
    return town.forms_of(person)[-1]


def _id(person: Person, town: Town) -> str:
    return str(town.slack.see(person.name)["me"])


def stored(town: Town) -> str:
    """Everything that is kept of what goes out later."""
    with town.app.bot.database.reading() as session:
        return str(session.execute(select(Base.metadata.tables["ask_scheduled"])).all())


def test_it_goes_out_at_its_time_once_and_never_before(lively: Town) -> None:
    plans(lively.tom)
    assert "It goes out on Wed 7 Oct, 09:00 (12:30 for @Priya)." in told(lively.tom, lively)
    lively.move_to(WEDNESDAY_9_BERLIN - timedelta(minutes=1))
    assert lively.posts_in("#infra") == []
    assert "Nothing is waiting on you" in on(lively.priya, lively)
    lively.move_to(WEDNESDAY_9_BERLIN)
    [card] = lively.posts_in("#infra")
    assert POOL in card["text"]
    assert "due Thu 8 Oct, 12:30 there" in card["text"], "its clock starts when it goes out"
    lively.advance(hours=1)
    assert len(lively.posts_in("#infra")) == 1
    assert "Scheduled" not in listed(lively.tom, lively)
    lively.priya.says("#infra", "20.", reply_to=card["ts"])
    assert "Nothing is waiting on you" in on(lively.priya, lively)


def test_it_survives_a_restart_and_goes_out_as_soon_as_it_can(
    database_url: str, acquaintance: Rows
) -> None:
    fill(database_url, acquaintance)
    with town(database_url) as before:
        plans(before.tom)
        before.settle()
        bot = before.app.bot
        with bot.database.reading() as session:
            rows = session.execute(select(Base.metadata.tables["ask_scheduled"])).all()
    assert len(rows) == 1
    late = WEDNESDAY_9_BERLIN + timedelta(hours=2)
    with town(database_url, start=late) as after:
        after.settle()
        assert [POOL in each["text"] for each in after.posts_in("#infra")] == [True]


def test_it_goes_out_when_their_working_day_begins(quiet: Town) -> None:
    composes(quiet.tom, where="#infra", **{WHOM: "Ana", WHEN: WORKDAY})  # 05:00 in São Paulo
    assert "It goes out on Tue 6 Oct, 14:00 (09:00 for @Ana)" in told(quiet.tom, quiet)
    quiet.move_to(datetime(2026, 10, 6, 12, 0, tzinfo=UTC))
    assert "<@U0ANA0000>" in quiet.posts_in("#infra")[0]["text"]


def test_several_get_it_when_all_of_them_are_at_work(quiet: Town) -> None:
    for whom in (["Sam", "Ana"], ["Ana", "Sam"]):
        quiet.tom.uses_global_shortcut("Ask async")
        quiet.tom.fills_in({WHOM: whom, WHAT: POOL, "Where?": "#infra", WHEN: WORKDAY})
        assert "It goes out on Tue 6 Oct, 18:00" in told(quiet.tom, quiet)
    quiet.tom.uses_global_shortcut("Ask async")
    quiet.tom.fills_in({WHOM: ["Priya", "Sam"], WHAT: POOL, "Where?": "#infra", WHEN: WORKDAY})
    assert "never at work at the same time" in errors(quiet.tom)["at"]
    assert quiet.posts_in("#infra") == []


def test_when_they_are_at_work_it_goes_out_now(quiet: Town) -> None:
    composes(quiet.tom, where="#infra", **{WHEN: WORKDAY})
    assert len(quiet.posts_in("#infra")) == 1


def test_what_goes_to_somebody_directly_waits_for_them_by_itself(quiet: Town) -> None:
    composes(quiet.tom, **{WHOM: "Ana", WHEN: WORKDAY})
    assert "@Ana gets it Tue 6 Oct, 09:00 (their time) and has" in told(quiet.tom, quiet)
    composes(quiet.tom, **{WHEN: AT_A_TIME, AT: "today 11:00"})
    assert quiet.writes_to(quiet.priya) == []
    quiet.advance(hours=1)
    assert POOL in quiet.writes_to(quiet.priya)[-1]


def test_what_its_addressee_has_not_got_yet_says_so_in_the_list(quiet: Town) -> None:
    composes(quiet.tom, **{WHOM: "Ana", WHEN: WORKDAY})
    assert "@Ana, gets it Di., 6. Okt., 09:00 (their time), due" in listed(quiet.tom, quiet)
    quiet.move_to(datetime(2026, 10, 6, 12, 1, tzinfo=UTC))
    assert "@Ana, due" in listed(quiet.tom, quiet)


def test_each_field_says_what_is_wrong_with_the_times(quiet: Town) -> None:
    plans(quiet.tom, at="")
    assert "Write when it goes out" in errors(quiet.tom)["at"]
    quiet.tom.fills_in({AT: "someday"})
    assert "I do not know when that is" in errors(quiet.tom)["at"]
    quiet.tom.fills_in({AT: "yesterday 9:00"})
    assert errors(quiet.tom)["at"]
    quiet.tom.fills_in({AT: "tomorrow 9:00", BY: "today 5 pm"})
    assert errors(quiet.tom) == {
        "by": "That is before it goes out (Wed 7 Oct, 09:00). Name a later time, or none."
    }
    quiet.tom.fills_in({WHEN: "Now"})
    assert "only for “At a time”" in errors(quiet.tom)["at"]
    quiet.tom.fills_in({WHEN: AT_A_TIME, BY: "Thursday 2 pm"})
    assert "It goes out on" in told(quiet.tom, quiet)
    quiet.move_to(WEDNESDAY_9_BERLIN)
    assert "due Thu 8 Oct, 17:30 there" in quiet.posts_in("#infra")[0]["text"]


def test_a_time_that_a_draft_names_is_in_its_field_and_cannot_be_before_it_goes_out(
    quiet: Town,
) -> None:
    quiet.tom.says(dm(quiet.tom, quiet), "@Priya which pool size do we take by Wednesday 11 am?")
    quiet.settle()
    quiet.tom.presses("Send as an ask")
    assert "by Wednesday 11 am" in told(quiet.tom, quiet)
    quiet.tom.fills_in({WHOM: "Priya", WHEN: AT_A_TIME, AT: "Thursday 9:00"})
    assert "before it goes out (Thu 8 Oct, 09:00)" in errors(quiet.tom)["by"]
    quiet.tom.fills_in({AT: "Wednesday 9:00"})
    quiet.move_to(WEDNESDAY_9_BERLIN)
    assert "due Wed 7 Oct, 14:30" in quiet.writes_to(quiet.priya)[-1]


def test_a_draft_of_another_feature_fills_in_until_when(quiet: Town) -> None:
    bot = quiet.app.bot
    draft = Draft("Which size?", by="by Thursday noon")
    view = bot.perform(TEAM_ID, lambda uow: bot.asks.composer(uow, draft), during="event")
    assert view is not None
    [field] = [each for each in view["blocks"] if each.get("block_id") == "by"]
    assert field["element"]["initial_value"] == "by Thursday noon"


def test_what_is_wrong_with_the_rest_is_said_before_it_is_scheduled(quiet: Town) -> None:
    quiet.sets("people.off", value=True, scope=person_scope(_id(quiet.priya, quiet)))
    plans(quiet.tom)
    assert "may not write to them" in errors(quiet.tom)["whom"]
    quiet.tom.fills_in({WHOM: "Gil"})
    assert "full members" in errors(quiet.tom)["whom"]
    assert "Scheduled" not in listed(quiet.tom, quiet)


# What its author can do until then


def test_the_list_shows_it_and_lets_it_go_out_now(quiet: Town) -> None:
    plans(quiet.tom)
    shown = listed(quiet.tom, quiet)
    assert "Scheduled (1)" in shown
    assert "Wed 7 Oct, 09:00 to @Priya in #infra: “Which pool size do we take?”" in shown
    quiet.tom.picks_option("Wed 7 Oct, 09:00", "Send now")
    assert quiet.whispers_to(quiet.tom)[-1] == "It is on its way."
    assert "due Wed 7 Oct, 13:30 there" in quiet.posts_in("#infra")[0]["text"]
    quiet.move_to(WEDNESDAY_9_BERLIN)
    assert len(quiet.posts_in("#infra")) == 1


def test_it_can_be_cancelled_and_that_taken_back(quiet: Town) -> None:
    plans(quiet.tom)
    listed(quiet.tom, quiet)
    quiet.tom.picks_option("Wed 7 Oct, 09:00", "Cancel")
    said = "Cancelled. This does not go out:\nWed 7 Oct, 09:00 to @Priya in #infra: “Which pool"
    assert said in quiet.whispers_to(quiet.tom)[-1]
    assert "Scheduled" not in listed(quiet.tom, quiet)
    quiet.tom.presses("Undo")
    assert "Scheduled" in listed(quiet.tom, quiet)
    quiet.tom.picks_option("Wed 7 Oct, 09:00", "Cancel")
    quiet.move_to(WEDNESDAY_9_BERLIN + timedelta(minutes=1))
    assert quiet.posts_in("#infra") == []
    quiet.tom.presses("Undo")
    assert "stays cancelled" in quiet.whispers_to(quiet.tom)[-1]
    assert POOL in quiet.whispers_to(quiet.tom)[-1]
    quiet.advance(hours=1)
    assert quiet.posts_in("#infra") == []


def test_app_home_shows_it_and_lets_it_be_cancelled(quiet: Town) -> None:
    assert "Scheduled" not in quiet.home_of(quiet.tom)
    plans(quiet.tom)
    quiet.settle()
    assert "Scheduled (1)" in quiet.home_of(quiet.tom)
    quiet.tom.picks_option("Wed 7 Oct, 09:00", "Cancel")
    assert "Scheduled" not in quiet.home_of(quiet.tom)


def test_what_went_out_is_not_cancelled(quiet: Town) -> None:
    plans(quiet.tom)
    listed(quiet.tom, quiet)
    quiet.move_to(WEDNESDAY_9_BERLIN)
    quiet.tom.picks_option("Wed 7 Oct, 09:00", "Cancel")
    assert "went out already" in quiet.whispers_to(quiet.tom)[-1]


def test_of_many_each_can_be_reached(quiet: Town) -> None:
    for number in range(12):
        plans(quiet.tom, **{WHAT: f"What about {number}?"})
    shown = listed(quiet.tom, quiet)
    assert "Scheduled (12)" in shown
    assert "and 2 more" in shown
    quiet.tom.presses("Show more")
    rest = quiet.whispers_to(quiet.tom)[-1]
    assert "What about 11?" in rest
    assert "What about 9?" not in rest
    quiet.tom.picks_option("What about 11?", "Cancel")
    assert "does not go out" in quiet.whispers_to(quiet.tom)[-1]


# What cannot go out


def test_what_cannot_stand_there_any_more_goes_back_to_its_author(lively: Town) -> None:
    plans(lively.tom, **{"Context, with a link": "It times out."})
    lively.settle()
    lively.mei.removes("Tom", "#infra")
    lively.move_to(WEDNESDAY_9_BERLIN)
    assert lively.posts_in("#infra") == []
    [back] = lively.writes_to(lively.tom)
    for part in ("did not go out", "you and I are both in", POOL, "It times out."):
        assert part in back
    assert "Nothing is waiting on you" in on(lively.priya, lively)
    lively.advance(hours=2)
    assert len(lively.writes_to(lively.tom)) == 1


@pytest.mark.parametrize("who", ["Tom", "Priya"])
def test_where_one_of_the_two_wants_to_be_left_alone_its_author_has_it_back(
    who: str, quiet: Town
) -> None:
    plans(quiet.tom)
    quiet.settle()
    quiet.sets("people.off", value=True, scope=person_scope(_id(quiet.slack.person(who), quiet)))
    quiet.move_to(WEDNESDAY_9_BERLIN)
    assert quiet.posts_in("#infra") == []
    assert POOL in quiet.writes_to(quiet.tom)[-1]


def test_of_several_the_others_are_asked_and_its_author_hears_who_was_not(quiet: Town) -> None:
    quiet.tom.uses_global_shortcut("Ask async")
    quiet.tom.fills_in(
        {
            WHOM: ["Priya", "Mei"],
            WHAT: POOL,
            "Where?": "#infra",
            WHEN: AT_A_TIME,
            AT: "tomorrow 9:00",
        }
    )
    quiet.settle()
    quiet.sets("people.off", value=True, scope=person_scope(_id(quiet.mei, quiet)))
    quiet.move_to(WEDNESDAY_9_BERLIN)
    assert POOL in on(quiet.priya, quiet)
    assert "may not write to @Mei" in quiet.writes_to(quiet.tom)[-1]


def test_while_baton_is_paused_it_is_kept_and_given_back_when_it_may_speak(quiet: Town) -> None:
    plans(quiet.tom)
    quiet.settle()
    quiet.tom.types("#infra", "/baton pause")
    quiet.move_to(WEDNESDAY_9_BERLIN)
    assert quiet.posts_in("#infra") == []
    assert quiet.writes_to(quiet.tom) == []
    assert "in #infra (did not go out: I was paused here.)" in listed(quiet.tom, quiet)
    quiet.tom.picks_option("did not go out", "Send now")
    assert "I am paused here" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.types("#infra", "/baton resume")
    quiet.advance(hours=1)
    [back] = quiet.writes_to(quiet.tom)
    assert POOL in back
    assert quiet.posts_in("#infra") == []
    assert "Scheduled" not in listed(quiet.tom, quiet)


def test_what_was_held_back_can_be_sent_or_cancelled(quiet: Town) -> None:
    plans(quiet.tom)
    plans(quiet.tom, **{WHAT: "Which region?"})
    quiet.settle()
    quiet.tom.types("#infra", "/baton pause")
    quiet.move_to(WEDNESDAY_9_BERLIN)
    listed(quiet.tom, quiet)
    quiet.tom.picks_option("Which region?", "Cancel")
    assert "does not go out" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.types("#infra", "/baton resume")
    quiet.tom.picks_option(POOL, "Send now")
    assert quiet.whispers_to(quiet.tom)[-1] == "It is on its way."
    quiet.advance(hours=2)
    assert [POOL in each["text"] for each in quiet.posts_in("#infra")] == [True]
    assert quiet.writes_to(quiet.tom) == []


def test_what_was_held_back_is_kept_until_its_author_knows(quiet: Town) -> None:
    quiet.sets("messages.retention_days", 0)
    plans(quiet.tom)
    quiet.settle()
    quiet.tom.types("#infra", "/baton pause")
    quiet.move_to(WEDNESDAY_9_BERLIN + timedelta(hours=25))
    quiet.tom.types("#infra", "/baton resume")
    quiet.advance(hours=2)
    assert [POOL in each for each in quiet.writes_to(quiet.tom)] == [True]


def test_a_deadline_that_is_over_when_it_goes_out_late_is_not_asked_for(
    database_url: str, acquaintance: Rows
) -> None:
    fill(database_url, acquaintance)
    with town(database_url) as before:
        plans(before.tom, **{BY: "tomorrow 11:00"})
        before.settle()
    with town(database_url, start=WEDNESDAY_9_BERLIN + timedelta(hours=5)) as after:
        after.settle()
        assert after.posts_in("#infra") == []
        assert "named for an answer is over" in after.writes_to(after.tom)[-1]


# Posts


def test_a_post_goes_out_later_too_and_comes_back_if_slack_does_not_take_it(quiet: Town) -> None:
    for text, at in (("The pump is back.", "tomorrow 9:00"), ("It is off.", "tomorrow 10:00")):
        quiet.tom.says(dm(quiet.tom, quiet), text)
        quiet.settle()
        quiet.tom.presses("Post in a channel")
        quiet.tom.fills_in({"Where?": "#infra", WHEN: AT_A_TIME, AT: at})
        assert "It goes out on Wed 7 Oct" in told(quiet.tom, quiet)
    assert "Wed 7 Oct, 09:00 in #infra: “The pump is back.”" in listed(quiet.tom, quiet)
    quiet.move_to(WEDNESDAY_9_BERLIN)
    [posted] = quiet.posts_in("#infra")
    assert "writes:" in posted["text"]
    assert "The pump is back." in posted["text"]
    quiet.mei.removes("Baton", "#infra")
    quiet.advance(hours=1)
    assert "It is off." in quiet.writes_to(quiet.tom)[-1]


def test_a_post_that_slack_does_not_take_comes_back(quiet: Town) -> None:
    quiet.tom.says(dm(quiet.tom, quiet), "The pump is back.")
    quiet.settle()
    quiet.tom.presses("Post in a channel")
    quiet.tom.fills_in({"Where?": "#infra", WHEN: AT_A_TIME, AT: "tomorrow 9:00"})
    quiet.settle()
    bot = quiet.app.bot
    quiet.slack.move_to(WEDNESDAY_9_BERLIN)
    [let_out] = [job for job in bot.jobs if job.name.endswith("let_out")]
    let_out.run(bot)
    with bot.begin(TEAM_ID, during="event") as uow:
        outbox = Base.metadata.tables["outbox"]
        key = uow.session.scalar(select(outbox.c.key).where(outbox.c.key.like("asks:post:%")))
        bot.emit(MessageNotSent(team_id=TEAM_ID, key=str(key)), uow)
    assert "The pump is back." in quiet.writes_to(quiet.tom)[-1]
    assert "Slack did not let me post there" in quiet.writes_to(quiet.tom)[-1]


def test_a_post_that_asks_somebody_asks_them_when_it_goes_out(quiet: Town) -> None:
    quiet.tom.says(dm(quiet.tom, quiet), "@Priya canaryword: which size do we take?")
    quiet.settle()
    quiet.tom.presses("Post in a channel")
    quiet.tom.fills_in({"Where?": "#infra", WHEN: AT_A_TIME, AT: "tomorrow 9:00"})
    assert "(12:30 for @Priya)" in told(quiet.tom, quiet)
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)
    quiet.move_to(WEDNESDAY_9_BERLIN)
    assert "due Thu 8 Oct, 12:30 there" in quiet.posts_in("#infra")[0]["text"]
    assert "which size do we take" in on(quiet.priya, quiet)
    assert "canaryword" not in stored(quiet)


# What is kept of it


def test_its_words_are_kept_no_longer_than_they_are_needed(quiet: Town) -> None:
    plans(quiet.tom, **{WHAT: "canaryword?"})
    quiet.settle()
    assert "canaryword" in stored(quiet)
    quiet.move_to(WEDNESDAY_9_BERLIN)
    assert "canaryword" not in stored(quiet)
    assert quiet.posts_in("#infra")


def test_whoever_wants_to_be_left_alone_has_it_back_at_once(quiet: Town) -> None:
    plans(quiet.tom, **{WHAT: "canaryword?"})
    quiet.settle()
    quiet.tom.types("#infra", "/baton off")
    quiet.settle()
    assert "canaryword" not in stored(quiet)
    [back] = [each for each in quiet.writes_to(quiet.tom) if "canaryword" in each]
    assert "Wed 7 Oct, 09:00 in #infra does not go out. You told me to leave you alone." in back
    quiet.move_to(WEDNESDAY_9_BERLIN)
    assert quiet.posts_in("#infra") == []


def test_what_its_author_has_back_is_kept_no_longer(quiet: Town) -> None:
    plans(quiet.tom, **{WHAT: "canaryword?"})
    quiet.settle()
    quiet.mei.removes("Tom", "#infra")
    quiet.move_to(WEDNESDAY_9_BERLIN)
    assert "canaryword" in quiet.writes_to(quiet.tom)[-1]
    assert "canaryword" not in stored(quiet)


def test_what_was_cancelled_is_kept_for_a_day_to_be_undone(quiet: Town) -> None:
    plans(quiet.tom, at="Friday 9:00", **{WHAT: "canaryword?"})
    listed(quiet.tom, quiet)
    quiet.tom.picks_option("Fri 9 Oct, 09:00", "Cancel")
    quiet.tom.presses("Undo")
    quiet.tom.presses("Undo")
    assert quiet.whispers_to(quiet.tom)[-1] == "It goes out after all."
    listed(quiet.tom, quiet)
    quiet.tom.picks_option("Fri 9 Oct, 09:00", "Cancel")
    quiet.advance(hours=23)
    assert "canaryword" in stored(quiet)
    quiet.advance(hours=1)
    assert "canaryword" not in stored(quiet)
    quiet.tom.presses("Undo")
    assert "I do not keep its text" in quiet.whispers_to(quiet.tom)[-1]
    quiet.sets("messages.retention_days", 0)
    quiet.advance(hours=2)
    quiet.tom.presses("Undo")
    assert "was cancelled" in quiet.whispers_to(quiet.tom)[-1], "not that it is somebody else's"


def test_erasing_takes_it_and_whom_it_was_for(quiet: Town) -> None:
    plans(quiet.tom, **{WHAT: "canaryword?"})
    plans(quiet.mei)
    quiet.settle()
    for person in (quiet.tom, quiet.priya):
        person.types("#general", "/baton privacy erase")
        person.fills_in({})
        quiet.settle()
    assert "canaryword" not in stored(quiet)
    assert _id(quiet.priya, quiet) not in stored(quiet)
    listed(quiet.mei, quiet)
    quiet.mei.picks_option("Wed 7 Oct", "Send now")
    assert quiet.whispers_to(quiet.mei)[-1] == "Nobody is left whom it asks."
    quiet.move_to(WEDNESDAY_9_BERLIN)
    assert quiet.posts_in("#infra") == []
    assert POOL in quiet.writes_to(quiet.mei)[-1]


def test_its_author_gets_it_with_their_data(quiet: Town) -> None:
    plans(quiet.tom, **{WHAT: "canaryword?"})
    quiet.settle()
    bot = quiet.app.bot
    with bot.begin(TEAM_ID, during="job") as uow:
        [records] = [each.export for each in bot.kept if each.name == "asks"]
        assert "canaryword" in str(records(uow, _id(quiet.tom, quiet)))
        assert "canaryword" not in str(records(uow, _id(quiet.priya, quiet)))
