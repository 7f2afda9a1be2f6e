"""F44: whichever call of the database or of Slack fails, each story comes to its end, once."""

from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest

from bot.core.queue import State
from tests.faults.nth import Answers, shaky
from tests.faults.stories import STORIES, Said, said
from tests.support.databases import Rows, empty, fill, opened, renew

PARTS: Final = 8
"""In so many parts does the long form take every n; each goes on until a story went undisturbed."""
CALLS: Final = 2
"""The quick form fails so many calls of the database, one after the other."""
WAYS: Final[dict[str, dict[str, Any]]] = {
    "answer lost": {"lose_answer": True},
    "refused with 500": {"status": 500},
}

pytestmark = pytest.mark.needs("asks", "decisions", "digest", "redphone", "handoffs")
in_parts = pytest.mark.parametrize(
    "part", [0, *(pytest.param(number, marks=pytest.mark.long) for number in range(1, PARTS))]
)


class Stage:
    """Plays a story again and again, each time in a town that the bot just came to know."""

    def __init__(self, story: str, database_url: str, known: Rows, template: Path) -> None:
        self._story, self._url, self._known = STORIES[story], database_url, known
        self._database, self._template = opened(database_url), template
        self.calls = 0
        self.usual = self.plays(database_call=0)[0]

    def plays(self, *, database_call: int) -> tuple[Said, bool]:
        """What was said, and whether there was such a call."""
        self._begin()
        with shaky(self._url, self._database) as (living, calls):
            calls.arm(database_call)
            self._story(living)
            happened = calls.count >= database_call
            self.calls = self.calls or calls.count
            calls.arm(0)
            return self._outcome(living), happened

    def plays_on(self, answer: int, **how: Any) -> tuple[Said, bool]:
        """The same, with an answer of Slack's that fails."""
        self._begin()
        with shaky(self._url, self._database) as (living, _):
            answers = Answers(living, answer, **how)
            self._story(living)
            answers.stop()
            return self._outcome(living), answers.has_failed

    def _begin(self) -> None:
        if self._database.dialect == "sqlite":
            renew(self._url, self._template)
        else:
            empty(self._database)
        fill(self._url, self._known)

    def _outcome(self, living: Any) -> Said:
        living.settle()
        dead = living.row_counts(State.DEAD)
        assert not any(dead.values()), dead
        return said(living)


@pytest.fixture(params=sorted(STORIES))
def stage(
    request: pytest.FixtureRequest, database_url: str, acquaintance: Rows, _sqlite_template: Path
) -> Stage:
    return Stage(request.param, database_url, acquaintance, _sqlite_template)


@pytest.mark.slow
@in_parts
def test_f44_whichever_database_call_fails_the_story_comes_to_its_end(
    stage: Stage, part: int, request: pytest.FixtureRequest, record_property: Any
) -> None:
    is_long = request.config.getoption("--long")
    numbers = count(part + 1, PARTS) if is_long else _spread(stage.calls, CALLS)
    passes = 0
    for nth in numbers:
        found, happened = stage.plays(database_call=nth)
        assert found == stage.usual, f"call {nth}"
        passes += happened
        if is_long and not happened:
            break
    assert passes > 0
    record_property("database calls that failed", passes)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_f44_whichever_answer_of_slacks_is_lost_the_story_comes_to_its_end(
    stage: Stage, way: str, request: pytest.FixtureRequest, record_property: Any
) -> None:
    is_long = request.config.getoption("--long")
    passes = 0
    for nth in count(1) if is_long else (2,):
        found, happened = stage.plays_on(nth, **WAYS[way])
        assert found == stage.usual, f"answer {nth}"
        passes += happened
        if is_long and not happened:
            break
    assert passes > 0
    record_property("answers of Slack that failed", passes)


def _spread(among: int, how_many: int) -> list[int]:
    """So many numbers, from everywhere among the others."""
    return [1 + among * (2 * number + 1) // (2 * how_many) for number in range(how_many)]
