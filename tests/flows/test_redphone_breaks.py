"""Pages whose words are hostile, and pages while Baton is paused or somebody is off."""

from collections.abc import Iterator
from typing import Final

import pytest

from bot.core import addresses
from bot.core.encryption import new_key
from bot.features.redphone.messages.controls import ACKNOWLEDGE
from bot.pagers import texts
from bot.playground.world import TEAM_ID
from tests.support.databases import Rows, fill
from tests.support.pagers import NotingPager, set_up
from tests.support.pages import DOWN, notices
from tests.support.town import Town, town

SETTINGS: Final = {"baton_encryption_keys": new_key()}
HOSTILE: Final = (
    "<!channel> <!here> <@U0GIL0000> @channel `rm -rf` ```code``` *b* _i_ :fire: 🔥\r\n\n\n"
    "\u202egnp.exe\u202c \u200b\u200d\u2066x\u2069 <https://evil.example|bank> &lt;!everyone&gt;\n"
    "> Subject: x\r\nBcc: all@example.com "
)
LONG: Final = (HOSTILE + "ع" * 2000)[:2000]


@pytest.fixture
def email() -> NotingPager:
    return NotingPager("email")


@pytest.fixture
def reachable(database_url: str, acquaintance: Rows, email: NotingPager) -> Iterator[Town]:
    """A town in which Priya entered her address, and pages get channels of their own."""
    fill(database_url, acquaintance)
    with town(database_url, settings=SETTINGS, register=set_up(email)) as living:
        with living.app.bot.begin(TEAM_ID, during="job") as uow:
            row = addresses.hold(uow, str(living.slack.see("Priya")["me"]), addresses.EMAIL)
            addresses.close(row, uow.house.keyring, "address", "priya@example.com")
            row.confirmed_at = uow.now
        yield living


def test_hostile_words_are_shown_and_do_nothing(reachable: Town, email: NotingPager) -> None:
    reachable.sets("redphone.incident_channels", True)  # noqa: FBT003 - its value
    _page(reachable, LONG, LONG[:500])
    shown = [each["text"] for each in reachable.posts_in("#infra")]
    for reader in (reachable.priya, reachable.sam):
        shown += [each["text"] for each in reader.direct_messages()]
    assert any("rm -rf" in each for each in shown)
    for each in shown:
        assert not {"<!channel>", "<!here>", "<!everyone>", "<https://evil"} & _tokens(each)
        assert "\u202e" not in each
        assert "\u200b" not in each
        assert "@channel" not in each
    ((notice, _),) = email.calls
    subject = texts.subject(notice)
    assert "\n" not in subject
    assert "\r" not in subject
    rooms = [
        each.name for each in reachable.server.slack.world.channels.values() if "inc-" in each.name
    ]
    assert len(rooms) == 1
    reachable.priya.presses("I'm on it")
    reachable.settle()
    reachable.priya.presses("Resolve…")
    reachable.priya.fills_in({"What was it, and what was done?": LONG[:1000]})
    reachable.settle()
    assert "*Resolved*" in reachable.posts_in("#infra")[0]["text"]


def test_a_pause_and_being_off_hold_no_page_up(quiet: Town) -> None:
    quiet.priya.types("#infra", "/baton off")
    quiet.sam.types("#infra", "/baton off")
    quiet.settle()
    _page(quiet, "Nobody can sign up", "All")
    quiet.tom.types("#infra", "/baton pause")
    quiet.settle()
    quiet.advance(minutes=5)
    paged = notices(quiet, quiet.priya)
    assert len(paged) == 2
    assert "Nobody can sign up" in paged[1]
    quiet.priya.presses("I'm on it")
    quiet.settle()
    assert "has been on it" in quiet.posts_in("#infra")[0]["text"]
    quiet.advance(minutes=30)
    assert any("still on it?" in each for each in quiet.writes_to(quiet.priya))


def test_a_message_that_arrives_after_somebody_is_on_it_says_so(quiet: Town) -> None:
    """Its answer was lost, so that nobody knew for a while."""
    lost = {"method": "chat.postMessage", "lose_answer": True, "about": "needs"}
    quiet.slack.faults(methods=[lost])
    _page(quiet, "Nobody can sign up", "All")
    quiet.slack.faults(methods=[])
    quiet.tom.presses("I'm on it")
    quiet.settle()
    quiet.advance(minutes=2)
    for each in quiet.priya.direct_messages():
        if "Nobody can sign up" in each["text"]:
            assert "has been on it since" in each["text"]
            assert ACKNOWLEDGE not in str(each["blocks"])
            assert "I'm on it" not in str(each["blocks"])


def _page(living: Town, what: str, hurts: str) -> None:
    living.sam.types("#infra", "/redphone")
    filled = {"What is happening": what, "What it hurts": hurts, "Person to page": "Priya"}
    living.sam.fills_in({"What is it?": DOWN, **filled})
    view = living.sam.form
    if view is not None and view.get("submit"):
        living.sam.fills_in({})
    living.settle()


def _tokens(text: str) -> set[str]:
    return {
        each for each in ("<!channel>", "<!here>", "<!everyone>", "<https://evil") if each in text
    }
