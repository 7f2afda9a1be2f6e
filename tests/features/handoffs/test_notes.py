"""What stands in the forms of a hand-off: lines and items, pages, what is kept; the command."""

from dataclasses import replace
from datetime import date
from typing import Final
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.blocks import (
    MAX_INPUT,
    MAX_MESSAGE_BLOCKS,
    MAX_SECTION,
    MAX_TITLE,
    MAX_VIEW_BLOCKS,
    payload,
)
from bot.core.render import clean
from bot.features.handoffs.messages import notes as messages
from bot.features.handoffs.messages.notes import Given, Kept, Outcome
from bot.features.handoffs.modals import notes as modals
from bot.features.handoffs.rules.command import Wish, parse
from bot.features.handoffs.rules.items import Item
from bot.features.handoffs.rules.notes import (
    KEEP,
    MOST,
    NEXT,
    PER_PAGE,
    Entry,
    Written,
    as_data,
    chain_of,
    entries_from,
    from_data,
    lines_of,
    links_in,
    listed,
    of_chain,
    on_page,
    pages_of,
    with_page,
)

LOGO: Final = Entry(
    Item("Ship the logo", "half", "the client wrote", links=("https://a.example/1",)), "U1"
)
COPY: Final = Entry(Item("Write the copy", source="ask:1", blocked_by="U2", blocked_on="a word"))
WORDS: Final = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)


def entry(what: str) -> Entry:
    """An item of which nothing else is known."""
    return Entry(Item(what))


def thirty() -> Written:
    """A day with 30 things in progress, all of them long."""
    items = tuple(entry(f"Number {number} of thirty: {'word ' * 50}") for number in range(30))
    return Written(done=items, entries=items)


def test_a_line_that_stays_keeps_what_is_known_of_it() -> None:
    text = "• ship  the LOGO\n2) Write the copy\nSomething new"
    assert entries_from(text, [LOGO, COPY]) == (LOGO, COPY, entry("Something new"))


def test_a_line_that_is_taken_out_comes_back_with_what_was_said_of_it() -> None:
    without = entries_from("Write the copy", [LOGO, COPY])
    assert listed(without) == (COPY,)
    assert lines_of(without) == "Write the copy"
    again = entries_from("Write the copy\nShip the logo", without)
    assert again == (COPY, LOGO)


def test_the_same_words_twice_are_one() -> None:
    assert entries_from("Call Ana\n- call  ana", []) == (entry("Call Ana"),)


def test_two_known_things_with_the_same_words_stay_two() -> None:
    other = replace(LOGO, item=replace(LOGO.item, source="ask:2"))
    assert entries_from("Ship the logo\nShip the logo", [LOGO, other]) == (LOGO, other)


def test_blank_lines_and_bare_bullets_are_nothing() -> None:
    assert entries_from("\n  \n- \n•\n\u200b\n", []) == ()


@given(st.lists(WORDS, max_size=MOST, unique=True))
def test_lines_lead_back_to_the_items_they_stand_for(whats: list[str]) -> None:
    known = tuple(entry(what) for what in whats)
    text = lines_of(known)
    assert len(text) <= MAX_INPUT
    sayable = [each for each in known if lines_of([each]).strip()]
    assert list(listed(entries_from(text, known))) == sayable


@given(st.text(max_size=400))
def test_whatever_is_typed_can_be_shown_and_read_again(text: str) -> None:
    found = entries_from(text, [])
    assert all(clean(each.item.what).strip() for each in found)
    if len(found) <= MOST:
        assert entries_from(lines_of(found), found) == found


@given(st.integers(0, MOST))
def test_every_item_is_on_one_page(count: int) -> None:
    entries = tuple(entry(f"Item {number}") for number in range(count))
    pages = [on_page(entries, page) for page in range(pages_of(entries))]
    assert [each for page in pages for each in page] == list(entries)
    assert all(0 < len(page) <= PER_PAGE for page in pages)


def test_what_is_said_on_a_page_is_kept_with_what_is_on_the_others() -> None:
    entries = tuple(entry(f"Item {number}") for number in range(PER_PAGE + 2))
    answered = [replace(each, to=KEEP) for each in on_page(entries, 1)]
    found = with_page((*entries, replace(LOGO, is_listed=False)), 1, answered)
    assert [each.to for each in found] == [""] * PER_PAGE + [KEEP, KEEP, "U1"]


@given(
    st.builds(
        Item, WORDS, WORDS, WORDS, links=st.lists(WORDS).map(tuple), source=WORDS, blocked_by=WORDS
    ),
    st.booleans(),
)
def test_what_is_kept_comes_back_as_it_was(item: Item, is_listed: bool) -> None:
    one = Entry(item, NEXT, is_listed)
    written = Written((one,), (one, COPY), "The pump leaks")
    assert from_data(as_data(written)) == written


def test_of_a_hand_off_that_nobody_wrote_nothing_is_kept() -> None:
    assert from_data({}) == Written()
    assert Written().is_empty
    assert Written(watch_out=" \u200b ").is_empty
    assert not Written(done=(LOGO,)).is_empty


def test_a_chain_is_told_from_people_and_choices() -> None:
    chain = uuid4()
    assert chain_of(of_chain(chain)) == chain
    assert [chain_of(each) for each in (NEXT, KEEP, "U1", "", "chain of command")] == [None] * 5


def test_links_are_told_from_other_words() -> None:
    assert links_in("https://a.example/1\nsee http://b.example https://a.example/1") == (
        "https://a.example/1",
        "http://b.example",
    )


def test_a_page_is_known_to_be_old_once_other_lines_are_listed() -> None:
    before = Written(entries=(LOGO, COPY))
    answered = Written(entries=(replace(LOGO, to=KEEP), COPY))
    assert modals.mark_of(before) == modals.mark_of(answered)
    for entries in ((COPY, LOGO), (LOGO,), (LOGO, replace(COPY, is_listed=False))):
        assert modals.mark_of(Written(entries=entries)) != modals.mark_of(before)


def test_what_waits_for_somebody_stays_unless_its_author_says_otherwise() -> None:
    choices = {NEXT: "Whoever is next (Priya)", KEEP: messages.KEEP_IT}
    view = modals.items(uuid4(), Written(entries=(entry("The pump"), COPY)), 0, choices)
    chosen = [
        each["element"]["initial_option"]["value"]
        for each in view["blocks"]
        if each["type"] == "input" and "initial_option" in each["element"]
    ]
    assert chosen == [NEXT, KEEP]


def test_thirty_items_fit_into_forms_of_slacks_size() -> None:
    written = thirty()
    choices = {NEXT: "Whoever is next (Priya)", KEEP: messages.KEEP_IT}
    views = [modals.day(uuid4(), written, "C1")]
    views += [modals.items(uuid4(), written, page, choices) for page in range(4)]
    assert pages_of(written.entries) == 4
    for view in views:
        assert len(view["blocks"]) <= MAX_VIEW_BLOCKS
        assert len(view["title"]["text"]) <= MAX_TITLE
        names = [each["block_id"] for each in view["blocks"] if "block_id" in each]
        assert len(names) == len(set(names))
    fields = {each["block_id"] for each in views[1]["blocks"] if "block_id" in each}
    assert fields.isdisjoint(each.get("block_id") for each in views[2]["blocks"]), (
        "Slack would keep what was typed on the page before"
    )


def test_thirty_items_fit_into_one_message() -> None:
    written = thirty()
    outcome = Outcome(
        "U1",
        "C1",
        date(2026, 10, 6),
        tuple(each.item.what for each in written.done),
        tuple(Given(each.item.what, "Priya") for each in written.entries[:15]),
        tuple(Kept(each.item) for each in written.entries[15:]),
        "word " * 500,
    )
    posted = payload(messages.posted(outcome))
    assert len(posted["blocks"]) <= MAX_MESSAGE_BLOCKS
    assert all(len(each["text"]["text"]) <= MAX_SECTION for each in posted["blocks"])
    shown = str(posted["blocks"])
    assert all(f"Number {number} of thirty" in shown for number in range(30))


def test_what_people_typed_is_no_markup() -> None:
    outcome = Outcome(
        "U1", "C1", date(2026, 10, 6), ("<!channel> & <@U9>",), (Given("<!here>", "Priya"),)
    )
    text = messages.posted(outcome).text
    assert "<!" not in text
    assert "<@U9>" not in text


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("", Wish("write")),
        ("  ", Wish("write")),
        ("List", Wish("list")),
        ("help", Wish("help")),
        ("<@U1|ana> the copy", Wish("one", "U1", "the copy")),
        ("to <@U1>: the copy", Wish("one", "U1", "the copy")),
        ("<@U1>", Wish("one", "U1")),
        ("@nobody the copy", Wish("unclear", text="@nobody the copy")),
        ("list the copy", Wish("unclear", text="list the copy")),
        ("<!subteam^S1|@design> the copy", Wish("unclear", text="<!subteam^S1|@design> the copy")),
    ],
)
def test_the_command_is_read(typed: str, wish: Wish) -> None:
    assert parse(typed) == wish
