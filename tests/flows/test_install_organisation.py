"""An organisation says in which workspaces the bot works: in any order, more than once, late."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.core import workspaces
from bot.playground.client import LocalSlackClient
from bot.playground.oauth_events import REVOKED, UNINSTALLED
from tests.conftest import STORMY
from tests.flows.test_installs import finds, logs
from tests.support.open_town import FIRST, SECOND, OpenTown, open_town


@pytest.fixture
def place(database_url: str) -> Iterator[OpenTown]:
    """An organisation installed it; what is left of a workspace is deleted as soon as it is out."""
    with open_town(database_url, enterprise=True, baton_erase_after_hours=0) as living:
        _installs(living)
        yield living


def _installs(place: OpenTown) -> None:
    page = place.slack.installs("Tom", place.start_page, everywhere=True)
    assert "Tideline Group has Baton" in page.text


def _adds(place: OpenTown, *clients: LocalSlackClient) -> None:
    for slack in clients:
        slack.adds_app("Tom")
    place.advance(minutes=2)
    for slack in clients:
        slack.person("Tom").invites("Baton", "#infra")
    place.settle()


def _serving(place: OpenTown) -> set[str]:
    with place.app.bot.reading() as (session, _):
        return {each.team_id for each in workspaces.every(session)}


def _all_at_once(place: OpenTown, weather: dict[str, Any]) -> None:
    """What waited is delivered."""
    place.slack.faults(**weather)
    for _ in range(3):  # news have Slack asked again, which takes a tick or two
        place.advance(minutes=1)
    place.slack.faults()


@pytest.mark.needs("decisions")
def test_t09_a_workspace_that_is_taken_out_and_added_again_starts_clean_whatever_comes_first(
    place: OpenTown, weather: dict[str, Any]
) -> None:
    _adds(place, place.slack, place.second)
    for slack in (place.slack, place.second):
        logs(place, slack, "We take Postgres.")
    place.slack.faults(hold=True)
    for change in (place.second.removes_app, place.second.adds_app, place.second.removes_app):
        change("Tom")
    _all_at_once(place, weather)
    assert _serving(place) == {FIRST}
    assert place.kept_of(SECOND) == {}
    assert "D-1 We take Postgres" in finds(place, place.slack, "postgres")

    place.slack.faults(hold=True)
    place.second.adds_app("Tom")
    place.second.removes_app("Tom")
    place.second.adds_app("Tom")
    _all_at_once(place, weather)
    assert _serving(place) == {FIRST, SECOND}
    place.second.person("Tom").invites("Baton", "#infra")
    place.settle()
    assert "Postgres" not in finds(place, place.second, "postgres")
    logs(place, place.second, "We take Oysters.")
    assert "D-1 We take Oysters" in finds(place, place.second, "take")
    assert "Oysters" not in finds(place, place.slack, "take")


@pytest.mark.needs("decisions")
def test_t09_news_that_come_an_hour_late_undo_nothing_that_came_after(place: OpenTown) -> None:
    _adds(place, place.slack, place.second)
    place.slack.faults(hold=True)
    place.second.removes_app("Tom")
    place.slack.advance(timedelta(seconds=1))
    place.second.adds_app("Tom")
    place.slack.advance(timedelta(hours=1))
    _all_at_once(place, STORMY)
    assert _serving(place) == {FIRST, SECOND}


@pytest.mark.needs("decisions")
@pytest.mark.parametrize("names_team", [False, True])
def test_f34_t09_an_organisation_that_installs_it_again_a_second_later_starts_clean(
    place: OpenTown, *, names_team: bool
) -> None:
    _adds(place, place.slack, place.second)
    logs(place, place.second, "We take Postgres.")
    late = [REVOKED, UNINSTALLED]
    place.slack.uninstalls("Tom", order=[], late=late, names_team=names_team)
    place.slack.advance(timedelta(seconds=1))
    _installs(place)
    _adds(place, place.slack, place.second)
    assert "Postgres" not in finds(place, place.second, "postgres")
    logs(place, place.second, "We take Oysters.")
    place.slack.faults(**STORMY)
    place.slack.catches_up()
    place.advance(minutes=2)
    assert _serving(place) == {FIRST, SECOND}
    assert "D-1 We take Oysters" in finds(place, place.second, "take")


@pytest.mark.parametrize("order", [(REVOKED, UNINSTALLED), (UNINSTALLED, REVOKED)])
def test_t09_an_end_that_names_a_workspace_ends_it_in_all_of_them(
    place: OpenTown, order: tuple[str, str]
) -> None:
    _adds(place, place.slack, place.second)
    place.advance(minutes=5)
    clients = (place.slack, place.second)
    numbers = [slack.traffic()[-1]["number"] for slack in clients]
    place.slack.faults(**STORMY)
    place.second.uninstalls("Tom", order=order, names_team=True)
    place.advance(minutes=2)
    assert _serving(place) == set()
    assert place.kept_of(FIRST) == place.kept_of(SECOND) == {}
    place.advance(hours=30)
    for slack, number in zip(clients, numbers, strict=True):
        assert place.calls(slack, number) == [], "the token was not tried again"
