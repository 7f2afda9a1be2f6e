"""P1 and P2: nothing that was acknowledged is lost, and nothing is posted twice, in a storm."""

from pathlib import Path
from typing import Any, Final

import pytest

from tests.faults import storm

STRIKES: Final = 25
FEW: Final = 2
SEED: Final = 20261123


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_p1_p2_a_storm_loses_nothing_acknowledged_and_posts_nothing_twice(
    dialect: str,
    block: int,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    record_property: Any,
) -> None:
    strikes = STRIKES if request.config.getoption("--long") else FEW
    toll = storm.rage(tmp_path, SEED + block, strikes, dialect=dialect)
    for what, number in toll.counted.items():
        record_property(what, number)
    log = (tmp_path / "bot.log").read_text()[-3_000:]
    assert (toll.lost, toll.doubled, toll.parked) == ((), (), ()), log
    assert toll.bot_kills + toll.postgres_kills == strikes
    assert toll.asked > 0
