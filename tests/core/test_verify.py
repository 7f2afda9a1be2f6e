"""What of a model's lines may be shown: mutations of good lines, and hostile words in messages."""

import random
import re
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.cli.live_evaluation import material_in
from bot.core.claims import normal
from bot.core.drafting import (
    DraftLine,
    DraftRequest,
    Material,
    Place,
    Said,
    material_of,
    with_people,
)
from bot.core.plain_drafter import PlainDrafter, plain_draft
from bot.core.quotations import linked
from bot.core.render import escape, mrkdwn, plain
from bot.core.verify import MAX_LINES, verify
from tests.support.mutators import BASES, FOLDER, MOSTLY, POLARITY, SEED, STRICT, Mutator, base

pytestmark = pytest.mark.needs("digest")  # whose prompt and cases these are

ROUNDS = 5


def _caught(mutate: Mutator, *, or_quoted: bool) -> tuple[int, int]:
    """How often exactly the mutated line was dropped, or replaced by the words themselves."""
    caught = total = 0
    dice = random.Random(SEED)  # noqa: S311 - the same every time
    for name in BASES:
        lines, material = base(name)
        for _ in range(ROUNDS):
            for number, line in enumerate(lines):
                changed = mutate(line, dice, material)
                if changed is None:
                    continue
                total += 1
                result = verify([*lines[:number], changed, *lines[number + 1 :]], material)
                others = [each.text for each in lines if each is not line]
                shown = [each.text for each in result.lines]
                quoted = or_quoted and changed.text not in shown and len(shown) == len(lines)
                caught += shown == others or quoted
    return caught, total


@pytest.mark.parametrize("name", BASES)
def test_good_lines_hold(name: str) -> None:
    lines, material = base(name)
    result = verify(lines, material)
    assert ([*result.lines], dict(result.drops)) == (lines, {})


def test_there_are_enough_mutators() -> None:
    assert len(STRICT) + len(MOSTLY) + len(POLARITY) >= 30


@pytest.mark.slow
@pytest.mark.parametrize("name", STRICT)
def test_a_false_id_quote_or_markup_is_always_caught(name: str) -> None:
    caught, total = _caught(STRICT[name], or_quoted=False)
    sys.stdout.write(f"{name}: {caught}/{total} caught\n")
    assert total > 0
    assert caught == total


@pytest.mark.parametrize("name", MOSTLY)
def test_a_false_number_or_name_is_nearly_always_caught(name: str) -> None:
    caught, total = _caught(MOSTLY[name], or_quoted=False)
    sys.stdout.write(f"{name}: {caught}/{total} caught\n")
    assert total > 0
    assert caught >= 0.95 * total


def test_how_often_a_turned_meaning_is_caught_is_told() -> None:
    figures = {name: _caught(mutate, or_quoted=True) for name, mutate in POLARITY.items()}
    for name, (caught, total) in figures.items():
        sys.stdout.write(f"polarity, {name}: {caught}/{total} caught or replaced by the quote\n")
    assert all(figures[name][0] == figures[name][1] for name in ("not more", "not less", "never"))


def _said(*texts: str) -> Material:
    start = datetime(2026, 10, 6, tzinfo=UTC)
    return material_of(
        Said(Place("C1", f"{n}.0"), f"U{n % 3}", text, start) for n, text in enumerate(texts)
    )


WORDS = st.sampled_from(
    ["we", "will", "not", "ship", "42", "<@U1>", "<!channel>", "A1", "evil.com", "*now*", "Bob",
     "<https://e.com|x>", "&lt;b&gt;", "\u202e", "\U000e0069", "12:30", "done.", "Why?", "don't",
     "＜!here＞", "[a](b)", "`x`", ":tada:", "@here", "10月12日に", "http", "www.x", "\n"]  # noqa: RUF001
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))


@given(st.lists(TEXTS, min_size=1, max_size=6))
@example(["A\u0370"])
def test_the_plain_drafter_passes_the_same_checks_without_a_drop(texts: list[str]) -> None:
    material = _said(*texts)
    draft = PlainDrafter().draft(DraftRequest("T1", "digest/channel", material))
    result = verify(draft.lines, material)
    assert dict(result.drops) == {}, draft.lines


@pytest.mark.parametrize(
    "path", sorted((FOLDER / "slices").glob("*.json")), ids=lambda path: path.stem
)
def test_every_plain_line_about_recorded_talk_passes_them_too(path: Path) -> None:
    material = material_in(path)
    draft = plain_draft(material, "plain")
    result = verify(draft.lines, material)
    assert dict(result.drops) == {}
    assert [line.text for line in result.lines] == [line.quote for line in draft.lines]
    assert draft.lines


@given(TEXTS)
def test_a_literal_line_shows_nothing_but_words_of_the_message(text: str) -> None:
    read = plain(text).replace("|", "/")  # which would end a link
    shown = mrkdwn("{link}", link=linked("https://tide.example/archives/C1/p1", read))
    label = re.fullmatch(r"<https://tide\.example/archives/C1/p1\|“([^<>]*)”>", shown)
    assert label is not None
    assert normal(label[1].removesuffix("…")) in normal(escape(" ".join(read.split())))


@given(TEXTS)
def test_what_a_model_reads_has_no_address_no_markup_and_nobodys_id(text: str) -> None:
    material = _said(f"{text} <@U0SECRET>")
    read = material.sources[0].text
    assert not set("<>@*`~") & set(read)
    assert "U0SECRET" not in read
    assert "evil.com" not in read


@given(st.lists(TEXTS, min_size=1, max_size=4), st.text(max_size=250), st.text(max_size=80))
def test_no_line_that_holds_can_become_markup(texts: list[str], text: str, quote: str) -> None:
    material = _said(*texts)
    proposed = [
        DraftLine(text, ("S1",), quote, "fyi"),
        DraftLine(material.sources[0].text, ("S1",), material.sources[0].text, "fyi"),
    ]
    for line in verify(proposed, material).lines:
        shown = with_people(line.text, material.people)
        assert re.sub(r"<@U\d>", "", shown).count("<") == 0
        assert len(line.text) <= 200


def test_h02_h03_what_cannot_be_seen_is_gone_before_a_model_reads_it() -> None:
    hidden = "😀" + "".join(chr(0xE0100 + n) for n in range(200)) + "\u200b\u2060\ufeff\u3164\u115f"
    assert _said(hidden + "hi \u202ethere\u2069").sources[0].text == "😀hi there"


def test_words_that_look_like_an_alias_name_nobody() -> None:
    material = _said("Use A1 paper", "A2 paper is out")
    assert not {"A1", "A2"} & set(material.people)
    line = DraftLine("A2 paper is out", ("S2",), "A2 paper is out", "fyi")
    (kept,) = verify([line], material).lines
    assert with_people(kept.text, material.people) == "A2 paper is out"


def test_aliases_become_people_again_and_nothing_else_does() -> None:
    material = _said("<@U1> and <@U2> meet", "yes")
    shown = with_people("A1 says A2 and A77 meet <@U9>", material.people)
    assert (
        shown
        == f"<@{material.people['A1']}> says <@{material.people['A2']}> and A77 meet &lt;@U9&gt;"
    )


def test_a_number_cut_in_half_is_another_number() -> None:
    material = _said("We spend 40,000 on it this year.")
    line = DraftLine("A1 says 40 is spent.", ("S1",), "We spend 40", "fyi")
    assert verify([replace(line, quote="We spend 40,000")], material).drops == {"number": 1}


def test_more_than_two_fifths_dropped_discards_the_rest() -> None:
    lines, material = base("good")
    bad = replace(lines[0], source_ids=("S99",))
    assert verify([bad, bad, *lines[:3]], material).is_trusted
    assert not verify([bad, bad, *lines[:2]], material).is_trusted


def test_no_more_than_twelve_lines_are_kept() -> None:
    texts = [f"message number {n} is here" for n in range(30)]
    material = _said(*texts)
    lines = [DraftLine(text, (f"S{n}",), text, "fyi") for n, text in enumerate(texts, 1)]
    result = verify(lines, material)
    assert (len(result.lines), result.changes) == (MAX_LINES, {"over": 18})


ADDRESSES = [
    "[doc](https://evil.example/?q=SECRET)",
    "![x](https://evil.example/?d=1)",
    "https://evil.example",
    "<https://evil.example|click>",
    "evil.com",
    "Evil.COM/path?q=1",
    "evil\uff0ecom",
    "evil[.]com",
    "xn--80ak6aa92e.com",
    "hxxps://evil.example",
    "192.168.0.1/x",
    "[::1]:8080/x",
    "http://2130706433/",
    "data:text/html;base64,AAAA",
    "javascript:alert(1)",
    "mailto:a@evil.com",
    "//evil.com/x",
    "\\\\evil\\share",
]


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: f"H17-{address}")
def test_a_line_with_an_address_is_dropped(address: str) -> None:
    material = _said("The new page is ready for everybody.")
    for text in (f"See {address} for more", address, f"({address})", f"x {address}"):
        line = DraftLine(text, ("S1",), "The new page is ready", "fyi")
        assert list(verify([line], material).lines) == []
