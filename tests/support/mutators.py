"""Good lines of a model, and ways to make bad ones of them that must not be shown."""

import json
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.cli.live_evaluation import material_in
from bot.core.drafting import ALIAS, DraftLine, Material

FOLDER = Path(__file__).parents[1] / "recordings/digest"
"""Recorded replies of a model; beside them the slices of talk they are about."""
BASES = ("good", "good_german", "good_japanese", "good_rtl")
SEED = 7

Mutator = Callable[[DraftLine, random.Random, Material], DraftLine | None]


def recording(name: str) -> dict[str, Any]:
    """A recorded reply: its slice, its lines or its body, and what is expected of it."""
    case: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return case


def lines_in(case: dict[str, Any]) -> list[DraftLine]:
    """The lines of a recorded reply."""
    return [
        DraftLine(row["text"], tuple(row["source_ids"]), row["quote"], row["kind"])
        for row in case["lines"]
    ]


def base(name: str) -> tuple[list[DraftLine], Material]:
    """Good lines, and what they are about."""
    case = recording(name)
    return lines_in(case), material_in(FOLDER / "slices" / f"{case['slice']}.json")


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
