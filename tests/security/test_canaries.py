"""A thinned form of `make canaries`: a day at DEBUG on which everything goes wrong (T20)."""

from typing import Final

import pytest

from bot.core import logs
from bot.core.bot import Bot
from bot.core.events import Command, MessagePosted
from bot.core.unit_of_work import UnitOfWork
from bot.playground.app import BOT_TOKEN
from tests.support.canaries import listening, written
from tests.support.canary_plugin import dump, tokens_in
from tests.support.town import town

PLANTED: Final = (
    "the canary of the cellar is Kiebitz",
    "my token is xoxp-111-222-canary and my key sk-ant-api03-canary-key",
    "call me at +49 151 2345 6789 or write to canary.bird@example.com",
)


def _breaks(bot: Bot) -> None:
    """Entry points that fail, and have in their errors what people wrote."""

    def listen(event: MessagePosted, _uow: UnitOfWork) -> None:
        raise LookupError(event.message.text, event)

    def type_(event: Command, _uow: UnitOfWork) -> None:
        raise ValueError(f"xoxb-1-canary {event.text}")

    bot.on(MessagePosted, listen, wants=lambda _: True)
    bot.on_command("breaks", type_, description="Breaks.", usage="breaks")


def test_t20_a_day_of_failures_leaves_nothing_of_people_in_the_log(sqlite_url: str) -> None:
    with listening() as ear:
        with town(sqlite_url, register=_breaks) as living:
            broken = {"status": 500, "body": f"no: {PLANTED[0]}", "times": 3}
            refused = {"error": "fatal_for_canary", "times": 2}
            living.slack.faults(
                methods=[
                    {"method": "chat.postMessage", **broken},
                    {"method": "users.info", **refused},
                ]
            )
            for words in PLANTED:
                living.tom.says("#web-relaunch", words)
                living.tom.types("#web-relaunch", f"/breaks {words}")
            living.tom.says("#web-relaunch", "@Ana can you look at the pool size? It times out.")
            living.settle()
            living.slack.faults()
            living.advance(hours=2)
            slack = living.server.slack
        words = written(slack)
    assert {"the canary of the cellar is Kiebitz"} <= words
    told = [line.said for line in ear.lines()]
    assert any("LookupError" in line for line in told), "it did go wrong"
    assert ear.hits([*words, "Kiebitz", "canary.bird", "+49 151"]) == []
    assert tokens_in(dump(sqlite_url)) <= {"xoxp-111-222-canary", "sk-ant-api03-canary-key"}


@pytest.mark.parametrize(
    ("leak", "found"),
    [(f"connected with {BOT_TOKEN}", BOT_TOKEN), ("Tom said: we meet at noon", "we meet at noon")],
)
def test_t20_a_leak_is_found_with_its_place(leak: str, found: str) -> None:
    with listening() as ear:
        logs.get("bot.somewhere").info("seen", what=leak)
    hits = ear.hits({"we meet at noon"})
    assert hits
    assert all(hit.startswith("bot.somewhere (test_canaries.py:") and found in hit for hit in hits)
