"""Rendering: whatever people write stays text."""

import json
import re
import time
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import MessagePosted
from bot.core.prose import prose
from bot.core.render import (
    Addressed,
    Channel,
    Group,
    Instant,
    Link,
    Mention,
    Quote,
    clean,
    escape,
    groups_in,
    join,
    links_in,
    mentions_in,
    mrkdwn,
    person_name,
    plain,
    shorten,
)
from bot.slack.inbound import parse_event
from tests.support.hostile import HUGE, TYPED, Hostile


def _row(case: object) -> str | None:
    if isinstance(case, Hostile):
        return case.id
    return case.replace(" ", "-") if isinstance(case, str) and case[:1] == "H" else ""


@pytest.mark.parametrize("case", TYPED, ids=_row)
def test_hostile_text_is_shown_literally(case: Hostile) -> None:
    assert case.shown == escape(case.text)


def test_h07_what_json_allows_and_nobody_can_store_is_projected_as_absent() -> None:
    body = (
        '{"team_id": "T1", "event_id": "Ev1", "event": {"type": "message", "channel": "C1", '
        '"channel_type": "channel", "user": "U1", "ts": "1791273600.000100", "text": "old", '
        '"text": "hi", "thread_ts": NaN, "edited": 1e400, "n": ' + "9" * 4_000 + "}}"
    )
    event = parse_event(json.loads(body))
    assert isinstance(event, MessagePosted)
    assert (event.text, event.thread_ts) == ("hi", None)
    assert parse_event(json.loads(body.replace('"hi"', "NaN"))) in {None, replace(event, text="")}


def test_h08_a_letter_bears_at_most_eight_marks() -> None:
    heavy = clean("Z" + "\u0336" * 10_000)
    assert sum(unicodedata.combining(char) > 0 for char in heavy) <= 8


@pytest.mark.parametrize("case", HUGE, ids=_row)
def test_huge_text_is_cut_with_a_count_and_quickly(case: Hostile) -> None:
    started = time.process_time()
    shown = mrkdwn("{quote}", quote=Quote(case.text))
    spent = time.process_time() - started
    assert len(shown) < 300 * 6
    assert re.search(r"…\[\d+ more\]$", shown)
    assert spent < 0.05


@pytest.mark.parametrize("case", HUGE, ids=_row)
@pytest.mark.parametrize("work", [clean, escape, plain, mentions_in, groups_in, prose])
def test_h09_no_pattern_takes_more_than_linear_time(
    work: Callable[[str], object], case: Hostile
) -> None:
    def seconds(length: int) -> float:
        started = time.process_time()
        work(case.text[:length])
        return time.process_time() - started

    short = min(seconds(10_000) for _ in range(3))
    assert min(seconds(80_000) for _ in range(2)) < 30 * short + 0.02  # 64 if quadratic


@pytest.mark.parametrize(
    ("case", "name", "shown"),
    [
        ("H16 broadcast", "<!channel>", "&lt;!channel&gt;"),
        ("H16 bold", "*bold*", "bold"),
        ("H16 80 emojis", "😀" * 80, "😀" * 39 + "…"),
        ("H16 right to left", "\u202eana\u202c", "ana"),
        ("H16 several lines", "a\n\nb", "a b"),
        ("H16 nothing to see", "\u200b", "somebody"),
    ],
    ids=_row,
)
def test_names_are_plain_short_and_on_one_line(case: str, name: str, shown: str) -> None:
    assert shown == mrkdwn("{name}", name=person_name(name)), case
    assert len(person_name(name)) <= 40


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


def test_what_is_safe_already_stays_as_it_is_inside_of_another_text() -> None:
    inner = mrkdwn("*{name}*: {who} & {what}", name="<b>", who=Mention("U1"), what="<@U2>")
    outer = mrkdwn("{inner} until {at}.", inner=inner, at="<noon>")
    assert outer == "*&lt;b&gt;*: <@U1> & &lt;@U2&gt; until &lt;noon&gt;."
    assert mrkdwn("{both}", both=join(", ", [inner, inner])) == f"{inner}, {inner}"


def test_a_quote_stands_on_lines_of_its_own_and_is_cut() -> None:
    assert mrkdwn("{q}", q=Quote("a\n<b")) == "> a\n> &lt;b"
    long = mrkdwn("{q}", q=Quote("word " * 100, limit=20))
    assert long.endswith("…[481 more]")
    assert mrkdwn("{q}", q=Quote("  ")) == ""


def test_slacks_markup_reads_as_words() -> None:
    written = "&lt;hi&gt; <@U1> <@U2|bea> <#C1|infra> <https://x.y|label> <https://z> <!here>"
    assert plain(written, {"U1": "Ana"}) == "<hi> @Ana @bea #infra label https://z @here"
    assert plain("<@U9>") == "@someone"
    assert mentions_in(written) == ("U1", "U2")


def test_an_instant_is_shown_in_each_readers_time_and_read_in_utc() -> None:
    shown = mrkdwn("by {at}", at=Instant(datetime(2026, 10, 9, 13, 40, tzinfo=UTC)))
    token = "<!date^1791553200^{date_short_pretty}, {time}|Fri 9 Oct, 13:40 UTC>"
    assert shown == f"by {token}"
    assert plain(shown) == "by Fri 9 Oct, 13:40 UTC"


def test_a_user_group_reads_as_its_handle_and_is_named_in_order() -> None:
    written = "<!subteam^S2|@backend> and <!subteam^S1>, `<!subteam^S1|@old>` <!here>"
    assert plain(written, {"S1": "design"}) == "@backend and @design, `@design` @here"
    assert plain("<!subteam^S9>") == "@a group"
    assert groups_in(written) == ("S2", "S1")
    assert groups_in("<!subteam^U1> <!subteam^> <@S1>") == ()
    assert groups_in(f"<!subteam^S{'1' * 100}>") == (), "no id of Slack's, and none to be stored"


def test_only_code_can_mention_a_user_group() -> None:
    text = mrkdwn("{who}: {what}", who=Group("S1"), what="<!subteam^S2|@backend>")
    assert text == "<!subteam^S1>: &lt;!subteam^S2|@backend&gt;"


def test_a_line_is_cut_at_a_word() -> None:
    assert shorten("one two three", 10) == "one two…"
    assert shorten("oneoneoneoneone", 10) == "oneoneone…"
    assert shorten(" one \n two ", 10) == "one two"


def test_names_in_somebodys_words_become_mentions_and_everything_else_stays_text() -> None:
    people = {"U1": "Ana", "U2": "Ana Maria", "U3": "Jo", "U4": "Jo"}
    said = "@Ana Maria, @Ana's and x@Ana.io, @Anabel, @Jo, @here <@U9>"
    words = mrkdwn("{words}", words=Addressed(said, people))
    assert words == "<@U2>, <@U1>'s and x@Ana.io, @Anabel, @Jo, at-here &lt;@U9&gt;"
    assert mrkdwn("{q}", q=Quote("@Ana\n@Bo", 300, people)) == "> <@U1>\n> @Bo"


def test_links_with_a_label_are_found_with_their_address() -> None:
    text = "<https://a.io/?b=1&amp;c=2|the doc> <https://a.io> <@U1|Ana> <mailto:a@b.io|mail>"
    assert links_in(text) == (Link("https://a.io/?b=1&c=2", "the doc"),)
