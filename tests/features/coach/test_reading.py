"""One reading of a message: its words, and what stands around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.coach.rules import vocabulary
from bot.features.coach.rules.languages import Language
from bot.features.coach.rules.reading import PHRASE, phrase_of, read

PIECES = [*"aä ?!.,:;<>@&`\n|-'\u2019/1", "http://", "<!here>", "<@U1>", "```"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def test_words_are_those_of_the_author_in_lower_case_and_a_question_mark_is_one() -> None:
    assert read("Can\u2019t you SEE it?").words == ("can't", "you", "see", "it", "?")


def test_no_word_comes_from_mentions_links_emoji_code_or_quotes() -> None:
    text = (
        "&gt; old words\nlook <@U1> <!here> <#C1|general> <https://a.b/doc|the doc> :tada: "
        "`code` https://c.d/page <!subteam^S1|@design> @Sam at 14:00: ok\n```more\ncode```"
    )
    assert read(text).words == ("look", "at", "ok")


def test_what_was_left_out_is_known() -> None:
    reading = read("&gt; hm\n<@U1> @Sam see `x` <https://a.b|b> <!channel> <!subteam^S1|@design>")
    assert reading.mentions == ("U1", "Sam")
    assert reading.groups == ("S1",)
    assert reading.broadcasts == {"channel"}
    assert reading.has_quote
    assert reading.has_code
    assert reading.has_link


def test_a_plain_message_has_none_of_it() -> None:
    reading = read("hi there, a < b and 3 > 2")
    assert (reading.mentions, reading.groups, reading.broadcasts) == ((), (), frozenset())
    assert (reading.has_quote, reading.has_code, reading.has_link) == (False, False, False)


def test_an_at_sign_without_a_token_mentions_and_broadcasts_too() -> None:
    reading = read("@here could @Priya look")
    assert reading.mentions == ("Priya",)
    assert reading.broadcasts == {"here"}
    assert reading.words == ("could", "look")


def test_escapes_of_slack_are_no_words() -> None:
    assert read("R&amp;D &lt;b&gt;").words == ("r", "d", "b")


def test_sentences_keep_the_words_as_written_and_know_whether_they_ask() -> None:
    first, second, third = read("Hi Sam. Is v2.3 out?\nThanks!").sentences
    assert (first.said, first.asks) == ("Hi Sam.", False)
    assert (second.said, second.asks, second.line) == ("Is v2.3 out?", True, "is v out")
    assert third.words == ("thanks",)


def test_flags_are_those_of_any_word() -> None:
    flags = read("hello, I have a question").flags
    assert flags & vocabulary.REQUEST
    assert flags & vocabulary.HELP
    assert not flags & vocabulary.SOMEBODY


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("any idea why this fails?", Language.ENGLISH),
        ("got a sec?", Language.ENGLISH),
        ("thoughts?", Language.ENGLISH),
        ("kann mir jemand mit dem Vertrag helfen?", Language.GERMAN),
        ("quelqu'un peut regarder le bug svp ?", Language.FRENCH),
        ("¿alguien me puede ayudar con esto?", Language.SPANISH),
        ("alguém já viu isso? não funciona para mim", Language.PORTUGUESE),
        ("kan iemand me helpen met de export?", Language.UNKNOWN),
        ("qualcuno può darmi una mano con questo?", Language.UNKNOWN),
        ("czy ktoś może mi pomóc z tym błędem?", Language.UNKNOWN),
        ("誰か手伝ってくれますか", Language.UNKNOWN),
        ("npm ERR ENOENT", Language.UNKNOWN),
        ("هل يمكنك النظر؟ by Friday", Language.UNKNOWN),
        ("Привет, can you have a look at it?", Language.ENGLISH),
        ("", Language.UNKNOWN),
    ],
)
def test_a_language_is_told_by_its_function_words_or_not_at_all(
    text: str, language: Language
) -> None:
    assert read(text).language is language


def test_a_phrase_is_one_line_of_at_most_eighty_characters_cut_between_words() -> None:
    phrase = phrase_of("  can anyone\nhelp, " + "really " * 20)
    assert phrase.startswith("can anyone help, really")
    assert phrase.endswith(" really\u2026")
    assert len(phrase) <= PHRASE


@given(TEXTS)
def test_whatever_is_written_is_read_and_quoted_without_tokens(text: str) -> None:
    reading = read(text)
    assert reading.length == len(reading.words)
    assert all(word == "?" or word == word.lower() for word in reading.words)
    assert "<@" not in reading.own
    assert len(phrase_of(reading.own)) <= PHRASE
    assert [word for each in reading.sentences for word in each.words] == list(reading.words)
