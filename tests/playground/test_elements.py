"""Fields, menus and boxes: what Slack refuses of them, and what it tells the app."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from bot.core import blocks as kit
from bot.core.blocks import Element
from bot.core.render import Mrkdwn, mrkdwn
from bot.playground import block_kit
from bot.playground.client import LocalSlackClient, NotPossible
from bot.playground.elements import KINDS
from bot.playground.server import LocalSlackServer
from bot.playground.world import Json
from bot.slack.interactions import parse_button, parse_form
from tests.support.small_app import SmallApp, small_app

DAYS = {"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday, the middle"}
TEXT = {"type": "plain_text", "text": "x"}
OPTION = {"text": TEXT, "value": "v"}


def _form() -> list[Json]:
    return [
        kit.text_input("note", "Note", optional=True),
        kit.choice_input("First day", kit.select("first", DAYS, initial="mon")),
        kit.choice_input("Days", kit.multi_select("days", DAYS, initial=["mon"])),
        kit.choice_input("Hints", kit.checkboxes("hints", {"a": "Hello", "b": "Lunch"})),
        kit.choice_input("Digest", kit.radio("digest", {"on": "On", "off": "Off"}, initial="on")),
        kit.time_input("from", "From", initial=time(9)),
        kit.date_input("until", "Until", initial=date(2026, 10, 9)),
        kit.number_input("hours", "Hours", initial=8, least=1, most=24),
        kit.person_input("backup", "Backup"),
        kit.people_input("team", "Team", most=3),
        kit.channel_input("place", "Place"),
    ]


@pytest.fixture
def app(server: LocalSlackServer) -> Iterator[SmallApp]:
    with small_app(server) as running:
        yield running


def test_what_the_bot_builds_is_what_slack_takes() -> None:
    beside = kit.section(mrkdwn("x"), accessory=kit.overflow("more", {"a": "A"}))
    asked = kit.confirmed(kit.button("Go", "go"), "Sure?", "It is loud.", yes="Go", no="No")
    built = [*_form(), beside, kit.actions([asked, kit.select("pick", DAYS, placeholder="Day")])]
    assert block_kit.problems(built, "modal") == []
    for block in Block.parse_all(built):
        block.validate_json()


def _in(parent: str, element: Json) -> list[Json]:
    match parent:
        case "input":
            return [{"type": "input", "label": TEXT, "element": element}]
        case "section":
            return [{"type": "section", "text": TEXT, "accessory": element}]
        case _:
            return [{"type": "actions", "elements": [element]}]


def _least(kind: str) -> Json:
    """An element of this kind with nothing but what it needs."""
    element: Json = {"type": kind, "action_id": "a"}
    if KINDS[kind].most_options:
        element["options"] = [OPTION]
    if kind == "button":
        element["text"] = TEXT
    if kind == "number_input":
        element["is_decimal_allowed"] = False
    return element


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("surface", ["modal", "home", "message"])
def test_an_element_stands_where_slack_lets_it_stand(kind: str, surface: str) -> None:
    for parent in ("input", "section", "actions"):
        is_taken = block_kit.problems(_in(parent, _least(kind)), surface) == []
        assert is_taken is (parent in KINDS[kind].parents), parent


OPTIONS = [{"text": TEXT, "value": str(number)} for number in range(101)]
REFUSED: list[tuple[str, Json, str]] = [
    ("static_select", {"options": OPTIONS}, "1 to 100 items"),
    ("static_select", {"options": []}, "missing required field: options"),
    ("static_select", {"option_groups": [{"label": TEXT, "options": [OPTION]}]}, "options"),
    ("checkboxes", {"options": OPTIONS[:11]}, "1 to 10 items"),
    ("radio_buttons", {"options": OPTIONS[:11]}, "1 to 10 items"),
    ("overflow", {"options": OPTIONS[:6]}, "1 to 5 items"),
    ("static_select", {"options": [{"text": {**TEXT, "text": "x" * 76}, "value": "v"}]}, "76"),
    ("static_select", {"options": [{"text": TEXT, "value": "x" * 151}]}, "1 to 150"),
    ("static_select", {"options": [{"text": TEXT}]}, "1 to 150"),
    ("static_select", {"options": [{**OPTION, "url": "https://x.example"}]}, "overflow"),
    (
        "static_select",
        {"options": [{"text": {"type": "mrkdwn", "text": "x"}, "value": "v"}]},
        "plain_text",
    ),
    ("static_select", {"initial_option": {"text": TEXT, "value": "w"}}, "one of the options"),
    ("checkboxes", {"initial_options": []}, "one of the options"),
    ("multi_users_select", {"max_selected_items": 0}, "1 or more"),
    ("timepicker", {"initial_time": "9:00"}, "HH:MM"),
    ("timepicker", {"initial_time": "24:00"}, "HH:MM"),
    ("datepicker", {"initial_date": "2026-02-30"}, "YYYY-MM-DD"),
    ("number_input", {"min_value": 1}, "as text"),
    ("number_input", {"min_value": "5", "max_value": "4"}, "not be greater"),
    ("number_input", {"is_decimal_allowed": None}, "missing required field"),
    ("plain_text_input", {"min_length": 5, "max_length": 4}, "min_length"),
    ("plain_text_input", {"max_length": 3_001}, "min_length"),
    ("static_select", {"placeholder": {**TEXT, "text": "x" * 151}}, "151"),
    ("static_select", {"action_id": "x" * 256}, "too long"),
    ("button", {"style": "loud"}, "primary or danger"),
    ("button", {"confirm": {"title": TEXT, "text": TEXT, "confirm": TEXT}}, "deny"),
    ("button", {"text": {"type": "mrkdwn", "text": "x"}}, "plain_text"),
]


@pytest.mark.parametrize(("kind", "change", "said"), REFUSED)
def test_elements_that_slack_refuses_are_refused(kind: str, change: Json, said: str) -> None:
    element = _least(kind) | change
    parent = "input" if "input" in KINDS[kind].parents else "actions"
    assert said in " ".join(block_kit.problems(_in(parent, element), "modal"))


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"type": "actions", "elements": [_least("button")] * 2}, "unique"),
        ({"type": "context", "elements": [{"type": "mrkdwn", "text": ""}]}, "at least 1"),
        ({"type": "context", "elements": [{"type": "plain_text", "text": "x"}] * 11}, "10"),
        ({"type": "section", "fields": [TEXT] * 11}, "10"),
        ({"type": "section"}, "missing required field: text"),
    ],
)
def test_blocks_that_slack_refuses_are_refused(block: Json, said: str) -> None:
    assert said in " ".join(block_kit.problems([block], "message"))


def test_a_form_with_every_field_comes_back_with_what_was_chosen(
    slack: LocalSlackClient, app: SmallApp
) -> None:
    app.open_form(_form(), "Tom", callback_id="settings", private_metadata="7")
    filled: dict[str, Any] = {
        "Note": "hello",
        "First day": "Tuesday",
        "Days": ["Tuesday", "Wednesday, the middle"],
        "Hints": "Hello, Lunch",
        "Digest": "Off",
        "From": "10:30",
        "Until": "2026-10-12",
        "Hours": "7",
        "Backup": "Ana",
        "Team": "Ana, Mei",
        "Place": "#infra",
    }
    slack.person("Tom").fills_in(filled)
    sent = app.interaction()
    values = sent["view"]["state"]["values"]
    tuesday = {"text": kit.choice_input("", kit.select("x", DAYS))["element"]["options"][1]["text"]}
    assert values["first"]["first"] == {
        "type": "static_select",
        "selected_option": tuesday | {"value": "tue"},
    }
    assert values["from"]["from"] == {"type": "timepicker", "selected_time": "10:30"}
    form = parse_form(sent)
    assert form.values == {
        "note": "hello",
        "first": "tue",
        "digest": "off",
        "from": "10:30",
        "until": "2026-10-12",
        "hours": "7",
        "backup": "U0ANA0000",
        "place": "C0INFRA00",
    }
    assert form.chosen == {
        "days": ("tue", "wed"),
        "hints": ("a", "b"),
        "team": ("U0ANA0000", "U0MEI0000"),
    }
    assert form.picked == ("U0ANA0000", "U0MEI0000")
    assert slack.person("Tom").form is None


def test_what_is_left_as_it_was_comes_back_as_it_was(
    slack: LocalSlackClient, app: SmallApp
) -> None:
    blocks = [each | {"optional": True} for each in _form()]
    app.open_form(blocks, "Tom")
    slack.person("Tom").fills_in({"Days": []})
    form = parse_form(app.interaction())
    assert form.values == {
        "note": "",
        "first": "mon",
        "digest": "on",
        "from": "09:00",
        "until": "2026-10-09",
        "hours": "8",
        "backup": "",
        "place": "",
    }
    assert form.chosen == {"days": (), "hints": (), "team": ()}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"Hints": []}, {"hints": "Please complete this required field."}),
        ({"Hours": "25"}, {"hours": "Please enter 24 or less."}),
        ({"Hours": "0"}, {"hours": "Please enter 1 or more."}),
        ({"Hours": "7.5"}, {"hours": "Please enter a whole number."}),
        ({"Hours": "many"}, {"hours": "Please enter a number."}),
        ({"Hours": "NaN"}, {"hours": "Please enter a number."}),
        ({"Team": "Tom, Ana, Mei, Sam"}, {"team": "Choose 3 at most."}),
    ],
)
def test_slack_itself_refuses_what_a_field_does_not_take(
    fields: dict[str, Any], said: dict[str, str], slack: LocalSlackClient, app: SmallApp
) -> None:
    app.open_form(_form(), "Tom")
    good = {"Hints": "Hello", "Backup": "Ana", "Team": "Ana", "Place": "infra"}
    slack.person("Tom").fills_in(good | fields)
    form = slack.person("Tom").form
    assert form is not None
    assert form["errors"] == said


@pytest.mark.parametrize("fields", [{"First day": "Sunday"}, {"Backup": "Nobody"}, {"Size": "L"}])
def test_nobody_chooses_what_is_not_offered(
    fields: dict[str, str], slack: LocalSlackClient, app: SmallApp
) -> None:
    app.open_form(_form(), "Tom")
    with pytest.raises(NotPossible, match=r"not offered|no field"):
        slack.person("Tom").fills_in(fields)


PICKS: list[tuple[Element, str, tuple[str, ...]]] = [
    (kit.select("s.pick", DAYS, placeholder="Which day"), "Tuesday", ("tue",)),
    (kit.radio("s.pick", DAYS), "Tuesday", ("tue",)),
    (kit.checkboxes("s.pick", DAYS, initial=["mon"]), "Monday, Tuesday", ("mon", "tue")),
    (kit.checkboxes("s.pick", DAYS, initial=["mon"]), "", ()),
    (kit.overflow("s.pick", DAYS), "Monday", ("mon",)),
    ({"type": "timepicker", "action_id": "s.pick"}, "09:30", ("09:30",)),
    ({"type": "datepicker", "action_id": "s.pick"}, "2026-10-09", ("2026-10-09",)),
    ({"type": "users_select", "action_id": "s.pick"}, "Ana", ("U0ANA0000",)),
    ({"type": "channels_select", "action_id": "s.pick"}, "#infra", ("C0INFRA00",)),
]


@pytest.mark.slow
@pytest.mark.parametrize("pick", PICKS)
@pytest.mark.parametrize("parent", ["actions", "section"])
def test_a_choice_outside_of_a_form_is_told_at_once(
    parent: str,
    pick: tuple[Element, str, tuple[str, ...]],
    slack: LocalSlackClient,
    app: SmallApp,
) -> None:
    element, option, chosen = pick
    app.call("chat.postMessage", channel="C0INFRA00", text="x", blocks=_in(parent, element))
    slack.person("Tom").picks_option("s.pick", option)
    sent = app.interaction()
    pressed = parse_button(sent)
    is_menu = element["type"] in {"static_select", "radio_buttons", "overflow"}
    value = chosen[0] if is_menu else ""
    assert (pressed.action_id, pressed.chosen, pressed.value) == ("s.pick", chosen, value)
    kept = KINDS[element["type"]]
    state = [entry for block in sent["state"]["values"].values() for entry in block.values()]
    told = {"type": element["type"], kept.answer: sent["actions"][0][kept.answer]}
    assert state == ([told] if kept.is_kept else [])


def test_a_menu_is_found_by_the_text_beside_it_on_the_home_and_in_a_form(
    slack: LocalSlackClient, app: SmallApp
) -> None:
    tom = slack.person("Tom")
    row = kit.section(Mrkdwn("*Lunch*"), accessory=kit.select("meal", {"a": "Soup", "b": "Salad"}))
    app.call("views.publish", user_id="U0TOM0000", view=kit.home([row]))
    tom.picks_option("Lunch", "Soup")
    sent = app.interaction()
    assert sent["view"]["type"] == "home"
    assert parse_button(sent).on_home
    assert parse_button(sent).chosen == ("a",)
    app.open_form([row, kit.text_input("why", "Why")], "Tom")
    tom.picks_option("Lunch", "Salad")
    assert app.interaction()["view"]["type"] == "modal"
    with pytest.raises(NotPossible, match="Dinner"):
        tom.picks_option("Dinner", "Soup")
    with pytest.raises(NotPossible, match="Why"):
        tom.picks_option("Why", "a field of a form tells nothing by itself")


def test_a_button_in_a_form_tells_what_was_typed_so_far_and_the_form_may_grow(
    slack: LocalSlackClient, app: SmallApp
) -> None:
    tom = slack.person("Tom")
    more = kit.actions([kit.button("Add a day", "add", "1")])
    opened = app.open_form([kit.text_input("first", "First"), more], "Tom")["view"]
    tom.presses("Add a day", filled={"First": "Monday"})
    sent = app.interaction()
    assert sent["view"]["state"]["values"]["first"]["first"]["value"] == "Monday"
    assert parse_button(sent).value == "1"
    grown = {name: opened[name] for name in ("type", "title", "submit")} | {
        "blocks": [kit.text_input("first", "First"), kit.text_input("second", "Second"), more]
    }
    old = app.call("views.update", view_id=opened["id"], hash="1.1", view=grown)
    assert old["error"] == "hash_conflict"
    updated = app.call("views.update", view_id=opened["id"], hash=opened["hash"], view=grown)
    assert updated["view"]["state"]["values"]["first"]["first"]["value"] == "Monday"
    tom.fills_in({"Second": "Tuesday"})
    assert parse_form(app.interaction()).values == {"first": "Monday", "second": "Tuesday"}


def test_a_form_is_known_by_the_name_that_the_app_gave_it_as_long_as_it_is_open(
    slack: LocalSlackClient, app: SmallApp
) -> None:
    blocks = [kit.text_input("first", "First")]
    opened = app.open_form(blocks, "Tom", external_id="form-1")["view"]
    view = {name: opened[name] for name in ("type", "title", "submit", "external_id")}
    again = app.open_form(blocks, "Ana", external_id="form-1")
    assert again["error"] == "duplicate_external_id"
    grown = view | {"blocks": [*blocks, kit.text_input("second", "Second")]}
    assert app.call("views.update", external_id="form-1", view=grown)["ok"]
    slack.person("Tom").closes_form()
    assert app.call("views.update", external_id="form-1", view=grown)["error"] == "not_found"


def test_forms_lie_on_top_of_each_other_three_high(slack: LocalSlackClient, app: SmallApp) -> None:
    tom = slack.person("Tom")
    button = kit.actions([kit.button("Deeper", "deeper")])
    app.open_form([button], "Tom")
    view = {"type": "modal", "title": TEXT, "blocks": [button]}
    for allowed in (True, True, False):
        tom.presses("Deeper")
        pushed = app.call("views.push", trigger_id=app.interaction()["trigger_id"], view=view)
        assert pushed["ok"] is allowed, pushed
    assert pushed["error"] == "push_limit_reached"
    tom.closes_form()
    assert tom.form is not None


def test_a_field_may_tell_the_app_as_soon_as_it_changes(
    slack: LocalSlackClient, app: SmallApp
) -> None:
    field = kit.choice_input("First day", kit.select("first", DAYS)) | {"dispatch_action": True}
    app.open_form([field], "Tom")
    slack.person("Tom").picks_option("First day", "Monday")
    sent = app.interaction()
    assert parse_button(sent).chosen == ("mon",)
    assert sent["view"]["state"]["values"]["first"]["first"]["selected_option"]["value"] == "mon"
