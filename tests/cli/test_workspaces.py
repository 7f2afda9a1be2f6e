"""`baton workspaces`: where it is installed, and how an operator ends that."""

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import assemble
from bot.core import endings, installations, message_store, workspaces
from bot.core.bot import Bot
from bot.core.clock import StoppedClock, SystemClock
from bot.core.db import Database
from bot.core.encryption import Keyring
from bot.core.events import ChannelKind, MessagePosted
from bot.core.unit_of_work import House
from bot.core.workspaces import Workspace
from bot.settings import Settings
from bot.slack.tokens import Tokens
from tests.support.installing import end, granted, install
from tests.support.shell import Shell

KEY = b"1" * 32
AT = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
OPTIONAL = "files:write, channels:manage, groups:write"
NONE = "error: Baton is not installed there: see `baton workspaces list`. ({})\n"


def _bot(url: str) -> Bot:
    made = assemble(Settings(_env_file=None, database_url=url), Database(url))
    made.clock = StoppedClock(AT)
    made.house = House(Keyring({"k1": KEY}))
    return made


def _give_key(house: Shell, key: bytes = KEY) -> None:
    """Has the commands find a key, as they find other settings."""
    with (house.folder / ".env").open("a") as settings:
        settings.write(f"BATON_ENCRYPTION_KEYS=k1:{b64encode(key).decode()}\n")


@pytest.fixture
def oauth(house: Shell, sqlite_url: str) -> Shell:
    """A house in which two workspaces and an organisation installed it, and one took it away."""
    bot = _bot(sqlite_url)
    install(bot, granted("T8"))
    install(bot, granted("E0GROUP", is_org_wide=True), "T5", "T0LONGER")
    install(bot, granted("T9"))
    end(bot, "T9", delay=timedelta(hours=2))
    bot.database.close()
    _give_key(house)
    return house


@pytest.fixture
def by_settings(house: Shell, sqlite_url: str) -> Shell:
    """A house that is in one workspace by the token of the settings."""
    bot = _bot(sqlite_url)
    scopes = frozenset(bot.optional_scopes)
    with bot.database.transaction() as session:
        tideline = Workspace("T1", "Tideline", "https://t.slack.com/", "B1", "U0", scopes)
        workspaces.save(session, tideline, now=AT)
    bot.database.close()
    return house


def test_where_nobody_installed_it_there_are_none(house: Shell) -> None:
    told = house("workspaces", "list")
    assert (told.returncode, told.stdout, told.stderr) == (0, "There are none yet.\n", "")
    assert json.loads(house("workspaces", "list", "--json").stdout) == []


def test_every_workspace_is_a_line_and_its_columns_stand_below_one_another(oauth: Shell) -> None:
    told = oauth("workspaces", "list")
    since, lacks = "since 2026-10-06", f"without {OPTIONAL}"
    over = "over, deleted from 2026-10-06 10:00 UTC"
    assert told.returncode == 0
    assert told.stdout.splitlines() == [
        f"T0LONGER  T0LONGER  {since}  E0GROUP #2  {'working':<{len(over)}}  {lacks}",
        f"T5        T5        {since}  E0GROUP #2  {'working':<{len(over)}}  {lacks}",
        f"T8        T8        {since}  T8 #1       {'working':<{len(over)}}  {lacks}",
        f"T9        T9        {since}  T9 #3       {over}  {lacks}",
    ]
    assert "xoxb" not in told.stdout


def test_machines_read_the_same(oauth: Shell) -> None:
    told = json.loads(oauth("workspaces", "list", "--json").stdout)
    assert [each["team_id"] for each in told] == ["T0LONGER", "T5", "T8", "T9"]
    assert told[2] == {
        "team_id": "T8",
        "name": "T8",
        "since": "2026-10-06T08:00:00+00:00",
        "installation": "T8",
        "generation": 1,
        "state": "working",
        "missing": OPTIONAL.split(", "),
    }


def test_with_the_token_of_the_settings_there_is_one(by_settings: Shell) -> None:
    told = by_settings("workspaces", "list")
    assert told.stdout == (
        "T1  Tideline  since 2026-10-06  SLACK_BOT_TOKEN  working  with everything\n"
    )


def test_where_no_key_opens_the_token_nothing_is_said_to_work(oauth: Shell) -> None:
    _give_key(oauth, b"2" * 32)
    lines = oauth("workspaces", "list").stdout.splitlines()
    state = "none of BATON_ENCRYPTION_KEYS opens its token"
    assert [state in line for line in lines] == [True, True, True, False]
    assert "over, deleted from" in lines[3]


def test_what_slack_refuses_and_what_is_in_no_workspace_yet_is_said(
    house: Shell, sqlite_url: str
) -> None:
    bot = _bot(sqlite_url)
    with bot.database.transaction() as session:
        for team_id in ("T8", "E0GROUP"):
            given = granted(team_id, is_org_wide=team_id == "E0GROUP")
            installations.install(session, bot.house.keyring, given, now=AT)
    parked = install(bot, granted("T9"))
    with bot.database.transaction() as session:
        endings.park(session, "T9", parked, "token_revoked", now=AT)
    bot.database.close()
    lines = house("workspaces", "list").stdout.splitlines()
    assert "not working yet" in lines[0]
    assert f"without {OPTIONAL}" in lines[0], "known before it works"
    assert "Slack refuses the token since 2026-10-06 08:00 UTC" in lines[2]


@pytest.mark.slow
@pytest.mark.parametrize(("hours", "when"), [("24", "in 24 hours"), ("0", "by the next worker")])
def test_an_operator_ends_it_once(hours: str, when: str, oauth: Shell, sqlite_url: str) -> None:
    before = SystemClock().now()
    told = oauth("workspaces", "end", "T8", "--yes", BATON_ERASE_AFTER_HOURS=hours)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == (
        f"It is over. What is kept is deleted {when}. Slack lists the app until it is taken\n"
        "out there, too: Manage apps, Baton, Remove app.\n"
    )
    again = oauth("workspaces", "end", "T8", "--yes")
    assert again.returncode == 2
    assert again.stderr.startswith("error: It is over there; `baton erase --everything` deletes")
    bot = _bot(sqlite_url)
    with bot.database.reading() as session:
        (row,) = (row for row in installations.every(session) if row.team_id == "T8")
        assert (row.token, row.ended_because) == ("", "operator")
        assert row.erase_at is not None
        assert row.erase_at >= before + timedelta(hours=int(hours))
        living = [each.team_id for each in workspaces.every(session)]
    bot.database.close()
    assert sorted(living) == ["T0LONGER", "T5"], "nobody else's"
    assert "over, deleted from" in oauth("workspaces", "list").stdout.splitlines()[2]


@pytest.mark.slow
def test_it_asks_before_it_ends_anything(oauth: Shell) -> None:
    before = oauth("workspaces", "list").stdout
    for answer in ("n\n", ""):
        told = oauth("workspaces", "end", "T8", stdin=answer)
        assert told.returncode == 1
        assert "Stop in T8 and delete all that is kept of it? [y/N]" in told.stdout
    assert oauth("workspaces", "list").stdout == before
    told = oauth("workspaces", "end", "T8", stdin="y\n")
    assert (told.returncode, "It is over." in told.stdout) == (0, True)


@pytest.mark.slow
def test_an_organisation_ends_in_all_its_workspaces(oauth: Shell) -> None:
    told = oauth("workspaces", "end", "T5", "--yes")
    assert (told.returncode, len(told.stderr.splitlines())) == (2, 1)
    assert told.stderr.startswith("error: Its organisation installed Baton: end that")
    assert told.stderr.endswith("(E0GROUP)\n")
    assert oauth("workspaces", "end", "E0GROUP", "--yes").returncode == 0
    states = [each["state"] for each in json.loads(oauth("workspaces", "list", "--json").stdout)]
    assert [state.partition(",")[0] for state in states] == ["over", "over", "working", "over"]


@pytest.mark.slow
@pytest.mark.parametrize("team_id", ["T404", "", "' OR 1=1 --", "E0"])
def test_where_it_is_not_there_is_nothing_to_end_and_nobody_is_asked(
    team_id: str, oauth: Shell
) -> None:
    told = oauth("workspaces", "end", team_id)
    assert (told.returncode, told.stdout, told.stderr) == (2, "", NONE.format(team_id))


OVER = (
    "error: It is over there; `baton erase --everything` deletes at once what is kept of it. "
    "(T9, else deleted from 2026-10-06 10:00 UTC)\n"
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ["workspaces", "end", "T9", "--yes"],
        ["pause", "--workspace", "T9"],
        ["export", "--user", "U1", "--workspace", "T9"],
    ],
)
def test_what_is_over_is_called_over_and_not_unknown(command: list[str], oauth: Shell) -> None:
    told = oauth(*command)
    assert (told.returncode, told.stdout, told.stderr) == (2, "", OVER)


@pytest.mark.slow
def test_what_is_over_is_erased_before_its_time_and_the_rest_stays(
    oauth: Shell, sqlite_url: str
) -> None:
    database = Database(sqlite_url)
    with database.transaction() as session:
        said = MessagePosted(
            team_id="T9",
            channel_id="C1",
            kind=ChannelKind.PUBLIC,
            ts="1759000000.000100",
            user_id="U1",
            text="hello",
        )
        message_store.record(session, said)
    database.close()
    command = ["erase", "--workspace", "T9", "--everything", "--yes"]
    assert oauth(*command, "--dry-run").stdout == (
        "Would be erased of workspace T9: messages: 1.\n"
    )
    assert "T9" in oauth("workspaces", "list").stdout, "it was only counted"
    told = oauth(*command)
    assert (told.returncode, told.stdout) == (0, "Erased of workspace T9: messages: 1.\n")
    left = json.loads(oauth("workspaces", "list", "--json").stdout)
    assert [each["team_id"] for each in left] == ["T0LONGER", "T5", "T8"]
    assert oauth(*command).returncode == 2


@pytest.mark.slow
def test_which_one_and_none_of_that_id_are_two_sentences(oauth: Shell) -> None:
    assert oauth("pause").stderr == (
        "error: There are several workspaces: say which with --workspace. (T0LONGER, T5, T8)\n"
    )
    assert oauth("pause", "--workspace", "T404").stderr == (
        "error: There is no workspace of that id: see `baton workspaces list`. (T404)\n"
    )


@pytest.mark.slow
def test_the_token_of_the_settings_is_not_ended_but_taken_out_of_them(by_settings: Shell) -> None:
    told = by_settings("workspaces", "end", "T1", "--yes")
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == (
        "error: Baton is there by SLACK_BOT_TOKEN: stop it, then see `baton erase --everything`. "
        "(T1)\n"
    )
    assert "working" in by_settings("workspaces", "list").stdout


@pytest.mark.slow
def test_what_the_settings_have_no_token_for_any_more_is_ended(
    by_settings: Shell, sqlite_url: str
) -> None:
    bot = _bot(sqlite_url)
    Tokens(bot).belongs_to(None)
    bot.database.close()
    assert "without a token since" in by_settings("workspaces", "list").stdout
    assert by_settings("workspaces", "end", "T1", "--yes").returncode == 0
    assert "over, deleted from" in by_settings("workspaces", "list").stdout


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["list"], ["end", "T1", "--yes"]])
def test_without_a_database_it_is_one_sentence(arguments: list[str], baton: Shell) -> None:
    told = baton("workspaces", *arguments)
    assert (told.returncode, told.stdout) == (2, "")
    assert "There is no database yet" in told.stderr
