"""Workspaces install the bot from its start page, work with it, and take it away again."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from bot.core.installations import InstallationRow
from bot.core.workspaces import WorkspaceRow
from bot.playground.client import LocalSlackClient
from bot.playground.oauth_events import REVOKED, UNINSTALLED
from tests.support.open_town import FIRST, SECOND, OpenTown, open_town


@pytest.fixture
def place(database_url: str) -> Iterator[OpenTown]:
    """What is left of a workspace is deleted as soon as the bot is uninstalled."""
    with open_town(database_url, baton_erase_after_hours=0) as living:
        yield living


def logs(place: OpenTown, slack: LocalSlackClient, decision: str) -> None:
    tom = slack.person("Tom")
    ts = tom.says("#infra", decision)
    tom.picks("Log a decision", "#infra", ts)
    tom.fills_in({})
    place.settle()


def finds(place: OpenTown, slack: LocalSlackClient, word: str) -> str:
    """What the bot tells Mei of decisions with a word in them."""
    before = len(slack.journal())
    slack.person("Mei").types("#general", f"/decision find {word}")
    place.settle()
    shown = [each for each in slack.journal(before) if each["kind"] == "ephemeral"]
    text: str = shown[-1]["text"]
    return text


@pytest.mark.needs("decisions")
def test_two_workspaces_install_it_and_both_work_at_once(place: OpenTown) -> None:
    assert "Baton is in Tideline" in place.moves_in(place.slack)
    assert "Baton is in Driftwood" in place.moves_in(place.second)
    logs(place, place.slack, "We take Postgres.")
    logs(place, place.second, "We take Oysters.")
    assert "D-1 We take Postgres" in finds(place, place.slack, "take")
    assert "D-1 We take Oysters" in finds(place, place.second, "take")
    assert "Oysters" not in finds(place, place.slack, "take")
    assert "Postgres" not in finds(place, place.second, "take")


@pytest.mark.needs("decisions")
@pytest.mark.parametrize("order", [(REVOKED, UNINSTALLED), (UNINSTALLED, REVOKED)])
def test_where_it_is_uninstalled_it_stops_and_forgets_and_elsewhere_it_goes_on(
    place: OpenTown, order: Sequence[str]
) -> None:
    for slack in (place.slack, place.second):
        place.moves_in(slack)
        logs(place, slack, "We take Postgres.")
    place.slack.uninstalls("Tom", order=order)
    place.settle()
    number = place.slack.traffic()[-1]["number"]
    place.slack.person("Tom").says("#infra", "hello?")
    place.advance(hours=30)
    assert place.calls(place.slack, number) == []
    assert place.kept_of(FIRST) == {}
    assert "D-1 We take Postgres" in finds(place, place.second, "postgres")


@pytest.mark.needs("decisions")
def test_what_is_installed_again_a_second_later_starts_clean(place: OpenTown) -> None:
    place.moves_in(place.slack)
    logs(place, place.slack, "We take Postgres.")
    place.slack.uninstalls("Tom", order=[UNINSTALLED], late=[REVOKED])
    place.slack.advance(timedelta(seconds=1))
    assert "Baton is in Tideline" in place.moves_in(place.slack)
    assert "Postgres" not in finds(place, place.slack, "postgres")
    place.slack.catches_up()
    place.settle()
    logs(place, place.slack, "We take Oysters.")
    assert "D-1 We take Oysters" in finds(place, place.slack, "take")


@pytest.mark.needs("decisions")
def test_it_starts_clean_also_where_nobody_said_that_it_was_uninstalled(place: OpenTown) -> None:
    place.moves_in(place.slack)
    logs(place, place.slack, "We take Postgres.")
    place.slack.uninstalls("Tom", order=[], late=[REVOKED, UNINSTALLED])
    place.slack.advance(timedelta(seconds=1))
    place.moves_in(place.slack)
    assert "Postgres" not in finds(place, place.slack, "postgres")
    place.slack.catches_up()
    place.settle()
    assert "Postgres" not in finds(place, place.slack, "postgres")
    assert place.slack.see("Tom")["app"]["is_installed"]


@pytest.mark.needs("decisions")
def test_whoever_allows_more_later_keeps_everything(place: OpenTown) -> None:
    place.moves_in(place.slack, without=["files:write"])
    logs(place, place.slack, "We take Postgres.")
    place.moves_in(place.slack)
    assert "D-1 We take Postgres" in finds(place, place.slack, "postgres")


@pytest.mark.needs("decisions")
def test_what_was_kept_under_the_token_of_the_settings_goes_on_once_it_is_installed(
    place: OpenTown,
) -> None:
    place.moves_in(place.slack)
    logs(place, place.slack, "We take Postgres.")
    with place.app.bot.database.transaction() as session:
        session.execute(delete(InstallationRow))
        session.execute(update(WorkspaceRow).values(installation="", generation=0))
    place.moves_in(place.slack)
    assert "D-1 We take Postgres" in finds(place, place.slack, "postgres")


@pytest.mark.needs("decisions")
def test_a_token_that_slack_takes_back_ends_it(place: OpenTown) -> None:
    place.moves_in(place.slack)
    logs(place, place.slack, "We take Postgres.")
    place.slack.revokes_tokens()
    place.settle()
    place.advance(minutes=5)
    assert place.kept_of(FIRST) == {}
    place.moves_in(place.slack)
    assert "Postgres" not in finds(place, place.slack, "postgres")


def test_without_optional_scopes_it_says_what_is_off(sqlite_url: str) -> None:
    optional = ["channels:manage", "files:write", "groups:write"]
    with open_town(sqlite_url) as place:
        said = place.moves_in(place.slack, without=optional)
        assert "Baton is in Tideline" in said
        assert place.moves_in(place.slack) != said


def test_only_those_who_may_install_it(sqlite_url: str) -> None:
    with open_town(sqlite_url, baton_allowed_teams=FIRST) as place:
        place.moves_in(place.slack)
        page = place.second.installs("Tom", place.start_page)
        assert page.status == 403
        assert "not open to this workspace" in page.text
        assert not place.second.see("Tom")["app"]["is_installed"]
        place.settle()
        assert place.kept_of(SECOND) == {}


@pytest.mark.needs("decisions")
@pytest.mark.parametrize("names_team", [False, True])
def test_an_organisation_installs_it_for_the_workspaces_that_want_it(
    database_url: str, *, names_team: bool
) -> None:
    with open_town(database_url, enterprise=True, baton_erase_after_hours=0) as place:
        page = place.slack.installs("Tom", place.start_page, everywhere=True)
        assert "Tideline Group has Baton" in page.text
        for slack in (place.slack, place.second):
            slack.adds_app("Tom")
            place.advance(minutes=1)
            slack.person("Tom").invites("Baton", "#infra")
            place.settle()
        logs(place, place.slack, "We take Postgres.")
        logs(place, place.second, "We take Oysters.")
        assert "D-1 We take Postgres" in finds(place, place.slack, "take")
        assert "D-1 We take Oysters" in finds(place, place.second, "take")
        place.second.removes_app("Tom")
        place.advance(minutes=1)
        assert place.kept_of(SECOND) == {}
        assert "D-1 We take Postgres" in finds(place, place.slack, "take")
        place.slack.uninstalls("Tom", names_team=names_team)
        place.advance(minutes=1)
        assert place.kept_of(FIRST) == {}
