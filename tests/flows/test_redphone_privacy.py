"""What the red phone keeps of people goes when they want it, but not from under its responders."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.app import metadata
from bot.core import keeping, retention
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.pages import notices, on_call, pages_somebody
from tests.support.town import Town

WORDS = "Nobody can sign up"


def test_an_open_page_goes_on_without_the_name_of_whoever_called_it(quiet: Town) -> None:
    pages_somebody(quiet, quiet.tom, "Priya")
    _erase(quiet, quiet.tom)
    assert _hits(quiet, "U0TOM0000") == set()
    before = len(notices(quiet, quiet.priya))
    quiet.priya.presses("I'm on it")
    quiet.settle()
    assert WORDS in _shown(quiet, quiet.priya), "whoever is on it can still read what it is about"
    assert "You have been on it" in _shown(quiet, quiet.priya)
    quiet.advance(minutes=20)
    assert len(notices(quiet, quiet.priya)) == before


def test_a_page_that_is_over_goes_with_its_caller(quiet: Town) -> None:
    pages_somebody(quiet, quiet.tom, "Priya")
    quiet.tom.presses("It's over")
    quiet.settle()
    _erase(quiet, quiet.tom)
    assert _hits(quiet, WORDS) == set()
    assert WORDS not in _shown(quiet, quiet.priya)


def test_what_somebody_had_who_is_erased_is_paged_on(quiet: Town) -> None:
    pages_somebody(quiet, quiet.tom, "Priya")
    quiet.priya.presses("I'm on it")
    quiet.settle()
    assert "on a page that is still open" in _warned(quiet, quiet.priya)
    _erase(quiet, quiet.priya)
    pages = metadata().tables["pages"]
    with quiet.app.bot.database.reading() as session:
        (page,) = session.execute(select(pages)).mappings().all()
    assert page["state"] in {"open", "exhausted"}
    assert page["acknowledged_by"] == ""
    assert _hits(quiet, "U0PRIYA00") == set()


def test_whoever_is_on_call_is_warned_and_leaves_the_rotation(quiet: Town) -> None:
    on_call(quiet, quiet.priya)
    assert "after this nobody is" in _warned(quiet, quiet.priya)
    _erase(quiet, quiet.priya)
    quiet.tom.types("#infra", "/redphone oncall")
    assert "Nobody is on call" in quiet.whispers_to(quiet.tom)[-1]


def test_an_export_has_ones_own_words_only(quiet: Town) -> None:
    pages_somebody(quiet, quiet.tom, "Priya")
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        kept = quiet.app.bot.kept
        own = keeping.exported(uow, kept, _id(quiet, quiet.tom))
        others = keeping.exported(uow, kept, _id(quiet, quiet.priya))
    assert WORDS in str(own["pages"])
    assert WORDS not in str(others["pages"])


@pytest.mark.parametrize("days", [31, 366])
def test_words_go_after_a_month_and_pages_after_a_year(quiet: Town, days: int) -> None:
    pages_somebody(quiet, quiet.tom, "Priya")
    quiet.tom.presses("It's over")
    quiet.settle()
    with quiet.app.bot.database.transaction() as session:
        pages, events = metadata().tables["pages"], metadata().tables["page_events"]
        long_ago = quiet.app.bot.clock.now() - timedelta(days=days)
        session.execute(pages.update().values(paged_at=long_ago, resolved_at=long_ago))
        session.execute(events.update().values(at=long_ago))
    retention.purge(quiet.app.bot)
    assert {hit for hit in _hits(quiet, WORDS) if hit.startswith("page")} == set()
    with quiet.app.bot.database.reading() as session:
        assert len(session.execute(select(metadata().tables["pages"])).all()) == (days < 365)


def _erase(town: Town, person: Person) -> None:
    town.settle()
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        keeping.erase(uow, town.app.bot.kept, _id(town, person))
    town.settle()


def _warned(town: Town, person: Person) -> str:
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        return " ".join(keeping.warnings(uow, town.app.bot.kept, _id(town, person)))


def _shown(town: Town, person: Person) -> str:
    town.settle()
    return "\n".join(each["text"] for each in person.direct_messages())


def _hits(town: Town, word: str) -> set[str]:
    with town.app.bot.database.reading() as session:
        return {
            f"{table.name}.{column.name}"
            for table in metadata().sorted_tables
            if table.name not in {"people", "channel_members", "messages", "reactions"}
            for row in session.execute(select(table)).mappings()
            for column in table.columns
            if word in str(row[column.name])
        }


def _id(town: Town, person: Person) -> str:
    return str(town.slack.see(person.name)["me"])
