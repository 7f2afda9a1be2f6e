"""An export: complete, in parts that are JSON each, safe to paste."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.render import escape, mrkdwn, plain
from bot.features.privacy import rules

VALUES = st.text(max_size=1_200) | st.integers() | st.booleans()
RECORDS = st.dictionaries(st.sampled_from(["text", "at", "emoji"]), VALUES, min_size=1)
DATA = st.dictionaries(st.sampled_from(["messages", "asks"]), st.lists(RECORDS, min_size=1))


def _joined(parts: list[str]) -> dict[str, list[dict[str, Any]]]:
    """What somebody has who puts the parts together again."""
    whole: dict[str, list[dict[str, Any]]] = {}
    for part in parts:
        for name, records in json.loads(part).items():
            for record in records:
                is_piece = record.pop("piece", None)
                if not is_piece:
                    whole.setdefault(name, []).append(record)
                    continue
                for key, piece in record.items():
                    last = whole[name][-1]
                    last[key] = last.get(key, "") + piece
    return whole


@pytest.mark.slow
@settings(deadline=None)
@given(DATA)
def test_the_parts_together_are_everything(data: dict[str, list[dict[str, Any]]]) -> None:
    assert _joined(rules.parts(data)) == data


@pytest.mark.slow
@settings(deadline=None)
@given(DATA)
def test_every_part_reads_the_same_in_slack(data: dict[str, list[dict[str, Any]]]) -> None:
    for part in rules.parts(data):
        shown = plain(mrkdwn("{part}", part=part))
        assert json.loads(shown) == json.loads(part)
        assert "`" not in part


@pytest.mark.slow
@settings(deadline=None)
@given(DATA)
def test_no_part_is_longer_than_a_message(data: dict[str, list[dict[str, Any]]]) -> None:
    assert all(len(escape(part)) <= 4_000 for part in rules.parts(data))


@settings(deadline=None)
@given(st.text())
def test_t28_no_line_is_a_formula(text: str) -> None:
    for part in rules.parts({"messages": [{"text": text}, {"text": f"={text}"}]}):
        assert not any(
            line.startswith(("=", "+", "-", "@", "\t", "\r")) for line in part.split("\n")
        )


def test_code_fences_and_broadcasts_of_people_do_nothing() -> None:
    (part,) = rules.parts({"messages": [{"text": "``` <!channel> @here"}]})
    assert "```" not in part
    assert "@here" not in part
    assert json.loads(part) == {"messages": [{"text": "``` <!channel> @here"}]}
