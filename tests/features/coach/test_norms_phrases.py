"""What a hint quotes of the author: their own words, short, without Slack's tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.coach.rules.catalogue import Rule
from bot.features.coach.rules.reading import PHRASE
from tests.features.coach.talk import findings, situation, told
from tests.features.coach.test_norms_threads import ASKED, CHATTER

PIECES = [
    *(
        "<@U0ANA0000>",
        "<!here>",
        "<https://git.example/1|the PR>",
        "`api:broken`",
        ":tada:",
        "&amp;",
    ),
    *("can someone review my PR", "please send the invoice", "quick call?", "this blocks me", "."),
    *("who the hell merged this", "yes", "^^", "\n", "&gt; quoted", "I need your ok", "until", "?"),
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30))
def test_every_phrase_is_short_and_without_tokens(pieces: list[str]) -> None:
    given_one = situation(" ".join(pieces), channel="general", before=told(ASKED, *CHATTER))
    for finding in findings(given_one).values():
        assert len(finding.phrase) <= PHRASE
        assert not set("<`\n") & set(finding.phrase)
        assert "&amp;" not in finding.phrase


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        (
            "<!here> whoever force-pushed to `release/4.9`: please push it back",
            "whoever force-pushed to …: please push it back",
        ),
        ("<!here> can someone review <https://git.example/1>.", "can someone review."),
        ("<!here>   can someone\treview (<https://git.example/1>)?", "can someone review (…)?"),
        ("<!here> Tom &amp; I: can someone review it?", "Tom & I: can someone review it?"),
    ],
)
def test_what_is_left_out_leaves_an_ellipsis(text: str, phrase: str) -> None:
    assert findings(situation(text))[Rule.BROADCAST].phrase == phrase
