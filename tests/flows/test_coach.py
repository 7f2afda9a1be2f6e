"""The coach, from a message to what its author sees."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.core.agreement.setting import channel_scope, person_scope
from bot.features.coach.models import CoachedRow, HintRow, LookRow
from tests.support.town import Town

HELLO = "is all there is to answer so far"
WEBSITE = channel_scope("C0WEBSITE")
WELCOME = "the best messages can be answered without asking back"


def _knows_everybody(town: Town) -> Town:
    """A town in which the coach is on, and nobody is new."""
    town.sets("coach.mode", "on")
    town.nobody_is_new()
    return town


@pytest.fixture
def lively(lively: Town) -> Town:
    return _knows_everybody(lively)


@pytest.fixture
def quiet(quiet: Town) -> Town:
    return _knows_everybody(quiet)


def _later(town: Town, seconds: int = 95) -> None:
    town.advance(seconds=seconds)


def _hints(town: Town) -> list[tuple[str, str, str]]:
    with town.app.bot.reading() as (session, _):
        rows = list(session.scalars(select(HintRow).order_by(HintRow.given_at)))
    return [(row.rule, row.mode, row.outcome) for row in rows]


def test_a_naked_hello_gets_its_author_one_private_hint(lively: Town) -> None:
    lively.tom.says("#web-relaunch", "Hi @Ana")
    lively.settle()
    assert lively.whispers_to(lively.tom) == [], "the author has 90 seconds to complete it"
    _later(lively)
    hints = lively.whispers_to(lively.tom)
    assert len(hints) == 1
    assert HELLO in hints[0]
    assert "It is 05:0" in hints[0]
    assert "the question" in hints[0]
    assert lively.whispers_to(lively.ana) == []
    assert lively.posts_in("#web-relaunch") == []
    assert lively.writes_to(lively.tom) == lively.writes_to(lively.ana) == []


def test_what_is_completed_within_90_seconds_gets_none(quiet: Town) -> None:
    edited = quiet.tom.says("#web-relaunch", "Hi @Priya")
    quiet.advance(seconds=40)
    quiet.tom.edits("#web-relaunch", edited, "Hi @Priya, does the header fit?")
    quiet.priya.says("#infra", "Hi @Mei")
    quiet.advance(seconds=20)
    quiet.priya.says("#infra", "can you rotate the key of the mail server by Thursday noon?")
    gone = quiet.sam.says("#infra", "Hello @Mei")
    quiet.sam.deletes("#infra", gone)
    _later(quiet)
    for person in (quiet.tom, quiet.priya, quiet.sam):
        assert quiet.whispers_to(person) == []
    assert _hints(quiet) == []


def test_what_arrives_late_gets_none(quiet: Town) -> None:
    quiet.slack.faults(hold=True)
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    quiet.slack.advance(timedelta(minutes=6))
    quiet.slack.faults()
    _later(quiet)
    assert quiet.whispers_to(quiet.tom) == []
    quiet.priya.says("#infra", "Hi @Mei")
    quiet.settle()
    quiet.slack.advance(timedelta(minutes=6))  # nobody looked at it for so long
    assert quiet.whispers_to(quiet.priya) == []
    with quiet.app.bot.reading() as (session, _):
        assert list(session.scalars(select(LookRow))) == []


def test_one_hint_in_four_hours(quiet: Town) -> None:
    for channel, greeting in (("#web-relaunch", "Hi @Ana"), ("#infra", "Hello @Priya")):
        quiet.tom.says(channel, greeting)
        _later(quiet)
    assert len(quiet.whispers_to(quiet.tom)) == 1
    quiet.advance(hours=4)
    quiet.tom.says("#infra", "Hey @Mei")
    _later(quiet)
    assert len(quiet.whispers_to(quiet.tom)) == 2


def test_a_hint_takes_one_of_the_daily_budget(quiet: Town) -> None:
    quiet.sets("attention.budget", 0)
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    _later(quiet)
    assert quiet.whispers_to(quiet.tom) == []
    assert _hints(quiet) == []


def test_somebody_new_gets_a_welcome_instead_of_the_first_hint(quiet: Town) -> None:
    with quiet.app.bot.database.transaction() as session:
        session.execute(update(CoachedRow).values(since=quiet.app.bot.clock.now()))
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    _later(quiet)
    assert quiet.whispers_to(quiet.tom) == []
    assert len(quiet.writes_to(quiet.tom)) == 1
    assert WELCOME in quiet.writes_to(quiet.tom)[0]
    quiet.tom.says("#infra", "Hello @Priya")
    _later(quiet)
    assert HELLO in quiet.whispers_to(quiet.tom)[0]
    assert len(quiet.writes_to(quiet.tom)) == 1


def test_somebody_new_who_writes_in_the_evening_gets_the_hint_and_the_welcome_another_time(
    quiet: Town,
) -> None:
    with quiet.app.bot.database.transaction() as session:
        session.execute(update(CoachedRow).values(since=quiet.app.bot.clock.now()))
    quiet.advance(hours=11)
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    _later(quiet)
    assert HELLO in quiet.whispers_to(quiet.tom)[0]
    assert quiet.writes_to(quiet.tom) == []
    quiet.advance(hours=14)
    assert not any(WELCOME in told for told in quiet.writes_to(quiet.tom)), "nothing was queued"
    quiet.tom.says("#infra", "Hello @Priya")
    _later(quiet)
    assert len([told for told in quiet.writes_to(quiet.tom) if WELCOME in told]) == 1
    assert len(quiet.whispers_to(quiet.tom)) == 1


@pytest.mark.needs("agreement")
def test_whoever_stops_the_hints_gets_none_until_they_switch_them_on(quiet: Town) -> None:
    quiet.sets("coach.hints", "off", person_scope("U0TOM0000"))
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    _later(quiet)
    assert quiet.whispers_to(quiet.tom) == []
    assert _hints(quiet) == []


def test_one_kind_of_hint_can_be_stopped_and_comes_again(quiet: Town) -> None:
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    _later(quiet)
    quiet.tom.presses("Stop this kind")
    assert "You get no hints about “a bare hello” any more" in quiet.whispers_to(quiet.tom)[-1]
    quiet.advance(hours=4)
    quiet.tom.says("#infra", "Hello @Priya")
    _later(quiet)
    assert len(quiet.whispers_to(quiet.tom)) == 2
    quiet.tom.presses("Undo")
    quiet.tom.says("#infra", "Hey @Mei")
    _later(quiet)
    assert HELLO in quiet.whispers_to(quiet.tom)[-1]


def test_the_third_time_of_no_help_a_kind_stays_away_for_thirty_days(quiet: Town) -> None:
    for greeting in ("Hi @Ana", "Hello @Ana", "Hey @Ana"):
        quiet.tom.says("#web-relaunch", greeting)
        _later(quiet)
        quiet.tom.presses("Not helpful")
        quiet.advance(hours=4)
    told = quiet.whispers_to(quiet.tom)
    assert "Thank you, I noted that" in told[1]
    assert "stay away from you until Thu 5 Nov" in told[-1]
    assert [outcome for _, _, outcome in _hints(quiet)] == ["not_helpful"] * 3
    quiet.tom.says("#infra", "Hello @Mei")
    _later(quiet)
    assert len(quiet.whispers_to(quiet.tom)) == len(told)
    quiet.ana.says("#web-relaunch", "Hi @Tom")
    _later(quiet)
    assert HELLO in quiet.whispers_to(quiet.ana)[-1], "everybody else still gets them"
    quiet.move_to(quiet.app.bot.clock.now() + timedelta(days=31))
    quiet.tom.says("#infra", "Hello @Mei")
    _later(quiet)
    assert HELLO in quiet.whispers_to(quiet.tom)[-1]


def test_a_hint_says_why_and_gives_an_example(quiet: Town) -> None:
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    _later(quiet)
    quiet.tom.presses("Why?")
    assert "a hello and a hello back can take a day" in quiet.whispers_to(quiet.tom)[-1]
    assert "For example:" in quiet.whispers_to(quiet.tom)[-1]


def test_in_shadow_nobody_gets_a_hint_and_it_is_counted(quiet: Town) -> None:
    quiet.sets("coach.mode", "shadow", WEBSITE)
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    _later(quiet)
    assert quiet.whispers_to(quiet.tom) == []
    assert _hints(quiet) == [("naked_hello", "shadow", "")]
    quiet.ana.types("#web-relaunch", "/baton coach")
    told = quiet.whispers_to(quiet.ana)[-1]
    assert "I only count here, and say nothing." in told
    assert "there would have been fewer than five hints" in told
    quiet.ana.picks_option("Show an example", "A bare hello")
    assert "For example: " in quiet.whispers_to(quiet.ana)[-1]


def test_counts_are_of_whole_weeks_and_never_small(quiet: Town) -> None:
    quiet.sets("coach.mode", "shadow", WEBSITE)
    hello = ("Hi @Ana", "Hello @Priya", "Hey @Mei", "hi @Sam", "hello @Ana", "hey @Priya")
    for greeting in hello:
        quiet.tom.says("#web-relaunch", greeting)
        _later(quiet)
        quiet.advance(hours=4)
    assert len(_hints(quiet)) == len(hello)
    quiet.ana.types("#web-relaunch", "/baton coach")
    assert "fewer than five hints" in quiet.whispers_to(quiet.ana)[-1], "this week is not over"
    quiet.advance(days=7)
    quiet.ana.types("#web-relaunch", "/baton coach")
    told = quiet.whispers_to(quiet.ana)[-1]
    assert "there would have been 6 hints" in told
    assert "A bare hello · 6 in four weeks" in told


def test_off_counts_nothing(quiet: Town) -> None:
    quiet.sets("coach.mode", "off", WEBSITE)
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    _later(quiet)
    assert quiet.whispers_to(quiet.tom) == []
    assert _hints(quiet) == []


def test_a_rule_can_be_switched_off_in_a_channel(quiet: Town) -> None:
    quiet.sets("coach.rules", "vague_ask, heated", WEBSITE)
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    _later(quiet)
    assert quiet.whispers_to(quiet.tom) == []


def test_guests_and_those_who_want_to_be_left_alone_get_none(quiet: Town) -> None:
    quiet.sets("people.off", "on", person_scope("U0TOM0000"))
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    quiet.gil.says("#web-relaunch", "Hi @Ana")
    _later(quiet)
    assert quiet.whispers_to(quiet.tom) == quiet.whispers_to(quiet.gil) == []
    assert _hints(quiet) == []


def test_a_channel_shared_with_others_is_left_alone_unless_switched_on(quiet: Town) -> None:
    quiet.tom.shares("#web-relaunch")
    quiet.settle()
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    _later(quiet)
    assert quiet.whispers_to(quiet.tom) == []
    quiet.sets("coach.shared", "on", WEBSITE)
    quiet.tom.says("#web-relaunch", "Hello @Ana")
    _later(quiet)
    assert HELLO in quiet.whispers_to(quiet.tom)[-1]


def test_where_no_texts_are_stored_it_looks_at_nothing(quiet: Town) -> None:
    quiet.sets("messages.retention_days", 0)
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    _later(quiet)
    assert quiet.whispers_to(quiet.tom) == []


CONTEXT = "Context, with a link"
NEED = "What do you need?"
BY = "By when?"


@pytest.mark.needs("asks")
def test_a_hint_leads_to_a_completed_ask(lively: Town) -> None:
    hello = lively.tom.says("#web-relaunch", "Hi @Ana")
    _later(lively)
    lively.tom.presses("Add context")
    form = lively.forms_of(lively.tom)[-1]
    assert "You wrote:" in form
    assert "Hi @Ana" in form
    lively.tom.fills_in(
        {
            CONTEXT: "The header is in https://docs.example/header",
            NEED: "Does the copy fit?",
            BY: "Thursday noon",
        }
    )
    assert "It stands in the thread of your message now" in lively.forms_of(lively.tom)[-1]
    posts = lively.posts_in("#web-relaunch")
    assert len(posts) == 1
    assert posts[0]["thread_ts"] == hello
    assert "<@U0TOM0000> adds:" in posts[0]["text"]
    assert "Does the copy fit?" in posts[0]["text"]
    assert [outcome for _, _, outcome in _hints(lively)] == ["completed"]
    lively.tom.types("#web-relaunch", "/ask list")
    listed = lively.whispers_to(lively.tom)[-1]
    assert "Does the copy fit?" in listed
    assert "Do., 8. Okt., 12:00" in listed
    lively.ana.says("#web-relaunch", "It does, except on phones.", reply_to=hello)
    lively.settle()
    lively.tom.types("#web-relaunch", "/ask list")
    assert "Does the copy fit?" not in lively.whispers_to(lively.tom)[-1]


def _errors(town: Town) -> dict[str, str]:
    form = town.tom.form
    assert form is not None
    found: dict[str, str] = form["errors"]
    return found


def test_the_form_says_what_is_wrong_and_keeps_what_was_written(quiet: Town) -> None:
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    _later(quiet)
    quiet.tom.presses("Add context")
    quiet.tom.fills_in({})
    assert "what your message says already" in _errors(quiet)["context"]
    quiet.tom.fills_in({NEED: "Does it fit?", BY: "someday"})
    assert "I do not know when that is" in _errors(quiet)["by"]
    quiet.tom.fills_in({NEED: "Does it fit?", BY: "by 7"})
    assert "more than one way" in _errors(quiet)["by"]


WHOM = "From whom?"


@pytest.mark.needs("asks")
@pytest.mark.parametrize(
    ("whom", "told"),
    [
        ("Gil", "I could not ask @Gil: only full members"),
        ("Mei", "I may not write to @Mei. Please ask them yourself."),
        ("Tom", "It asks nobody."),
    ],
)
def test_whoever_cannot_be_asked_is_named_and_nothing_is_due(
    whom: str, told: str, lively: Town
) -> None:
    me = str(lively.slack.see("Mei")["me"])
    lively.sets("people.off", value=True, scope=person_scope(me))
    lively.tom.says("#web-relaunch", "Hi @Ana")
    _later(lively)
    lively.tom.presses("Add context")
    lively.tom.fills_in({NEED: "Does it fit?", WHOM: whom, BY: "Thursday noon"})
    shown = lively.forms_of(lively.tom)[-1]
    assert told in shown
    assert "due" not in shown


def test_where_it_cannot_be_posted_the_author_gets_the_text_to_copy(quiet: Town) -> None:
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    _later(quiet)
    quiet.tom.presses("Add context")
    quiet.tom.removes("Baton", "#web-relaunch")
    quiet.settle()
    quiet.tom.fills_in({CONTEXT: "Screens are in the doc.", NEED: "Does it fit?"})
    told = quiet.forms_of(quiet.tom)[-1]
    assert "I cannot post there just now" in told
    assert "Screens are in the doc." in told


def test_a_message_that_is_gone_by_then_has_nothing_to_complete(quiet: Town) -> None:
    gone = quiet.tom.says("#web-relaunch", "Hi @Ana")
    _later(quiet)
    quiet.tom.deletes("#web-relaunch", gone)
    quiet.settle()
    quiet.tom.presses("Add context")
    assert "not there any more" in quiet.whispers_to(quiet.tom)[-1]


def test_two_who_write_back_and_forth_for_long_are_proposed_a_talk_with_an_agenda(
    quiet: Town,
) -> None:
    root = quiet.tom.says("#infra", "@Priya the import is slow again.")
    for number in range(7):
        quiet.priya.says("#infra", f"Did you look at the log of host {number}?", reply_to=root)
        quiet.advance(seconds=30)
        quiet.tom.says("#infra", "Not yet, what should I find in there?", reply_to=root)
        quiet.advance(seconds=30)
    quiet.advance(minutes=2)
    hints = quiet.whispers_to(quiet.tom)
    assert len(hints) == 1
    assert "A short talk may settle it" in hints[0]
    assert "• Did you look at the log of host" in hints[0]
    assert quiet.whispers_to(quiet.priya) == []
    quiet.priya.says("#infra", "Shall we look together?", reply_to=root)
    quiet.advance(minutes=3)
    assert quiet.whispers_to(quiet.priya) == [], "once in a thread"


def test_what_somebody_answered_meanwhile_gets_none(quiet: Town) -> None:
    hello = quiet.tom.says("#web-relaunch", "Hi @Ana")
    quiet.ana.says("#web-relaunch", "Hi Tom, what is it?", reply_to=hello)
    _later(quiet)
    assert quiet.whispers_to(quiet.tom) == []
