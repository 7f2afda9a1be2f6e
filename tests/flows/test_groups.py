"""A message to a user group reaches those who are in it now, however Slack answers."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.core import groups, people
from bot.core.blocks import Message
from bot.core.bot import Bot
from bot.core.events import Command, MessageEdited, MessagePosted
from bot.core.queue import State
from bot.core.render import groups_in, mrkdwn
from bot.core.replies import Answer
from bot.core.unit_of_work import UnitOfWork
from tests.support.databases import Rows, fill
from tests.support.town import Town, town

TOLD = "That is for "


def _names(uow: UnitOfWork, group_ids: tuple[str, ...]) -> str:
    inside = {one for each in group_ids for one in groups.members(uow.session, uow.team_id, each)}
    found = people.names(uow.session, uow.team_id, inside)
    return ", ".join(sorted(found.values())) or "nobody"


def call(event: MessagePosted | MessageEdited, uow: UnitOfWork) -> None:
    """Says who is in the groups that somebody wrote to."""
    said = mrkdwn(f"{TOLD}{{names}}.", names=_names(uow, event.groups))
    uow.outbox.post(f"called:{event.ts}:{event.text}"[:100], event.channel_id, Message(said))


def answer(event: Command, uow: UnitOfWork) -> Answer:
    """Says who is in the groups that somebody typed behind a command."""
    return Answer(Message(mrkdwn("{names}", names=_names(uow, groups_in(event.text)))))


def _register(bot: Bot) -> None:
    bot.on(MessagePosted, call, wants=lambda event: bool(event.groups))
    bot.on(MessageEdited, call, wants=lambda event: bool(event.groups))
    bot.on_command("who", answer, description="Who is in a group", usage="@group")


@pytest.fixture
def calling(database_url: str, weather: dict[str, Any], acquaintance: Rows) -> Iterator[Town]:
    """A town the bot knows, in which it says who is in a group."""
    fill(database_url, acquaintance)
    with town(database_url, faults=weather, register=_register) as living:
        yield living


@pytest.fixture
def plainly(sqlite_url: str, acquaintance: Rows) -> Iterator[Town]:
    """The same on one database, with events as they happen."""
    fill(sqlite_url, acquaintance)
    with town(sqlite_url, register=_register) as living:
        yield living


def _said(living: Town) -> list[str]:
    texts = [each["text"] for each in living.posts_in("#infra")]
    told = [text for text in texts if text.startswith(TOLD)]
    return [text.removeprefix(TOLD).removesuffix(".") for text in told]


def test_whoever_is_in_a_group_is_known_before_a_message_to_it_is_judged(calling: Town) -> None:
    calling.tom.says("#infra", "@design which logo? And @backend, is the pool big enough?")
    assert _said(calling) == ["Ana, Mei, Priya, Tom"]
    calling.tom.says("#infra", "`@design` is the handle")
    assert len(_said(calling)) == 1


def test_a_group_that_changed_is_asked_about_again(calling: Town) -> None:
    calling.tom.says("#infra", "@design which logo?")
    calling.settle()
    calling.tom.sets_group("design", "Sam", "Mei")
    calling.settle()
    calling.tom.says("#infra", "@design which colour?")
    assert _said(calling) == ["Ana, Mei", "Mei, Sam"]
    calling.tom.makes_group("ops", "Ivo")
    calling.tom.says("#infra", "@ops who is on call?")
    assert _said(calling)[2:] == ["Ivo"]


def test_an_edited_message_speaks_to_the_group_it_names_now(plainly: Town) -> None:
    ts = plainly.tom.says("#infra", "which logo?")
    plainly.tom.edits("#infra", ts, "@design which logo?")
    assert _said(plainly) == ["Ana, Mei"]


def test_nobody_is_in_a_group_that_was_disabled_meanwhile(plainly: Town) -> None:
    plainly.slack.faults(hold=True)
    plainly.tom.says("#infra", "@design which logo?")
    plainly.tom.disables_group("design")
    plainly.slack.faults()
    assert _said(plainly) == ["nobody"]


def test_a_message_to_a_group_waits_until_slack_tells_who_is_in_it(plainly: Town) -> None:
    limited = {"method": "usergroups.users.list", "status": 429, "retry_after": "1", "times": 2}
    plainly.slack.faults(methods=[limited])
    plainly.tom.says("#infra", "@design which logo?")
    assert _said(plainly) == ["Ana, Mei"]
    assert set(plainly.row_counts(State.DEAD).values()) == {0}


def test_without_the_scope_a_message_to_a_group_is_dealt_with_and_speaks_to_nobody(
    plainly: Town,
) -> None:
    plainly.slack.faults(methods=[{"method": "usergroups.list", "error": "missing_scope"}])
    for text in ("@design which logo?", "@design which colour?"):
        plainly.tom.says("#infra", text)
    assert _said(plainly) == ["nobody", "nobody"]
    asked = [each for each in plainly.slack.traffic() if each["what"].startswith("usergroups")]
    assert len(asked) == 1


def test_a_group_in_a_command_is_known_when_it_is_answered(plainly: Town) -> None:
    plainly.tom.types("#infra", "/who @design")
    assert plainly.whispers_to(plainly.tom) == ["Ana, Mei"]


def test_what_is_kept_of_groups_is_given_out_and_erased_with_somebody(plainly: Town) -> None:
    plainly.tom.says("#infra", "@design which logo?")
    plainly.settle()
    kept = next(each for each in plainly.app.bot.kept if each.name == "groups")
    with plainly.app.bot.begin("T0TIDELINE", during="job") as uow:
        assert kept.export(uow, "U0ANA0000") == [{"group": "@design"}]
        kept.erase(uow, "U0ANA0000")
    plainly.tom.says("#infra", "@design which colour?")
    assert _said(plainly) == ["Ana, Mei", "Mei"]
