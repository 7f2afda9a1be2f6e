"""Words of people in messages of ours: found again by the permalink, and replaced."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import quotations
from bot.core.blocks import MAX_SECTION, Message, section
from bot.core.bot import Bot
from bot.core.outbox import Method, OutboxRow, find
from bot.core.queue import State
from bot.core.quotations import DELETED, linked, quoted
from bot.core.render import Channel, Link, Mention, Mrkdwn, mrkdwn

HERE = "https://t.slack.com/archives/C1/p1700000000000100"
THERE = "https://t.slack.com/archives/C1/p1700000000000200"
ABOUT = frozenset({("C1", "1700000000.000100")})


def _payload(text: Mrkdwn) -> quotations.Payload:
    return {"text": text, "blocks": [section(text)]}


def _texts(payload: quotations.Payload) -> list[str]:
    return [payload["text"], payload["blocks"][0]["text"]["text"]]


@given(st.text(min_size=1), st.text(min_size=1))
def test_only_the_words_of_that_message_change(old: str, new: str) -> None:
    other = mrkdwn("{link}", link=linked(THERE, "kept"))
    text = mrkdwn("a {link} b ", link=linked(HERE + "?thread_ts=1&cid=C1", old)) + other
    changed = quotations.with_words(_payload(Mrkdwn(text)), HERE, new, quotes=False)
    expected = mrkdwn("a {link} b ", link=linked(HERE + "?thread_ts=1&cid=C1", new)) + other
    assert _texts(changed) == [expected, expected]


def test_a_quote_on_its_own_lines_changes_where_it_is_the_only_one() -> None:
    text = mrkdwn("{who} asks:\n{quote}\nAnswer?", who="Ana", quote=quoted("one\ntwo"))
    changed = quotations.with_words(_payload(text), HERE, DELETED, quotes=True)
    assert _texts(changed)[0] == "Ana asks:\n> (deleted)\nAnswer?"
    assert quotations.with_words(_payload(text), HERE, DELETED, quotes=False) == _payload(text)


def test_a_link_with_a_name_of_ours_stays() -> None:
    text = mrkdwn("{link}", link=Link(HERE, "D-1"))
    assert quotations.with_words(_payload(text), HERE, DELETED, quotes=False) == _payload(text)


def test_a_dash_in_somebodys_words_takes_nothing_else_with_it() -> None:
    links = {"first": linked(THERE, "Ship it — today?"), "second": linked(HERE, "old")}
    text = mrkdwn("• {who} asks: {first} · {second}", who=Mention("U1"), **links)
    changed = quotations.with_words(_payload(text), HERE, "new", quotes=False)
    assert _texts(changed)[0] == text.replace("“old”", "“new”")


def test_what_a_model_made_of_words_goes_with_any_of_them() -> None:
    links = {"first": linked(THERE, "One — two"), "second": Link(HERE, "2")}
    line = "• {channel} {who} says — so — to {who}. — {who}: {first} · {second}"
    text = mrkdwn(line, channel=Channel("C1"), who=Mention("U1"), **links)
    changed = quotations.with_words(_payload(text), HERE, DELETED, quotes=False)
    left = "• {channel} {who}: {first} · {second}"
    links["second"] = Link(HERE, DELETED)
    expected = mrkdwn(left, channel=Channel("C1"), who=Mention("U1"), **links)
    assert _texts(changed)[0] == expected


def test_longer_words_do_not_burst_the_message() -> None:
    text = mrkdwn("{x}{link}", x="x" * 2_900, link=linked(HERE, "a"))
    changed = quotations.with_words(_payload(text), HERE, "b " * 100, quotes=False)
    assert len(_texts(changed)[1]) <= MAX_SECTION


def _post(bot: Bot, state: State) -> None:
    with bot.begin("T1", during="job") as uow:
        text = mrkdwn("{link}", link=linked(HERE, "old"))
        message = Message(text, [section(text)], ABOUT)
        uow.outbox.post_to_person("digest", "U1", message, urgency="digest")
        row = find(uow.session, "T1", "digest")
        assert row is not None
        row.state = state


@pytest.mark.parametrize(
    ("state", "changes"), [(State.READY, 0), (State.DONE, 1), (State.LEASED, 1)]
)
def test_what_is_out_is_changed_and_what_waits_is_sent_right(
    state: State, changes: int, bot: Bot
) -> None:
    _post(bot, state)
    for words in (DELETED, "again"):
        with bot.begin("T1", during="job") as uow:
            change = partial(quotations.with_words, permalink=HERE, words=words, quotes=False)
            assert uow.outbox.rewrite("digest", change)
    with bot.database.reading() as session:
        row = find(session, "T1", "digest")
        updates = session.query(OutboxRow).filter_by(method=Method.UPDATE).all()
    assert row is not None
    assert all("again" in text for text in _texts(row.payload))
    assert len(updates) == changes, "one waits at a time"
    assert all(update.payload == row.payload for update in updates)


def test_what_was_revised_quotes_nobody_any_more(bot: Bot) -> None:
    _post(bot, State.DONE)
    with bot.begin("T1", during="job") as uow:
        uow.outbox.revise("settled", of="digest", message=Message(mrkdwn("Settled.")))
        assert quotations.telling_of(uow.session, "T1", next(iter(ABOUT))) == []
        row = find(uow.session, "T1", "digest")
        assert row is not None
        assert row.payload == {}
        assert not uow.outbox.rewrite("digest", lambda payload: payload | {"text": "back"})


def test_a_mark_takes_the_place_of_an_earlier_one_and_twice_is_once() -> None:
    told = mrkdwn("• Tom: {link}", link=linked(HERE, "look?"))
    menu = {"type": "overflow", "action_id": "t:1", "options": []}
    sent = {"text": told, "blocks": [section(told, accessory=menu)]}
    mark = partial(quotations.with_mark, permalink=HERE)
    on_it = mark(sent, mark=mrkdwn(":eyes: on it"), is_over=False)
    assert on_it["blocks"][0]["accessory"] == menu
    done = mark(on_it, mark=mrkdwn(":white_check_mark: done"), is_over=True)
    assert done == mark(done, mark=mrkdwn(":white_check_mark: done"), is_over=True)
    assert done["text"] == f"• :white_check_mark: done · {told[2:]}"
    assert "accessory" not in done["blocks"][0]
    assert mark(done, mark=mrkdwn(""), is_over=False)["text"] == told
    assert mark(sent, permalink=THERE, mark=mrkdwn(":eyes: on it"), is_over=True) == sent
