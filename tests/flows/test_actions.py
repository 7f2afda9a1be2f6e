"""Buttons that are forged, copied, replayed or stale: refused with a sentence and a line."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import pytest
from sqlalchemy import func, select

from bot.core import audit, dead_letters
from bot.core.actions import ActionRow
from bot.core.attention import Urgency
from bot.core.blocks import Message, actions, button, home, section
from bot.core.events import ButtonPressed
from bot.core.outbox import OutboxRow
from bot.core.queue import State
from bot.core.render import mrkdwn
from bot.core.replies import Answer, Reply
from bot.core.triggers import UsedTriggerRow
from bot.core.unit_of_work import UnitOfWork
from bot.playground.client import Person
from bot.playground.world import Json
from tests.support.pages import FILLED, FIRE
from tests.support.town import Town

TEAM: Final = "T0TIDELINE"
NO_LONGER_GOOD: Final = "This button is no longer good. What is open for you now is on my Home tab."
NOT_THIS_ONE: Final = "works only for whom, and in the message, it was made for"
CHANGED: Final = "This has changed since it was posted"
TWICE: Final = "This reached me twice, and I did it once."
TEXT: Final = mrkdwn("Who takes it?")
ADMIN: Final = json.dumps({"role": "admin", "user_id": "U0ANYBODY", "action": "workspace.delete"})


class Poll:
    """A feature with a card for everybody: one thing, and who took it."""

    def __init__(self, town: Town) -> None:
        self.town, self.state, self.taken_by = town, "open", ""
        self.presses: list[tuple[str, str, str]] = []
        town.app.bot.on_button("poll.take", self.take, state_of=self.state_of)

    def take(self, event: ButtonPressed, _uow: UnitOfWork) -> Reply | None:
        self.presses.append((event.action_id, event.value, event.user_id))
        if self.taken_by:
            return Answer(Message(mrkdwn("You took it before.")))
        self.state, self.taken_by = "taken", event.user_id
        return None

    def state_of(self, _uow: UnitOfWork, reference: str) -> str | None:
        return self.state if reference == "poll-1" else None

    def post(self, recipient: str, key: str = "poll:1", *, state: str | None = "open") -> None:
        take = button("Take it", "poll.take", "poll-1", state=state)
        with self.town.app.bot.begin(TEAM, during="job") as uow:
            message = Message(TEXT, [section(TEXT), actions([take])])
            if recipient.startswith("U"):
                uow.outbox.post_to_person(key, recipient, message, urgency=Urgency.REPLY)
            else:
                uow.outbox.post(key, recipient, message)
        self.town.settle()


@pytest.fixture
def poll(quiet: Town) -> Poll:
    return Poll(quiet)


def _id(town: Town, person: Person) -> str:
    return str(town.slack.see(person.name)["me"])


def _channel(town: Town, name: str) -> str:
    channel = town.server.slack.world.channel_called(name)
    assert channel is not None
    return channel.id


def _dm(town: Town, person: Person) -> str:
    return person.direct_with(town.slack.see(person.name)["app"]["user"])


def _stand(town: Town, channel: str) -> list[Json]:
    """The blocks of the newest message in a channel, as they stand in the local Slack."""
    messages = town.server.slack.world.channels[channel].messages
    return messages[max(messages)].blocks


def _button(blocks: list[Json], label: str = "") -> Json:
    elements = next(block for block in blocks if block["type"] == "actions")["elements"]
    found: Json = next(each for each in elements if label in each["text"]["text"])
    return found


def _copy(town: Town, element: Json, to: Person) -> None:
    """Puts a button on a message of Baton's to somebody, whom it was not made for."""
    with town.app.bot.begin(TEAM, during="job") as uow:
        message = Message(mrkdwn("A message."))
        key = f"copy:{to.name}"
        uow.outbox.post_to_person(key, _id(town, to), message, urgency=Urgency.REPLY)
    town.settle()
    _stand(town, _dm(town, to)).append({"type": "actions", "elements": [element]})


def _refusals(town: Town) -> list[tuple[str, str, str, str]]:
    with town.app.bot.reading() as (session, _):
        entries = audit.entries(session, TEAM)
    refused = [each for each in entries if each.action.endswith(".refused")]
    return [(each.action, each.about, each.actor_id, each.after["reason"]) for each in refused]


def test_a_good_press_reaches_the_feature_as_it_wrote_the_button(poll: Poll, quiet: Town) -> None:
    poll.post(_id(quiet, quiet.ana), state=None)
    shown = json.dumps(_stand(quiet, _dm(quiet, quiet.ana)))
    assert "poll.take" not in shown
    assert "poll-1" not in shown
    quiet.ana.presses("Take it")
    assert poll.presses == [("poll.take", "poll-1", _id(quiet, quiet.ana))]
    assert _refusals(quiet) == []


@pytest.mark.parametrize(
    "value",
    [ADMIN, "x" * 2_000, "poll-1", "\x00", "' OR 1=1 --"],
    ids=["admin JSON", "2,000 characters", "plain id", "NUL", "SQL"],
)
def test_t11_h33_a_forged_value_has_no_effect_and_is_written_down(
    value: str, poll: Poll, quiet: Town
) -> None:
    poll.post(_id(quiet, quiet.ana), state=None)
    pressed = _button(_stand(quiet, _dm(quiet, quiet.ana)))
    pressed["value"] = pressed["action_id"] = value
    quiet.ana.presses("Take it")
    assert quiet.whispers_to(quiet.ana) == [NO_LONGER_GOOD]
    assert poll.presses == []
    assert _refusals(quiet) == [("button.refused", "button", _id(quiet, quiet.ana), "forged")]


def test_h33_a_button_of_another_workspace_has_no_effect(poll: Poll, quiet: Town) -> None:
    poll.post(_id(quiet, quiet.ana), state=None)
    with quiet.app.bot.database.transaction() as session:
        session.scalars(select(ActionRow)).one().team_id = "T2"
    quiet.ana.presses("Take it")
    assert quiet.whispers_to(quiet.ana) == [NO_LONGER_GOOD]
    assert poll.presses == []
    assert [each[-1] for each in _refusals(quiet)] == ["forged"]


def test_a_button_from_before_there_were_tokens_says_where_to_go(poll: Poll, quiet: Town) -> None:
    old = button("Take it", "poll.take", "poll-1")
    _copy(quiet, old, quiet.ana)
    quiet.ana.presses("Take it")
    assert quiet.whispers_to(quiet.ana) == [NO_LONGER_GOOD]
    assert poll.presses == []


def test_t12_a_private_button_pressed_by_somebody_else_is_refused(poll: Poll, quiet: Town) -> None:
    poll.post(_id(quiet, quiet.ana), state=None)
    _copy(quiet, _button(_stand(quiet, _dm(quiet, quiet.ana))), quiet.tom)
    quiet.tom.presses("Take it")
    assert NOT_THIS_ONE in quiet.whispers_to(quiet.tom)[-1]
    assert poll.presses == []
    copied = ("button.refused", "button:poll.take", _id(quiet, quiet.tom), "copied")
    assert _refusals(quiet) == [copied]


def test_t12_a_button_copied_to_another_message_of_its_owner_is_refused(
    poll: Poll, quiet: Town
) -> None:
    poll.post(_id(quiet, quiet.ana), state=None)
    _copy(quiet, _button(_stand(quiet, _dm(quiet, quiet.ana))), quiet.ana)
    quiet.ana.presses("Take it")
    assert NOT_THIS_ONE in quiet.whispers_to(quiet.ana)[-1]
    assert poll.presses == []


def test_t12_a_card_copied_to_another_channel_is_refused(poll: Poll, quiet: Town) -> None:
    poll.post(_channel(quiet, "#web-relaunch"))
    element = _button(_stand(quiet, _channel(quiet, "#web-relaunch")))
    with quiet.app.bot.begin(TEAM, during="job") as uow:
        uow.outbox.post("other", _channel(quiet, "#infra"), Message(mrkdwn("Another message.")))
    quiet.settle()
    blocks = _stand(quiet, _channel(quiet, "#infra"))
    blocks.append({"type": "actions", "elements": [element]})
    quiet.sam.presses("Take it")
    assert NOT_THIS_ONE in quiet.whispers_to(quiet.sam)[-1]
    assert poll.presses == []


@pytest.mark.needs("coach", "agreement")
def test_t12_a_hint_is_its_readers_and_stays_on_its_message(quiet: Town) -> None:
    quiet.sets("coach.mode", "on")
    quiet.nobody_is_new()
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    quiet.advance(seconds=95)
    hint = quiet.server.slack.world.ephemerals[-1]
    element = _button(hint.blocks, "Stop this kind")
    _copy(quiet, element, quiet.mei)
    quiet.mei.presses("Stop this kind")
    assert NOT_THIS_ONE in quiet.whispers_to(quiet.mei)[-1]
    quiet.server.slack.world.ephemerals.append(hint)
    quiet.tom.presses("Stop this kind")
    assert "You get no hints about" in quiet.whispers_to(quiet.tom)[-1]
    _copy(quiet, element, quiet.tom)
    quiet.tom.presses("Stop this kind")
    assert NOT_THIS_ONE in quiet.whispers_to(quiet.tom)[-1]


@pytest.mark.needs("coach", "agreement")
def test_t12_the_button_of_a_direct_answer_is_its_readers(quiet: Town) -> None:
    quiet.sets("coach.mode", "on")
    quiet.nobody_is_new()
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    quiet.advance(seconds=95)
    quiet.tom.presses("Stop this kind")
    quiet.settle()
    answer = quiet.server.slack.world.ephemerals[-1]
    element = _button(answer.blocks)
    assert "agreement" not in json.dumps(element)
    _copy(quiet, element, quiet.mei)
    quiet.mei.presses("Undo")
    assert NOT_THIS_ONE in quiet.whispers_to(quiet.mei)[-1]
    quiet.tom.presses("Undo")
    assert "come again" in quiet.whispers_to(quiet.tom)[-1]


def test_t13_a_press_that_is_sent_again_has_no_effect(poll: Poll, quiet: Town) -> None:
    poll.post(_id(quiet, quiet.ana), state=None)
    quiet.ana.presses("Take it")
    quiet.repeats("interactive")
    assert len(poll.presses) == 1
    assert quiet.whispers_to(quiet.ana) == [TWICE]
    assert _refusals(quiet) == [("button.refused", "button", _id(quiet, quiet.ana), "replayed")]


@pytest.mark.needs("redphone")
def test_t13_a_command_that_is_sent_again_has_no_effect(quiet: Town) -> None:
    quiet.tom.types("#infra", "/redphone oncall @Priya")
    quiet.tom.types("#infra", "/redphone oncall @Sam")
    quiet.repeats("slash_commands")
    quiet.tom.types("#infra", "/redphone oncall")
    assert quiet.whispers_to(quiet.tom)[-1] == "@Sam is on call."
    assert [each[0] for each in _refusals(quiet)] == ["command.refused"]


@pytest.mark.needs("redphone")
def test_t13_a_form_that_is_sent_again_has_no_effect(quiet: Town) -> None:
    quiet.sam.types("#infra", FIRE)
    quiet.sam.fills_in({**FILLED, "Person to page": "Priya"})
    quiet.settle()
    quiet.repeats("interactive")
    assert len(quiet.writes_to(quiet.priya)) == 1
    assert [each[0] for each in _refusals(quiet)] == ["form.refused"]


@pytest.mark.needs("decisions")
def test_t13_an_entry_of_a_menu_that_is_sent_again_opens_nothing(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", "We take Postgres.")
    quiet.tom.picks("Log a decision", "#infra", ts)
    quiet.repeats("interactive")
    assert len(quiet.forms_of(quiet.tom)) == 1
    assert quiet.whispers_to(quiet.tom)[-1] == TWICE
    assert [each[0] for each in _refusals(quiet)] == ["shortcut.refused"]


@pytest.mark.needs("decisions")
@pytest.mark.parametrize(
    "reference",
    [ADMIN, "", "x" * 2_000, str(UUID(int=7))],
    ids=["admin JSON", "nothing", "2,000 characters", "unknown"],
)
def test_h33_a_form_with_a_forged_reference_logs_nothing(reference: str, quiet: Town) -> None:
    ts = quiet.tom.says("#infra", "We take Postgres.")
    quiet.tom.picks("Log a decision", "#infra", ts)
    view = quiet.server.slack.world.open_views[_id(quiet, quiet.tom)][-1]
    view.payload["private_metadata"] = reference
    quiet.tom.fills_in({})
    assert quiet.tom.form is not None
    assert quiet.tom.form["errors"] == {
        "title": "This form is no longer good. Please open it again from the message's menu."
    }
    assert quiet.posts_in("#infra") == []


def test_a_second_click_of_the_same_person_is_answered_by_the_feature(
    poll: Poll, quiet: Town
) -> None:
    for channel in ("#web-relaunch", _id(quiet, quiet.ana)):
        poll.state, poll.taken_by = "open", ""
        where = _channel(quiet, channel) if channel.startswith("#") else channel
        poll.post(where, f"poll:{channel}")
        quiet.ana.presses("Take it")
        quiet.ana.presses("Take it")
        assert quiet.whispers_to(quiet.ana)[-1] == "You took it before."
    assert len(poll.presses) == 4
    assert _refusals(quiet) == []


def test_a_card_whose_object_changed_meanwhile_does_nothing(poll: Poll, quiet: Town) -> None:
    poll.post(_channel(quiet, "#web-relaunch"))
    poll.state = "withdrawn"
    quiet.mei.presses("Take it")
    assert CHANGED in quiet.whispers_to(quiet.mei)[-1]
    assert poll.presses == []
    changed = ("button.refused", "button:poll.take", _id(quiet, quiet.mei), "changed")
    assert _refusals(quiet) == [changed]


def test_who_comes_second_to_a_card_is_told_who_was_first(poll: Poll, quiet: Town) -> None:
    poll.post(_channel(quiet, "#web-relaunch"))
    quiet.ana.presses("Take it")
    quiet.mei.presses("Take it")
    assert quiet.whispers_to(quiet.mei) == ["@Ana was first here."]
    assert poll.taken_by == _id(quiet, quiet.ana)


def test_the_buttons_of_a_changed_card_are_good_on_it(poll: Poll, quiet: Town) -> None:
    poll.post(_channel(quiet, "#web-relaunch"))
    poll.state = "reopened"
    again = button("Take it now", "poll.take", "poll-1", state="reopened")
    with quiet.app.bot.begin(TEAM, during="job") as uow:
        uow.outbox.revise("poll:2", of="poll:1", message=Message(TEXT, [actions([again])]))
    quiet.settle()
    quiet.mei.presses("Take it now")
    assert poll.taken_by == _id(quiet, quiet.mei)


@pytest.mark.parametrize(("days", "is_good"), [(6.9, True), (8, False)])
def test_t12_a_button_is_good_for_a_week(
    days: float, is_good: bool, poll: Poll, quiet: Town
) -> None:
    poll.post(_id(quiet, quiet.ana), state=None)
    quiet.slack.advance(timedelta(days=days))
    quiet.ana.presses("Take it")
    assert is_good is (len(poll.presses) == 1)
    stale = [("button.refused", "button:poll.take", _id(quiet, quiet.ana), "stale")]
    assert _refusals(quiet) == ([] if is_good else stale)
    assert quiet.whispers_to(quiet.ana) == ([] if is_good else [NO_LONGER_GOOD])


def test_what_is_long_stale_is_deleted_by_the_hourly_round(poll: Poll, quiet: Town) -> None:
    poll.post(_id(quiet, quiet.ana), state=None)
    quiet.ana.presses("Take it")
    for days, left in ((27, 1), (2, 0)):
        quiet.advance(days=days)
        assert _counts(quiet)["actions"] == left
    assert _counts(quiet)["used_triggers"] == 0


def _counts(town: Town) -> dict[str, int]:
    with town.app.bot.database.reading() as session:
        poll = select(func.count()).select_from(ActionRow).where(ActionRow.name == "poll.take")
        used = select(func.count()).select_from(UsedTriggerRow)
        counted = {"actions": session.scalar(poll), "used_triggers": session.scalar(used)}
    return {name: count or 0 for name, count in counted.items()}


def test_a_message_that_was_given_up_and_sent_again_has_good_buttons(
    poll: Poll, quiet: Town
) -> None:
    quiet.slack.faults(methods=[{"method": "chat.postMessage", "error": "user_disabled"}])
    poll.post(_id(quiet, quiet.ana), state=None)
    with quiet.app.bot.database.transaction() as session:
        dead = session.scalars(select(OutboxRow).where(OutboxRow.state == State.DEAD)).one()
        dead_letters.replay(session, str(dead.id), now=quiet.app.bot.machine_clock.now())
    quiet.settle()
    quiet.ana.presses("Take it")
    assert len(poll.presses) == 1


def _draw(town: Town, *labels: str) -> None:
    buttons = [button(label, "poll.take", "poll-1") for label in labels]
    with town.app.bot.begin(TEAM, during="job") as uow:
        uow.outbox.publish_home(_id(town, town.ana), home([actions(buttons)]))
    town.settle()


def _home_button(town: Town) -> Json:
    view = town.ana.home
    assert view is not None
    return _button(view["blocks"])


def test_the_home_is_good_until_it_is_redrawn_later_than_a_week(poll: Poll, quiet: Town) -> None:
    _draw(quiet, "Take it")
    first = _home_button(quiet)
    quiet.slack.advance(timedelta(days=8))
    quiet.ana.presses("Take it")
    assert len(poll.presses) == 1, "it is what stands there"
    _draw(quiet, "Take it")
    assert first["value"] != _home_button(quiet)["value"]
    quiet.slack.advance(timedelta(hours=1))
    view = quiet.server.slack.world.homes[_id(quiet, quiet.ana)]
    view.payload["blocks"] = [{"type": "actions", "block_id": "b1", "elements": [first]}]
    quiet.ana.presses("Take it")
    quiet.settle()
    assert len(poll.presses) == 1
    assert NO_LONGER_GOOD in quiet.forms_of(quiet.ana)[-1]
    assert [each[-1] for each in _refusals(quiet)] == ["stale"]


@pytest.mark.needs("home")
def test_t12_a_button_of_somebodys_home_is_theirs(poll: Poll, quiet: Town) -> None:
    _draw(quiet, "Take it")
    element = _home_button(quiet)
    quiet.tom.opens_home()
    quiet.settle()
    view = quiet.server.slack.world.homes[_id(quiet, quiet.tom)]
    view.payload["blocks"] = [{"type": "actions", "block_id": "b1", "elements": [element]}]
    quiet.tom.presses("Take it")
    quiet.settle()
    assert NOT_THIS_ONE in quiet.forms_of(quiet.tom)[-1]
    assert poll.presses == []


@pytest.mark.needs("asks")
def test_a_link_is_followed_by_the_browser_and_answered_by_nobody(quiet: Town) -> None:
    quiet.tom.says("#web-relaunch", "@Priya can you look at the pool size?")
    quiet.move_to(datetime(2026, 10, 7, 8, 1, tzinfo=UTC))
    told = len(quiet.whispers_to(quiet.priya))
    quiet.priya.presses("Open the thread")
    assert len(quiet.whispers_to(quiet.priya)) == told
    assert _refusals(quiet) == []


def test_a_button_in_a_form_is_good_only_if_it_stands_in_it(poll: Poll, quiet: Town) -> None:
    press = _press_in_form(quiet, lambda element: element)
    quiet.app._dispatch.interact(press)
    assert poll.presses == [("poll.take", "poll-1", _id(quiet, quiet.ana))]
    forged = _press_in_form(quiet, lambda element: element | {"value": "poll-2"})
    quiet.app._dispatch.interact(forged)
    assert len(poll.presses) == 1
    assert [each[-1] for each in _refusals(quiet)] == ["forged"]


def _press_in_form(town: Town, pressed: Callable[[Json], Json]) -> Json:
    """What Slack sends for a button in a form; the local Slack's forms have none yet."""
    element = button("Take it", "poll.take", "poll-1")
    return {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": _id(town, town.ana)},
        "trigger_id": "",
        "container": {"type": "view", "view_id": "V1"},
        "view": {"type": "modal", "blocks": [actions([element])]},
        "actions": [pressed(element)],
    }
