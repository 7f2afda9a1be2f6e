"""The working agreement: layers, types, the trail of changes, roles, and the file."""

from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import audit, channels
from bot.core.agreement import changing, document, reading
from bot.core.agreement.changing import Change
from bot.core.agreement.kinds import (
    Choice,
    ClockTime,
    Dollars,
    Hours,
    Kind,
    Lines,
    Number,
    Several,
    Switch,
)
from bot.core.agreement.roles import may_change
from bot.core.agreement.setting import (
    WORKSPACE,
    Catalogue,
    Layer,
    Setting,
    channel_scope,
    person_scope,
)
from bot.core.bot import Bot
from bot.core.channels import Channel
from bot.core.people import Person
from bot.core.week import Unreadable

TEAM = "T1"
NOW = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
EVERYWHERE = (Layer.WORKSPACE, Layer.CHANNEL, Layer.PERSON)
TONE = Setting("test.tone", Number(0, 10), 5, EVERYWHERE, "Tone", "How loud")
MINE = Setting("test.mine", Switch(), default=True, layers=(Layer.PERSON,), label="Mine")
WHEN = Setting("test.when", ClockTime(), time(9), (Layer.WORKSPACE,), "When")
KINDS: list[tuple[Kind[Any], st.SearchStrategy[Any]]] = [
    (Switch(), st.booleans()),
    (Number(0, 500), st.integers(0, 500)),
    (Choice((("a", "A"), ("off", "Off"))), st.sampled_from(["a", "off"])),
    (
        Several((("a", "A"), ("b", "B"), ("c", "C"))),
        st.sets(st.sampled_from(["a", "b", "c"])).map(lambda each: ", ".join(sorted(each))),
    ),
    (Dollars(Decimal(100)), st.decimals(0, 100, places=2)),
    (ClockTime(), st.times().map(lambda each: f"{each:%H:%M}")),
    (
        Lines(5, 20),
        st.lists(
            st.text("abc é<", min_size=1, max_size=20).map(str.strip).filter(bool), max_size=5
        ),
    ),
]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("all", "all"),
        (["a", "b", "c"], "all"),
        ("b,A ", "all but Cat"),
        (["c"], "Cat"),
        ("none", "none"),
    ],
)
def test_several_are_said_by_what_is_left_out_where_that_is_shorter(
    given: object, words: str
) -> None:
    kind = Several((("a", "Ant"), ("b", "Bee"), ("c", "Cat")))
    assert kind.words(kind.read(given)) == words


def test_a_word_that_is_none_of_several_is_named() -> None:
    with pytest.raises(Unreadable) as refused:
        Several((("a", "Ant"), ("b", "Bee"))).read("a, dog")
    assert refused.value.sentence == "There is no “dog”; there are a, b."


@pytest.fixture
def house(bot: Bot) -> Bot:
    bot.add_settings(TONE, MINE, WHEN)
    return bot


def _change(bot: Bot, *changes: Change, by: str = "U1") -> list[Change]:
    with bot.begin(TEAM, during="job") as uow:
        return bot.change_settings(uow, changes, by=by)


def _value(bot: Bot, **where: str) -> int:
    with bot.reading() as (session, _):
        return reading.value(session, TEAM, TONE, **where)


def test_the_nearest_layer_that_says_something_wins(house: Bot) -> None:
    assert _value(house, channel_id="C1", user_id="U1") == 5
    _change(house, Change(TONE, WORKSPACE, 1))
    assert _value(house, channel_id="C1", user_id="U1") == 1
    _change(house, Change(TONE, channel_scope("C1"), 2))
    assert (_value(house, channel_id="C1"), _value(house, channel_id="C2")) == (2, 1)
    _change(house, Change(TONE, person_scope("U1"), 3))
    assert _value(house, channel_id="C1", user_id="U1") == 3
    _change(house, Change(TONE, person_scope("U1"), None))
    assert _value(house, channel_id="C1", user_id="U1") == 2


def test_what_is_stored_and_cannot_be_read_any_more_does_not_count(house: Bot) -> None:
    _change(house, Change(TONE, WORKSPACE, 7), Change(TONE, channel_scope("C1"), "loud"))
    assert _value(house, channel_id="C1") == 7


def test_each_change_says_who_changed_what_from_what_to_what(house: Bot) -> None:
    _change(house, Change(TONE, WORKSPACE, 1))
    _change(house, Change(TONE, WORKSPACE, 2), by="U2")
    _change(house, Change(TONE, WORKSPACE, None), by="operator")
    with house.reading() as (session, _):
        entries = audit.entries(session, TEAM, "workspace:test.tone")
        told = [(each.actor_id, each.before, each.after) for each in entries]
        assert told == [("operator", 2, None), ("U2", 1, 2), ("U1", None, 1)]
        assert reading.version(session, TEAM, WORKSPACE) == 3


def test_what_is_no_change_leaves_no_trace(house: Bot) -> None:
    assert _change(house, Change(WHEN, WORKSPACE, "09:00")) == []
    assert len(_change(house, Change(TONE, WORKSPACE, 1))) == 1
    assert _change(house, Change(TONE, WORKSPACE, 1)) == []
    with house.reading() as (session, _):
        assert reading.version(session, TEAM, WORKSPACE) == 1
        assert len(changing.history(session, TEAM, WORKSPACE)) == 1


def test_a_default_on_a_nearer_layer_is_a_change(house: Bot) -> None:
    _change(house, Change(TONE, WORKSPACE, 1))
    assert len(_change(house, Change(TONE, person_scope("U1"), 5))) == 1
    assert _value(house, user_id="U1") == 5


def test_one_is_not_told_as_many() -> None:
    assert [Number(1, 9, "days").words(value) for value in (1, 2)] == ["1 day", "2 days"]


@given(st.data(), st.sampled_from(KINDS))
def test_every_kind_reads_what_it_stores_and_what_it_shows_to_type(
    data: st.DataObject, kind_and_values: tuple[Kind[Any], st.SearchStrategy[Any]]
) -> None:
    kind, values = kind_and_values
    value = kind.read(data.draw(values))
    assert kind.read(kind.plain(value)) == value
    assert kind.read(kind.typed(value)) == value
    assert kind.words(value)


@given(
    st.sampled_from([kind for kind, _ in KINDS] + [Hours()]), st.text() | st.floats() | st.none()
)
def test_every_kind_takes_anything_or_says_a_sentence(kind: Kind[Any], given_: object) -> None:
    sentence = "."
    try:
        kind.read(given_)
    except Unreadable as unreadable:
        sentence = unreadable.sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("who", "workspace", "channel", "own", "others"),
    [
        ("member", False, False, True, False),
        ("creator", False, True, True, False),
        ("admin", True, True, True, False),
        ("guest", False, False, False, False),
    ],
)
def test_t26_who_may_change_what(
    who: str, workspace: bool, channel: bool, own: bool, others: bool
) -> None:
    actor = Person("U1", who, "UTC", is_member=who != "guest", is_admin=who == "admin")
    creator_id = "U1" if who in {"creator", "guest"} else "U9"
    room = Channel("C1", "infra", is_private=False, is_member=True, creator_id=creator_id)
    assert may_change(actor, WORKSPACE, None) is workspace
    assert may_change(actor, channel_scope("C1"), room) is channel
    assert may_change(actor, person_scope("U1"), None) is own
    assert may_change(actor, person_scope("U2"), None) is others


def _catalogue() -> Catalogue:
    return Catalogue(TONE, MINE, WHEN)


def _channel(house: Bot) -> None:
    with house.begin(TEAM, during="job") as uow:
        infra = Channel("C1", "infra", is_private=False, is_member=True)
        channels.save(uow.session, TEAM, infra, [], as_of=NOW)


def test_what_is_exported_changes_nothing_when_it_is_imported(house: Bot) -> None:
    _channel(house)
    _change(house, Change(TONE, WORKSPACE, 1), Change(TONE, channel_scope("C1"), 2))
    with house.reading() as (session, _):
        text = document.export(session, TEAM, _catalogue())
        assert "test.mine" not in text, "people's own settings are theirs"
        assert "# is #infra" in text
        read = document.read(session, TEAM, _catalogue(), text)
        assert read.problems == ()
        assert changing.different(session, TEAM, read.changes) == []


def test_comments_and_order_of_a_file_are_kept(house: Bot) -> None:
    text = "# ours\nworkspace:\n  test.when: 8:30 # early birds\n  # loud\n  test.tone: 3\n"
    with house.reading() as (session, _):
        exported = document.export(session, TEAM, _catalogue(), text)
    assert exported == (
        "# ours\nworkspace:\n  test.when: 09:00 # early birds\n  # loud\n  test.tone: 5\n"
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("workspace:\n  test.tone: 11\n", "line 2: test.tone: It can be from 0 to 10."),
        ("workspace:\n\n  test.tune: 1\n", "line 3: There is no setting “test.tune”; did you mean"),
        ("workspace:\n  test.mine: on\n", "line 2: test.mine cannot be set for a workspace"),
        ("channels:\n  '#nowhere':\n    test.tone: 1\n", "line 2: I am in no channel “#nowhere”."),
        ("people:\n  x: 1\n", "line 1: There is no part “people”"),
        ("workspace:\n  test.tone: 1\n  test.tone: 2\n", "line 3: This is not YAML"),
        ("workspace: [\n", "This is not YAML"),
        ("- 1\n", "line 1: The file must begin with"),
        ("workspace: 3\n", "line 1: Under workspace there must be settings"),
        ("workspace:\n  test.tone:\n    deeper: 1\n", "line 2: test.tone: There must be a value"),
    ],
)
def test_a_wrong_line_is_named_by_its_number(house: Bot, text: str, problem: str) -> None:
    _channel(house)
    with house.reading() as (session, _):
        read = document.read(session, TEAM, _catalogue(), text)
    assert len(read.problems) == 1
    assert problem in str(read.problems[0])


def test_default_takes_a_setting_back_and_what_is_left_out_stays(house: Bot) -> None:
    _channel(house)
    _change(house, Change(TONE, WORKSPACE, 1), Change(TONE, channel_scope("C1"), 2))
    text = "channels:\n  '#infra':\n    test.tone: default\n"
    with house.reading() as (session, _):
        read = document.read(session, TEAM, _catalogue(), text)
    _change(house, *read.changes)
    assert _value(house, channel_id="C1") == 1


@given(st.text())
def test_any_file_is_read_or_has_problems(text: str) -> None:
    catalogue = _catalogue()
    read = document.read(None, TEAM, catalogue, f"workspace:\n  test.tone: {text}")  # type: ignore[arg-type]
    assert all(problem.line >= 1 and problem.sentence for problem in read.problems)
