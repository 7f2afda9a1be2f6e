"""Help fits into what Slack allows."""

from bot.features.home.messages import help as messages
from bot.playground import block_kit


def test_help_says_what_each_feature_says() -> None:
    told = messages.help_text({"a": "*A.* does a", "b": "*B.* does b"})
    assert "*A.* does a" in told.text
    assert block_kit.problems(told.blocks, "message") == []
