"""What somebody wants of `/ask`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.asks.rules.command import Request, parse
from bot.features.asks.rules.pointing import MOST, Pointed

ANA, GROUP = "<@U2|ana>", "<!subteam^S1|@design>"


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("", Request("compose")),
        ("  ", Request("compose")),
        ("list", Request("list")),
        (" LIST ", Request("list")),
        ("help", Request("help")),
        ("stats", Request("stats")),
        ("stats <#C1|general>", Request("stats", channel_id="C1")),
        ("stats everything", Request("stats")),
        ("is it final?", Request("unclear", text="is it final?")),
        ("list of everything?", Request("unclear", text="list of everything?")),
        (ANA, Request("compose", people=("U2",))),
        (f"{ANA} is it final?", Request("ask", "is it final?", ("U2",))),
        (f"{ANA}, <@U3>: is it?", Request("ask", "is it?", ("U2", "U3"))),
        (f"{ANA} <@U2> is it?", Request("ask", "is it?", ("U2",))),
        (f"{ANA} and <@U3> is it?", Request("ask", "is it?", ("U2", "U3"))),
        (f"{ANA} &amp; <@U3>, and {GROUP} is it?", Request("ask", "is it?", ("U2", "U3"), ("S1",))),
        (f"{ANA} / <@U3> is it?", Request("ask", "is it?", ("U2", "U3"))),
        (f"{ANA} and is it?", Request("ask", "and is it?", ("U2",))),
        (f"{GROUP} who can?", Request("ask", "who can?", groups=("S1",))),
        (f"{ANA} ask {GROUP} too", Request("ask", f"ask {GROUP} too", ("U2",))),
        (f"{ANA} list", Request("ask", "list", ("U2",))),
    ],
)
def test_what_is_typed_is_read(text: str, request_: Request) -> None:
    assert parse(text) == request_


@pytest.mark.parametrize(
    ("text", "what", "reason"),
    [
        ("the build is red urgent: the release waits", "the build is red", "the release waits"),
        ("the build is red\nURGENT: two\nlines", "the build is red", "two\nlines"),
        ("the build is red urgent:", "the build is red", ""),
    ],
)
def test_urgent_comes_with_its_reason(text: str, what: str, reason: str) -> None:
    request_ = parse(f"{ANA} {text}")
    assert (request_.text, request_.is_urgent, request_.reason) == (what, True, reason)


def test_a_word_that_only_ends_so_is_not_urgent() -> None:
    assert not parse(f"{ANA} is it nonurgent: yes or no?").is_urgent
    assert not parse(f"{ANA} is it urgent?").is_urgent


@pytest.mark.parametrize("calm", ["Not urgent: any time", "it isn't urgent: any time"])
def test_what_is_said_not_to_be_urgent_is_not(calm: str) -> None:
    assert parse(f"{ANA} can you look? {calm}") == Request("ask", f"can you look? {calm}", ("U2",))


def test_only_a_reason_opens_the_form() -> None:
    assert parse(f"{ANA} urgent: it burns") == Request(
        "compose", people=("U2",), is_urgent=True, reason="it burns"
    )


@given(st.text())
def test_anything_can_be_typed(text: str) -> None:
    assert parse(text).verb in {"compose", "ask", "list", "stats", "help", "unclear"}


@given(st.text(alphabet=st.characters(exclude_characters="<>:"), min_size=1).filter(str.strip))
def test_a_question_to_somebody_is_asked_as_it_stands(text: str) -> None:
    request_ = parse(f"{ANA} x{text}")
    assert (request_.verb, request_.text, request_.people) == ("ask", f"x{text}".strip(), ("U2",))


@given(st.text(), st.sampled_from(["", "1.000001"]))
def test_what_a_form_carries_of_a_message_comes_back_and_fits(words: str, thread_ts: str) -> None:
    pointed = Pointed("C1", "2.000001", thread_ts, "U1", words)
    assert Pointed.of(pointed.reference()) == pointed
    long = Pointed("C1", "2.000001", thread_ts, "U1", f"{words}{'x' * 4_000}").reference()
    assert len(long) == MOST
    assert Pointed.of(long) is not None
    assert Pointed.of(words.replace("\n", "")) is None
