"""`baton preview`, as an operator calls it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core import channels, message_store, people, workspaces
from bot.core.agreement.changing import Change, change
from bot.core.agreement.setting import person_scope
from bot.core.bot import Bot
from bot.core.channels import Channel
from bot.core.clock import SystemClock
from bot.core.db import Database
from bot.core.events import ChannelKind, MessagePosted
from bot.core.people import Account
from bot.features.digest.rules.settings import WANTED
from tests.support.databases import Rows, rows_of
from tests.support.installed import installed
from tests.support.shell import Shell

TOM, ANA, MEI, MIA, GIL = "U0TOM", "U0ANA", "U0MEI", "U0MIA", "U0GIL"


@pytest.fixture
def team(house: Shell) -> Shell:
    """The command line beside a database with a workspace in which something was said."""
    with _database(house.folder / "baton.db") as database:
        _settle(database)
    return house


@contextmanager
def _database(path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


def _settle(database: Database) -> None:
    now = SystemClock().now()
    with database.transaction() as session:
        tideline = workspaces.Workspace("T1", "Tideline", "https://t/", "B1", "U0", frozenset())
        workspaces.save(session, tideline, now=now)
        for user_id, name in ((TOM, "Tom"), (ANA, "Ana"), (MEI, "Mei"), (MIA, "mei")):
            account = Account(user_id, name, "Europe/Berlin", is_member=True)
            people.save(session, "T1", account, now=now)
        people.save(session, "T1", Account(GIL, "Gil", "UTC", is_member=False), now=now)
        for channel, inside in (
            (Channel("C1", "infra", is_private=False, is_member=True), [TOM, ANA, GIL]),
            (Channel("C2", "leads", is_private=True, is_member=True), [TOM]),
            (Channel("C3", "quiet", is_private=False, is_member=True), []),
        ):
            as_of = now - timedelta(minutes=5)
            channels.save(session, "T1", channel, inside, as_of=as_of)
        for channel_id, text in (("C1", f"Is the pump back, <@{TOM}>?"), ("C2", "Budget: 40,000.")):
            ts = f"{(now - timedelta(seconds=30)).timestamp():.6f}"
            said = MessagePosted(
                team_id="T1",
                channel_id=channel_id,
                kind=ChannelKind.PUBLIC,
                ts=ts,
                user_id=ANA,
                text=text,
            )
            message_store.record(session, said)
    bot = installed(Bot(database, SystemClock(), SystemClock()))
    with bot.begin("T1", during="job") as uow:
        off = Change(WANTED, person_scope(ANA), after=False)
        change(uow, [off], by=ANA)


def _rows(team: Shell) -> Rows:
    with _database(team.folder / "baton.db") as database:
        return rows_of(database, besides=set())


def test_a_persons_digest_is_printed_and_nothing_is_changed(team: Shell) -> None:
    before = _rows(team)
    told = team("preview", "digest", "--user", "tom")
    assert told.returncode == 0, told.stderr
    assert ", Tom · " in told.stdout
    assert "“Is the pump back, @Tom?”" in told.stdout
    assert "#infra" in told.stdout
    assert "@Ana" in told.stdout
    assert "<" not in told.stdout
    assert _rows(team) == before


def test_it_waits_for_nobody_who_writes(team: Shell) -> None:
    with _database(team.folder / "baton.db") as database, database.transaction() as session:
        session.connection()
        told = team("preview", "digest", "--user", "Tom")
    assert told.returncode == 0, told.stderr
    assert "“Is the pump back, @Tom?”" in told.stdout


def test_what_slack_would_be_asked_about_is_left_out_and_told_of(team: Shell) -> None:
    told = team("preview", "digest", "--user", TOM)
    assert "Budget" not in told.stdout
    assert "who is in a channel is not known for certain" in told.stderr


@pytest.mark.slow
def test_a_channels_digest_is_printed_also_of_one_that_gets_none(team: Shell) -> None:
    before = _rows(team)
    told = team("preview", "channel-digest", "--channel", "#infra")
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("Digest of #infra · ")
    assert "Questions without an answer so far" in told.stdout
    assert "“Is the pump back, @Tom?”" in told.stdout
    assert "Budget" not in told.stdout
    assert "Budget: 40,000." in team("preview", "channel-digest", "--channel", "C2").stdout
    assert _rows(team) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["digest", "--user", "Zoe"], "There is nobody of that name or id in the workspace. (Zoe)"),
        (["digest", "--user", "Mei"], "There are several of that name: say which by id. (U0MEI"),
        (["digest", "--user", "Gil"], "They get no digest: they are in no channel"),
        (["digest", "--user", MEI], "They get no digest: they are in no channel"),
        (["digest", "--user", "Ana"], "They get no digest: they have switched it off. (Ana)"),
        (["digest", "--user", "Tom", "--workspace", "T9"], "There is no workspace of that id"),
        (["channel-digest", "--channel", "nowhere"], "Baton is in no channel of that name or id."),
    ],
)
def test_what_cannot_be_shown_is_told_in_a_sentence(
    team: Shell, arguments: list[str], sentence: str
) -> None:
    told = team("preview", *arguments)
    assert told.returncode == 2
    assert told.stdout == ""
    assert f"error: {sentence}" in told.stderr


def test_nothing_to_say_is_no_error(team: Shell) -> None:
    told = team("preview", "channel-digest", "--channel", "quiet")
    assert told.returncode == 0
    assert told.stdout == "Nothing: there is nothing to say.\n"
