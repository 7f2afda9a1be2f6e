"""`baton coach replay`: which hints there would have been in talk that is over."""

import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli import lines
from bot.cli.exports import Export
from bot.cli.heard import Bad
from bot.core import channels, message_store, people, workspaces
from bot.core.channels import Channel
from bot.core.clock import SystemClock
from bot.core.db import Database
from bot.core.events import ChannelKind, MessagePosted
from bot.core.people import Account
from tests.support.shell import Shell

pytestmark = pytest.mark.needs("coach")

TUESDAY = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
TOM, ANA, PRIYA, GIL, DEPLOYS = "U0TOM0000", "U0ANA0000", "U0PRIYA00", "U0GIL0000", "U0DEPLOY0"
USERS: list[dict[str, Any]] = [
    {"id": TOM, "name": "tom", "tz": "Europe/Berlin"},
    {"id": ANA, "name": "ana", "tz": "America/Sao_Paulo"},
    {"id": PRIYA, "name": "priya", "tz": "Asia/Kolkata"},
    {"id": GIL, "name": "gil", "is_ultra_restricted": True},
    {"id": DEPLOYS, "name": "deploys", "is_bot": True},
]
HELLO = f"Hi <@{ANA}>"
MAIN, ROOM = "C0WEBSITE", "C0INFRA00"
Row = dict[str, Any]


def _said(minutes: float, user: str, text: str, **more: Any) -> Row:
    at = TUESDAY + timedelta(minutes=minutes)
    ts = f"{at.timestamp():.6f}"
    return {"type": "message", "user": user, "text": text, "ts": ts, **more}


def _ts(minutes: float) -> str:
    return str(_said(minutes, TOM, "")["ts"])


WEB = [
    _said(0, TOM, HELLO),
    _said(60, TOM, f"Hello <@{PRIYA}>"),  # within four hours of the first
    _said(90, GIL, HELLO),  # a guest
    _said(200, PRIYA, HELLO),
    _said(201, PRIYA, "The signup page times out since 9:00, can you look at the pool size?"),
    _said(220, ANA, "The logs are at <https://example.com/logs>, it was the pool size."),
    _said(130, DEPLOYS, HELLO),
    _said(131, "U0TOM0000", "joined", subtype="channel_join"),
]
INFRA = [
    _said(30, ANA, f"hey <@{TOM}>"),
    _said(24 * 60 * 7, TOM, "hello"),
    _said(24 * 60 * 14, ANA, "The pump is back, and everything that was slow is quick again."),
]
CHANNELS = [
    {"id": MAIN, "name": "web-relaunch"},
    {"id": ROOM, "name": "infra"},
    {"id": "C0PARTNER", "name": "partners", "is_ext_shared": True},
]


def _export(path: Path, talk: Mapping[str, Iterable[Row]], **lists: list[Row]) -> str:
    """An export with its messages in the files of their days."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in ({"users": USERS, "channels": CHANNELS} | lists).items():
            archive.writestr(f"{name}.json", json.dumps(rows))
        for folder, rows in talk.items():
            days: dict[str, list[Row]] = {}
            for row in rows:
                day = datetime.fromtimestamp(float(row["ts"]), UTC).date().isoformat()
                days.setdefault(day, []).append(row)
            for day, of_day in days.items():
                archive.writestr(f"{folder}/{day}.json", json.dumps(of_day, indent=4))
    return str(path)


def _lines(talk: Mapping[str, Iterable[Row]]) -> str:
    mixed = [row | {"channel": name} for name, rows in talk.items() for row in rows]
    in_order = sorted(mixed, key=lambda row: float(row["ts"]))
    return "".join(f"{json.dumps(row)}\n" for row in in_order)


TALK = {"web-relaunch": WEB, "infra": INFRA}
TOLD = """\
8 messages of 3 people in 2 channels, 2026-10-06 to 2026-10-20
Left alone: 2 of apps and of Slack itself, 1 of guests and people from elsewhere

rule         hints  people  per 1,000  per week  without limits
naked_hello      3       2     375.00      1.50               5
  “Hi” in #web-relaunch
  “hey” in #infra
  “hello” in #infra
all              3       2     375.00      1.50               5

Held back: 1 completed or answered within 90 seconds, \
1 within 4 hours of another hint to the same person.
Nothing was sent, nothing was stored.
"""


@pytest.mark.slow
def test_it_tells_how_many_hints_there_would_have_been(baton: Shell) -> None:
    _export(baton.folder / "talk.zip", TALK)
    told = baton("coach", "replay", "talk.zip", "--rule", "naked_hello")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == TOLD


def test_machines_get_the_same_and_nobodys_name_or_id(baton: Shell) -> None:
    _export(baton.folder / "talk.zip", TALK)
    text = baton("coach", "replay", "talk.zip", "--rule", "naked_hello", "--json").stdout
    told = json.loads(text)
    assert told["rules"]["naked_hello"] == {
        "hints": 3,
        "people": 2,
        "per_thousand": 375.0,
        "per_week": 1.5,
        "without_limits": 5,
        "examples": [
            {"phrase": "Hi", "channel": "#web-relaunch"},
            {"phrase": "hey", "channel": "#infra"},
            {"phrase": "hello", "channel": "#infra"},
        ],
    }
    assert told["total"] | {"examples": ()} == {
        name: value for name, value in told["rules"]["naked_hello"].items() if name != "examples"
    } | {"examples": ()}
    assert told["held_back"] == {"completed": 1, "resting": 1, "said_there": 0}
    assert told["left_alone"] == {"apps": 2, "guests": 1, "direct": 0, "shared": 0}
    assert not any(secret in text for secret in (TOM, ANA, PRIYA, "tom", "Tom"))


@pytest.mark.slow
def test_a_file_of_lines_tells_the_same_however_its_channels_are_mixed(baton: Shell) -> None:
    people = [row for row in WEB if row["user"] not in {GIL, DEPLOYS}]
    _export(baton.folder / "talk.zip", {"web-relaunch": people, "infra": INFRA})
    expected = baton("coach", "replay", "talk.zip", "--json").stdout
    text = _lines({"web-relaunch": people, "infra": INFRA})
    (baton.folder / "talk.jsonl").write_text(text)
    told = json.loads(baton("coach", "replay", "talk.jsonl", "--json").stdout)
    by_tz = {"off_hours"} & set(json.loads(expected)["rules"])
    assert by_tz == set(), "nobody here is asked at night"
    assert told == json.loads(expected)
    assert json.loads(baton("coach", "replay", "-", "--json", stdin=text).stdout) == told


@pytest.mark.slow
def test_one_channel_or_one_rule_can_be_asked_for(baton: Shell) -> None:
    _export(baton.folder / "talk.zip", TALK)
    infra = json.loads(baton("coach", "replay", "talk.zip", "--channel", "#infra", "--json").stdout)
    assert (infra["messages"], infra["channels"]) == (3, 1)
    assert infra["rules"]["naked_hello"]["hints"] == 2
    other = json.loads(baton("coach", "replay", "talk.zip", "--rule", "broadcast", "--json").stdout)
    assert other["rules"] == {}
    unknown = baton("coach", "replay", "talk.zip", "--rule", "rudeness")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "There is no rule of this name. (rudeness) There are: heated," in unknown.stderr
    empty = baton("coach", "replay", "talk.zip", "--channel", "leads")
    assert (empty.returncode, empty.stdout) == (2, "")
    assert "nothing was looked at. (only leads)" in empty.stderr


@pytest.mark.slow
def test_the_same_hint_comes_once_in_a_thread_whoever_writes_there(baton: Shell) -> None:
    root = _said(0, ANA, "The signup page is slow since this morning, see the graph.")
    thread = [
        root,
        *(
            _said(60 * n, who, "quick call?", thread_ts=root["ts"])
            for n, who in enumerate([TOM, PRIYA], start=1)
        ),
    ]
    text = _lines({"web-relaunch": thread})
    told = baton("coach", "replay", "-", "--rule", "quick_call", "--json", stdin=text)
    assert json.loads(told.stdout)["total"]["without_limits"] == 2, told.stderr
    assert json.loads(told.stdout)["held_back"]["said_there"] == 1


@pytest.mark.slow
def test_what_is_written_directly_or_shared_with_others_is_left_alone(baton: Shell) -> None:
    talk = {
        "D012345678": [_said(0, TOM, HELLO)],
        "partners": [_said(0, TOM, HELLO)],
        "infra": INFRA,
    }
    dms = [{"id": "D012345678", "members": [TOM, ANA]}]
    _export(baton.folder / "talk.zip", talk, dms=dms)
    told = json.loads(baton("coach", "replay", "talk.zip", "--json").stdout)
    assert told["left_alone"] == {"apps": 0, "guests": 0, "direct": 1, "shared": 1}
    assert told["messages"] == 3


@pytest.mark.slow
def test_a_group_message_is_not_called_by_the_names_of_its_people(baton: Shell) -> None:
    name = "mpdm-tom--ana--priya-1"
    groups = [{"id": "G012345678", "name": name}]
    talk = {name: [_said(0, TOM, HELLO)]}
    _export(baton.folder / "talk.zip", talk, mpims=groups)
    told = baton("coach", "replay", "talk.zip", "--rule", "naked_hello").stdout
    assert "“Hi” in a group message" in told
    (baton.folder / "talk.jsonl").write_text(_lines(talk))
    assert "in a group message" in baton("coach", "replay", "talk.jsonl").stdout


@pytest.fixture
def team(house: Shell) -> Shell:
    """The command line beside a database in which some messages are stored."""
    database = Database(f"sqlite:///{house.folder / 'baton.db'}")
    now = SystemClock().now()
    with database.transaction() as session:
        tideline = workspaces.Workspace("T1", "Tideline", "https://t/", "B1", "U0", frozenset())
        workspaces.save(session, tideline, now=now)
        web = Channel(MAIN, "web-relaunch", is_private=False, is_member=True)
        partners = Channel(ROOM, "partners", is_private=False, is_member=True, is_shared=True)
        for channel in (web, partners):
            channels.save(session, "T1", channel, [TOM, ANA], as_of=now)
        for user_id in (TOM, ANA, PRIYA, GIL):
            known = Account(user_id, user_id, "Europe/Berlin", is_member=user_id != GIL)
            people.save(session, "T1", known, now=now)
        for channel_id, rows in ((MAIN, WEB[:6]), (ROOM, INFRA)):
            for row in rows:
                message_store.record(session, _event(channel_id, row))
        message_store.empty(session, "T1", PRIYA)
    database.close()
    return house


def _event(channel_id: str, row: Row) -> MessagePosted:
    return MessagePosted(
        team_id="T1",
        channel_id=channel_id,
        kind=ChannelKind.PUBLIC,
        ts=row["ts"],
        user_id=row["user"],
        text=row["text"],
    )


@pytest.mark.slow
def test_what_is_stored_can_be_looked_at_as_far_as_its_text_is_kept(team: Shell) -> None:
    told = json.loads(team("coach", "replay", "--stored", "--json").stdout)
    assert (told["messages"], told["people"], told["channels"]) == (3, 2, 1)
    assert told["left_alone"] == {"apps": 0, "guests": 1, "direct": 0, "shared": 3}
    assert told["rules"]["naked_hello"]["hints"] == 1
    assert told["rules"]["naked_hello"]["without_limits"] == 2
    other = team("coach", "replay", "--stored", "--workspace", "T2")
    assert (other.returncode, other.stdout) == (2, "")
    both = team("coach", "replay", "talk.zip", "--stored")
    assert (both.returncode, both.stderr) == (2, "error: Say either a file or --stored.\n")


GOOD = json.dumps(_said(0, TOM, HELLO) | {"channel": "infra"})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("nonsense", "it is not JSON"),
        ("[1]", "it is not a JSON object"),
        ("[" * 100_000, "it is not JSON"),
        ('{"text": "Hi"}', 'it has no "channel"'),
        ('{"channel": "infra", "user": "U1", "text": "Hi"}', 'it has no "ts"'),
        ('{"channel": "infra", "user": "U1", "text": "Hi", "ts": "soon"}', 'its "ts" is no time'),
        ('{"channel": "infra", "user": "U1", "text": "Hi", "ts": NaN}', 'its "ts" is no time'),
        ('{"channel": "infra", "user": "U1", "text": "Hi", "ts": 1e300}', 'its "ts" is no time'),
        ('{"channel": "infra", "user": ["U1"], "text": "Hi", "ts": 1}', 'it has no "user"'),
        ('{"channel": "infra", "user": "U1", "text": 5, "ts": 1}', 'it has no "text"'),
        (GOOD.replace(_ts(0), _ts(-1)), "it is older than a line of its channel above it"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_the_rest_counts(
    line: str, problem: str, baton: Shell
) -> None:
    told = baton("coach", "replay", "-", stdin=f"{GOOD}\n\n{line}\n")
    assert (told.returncode, told.stderr) == (1, f"line 3: {problem}.\n")
    assert told.stdout.startswith("1 message of 1 person in 1 channel, 2026-10-06 to 2026-10-06,")
    assert "1 more could not be read" in told.stdout


@pytest.mark.slow
def test_of_many_lines_that_cannot_be_read_the_first_are_told(baton: Shell) -> None:
    told = baton("coach", "replay", "-", "--json", stdin=f"{GOOD}\n" + "nonsense\n" * 500)
    assert told.returncode == 1
    assert len(told.stderr.splitlines()) == 21
    assert json.loads(told.stdout)["bad"] == 500


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"nonsense", "it is no JSON list"),
        (b"", "it is no JSON list"),
        (b"[1, 2]", "it is no JSON list of objects"),
        (b'[{"type": "message"', "it is not JSON"),
        (b'[{"bot_id": "B1"}, ', "it ends too early, after 1 entries"),
        (b'[{"a": "\xff"}]', "it is not UTF-8"),
        (b'[{"a":' + b"[" * 100_000, "it is not JSON"),
        (b" " * 60_000_000, "it is packed more tightly than talk can be"),
    ],
)
def test_a_file_of_an_export_that_cannot_be_read_is_told_and_the_rest_counts(
    content: bytes, problem: str, baton: Shell
) -> None:
    path = baton.folder / "talk.zip"
    _export(path, {"infra": INFRA})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("infra/2026-10-31.json", content)
        archive.writestr("noise", b"x", zipfile.ZIP_STORED)
        archive.writestr("padding", bytes(range(256)) * 1_000, zipfile.ZIP_STORED)
    told = baton("coach", "replay", "talk.zip", "--json")
    assert (told.returncode, told.stderr) == (1, f"infra/2026-10-31.json: {problem}.\n")
    assert json.loads(told.stdout)["messages"] == 3


@pytest.mark.slow
def test_an_export_that_is_damaged_encrypted_or_none_is_told(baton: Shell) -> None:
    path = baton.folder / "talk.zip"
    _export(path, {"infra": [_said(n, ANA, f"message {n} " * 20) for n in range(50)]})
    whole = path.read_bytes()
    at = whole.index(b"infra/2026-10-06.json") + 100
    path.write_bytes(whole[:at] + bytes(20) + whole[at + 20 :])
    damaged = baton("coach", "replay", "talk.zip")
    assert (damaged.returncode, damaged.stderr.splitlines()[0]) == (
        2,
        "infra/2026-10-06.json: it is damaged.",
    )
    path.write_bytes(
        whole.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    )
    encrypted = baton("coach", "replay", "talk.zip")
    assert "infra/2026-10-06.json: it is encrypted." in encrypted.stderr
    path.write_bytes(b"nonsense")
    assert "(talk.zip: it is no zip file)" in baton("coach", "replay", "talk.zip").stderr
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("notes.txt", "nothing")
    assert "it is no export of Slack" in baton("coach", "replay", "talk.zip").stderr
    assert "No such file" in baton("coach", "replay", "gone.zip").stderr


@pytest.mark.slow
def test_nothing_of_an_export_is_unpacked_wherever_its_names_lead(baton: Shell) -> None:
    path = baton.folder / "inside" / "talk.zip"
    path.parent.mkdir()
    _export(path, {"../..": INFRA, "/etc": INFRA, "infra\x1b[2J\n": INFRA, "infra": INFRA})
    before = sorted(baton.folder.rglob("*"))
    told = baton("coach", "replay", "inside/talk.zip")
    assert told.returncode == 0, told.stderr
    assert "\x1b" not in told.stdout
    assert sorted(baton.folder.rglob("*")) == before


@pytest.mark.slow
def test_a_packed_folder_is_read_as_what_is_in_it(baton: Shell) -> None:
    inner = _export(baton.folder / "inner.zip", TALK)
    with zipfile.ZipFile(inner) as source, zipfile.ZipFile(baton.folder / "talk.zip", "w") as outer:
        for info in source.infolist():
            outer.writestr(f"Tideline export/{info.filename}", source.read(info))
    expected = baton("coach", "replay", "inner.zip")
    assert baton("coach", "replay", "talk.zip").stdout == expected.stdout


@pytest.mark.slow
def test_words_of_any_length_and_kind_are_read(baton: Shell) -> None:
    words = ["hi " * 13_000, "\ud800\x1b[2J\u202e" * 9_000, "?" * 40_000, "<" * 40_000, "", "😀"]
    rows = [_said(60 * n, TOM, text) for n, text in enumerate(words)]
    told = baton("coach", "replay", "-", stdin=_lines({"infra": rows}))
    assert told.returncode == 0, told.stderr
    assert "\x1b" not in told.stdout


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ("type", "user", "text", "ts", "thread_ts", "subtype", "bot_id", "channel", "id", "name")
ODD_ROWS = st.dictionaries(st.sampled_from(FIELDS), ANYTHING)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.one_of(ODD_ROWS, ODD_ROWS.map(lambda row: WEB[0] | row)), max_size=5))
def test_whatever_stands_in_a_row_is_a_piece(
    rows: list[Row], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("odd")
    file = folder / "odd.jsonl"
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert len(list(lines.pieces(str(file), ()))) == len(rows)
    with zipfile.ZipFile(folder / "odd.zip", "w") as archive:
        for name in ("users", "channels", "mpims", "dms", "infra/2026-10-06"):
            archive.writestr(f"{name}.json", json.dumps(rows))
    found = list(Export(str(folder / "odd.zip")).pieces(()))
    assert len(found) == len(rows) + 1, "and that the conversation is over"
    assert all(each.where.startswith("infra/") for each in found if isinstance(each, Bad))
