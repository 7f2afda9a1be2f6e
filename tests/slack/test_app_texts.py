"""What is read of an app's message is what its readers see, once, and never too much."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.app_texts import MAX_TEXT, text_of

PULL = "https://github.com/tideline/web/pull/12"
OPENED = "Pull request opened by <https://github.com/ana|ana>"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
KEYS = st.sampled_from(
    ["text", "type", "elements", "fields", "title", "title_link", "value", "url", "blocks", "name"]
)
KINDS = st.sampled_from(["section", "context", "rich_text", "text", "link", "user", "mrkdwn"])
BLOCKS = st.recursive(
    KINDS | JSON,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner | KINDS),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ({"text": "Build 4711 failed"}, "Build 4711 failed"),
        (
            {
                "text": "",
                "attachments": [
                    {
                        "fallback": "[tideline/web] Pull request opened by ana",
                        "pretext": OPENED,
                        "title": "#12 Short | fast form",
                        "title_link": PULL,
                        "text": "Three fields less.",
                        "fields": [{"title": "Reviewers", "value": "tom"}, {"value": "web"}],
                    }
                ],
            },
            f"{OPENED}\n<{PULL}|#12 Short / fast form>\n> Three fields less.\nReviewers: tom\nweb",
        ),
        ({"attachments": [{"fallback": "Deploy of web: done"}]}, "Deploy of web: done"),
        (
            {
                "text": "Incident 7 opened",
                "blocks": [
                    {"type": "header", "text": {"type": "plain_text", "text": "A & B <C>"}},
                    {"type": "section", "text": {"type": "mrkdwn", "text": "*sev1* <!here>"}},
                    {"type": "divider"},
                    {"type": "context", "elements": [{"type": "mrkdwn", "text": "on call: Tom"}]},
                    {"type": "section", "text": {"type": "mrkdwn", "text": "Incident 7 opened"}},
                ],
            },
            "Incident 7 opened\nA &amp; B &lt;C&gt;\n*sev1* <!here>\non call: Tom",
        ),
        (
            {
                "text": "Hi <@U2>",
                "blocks": [{"type": "rich_text", "elements": [{"type": "text", "text": "Hi you"}]}],
            },
            "Hi <@U2>",
        ),
        (
            {
                "blocks": [
                    {
                        "type": "rich_text",
                        "elements": [
                            {
                                "type": "rich_text_section",
                                "elements": [
                                    {"type": "text", "text": "See <b> "},
                                    {"type": "link", "url": PULL, "text": "#12"},
                                    {"type": "text", "text": ", "},
                                    {"type": "user", "user_id": "U2"},
                                    {"type": "emoji", "name": "tada"},
                                ],
                            }
                        ],
                    }
                ]
            },
            f"See &lt;b&gt; <{PULL}|#12>, <@U2>:tada:",
        ),
        ({"attachments": [{"title": "x", "title_link": "javascript:alert(1)"}]}, "x"),
        ({"attachments": [{"title": "x", "title_link": "https://a.b|c>"}]}, "x"),
    ],
)
def test_a_message_is_read_as_people_see_it(message: dict[str, Any], told: str) -> None:
    assert text_of(message) == told


def test_a_long_message_is_cut_and_no_token_with_it() -> None:
    long = {"text": "x" * (MAX_TEXT - 10), "attachments": [{"text": f"<{PULL}|#12>"}]}
    assert len(text_of(long)) <= MAX_TEXT
    assert "<" not in text_of(long)
    many = {"attachments": [{"text": f"line {number} {'y' * 500}"} for number in range(1_000)]}
    assert len(text_of(many)) <= MAX_TEXT


@given(text=JSON, attachments=BLOCKS, blocks=BLOCKS)
def test_nothing_makes_it_fail(text: Any, attachments: Any, blocks: Any) -> None:
    told = text_of({"text": text, "attachments": attachments, "blocks": blocks})
    assert len(told) <= MAX_TEXT
