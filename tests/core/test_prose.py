"""What somebody says in their own words."""

import pytest

from bot.core.clock import monotonic
from bot.core.prose import groups_addressed_in, only_greets, prose
from bot.core.render import groups_in, mentions_in, plain

LONG = 200_000


@pytest.mark.parametrize(
    "begun",
    [
        "<",
        "<@U1|",
        "<#C1|",
        "<!here|",
        "<!subteam^S1|",
        "<https:x",
        "<x|",
        "`a\n",
        "```",
        ":a",
        "&gt;",
    ],
)
def test_markup_that_never_ends_takes_no_longer_than_words(begun: str) -> None:
    text, start = begun * (LONG // len(begun)), monotonic()
    for read in (prose, only_greets, mentions_in, groups_in, plain):
        read(text)
    assert monotonic() - start < 2.0


def test_a_bracket_that_opens_no_token_stays_a_character() -> None:
    assert prose("is a < b, <@U1>?").split() == ["is", "a", "<", "b,", "?"]


def test_a_group_is_addressed_where_it_is_neither_quoted_nor_code() -> None:
    text = "<!subteam^S1|@design> who? `<!subteam^S2>`\n&gt; <!subteam^S3> said\n<!subteam^S1>"
    assert groups_addressed_in(text) == ("S1",)
