"""The outbox: a fact is queued once, in the transaction of the change it announces."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core import outbox
from bot.core.blocks import Message, section
from bot.core.bot import Bot
from bot.core.outbox import Method, OutboxRow
from bot.core.queue import State
from bot.core.render import mrkdwn

HELLO = Message(mrkdwn("hello"))


def _rows(bot: Bot) -> list[OutboxRow]:
    with bot.database.reading() as session:
        return list(session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


def test_the_same_fact_is_queued_once(bot: Bot) -> None:
    for expected in (True, False):
        with bot.begin("T1", during="job") as uow:
            assert expected is uow.outbox.post("ask 17, nudge 1", "C1", HELLO)
    assert len(_rows(bot)) == 1


def test_two_workspaces_may_name_their_facts_alike(bot: Bot) -> None:
    for team_id in ("T1", "T2"):
        with bot.begin(team_id, during="job") as uow:
            assert uow.outbox.post("digest", "C1", HELLO)


def test_what_is_rolled_back_says_nothing(bot: Bot) -> None:
    with pytest.raises(RuntimeError), bot.begin("T1", during="job") as uow:  # noqa: PT012
        uow.outbox.post("digest", "C1", HELLO)
        raise RuntimeError
    assert _rows(bot) == []
    assert not bot.outbox_filled.is_set()


def test_a_commit_wakes_the_senders(bot: Bot) -> None:
    with bot.begin("T1", during="job") as uow:
        uow.outbox.post("digest", "C1", HELLO)
        assert not bot.outbox_filled.is_set()
    assert bot.outbox_filled.is_set()


def test_an_urgent_message_has_a_lane_of_its_own(bot: Bot) -> None:
    with bot.begin("T1", during="job") as uow:
        uow.outbox.post_to_person("digest", "U1", HELLO, urgency="digest")
        uow.outbox.post_to_person("page", "U1", HELLO, urgency="page")
    digest, page = _rows(bot)
    assert digest.lane != page.lane
    assert page.urgent


@pytest.mark.parametrize("recipient", ["U1", "W1", "D1"])
def test_a_person_cannot_be_reached_around_attention(bot: Bot, recipient: str) -> None:
    with pytest.raises(ValueError, match="attention"), bot.begin("T1", during="job") as uow:
        uow.outbox.post("hello", recipient, HELLO)
    assert _rows(bot) == []


def test_what_does_not_fit_into_a_message_is_counted(bot: Bot) -> None:
    blocks = [section(mrkdwn("{n}", n=number)) for number in range(60)]
    with bot.begin("T1", during="job") as uow:
        uow.outbox.post("card", "C1", Message(mrkdwn("x"), blocks))
    (row,) = _rows(bot)
    shown = row.payload["blocks"]
    assert len(shown) == 50
    assert "and 11 more" in str(shown[-2])
    assert blocks[-1] == shown[-1]


def test_a_revision_follows_its_original(bot: Bot) -> None:
    with bot.begin("T1", during="job") as uow:
        uow.outbox.post("card", "C1", HELLO)
        assert uow.outbox.revise("card 2", of="card", message=HELLO)
        assert not uow.outbox.revise("card 3", of="nothing", message=HELLO)
    card, revision = _rows(bot)
    assert (Method.UPDATE, "card", card.lane) == (revision.method, revision.revises, revision.lane)


def test_a_message_that_looks_so_already_is_not_drawn_again(bot: Bot) -> None:
    other = Message(mrkdwn("Something else"))
    with bot.begin("T1", during="job") as uow:
        uow.outbox.post("card", "C1", HELLO)
        assert not uow.outbox.redraw("card 2", of="card", message=HELLO)
        assert uow.outbox.redraw("card 3", of="card", message=other)
        assert not uow.outbox.redraw("card 4", of="card", message=other)
        assert uow.outbox.redraw("card 5", of="card", message=HELLO), "it looks as at first again"
    assert [row.key for row in _rows(bot)] == ["card", "card 3", "card 5"]


def test_a_home_that_still_waits_is_replaced(bot: Bot) -> None:
    for number in (1, 2):
        with bot.begin("T1", during="job") as uow:
            uow.outbox.publish_home("U1", {"type": "home", "blocks": [{"type": f"{number}"}]})
    (row,) = _rows(bot)
    assert row.payload["view"]["blocks"] == [{"type": "2"}]


def test_where_a_message_stands_is_known_once_it_is_out(bot: Bot) -> None:
    with bot.begin("T1", during="job") as uow:
        uow.outbox.post("card", "C1", HELLO)
        assert uow.outbox.sent("card") is None
    with bot.database.transaction() as session:
        row = outbox.find(session, "T1", "card")
        assert row is not None
        row.state, row.sent_channel, row.sent_ts = State.DONE, "C1", "1.2"
    with bot.begin("T1", during="job") as uow:
        assert outbox.Sent("C1", "1.2") == uow.outbox.sent("card")


def test_a_whisper_is_not_worth_sending_after_its_time(bot: Bot) -> None:
    ends = bot.clock.now() + timedelta(minutes=5)
    with bot.begin("T1", during="job") as uow:
        uow.outbox.whisper("hint", "C1", "U1", HELLO, drop_after=ends)
    (row,) = _rows(bot)
    assert ends == row.drop_after
    assert row.payload["user"] == "U1"
