"""Which conversations are worth a line, what they came to, and in which order they are told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.digests import ThreadKind
from bot.core.drafting import revision
from bot.core.message_store import StoredMessage
from bot.features.digest.rules import choosing, kinds, threads
from bot.features.digest.rules.choosing import Wording
from bot.features.digest.rules.slices import Drafted, DraftedLine, LineSource
from bot.features.digest.rules.threads import Thread
from bot.features.digest.rules.wishes import MOST_SHOWN, Wish, WishFor

START = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _said(
    number: int, user: str, root: int | None = None, text: str = "", *, after: timedelta = HOUR
) -> StoredMessage:
    thread_ts = None if root is None else str(root)
    words = text or f"message {number}"
    return StoredMessage("C1", str(number), user, words, thread_ts, START + number * after)


def _talk(*said: tuple[str, str]) -> Thread:
    """One conversation of (author, text)."""
    (thread,) = threads.threads_of(
        [_said(n, user, 1 if n > 1 else None, text) for n, (user, text) in enumerate(said, 1)]
    )
    return thread


USERS = st.sampled_from(["UME", "U1", "U2"])
MESSAGES = st.lists(
    st.tuples(USERS, st.integers(0, 30), st.sampled_from(["hi", "It broke.", "<@UME> why?"])),
    max_size=30,
).map(
    lambda rows: [
        _said(n, user, root if 0 < root < n else None, text)
        for n, (user, root, text) in enumerate(rows, 1)
    ]
)
WISHES = st.sampled_from(Wish)


def test_conversations_come_by_age_and_ones_own_are_left_out() -> None:
    said = [
        _said(1, "U1"),
        _said(2, "U2", 1),
        _said(3, "UME"),
        _said(4, "U1"),
        _said(5, "U2", 4),
        _said(6, "U3", 4),
    ]
    found = threads.threads_worth_a_line(said, "UME")
    assert [(each.key[1], each.reply_count) for each in found] == [("1", 1), ("4", 2)]


def test_hellos_are_not_worth_a_line_until_somebody_says_more() -> None:
    hello, answer = (replace(_said(1, "U1"), text="Hi <@U2>"), _said(2, "U2", 1))
    assert threads.threads_worth_a_line([hello], "UME") == []
    (thread,) = threads.threads_worth_a_line([hello, answer], "UME")
    assert thread.opening == answer, "a hello stands for nothing"


def test_a_new_reply_to_an_old_message_is_quoted_by_that_message() -> None:
    old = _said(1, "U2")
    (thread,) = threads.threads_of([_said(5, "U1", 1)], {"1": old})
    assert thread.reply_count == 1
    assert thread.opening == old
    assert not thread.is_new


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The pump is back since two. Nobody stays up.", "The pump is back since two."),
        ("Hi! The pump is back since two. Sleep.", "Hi! The pump is back since two."),
        ("no end at all", "no end at all"),
        ("Version 1.2.3 is out now\nSee the notes", "Version 1.2.3 is out now"),
        ("", ""),
    ],
)
def test_the_first_sentence_stands_for_a_message(text: str, first: str) -> None:
    assert threads.first_sentence(text) == first


@given(st.text())
def test_the_first_sentence_is_the_beginning_of_the_text(text: str) -> None:
    first = threads.first_sentence(text)
    assert text.strip().startswith(first)
    assert bool(first) == bool(text.strip())


@given(MESSAGES)
def test_every_message_is_in_one_conversation(said: list[StoredMessage]) -> None:
    found = threads.threads_of(said)
    assert sorted(each.ts for thread in found for each in thread.said) == sorted(
        each.ts for each in said
    )
    assert len({each.key for each in found}) == len(found)


def test_what_mentions_the_reader_and_what_they_began_means_most_to_them() -> None:
    quiet, mine, to_me = _said(1, "U1"), _said(2, "UME"), _said(3, "U1", text="<@UME> look please")
    said = [quiet, mine, _said(4, "U2", 2), to_me]
    ranked = threads.by_score(threads.threads_of(said), "UME")
    assert [each.key[1] for each in ranked] == ["2", "3", "1"], "of two the newer"
    assert [threads.score(each, "UME") for each in ranked] == [3, 3, 0]
    reacted = threads.threads_of([quiet], reactions={"1": 4})
    assert threads.score(reacted[0], "UME") == 2


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ([("U1", "Do we ship on Friday?")], ThreadKind.OPEN_QUESTION),
        ([("U1", "The pump broke."), ("U2", "Who can look at it?")], ThreadKind.OPEN_QUESTION),
        ([("U1", "Do we ship on Friday?"), ("U2", "We do.")], ThreadKind.NEW),
        ([("U1", "Really?")], ThreadKind.NEW),
        (
            [
                ("U1", "We should move to the new pump this week."),
                ("U2", "I don't think we should, it leaks."),
            ],
            ThreadKind.DISAGREEMENT,
        ),
        (
            [
                ("U1", "We should move to the new pump this week."),
                ("U2", "I'm against it."),
                ("U1", "Fair enough, next month then."),
            ],
            ThreadKind.NEW,
        ),
        ([("U1", "Should we move to the new pump?"), ("U2", "I don't think so.")], ThreadKind.NEW),
        (
            [("U1", "I disagree with the vendor about the invoice."), ("U1", "Called them.")],
            ThreadKind.NEW,
        ),
        ([("U1", "Ship it on Friday then"), ("U2", "I don't disagree")], ThreadKind.NEW),
    ],
)
def test_what_a_conversation_came_to(said: list[tuple[str, str]], kind: ThreadKind) -> None:
    assert kinds.kind_of(_talk(*said)) is kind


def test_a_question_that_somebody_seems_to_answer_beside_it_is_not_called_open() -> None:
    asks, answer = (_said(1, "U1", text="Do we ship on Friday?"), _said(2, "U2", text="Yes"))
    soon = replace(answer, at=asks.at + timedelta(minutes=3))
    assert kinds.kind_of(threads.threads_of([asks, soon])[0]) is ThreadKind.NEW
    assert kinds.kind_of(threads.threads_of([asks, answer])[0]) is ThreadKind.OPEN_QUESTION
    ticked = threads.threads_of([asks], reactions={"1": 1})
    assert kinds.kind_of(ticked[0]) is ThreadKind.NEW


@given(st.lists(st.tuples(USERS, st.text(max_size=60)), min_size=1, max_size=8))
def test_views_differ_only_between_people(said: list[tuple[str, str]]) -> None:
    thread = _talk(*said)
    if len(thread.authors) == 1:
        assert kinds.kind_of(thread) is not ThreadKind.DISAGREEMENT


def test_what_is_told_elsewhere_is_not_told_again() -> None:
    thread = _talk(("U1", "What now?"), ("U2", "This."))
    assert threads.is_told(thread, {("C1", "1")})
    assert not threads.is_told(thread, {("C1", "2")})
    (reply,) = threads.threads_of([_said(5, "U1", 1)])
    assert threads.is_told(reply, {("C1", "5")})


@given(MESSAGES, WISHES, st.booleans())
def test_no_conversation_is_told_twice_or_lost(
    said: list[StoredMessage], wish: Wish, is_social: bool
) -> None:
    news = threads.threads_worth_a_line(said, "UME")
    found = {each.key: kinds.kind_of(each) for each in news}
    choice = choosing.choose(
        news, found, "UME", Wording(), wish=wish, is_social=is_social, most=MOST_SHOWN[wish]
    )
    shown = [each.thread.key for each in choice.entries]
    assert sorted([*shown, *(each.key for each in choice.rest)]) == sorted(
        each.key for each in news
    )
    assert len(shown) <= MOST_SHOWN[wish]
    if is_social and wish is not Wish.MORE:
        assert all(threads.concerns(each.thread, "UME") for each in choice.entries)
    if wish is Wish.LESS:
        assert all(
            each.kind is ThreadKind.SETTLED or threads.concerns(each.thread, "UME")
            for each in choice.entries
        )


@given(st.lists(st.sampled_from([*ThreadKind, None]), max_size=12))
def test_what_was_settled_comes_first(given_kinds: list[ThreadKind | None]) -> None:
    news = threads.threads_of([_said(number, "U1") for number in range(1, len(given_kinds) + 1)])
    found = {each.key: kind for each, kind in zip(news, given_kinds, strict=True)}
    told = choosing.choose(news, found, "UME", Wording(), most=12).entries
    places = [list(ThreadKind).index(each.kind) if each.kind else 9 for each in told]
    assert places == sorted(places)


def _drafted(*lines: tuple[str, Sequence[StoredMessage]]) -> Drafted:
    made = [
        DraftedLine(
            kind, "message", kind, {}, [LineSource(each.ts, revision(each.text)) for each in cited]
        )
        for kind, cited in lines
    ]
    return Drafted(START, START + 99 * HOUR, made, "digest/channel v2")


def test_a_drafted_line_stands_for_its_conversation_and_the_rest_is_counted() -> None:
    said = [_said(number, "U1") for number in range(1, 5)]
    news = threads.threads_of(said)
    wording = choosing.wording_of(_drafted(("fyi", [said[0]]), ("decision", [said[2]])), news, {})
    choice = choosing.choose(news, {}, "UME", wording)
    assert [each.thread.key[1] for each in choice.entries] == ["3", "1"]
    assert all(each.worded for each in choice.entries)
    assert [each.key[1] for each in choice.rest] == ["2", "4"], "the model left them out"


def test_what_concerns_the_reader_is_told_though_the_model_left_it_out() -> None:
    said = [_said(1, "U1"), _said(2, "U1", text="<@UME> please look")]
    news = threads.threads_of(said)
    wording = choosing.wording_of(_drafted(("update", [said[0]])), news, {})
    choice = choosing.choose(news, {}, "UME", wording)
    assert {each.thread.key[1]: bool(each.worded) for each in choice.entries} == {
        "1": True,
        "2": False,
    }


def test_a_line_whose_message_changed_is_dropped_and_told_literally() -> None:
    said = [_said(number, "U1") for number in range(1, 5)]
    drafted = _drafted(*(("update", [each]) for each in said))
    changed = [replace(said[0], text="something else"), *said[1:]]
    news = threads.threads_of(changed)
    wording = choosing.wording_of(drafted, news, {})
    choice = choosing.choose(news, {}, "UME", wording)
    assert [each.thread.key[1] for each in choice.entries if not each.worded] == ["1"]
    assert len(choice.entries) == 4


@given(st.integers(1, 12), st.integers(0, 12))
def test_if_more_than_four_in_ten_lines_fell_none_is_shown(count: int, gone: int) -> None:
    said = [_said(number, "U1") for number in range(1, count + 1)]
    drafted = _drafted(*(("update", [each]) for each in said))
    left = threads.threads_of(said[min(gone, count) :])
    wording = choosing.wording_of(drafted, left, {})
    fell = min(gone, count)
    assert len(wording.lines) == (0 if fell > 0.4 * count else count - fell)
    assert bool(wording.prompt) == bool(wording.lines)


def test_a_line_of_what_is_told_elsewhere_is_not_shown() -> None:
    said = [_said(1, "U1"), _said(2, "U2")]
    every = threads.threads_of(said)
    wording = choosing.wording_of(_drafted(("update", said)), every, {})
    assert choosing.told_of(every[1:], {}, "UME", wording) == []


@given(WISHES, st.text(min_size=1, max_size=12))
def test_a_wish_is_read_as_it_was_written(wish: Wish, channel_id: str) -> None:
    wanted = WishFor(wish, channel_id)
    assert WishFor.read(wanted.reference) == wanted


@given(st.text())
def test_no_wish_is_read_from_anything_else(text: str) -> None:
    found = WishFor.read(text)
    assert found is None or found.reference == text
