"""Settings: seen and changed by those who may, on every layer, and they have an effect."""

from datetime import UTC, datetime
from typing import Any, Final

import pytest

from bot.core import audit
from bot.core.agreement import reading
from bot.core.agreement.setting import (
    WORKSPACE,
    Layer,
    Scope,
    Setting,
    channel_scope,
    person_scope,
)
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.settings import OTHER_VALUES
from tests.support.town import Town

TOM: Final = person_scope("U0TOM0000")
NOT_ALLOWED: Final = "Only admins change what holds for everybody"


def _said(town: Town, scope: Scope) -> dict[str, object]:
    town.settle()
    with town.app.bot.reading() as (session, _):
        return dict(reading.of_scope(session, TEAM_ID, scope))


def _fields(town: Town, layer: Layer) -> dict[str, str | list[str]]:
    """Every field of a layer's form, filled in with something else."""
    settings = town.app.bot.agreement.on(layer)
    return {setting.label: _other(setting) for setting in settings}


def _other(setting: Setting[Any]) -> str | list[str]:
    value = OTHER_VALUES[setting.key]
    return value.splitlines() if setting.kind.holds_several else value


@pytest.mark.parametrize(
    ("command", "scope"),
    [
        ("/baton settings", TOM),
        ("/baton settings channel", channel_scope("C0WEBSITE")),
        ("/baton settings workspace", WORKSPACE),
    ],
    ids=["person", "channel", "workspace"],
)
def test_every_setting_of_a_layer_can_be_changed_in_its_form(
    quiet: Town, command: str, scope: Scope
) -> None:
    quiet.tom.types("#web-relaunch", command)
    quiet.tom.fills_in(_fields(quiet, scope.layer))
    expected = {setting.key for setting in quiet.app.bot.agreement.on(scope.layer)}
    assert set(_said(quiet, scope)) == expected
    with quiet.app.bot.reading() as (session, _):
        actors = {each.actor_id for each in audit.entries(session, TEAM_ID)}
    assert actors == {TOM.id}


@pytest.mark.needs("digest")
def test_what_was_saved_is_said_and_stands_in_the_form_the_next_time(quiet: Town) -> None:
    quiet.tom.types("#web-relaunch", "/baton settings workspace")
    quiet.tom.fills_in({"Digest at": "8:30"})
    assert "Digest at: 08:30 (before: 09:00)" in quiet.forms_of(quiet.tom)[-1]
    quiet.tom.closes_form()
    quiet.tom.types("#web-relaunch", "/baton settings workspace")
    form = quiet.forms_of(quiet.tom)[-1]
    assert "Digest at: 08:30" in form
    assert "@Tom, Tue 6 Oct, 10:0" in form
    assert "Digest at from 09:00 to 08:30" in form or "Digest at from not set to 08:30" in form


def test_a_form_sent_off_without_a_change_changes_nothing(quiet: Town) -> None:
    for command, scope in (("/baton settings", TOM), ("/baton settings workspace", WORKSPACE)):
        quiet.tom.types("#web-relaunch", command)
        quiet.tom.fills_in({})
        assert "Nothing is different" in quiet.forms_of(quiet.tom)[-1]
        assert _said(quiet, scope) == {}
        quiet.tom.closes_form()


@pytest.mark.needs("digest")
def test_bad_input_gets_a_sentence_at_its_field_and_nothing_is_saved(quiet: Town) -> None:
    quiet.tom.types("#web-relaunch", "/baton settings workspace")
    quiet.tom.fills_in({"Digest at": "25", "Direct messages a day": "7"})
    view = quiet.server.slack.world.open_views[TOM.id][-1]
    assert "no 25 on the clock" in view.errors["digest.at"]
    assert _said(quiet, WORKSPACE) == {}
    quiet.tom.fills_in({"Digest at": "8", "Direct messages a day": "7"})
    assert _said(quiet, WORKSPACE) == {"digest.at": "08:00", "attention.budget": 7}


def test_t11_t26_a_member_changes_neither_the_workspace_nor_somebody_elses_channel(
    quiet: Town,
) -> None:
    for command in ("/baton settings workspace", "/baton settings channel"):
        quiet.mei.types("#web-relaunch", command)
        assert NOT_ALLOWED in quiet.whispers_to(quiet.mei)[-1]
    assert quiet.forms_of(quiet.mei) == []


@pytest.mark.needs("coach")
def test_t26_a_channels_creator_changes_its_settings(quiet: Town) -> None:
    quiet.priya.types("#web-relaunch", "/baton settings channel")
    quiet.priya.fills_in({"Coach": "On"})
    assert _said(quiet, channel_scope("C0WEBSITE")) == {"coach.mode": "on"}


@pytest.mark.needs("digest")
def test_t11_whoever_is_no_admin_any_more_when_the_form_comes_back_changes_nothing(
    quiet: Town,
) -> None:
    quiet.tom.types("#web-relaunch", "/baton settings workspace")
    quiet.server.slack.world.users[TOM.id].is_admin = False
    quiet.advance(minutes=2)  # what Slack said of Tom counts for a minute
    quiet.tom.fills_in({"Digest at": "8"})
    assert _said(quiet, WORKSPACE) == {}
    assert NOT_ALLOWED in quiet.forms_of(quiet.tom)[-1]


@pytest.mark.needs("digest")
def test_two_admins_at_once_overwrite_nothing_unseen(quiet: Town) -> None:
    quiet.tom.makes("Priya", "admin")
    quiet.settle()
    quiet.tom.types("#web-relaunch", "/baton settings workspace")
    quiet.priya.types("#web-relaunch", "/baton settings workspace")
    quiet.priya.fills_in({"Direct messages a day": "7"})
    quiet.tom.fills_in({"Digest at": "8:15"})
    assert _said(quiet, WORKSPACE) == {"attention.budget": 7}
    form = quiet.forms_of(quiet.tom)[-1]
    assert "Somebody changed these settings while you had the form open" in form
    assert "Digest at: 8:15" in form, "what Tom typed is not lost"
    quiet.tom.fills_in({"Direct messages a day": "7"})
    assert _said(quiet, WORKSPACE) == {"attention.budget": 7, "digest.at": "08:15"}


def test_settings_are_for_channels_that_baton_is_in(quiet: Town) -> None:
    quiet.tom.types("#general", "/baton settings channel")
    assert "I am not in this conversation" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.types("#general", "/baton settings loud")
    assert "I do not know whose settings you mean by “loud”" in quiet.whispers_to(quiet.tom)[-1]


@pytest.mark.needs("home")
def test_ones_settings_open_from_the_home_page_and_the_workspaces_for_admins(quiet: Town) -> None:
    assert "Workspace settings" not in quiet.home_of(quiet.mei)
    quiet.mei.presses("My settings")
    assert "My settings" in quiet.forms_of(quiet.mei)[-1]
    assert "Workspace settings" in quiet.home_of(quiet.tom)
    quiet.tom.presses("Workspace settings")
    assert "Keep what people write for" in quiet.forms_of(quiet.tom)[-1]


@pytest.mark.needs("asks")
def test_one_click_in_the_first_reminder_stops_them_and_one_more_takes_it_back(
    quiet: Town,
) -> None:
    _asks_priya(quiet, quiet.tom)
    quiet.move_to(datetime(2026, 10, 7, 8, 1, tzinfo=UTC))
    quiet.priya.presses("No more reminders")
    assert "“Reminders” is off now" in quiet.whispers_to(quiet.priya)[-1]
    assert _said(quiet, person_scope("U0PRIYA00")) == {"asks.reminders": False}
    _asks_priya(quiet, quiet.tom)
    quiet.advance(days=2)
    assert len(_reminders(quiet)) == 1
    quiet.priya.presses("Undo")
    _asks_priya(quiet, quiet.tom)
    quiet.advance(days=3)
    reminders = _reminders(quiet)
    assert len(reminders) == 2
    assert "No more reminders" not in reminders[1], "only the first one says how to stop them"


@pytest.mark.needs("asks")
def test_a_channel_may_give_its_people_longer_to_answer(quiet: Town) -> None:
    quiet.sets("asks.standard", "48h working_days", channel_scope("C0WEBSITE"))
    _asks_priya(quiet, quiet.tom)  # Tuesday 13:30 in Kolkata
    quiet.move_to(datetime(2026, 10, 8, 7, 59, tzinfo=UTC))
    assert _reminders(quiet) == []
    quiet.move_to(datetime(2026, 10, 8, 8, 1, tzinfo=UTC))
    assert len(_reminders(quiet)) == 1


def _asks_priya(town: Town, asker: Person) -> None:
    asker.says("#web-relaunch", "@Priya can you look at the pool size?")
    town.settle()


def _reminders(town: Town) -> list[str]:
    return [text for text in town.writes_to(town.priya) if "is still waiting" in text]


@pytest.mark.needs("coach")
def test_a_list_is_ticked_as_it_holds_and_stays_so_when_something_else_is_saved(
    quiet: Town,
) -> None:
    budget = "Direct messages a day"
    quiet.tom.types("#web-relaunch", "/baton settings")
    quiet.tom.fills_in({budget: "5"})
    assert _said(quiet, TOM) == {"attention.budget": 5}, "what holds anyway is not said"
    quiet.tom.types("#web-relaunch", "/baton settings")
    quiet.tom.fills_in({"Hints about": []})
    assert _said(quiet, TOM)["coach.my_rules"] == "none"
    quiet.tom.types("#web-relaunch", "/baton settings")
    quiet.tom.fills_in({budget: "6"})
    assert _said(quiet, TOM) == {"attention.budget": 6, "coach.my_rules": "none"}
    quiet.tom.types("#web-relaunch", "/baton settings")
    quiet.tom.fills_in({"Hints about": ["A bare hello", "A vague ask"]})
    assert _said(quiet, TOM)["coach.my_rules"] == ["naked_hello", "vague_ask"]
    quiet.tom.types("#web-relaunch", "/baton settings channel")
    quiet.tom.fills_in({"Coach": "On"})
    assert _said(quiet, channel_scope("C0WEBSITE")) == {"coach.mode": "on"}
