"""What a form about a decision is filled in with, from what was said."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.clock import monotonic
from bot.core.drafting import Draft, DraftLine, Place, Said
from bot.features.decisions.rules import details, erasing, extracting, filled, permalinks
from bot.features.decisions.rules.alternatives import options_in
from bot.features.decisions.rules.filled import Cite, Filled, Flag
from bot.features.decisions.rules.prefilling import prefill
from bot.features.decisions.rules.registry import TEXT_LENGTH, Fields
from bot.features.decisions.rules.threads import Spoken

TODAY = date(2026, 10, 6)
SETTLED = (
    "Priya: Should we use Redis, Kafka or Postgres for the job queue?",
    "Sam: I'm not convinced of Postgres, it locks up under load.",
    "Tom: Kafka is too much to run for us.",
    (
        "Ana: Let's go with Postgres, because we know it. We can always switch back. "
        "Let's revisit this in three months. #database"
    ),
    "Tom: +1",
    "Sam: ok, fine with me",
    "Tom: I'll set it up",
)


def _thread(*lines: str, off: str = "") -> list[Spoken]:
    spoken = []
    for place, line in enumerate(lines):
        name, _, text = line.partition(": ")
        ts, author = f"1759737600.{place:06d}", f"U0{name.upper()}"
        spoken.append(Spoken(ts, author, name, text, text, TODAY, is_quotable=name != off))
    return spoken


def _filled(*lines: str, picked: int = 0, off: str = "") -> Filled:
    thread = _thread(*lines, off=off)
    return prefill(thread, thread[picked].ts, TODAY)


def test_a_settled_thread_fills_in_every_field() -> None:
    found = _filled(*SETTLED)
    fields = found.fields
    assert fields.title == "Let's go with Postgres, because we know it"
    assert fields.text.startswith("Let's go with Postgres, because we know it. We can")
    assert fields.context == "Priya: Should we use Redis, Kafka or Postgres for the job queue?"
    assert fields.alternatives == "Redis\nKafka: Kafka is too much to run for us. (Tom)"
    assert fields.objections == (
        "Sam: I'm not convinced of Postgres, it locks up under load. "
        "(settled by Sam: ok, fine with me)"
    )
    assert fields.owner_id == "U0TOM"
    assert fields.review_on == date(2027, 1, 6)
    assert fields.is_reversible is True
    assert fields.tags == ("database",)
    assert found.flags == ()


def test_every_quote_stands_in_the_field_that_cites_it() -> None:
    found = _filled(*SETTLED)
    assert filled.confirmed(found.cites, found.fields) == found.cites
    assert {each.field for each in found.cites} == {*filled.WORDS, "owner_id"}


def test_an_objection_that_its_author_did_not_take_back_is_flagged_and_shown() -> None:
    found = _filled(*SETTLED[:5])
    assert Flag.UNSETTLED in found.flags
    assert found.fields.objections.endswith("(still open)")


def test_a_yes_and_a_reason_that_are_missing_are_flagged() -> None:
    found = _filled("Tom: Tuesday or Monday for the release?", "Mei: Let's go with Tuesday.")
    assert set(found.flags) == {Flag.NO_APPROVAL, Flag.NO_REASON}


def test_short_agreement_by_somebody_else_counts_wherever_it_stands() -> None:
    for lines in (
        ("Tom: Tuesday for the release?", "Ana: works for me", "Tom: Decided: Tuesday."),
        ("Tom: Let's release on Tuesday.", "Mei: Great, then I know when to test."),
    ):
        assert Flag.NO_APPROVAL not in _filled(*lines).flags


def test_a_concern_is_an_objection() -> None:
    said = "Concern: the load test ends only on the 14th. Could we say 16 December?"
    found = _filled("Tom: We launch on 9 December.", f"Mei: {said}", "Tom: Then it is the 16th.")
    assert found.fields.objections == f"Mei: {said} (still open)"


@pytest.mark.parametrize(
    ("said", "title", "text"),
    [
        ("Then let's go with Postgres.", "Let's go with Postgres", ""),
        ("Decided: we stay on Postgres.", "We stay on Postgres", ""),
        (
            "Great, then we take it. Tom does it.",
            "We take it",
            "Great, then we take it. Tom does it.",
        ),
        ("Good docs first", "Good docs first", ""),
        ("Fine-grained roles", "Fine-grained roles", ""),
    ],
)
def test_what_leads_in_to_a_decision_is_no_part_of_its_title(
    said: str, title: str, text: str
) -> None:
    fields = _filled(f"Tom: {said}").fields
    assert (fields.title, fields.text) == (title, text)


def test_what_follows_the_word_to_baton_is_the_decision() -> None:
    text, said = (
        "<@U0BATON00> log this: We ship the blue logo",
        "@Baton log this: We ship the blue logo",
    )
    spoken = [Spoken("1759737600.000000", "U0TOM", "Tom", text, said, TODAY)]
    fields = prefill(spoken, spoken[0].ts, TODAY).fields
    assert (fields.title, fields.text) == ("We ship the blue logo", "")


def test_a_thread_without_an_end_is_flagged() -> None:
    found = _filled("Tom: Which queue should we use?", "Mei: No idea, what do others use?")
    assert Flag.NOTHING_SETTLED in found.flags


def test_a_reply_that_settles_is_taken_where_it_was_picked() -> None:
    lines = (*SETTLED, "Ana: Also, we will drop the old queue on Monday.")
    assert _filled(*lines, picked=7).fields.title == "Also, we will drop the old queue on Monday"
    assert _filled(*lines, picked=4).fields.title.startswith("Let's go with Postgres")


def test_whoever_wants_to_be_left_alone_is_neither_quoted_nor_named() -> None:
    found = _filled(*SETTLED, off="Sam")
    assert "Sam" not in str(found.fields)
    assert "U0SAM" not in str(found)
    decider = _filled(*SETTLED, off="Ana")
    assert (decider.fields.title, decider.fields.text) == ("", "")


def test_a_day_to_look_again_that_is_over_is_left_out() -> None:
    thread = _thread("Tom: Decided: we stay on Postgres. Let's revisit it in 2 weeks.")
    assert prefill(thread, thread[0].ts, TODAY).fields.review_on == date(2026, 10, 20)
    assert prefill(thread, thread[0].ts, date(2026, 10, 21)).fields.review_on is None


def test_what_does_not_fit_into_a_field_ends_in_dots() -> None:
    fields = _filled("Tom: We take Postgres, " + "really " * 1_000).fields
    assert len(fields.text) <= TEXT_LENGTH
    assert fields.text.endswith("…")
    assert fields.title.endswith("…")


def test_a_thread_of_three_hundred_messages_is_read_in_well_under_a_second() -> None:
    thread = _thread(*(SETTLED * 43)[:300])
    started = monotonic()
    prefill(thread, thread[0].ts, TODAY)
    assert monotonic() - started < 1.0


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("Redis or Postgres for the job queue?", ["Redis", "Postgres"]),
        ("Should we go with blue, green or red?", ["blue", "green", "red"]),
        ("Blue-green deploys vs. rolling updates?", ["Blue-green deploys", "rolling updates"]),
        ("Do we ship it or not?", []),
        ("Is it up, or should we restart it?", []),
    ],
)
def test_a_question_names_its_options(question: str, options: list[str]) -> None:
    assert options_in(question) == options


@pytest.mark.parametrize(
    ("said", "is_reversible"),
    [
        ("We can always go back.", True),
        ("It is a one-way door.", False),
        ("We can\u2019t undo it.", False),
        ("It is fine.", None),
    ],
)
def test_it_is_heard_whether_something_can_be_undone(said: str, is_reversible: bool | None) -> None:
    assert details.is_reversible(said) is is_reversible


@pytest.mark.parametrize(
    ("typed", "ts", "root"),
    [
        ("https://t.slack.com/archives/C0INFRA/p1759737600000100", "1759737600.000100", None),
        ("<https://t.slack.com/archives/C0INFRA/p1759737600000100>", "1759737600.000100", None),
        (
            (
                "https://t.slack.com/archives/C0INFRA/p1759737600000200"
                "?thread_ts=1759737600.000100&amp;cid=C0INFRA"
            ),
            "1759737600.000200",
            "1759737600.000100",
        ),
    ],
)
def test_a_permalink_is_read(typed: str, ts: str, root: str | None) -> None:
    address = permalinks.read(typed)
    assert address is not None
    assert (address.channel_id, address.ts, address.root_ts) == ("C0INFRA", ts, root or ts)
    assert address.site == "https://t.slack.com/"


@given(st.text())
def test_no_text_upsets_the_reading_of_a_permalink(typed: str) -> None:
    permalinks.read(typed)
    permalinks.read(f"https://t.slack.com/archives/{typed}")


@given(
    st.lists(st.tuples(st.sampled_from(["Tom", "Ana", "Mei"]), st.text(max_size=80)), max_size=6)
)
def test_whatever_is_said_each_quote_stands_in_its_field(said: list[tuple[str, str]]) -> None:
    thread = _thread(*(f"{name}: {text}" for name, text in said))
    found = prefill(thread, thread[0].ts if thread else "", TODAY)
    assert len(found.fields.title) <= 120
    for cite in found.cites:
        value = getattr(found.fields, cite.field)
        assert cite.quote in value or value.endswith("…")
    assert filled.from_data(filled.as_data(found)) == found


def test_what_a_human_rewrote_is_cited_without_a_quote() -> None:
    cites = (Cite("text", "1.0", "U1", "We take A"), Cite("context", "1.0", "U1", "It is\ncheap"))
    kept = filled.confirmed(cites, Fields("A", text="A it is", context="Tom: cheap"))
    assert [each.quote for each in kept] == ["", "cheap"]


def test_words_and_name_of_somebody_go_and_the_rest_stays() -> None:
    text = "Sam: it locks up (settled by Sam: ok)\n@Sam asks; Samuel said it locks"
    left = erasing.without(text, ["it locks up\nok"], "Sam")
    assert left == (
        "somebody: (erased) (settled by somebody: (erased))\nsomebody asks; Samuel said it locks"
    )


def test_lines_of_a_model_fill_in_the_form_and_a_flag_of_the_rules_stays() -> None:
    by_rules = _filled(*SETTLED[:5])
    said = [
        Said(Place("C1", each.ts), each.author_id, each.text, datetime(2026, 10, 6, tzinfo=UTC))
        for each in _thread(*SETTLED[:5])
    ]
    given_ = extracting.material(said)
    lines = (
        _line("Postgres for the job queue", "S4", "title"),
        _line("A2 thinks it locks up under load", "S2", "unsettled"),
        _line("A3 sees to it", "S3", "owner"),
    )
    names = {"U0ANA": "Ana", "U0TOM": "Tom", "U0PRIYA": "Priya"}
    found = extracting.extracted(
        Draft(lines, "drafted", is_plain=False), given_, names, by_rules, TODAY
    )
    assert found is not None
    assert found.fields.title == "Postgres for the job queue"
    assert found.fields.owner_id == "U0TOM"
    assert found.fields.context == by_rules.fields.context
    assert found.unsettled == ("somebody thinks it locks up under load",)
    assert Flag.UNSETTLED in found.flags
    assert extracting.differing(found, by_rules) == ["title", "owner_id"]
    without = extracting.extracted(
        Draft(lines[1:], "drafted", is_plain=False), given_, names, by_rules, TODAY
    )
    assert without is None, "no decision, no draft"


def _line(text: str, source: str, kind: str) -> DraftLine:
    return DraftLine(text, (source,), "", kind)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("the one at <{link}>", ""),
        ("<{link}> please", ""),
        ("Postgres for the queue {link}", "Postgres for the queue"),
    ],
)
def test_a_link_is_found_among_words_that_may_be_the_title(typed: str, words: str) -> None:
    link = "https://town.slack.com/archives/C0INFRA00/p1759737600000000"
    text = typed.format(link=link)
    assert permalinks.first_in(text) == permalinks.read(link)
    assert permalinks.words_beside(text) == words
