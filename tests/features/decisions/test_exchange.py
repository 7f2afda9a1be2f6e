"""What is exported makes the same registry again in an empty database."""

from typing import Any

import pytest

from bot.app import metadata
from bot.core import workspaces
from bot.core.bot import Bot
from bot.core.exchanges import File, Taken
from bot.core.unit_of_work import UnitOfWork
from bot.core.workspaces import Workspace
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules.registry import Change, Fields, Place, Status
from bot.features.decisions.service import recording
from bot.features.decisions.service.exchange import Exchange

KEPT = ("decisions", "decision_versions", "decision_tags")
HOSTILE = "=HYPERLINK(1)\n---\n# no\n<script>"


def _decide(uow: UnitOfWork) -> None:
    tideline = Workspace("T1", "Tideline", "https://t/", "B1", "U0", frozenset())
    workspaces.save(uow.session, tideline, now=uow.now)
    places = [Place("C1", "1.1", "1.1"), Place("C2", "2.1", "2.1"), Place("C1")]
    fields = [
        Fields("Postgres", HOSTILE, "Why\n\nnot", "Redis\nKafka", owner_id="U1"),
        Fields("=A1", tags=("hiring", "no"), is_reversible=False),
        Fields("Postgres 17", context="Newer"),
    ]
    for one, place in zip(fields, places, strict=True):
        assert recording.add(uow, one, place, by="U2", author_id="U3")
    amended = Fields("Postgres, again", HOSTILE, owner_id="U4")
    recording.change(uow, _row(uow, 1), Change.AMENDED, by="U4", note="+1", fields=amended)
    status = Status.SUPERSEDED
    recording.change(uow, _row(uow, 1), Change.SUPERSEDED, by="U1", status=status, superseded_by=3)


def _row(uow: UnitOfWork, number: int) -> Any:
    row = queries.get(uow, number, lock=True)
    assert row
    return row


def _rows(uow: UnitOfWork) -> dict[str, list[dict[str, Any]]]:
    uow.session.flush()
    return {
        name: [
            dict(row)
            for row in uow.session.execute(
                metadata().tables[name].select().order_by(*metadata().tables[name].primary_key)
            ).mappings()
        ]
        for name in KEPT
    }


def _exported(uow: UnitOfWork, form: str) -> list[File]:
    return list(Exchange().take_out(uow, form, public_only=False))


@pytest.mark.parametrize("form", ["json", "madr", "csv"])
def test_what_is_exported_makes_the_same_registry_again(form: str, bot: Bot) -> None:
    with bot.begin("T1", during="job") as uow:
        _decide(uow)
        before, files = _rows(uow), _exported(uow, form)
        assert Exchange().take_in(uow, form, files).same == 3
    with bot.begin("T1", during="job") as uow:
        for name in (*KEPT, "decision_counts"):
            uow.session.execute(metadata().tables[name].delete())
    with bot.begin("T1", during="job") as uow:
        taken = Exchange().take_in(uow, form, files)
        assert (taken.new, taken.same, taken.problems) == (3, 0, ())
        assert "2 channels that I do not know" in taken.notes[0]
        after = _rows(uow)
        if form == "csv":  # a table tells of the newest version only
            assert [row["change"] for row in after["decision_versions"]] == ["imported"] * 3
            del before["decision_versions"], after["decision_versions"]
        assert after == before
        added = recording.add(uow, Fields("Next"), Place("C1"), by="U1")
        assert added
        assert added.number == 4


def test_a_file_that_does_not_fit_is_refused_as_a_whole(bot: Bot) -> None:
    with bot.begin("T1", during="job") as uow:
        _decide(uow)
        (file,) = _exported(uow, "csv")
        before = _rows(uow)
        lines = file.text.replace("Postgres 17", "MySQL").splitlines()
        moved = [line.replace("2,accepted,", "9,accepted,") for line in lines]
        assert _taken(uow, moved).problems == [
            "D-3 is another decision here, or another version of it: Postgres 17",
            "D-9 was made in a thread that is logged here as D-2.",
        ]
        lost = [line.replace(",3,3,", ",7,3,") for line in file.text.splitlines()]
        assert "D-1 was superseded by D-7, which is in no file and not here." in (
            _taken(uow, lost).problems
        )
        assert _rows(uow) == before


def _taken(uow: UnitOfWork, lines: list[str]) -> Taken:
    return Exchange().take_in(uow, "csv", [File("decisions.csv", "\n".join(lines))])
