"""`baton decisions`."""

import pytest

from tests.support.shell import Shell


@pytest.mark.needs("decisions")
def test_what_stands_in_the_systems_of_record_is_asked_of_a_known_workspace(baton: Shell) -> None:
    baton("migrate")
    told = baton("decisions", "record", "--again")
    assert told.returncode == 2
    assert "There is no workspace yet" in told.stderr
