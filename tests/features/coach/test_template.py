"""The author's sentences sorted into parts: nothing is lost, and each lands where it belongs."""

# ruff: noqa: RUF001 - typographic apostrophes are what people type

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.clock import monotonic
from bot.features.coach.rules.catalogue import Part
from bot.features.coach.rules.template import (
    Blank,
    Line,
    Parts,
    Section,
    as_template,
    filed_by_section,
    parts_of,
    sentences_of,
    spelled_out,
    time_of,
    with_time,
)

PIECES = st.sampled_from(
    ["The deploy failed.", "Can you look?", "I would revert it.", "By Friday noon.", "e.g.",
     "z. B.", "¿Puedes mirar?", "Peux-tu regarder ?", "Kannst du schauen?", "```a. b?\nc```",
     "> who?", "...", "1. First", "- x", "\n", "\n\n", "Context:", "Proposal: no.", "…", "Dr. No",
     "https://x.io/a?b=c.", "それでいい？", "<@U1>", "<https://x.io|Read. Me>", "&gt; quoted",
     "until 3", "v2.3.1", "!?!"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map(" ".join))


def _words(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


@given(TEXTS)
def test_no_character_of_the_author_is_lost_or_told_twice(text: str) -> None:
    filed = filed_by_section(sentences_of(text))
    told = Counter[str]()
    for sentences in filed.values():
        for each in sentences:
            told += _words(each.text)
    assert told == _words(text)


@given(TEXTS)
def test_every_sentence_is_found_again_in_the_template(text: str) -> None:
    lines = as_template(parts_of(text), ())
    shown = "".join("".join(line.text.split()) for line in lines)
    for sentence in sentences_of(text):
        assert "".join(sentence.text.split()) in shown


@given(TEXTS)
def test_sentences_keep_their_order_within_a_part(text: str) -> None:
    order = [each.text for each in sentences_of(text)]
    for sentences in filed_by_section(sentences_of(text)).values():
        told = iter(order)
        assert all(any(each.text == other for other in told) for each in sentences)


SIGNUP = (
    "The signup page times out since yesterday, e.g. on 3 Oct. I tried a pool of 20. "
    "I would raise it to 30. Can you look at https://x.io/a? By Thursday noon, please."
)
SEITE = (
    "Die Seite ist z. B. seit gestern langsam. Ich würde den Pool vergrößern. "
    "Kannst du bis Freitag schauen?"
)
CASES = {
    "English": (
        SIGNUP,
        Parts(
            "The signup page times out since yesterday, e.g. on 3 Oct. I tried a pool of 20.",
            "I would raise it to 30.",
            "Can you look at https://x.io/a?",
            "By Thursday noon, please.",
            ("https://x.io/a",),
        ),
    ),
    "German": (
        SEITE,
        Parts(
            "Die Seite ist z. B. seit gestern langsam.",
            "Ich würde den Pool vergrößern.",
            "Kannst du bis Freitag schauen?",
            "bis Freitag",
        ),
    ),
    "French": (
        "Le build échoue. Je propose de revenir en arrière. Peux-tu regarder d’ici vendredi ?",
        Parts(
            "Le build échoue.",
            "Je propose de revenir en arrière.",
            "Peux-tu regarder d’ici vendredi ?",
            "d’ici vendredi",
        ),
    ),
    "Spanish": (
        "Está caído desde ayer. Propongo reiniciar. ¿Puedes mirarlo antes del viernes?",
        Parts(
            "Está caído desde ayer.",
            "Propongo reiniciar.",
            "¿Puedes mirarlo antes del viernes?",
            "antes del viernes",
        ),
    ),
    "Portuguese": (
        "O build falhou. Sugiro voltar. Você pode ver até sexta-feira?",
        Parts(
            "O build falhou.",
            "Sugiro voltar.",
            "Você pode ver até sexta-feira?",
            "até sexta-feira",
        ),
    ),
    "labels": (
        "Context: it broke. We restarted.\nProposal:\nroll back. Now!\nQuestion: agreed",
        Parts(
            "Context: it broke. We restarted.",
            "Proposal:\nroll back. Now!",
            "Question: agreed",
        ),
    ),
    "a request without a question mark": (
        "Please restart the import.",
        Parts(question="Please restart the import."),
    ),
    "code and quotes are context": (
        "```why? no.```\n> who did it?\nWho did it?",
        Parts("```why? no.```\n> who did it?", "", "Who did it?"),
    ),
    "written in small letters": (
        "the import broke. can you look? i would restart it by 3 pm.",
        Parts("the import broke.", "i would restart it by 3 pm.", "can you look?", "by 3 pm"),
    ),
    "a question in quotes is none": (
        'They ask "does it work?" and wait. We do not know...yet, e.g. for Mei.',
        Parts('They ask "does it work?" and wait. We do not know...yet, e.g. for Mei.'),
    ),
    "a number before the time": (
        "Please check clauses 7 and 9 latest by Tuesday.",
        Parts(question="Please check clauses 7 and 9 latest by Tuesday.", by="by Tuesday"),
    ),
    "an order without please": (
        "it does not work!!! WTF, fix it asap @Ana",
        Parts("it does not work!!!", question="WTF, fix it asap @Ana"),
    ),
    "what somebody does themselves is no order": (
        "I restart it now, check the log and report. Test fails are gone.",
        Parts("I restart it now, check the log and report. Test fails are gone."),
    ),
    "nothing": ("", Parts()),
}


@pytest.mark.parametrize("name", CASES)
def test_sentences_land_where_they_belong(name: str) -> None:
    text, expected = CASES[name]
    assert parts_of(text) == expected


def test_a_missing_part_is_a_marked_blank_and_no_other_is() -> None:
    lines = as_template(parts_of("It broke. Who can look by Friday?"), (Part.LINK, Part.WHOM))
    assert lines == [
        Line(Section.CONTEXT, "It broke.", (Blank.LINK,)),
        Line(Section.PROPOSAL, "", (Blank.PROPOSAL,)),
        Line(Section.QUESTION, "Who can look by Friday?", (Blank.WHOM,)),
    ]


def test_a_time_that_a_sentence_names_is_told_once() -> None:
    inside = as_template(parts_of("It broke. Can you look by Friday?"), ())
    assert [line.section for line in inside] == [Section.CONTEXT, Section.QUESTION]
    alone = as_template(parts_of("It broke. Can you look? I need it by Friday noon."), ())
    assert alone == [
        Line(Section.CONTEXT, "It broke."),
        Line(Section.QUESTION, "Can you look?"),
        Line(Section.BY, "I need it by Friday noon."),
    ]


def test_without_context_or_a_question_there_is_a_blank_though_no_rule_found_any() -> None:
    asked = as_template(parts_of("Hi Ana! Can you look?"), ())
    assert [line.blanks for line in asked] == [(Blank.TRIED,), (), (Blank.BY,)]
    told = as_template(parts_of("The import is done."), ())
    assert [line.blanks for line in told] == [(), (Blank.QUESTION,)]
    assert as_template(parts_of("It broke. I would restart it."), ())[-1].blanks == ()


def test_context_that_a_rule_misses_keeps_what_there_is_beside_the_blank() -> None:
    lines = as_template(parts_of("It broke."), (Part.CONTEXT,))
    assert lines[0] == Line(Section.CONTEXT, "It broke.", (Blank.TRIED,))
    assert lines[2] == Line(Section.QUESTION, "", (Blank.QUESTION,))


def test_a_labelled_link_keeps_its_address() -> None:
    assert spelled_out("see <https://x.io/a|the log>") == "see the log (https://x.io/a)"
    assert spelled_out("see <https://x.io/|x.io>") == "see https://x.io/"


def test_what_is_more_than_a_time_goes_along_with_what_is_asked() -> None:
    parts = parts_of("Can you look? By when: by Friday noon, as Mei is away.")
    assert with_time(parts.question, parts).endswith("By when: by Friday noon, as Mei is away.")
    parts = parts_of("Can you look? By Friday noon.")
    assert with_time(parts.question, parts) == "Can you look?"
    assert time_of(parts) == "By Friday noon"
    parts = parts_of("Can you look? I need it by Friday noon, please.")
    assert with_time(parts.question, parts) == "Can you look?"
    assert time_of(parts) == "by Friday noon"
    parts = parts_of("Can you look by Friday?")
    assert with_time(parts.question, parts) == "Can you look by Friday?"


@pytest.mark.parametrize(
    "piece", ["a", "? ", "hi. ", "<", "`", ">", ". ", "1. ", "context: ", "\n"]
)
def test_forty_thousand_characters_of_anything_are_sorted_at_once(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    began = monotonic()
    as_template(parts_of(text), ())
    assert monotonic() - began < 2.0, "it takes about 0.1 s, and would take minutes if quadratic"
