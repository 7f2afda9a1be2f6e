"""Shortcuts that people pick wherever they are: a form, or a view that tells them something."""

from collections.abc import Iterator

import pytest

from bot.core.blocks import Message, actions, button, form, section, text_input
from bot.core.bot import Bot
from bot.core.events import FormSubmitted, GlobalShortcut
from bot.core.render import mrkdwn
from bot.core.replies import Answer, OpenForm, ShowNext
from bot.core.scenes import Moment, Scene, Sees, UsesShortcut, Where
from bot.core.unit_of_work import UnitOfWork
from bot.playground.client import NotPossible
from bot.playground.demo.player import Player
from bot.playground.demo.transcript import Transcript
from tests.support.databases import Rows, fill
from tests.support.ports import free_port
from tests.support.town import TUESDAY, Town, town

FORM = "probe.form"


def ask(_event: GlobalShortcut, _uow: UnitOfWork) -> OpenForm:
    """Opens a form."""
    return OpenForm(form("Ask", FORM, [text_input("what", "What")], submit="Send"))


def tell(event: GlobalShortcut, _uow: UnitOfWork) -> Answer:
    """Tells something, with a button that has no place in a view."""
    text = mrkdwn("Hello, {who}!", who=event.user_id)
    side = button("Aside", "probe.aside")
    pressed = actions([button("Undo", "probe.undo")])
    return Answer(Message(text, [section(text, accessory=side), pressed]))


def fail(_event: GlobalShortcut, _uow: UnitOfWork) -> None:
    """Fails."""
    raise RuntimeError("on purpose")


def thank(event: FormSubmitted, uow: UnitOfWork) -> ShowNext:
    """Posts what was sent off."""
    uow.outbox.post(f"said:{event.view_id}", "C0INFRA00", Message(mrkdwn(event.values["what"])))
    return ShowNext(form("Thanks", FORM, [section(mrkdwn("Noted."))], submit="Fine"))


def _register(bot: Bot) -> None:
    for name, listener in (("Try a form", ask), ("Say hello", tell), ("Break", fail)):
        callback_id = f"probe.{listener.__name__}"
        bot.on_global_shortcut(callback_id, listener, name=name, description=f"{name} from here")
    bot.on_form(FORM, thank)


@pytest.fixture(params=["sockets", "http"])
def probed(request: pytest.FixtureRequest, sqlite_url: str, acquaintance: Rows) -> Iterator[Town]:
    """A town the bot knows, over each of the two ways, with three shortcuts."""
    fill(sqlite_url, acquaintance)
    port = None
    if request.param == "http":
        port = free_port()
    with town(sqlite_url, http_port=port, register=_register) as living:
        yield living


def test_a_shortcut_opens_a_form_that_can_be_sent_off(probed: Town) -> None:
    probed.mei.uses_global_shortcut("Try a form")
    probed.mei.fills_in({"What": "Which logo?"})
    assert [each["text"] for each in probed.posts_in("#infra")] == ["Which logo?"]


def test_what_would_be_a_message_is_told_in_a_view_without_buttons(probed: Town) -> None:
    probed.mei.uses_global_shortcut("Say hello")
    assert probed.forms_of(probed.mei) == ["Say hello\nHello, U0MEI0000!\n[Close]"]
    assert probed.whispers_to(probed.mei) == []


def test_a_guest_and_whoever_meets_a_failure_are_told_so(probed: Town) -> None:
    probed.gil.uses_global_shortcut("Say hello")
    probed.tom.uses_global_shortcut("Break")
    assert "I work with full members" in probed.forms_of(probed.gil)[-1]
    assert "Something went wrong on my side" in probed.forms_of(probed.tom)[-1]


def test_a_shortcut_that_comes_twice_opens_one_form(probed: Town) -> None:
    sent = {
        "type": "shortcut",
        "team": {"id": "T0TIDELINE"},
        "user": {"id": "U0MEI0000"},
        "callback_id": "probe.ask",
        "trigger_id": probed.server.slack.triggers.grant("one-and-the-same", "U0MEI0000"),
    }
    for _ in range(2):
        probed.delivers("interactive", sent)
    assert len(probed.forms_of(probed.mei)) == 1


def test_an_entry_is_found_only_in_the_menu_it_belongs_to(probed: Town) -> None:
    ts = probed.tom.says("#infra", "We take Postgres.")
    with pytest.raises(NotPossible, match="no entry"):
        probed.tom.picks("Try a form", "#infra", ts)
    with pytest.raises(NotPossible, match="no such shortcut"):
        probed.slack.act("Tom", "shortcut", callback_id="probe.ask", channel="#infra", ts=ts)
    with pytest.raises(NotPossible, match="no entry"):
        probed.tom.uses_global_shortcut("Nothing of the sort")
    probed.delivers(
        "interactive",
        {
            "type": "message_action",
            "team": {"id": "T0TIDELINE"},
            "user": {"id": "U0TOM0000"},
            "callback_id": "probe.ask",
            "trigger_id": "forged",
        },
    )
    assert probed.forms_of(probed.tom) == []


def test_the_manifest_offers_it_everywhere(probed: Town) -> None:
    shortcuts = probed.app.manifest(socket_mode=True)["features"]["shortcuts"]
    kinds = {each["name"]: each["type"] for each in shortcuts}
    assert kinds["Try a form"] == "global"


def test_a_scene_can_use_one_and_the_story_tells_it(sqlite_url: str, acquaintance: Rows) -> None:
    sees = Sees("Mei", "Ask\nWhat", Where.FORM, "Mei is asked what she needs.")
    scene = Scene("probe", (Moment("Mei", "18:00", (UsesShortcut("Mei", "Try a form"), sees)),))
    told: list[str] = []
    fill(sqlite_url, acquaintance)
    with town(sqlite_url, register=_register) as living:
        transcript = Transcript(living.slack, told.append)
        player = Player(living.slack, {"probe": scene}, TUESDAY.date(), tell=transcript.tell)
        checks = [check for check in player.play() if check.scene == "probe"]
    assert [(check.told, check.why) for check in checks] == [(sees.told, "")]
    assert "  Mei picks “Try a form” from the shortcuts" in told
