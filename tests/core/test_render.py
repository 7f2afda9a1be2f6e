"""Rendering: whatever people write stays text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.render import (
    Channel,
    Link,
    Mention,
    Quote,
    clean,
    escape,
    mentions_in,
    mrkdwn,
    plain,
    shorten,
)


@pytest.mark.parametrize(
    ("case", "written", "shown"),
    [
        ("H01 tag characters", "hi\U000e0069\U000e0067", "hi"),
        ("H03 invisible fillers", "a\u200b\u200c\u2060\ufeff\u00ad\u3164\u115f\u2800b", "ab"),
        ("H04 direction marks", "file\u202egpj.exe\u2066x\u2069", "filegpj.exex"),
        ("H05 NUL", "a\x00b", "ab"),
        ("H06 lone surrogate", "a\ud800b", "ab"),
        ("H10 broadcast token", "<!channel>", "&lt;!channel&gt;"),
        ("H11 full-width brackets", "\uff1c!channel\uff1e", "&lt;!channel&gt;"),
        ("H11 small brackets", "\ufe64!channel\ufe65", "&lt;!channel&gt;"),
        ("H12 already encoded", "&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;"),
        ("H13 plain broadcast", "@channel @here @everyone", "at-channel at-here at-everyone"),
        ("H14 mention token", "<@U0ADMIN>", "&lt;@U0ADMIN&gt;"),
        ("H15 date token", "<!date^0^{date}|x>", "&lt;!date^0^{date}|x&gt;"),
        ("H15 link token", "<slack://x>", "&lt;slack://x&gt;"),
    ],
)
def test_hostile_text_is_shown_literally(case: str, written: str, shown: str) -> None:
    assert shown == escape(written), case


def test_h02_variation_selectors_hide_nothing() -> None:
    payload = "".join(chr(0xE0100 + number) for number in range(200))
    assert clean("😀" + payload) == "😀"
    assert clean("❤\ufe0f\ufe0f\ufe01") == "❤\ufe0f"


def test_h08_a_letter_bears_at_most_eight_marks() -> None:
    heavy = clean("Z" + "\u0336" * 10_000)
    assert sum(unicodedata.combining(char) > 0 for char in heavy) <= 8


def test_h11_every_character_that_normalises_to_markup_is_escaped() -> None:
    for code in range(0x80, 0x110000):
        if set(unicodedata.normalize("NFKC", chr(code))) & set("<>&@"):
            assert chr(code) not in escape(chr(code)), hex(code)


def test_peoples_words_are_kept_as_they_are() -> None:
    for words in ("½ … ﬁ ²", "ｶﾀｶﾅ　全角ＡＢＣ", "naïve café", "👩‍💻 ❤️", "שלום مرحبا"):
        assert words == clean(words)


@given(st.text())
def test_no_text_can_make_a_token(text: str) -> None:
    shown = escape(text)
    assert "<" not in shown
    assert ">" not in shown
    assert "@channel" not in shown.lower()


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_only_typed_parts_become_tokens() -> None:
    text = mrkdwn(
        "{who} in {where}: {what} {link}",
        who=Mention("U1"),
        where=Channel("C1"),
        what="<@U2>",
        link=Link("https://x.slack.com/archives/C1/p1", "D-1 | <b>"),
    )
    assert (
        text == "<@U1> in <#C1>: &lt;@U2&gt; <https://x.slack.com/archives/C1/p1|D-1 / &lt;b&gt;>"
    )


def test_a_quote_stands_on_lines_of_its_own_and_is_cut() -> None:
    assert mrkdwn("{q}", q=Quote("a\n<b")) == "> a\n> &lt;b"
    long = mrkdwn("{q}", q=Quote("word " * 100, limit=20))
    assert long.endswith("…")
    assert mrkdwn("{q}", q=Quote("  ")) == ""


def test_slacks_markup_reads_as_words() -> None:
    written = "&lt;hi&gt; <@U1> <@U2|bea> <#C1|infra> <https://x.y|label> <https://z> <!here>"
    assert plain(written, {"U1": "Ana"}) == "<hi> @Ana @bea #infra label https://z @here"
    assert plain("<@U9>") == "@someone"
    assert mentions_in(written) == ("U1", "U2")


def test_a_line_is_cut_at_a_word() -> None:
    assert shorten("one two three", 10) == "one two…"
    assert shorten("oneoneoneoneone", 10) == "oneoneone…"
    assert shorten(" one \n two ", 10) == "one two"
