"""The page's menu of shortcuts, and user groups where people write, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Dialog, Page, expect

from bot.core.blocks import Message, form, text_input
from bot.core.bot import Bot
from bot.core.events import GlobalShortcut
from bot.core.render import mrkdwn
from bot.core.replies import Answer, OpenForm
from bot.core.unit_of_work import UnitOfWork
from tests.support.browser import page_of
from tests.support.town import town


def ask(_event: GlobalShortcut, _uow: UnitOfWork) -> OpenForm:
    """Opens a form."""
    return OpenForm(form("Ask", "probe.form", [text_input("what", "What")], submit="Send"))


def tell(_event: GlobalShortcut, _uow: UnitOfWork) -> Answer:
    """Tells something."""
    return Answer(Message(mrkdwn("All is well.")))


def _register(bot: Bot) -> None:
    bot.on_global_shortcut("probe.ask", ask, name="Try a form", description="Write what you need")
    bot.on_global_shortcut("probe.tell", tell, name="How is it?", description="Says how it is")


@pytest.fixture
def page(sqlite_url: str) -> Iterator[Page]:
    with town(sqlite_url, register=_register) as living, page_of(living.server.url) as opened:
        yield opened


def test_a_shortcut_is_picked_with_the_mouse(page: Page) -> None:
    page.locator("#conversation").get_by_role("button", name="Shortcuts").click()
    menu = page.locator("#conversation .composer").get_by_role("menu")
    expect(menu).to_contain_text("Write what you need · Baton")
    menu.get_by_role("menuitem", name="How is it?").click()
    expect(menu).to_be_hidden()
    expect(page.get_by_role("dialog", name="How is it?")).to_contain_text("All is well.")


def test_a_shortcut_is_picked_with_the_keyboard(page: Page) -> None:
    button = page.locator("#conversation").get_by_role("button", name="Shortcuts")
    entries = page.locator("#conversation .composer").get_by_role("menuitem")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(entries.first).to_be_focused()
    last = entries.count() - 1
    to = [("ArrowUp", last), ("ArrowDown", 0), ("End", last), ("Home", 0), ("ArrowDown", 1)]
    for key, entry in to:
        page.keyboard.press(key)
        expect(entries.nth(entry)).to_be_focused()
    page.keyboard.press("Escape")
    expect(entries.first).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Ask").get_by_label("What")).to_be_visible()


def test_a_group_is_offered_shown_by_its_handle_and_counted(page: Page) -> None:
    box = page.get_by_label("Message #web-relaunch")
    box.press_sequentially("@des")
    expect(page.locator(".suggestions")).to_contain_text("@design Design, 2 people")
    box.press("Enter")
    expect(box).to_have_value("@design ")
    box.press_sequentially("which logo?")
    box.press("Enter")
    mention = page.locator(".message .mention", has_text="@design")
    expect(mention).to_have_attribute("title", "Ana, Mei")
    expect(mention).not_to_have_class("mention me")
    page.get_by_role("button", name="infra").click()
    page.get_by_label("You are").select_option("Ana")
    channel = page.locator("#sidebar").get_by_role("button", name="web-relaunch")
    expect(channel.locator(".badge")).to_have_text("1")
    channel.click()
    expect(mention).to_have_class("mention me")


def test_editing_shows_the_group_as_it_was_typed(page: Page) -> None:
    box = page.get_by_label("Message #web-relaunch")
    box.fill("@design which logo?")
    box.press("Escape")
    box.press("Enter")
    offered: list[str] = []

    def change(dialog: Dialog) -> None:
        offered.append(dialog.default_value)
        dialog.accept("@backend which logo?")

    page.once("dialog", change)
    message = page.locator("#conversation .message", has_text="which logo")
    message.hover()
    message.get_by_label("More actions").click()
    page.get_by_role("menuitem", name="Edit").click()
    expect(page.locator(".message .mention.me")).to_have_text("@backend")
    assert offered == ["@design which logo?"]
