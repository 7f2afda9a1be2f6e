"""An object is read in one way, whether one of its fields is wanted as it came or not."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.slack.payloads import MAX_DEPTH, read_object, read_with_source
from tests.support.hostile_bodies import REAL

NAMES = st.sampled_from(["payload", "type", "a\\u0062", 'say "hi"', ""])
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
SPACE = st.text(" \t\n\r", max_size=2)


@st.composite
def objects(draw: st.DrawFn) -> str:
    """The text of an object: oddly spaced, with names that may stand there twice."""
    fields = draw(st.lists(st.tuples(NAMES, VALUES), max_size=4))
    written = ",".join(
        f"{draw(SPACE)}{json.dumps(name)}{draw(SPACE)}:{draw(SPACE)}{json.dumps(value)}{draw(SPACE)}"
        for name, value in fields
    )
    return f"{draw(SPACE)}{{{written}{draw(SPACE)}}}{draw(SPACE)}"


@st.composite
def nearly_objects(draw: st.DrawFn) -> str:
    """One in whose text something is missing, or stands too much."""
    text = draw(objects())
    at = draw(st.integers(0, len(text)))
    return (
        text[:at]
        + draw(st.sampled_from(["", "{", "}", ",", ":", '"', " ", "x", "\\"]))
        + (text[at + draw(st.integers(0, 2)) :])
    )


@given(objects() | nearly_objects() | st.text(max_size=20))
@example("")
@example("[]")
@example("{}x")
@example('{"payload": 1,}')
@example('{"payload" 1}')
@example("{payload: {}}")
@example('{"payload": 1, "payload": 2}')
@example('{"payload": 1e400}')
@example('{"payload": ' + "[" * MAX_DEPTH + "]" * MAX_DEPTH + "}")
@example('{"payload": ' + "[" * 100_000)
def test_an_object_is_the_same_with_one_of_its_fields_as_it_came(text: str) -> None:
    found, source = read_with_source(text, "payload")
    assert str(found) == str(read_object(text)), "NaN is not equal to itself, its text is"
    assert bool(source) == ("payload" in found)
    if source:
        alone = read_object(b'{"payload":' + source + b"}")
        assert str(alone) == str({"payload": found["payload"]})


@pytest.mark.parametrize("payload", REAL)
def test_a_field_is_given_byte_by_byte_as_it_came(payload: dict[str, Any]) -> None:
    written = json.dumps(payload, indent=1, ensure_ascii=False)
    frame = f'{{"type": "events_api", "payload": {written}, "retry_attempt": 0}}'
    found, source = read_with_source(frame.encode(), "payload")
    assert source == written.encode()
    assert found == json.loads(frame)
