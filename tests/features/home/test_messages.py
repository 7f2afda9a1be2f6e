"""App Home and help fit into what Slack allows, however much there is."""

from bot.core.blocks import MAX_VIEW_BLOCKS, divider
from bot.core.people import Person
from bot.features.home import messages
from bot.playground import block_kit

ANA = Person("U1", "Ana", "America/Sao_Paulo", is_member=True)


def test_a_home_with_nothing_on_it_is_a_page() -> None:
    assert block_kit.view_problems(messages.home(ANA, [[], []])) == []


def test_a_home_with_far_too_much_on_it_is_cut_and_keeps_its_footer() -> None:
    view = messages.home(ANA, [[divider()] * 80, [divider()] * 80])
    assert len(view["blocks"]) == MAX_VIEW_BLOCKS
    assert view["blocks"][-1]["type"] == "context"
    assert block_kit.view_problems(view) == []


def test_help_says_what_each_feature_says() -> None:
    told = messages.help_text({"a": "*A.* does a", "b": "*B.* does b"})
    assert "*A.* does a" in told.text
    assert block_kit.problems(told.blocks, "message") == []
