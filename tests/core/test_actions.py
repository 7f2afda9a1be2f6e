"""Buttons leave as tokens: random, bound, written once, and good only where they belong."""

import base64
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import deepcopy
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select

from bot.core import actions, dead_letters, outbox, triggers
from bot.core.actions import ActionRow, Surface
from bot.core.blocks import Block, Message, button, home, link_button, section, text_input
from bot.core.blocks import actions as row_of
from bot.core.bot import Bot
from bot.core.clock import StoppedClock
from bot.core.events import ButtonPressed
from bot.core.outbox import OutboxRow, Sent
from bot.core.presses import Reason, judge
from bot.core.queue import State
from bot.core.render import mrkdwn
from bot.core.sealing import LINK, SEALED, Meaning, new_token, seal
from tests.conftest import NOW

TEXT = mrkdwn("well?")
WEEK = timedelta(days=7)


def _asking(*references: str) -> Message:
    return Message(TEXT, [row_of([button("Done", "asks.done", each) for each in references])])


def _buttons(blocks: list[Block]) -> list[dict[str, Any]]:
    return [element for block in blocks for element in block.get("elements", [])]


def _rows(bot: Bot) -> list[ActionRow]:
    with bot.database.reading() as session:
        return list(session.scalars(select(ActionRow).order_by(ActionRow.reference)))


def _payload(bot: Bot, key: str) -> dict[str, Any]:
    with bot.database.reading() as session:
        row = outbox.find(session, "T1", key)
        assert row is not None
        return dict(row.payload)


@contextmanager
def _statements(bot: Bot) -> Iterator[Counter[str]]:
    """Counts the statements that change something in the tables of actions and triggers."""
    seen: Counter[str] = Counter()

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        verb = statement.split(maxsplit=1)[0]
        if verb != "SELECT" and " actions " in f"{statement} ":
            seen[verb] += 1

    event.listen(bot.database.engine, "before_cursor_execute", count)
    try:
        yield seen
    finally:
        event.remove(bot.database.engine, "before_cursor_execute", count)


def test_all_buttons_of_a_message_are_bound_by_one_statement(bot: Bot) -> None:
    with _statements(bot) as seen, bot.begin("T1", during="job") as uow:
        uow.outbox.post_to_person("nudge", "U1", _asking("1", "2", "3"), urgency="digest")
    assert seen == {"INSERT": 1}
    rows = _rows(bot)
    assert [row.reference for row in rows] == ["1", "2", "3"]
    assert {(row.surface, row.key, row.user_id) for row in rows} == {("message", "nudge", "U1")}
    sent = _buttons(_payload(bot, "nudge")["blocks"])
    assert [each["value"] for each in sent] == [row.token for row in rows]


def test_a_message_without_buttons_binds_nothing(bot: Bot) -> None:
    with _statements(bot) as seen, bot.begin("T1", during="job") as uow:
        uow.outbox.post_to_person("hello", "U1", Message(TEXT, [section(TEXT)]), urgency="digest")
        uow.outbox.post_to_person("plain", "U1", Message(TEXT), urgency="digest")
    assert seen == {}


def test_a_fact_that_was_queued_before_binds_nothing_new(bot: Bot) -> None:
    for _ in range(2):
        with bot.begin("T1", during="job") as uow:
            uow.outbox.post_to_person("nudge", "U1", _asking("1"), urgency="digest")
    (row,) = _rows(bot)
    assert row.token == _buttons(_payload(bot, "nudge")["blocks"])[0]["value"]


def test_a_button_in_a_channel_is_bound_to_its_message_and_state_and_to_nobody(bot: Bot) -> None:
    card = Message(TEXT, [row_of([button("Take it", "asks.take", "1", state="open")])])
    with bot.begin("T1", during="job") as uow:
        uow.outbox.post("card", "C1", card)
    (row,) = _rows(bot)
    assert (row.key, row.user_id, row.state) == ("card", None, "open")
    assert "open" not in json.dumps(_payload(bot, "card"))


def test_a_whisper_is_bound_to_its_reader(bot: Bot) -> None:
    with bot.begin("T1", during="job") as uow:
        uow.outbox.whisper("hint", "C1", "U1", _asking("1"), drop_after=NOW)
    (row,) = _rows(bot)
    assert (row.surface, row.user_id) == (Surface.WHISPER, "U1")


def test_a_revision_is_bound_to_the_message_that_it_changes(bot: Bot) -> None:
    with bot.begin("T1", during="job") as uow:
        uow.outbox.post("card", "C1", _asking("1"))
        uow.outbox.revise("card 2", of="card", message=_asking("2"))
    assert [row.key for row in _rows(bot)] == ["card", "card"]


def test_what_is_rolled_back_binds_nothing(bot: Bot) -> None:
    with pytest.raises(RuntimeError), bot.begin("T1", during="job") as uow:  # noqa: PT012
        uow.outbox.post_to_person("nudge", "U1", _asking("1"), urgency="digest")
        raise RuntimeError
    assert _rows(bot) == []


def test_a_message_given_up_and_sent_again_keeps_its_tokens(bot: Bot) -> None:
    with bot.begin("T1", during="job") as uow:
        uow.outbox.post_to_person("nudge", "U1", _asking("1"), urgency="digest")
    before = _payload(bot, "nudge")
    with bot.database.transaction() as session:
        row = session.scalars(select(OutboxRow)).one()
        row.state = State.DEAD
        session.flush()
        dead_letters.replay(session, str(row.id), now=NOW)
    assert before == _payload(bot, "nudge")
    assert [row.token for row in _rows(bot)] == [_buttons(before["blocks"])[0]["value"]]


def _draw(bot: Bot, *references: str) -> list[str]:
    with bot.begin("T1", during="event") as uow:
        uow.outbox.publish_home("U1", home(_asking(*references).blocks))
    with bot.database.reading() as session:
        (row,) = session.scalars(select(OutboxRow).where(OutboxRow.lane == "home:U1"))
        return [each["value"] for each in _buttons(row.payload["view"]["blocks"])]


def test_drawing_the_same_home_again_writes_nothing_and_keeps_its_tokens(bot: Bot) -> None:
    first = _draw(bot, "1", "2")
    with _statements(bot) as seen:
        assert first == _draw(bot, "1", "2")
    assert seen == {}


def test_a_home_drawn_after_more_than_a_week_gets_new_tokens(bot: Bot, clock: StoppedClock) -> None:
    (first,) = _draw(bot, "1")
    clock.set(NOW + WEEK + timedelta(minutes=1))
    (second,) = _draw(bot, "1")
    assert first != second
    until = {row.token: row.fresh_until for row in _rows(bot)}
    assert until == {first: clock.now() + actions.REDRAWING, second: None}


def test_what_left_the_home_stays_good_for_its_week(bot: Bot) -> None:
    one, two = _draw(bot, "1", "2")
    assert [two] == _draw(bot, "2")
    assert {row.token: row.fresh_until for row in _rows(bot)} == {one: NOW + WEEK, two: None}


def test_the_homes_of_two_people_share_no_token(bot: Bot) -> None:
    first = _draw(bot, "1")
    with bot.begin("T1", during="event") as uow:
        uow.outbox.publish_home("U2", home(_asking("1").blocks))
    tokens = [row.token for row in _rows(bot)]
    assert len(set(tokens)) == 2
    assert first[0] in tokens


def test_stale_buttons_are_kept_for_a_while_and_then_deleted(bot: Bot, clock: StoppedClock) -> None:
    with bot.begin("T1", during="job") as uow:
        uow.outbox.post_to_person("nudge", "U1", _asking("1"), urgency="digest")
    (on_home,) = _draw(bot, "home")
    for days, deleted in ((27, 0), (2, 1)):
        clock.advance(timedelta(days=days))
        with bot.database.transaction() as session:
            assert actions.forget_old(session, now=clock.now()) == deleted
    assert [row.token for row in _rows(bot)] == [on_home], "it stands there still"


def test_an_erased_person_has_no_buttons_and_pressed_none(bot: Bot) -> None:
    with bot.begin("T1", during="job") as uow:
        uow.outbox.post_to_person("nudge", "U1", _asking("1"), urgency="digest")
        uow.outbox.post("card", "C1", _asking("2"))
        uow.session.flush()
        for row in uow.session.scalars(select(ActionRow)):
            row.pressed_by = "U1"
    with bot.database.transaction() as session:
        assert actions.forget_person(session, "T1", "U1") == 1
    assert [(row.reference, row.pressed_by) for row in _rows(bot)] == [("2", None)]


def _action(**given: Any) -> ActionRow:
    usual = {"surface": "message", "user_id": "U1", "fresh_until": NOW + WEEK}
    return ActionRow(**usual | given)


def _press(**given: Any) -> ButtonPressed:
    usual: dict[str, Any] = {"user_id": "U1", "channel_id": "C1", "message_ts": "1.1"}
    rest = {"team_id": "T1", "trigger_id": "t", "action_id": "a", "value": "v"}
    return ButtonPressed(**usual | rest | {"response_url": None} | given)


ON_HOME = {"on_home": True, "channel_id": None, "message_ts": None}


@pytest.mark.parametrize(
    ("action", "press", "reason"),
    [
        ({}, {}, None),
        ({"user_id": None}, {"user_id": "U2"}, None),
        ({}, {"user_id": "U2"}, Reason.COPIED),
        ({}, {"message_ts": "1.2"}, Reason.COPIED),
        ({}, {"channel_id": "C2"}, Reason.COPIED),
        ({}, ON_HOME, Reason.COPIED),
        ({"surface": "home"}, {}, Reason.COPIED),
        ({"fresh_until": NOW}, {}, None),
        ({"fresh_until": NOW - timedelta(microseconds=1)}, {}, Reason.STALE),
    ],
)
def test_t12_a_press_is_good_only_for_whom_where_and_while_it_was_meant(
    action: dict[str, Any], press: dict[str, Any], reason: Reason | None
) -> None:
    assert judge(_action(**action), _press(**press), Sent("C1", "1.1"), NOW) is reason


def test_t12_where_slack_tells_no_ts_the_first_press_decides_it() -> None:
    whisper = _action(surface="whisper")
    assert judge(whisper, _press(), None, NOW) is None
    whisper.channel_id, whisper.message_ts = "C1", "1.1"
    assert judge(whisper, _press(), None, NOW) is None
    assert judge(whisper, _press(message_ts="1.2"), None, NOW) is Reason.COPIED


def test_a_button_on_the_home_is_good_while_it_stands_there() -> None:
    on_home = _action(surface="home", fresh_until=None)
    assert judge(on_home, _press(**ON_HOME), None, NOW + 50 * WEEK) is None
    assert judge(on_home, _press(**ON_HOME, user_id="U2"), None, NOW) is Reason.COPIED


MEANINGS = st.builds(
    Meaning,
    name=st.from_regex(r"feature[0-9]{4}\.[a-z_]{8,20}", fullmatch=True),
    reference=st.uuids().map(str),
    state=st.none() | st.sampled_from(["still-open", "closed-by-now"]),
)


@given(st.lists(MEANINGS, min_size=1, max_size=25, unique=True))
def test_tokens_have_128_bits_or_more_are_unique_and_reveal_nothing(
    meanings: list[Meaning],
) -> None:
    shown = [button("Go", each.name, each.reference, state=each.state) for each in meanings]
    blocks = [row_of(shown), section(TEXT, accessory=shown[0])]
    before = deepcopy(blocks)
    sealed, tokens = seal(blocks, {})
    assert blocks == before, "what a feature made is not changed"
    assert list(tokens) == meanings
    assert len(set(tokens.values())) == len(meanings)
    for token in tokens.values():
        assert len(base64.urlsafe_b64decode(token.removeprefix(SEALED))) * 8 >= 128
    outside = json.dumps(sealed)
    for meaning in meanings:
        assert meaning.name not in outside
        assert meaning.reference not in outside
        assert (meaning.state or "\0") not in outside
    again, _ = seal(blocks, {})
    assert again != sealed, "nothing of a token follows from what it means"


def test_ten_thousand_tokens_are_all_different() -> None:
    assert len({new_token() for _ in range(10_000)}) == 10_000


def test_each_entry_of_a_list_gets_a_token_of_its_own() -> None:
    def entry(value: str) -> dict[str, Any]:
        return {"text": {"type": "plain_text", "text": value.upper()}, "value": value}

    select_one = {
        "type": "static_select",
        "action_id": "f.pick",
        "options": [entry("a"), entry("b")],
        "initial_option": entry("b"),
    }
    grouped = {
        "type": "static_select",
        "action_id": "f.group",
        "option_groups": [{"label": {"type": "plain_text", "text": "G"}, "options": [entry("c")]}],
    }
    person = {"type": "users_select", "action_id": "f.who"}
    sealed, tokens = seal([row_of([select_one, grouped, person])], {})
    one, group, who = _buttons(sealed)
    a, b = tokens[Meaning("f.pick", "a")], tokens[Meaning("f.pick", "b")]
    c = tokens[Meaning("f.group", "c")]
    assert [option["value"] for option in one["options"]] == [a, b]
    assert one["initial_option"] == one["options"][1]
    assert group["option_groups"][0]["options"][0]["value"] == c
    assert who == {"type": "users_select", "action_id": tokens[Meaning("f.who")]}
    assert "f." not in json.dumps([each["action_id"] for each in (one, group, who)])


def test_links_need_no_token_and_fields_of_a_form_keep_their_names() -> None:
    field = text_input("title", "Title")
    sealed, tokens = seal([row_of([link_button("Open", "f.open", "https://x.example")]), field], {})
    assert tokens == {}
    (link,) = _buttons(sealed[:1])
    assert link["action_id"].startswith(LINK)
    assert link["url"] == "https://x.example"
    assert sealed[1] == field


def test_t13_a_trigger_is_used_once_in_each_workspace(bot: Bot) -> None:
    with bot.begin("T1", during="interaction") as uow:
        assert triggers.use(uow.session, "T1", "one", now=NOW)
        assert not triggers.use(uow.session, "T1", "one", now=NOW)
        assert triggers.use(uow.session, "T1", "another", now=NOW)
        assert triggers.use(uow.session, "T2", "one", now=NOW)


def test_t13_of_many_who_bring_one_trigger_at_once_one_is_let_in(bot: Bot) -> None:
    together = Barrier(4)

    def bring(_: int) -> bool:
        together.wait(10)
        with bot.begin("T1", during="interaction") as uow:
            return triggers.use(uow.session, "T1", "one", now=NOW)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(bring, range(4))) == [False, False, False, True]


def test_t13_what_failed_may_come_again(bot: Bot) -> None:
    with pytest.raises(RuntimeError), bot.begin("T1", during="interaction") as uow:  # noqa: PT012
        triggers.use(uow.session, "T1", "one", now=NOW)
        raise RuntimeError
    with bot.begin("T1", during="interaction") as uow:
        assert triggers.use(uow.session, "T1", "one", now=NOW)


def test_t13_used_triggers_are_kept_longer_than_any_button_is_good(bot: Bot) -> None:
    with bot.database.transaction() as session:
        triggers.use(session, "T1", "one", now=NOW)
        assert triggers.forget_old(session, now=NOW + WEEK) == 0
        assert triggers.forget_old(session, now=NOW + WEEK * 2) == 1
