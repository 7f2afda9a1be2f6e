"""Replies of a model through the whole path: the call, the slice, and what a reader is sent."""

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, TypeAlias

import pytest
from sqlalchemy import select

from bot.core.bot import Bot
from bot.core.clock import StoppedClock
from bot.core.drafting import ALIAS, DraftLine, Material, Place, Said, material_of
from bot.core.verify import MAX_DROPPED, MAX_LINES
from bot.features.digest import jobs
from bot.features.digest.models import DigestSliceRow
from bot.features.digest.rules.slices import SliceState
from tests.support.messages_api import Action, MessagesApi, lines, recorded, sent_in
from tests.support.mutators import BASES, FOLDER, MOSTLY, POLARITY, SEED, STRICT, base, recording
from tests.support.small_teams import AHEAD, EVENING, GIVEN_UP, NINE, house, open_team, send_all

pytestmark = pytest.mark.needs("digest")

KINDS: Final = STRICT | MOSTLY | POLARITY
LINES_EACH: Final = 3
"""How many bad lines each mutator makes."""
MARK: Final = "That was all of case {number} then."
Row: TypeAlias = dict[str, Any]
Slices: TypeAlias = dict[str, DigestSliceRow]


@dataclass(frozen=True)
class Mutant:
    """A bad line that a mutator made of the good line with this number."""

    kind: str
    number: int
    line: DraftLine


@dataclass(frozen=True)
class Case:
    """What was said in a channel, and what the model replies."""

    said: Sequence[tuple[str, str]]
    reply: Action
    mutants: Sequence[Mutant] = ()


@pytest.fixture
def api() -> Iterator[MessagesApi]:
    with MessagesApi() as running:
        yield running


def _through(url: str, api: MessagesApi, cases: Sequence[Case]) -> tuple[Slices, dict[str, str]]:
    """What becomes of each case, by its workspace: the slice, and what the reader is sent."""
    clock = StoppedClock(AHEAD)
    bot = house(url, api, clock)
    with bot.database.transaction() as session:
        for number, case in enumerate(cases):
            mark = (case.said[-1][0], MARK.format(number=number))
            open_team(session, f"T{number}", [*case.said, mark])
    api.default = lambda asked: cases[_number(asked)].reply
    while _asks_once_more(bot, api):
        pass
    clock.set(GIVEN_UP)
    jobs.give_up_drafts(bot)
    clock.set(NINE)
    digests = send_all(bot)
    with bot.reading() as (session, _):
        slices = {row.team_id: row for row in session.scalars(select(DigestSliceRow))}
    bot.database.close()
    return slices, digests


def _asks_once_more(bot: Bot, api: MessagesApi) -> bool:
    before = len(api.journal)
    jobs.draft_ahead(bot)
    return len(api.journal) > before


def _number(asked: dict[str, Any]) -> int:
    found = re.search(r"case (\d+) then", sent_in(asked)[-1]["text"])
    assert found is not None
    return int(found[1])


def _shows(line: DraftLine, digest: str) -> bool:
    """Whether a digest has a line in these words, whoever the people in it are."""
    pieces = [re.escape(piece) for piece in ALIAS.split(line.text)]
    return re.search(r".{1,60}?".join(pieces), digest) is not None


def _said_in(slice_name: str) -> list[tuple[str, str]]:
    rows = json.loads((FOLDER / "slices" / f"{slice_name}.json").read_text())
    return [(row["author"], row["text"]) for row in rows]


def _all_that_is_good() -> tuple[list[tuple[str, str]], list[DraftLine], Material]:
    """The recorded talks as if they were one, and the good lines about them."""
    told = [(*base(name), _said_in(recording(name)["slice"])) for name in BASES]
    said = [each for _, _, said in told for each in said]
    whole = material_of(
        Said(Place("C1", f"{number}.0"), author, text, EVENING)
        for number, (author, text) in enumerate(said)
    )
    lines: list[DraftLine] = []
    before = 0
    for good, material, talk in told:
        renamed = {alias: whole.alias_of(user_id) for alias, user_id in material.people.items()}
        lines += [_moved(line, renamed, before) for line in good]
        before += len(talk)
    return said, lines[-MAX_LINES:], whole


def _moved(line: DraftLine, renamed: Mapping[str, str], before: int) -> DraftLine:
    ids = tuple(f"S{int(each[1:]) + before}" for each in line.source_ids)
    text, quote = (
        ALIAS.sub(lambda found: renamed.get(found[0], found[0]), words)
        for words in (line.text, line.quote)
    )
    return replace(line, text=text, source_ids=ids, quote=quote)


def _mutants(good: Sequence[DraftLine], material: Material) -> list[list[Mutant]]:
    """As many bad lines in each reply as leave it trusted, none of them of the same good one."""
    dice = random.Random(SEED)  # noqa: S311 - the same every time
    packed: list[list[Mutant]] = []
    for kind, mutate in KINDS.items():
        changed = [(number, mutate(line, dice, material)) for number, line in enumerate(good)]
        able = [Mutant(kind, number, bad) for number, bad in changed if bad is not None]
        for mutant in dice.sample(able, min(LINES_EACH, len(able))):
            numbers = [{each.number for each in some} for some in packed]
            fits = (
                some
                for some, taken in zip(packed, numbers, strict=True)
                if mutant.number not in taken and len(some) < MAX_DROPPED * len(good) - 1
            )
            room = next(fits, None)
            if room is None:
                packed.append([mutant])
            else:
                room.append(mutant)
    return packed


def _row(line: DraftLine) -> Row:
    return asdict(line) | {"source_ids": list(line.source_ids)}


@pytest.mark.slow
def test_no_bad_line_of_a_models_reaches_a_reader(database_url: str, api: MessagesApi) -> None:
    said, good, material = _all_that_is_good()
    cases = []
    for mutants in _mutants(good, material):
        bad = {each.number: each.line for each in mutants}
        rows = [_row(bad.get(number, line)) for number, line in enumerate(good)]
        cases.append(Case(said, lines(*rows), mutants))
    slices, digests = _through(database_url, api, cases)
    caught: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for number, case in enumerate(cases):
        kept, digest = slices[f"T{number}"].lines, digests[f"T{number}"]
        texts = {line["text"] for line in kept}
        mutated = {each.number for each in case.mutants}
        whole = [line for place, line in enumerate(good) if place not in mutated]
        assert texts >= {line.text for line in whole}
        assert any(_shows(line, digest) for line in whole)
        for each in case.mutants:
            total[each.kind] += 1
            caught[each.kind] += each.line.text not in texts and not _shows(each.line, digest)
    for kind in KINDS:
        sys.stdout.write(f"{kind}: {caught[kind]}/{total[kind]} caught before a reader\n")
    assert [kind for kind in STRICT if caught[kind] < total[kind]] == []
    assert min(total.values()) > 0
    assert sum(caught[kind] for kind in MOSTLY) >= 0.95 * sum(total[kind] for kind in MOSTLY)
    surely = ("not more", "not less", "never")
    assert [kind for kind in surely if caught[kind] < total[kind]] == []
    assert api.rejected == []


@pytest.mark.slow
def test_of_every_recorded_reply_a_reader_is_shown_what_may_be(
    sqlite_url: str, api: MessagesApi
) -> None:
    names = sorted(path.stem for path in FOLDER.glob("*.json"))
    recordings = [recording(name) for name in names]
    cases = [Case(_said_in(each["slice"]), recorded(each)) for each in recordings]
    slices, digests = _through(sqlite_url, api, cases)
    assert len(names) >= 60
    for number, (name, case) in enumerate(zip(names, recordings, strict=True)):
        row, digest = slices[f"T{number}"], digests.get(f"T{number}", "")
        is_drafted = case["expect"]["outcome"] == "drafted"
        assert row.state == (SliceState.DRAFTED if is_drafted else SliceState.PLAIN), name
        assert len(row.lines) == (case["expect"]["kept"] if is_drafted else 0), name
        assert "evil" not in digest or "evil" in str(cases[number].said), name
        assert re.search(r"<!|<https?://(?!tide\.example/)", digest) is None, name
        kept = [DraftLine(each["text"], (), "", "") for each in row.lines]
        assert not kept or any(_shows(line, digest) for line in kept), name
