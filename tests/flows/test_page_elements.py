"""The page of the local Slack: fields, menus and boxes, used in a real browser."""

from collections.abc import Iterator
from datetime import time

import pytest
from playwright.sync_api import Page, expect

from bot.core import blocks as kit
from bot.core.render import mrkdwn
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.playground.world import Json
from bot.slack.interactions import parse_button, parse_form
from tests.support.browser import page_of
from tests.support.small_app import SmallApp, small_app

DAYS = {"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday"}
NARROW = {"width": 420, "height": 760}


@pytest.fixture
def app(server: LocalSlackServer) -> Iterator[SmallApp]:
    with small_app(server) as running:
        yield running


@pytest.fixture
def page(server: LocalSlackServer, app: SmallApp) -> Iterator[Page]:
    assert app is not None  # it listens before anybody looks
    with page_of(f"{server.url}#channel=infra") as opened:
        expect(opened.locator("#conversation h2")).to_have_text("#infra")
        yield opened


def test_every_field_of_a_form_can_be_filled_in(page: Page, app: SmallApp) -> None:
    app.open_form(
        [
            kit.text_input("note", "Note"),
            kit.choice_input("First day", kit.select("first", DAYS, initial="mon")),
            kit.choice_input("Days", kit.multi_select("days", DAYS, initial=["mon"])),
            kit.choice_input("Hints", kit.checkboxes("hints", {"a": "Hello", "b": "Lunch"})),
            kit.choice_input("Digest", kit.radio("digest", {"on": "On", "off": "Off"})),
            kit.time_input("from", "From", initial=time(9)),
            kit.date_input("until", "Until"),
            kit.number_input("hours", "Hours", initial=8, least=1, most=24),
            kit.people_input("team", "Team"),
            kit.channel_input("place", "Place"),
        ],
        "Tom",
    )
    form = page.get_by_role("dialog", name="Settings")
    form.get_by_label("Note").fill("hello")
    form.get_by_label("First day").select_option("Tuesday")
    days = form.get_by_role("group", name="Days")
    days.get_by_label("Monday").uncheck()
    days.get_by_label("Wednesday").check()
    form.get_by_role("group", name="Hints").get_by_label("Lunch").check()
    form.get_by_role("radiogroup", name="Digest").get_by_label("Off").check()
    form.get_by_label("From").fill("10:30")
    form.get_by_label("Until").fill("2026-10-12")
    form.get_by_label("Hours").fill("25")
    form.get_by_role("group", name="Team").get_by_label("Ana").check()
    form.get_by_label("Place").select_option("#infra")
    form.get_by_role("button", name="Settings").click()
    expect(form.get_by_role("alert")).to_have_text("Please enter 24 or less.")
    form.get_by_label("Hours").fill("7")
    form.get_by_role("button", name="Settings").click()
    sent = parse_form(app.interaction())
    assert sent.values == {
        "note": "hello",
        "first": "tue",
        "digest": "off",
        "from": "10:30",
        "until": "2026-10-12",
        "hours": "7",
        "place": "C0INFRA00",
    }
    assert sent.chosen == {"days": ("wed",), "hints": ("b",), "team": ("U0ANA0000",)}
    expect(form).to_be_hidden()


def test_a_button_in_a_form_keeps_what_was_typed_while_the_form_grows(
    page: Page, app: SmallApp
) -> None:
    more = kit.actions([kit.button("Add a day", "add")])
    opened = app.open_form([kit.text_input("first", "First"), more], "Tom")["view"]
    form = page.get_by_role("dialog", name="Settings")
    form.get_by_label("First").fill("Monday")
    form.get_by_role("button", name="Add a day").click()
    sent = app.interaction()
    assert sent["view"]["state"]["values"]["first"]["first"]["value"] == "Monday"
    blocks = [kit.text_input("first", "First"), kit.text_input("second", "Second"), more]
    view = {name: opened[name] for name in ("type", "title", "submit")} | {"blocks": blocks}
    app.call("views.update", view_id=opened["id"], view=view)
    form.get_by_label("Second").fill("Tuesday")
    expect(form.get_by_label("First")).to_have_value("Monday")
    form.get_by_role("button", name="Settings").click()
    assert parse_form(app.interaction()).values == {"first": "Monday", "second": "Tuesday"}


def _row(accessory: kit.Element) -> Json:
    return kit.section(mrkdwn("A row"), accessory=accessory)


def test_menus_and_boxes_of_a_message_tell_what_is_chosen(page: Page, app: SmallApp) -> None:
    loud = kit.confirmed(kit.button("Page", "s.page"), "Sure?", "Loud.", yes="Page", no="Wait")
    picker = {"type": "timepicker", "action_id": "s.time", "initial_time": "09:00"}
    blocks = [
        _row(kit.select("s.day", DAYS, placeholder="Which day")),
        _row(kit.overflow("s.more", {"edit": "Edit", "drop": "Drop"})),
        _row(kit.multi_select("s.days", DAYS, placeholder="Which days")),
        kit.actions([loud, kit.checkboxes("s.boxes", DAYS, initial=["mon"]), picker]),
    ]
    app.call("chat.postMessage", channel="C0INFRA00", text="x", blocks=blocks)
    message = page.locator("#conversation .message")
    message.get_by_label("Which day", exact=True).select_option("Tuesday")
    assert _told(app) == ("s.day", ("tue",))
    message.get_by_label("More", exact=True).click()
    message.get_by_role("menuitem", name="Drop").click()
    assert _told(app) == ("s.more", ("drop",))
    message.get_by_text("Which days").click()
    message.get_by_role("group", name="Which days").get_by_label("Monday").check()
    assert _told(app) == ("s.days", ("mon",))
    message.get_by_role("group", name="s.boxes").get_by_label("Wednesday").check()
    assert _told(app) == ("s.boxes", ("mon", "wed"))
    picked = message.get_by_label("s.time")
    picked.fill("10:30")
    picked.press("Enter")
    assert _told(app) == ("s.time", ("10:30",))
    message.get_by_role("button", name="Page").click()
    page.get_by_role("dialog", name="Sure?").get_by_role("button", name="Wait").click()
    message.get_by_role("button", name="Page").click()
    page.get_by_role("dialog", name="Sure?").get_by_role("button", name="Page").click()
    sent = app.interaction()
    assert parse_button(sent).action_id == "s.page", "the first press was taken back"
    values = {
        name: each for block in sent["state"]["values"].values() for name, each in block.items()
    }
    assert values["s.day"]["selected_option"]["value"] == "tue"
    assert values["s.time"]["selected_time"] == "10:30"
    expect(message.get_by_label("Which day", exact=True)).to_have_value("tue")


def test_menus_of_the_home_tell_what_is_chosen(page: Page, app: SmallApp) -> None:
    blocks = [_row(kit.radio("s.day", DAYS, initial="mon")), _row({"type": "users_select"})]
    app.call("views.publish", user_id="U0TOM0000", view=kit.home(blocks))
    page.get_by_role("button", name="Baton").click()
    home = page.locator("#conversation .home")
    home.get_by_label("Tuesday").check()
    assert _told(app) == ("s.day", ("tue",))
    expect(home.get_by_label("Tuesday")).to_be_checked()
    home.locator("select").select_option(label="Ana (Tue 05:00)")
    assert _told(app)[1] == ("U0ANA0000",)


def test_what_is_typed_appears_as_it_will_be_sent(page: Page, slack: LocalSlackClient) -> None:
    box = page.get_by_label("Message #infra")
    box.fill("*Bold* _slanted_ ~gone~\n- one\n- two")
    box.press("Enter")
    message = page.locator(".message .text")
    expect(message.locator("b")).to_have_text("Bold")
    expect(message.locator("i")).to_have_text("slanted")
    expect(message.locator("s")).to_have_text("gone")
    expect(message.locator("ul li")).to_have_text(["one", "two"])
    assert slack.person("Tom").messages("#infra")[0]["text"].endswith("\n• one\n• two")


def test_somebody_sets_their_status_moves_and_gives_a_role(
    page: Page, slack: LocalSlackClient
) -> None:
    page.get_by_role("button", name="Set a status").click()
    me = page.get_by_role("dialog", name="You")
    me.get_by_label("Emoji").select_option("🌴")
    me.get_by_label("Status", exact=True).fill("Vacationing")
    me.get_by_label("How long").select_option("Until tonight")
    me.get_by_role("button", name="Set status").click()
    expect(me).to_be_hidden()
    mine = page.get_by_role("button", name="🌴 Vacationing")
    mine.click()
    me.get_by_label("Time zone").select_option("Asia/Tokyo")
    me.get_by_role("button", name="Move there").click()
    expect(page.locator("#time strong")).to_contain_text("17:00 in Tokyo")
    mine.click()
    me.get_by_label("Account").select_option("Mei")
    me.get_by_label("Role").select_option("guest")
    me.get_by_role("button", name="Give role").click()
    expect(me).to_be_hidden()
    people = {each["name"]: each for each in slack.see("Tom")["people"]}
    assert people["Mei"]["is_guest"]
    mine.click()
    me.get_by_role("button", name="Clear status").click()
    expect(page.get_by_role("button", name="Set a status")).to_be_visible()


def test_an_admin_shares_a_channel_and_everybody_sees_that_it_is(
    page: Page, slack: LocalSlackClient
) -> None:
    page.get_by_role("button", name="Set a status").click()
    me = page.get_by_role("dialog", name="You")
    me.get_by_label("Conversation").select_option("#web-relaunch")
    me.get_by_role("button", name="Share with another company").click()
    expect(me).to_be_hidden()
    page.locator("#sidebar").get_by_role("button", name="web-relaunch").click()
    expect(page.get_by_text("shared with another company")).to_be_visible()
    page.get_by_role("button", name="Set a status").click()
    me.get_by_label("Conversation").select_option("#web-relaunch (shared)")
    me.get_by_role("button", name="Stop sharing").click()
    expect(page.get_by_text("shared with another company")).to_be_hidden()
    assert [each["name"] for each in slack.see("Tom")["channels"] if each["is_shared"]] == []


def test_a_narrow_page_shows_one_thing_at_a_time(page: Page) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    sidebar = page.locator("#sidebar")
    expect(sidebar).to_be_hidden()
    page.get_by_role("button", name="Workspace").click()
    expect(sidebar).to_be_visible()
    page.locator("#conversation").click(position={"x": 400, "y": 300})
    expect(sidebar).to_be_hidden()
    page.get_by_role("button", name="Workspace").click()
    sidebar.get_by_role("button", name="general").click()
    expect(sidebar).to_be_hidden()
    box = page.get_by_label("Message #general")
    box.fill("Hello from a phone, https://example.com/" + "long" * 40)
    box.press("Enter")
    message = page.locator(".message")
    message.hover()
    message.get_by_label("Reply in thread").click()
    page.get_by_label("Reply", exact=True).fill("And a reply")
    page.get_by_label("Reply", exact=True).press("Enter")
    expect(page.locator("#thread")).to_contain_text("And a reply")
    page.get_by_label("Close thread").click()
    expect(page.locator("#conversation .replies")).to_have_text("1 reply")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROW["width"], "nothing stands out at the side"


def _told(app: SmallApp) -> tuple[str, tuple[str, ...]]:
    pressed = parse_button(app.interaction())
    return pressed.action_id, pressed.chosen
