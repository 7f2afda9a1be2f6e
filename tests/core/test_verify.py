"""What of a model's lines may be shown: mutations of good lines, and hostile words in messages."""

import json
import random
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.live_evaluation import material_in
from bot.core.drafting import (
    ALIAS,
    DraftLine,
    DraftRequest,
    Material,
    Place,
    Said,
    material_of,
    with_people,
)
from bot.core.plain_drafter import PlainDrafter
from bot.core.verify import MAX_LINES, verify

pytestmark = pytest.mark.needs("digest")  # whose prompt and cases these are

FOLDER = Path(__file__).parents[1] / "recordings/digest"
BASES = ("good", "good_german", "good_japanese", "good_rtl")
SEED = 7
ROUNDS = 5

Mutator = Callable[[DraftLine, random.Random, Material], DraftLine | None]


def _base(name: str) -> tuple[list[DraftLine], Material]:
    case = json.loads((FOLDER / f"{name}.json").read_text())
    rows = case["lines"]
    lines = [
        DraftLine(row["text"], tuple(row["source_ids"]), row["quote"], row["kind"]) for row in rows
    ]
    return lines, material_in(FOLDER / "slices" / f"{case['slice']}.json")


def _ids(change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Mutator:
    return lambda line, _dice, _material: replace(line, source_ids=change(line.source_ids))


def _quote(change: Callable[[str, random.Random], str]) -> Mutator:
    return lambda line, dice, _material: replace(line, quote=change(line.quote, dice))


def _appends(piece: str) -> Mutator:
    return lambda line, _dice, _material: replace(line, text=f"{line.text} {piece}")


def _swap(pattern: str, new: Callable[[re.Match[str], random.Random], str]) -> Mutator:
    def mutate(line: DraftLine, dice: random.Random, _material: Material) -> DraftLine | None:
        found = list(re.finditer(pattern, line.text))
        if not found:
            return None
        one = dice.choice(found)
        text = line.text[: one.start()] + new(one, dice) + line.text[one.end() :]
        return replace(line, text=text) if text != line.text else None

    return mutate


def _without_a_word(quote: str, dice: random.Random) -> str:
    words = quote.split()
    if len(words) < 3:
        return quote[: len(quote) // 2] + quote[len(quote) // 2 + 1 :]
    del words[dice.randrange(1, len(words) - 1)]
    return " ".join(words)


def _to_another_message(
    line: DraftLine, dice: random.Random, material: Material
) -> DraftLine | None:
    others = [each.id for each in material.sources if each.id not in line.source_ids]
    return replace(line, source_ids=(dice.choice(others),)) if others else None


def _another_person(line: DraftLine, dice: random.Random, material: Material) -> DraftLine | None:
    source = next(each for each in material.sources if each.id == line.source_ids[0])
    fine = {material.alias_of(source.author_id), *ALIAS.findall(source.text)}
    others = sorted(set(material.people) - fine)
    found = ALIAS.search(line.text)
    if found is None or not others:
        return None
    return replace(line, text=line.text.replace(found[0], dice.choice(others), 1))


NUMBER = r"(?<![A\w])\d[\d.,:]*"
STRICT: dict[str, Mutator] = {
    "id of another message": _to_another_message,
    "id that is not there": _ids(lambda _: ("S99",)),
    "id in lower case": _ids(lambda ids: tuple(each.lower() for each in ids)),
    "id with a blank": _ids(lambda ids: tuple(f"{each} " for each in ids)),
    "no id": _ids(lambda _: ()),
    "one false id more": _ids(lambda ids: (*ids, "S0")),
    "five hundred ids": _ids(lambda ids: ids * 500),
    "quote without a word": _quote(_without_a_word),
    "quote with a word more": _quote(lambda quote, _: f"{quote} indeed"),
    "quote in another order": _quote(lambda quote, _: quote[::-1]),
    "quote of two letters": _quote(lambda quote, _: quote[:2]),
    "quote of nothing": _quote(lambda _quote, _: ""),
    "quote with an ellipsis": _quote(lambda quote, _: f"{quote[:8]}…{quote[-8:]}"),
    "address": _appends("https://evil.example/?q=1"),
    "bare host": _appends("evil.com"),
    "host in capitals": _appends("EVIL.COM"),
    "wide dot in a host": _appends("evil．com"),  # noqa: RUF001
    "disarmed host": _appends("evil[.]com"),
    "address of a machine": _appends("10.0.0.1"),
    "punycode": _appends("xn--80ak6aa92e"),
    "markdown link": _appends("[here](evil)"),
    "script": _appends("javascript:alert"),
    "mention": _appends("<@U0ADMIN>"),
    "broadcast": _appends("<!channel>"),
    "wide broadcast": _appends("＜!here＞"),  # noqa: RUF001
    "encoded broadcast": _appends("&lt;!channel&gt;"),
    "at everyone": _appends("@everyone"),
    "bold": _appends("*now*"),
    "code": _appends("`now`"),
    "emoji code": _appends(":rotating_light:"),
    "hidden tags": _appends("\U000e0069\U000e0067"),
    "zero width": _appends("\u200b"),
    "direction": _appends("\u202e"),
    "control": _appends("\x07"),
    "line break": _appends("\nApproved"),
    "far too long": _appends("and so on" * 30),
    "unknown kind": lambda line, _dice, _material: replace(line, kind="order"),
}
MOSTLY: dict[str, Mutator] = {
    "another number": _swap(
        NUMBER, lambda found, dice: f"{dice.randrange(10**5, 10**6)}{found[0]}"
    ),
    "digits swapped": _swap(
        r"\d\d", lambda found, _: found[0][::-1] if found[0] != found[0][::-1] else "99"
    ),
    "digits of another script": _swap(r"(?<!A)\d", lambda found, _: chr(0x666 + int(found[0]) % 3)),
    "unit at the number": _swap(NUMBER, lambda found, _: found[0].rstrip(".,:") + "k"),
    "number more": _appends("17,000"),
    "spelled number": _appends("in three weeks"),
    "day": _appends("on Sunday"),
    "month": _appends("in February"),
    "name": _appends("with Zoe"),
    "firm": _appends("for Globex"),
    "name in capitals": _appends("of NASA"),
    "another person": _another_person,
}
POLARITY: dict[str, Mutator] = {
    "not more": _swap(r" (?:is|has|goes|will|says|beginnt|ruft)\b", lambda f, _: f"{f[0]} not"),
    "not less": _swap(r"\b(?:not|cannot|noch keinen) ", lambda _found, _: ""),
    "never": _appends("never"),
    "opposite": _swap(r"\b(?:back|failed|blocked)\b", lambda _found, _: "gone"),
}


def _caught(mutate: Mutator, *, or_quoted: bool) -> tuple[int, int]:
    """How often exactly the mutated line was dropped, or replaced by the words themselves."""
    caught = total = 0
    dice = random.Random(SEED)  # noqa: S311 - the same every time
    for name in BASES:
        lines, material = _base(name)
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
    lines, material = _base(name)
    result = verify(lines, material)
    assert ([*result.lines], dict(result.drops)) == (lines, {})


def test_there_are_enough_mutators() -> None:
    assert len(STRICT) + len(MOSTLY) + len(POLARITY) >= 30


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
def test_the_plain_drafter_passes_the_same_checks_without_a_drop(texts: list[str]) -> None:
    material = _said(*texts)
    draft = PlainDrafter().draft(DraftRequest("T1", "digest/channel", material))
    result = verify(draft.lines, material)
    assert dict(result.drops) == {}, draft.lines


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
    lines, material = _base("good")
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
