"""How a command of the decision registry is read, and how its form is prefilled."""

import pytest

from bot.features.decisions.rules import command, registry
from bot.features.decisions.rules.command import Request


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("show D-17", Request("show", number=17)),
        ("show 17", Request("show", number=17)),
        ("d17", Request("show", number=17)),
        ("list", Request("list")),
        ("show", Request("help")),
        ("show D-", Request("help")),
        ("show D-9999999999", Request("help")),
        ("", Request("help")),
        ("help", Request("help")),
        ("'; DROP TABLE decisions --", Request("help")),
    ],
)
def test_what_somebody_typed_is_read(text: str, request_: Request) -> None:
    assert request_ == command.parse(text)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Then let's go with Postgres.", "Then let's go with Postgres"),
        ("We take A. Because of B.", "We take A"),
        ("two\nlines here! And more", "two lines here"),
        ("x" * 300, "x" * registry.TITLE_LENGTH),
        ("", ""),
    ],
)
def test_the_title_is_the_first_sentence(said: str, title: str) -> None:
    assert title == registry.prefilled_title(said)
