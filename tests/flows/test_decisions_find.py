"""Looking for decisions, and being told of one that a new one goes against."""

from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.rules.registry import Fields, Place
from bot.features.decisions.service import recording
from bot.playground.world import TEAM_ID
from tests.support.town import Town


def test_what_was_found_comes_in_pages_for_whoever_asked(lively: Town) -> None:
    _record(lively, [f"Budget of team {number}" for number in range(12)], "C0INFRA00")
    _log(lively, "Postgres for the budget app")
    lively.mei.types("#web-relaunch", "/decision find budg")
    first = lively.whispers_to(lively.mei)[-1]
    assert "D-13" in first
    assert "D-4 " in first
    assert "D-3 " not in first
    lively.mei.presses("More")
    second = lively.whispers_to(lively.mei)[-1]
    assert "Page 2" in second
    assert all(f"D-{number} " in second for number in (1, 2, 3))


def test_whoever_leaves_the_private_channel_finds_its_decisions_no_more(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.tom.invites("Mei", "#leads")
    quiet.settle()
    _record(quiet, [f"Designer {number}" for number in range(11)], "G0LEADS00")
    quiet.mei.types("#web-relaunch", "/decision find designer")
    assert "D-11" in quiet.whispers_to(quiet.mei)[-1]
    quiet.tom.removes("Mei", "#leads")
    quiet.settle()
    quiet.mei.presses("More")
    assert "no more that you can open" in quiet.whispers_to(quiet.mei)[-1]
    quiet.mei.types("#web-relaunch", "/decision find designer")
    assert (
        "I found no decision with “designer” that you can open"
        in (quiet.whispers_to(quiet.mei)[-1])
    )


def test_words_are_shown_back_as_words(quiet: Town) -> None:
    quiet.mei.types("#web-relaunch", "/decision find <!channel> *x* @here")
    said = quiet.whispers_to(quiet.mei)[-1]
    assert "I found no decision with “<!channel> x at-here”" in said, "as text, for it is escaped"


def test_a_decision_against_an_older_one_shows_it_before_it_is_logged(quiet: Town) -> None:
    _log(quiet, "Postgres for the job queue", other="Redis: one more thing to run")
    ts = quiet.tom.says("#infra", "Redis for the job queue, then.")
    quiet.settle()
    quiet.tom.picks("Log a decision", "#infra", ts)
    quiet.tom.fills_in({"Decision": "Redis for the job queue", "Why": "It is fast."})
    warned = quiet.forms_of(quiet.tom)[-1]
    assert "D-1" in warned
    assert "Postgres for the job queue" in warned
    assert "It is fast." in warned
    assert len(quiet.posts_in("#infra")) == 1
    quiet.tom.fills_in({})
    quiet.settle()
    assert "D-2" in quiet.posts_in("#infra")[-1]["text"]
    assert "It is fast." in str(quiet.posts_in("#infra")[-1]["blocks"])


def test_a_decision_about_something_else_is_logged_at_once(quiet: Town) -> None:
    _log(quiet, "Postgres for the job queue", other="Redis: one more thing to run")
    _log(quiet, "Redis for caching")
    assert len(quiet.posts_in("#infra")) == 2


def _record(town: Town, titles: list[str], channel_id: str) -> None:
    """Decisions without cards, of which a channel takes one a second."""

    def add(uow: UnitOfWork) -> None:
        for number, title in enumerate(titles):
            ts = f"17912736{number:02}.000000"
            recording.add(uow, Fields(title), Place(channel_id, ts, ts), by="U0PRIYA00")

    town.app.bot.perform(TEAM_ID, add, during="interaction")


def _log(town: Town, title: str, *, channel: str = "#infra", other: str = "") -> None:
    ts = town.priya.says(channel, title)
    town.settle()
    town.priya.picks("Log a decision", channel, ts)
    town.priya.fills_in({"What else was considered": other} if other else {})
    town.settle()
