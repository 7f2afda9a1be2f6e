"""What of a translation may be shown: mutations of good ones, and how many of them are noticed."""

import json
import random
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.drafting import ALIAS, DraftLine, Material, Place, Source, readable, with_people
from bot.core.verify_translation import LONGEST, verify_translation

pytestmark = pytest.mark.needs("digest")  # whose recordings these are

FOLDER = Path(__file__).parents[1] / "recordings/translations"
GOOD = ("pt", "de", "es", "fr", "ja", "english")
SEED = 7
ROUNDS = 3
DAYS = {
    "pt": ("segunda-feira", "quinta-feira", "domingo"),
    "de": ("Mittwoch", "Donnerstag", "Sonntag"),
    "es": ("miércoles", "jueves", "domingo"),
    "fr": ("mercredi", "jeudi", "dimanche"),
    "ja": ("水曜日", "木曜日", "日曜日"),
    "en": ("Wednesday", "Thursday", "Sunday"),
}
DENIALS = {"pt": "não", "de": "nicht", "es": "no", "fr": "pas", "en": "not"}


@dataclass(frozen=True)
class Recorded:
    """A recorded translation, with what it stands for."""

    language: str
    material: Material
    lines: list[DraftLine]


Mutator = Callable[[str, Recorded, random.Random], str | None]


def _material(*texts: str) -> Material:
    at = datetime(2026, 10, 7, tzinfo=UTC)
    sources = [
        Source(f"S{number}", "U1", text, Place("C1", f"{number}.0"), "", at)
        for number, text in enumerate(texts, 1)
    ]
    return Material(sources, {f"A{number}": f"U{number}" for number in range(1, 5)})


def _recorded(name: str) -> Recorded:
    case = json.loads((FOLDER / f"good_{name}.json").read_text())
    texts = json.loads((FOLDER / "lines" / f"{case['slice']}.json").read_text())
    lines = [DraftLine(row["text"], (row["id"],), "", "") for row in case["lines"]]
    return Recorded(case["language"], _material(*texts), lines)


def _appends(piece: str) -> Mutator:
    return lambda text, _base, _dice: f"{text} {piece}"


def _swap(pattern: str, new: Callable[[str, random.Random], str]) -> Mutator:
    def mutate(text: str, _base: Recorded, dice: random.Random) -> str | None:
        found = list(re.finditer(pattern, text))
        if not found:
            return None
        one = dice.choice(found)
        return text[: one.start()] + new(one[0], dice) + text[one.end() :]

    return mutate


def _another_person(text: str, base: Recorded, dice: random.Random) -> str | None:
    there = set(ALIAS.findall(text)) or set(re.findall(r"A\d", text))
    if not there:
        return None
    other = dice.choice(sorted(set(base.material.people) - there))
    return text.replace(min(there), other)


def _turned_around(text: str, _base: Recorded, _dice: random.Random) -> str | None:
    there = sorted(set(re.findall(r"A\d", text)))
    if len(there) != 2:
        return None
    turned = {there[0]: there[1], there[1]: there[0]}
    return re.sub(r"A\d", lambda found: turned[found[0]], text)


def _day_more(text: str, base: Recorded, dice: random.Random) -> str:
    return f"{text} {dice.choice(DAYS[base.language])}"


def _denied(text: str, base: Recorded, _dice: random.Random) -> str | None:
    return f"{text} {DENIALS[base.language]}" if base.language in DENIALS else None


NUMBER = r"(?<![A\d])\d[\d.,:]*"
STRICT: dict[str, Mutator] = {
    "another person": _another_person,
    "people turned around": _turned_around,
    "a person more": _appends("A9"),
    "address": _appends("https://evil.example/?q=1"),
    "bare host": _appends("evil.com"),
    "wide dot in a host": _appends("evil．com"),  # noqa: RUF001
    "markdown link": _appends("[here](evil)"),
    "script": _appends("javascript:alert"),
    "mention": _appends("<@U0ADMIN>"),
    "broadcast": _appends("<!channel>"),
    "encoded broadcast": _appends("&lt;!channel&gt;"),
    "at everyone": _appends("@everyone"),
    "bold": _appends("*now*"),
    "emoji code": _appends(":rotating_light:"),
    "hidden tags": _appends("\U000e0069\U000e0067"),
    "zero width": _appends("\u200b"),
    "direction": _appends("\u202e"),
    "line break": _appends("\nOK"),
    "far too long": _appends("e assim por diante " * 20),
    "nothing": lambda _text, _base, _dice: " ",
}
MOSTLY: dict[str, Mutator] = {
    "another number": _swap(NUMBER, lambda _found, dice: str(dice.randrange(10**5, 10**6))),
    "digits swapped": _swap(
        r"(?<![A\d])\d\d", lambda found, _: found[::-1] if found != found[::-1] else "99"
    ),
    "number gone": _swap(r"(?<![A\d])\d[\d.,:]*\d", lambda _found, _: ""),
    "unit at the number": _swap(NUMBER, lambda found, _: found.rstrip(".,:") + "k"),
    "another currency": _swap(r"\$", lambda _found, _: "€"),
    "number more": _appends("17,000"),
    "percent": _appends("5 %"),
    "day more": _day_more,
    "name": _appends("via Globex"),
    "name in capitals": _appends("via NASA"),
    "name replaced": _swap(r"Acme|Kolkata", lambda _found, _: "Globex"),
}
CAPITALISED_NOUNS = {"name", "name replaced"}
"""In German any noun has a capital letter, so that a name more is not told apart."""


def _noticed(mutate: Mutator, *, but: frozenset[str] = frozenset()) -> tuple[int, int]:
    """How often exactly the mutated line was dropped."""
    noticed = total = 0
    dice = random.Random(SEED)  # noqa: S311 - the same every time
    for base in map(_recorded, GOOD):
        for _ in range(ROUNDS if base.language not in but else 0):
            for number, line in enumerate(base.lines):
                text = mutate(line.text, base, dice)
                if text is None or text == line.text:
                    continue
                total += 1
                changed = [*base.lines]
                changed[number] = DraftLine(text, line.source_ids, "", "")
                result = verify_translation(changed, base.material, base.language)
                kept = {each.source_ids for each in result.lines}
                noticed += kept == {each.source_ids for each in base.lines} - {line.source_ids}
    return noticed, total


@pytest.mark.parametrize("name", GOOD)
def test_good_translations_hold(name: str) -> None:
    base = _recorded(name)
    result = verify_translation(base.lines, base.material, base.language)
    assert dict(result.drops) == {}
    assert [line.source_ids for line in result.lines] == [line.source_ids for line in base.lines]


@pytest.mark.slow
@pytest.mark.parametrize("name", STRICT)
def test_another_person_or_markup_is_always_noticed(name: str) -> None:
    noticed, total = _noticed(STRICT[name])
    sys.stdout.write(f"{name}: {noticed}/{total} noticed\n")
    assert noticed == total > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", MOSTLY)
def test_another_number_day_or_name_is_nearly_always_noticed(name: str) -> None:
    but = frozenset({"de"}) if name in CAPITALISED_NOUNS else frozenset[str]()
    noticed, total = _noticed(MOSTLY[name], but=but)
    sys.stdout.write(f"{name}: {noticed}/{total} noticed\n")
    assert total > 0
    assert noticed >= 0.95 * total


def test_how_often_a_turned_meaning_is_noticed_is_told() -> None:
    noticed, total = _noticed(_denied)
    sys.stdout.write(f"denied, where nothing was: {noticed}/{total} noticed\n")
    for name in GOOD:
        base = _recorded(name)
        denied = {
            line.source_ids
            for line in base.lines
            if _denied(line.text, base, random.Random(SEED)) and _drops(base, line) == "meaning"  # noqa: S311
        }
        sys.stdout.write(f"{name}: {len(denied)} of {len(base.lines)}\n")
    assert noticed >= 0.5 * total


def _drops(base: Recorded, line: DraftLine) -> str:
    changed = DraftLine(f"{line.text} {DENIALS[base.language]}", line.source_ids, "", "")
    lines = [changed if each is line else each for each in base.lines]
    drops = verify_translation(lines, base.material, base.language).drops
    return next(iter(drops), "")


EQUAL = [
    ("It costs 40,000 a year.", "Isso custa 40.000 por ano.", "pt"),
    ("It costs 40,000 a year.", "Cela coûte 40\u202f000 par an.", "fr"),
    ("It costs $40 a year.", "Isso custa US$ 40 por ano.", "pt"),
    ("We meet on the 13th of October.", "Wir treffen uns am 13. Oktober.", "de"),
    ("We meet on 13 October.", "10月13日に会います。", "ja"),
    ("We meet on 13 October.", "我们十月13日见面。", "zh-Hans"),
    ("We meet on Tuesday.", "Nos vemos na terça.", "pt"),
    ("We meet on Tue at 14:20.", "Nous nous voyons mardi à 14h20.", "fr"),
    ("A1 ruft morgen an.", "A1 liga amanhã.", "pt"),
    ("The users of Acme wait.", "Die Nutzer von Acme warten.", "de"),
    ("A1 waits.", "A1は待っています。", "ja"),
    ("It holds ٣ bar.", "It holds 3 bar.", "en"),
]
DIFFERENT = [
    ("It costs 2.4 million.", "Isso custa 24 million.", "pt", "number"),
    ("It costs $40.", "Isso custa R$40.", "pt", "number"),
    ("It costs 40.", "Isso custa 40, 40.", "pt", "number"),
    ("We meet on Tuesday.", "Nos vemos na quarta.", "pt", "date"),
    ("We meet on Tuesday.", "我们周三见面。", "zh-Hans", "date"),
    ("We meet tomorrow.", "Nos vemos hoje.", "pt", "date"),
    ("We meet in November.", "我们一月见面。", "zh-Hans", "date"),
    ("A1 helps A2.", "A2 ajuda A1.", "pt", "person"),
    ("A1 helps.", "Alguém ajuda.", "pt", "person"),
    ("It is here.", "Está aqui com Zoe.", "pt", "name"),
]


@pytest.mark.parametrize(("told", "text", "language"), EQUAL)
def test_what_is_only_written_another_way_holds(told: str, text: str, language: str) -> None:
    line = DraftLine(text, ("S1",), "", "")
    assert verify_translation([line], _material(told), language).drops == {}


@pytest.mark.parametrize(("told", "text", "language", "why"), DIFFERENT)
def test_what_says_something_else_does_not(told: str, text: str, language: str, why: str) -> None:
    line = DraftLine(text, ("S1",), "", "")
    assert verify_translation([line], _material(told), language).drops == {why: 1}


def test_people_become_people_again_in_a_script_without_blanks() -> None:
    material = _material("A1 waits for A2.")
    line = DraftLine("A1はA2を待っています。", ("S1",), "", "")
    (kept,) = verify_translation([line], material, "ja").lines
    assert with_people(kept.text, material.people) == "<@U1> は <@U2> を待っています。"


def test_more_than_two_fifths_dropped_discards_the_rest() -> None:
    base = _recorded("pt")
    assert verify_translation(base.lines[:4], base.material, "pt").is_trusted
    assert not verify_translation(base.lines[:3], base.material, "pt").is_trusted


WORDS = st.sampled_from(
    ["we", "não", "42", "A1", "A2", "evil.com", "Bob", "12:30", "sexta-feira", "10月", "*x*",
     "<!here>"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=12).map(" ".join))
LANGUAGES = st.sampled_from(["pt", "de", "en", "ja", "zh-Hans", "ru", "xx"])


@given(st.lists(TEXTS, min_size=1, max_size=4), LANGUAGES)
def test_lines_that_stay_as_they_are_hold_in_any_language(texts: list[str], language: str) -> None:
    plain = [text for each in texts if (text := readable(each, {})[:180].strip())]
    material = _material(*plain)
    lines = [DraftLine(each.text, (each.id,), "", "") for each in material.sources]
    drops = verify_translation(lines, material, language).drops
    assert set(drops) <= {"controls", "script", "link", "markup", "length"}


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4), LANGUAGES)
def test_what_holds_names_the_same_people_and_is_no_markup(
    pairs: list[tuple[str, str]], language: str
) -> None:
    material = _material(*(told for told, _ in pairs))
    lines = [DraftLine(text, (f"S{n}",), "", "") for n, (_, text) in enumerate(pairs, 1)]
    result = verify_translation(lines, material, language)
    told = {source.id: source.text for source in material.sources}
    assert len(result.lines) + sum(result.drops.values()) == result.proposed
    for line in result.lines:
        assert len(line.text) <= LONGEST
        assert not set("<>@*`") & set(line.text)
        named = set(ALIAS.findall(line.text)) & set(material.people)
        assert named == set(ALIAS.findall(told[line.source_ids[0]])) & set(material.people)
