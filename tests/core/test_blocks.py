"""Block Kit: whatever the length of a text, Slack takes it and nothing is lost without a word."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.core import blocks
from bot.core.blocks import Message, context, fitting, payload, section, sections
from bot.core.render import Link, mrkdwn
from bot.playground import block_kit

WORDS = st.text(alphabet="ab <&\n😀", min_size=1, max_size=400)


def _text_of(shown: list[blocks.Block]) -> str:
    return "".join(block["text"]["text"] for block in shown)


@given(WORDS, st.integers(1, 60))
def test_a_long_text_is_parted_and_nothing_of_it_is_lost(words: str, times: int) -> None:
    text = mrkdwn("x{words}y", words=words * times)
    parts = sections(text)
    assert _text_of(parts).replace("\n", "") == text.replace("\n", "")
    assert block_kit.problems(parts[:50], "message") == []


@given(st.integers(0, 3_200))
def test_no_link_and_no_escape_is_parted(length: int) -> None:
    link = Link("https://x.slack.com/archives/C1/p1", "the source")
    text = mrkdwn("{words}{link}&{words}", words="a" * length, link=link)
    for part in sections(text):
        shown = part["text"]["text"]
        assert shown.count("<") == shown.count(">")


@given(st.integers(1, 200), st.sampled_from([50, 100]))
def test_blocks_that_do_not_fit_are_counted_and_the_last_one_stays(count: int, limit: int) -> None:
    whole = [section(mrkdwn("{number}", number=number)) for number in range(count)]
    shown = fitting(whole, limit)
    assert len(shown) == min(count, limit)
    assert shown[-1] == whole[-1]
    if count > limit:
        told = re.search(r"and (\d+) more", str(shown[-2]))
        assert told is not None
        assert int(told[1]) == count - (limit - 1)


@given(WORDS, st.integers(1, 60))
def test_every_message_fits_into_slacks_limits(words: str, times: int) -> None:
    text = mrkdwn("x{words}y", words=words * times)
    for message in (Message(text), Message(text, [section(text), context(text)])):
        given_to_slack = payload(message)
        assert len(given_to_slack["text"]) <= 4_000
        assert block_kit.problems(given_to_slack.get("blocks", []), "message") == []
        if len(text) > 4_000:
            assert given_to_slack["text"].endswith(" more]")


def test_a_long_message_without_a_layout_gets_one() -> None:
    text = mrkdwn("{words}", words="word " * 2_000)
    assert _text_of(payload(Message(text))["blocks"]) == text
