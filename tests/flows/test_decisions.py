"""The decision registry, from the menu of a message to the answer of a search."""

import pytest

from bot.playground.client import NotPossible
from tests.support.town import Town

SAID = "Then let's go with Postgres for the job queue."


def test_a_decision_gets_a_number_a_card_and_is_found(lively: Town) -> None:
    ts = _log(lively, why="One thing less to run.")
    cards = lively.posts_in("#infra")
    assert len(cards) == 1
    assert ts == cards[0]["thread_ts"]
    assert "D-1" in cards[0]["text"]
    lively.mei.types("#web-relaunch", "/decision find postgres queue")
    lively.mei.types("#web-relaunch", "/decision show d-1")
    lively.mei.types("#web-relaunch", "/decision list")
    found, shown, listed = lively.whispers_to(lively.mei)
    assert "D-1 Let's go with Postgres for the job queue" in found
    assert "Why: One thing less to run." in shown
    assert "D-1" in listed


def test_signs_that_slack_escapes_are_found_again(quiet: Town) -> None:
    _log(quiet, said="R&D takes <Postgres>.")
    quiet.mei.types("#web-relaunch", "/decision find r&d")
    assert "R&D takes <Postgres>" in quiet.whispers_to(quiet.mei)[-1]


def test_a_title_that_nobody_can_see_is_none(quiet: Town) -> None:
    ts = quiet.priya.says("#infra", SAID)
    quiet.priya.picks("Log a decision", "#infra", ts)
    quiet.priya.fills_in({"Decision": "\u200b\u2060"})
    view = quiet.priya.form
    assert view is not None
    assert "in a few words" in str(view["errors"])


def test_numbers_count_up_within_the_workspace(quiet: Town) -> None:
    for number in (1, 2, 3):
        _log(quiet, said=f"We take option {number}.")
    texts = [card["text"] for card in quiet.posts_in("#infra")]
    assert all(f"D-{number}" in text for number, text in enumerate(texts, start=1))
    assert len(texts) == 3


def test_a_thread_is_logged_once(quiet: Town) -> None:
    ts = _log(quiet)
    reply = quiet.tom.says("#infra", "Agreed.", reply_to=ts)
    quiet.tom.picks("Log a decision", "#infra", reply)
    assert quiet.tom.form is None
    assert "already logged as D-1" in quiet.whispers_to(quiet.tom)[-1]
    assert len(quiet.posts_in("#infra")) == 1


def test_two_people_with_the_form_open_log_one_decision(quiet: Town) -> None:
    ts = quiet.priya.says("#infra", SAID)
    for person in (quiet.priya, quiet.tom):
        person.picks("Log a decision", "#infra", ts)
    quiet.priya.fills_in({"Decision": "Postgres"})
    quiet.tom.fills_in({"Decision": "Postgres for the queue"})
    assert "This thread was logged as D-1 meanwhile: Postgres" in quiet.forms_of(quiet.tom)[-1]
    assert len(quiet.posts_in("#infra")) == 1


def test_a_form_that_is_sent_again_after_a_time_out_logs_once(quiet: Town) -> None:
    ts = quiet.priya.says("#infra", SAID)
    quiet.priya.picks("Log a decision", "#infra", ts)
    view = quiet.priya.form
    assert view is not None
    submission = {"view": view["id"], "values": {"title": "Postgres"}}
    quiet.slack.act("Priya", "submit", **submission)
    with pytest.raises(NotPossible, match="no longer open"):
        quiet.slack.act("Priya", "submit", **submission)
    assert len(quiet.posts_in("#infra")) == 1


def test_a_decision_without_words_is_refused_by_the_form(quiet: Town) -> None:
    ts = quiet.priya.says("#infra", SAID)
    quiet.priya.picks("Log a decision", "#infra", ts)
    quiet.priya.fills_in({"Decision": "", "In full": SAID})
    view = quiet.priya.form
    assert view is not None
    assert {"title"} == set(view["errors"])
    assert quiet.posts_in("#infra") == []


def test_a_private_channels_decision_stays_among_its_members(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    _log(quiet, channel="#leads", said="We hire a second designer.")
    for person in (quiet.priya, quiet.mei):
        person.types("#web-relaunch", "/decision find designer")
        person.types("#web-relaunch", "/decision show D-1")
        person.types("#web-relaunch", "/decision list")
    assert all("hire a second designer" in text for text in quiet.whispers_to(quiet.priya))
    found, shown, listed = quiet.whispers_to(quiet.mei)
    assert "I found no decision with “designer” that you can open" in found
    assert "I found no decision D-1 that you can open" in shown
    assert "No decisions yet" in listed


def test_whoever_leaves_the_private_channel_finds_its_decisions_no_more(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.tom.invites("Mei", "#leads")
    quiet.settle()
    _log(quiet, channel="#leads", said="We hire a second designer.")
    quiet.mei.types("#web-relaunch", "/decision list")
    assert "hire a second designer" in quiet.whispers_to(quiet.mei)[-1]
    quiet.tom.removes("Mei", "#leads")
    quiet.settle()
    quiet.mei.types("#web-relaunch", "/decision list")
    assert "No decisions yet" in quiet.whispers_to(quiet.mei)[-1]


def test_where_baton_is_no_member_there_is_no_card_but_a_private_word(quiet: Town) -> None:
    ts = quiet.tom.says("#general", "The office closes on Friday at noon.")
    quiet.tom.picks("Log a decision", "#general", ts)
    quiet.tom.fills_in({})
    assert "I could not post a card there" in quiet.forms_of(quiet.tom)[-1]
    assert quiet.posts_in("#general") == []
    quiet.tom.types("#general", "/decision list")
    assert "The office closes on Friday" in quiet.whispers_to(quiet.tom)[-1]


def test_what_cannot_be_read_gets_help(quiet: Town) -> None:
    texts = ["", "help", "drop tables"]
    for text in texts:
        quiet.tom.types("#infra", f"/decision {text}")
    answers = quiet.whispers_to(quiet.tom)
    assert len(texts) == len(answers)
    assert all("/decision find words" in answer for answer in answers)
    assert answers[-1].startswith("“drop” means nothing to me here, so I changed nothing.")
    for text, told in (
        ("find ???", "e.g. `/decision find job queue`"),
        ("show x", "Which decision? For example /decision show D-17."),
        ("deprecate", "Which decision? For example /decision deprecate D-17."),
    ):
        quiet.tom.types("#infra", f"/decision {text}")
        assert told in quiet.whispers_to(quiet.tom)[-1]


def test_what_people_write_cannot_call_anybody(quiet: Town) -> None:
    _log(quiet, said="Ship <!channel> & *now*", why="@here @channel <@U0MEI0000>")
    card = quiet.posts_in("#infra")[0]
    written = card["text"] + str(card["blocks"])
    assert "<!channel>" not in written
    assert "<@U0MEI0000>" not in written
    assert "@here" not in written


@pytest.mark.needs("home")
def test_a_private_decision_stands_on_no_strangers_home_page(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    _log(quiet, channel="#leads", said="We hire a second designer.")
    assert "designer" in quiet.home_of(quiet.tom)
    assert "designer" not in quiet.home_of(quiet.mei)


@pytest.mark.needs("digest")
def test_a_decision_stands_in_the_next_digest(quiet: Town) -> None:
    _log(quiet)
    quiet.slack.next_morning("Mei")
    quiet.settle()
    digest = quiet.writes_to(quiet.mei)[-1]
    assert "Decided" in digest
    assert "D-1 Let's go with Postgres" in digest


def _log(town: Town, *, channel: str = "#infra", said: str = SAID, why: str = "") -> str:
    author = town.priya
    ts = author.says(channel, said)
    town.settle()
    author.picks("Log a decision", channel, ts)
    author.fills_in({"Why": why} if why else {})
    town.settle()
    return ts
