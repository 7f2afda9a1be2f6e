"""Guests, external people, deactivated ones and apps use nothing of Baton, and read nothing."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from sqlalchemy import func, select

from bot.app import metadata
from bot.core.agreement.setting import channel_scope
from bot.playground.world import User
from tests.support.town import Town

REFUSAL: Final = "I work with full members of this workspace"
KINDS: Final[dict[str, Callable[[User], None]]] = {
    "single-channel guest": lambda user: setattr(user, "is_ultra_restricted", True),
    "multi-channel guest": lambda user: setattr(user, "is_restricted", True),
    "stranger": lambda user: setattr(user, "is_stranger", True),
    "somebody of another workspace": lambda user: setattr(user, "team", "T0ELSEWHERE"),
    "deactivated": lambda user: setattr(user, "deleted", True),
}
SETTLED: Final = frozenset(
    {"used_triggers", "rate_limits", "outbox", "people", "inbox", "heartbeats"}
)
"""Tables that the house fills in on the way, whoever it is."""


def _rows(town: Town) -> dict[str, int]:
    with town.app.bot.reading() as (session, _):
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata().sorted_tables
            if table.name not in SETTLED
        }


def _commands(town: Town) -> list[str]:
    bot = town.app.bot
    subcommands = [f"/{each.name} {each.verb}" for each in bot.subcommands.values()]
    return [*(f"/{name} help" for name in bot.commands), *subcommands]


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"deactivated"}))
def test_t08_no_command_works_for_outsiders_and_none_tells_them_anything(
    kind: str, quiet: Town
) -> None:
    account: Any = quiet.server.slack.world.users["U0MEI0000"]
    KINDS[kind](account)
    quiet.advance(hours=13)  # Slack is asked about everybody again
    before = _rows(quiet)
    commands = _commands(quiet)
    assert len(commands) >= 6
    for command in commands:
        quiet.mei.types("#web-relaunch", command)
        assert REFUSAL in quiet.whispers_to(quiet.mei)[-1], command
    assert quiet.forms_of(quiet.mei) == []
    assert _rows(quiet) == before


@pytest.mark.needs("asks", "digest", "coach")
@pytest.mark.parametrize("kind", KINDS)
def test_t08_outsiders_get_no_hint_no_digest_no_board_and_no_reminder(
    kind: str, quiet: Town
) -> None:
    account: Any = quiet.server.slack.world.users["U0MEI0000"]
    KINDS[kind](account)
    quiet.sets("coach.mode", "on")
    quiet.advance(hours=13)
    written = len(quiet.writes_to(quiet.mei))
    if not account.deleted:
        quiet.mei.says("#web-relaunch", "Hi @Ana")
        quiet.mei.opens_home()
    quiet.tom.says("#web-relaunch", "@Mei which logo do we ship?")
    quiet.advance(days=2)
    assert quiet.whispers_to(quiet.mei) == []
    assert len(quiet.writes_to(quiet.mei)) == written
    assert "Your board" not in str(quiet.mei.home)


@pytest.mark.needs("digest")
def test_t08_what_is_said_where_others_read_along_is_in_nobodys_digest_unless_switched_on(
    quiet: Town,
) -> None:
    quiet.tom.shares("#infra")
    quiet.settle()
    quiet.mei.says("#infra", "The pump is back.")
    quiet.slack.app_says("Deploys", "#infra", "Release 42 is out.")
    quiet.mei.says("#web-relaunch", "The logo is blue.")
    told = _next_digest(quiet)
    assert "The logo is blue." in told
    assert "The pump is back." not in told
    assert "Release 42 is out." not in told
    quiet.sets("digest.shared", "on", channel_scope("C0INFRA00"))
    quiet.advance(hours=9)  # Ana's day is over: what is said now is for her next morning
    quiet.mei.says("#infra", "The tank is full.")
    assert "The tank is full." in _next_digest(quiet)


def _next_digest(town: Town) -> str:
    before = len(town.writes_to(town.ana))
    town.slack.next_morning("Ana")
    return "\n".join(town.writes_to(town.ana)[before:])
