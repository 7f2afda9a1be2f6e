"""News of Baton's own leave to work somewhere: whose it is, and what Slack is asked about it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import endings, workspaces
from bot.core.bot import Bot
from bot.core.clock import StoppedClock
from bot.core.unit_of_work import House
from bot.slack.access import (
    EVENTS,
    GRANTED,
    REVOKED,
    UNINSTALLED,
    WITHDRAWN,
    Access,
    AccessChange,
    access_change,
    home_of,
)
from bot.slack.installer import ASKED_AGAIN_AFTER, Installer
from tests.support.installing import granted, install
from tests.support.local_api import Answer, Request
from tests.support.slack_oauth import SlackOAuthApi, oauth_with

ORGANISATION, HERE, THERE = "E0GROUP", "T0HERE", "T0THERE"
AT = 1_791_273_600  # 2026-10-06 08:00 UTC


def _payload(what: str, **more: Any) -> dict[str, Any]:
    event = {"type": what, "tokens": {"bot": ["U1"]}, "team_ids": [THERE]}
    return {"event": event, "event_time": AT, **more}


@pytest.mark.parametrize(
    ("payload", "of"),
    [
        (_payload(UNINSTALLED, team_id=HERE), (HERE,)),
        (_payload(UNINSTALLED, team_id=HERE, enterprise_id=ORGANISATION), (HERE,)),
        (_payload(REVOKED, team_id=None, enterprise_id=ORGANISATION), (ORGANISATION,)),
        (
            _payload(
                UNINSTALLED,
                team_id=HERE,
                authorizations=[
                    {"enterprise_id": ORGANISATION, "team_id": HERE, "is_enterprise_install": True}
                ],
            ),
            (ORGANISATION, HERE),
        ),
        (
            _payload(
                REVOKED,
                authorizations=[
                    {"enterprise_id": ORGANISATION, "team_id": HERE, "is_enterprise_install": False}
                ],
            ),
            (HERE,),
        ),
        (_payload(WITHDRAWN, team_id=HERE, enterprise_id=ORGANISATION), (ORGANISATION, HERE)),
        (_payload(GRANTED), ()),
    ],
)
def test_t09_it_is_of_the_organisation_where_the_whole_of_it_is_meant(
    payload: dict[str, Any], of: tuple[str, ...]
) -> None:
    change = access_change(payload)
    assert change is not None
    assert (change.of, change.at) == (of, datetime.fromtimestamp(AT, UTC))
    assert change.team_ids == (THERE,)


def test_tokens_of_people_are_no_news() -> None:
    payload = _payload(REVOKED, team_id=HERE)
    payload["event"]["tokens"] = {"oauth": ["U2"]}
    assert access_change(payload) is None


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
_NEWS = st.fixed_dictionaries(
    {"event": st.fixed_dictionaries({"type": st.sampled_from(EVENTS)}) | _ANYTHING},
    optional={
        "event_time": _ANYTHING,
        "team_id": _ANYTHING,
        "enterprise_id": _ANYTHING,
        "authorizations": _ANYTHING
        | st.lists(
            st.dictionaries(
                st.sampled_from(["team_id", "enterprise_id", "is_enterprise_install"]), _ANYTHING
            ),
            max_size=2,
        ),
    },
)


@given(payload=_NEWS, event=_ANYTHING)
def test_no_news_of_any_shape_makes_its_reader_fail(payload: dict[str, Any], event: Any) -> None:
    if isinstance(event, dict) and isinstance(payload["event"], dict):
        payload["event"] = event | payload["event"]
    change = access_change(payload)
    assert change is None or all(isinstance(each, str) for each in (*change.of, *change.team_ids))
    assert isinstance(home_of(payload), str)


class _Organisation(SlackOAuthApi):
    """An organisation's Slack; `meanwhile` happens while it is asked for the workspaces."""

    def __init__(self) -> None:
        super().__init__()
        self.listed = [HERE, THERE]
        self.meanwhile: Callable[[], None] | None = None

    def answer(self, request: Request) -> Answer:
        if not request.path.endswith("auth.teams.list"):
            return super().answer(request)
        teams = [{"id": each, "name": each} for each in self.listed]
        if (happens := self.meanwhile) is not None:
            self.meanwhile = None
            happens()
        return Answer({"ok": True, "teams": teams})


@contextmanager
def _organisation(bot: Bot) -> Iterator[tuple[Installer, Access, _Organisation]]:
    """It is installed in two workspaces; what is left of one that is over goes at once."""
    with oauth_with(bot, api=_Organisation()) as (oauth, api):
        assert isinstance(api, _Organisation)
        bot.house = House(bot.house.keyring, erases_after=timedelta())
        install(bot, granted(ORGANISATION, is_org_wide=True), HERE, THERE)
        yield oauth._installer, Access(bot, oauth._installer), api


def _serving(bot: Bot) -> set[str]:
    with bot.reading() as (session, _):
        return {each.team_id for each in workspaces.every(session) if each.installation}


def _news(bot: Bot, what: str) -> AccessChange:
    return AccessChange(what, (ORGANISATION,), bot.clock.now() + timedelta(hours=1), (THERE,))


def _brings(bot: Bot, installer: Installer, clock: StoppedClock) -> None:
    """What waits is looked at again, some time later."""
    clock.advance(ASKED_AGAIN_AFTER)
    installer.bring_to_life(bot)


def test_what_is_withdrawn_while_slack_is_asked_is_not_served_by_the_older_answer(
    bot: Bot, clock: StoppedClock
) -> None:
    bot.machine_clock = clock
    with _organisation(bot) as (installer, access, slack):

        def withdraw() -> None:
            slack.listed = [HERE]
            access.note(_news(bot, WITHDRAWN))
            endings.erase_due(bot)

        access.note(_news(bot, GRANTED))
        slack.meanwhile = withdraw
        _brings(bot, installer, clock)
        assert _serving(bot) == {HERE}
        _brings(bot, installer, clock)
        assert _serving(bot) == {HERE}
        assert len(slack.calls("auth.teams.list")) == 2


def test_news_that_were_lost_while_nobody_listened_are_asked_for_at_the_start(
    bot: Bot, clock: StoppedClock
) -> None:
    bot.machine_clock = clock
    with _organisation(bot) as (installer, _, slack):
        slack.listed = [HERE, "T0NEW"]
        _brings(bot, installer, clock)
        assert _serving(bot) == {HERE, THERE}, "nobody is asked without a reason"
        installer.discover_all()
        assert _serving(bot) == {HERE, THERE}, "it goes on meanwhile"
        _brings(bot, installer, clock)
        assert _serving(bot) == {HERE, "T0NEW"}


def test_news_twice_ask_slack_once_and_change_nothing_else(bot: Bot, clock: StoppedClock) -> None:
    bot.machine_clock = clock
    with _organisation(bot) as (installer, access, slack):
        for _ in range(3):
            access.note(_news(bot, GRANTED))
        _brings(bot, installer, clock)
        _brings(bot, installer, clock)
        assert len(slack.calls("auth.teams.list")) == 1
        assert _serving(bot) == {HERE, THERE}
