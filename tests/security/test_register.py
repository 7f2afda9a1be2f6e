"""Every row of the tables of threats, hostile inputs and faults is shown by a test that exists."""

import pytest

from tests.security.register import EXPECTED, ROWS
from tests.support.rows import missing


@pytest.mark.parametrize("row", EXPECTED)
def test_a_row_is_shown_by_tests_or_a_sentence_says_why_not(row: str) -> None:
    assert missing(ROWS[row]) == []


def test_no_row_is_registered_that_no_table_has() -> None:
    assert set(EXPECTED) == set(ROWS)
