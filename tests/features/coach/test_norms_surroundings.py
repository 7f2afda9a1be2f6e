"""Which messages are worth a look at what stands around them, from their words alone."""

import pytest

from bot.features.coach.rules.norms import needs_surroundings
from bot.features.coach.rules.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "<@U0ANA0000> is the export done?",
        "agreed",
        "^^ the bucket is in infra-live",
        "&gt; which bucket?\nthe one in infra-live",
        "re: the bucket, it is the one in infra-live",
        "who can approve my PR for the invoice footer?",
        "can you rotate the key",
        "Laptop is not working",
    ],
)
def test_replies_questions_to_somebody_and_work_need_a_look_around(text: str) -> None:
    assert needs_surroundings(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "good morning",
        "the deploy is done",
        "closed the brewery!!!",
        "what a week",
        "lunch?",
        "can someone review my sourdough",
        "the laptop stickers are here",
        "",
    ],
)
def test_chat_needs_none(text: str) -> None:
    assert not needs_surroundings(read(text))
