"""Hostile words through everything that takes people's words, over HTTP, on a running bot."""

import re
from typing import Final

import pytest

from bot.playground.world import Json
from tests.support.hostile import CURIOUS, HUGE, TYPED, Hostile
from tests.support.lookout import Lookout
from tests.support.town import Town
from tests.support.wire import Wire

MAX_TYPED: Final = 40_000
"""What a request has room for; of more than 1 MiB nothing is read."""
SWITCHES: Final = frozenset({"/baton pause", "/baton off"})
"""After these nothing else would be shown."""
WORDS: Final = [*TYPED, *CURIOUS, *HUGE]


EVERY: Final = 10
"""One in so many of the entries takes each of the words, in turns; with `--long` all of them."""


def _row(case: Hostile) -> str:
    return case.id


@pytest.fixture
def commands(case: Hostile, reached: Town, pytestconfig: pytest.Config) -> list[str]:
    """Every command and subcommand whose turn it is."""
    bot = reached.app.bot
    typed = {f"/{name}" for name in bot.commands}
    typed |= {f"/{each.name} {each.verb}" for each in bot.subcommands.values()}
    every = 1 if pytestconfig.getoption("--long") else EVERY
    return sorted(typed - SWITCHES)[WORDS.index(case) % every :: every]


def _typed(case: Hostile) -> str:
    return case.text[:MAX_TYPED].encode("utf-8", "replace").decode()


def _slashed(case: Hostile) -> str:
    """What may come of it in a command: of people and groups Slack names only those there are."""
    named = re.compile(r"<(@U0ADMIN|!subteam\^S1)>")
    return named.sub(r"&lt;\1&gt;", _typed(case))


def _slacks(text: str) -> str:
    """What Slack makes of a text that somebody typed into a message."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.slow
@pytest.mark.parametrize("case", WORDS, ids=_row)
def test_a_command_takes_any_words(
    case: Hostile, commands: list[str], reached: Town, wire: Wire, lookout: Lookout
) -> None:
    answers: list[Json] = []
    for entry in commands:
        command, _, verb = entry.partition(" ")
        answers.append(wire.types("Tom", command, f"{verb} {_slashed(case)}".strip()))
        answers += wire.fills_in("Tom", _typed(case))
    reached.advance(minutes=2)
    assert lookout.problems(*answers) == []


@pytest.mark.slow
@pytest.mark.parametrize("case", WORDS, ids=_row)
def test_a_form_takes_any_words(
    case: Hostile, commands: list[str], reached: Town, wire: Wire, lookout: Lookout
) -> None:
    ts = wire.says("Mei", "#infra", "We take Postgres.")
    answers: list[Json] = []
    for entry in reached.app.bot.shortcuts.values():
        if entry.is_global:
            shortcut = {"type": "shortcut", "callback_id": entry.callback_id}
            answers.append(wire.interacts("Tom", shortcut))
        else:
            answers.append(wire.picks("Tom", entry.callback_id, "#infra", ts))
        answers += wire.fills_in("Tom", _typed(case))
    for command in commands:
        name, _, verb = command.partition(" ")
        answers.append(wire.types("Tom", name, verb))
        answers += wire.fills_in("Tom", _typed(case))
    reached.advance(minutes=2)
    assert lookout.problems(*answers) == []


@pytest.mark.slow
@pytest.mark.parametrize("case", WORDS, ids=_row)
def test_a_message_may_say_anything(
    case: Hostile, reached: Town, wire: Wire, lookout: Lookout
) -> None:
    answers: list[Json] = []
    for said in (_typed(case), _slacks(_typed(case))):
        root = wire.says("Mei", "#infra", f"<@U0TOM0000> could you look at {said} today?")
        wire.says("Ana", "#infra", said, root)
        reached.settle()
        for entry in reached.app.bot.shortcuts.values():
            if not entry.is_global:
                answers.append(wire.picks("Tom", entry.callback_id, "#infra", root))
                answers += wire.fills_in("Tom", "fine")
    reached.advance(minutes=2)
    assert lookout.problems(*answers) == []


@pytest.mark.slow
def test_what_was_said_is_told_harmlessly_in_the_days_after(
    reached: Town, lookout: Lookout
) -> None:
    """Reminders, digests, stand-ups, boards and reviews of everything above."""
    for _ in range(16):
        reached.advance(hours=3)
        for person in (reached.tom, reached.ana, reached.mei):
            person.opens_home()
        assert lookout.problems() == []
