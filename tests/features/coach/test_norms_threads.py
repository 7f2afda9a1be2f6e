"""Replies outside of the thread: found where a thread is the better place, and nowhere else."""

from collections.abc import Sequence

import pytest

from bot.core.message_store import StoredMessage
from bot.features.coach.rules.catalogue import Rule
from bot.features.coach.rules.norms import may_reply
from tests.features.coach.talk import ANA, MEI, PRIYA, SAM, findings, rules, situation, told

ASKED = (ANA, "Which bucket has the lifecycle rules?")
CHATTER = ((PRIYA, "The fridge on 3 gets emptied at noon"), (SAM, "noooo my kimchi"))
FAR: Sequence[StoredMessage] = told(ASKED, *CHATTER)
NEAR: Sequence[StoredMessage] = told(*CHATTER, ASKED)
REPLIES = [
    "<@U0ANA0000> yes, the one in infra-live",
    "<@U0ANA0000>: agreed",
    "re <@U0ANA0000>'s question above: the self-hosted one",
    "^^ Ana: the bucket is in infra-live",
    "^ Ana, there is a bucket in Directory",
    "<@U0ANA0000> about the bucket: it's in our own spec, section 4.2",
    "&gt; Which bucket has the lifecycle rules?\nthe one in infra-live",
    "> bucket has the lifecycle rules\nthe one in infra-live",
    "re: the bucket, it is the one in infra-live",
    "re bucket rules: they are in infra-live",
    "To <@U0ANA0000>: the bucket in infra-live",
    "<@U0ANA0000> the bucket in infra-live has them",
    "To Ana's question above: it's the EU one",
]


@pytest.mark.parametrize("text", REPLIES)
def test_a_reply_that_other_talk_parts_from_its_message_is_found(text: str) -> None:
    found = findings(situation(text, before=FAR))
    assert found[Rule.UNTHREADED_REPLY].about == FAR[0].ts


@pytest.mark.parametrize("text", REPLIES)
def test_right_below_its_message_a_reply_is_talk(text: str) -> None:
    assert rules(situation(text, before=NEAR)) == []


@pytest.mark.parametrize("text", [*REPLIES, "agreed", "yes, the EU one", "^ this"])
def test_a_reply_to_what_has_a_thread_is_found(text: str) -> None:
    found = findings(situation(text, before=NEAR, threads=NEAR[-1:]))
    assert found[Rule.UNTHREADED_REPLY].about == NEAR[-1].ts


@pytest.mark.parametrize("text", REPLIES)
def test_inside_a_thread_nothing_is_unthreaded(text: str) -> None:
    assert rules(situation(text, before=FAR, thread=FAR[0].ts)) == []


@pytest.mark.parametrize(
    "text",
    [
        "thanks <@U0ANA0000>",
        "Reception has the bucket, you have to sign for it",
        "<@U0ANA0000> thank you!",
        "^ this",
        "^ that, and restart it",
        "^^",
        "+1",
        "agreed",
        "lol yes",
        "<@U0MEI0000> yes please",
        "<@U0ANA0000> can you look at the deploy?",
        "<@U0ANA0000> about the offsite: can you book it?",
        "about the offsite: we booked the hotel",
        "re: offsite, the hotel is booked",
        "the bucket costs 40 a month",
        "&gt; something that nobody said here\nwise words",
        "no rush <@U0ANA0000>",
        "reminder: retro at 4",
        "yes!!! we won the pitch",
        "sure is cold today",
        "On the question of lunch: pho",
    ],
)
def test_what_replies_to_nothing_above_is_left_alone(text: str) -> None:
    assert rules(situation(text, before=FAR)) == []


def test_talk_of_the_same_thing_in_between_is_no_reason_for_a_thread() -> None:
    talk = told(ASKED, (SAM, "yes, that bucket"))
    also = told(ASKED, (PRIYA, "lifecycle rules are in terraform"), (SAM, "<@U0ANA0000> ask Mei"))
    assert rules(situation("<@U0ANA0000> yes, the EU one", before=also)) == []
    assert rules(situation("<@U0ANA0000> yes, the EU one", before=talk)) == []


def test_between_two_who_talk_nobody_else_stands() -> None:
    talk = told(ASKED, (ANA, "it's for the report"))
    assert rules(situation("<@U0ANA0000> yes, the EU one", before=talk)) == []


@pytest.mark.parametrize("text", ["to " + "a" * 40_000, "to " + "<@U1> " * 8_000, "^" * 40_000])
def test_a_text_without_end_is_read_at_once(text: str) -> None:
    assert rules(situation(text, before=FAR)) == []


def test_with_nothing_above_there_is_nothing_to_reply_to() -> None:
    assert rules(situation("<@U0ANA0000> yes, the EU one")) == []


def test_a_thread_that_is_not_among_the_messages_above_counts() -> None:
    root = told(ASKED)
    chatter = told(*CHATTER, (MEI, "dumplings at noon"), step=2)
    found = findings(situation("<@U0ANA0000> yes, the EU one", before=chatter, threads=root))
    assert found[Rule.UNTHREADED_REPLY].about == root[0].ts


@pytest.mark.parametrize("text", [*REPLIES, "agreed", "yes, the EU one", "+1", "^ this"])
def test_a_reply_is_known_by_its_beginning(text: str) -> None:
    assert may_reply(text)


@pytest.mark.parametrize("text", ["good morning", "the deploy is done", "lunch?", "", "yesterday"])
def test_chat_does_not_begin_as_a_reply(text: str) -> None:
    assert not may_reply(text)
