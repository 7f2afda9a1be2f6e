"""The registry as people use it: shown, listed, amended, superseded, deprecated and reviewed."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from bot.core import channels
from bot.core.agreement.setting import person_scope
from bot.core.exchanges import File
from bot.features.decisions.rules.registry import Fields, Place
from bot.features.decisions.service import recording
from bot.features.decisions.service.exchange import Exchange
from bot.features.decisions.service.registry import PORTION
from bot.playground.world import TEAM_ID
from tests.support.town import Town

SAID = "Then let's go with Postgres for the job queue."
MEI, TOM = "U0MEI0000", "U0TOM0000"


def test_a_decision_is_shown_with_its_history_in_each_readers_time(lively: Town) -> None:
    _log(lively)
    lively.advance(hours=1)
    _amend(lively, {"Why": "One thing less to run.", "What changes, and why": "Tom asked why"})
    for person in (lively.tom, lively.mei):
        person.types("#infra" if person is lively.tom else "#web-relaunch", "/decision show d-1")
    in_berlin, in_tokyo = (lively.whispers_to(each)[-1] for each in (lively.tom, lively.mei))
    assert "Tue 6 Oct, 11:00: @Priya amended it (why). “Tom asked why”" in in_berlin
    assert "Tue 6 Oct, 18:00: @Priya amended it (why)" in in_tokyo
    assert "Tue 6 Oct, 17:00: @Priya logged it" in in_tokyo
    assert "*Why:* One thing less to run." in _card(lively)


def test_of_many_versions_the_older_ones_stand_behind_a_button(quiet: Town) -> None:
    _log(quiet)
    for number in range(5):
        _amend(quiet, {"Why": f"reason {number}"})
    quiet.tom.types("#infra", "/decision show 1")
    assert "logged it" not in quiet.whispers_to(quiet.tom)[-1]
    for _ in range(2):
        quiet.tom.presses("… 2 more")
        older = quiet.whispers_to(quiet.tom)[-1]
        assert "What happened to D-1 before" in older
        assert "logged it" in older


def test_an_amendment_without_a_change_is_not_recorded(quiet: Town) -> None:
    _log(quiet)
    quiet.tom.types("#infra", "/decision amend D-1")
    quiet.tom.fills_in({"What changes, and why": "I like it"})
    assert "Nothing changed yet." in _errors(quiet)
    quiet.tom.closes_form()
    quiet.tom.types("#infra", "/decision show D-1")
    assert "amended" not in quiet.whispers_to(quiet.tom)[-1]


def test_of_two_who_amend_at_once_nobody_loses_a_word(quiet: Town) -> None:
    _log(quiet)
    for person in (quiet.tom, quiet.priya):
        person.types("#infra", "/decision amend D-1")
    quiet.priya.fills_in({"Why": "Redis costs more.", "Tags": "database"})
    quiet.tom.fills_in({"Why": "It is one thing less.", "Decision": "Postgres for all queues"})
    form = quiet.forms_of(quiet.tom)[-1]
    assert "@Priya amended D-1 while you wrote" in form
    assert "Redis costs more." in form
    assert "It is one thing less." in form
    assert "Postgres for all queues" not in _card(quiet)
    quiet.tom.fills_in({})
    card = _card(quiet)
    assert "Postgres for all queues" in card
    assert "It is one thing less." in card
    assert "Tags: database" in card


def test_whoever_left_the_private_channel_cannot_send_the_form_any_more(lively: Town) -> None:
    for whom in ("Baton", "Mei"):
        lively.tom.invites(whom, "#leads")
    lively.settle()
    _log(lively, channel="#leads")
    lively.mei.types("#web-relaunch", "/decision amend D-1")
    lively.tom.removes("Mei", "#leads")
    lively.settle()
    lively.mei.fills_in({"Decision": "Redis"})
    form = lively.mei.form
    assert form is not None
    assert "I found no decision D-1 that you can open." in str(form["errors"])
    lively.mei.closes_form()
    for verb in ("amend", "deprecate", "review", "supersede"):
        lively.mei.types("#web-relaunch", f"/decision {verb} D-1")
        assert "I found no decision D-1 that you can open." in lively.whispers_to(lively.mei)[-1]
    lively.tom.types("#leads", "/decision show D-1")
    assert "Redis" not in lively.whispers_to(lively.tom)[-1]


def test_one_decision_supersedes_another_until_that_is_undone(lively: Town) -> None:
    for title in ("Redis", "Postgres"):
        _log(lively, said=title)
    lively.tom.types("#infra", "/decision supersede D-1 D-2")
    assert "D-1 is now replaced by D-2, “Postgres”." in lively.whispers_to(lively.tom)[-1]
    assert re.search(r"Superseded by <http[^|]+\|D-2>", _card(lively, 0))
    assert "Superseded ·" not in _card(lively, 0)
    assert "Supersedes D-1" in _card(lively, 1)
    lively.mei.types("#web-relaunch", "/decision show 1")
    assert "Superseded by D-2 Postgres" in lively.whispers_to(lively.mei)[-1]
    lively.tom.presses("Undo")
    assert "Undone: D-1 is accepted again." in lively.whispers_to(lively.tom)[-1]
    lively.tom.presses("Undo")
    assert "changed since, so there is nothing to undo" in lively.whispers_to(lively.tom)[-1]
    assert "upersede" not in _card(lively, 0) + _card(lively, 1)


def test_what_superseded_it_in_private_is_named_only_to_who_may_open_it(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    _log(quiet)
    _add(quiet, Fields("We hire a second designer"), channel="#leads")
    quiet.tom.types("#infra", "/decision supersede D-1 D-2")
    assert "Superseded" in _card(quiet)
    assert "D-2" not in _card(quiet)
    for person, sees in ((quiet.tom, True), (quiet.mei, False)):
        person.types("#web-relaunch", "/decision show D-1")
        assert sees is ("D-2 We hire" in quiet.whispers_to(person)[-1])


def test_after_ten_minutes_nothing_is_undone(quiet: Town) -> None:
    for title in ("Redis", "Postgres"):
        _log(quiet, said=title)
    quiet.tom.types("#infra", "/decision show 1")
    quiet.tom.presses("Supersede…")
    quiet.tom.fills_in({"Which decision takes its place?": "D-2", "Why": "Less to run"})
    assert "D-1 is now replaced by" in quiet.writes_to(quiet.tom)[-1]
    quiet.advance(minutes=11)
    quiet.tom.presses("Undo")
    assert "for ten minutes, and those are over" in quiet.whispers_to(quiet.tom)[-1]


def test_what_cannot_be_superseded_is_refused_with_its_own_sentence(quiet: Town) -> None:
    for title in ("A", "B", "C"):
        _log(quiet, said=title)
    told = {
        "D-1 D-1": "D-1 cannot supersede itself.",
        "D-1 D-9": "I found no decision D-9 that you can open.",
        "D-1": "",
        "D-1 and": "Please write two numbers",
    }
    for text, sentence in told.items():
        quiet.tom.types("#infra", f"/decision supersede {text}")
        if sentence:
            assert sentence in quiet.whispers_to(quiet.tom)[-1]
    assert quiet.tom.form is not None
    for text in ("D-1 D-2", "D-2 D-3", "D-1 D-3", "D-3 D-1"):
        quiet.tom.types("#infra", f"/decision supersede {text}")
    again, circle = quiet.whispers_to(quiet.tom)[-2:]
    assert "D-1 is superseded already." in again
    assert "D-1 was itself superseded by D-3, so that would go in a circle" in circle


def test_a_deprecated_decision_says_so_and_why(quiet: Town) -> None:
    _log(quiet)
    for person in (quiet.tom, quiet.priya):
        person.types("#infra", "/decision deprecate D-1")
    quiet.tom.fills_in({"Why": "The queue is gone."})
    quiet.priya.fills_in({"Why": "Nobody needs it."})
    form = quiet.priya.form
    assert form is not None
    assert "D-1 is deprecated already. Tom changed it last." in str(form["errors"])
    assert "Deprecated" in _card(quiet)
    quiet.tom.types("#infra", "/decision show D-1")
    assert "@Tom deprecated it. “The queue is gone.”" in quiet.whispers_to(quiet.tom)[-1]


def test_a_proposal_from_a_file_can_be_amended_and_ended(quiet: Town) -> None:
    _log(quiet)
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        (file,) = Exchange().take_out(uow, "madr", public_only=True)
        text = file.text.replace('status: "accepted"', 'status: "proposed"')
        told = [
            File("0007.md", re.sub(r"(number: |D-)1\b", r"\g<1>7", text.replace("thread:", "x:")))
        ]
        taken = Exchange().take_in(uow, "madr", told)
        assert taken.problems == ()
        assert "Propose it again with /decision propose" in taken.notes[-1]
    quiet.tom.types("#infra", "/decision amend D-7")
    quiet.tom.fills_in({"Decision": "Kafka"})
    quiet.tom.types("#infra", "/decision deprecate D-7")
    quiet.tom.fills_in({"Why": "The queue is gone."})
    quiet.tom.types("#infra", "/decision show D-7")
    shown = quiet.whispers_to(quiet.tom)[-1]
    assert "Kafka" in shown
    assert "Deprecated" in shown


def test_an_owner_is_reminded_once_of_what_is_still_ahead_in_their_own_morning(quiet: Town) -> None:
    _add(quiet, Fields("Postgres", owner_id=MEI, review_on=date(2026, 10, 9)))
    told = []
    for day, hour in ((7, 23), (8, 0), (9, 0)):  # in Tokyo, 8:30, then 9:30 of two days
        quiet.move_to(datetime(2026, 10, day, hour, 30, tzinfo=UTC))
        told.append(sum("up for review" in text for text in quiet.writes_to(quiet.mei)))
    assert told == [0, 1, 1]
    asked = "It is up for review tomorrow. Does it still hold?"
    assert any(asked in text for text in quiet.writes_to(quiet.mei))
    for other in (quiet.tom, quiet.priya):
        assert not [text for text in quiet.writes_to(other) if "review" in text]


def test_the_first_review_counts_and_the_second_click_hears_whose_it_was(quiet: Town) -> None:
    _add(quiet, Fields("Postgres", owner_id=MEI, review_on=date(2026, 10, 9)))
    quiet.move_to(datetime(2026, 10, 8, 0, 5, tzinfo=UTC))
    assert any("up for review tomorrow" in text for text in quiet.writes_to(quiet.mei))
    quiet.tom.types("#infra", "/decision review D-1")
    quiet.mei.presses("Reversed…")
    quiet.tom.fills_in({})
    quiet.mei.fills_in({"Why": "It is slow"})
    form = quiet.mei.form
    assert form is not None
    assert "Tom reviewed it already: still true." in str(form["errors"])
    quiet.mei.closes_form()
    quiet.mei.presses("Reversed…")
    assert "Tom reviewed it already: still true." in quiet.whispers_to(quiet.mei)[-1]
    quiet.mei.types("#web-relaunch", "/decision show 1")
    assert "Review on Thu 8 Apr 2027" in quiet.whispers_to(quiet.mei)[-1]


def test_what_is_reversed_needs_a_reason_and_holds_no_more(quiet: Town) -> None:
    _log(quiet)
    quiet.tom.types("#infra", "/decision review D-1")
    quiet.tom.fills_in({"Does it still hold?": "Reversed: it holds no more"})
    assert "in a few words why" in _errors(quiet)
    quiet.tom.fills_in({"Why": "We moved to Kafka."})
    assert "Deprecated" in _card(quiet)


def test_of_a_review_that_nobody_did_only_the_card_tells(quiet: Town) -> None:
    _log(quiet)
    _amend(quiet, {"Look at it again on": "2026-10-08", "Owner": "Mei"})
    quiet.sets("people.off", value=True, scope=person_scope(MEI))
    quiet.move_to(datetime(2026, 10, 9, 10, 0, tzinfo=UTC))
    assert "Review was due on Thu 8 Oct 2026" in _card(quiet)
    for person in (quiet.tom, quiet.priya, quiet.mei):
        assert not [text for text in quiet.writes_to(person) if "up for review" in text]


@pytest.mark.needs("home")
def test_what_somebody_has_to_review_stands_on_their_home(quiet: Town) -> None:
    _add(quiet, Fields("Postgres", owner_id=TOM, review_on=date(2026, 10, 9)))
    assert "Review on Fri 9 Oct" in quiet.home_of(quiet.tom)
    assert "look at again" not in quiet.home_of(quiet.mei)
    quiet.tom.presses("Review…")
    quiet.tom.fills_in({"Does it still hold?": "Implemented: no need to look at it again"})
    assert "look at again" not in quiet.home_of(quiet.tom)


def test_a_list_is_narrowed_by_what_people_type(lively: Town) -> None:
    for title, owner, tags in (("A", MEI, ("db",)), ("B", TOM, ("db", "hiring")), ("C", MEI, ())):
        _add(lively, Fields(title, owner_id=owner, tags=tags))
    lively.tom.types("#infra", "/decision supersede 1 3")
    for text, found in {
        "": "CBA",
        "@Mei": "CA",
        "mine": "B",
        "db": "BA",
        "#db": "BA",
        "tag db @Mei": "A",
        "superseded": "A",
        "#infra accepted": "CB",
        "hiring superseded": "",
        "#web-relaunch": "",
    }.items():
        lively.tom.types("#infra", f"/decision list {text}")
        answer = lively.whispers_to(lively.tom)[-1]
        lines = [line for line in answer.splitlines() if line.startswith("D-")]
        assert list(found) == [line.split()[1].strip(",") for line in lines], text
        assert found or "I found no decision" in answer, text
    lively.tom.types("#infra", "/decision list nonsense")
    assert (
        "no channel, tag, status or person called “nonsense”" in lively.whispers_to(lively.tom)[-1]
    )


def test_a_long_list_goes_on_and_an_old_page_still_does(quiet: Town) -> None:
    _add(quiet, *(Fields(f"option {number}", owner_id=TOM) for number in range(1, 24)))
    quiet.tom.types("#infra", "/decision list")
    assert "D-14" in quiet.whispers_to(quiet.tom)[-1]
    _add(quiet, Fields("a newer one", owner_id=TOM))
    for _ in range(2):
        quiet.tom.presses("More")
    second, third = quiet.whispers_to(quiet.tom)[-2:]
    assert ("D-13" in second, "D-4" in second, "D-3" in second) == (True, True, False)
    assert ("D-3" in third, "D-1 " in third, "D-4" in third) == (True, True, False)


def test_a_reader_of_few_channels_gets_a_page_past_what_is_hidden(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    _add(quiet, Fields("open to all", owner_id=TOM, tags=("open",)))
    hidden = (Fields(f"hidden {number}", tags=("secret",)) for number in range(PORTION + 1))
    _add(quiet, *hidden, channel="#leads")
    quiet.mei.types("#web-relaunch", "/decision list")
    answer = quiet.whispers_to(quiet.mei)[-1]
    assert "open to all" in answer
    assert "hidden" not in answer
    quiet.mei.types("#web-relaunch", "/decision list secret")
    assert "no channel, tag, status or person called “secret”" in quiet.whispers_to(quiet.mei)[-1]


def _log(town: Town, *, channel: str = "#infra", said: str = SAID) -> None:
    ts = town.priya.says(channel, said)
    town.settle()
    town.priya.picks("Log a decision", channel, ts)
    town.priya.fills_in({})
    town.settle()


def _amend(town: Town, fields: Mapping[str, str]) -> None:
    town.priya.types("#infra", "/decision amend D-1")
    town.priya.fills_in(fields)
    town.settle()


def _add(town: Town, *decisions: Fields, channel: str = "#infra") -> None:
    """Logs decisions that nobody has to click for."""
    town.settle()
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        where = channels.called(uow.session, TEAM_ID, channel.removeprefix("#"))
        assert where is not None
        for fields in decisions:
            assert recording.add(uow, fields, Place(where.channel_id), by=TOM)


def _card(town: Town, place: int = 0) -> str:
    town.settle()
    return str(town.posts_in("#infra")[place]["blocks"])


def _errors(town: Town) -> str:
    form = town.tom.form
    assert form is not None
    return str(form["errors"])


def test_the_owner_is_told_once_what_somebody_else_changed(quiet: Town) -> None:
    _add(quiet, Fields("Postgres", owner_id="U0TOM0000"))
    for person, why in ((quiet.priya, "We moved on"), (quiet.tom, "")):
        person.types("#infra", "/decision deprecate D-1")
        if why:
            person.fills_in({"Why": why})
        quiet.settle()
    told = [text for text in quiet.writes_to(quiet.tom) if "of yours" in text]
    assert told == ["@Priya deprecated a decision of yours, D-1: Postgres (“We moved on”)"]
    assert quiet.writes_to(quiet.priya) == []
