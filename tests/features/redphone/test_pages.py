"""How a command of the red phone is read."""

import pytest

from bot.features.redphone.rules import pages as rules
from bot.features.redphone.rules.pages import Request


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("", Request("page", text="")),
        ("Nobody can sign up", Request("page", text="Nobody can sign up")),
        ("oncall", Request("who")),
        ("on-call", Request("who")),
        ("oncall <@U1|ana>", Request("set", user_id="U1")),
        ("On-Call <@U1>", Request("set", user_id="U1")),
        ("oncaller is gone", Request("page", text="oncaller is gone")),
        ("help", Request("help")),
        ("help, it burns", Request("page", text="help, it burns")),
    ],
)
def test_what_somebody_typed_is_read(text: str, request_: Request) -> None:
    assert request_ == rules.parse(text)
