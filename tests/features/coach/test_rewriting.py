"""A draft as a model worded it: nothing of it is lost, and nothing is added."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.drafting import Draft, DraftLine, Material, Place
from bot.core.render import plain
from bot.core.verify import verify
from bot.features.coach.rules import rewriting, template
from bot.features.coach.rules.template import Parts, Sentence, sentences_of, spelled_out

AT = datetime(2026, 10, 6, 8, tzinfo=UTC)
NAMES = {"U0ANA": "Ana", "U0TOM": "Tom"}
DRAFT = (
    "So the signup page of the <https://x.io/shop|shop> times out since yesterday 14:20. "
    "Well, I tried a pool of 20 and that did not help. I would set it to 30. "
    "<@U0ANA> can you look at <https://x.io/log> by Thursday?"
)


def _material(text: str) -> Material:
    return rewriting.material(sentences_of(text), Place("D1", "1.0"), "U0TOM", AT)


def _rewritten(text: str, *lines: DraftLine) -> Parts:
    said, material = sentences_of(text), _material(text)
    readable = [Sentence(plain(spelled_out(each.text), NAMES), each.begins_line) for each in said]
    draft = Draft(verify(lines, material, rewriting.WANTED).lines, "drafted", is_plain=False)
    worded = rewriting.rewritten(draft, material, said, readable, NAMES)
    return worded or template.parts_from(readable)


CONTEXT = DraftLine(
    "The signup page of the [link] times out since yesterday 14:20.",
    ("S1",),
    "times out since yesterday 14:20",
    "context",
)
TRIED = DraftLine(
    "I tried a pool of 20, that did not help.", ("S2",), "that did not help", "context"
)
PROPOSAL = DraftLine("I would set it to 30.", ("S3",), "I would set it to 30.", "proposal")
QUESTION = DraftLine("A2 can you look at [link]?", ("S4",), "can you look at", "question")
BY = DraftLine("by Thursday", ("S4",), "[link] by Thursday?", "by")


def test_a_model_puts_it_in_order_and_code_puts_names_and_links_back() -> None:
    parts = _rewritten(DRAFT, CONTEXT, TRIED, PROPOSAL, QUESTION, BY)
    assert parts.question == "@Ana can you look at https://x.io/log?"
    assert parts.proposal == "I would set it to 30."
    assert parts.by == "by Thursday"
    assert "I tried a pool of 20, that did not help." in parts.context
    assert "The signup page of the shop (https://x.io/shop) times out" in parts.context


def test_a_line_that_keeps_a_link_to_itself_is_not_used() -> None:
    silent = DraftLine("A2 can you look?", ("S4",), "can you look at", "question")
    parts = _rewritten(DRAFT, CONTEXT, TRIED, PROPOSAL, silent)
    assert parts.question == "@Ana can you look at https://x.io/log by Thursday?"
    assert parts.by == "by Thursday"


def test_a_model_reads_sentences_without_names_and_addresses() -> None:
    read = " ".join(source.text for source in _material(DRAFT).sources)
    assert "Ana" not in read
    assert "x.io" not in read
    assert len(_material(DRAFT).sources) == 4


def test_what_a_model_leaves_out_stands_there_as_it_was_written() -> None:
    parts = _rewritten(DRAFT, CONTEXT, QUESTION, BY)
    assert "Well, I tried a pool of 20 and that did not help." in parts.context
    assert parts.proposal == "I would set it to 30."


def test_code_and_quotes_stand_as_they_were_written() -> None:
    code = "```pool: 20\n  size: 30```"
    told = DraftLine("A pool of 20 has a size of 30.", ("S2",), "pool: 20 size: 30", "context")
    parts = _rewritten(f"It is set like this.\n{code}", told)
    assert code in parts.context
    assert "A pool of" not in parts.context


def test_a_line_that_drops_the_number_of_a_sentence_does_not_stand_for_it() -> None:
    vague = DraftLine("I tried a pool, that did not help.", ("S2",), "that did not help", "context")
    parts = _rewritten(DRAFT, CONTEXT, vague, PROPOSAL, QUESTION, BY)
    assert "a pool of 20" in parts.context


def test_what_a_model_invents_is_left_out() -> None:
    invented = (
        DraftLine("I would set it to 40.", ("S3",), "I would set it to 30.", "proposal"),
        DraftLine("Mei would set it to 30.", ("S3",), "I would set it to 30.", "proposal"),
        DraftLine("I would set it to 30 tomorrow.", ("S3",), "I would set it to 30.", "proposal"),
        DraftLine("See evil.com for it", ("S3",), "I would set it to 30.", "proposal"),
        DraftLine("A pool of 20 did help.", ("S2",), "that did not help", "context"),
        DraftLine("The moon is made of cheese.", ("S2",), "that did not help", "context"),
        DraftLine("I would set it to 30.", ("S3",), "I would set it to 30.", "update"),
    )
    checked = verify(invented, _material(DRAFT), rewriting.WANTED)
    assert list(checked.lines) == []
    assert dict(checked.drops) == {
        "number": 1, "name": 1, "date": 1, "link": 1, "meaning": 2, "kind": 1,
    }  # fmt: skip


@given(st.lists(st.sampled_from([CONTEXT, TRIED, PROPOSAL, QUESTION, BY]), max_size=5))
def test_whatever_lines_come_every_number_and_link_of_the_author_is_there(
    lines: list[DraftLine],
) -> None:
    parts = _rewritten(DRAFT, *lines)
    told = f"{parts.context} {parts.proposal} {parts.question} {parts.by}"
    for piece in ("14:20", "20", "30", "https://x.io/shop", "https://x.io/log", "@Ana", "Thursday"):
        assert piece in told


@pytest.mark.parametrize(
    "text",
    [
        "A2 can you look at [link] by next Thursday?",
        "A2 can you look at [link] after Thursday?",
        "A2 can you look at [link] every Thursday?",
        "A2 can you look at [link] until Thursday?",
        "A2 can you look at [link] not before Thursday?",
        "A2 can you look at [link] by Thursday or later?",
        "A2 can you look at [link] by Thursday? You promised to.",
        "A2 can you look at [link] by Thursday? You did.",
        "A2 you can look at [link] by Thursday.",
        "A2 can you look at [link] by Thursday, as you promised?",
        "A2 and A1 can you look at [link] by Thursday?",
    ],
)
def test_a_line_that_bends_the_time_or_says_what_nobody_said_is_not_used(text: str) -> None:
    bent = DraftLine(text, ("S4",), "can you look at", "question")
    parts = _rewritten(DRAFT, CONTEXT, TRIED, PROPOSAL, bent)
    assert parts.question == "@Ana can you look at https://x.io/log by Thursday?"


def test_a_line_that_leaves_out_what_leads_up_to_a_time_does_not_stand_for_it() -> None:
    vague = DraftLine("I can look on Thursday.", ("S1",), "I can look only after", "context")
    parts = _rewritten("I can look only after Thursday.", vague)
    assert parts.context == "I can look only after Thursday."


def test_a_line_with_half_of_a_time_is_not_used() -> None:
    half = DraftLine("A2 can you look by noon?", ("S1",), "can you look by", "question")
    parts = _rewritten("<@U0ANA> can you look by Thursday noon?", half)
    assert parts.question == "@Ana can you look by Thursday noon?"


def test_by_when_is_told_in_the_authors_own_words() -> None:
    bent = DraftLine("after Thursday", ("S4",), "[link] by Thursday?", "by")
    parts = _rewritten(DRAFT, CONTEXT, TRIED, PROPOSAL, QUESTION, bent)
    assert parts.question == "@Ana can you look at https://x.io/log?"
    assert parts.by == "by Thursday"


def test_of_lines_that_cannot_be_used_nothing_is_made() -> None:
    said, material = sentences_of(DRAFT), _material(DRAFT)
    draft = Draft([BY], "drafted", is_plain=False)
    assert rewriting.rewritten(draft, material, said, said, NAMES) is None
