"""The addresses behind the words of links."""

import pytest

from bot.features.asks.rules.addresses import with_addresses


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("the doc.", "<https://a.io/?b=1&amp;c|the doc>.", "the doc (https://a.io/?b=1&c)."),
        ("see https://a.io", "see <https://a.io>", "see https://a.io"),
        ("see a.io", "see <https://a.io|a.io>", "see a.io (https://a.io)"),
        ("see it", "see <https://a.io|the doc>", "see it"),
        ("the doc (https://a.io)", "<https://a.io|the doc>", "the doc (https://a.io)"),
    ],
)
def test_a_label_is_followed_by_its_address(words: str, text: str, expected: str) -> None:
    assert with_addresses(words, text) == expected
