"""The charitable reading by rules: what is needed, without the heat, and nothing about anybody."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.clock import monotonic
from bot.core.drafting import Draft, DraftLine, Place
from bot.core.verify import verify
from bot.features.coach.rules import kindly
from bot.features.coach.rules.kindly import Behind, cooled, reading_of

AT = datetime(2026, 10, 6, 8, tzinfo=UTC)
HEATED = (
    "WHY is the deploy broken AGAIN?! This is ridiculous, you never test anything. "
    "I need the export by Thursday, wtf."
)


def test_what_is_needed_stays_and_the_heat_goes() -> None:
    reading = reading_of(HEATED)
    assert reading.needs == ("Why is the deploy broken again?", "I need the export by Thursday.")
    assert reading.behind == (Behind.WAITS, Behind.HELD_UP, Behind.DATE, Behind.REPEATED)


@pytest.mark.parametrize(
    ("said", "calm"),
    [
        ("Can you PLEASE look at the API?!?!", "Can you please look at the API?"),
        ("SERIOUSLY WHO LEFT THE DOOR OPEN!!", "Who left the door open."),
        ("The damn build is red!", "The build is red."),
        ("What the hell happened to the export?", "What happened to the export?"),
        ("The build is red.", "The build is red."),
    ],
)
def test_a_sentence_cools_down_and_keeps_what_it_says(said: str, calm: str) -> None:
    assert cooled(said) == calm


def test_a_reproach_is_no_need() -> None:
    assert reading_of("You always break it. Who broke it?").needs == ()


BLAMING = (
    "This is the third time you broke the header, Tom. Do you people ever test anything? "
    "Fix it today, it is embarrassing."
)


def test_an_order_is_the_need_and_names_what_it_is_about_without_the_blame() -> None:
    assert reading_of(BLAMING).needs == ("Fix the header today.",)


@pytest.mark.parametrize(
    "said",
    ["You forgot the invoice again!", "Why did you break the build?", "This is a disgrace."],
)
def test_where_nothing_but_blame_is_said_nothing_is_needed(said: str) -> None:
    assert reading_of(said).needs == ()


def test_what_does_not_work_is_no_request() -> None:
    reading = reading_of("The import is broken.")
    assert reading.needs == ()
    assert reading.behind == (Behind.HELD_UP,)


def test_an_order_of_which_it_is_not_known_what_it_is_about_stays_as_it_is() -> None:
    assert reading_of("You broke the header and lost the logo. Fix it.").needs == ("Fix it.",)


def test_without_a_cue_it_may_have_been_a_hurry() -> None:
    assert reading_of("ok.").behind == (Behind.HURRY,)


@given(st.text(max_size=300))
def test_any_text_has_a_reading(text: str) -> None:
    reading = reading_of(text)
    assert reading.behind
    assert all(len(need) <= kindly.LONGEST_NEED for need in reading.needs)


@pytest.mark.parametrize("piece", ["a", "? ", "the ", "what the ", "!", "A", "you never "])
def test_forty_thousand_characters_are_read_at_once(piece: str) -> None:
    began = monotonic()
    reading_of(piece * (40_000 // len(piece)))
    assert monotonic() - began < 2.0


def _lines(*told: tuple[str, str]) -> list[DraftLine]:
    quote = "I need the export by Thursday"
    return [DraftLine(text, ("S1",), quote, kind) for kind, text in told]


def test_a_reply_may_use_words_of_its_own_and_a_reading_may_not() -> None:
    material = kindly.material(HEATED, Place("C1", "1.0"), "U0TOM", AT)
    own = "Thanks for flagging this, let me check what went wrong."
    checked = verify(_lines(("reply", own), ("reading", own)), material, kindly.WANTED)
    assert [line.kind for line in checked.lines] == ["reply"]
    assert sum(checked.drops.values()) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("I will send it to Mei.", "name"),
        ("I will send it in 2 hours.", "number"),
        ("I will send it tomorrow.", "date"),
        ("It is at evil.com now.", "link"),
        ("See https://evil.example", "link"),
        ("<!channel> look", "markup"),
    ],
)
def test_a_reply_names_and_promises_nothing_that_is_not_there(text: str, reason: str) -> None:
    material = kindly.material(HEATED, Place("C1", "1.0"), "U0TOM", AT)
    assert dict(verify(_lines(("reply", text)), material, kindly.WANTED).drops) == {reason: 1}


def test_a_model_never_reads_half_an_id() -> None:
    text = "word " * 799 + "<@U0SECRET> and more"
    assert len(text) > kindly.LOOKED_AT > text.index("SECRET")
    material = kindly.material(text, Place("C1", "1.0"), "U0TOM", AT)
    assert "U0" not in material.sources[0].text


def test_half_an_answer_is_none() -> None:
    line = DraftLine("A1 needs the export by Thursday.", ("S1",), "I need the export", "reading")
    assert kindly.worded(Draft([line], "drafted", is_plain=False)) is None
