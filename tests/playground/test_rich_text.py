"""What people type looks and is sent as Slack does it: styles, lists, quotes and tokens."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.playground import rich_text
from bot.playground.client import LocalSlackClient

BOLD = {"style": {"bold": True}}


def _text(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


@pytest.mark.parametrize(
    ("typed", "elements"),
    [
        ("a *b* c", [_text("a "), _text("b", bold=True), _text(" c")]),
        ("_a_ ~b~", [_text("a", italic=True), _text(" "), _text("b", strike=True)]),
        ("*a _b_*", [_text("a ", bold=True), _text("b", bold=True, italic=True)]),
        ("`a *b*`", [_text("a *b*", code=True)]),
        ("2*3*4 and snake_case_name", [_text("2*3*4 and snake_case_name")]),
        ("* a *", [_text("* a *")]),
        (
            "*see <@U1>*",
            [_text("see ", bold=True), {"type": "user", "user_id": "U1", **BOLD}],
        ),
        ("<!subteam^S1|@design>", [{"type": "usergroup", "usergroup_id": "S1"}]),
        (":tada:", [{"type": "emoji", "name": "tada"}]),
    ],
)
def test_emphasis_becomes_a_style(typed: str, elements: list[dict[str, Any]]) -> None:
    (block,) = rich_text.of_text(typed)
    assert block["elements"] == [{"type": "rich_text_section", "elements": elements}]


def test_lists_and_quotes_stand_for_themselves() -> None:
    text = "To do:\n• one\n• *two*\n    • deeper\n1. first\n2. second\n&gt; said"
    (block,) = rich_text.of_text(text)
    kinds = [(part["type"], part.get("style"), part.get("indent")) for part in block["elements"]]
    assert kinds == [
        ("rich_text_section", None, None),
        ("rich_text_list", "bullet", 0),
        ("rich_text_list", "bullet", 1),
        ("rich_text_list", "ordered", 0),
        ("rich_text_quote", None, None),
    ]
    (bullets, *_) = [part for part in block["elements"] if part["type"] == "rich_text_list"]
    assert [item["elements"] for item in bullets["elements"]] == [
        [_text("one")],
        [_text("two", bold=True)],
    ]


def test_a_year_at_the_beginning_of_a_line_is_no_list() -> None:
    (block,) = rich_text.of_text("2026. What a year")
    assert [part["type"] for part in block["elements"]] == ["rich_text_section"]


def test_a_list_that_is_typed_is_sent_with_bullets(slack: LocalSlackClient) -> None:
    slack.person("Tom").says("#infra", "Today:\n- disks\n    - old\n* *pumps*\n2-3 - 4 `- x`")
    message = slack.person("Tom").messages("#infra")[0]
    assert message["text"] == "Today:\n• disks\n    • old\n• *pumps*\n2-3 - 4 `- x`"
    for block in Block.parse_all(message["blocks"]):
        block.validate_json()


@given(st.text(alphabet="*_~`•1. \n&gt;<@U1>:a\ue000", max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    assert isinstance(rich_text.of_text(text), list)


def test_a_long_text_full_of_emphasis_is_no_trouble() -> None:
    (block,) = rich_text.of_text("*a* _b_ " * 2_500)
    assert len(block["elements"][0]["elements"]) == 10_000
