"""What a form at the end of a day begins with: merged, told once, shortened, and not too much."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.days import DayItem, DayKind
from bot.core.digests import ThreadKind
from bot.core.message_store import StoredMessage
from bot.core.render import plain
from bot.features.handoffs.rules import said
from bot.features.handoffs.rules.items import Item
from bot.features.handoffs.rules.prefilling import (
    LENGTH,
    MOST,
    Prefilled,
    prefilled,
    shortened,
)

MORNING = datetime(2026, 10, 6, 8, tzinfo=UTC)
PULL = "https://github.com/tideline/web/pull/12"
ASK = DayItem(
    DayKind.IN_PROGRESS,
    "For Tom: which copy do we take?",
    "ask:1",
    MORNING,
    ("https://slack/ask",),
    "C1",
    about=frozenset({("C1", "1.0")}),
)
LINK = DayItem(
    DayKind.IN_PROGRESS,
    "Pushed tideline/web #12",
    f"link:{PULL}",
    MORNING + timedelta(hours=1),
    (PULL, "https://slack/2"),
    "C1",
    about=frozenset({("C1", "2.0")}),
)
SAID = DayItem(
    DayKind.DONE,
    "Fixed the header.",
    "message:C1|3.0",
    MORNING + timedelta(hours=2),
    ("https://slack/3",),
    "C1",
    about=frozenset({("C1", "3.0")}),
)


def test_each_kind_goes_into_its_own_part_with_its_links_as_proof() -> None:
    blocked = replace(ASK, kind=DayKind.BLOCKED, source="ask:2", by="U2", what="The logo?")
    found = prefilled([ASK, LINK, SAID, blocked])
    assert found.done == (Item("Fixed the header.", links=SAID.links, source=SAID.source),)
    assert [each.source for each in found.items] == ["ask:1", f"link:{PULL}"]
    (waits,) = found.blocked
    assert (waits.blocked_by, waits.blocked_on, waits.asked) == ("U2", "The logo?", "2")
    assert waits.links == ASK.links
    assert found.left_out == 0


def test_what_two_features_tell_of_one_source_is_one_thing_and_the_kind_that_says_more() -> None:
    merged = replace(
        LINK, kind=DayKind.DONE, what="tideline/web #12 Header", links=(PULL, "https://slack/9")
    )
    for told in ([LINK, merged], [merged, LINK]):
        found = prefilled(told)
        assert found.items == ()
        assert [each.what for each in found.done] == ["tideline/web #12 Header"]
        assert set(found.done[0].links) == {PULL, "https://slack/2", "https://slack/9"}


def test_a_message_that_asks_or_shows_a_link_is_not_told_once_more() -> None:
    asks_in_it = replace(SAID, about=ASK.about, source="message:C1|1.0")
    thread = replace(SAID, about=LINK.about | {("C1", "9.0")}, source="message:C1|9.0")
    link_in_ask = replace(LINK, about=ASK.about)
    assert sources(prefilled([asks_in_it, ASK, thread, LINK])) == ["ask:1", f"link:{PULL}"]
    assert sources(prefilled([link_in_ask, ASK])) == ["ask:1"]


def test_the_same_words_in_two_channels_are_told_once_but_asks_never_melt_together() -> None:
    again = replace(
        SAID,
        source="message:C2|8.0",
        channel_id="C2",
        what="fixed  the HEADER.",
        about=frozenset({("C2", "8.0")}),
        links=("https://slack/8",),
    )
    found = prefilled([SAID, again])
    assert len(found.done) == 1
    assert set(found.done[0].links) == {"https://slack/3", "https://slack/8"}
    twin = replace(ASK, source="ask:2", about=frozenset({("C1", "5.0")}))
    assert sources(prefilled([ASK, twin])) == ["ask:1", "ask:2"]


def test_of_too_much_what_goes_on_is_kept_before_what_is_done_and_the_rest_is_counted() -> None:
    done = [replace(SAID, source=f"decision:{n}", what=f"Decided {n}") for n in range(20)]
    goes_on = [
        replace(ASK, source=f"ask:{n}", at=MORNING + timedelta(minutes=n), about=frozenset())
        for n in range(20)
    ]
    found = prefilled([*done, *goes_on])
    assert len(found.items) == 20
    assert len(found.done) == MOST - 20
    assert found.left_out == 10
    assert [each.source for each in found.items] == [f"ask:{n}" for n in range(20)], "by time"


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("Fixed it. Then more came, which took the day.", 20, "Fixed it."),
        ("One. Two. Three is very long indeed.", 12, "One. Two."),
        ("No end in sight here", 12, "No end in…"),
        ("A line\nand another one", 10, "A line"),
        ("直しました。次は計測です。", 8, "直しました。"),
    ],
)
def test_words_are_shortened_where_a_sentence_ends(text: str, limit: int, shown: str) -> None:
    assert shortened(text, limit) == shown


@given(st.text(max_size=600), st.integers(2, 300))
def test_shortened_words_fit_on_one_line_and_are_how_the_text_begins(text: str, limit: int) -> None:
    shown = shortened(text, limit)
    assert len(shown) <= limit
    assert "\n" not in shown
    assert " ".join(text.split()).startswith(shown.removesuffix("…").rstrip()[:limit])


_ITEMS = st.builds(
    DayItem,
    st.sampled_from(DayKind),
    st.sampled_from(["a", "b. c", "d" * 300]),
    st.sampled_from([f"{kind}{n}" for kind in ("ask:", "link:", "message:") for n in range(20)]),
    st.integers(0, 500).map(lambda minutes: MORNING + timedelta(minutes=minutes)),
    st.lists(st.sampled_from(["https://a", "https://b"]), min_size=1, max_size=2).map(tuple),
    st.sampled_from(["C1", "C2"]),
    st.sampled_from(["", "U2"]),
    st.frozensets(st.tuples(st.just("C1"), st.integers(0, 9).map(str)), max_size=3),
)


@given(st.lists(_ITEMS, max_size=80))
def test_no_source_is_told_twice_and_all_have_a_proof(items: list[DayItem]) -> None:
    found = prefilled(items)
    all_of_it = [*found.done, *found.items, *found.blocked]
    assert len(sources(found)) == len(set(sources(found)))
    assert len(all_of_it) <= MOST
    assert all(each.links and len(each.what) <= LENGTH for each in all_of_it)
    assert all(bool(each.blocked_by) <= (each in found.blocked) for each in all_of_it)
    known = {each.source for each in items if each.source.startswith("ask:")}
    assert found.left_out > 0 or known <= set(sources(found)), "what a feature knows is never lost"


@pytest.mark.slow
@given(st.lists(_ITEMS, max_size=30, unique_by=lambda each: each.source), st.randoms())
def test_the_order_in_which_features_tell_changes_nothing_of_what_is_told(
    items: list[DayItem], shuffle: Random
) -> None:
    other = shuffle.sample(items, len(items))
    assert len(sources(prefilled(items))) == len(sources(prefilled(other)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"Pushed a fix in <{PULL}|web/12>. Tests are next.", [(PULL, "tideline/web #12")]),
        (f"see <{PULL}/files#r1>", [(PULL, "tideline/web #12")]),
        ("<https://GitHub.com/A/B/pull/7>", [("https://github.com/a/b/pull/7", "A/B #7")]),
        (
            "<https://gitlab.com/x/y/z/-/merge_requests/5|!5>",
            [("https://gitlab.com/x/y/z/-/merge_requests/5", "x/y/z #5")],
        ),
        (
            "<https://tideline.atlassian.net/browse/WEB-17>",
            [("https://tideline.atlassian.net/browse/WEB-17", "WEB-17")],
        ),
        ("<https://example.com/docs|the docs>", []),
        ("`https://github.com/a/b/pull/7`", []),
        ("http://github.com/a/b/pull/7", []),
    ],
)
def test_pull_requests_and_issues_are_known_by_their_address(
    text: str, told: Sequence[tuple[str, str]]
) -> None:
    assert [(each.url, each.label) for each in said.linked_in(text)] == list(told)


def test_a_link_stands_in_the_words_around_it() -> None:
    text = (
        f"Hi all. Pushed a fix in <{PULL}|this one> &amp; more <https://x.example/y>! Tests next."
    )
    (linked,) = said.linked_in(text)
    assert said.about(text, linked, plain) == "Pushed a fix in tideline/web #12 & more !"


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("Merged the retry fix.", "Merged the retry fix."),
        (
            "Morning! I've finally shipped the header. Next: footer",
            "I've finally shipped the header.",
        ),
        ("The migration is done", "The migration is done"),
        ("It's not merged yet", ""),
        ("Merged?", ""),
        ("Can you merge it once it is fixed?", ""),
        ("It will be deployed tomorrow", ""),
        ("> Merged the retry fix", ""),
        ("&gt; Merged the retry fix", ""),
        ("Ana asked whether we merged it", ""),
        ("Looking at the numbers", ""),
    ],
)
def test_what_is_finished_is_told_in_its_authors_words(text: str, done: str) -> None:
    assert said.finished(text, plain) == done


@pytest.mark.parametrize(
    ("kind", "last", "is_open"),
    [
        (ThreadKind.OPEN_QUESTION, "Fine by me.", True),
        (ThreadKind.DISAGREEMENT, "No.", True),
        (ThreadKind.SETTLED, "Which colour do we take?", False),
        (None, "Which colour do we take?", True),
        (None, "The blue one.", False),
        (None, "Really?", False),
    ],
)
def test_a_thread_is_open_if_a_feature_knows_or_its_last_words_ask(
    kind: ThreadKind | None, last: str, *, is_open: bool
) -> None:
    message = StoredMessage("C1", "1.0", "U1", last, None, MORNING)
    assert said.is_open(kind, [message]) is is_open


def sources(found: Prefilled) -> list[str]:
    """What the things of a form are about, by part."""
    return [each.source for each in (*found.done, *found.items, *found.blocked)]
