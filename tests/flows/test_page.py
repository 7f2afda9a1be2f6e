"""The page of the local Slack, driven in a real browser as a person would."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from bot.core.agreement.setting import Layer
from tests.support.browser import page_of
from tests.support.settings import OTHER_VALUES
from tests.support.town import Town, town


@pytest.fixture
def lone(sqlite_url: str) -> Iterator[Town]:
    with town(sqlite_url, settings={"baton_tick_seconds": 0.2}) as living:  # nobody settles
        yield living


@pytest.fixture
def page(lone: Town) -> Iterator[Page]:
    with page_of(lone.server.url) as opened:
        yield opened


@pytest.mark.slow
@pytest.mark.needs("coach", "decisions", "digest")
def test_a_hint_a_decision_and_the_digest_of_the_next_morning(
    page: Page, lone: Town, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    lone.sets("coach.mode", "on")
    lone.nobody_is_new()
    infra = page.get_by_role("button", name="infra")
    infra.click()
    _write(page, "Message #infra", "Hi @Ana")
    lone.advance(seconds=95)
    hint = page.locator(".ephemeral")
    expect(hint).to_contain_text("Only visible to you")
    expect(hint).to_contain_text("is all there is to answer so far")

    _write(page, "Message #infra", "Redis or Postgres for the job queue? 40 jobs a second.")
    _become(page, "Priya")
    infra.click()
    _act_on(page, "Redis or Postgres", "Reply in thread")
    _write(page, "Reply", "Postgres is plenty for that.")
    _write(page, "Message #infra", "The new disks are in: https://docs.example/disks :tada:")

    _become(page, "Tom")
    infra.click()
    _act_on(page, "Redis or Postgres", "Reply in thread")
    _write(page, "Reply", "Let's go with Postgres, it is one thing less to run.")
    reply = page.locator("#thread .message", has_text="one thing less")
    reply.hover()
    reply.get_by_label("More actions").click()
    page.get_by_role("menuitem", name="Log a decision").click()
    form = page.get_by_role("dialog", name="Log a decision")
    expect(form.get_by_label("Decision", exact=True)).to_have_value(
        "Let's go with Postgres, it is one thing less to run"
    )
    form.get_by_label("Decision", exact=True).fill("Postgres for the job queue")
    form.get_by_role("button", name="Log it").click()
    expect(form).to_be_hidden()
    card = page.locator("#thread .message", has_text="D-1: Postgres for the job queue")
    expect(card).to_be_visible()
    _picture(page, request, tmp_path)

    _become(page, "Mei")
    page.get_by_label("Whose morning").select_option("Mei")
    page.get_by_role("button", name="Next morning of").click()
    expect(page.locator("#time strong")).to_have_text("Wed 7 Oct, 09:00 in Tokyo")
    baton = page.locator("#sidebar").get_by_role("button", name="Baton")
    expect(baton.locator(".badge")).to_have_text("1")
    baton.click()
    page.get_by_role("tab", name="Messages").click()
    digest = page.locator(".message", has_text="Good morning, Mei · 10月7日(水曜日)")
    expect(digest).to_contain_text("D-1 Postgres for the job queue")
    expect(baton.locator(".badge")).to_be_hidden()
    digest.get_by_role("link", name="D-1 Postgres for the job queue", exact=True).click()
    expect(page.locator("#thread")).to_contain_text("one thing less to run")
    expect(page.get_by_label("You are").locator("option:checked")).to_have_text("Mei Tanaka")


@pytest.mark.needs("asks", "home")
def test_reactions_edits_deletions_and_the_home_page(page: Page) -> None:
    _write(page, "Message #web-relaunch", "@Priya which logo do we ship?")
    _become(page, "Priya")
    page.locator("#sidebar").get_by_role("button", name="Baton").click()
    expect(page.locator("#conversation")).to_contain_text("Waiting on you (1)")
    page.get_by_role("button", name="web-relaunch").click()
    _act_on(page, "which logo", "React with white_check_mark")
    expect(page.locator(".reactions")).to_have_text("✅ 1")
    page.locator("#sidebar").get_by_role("button", name="Baton").click()
    expect(page.locator("#conversation")).to_contain_text("Nothing is waiting on you")
    _become(page, "Tom")
    page.get_by_role("button", name="web-relaunch").click()
    page.once("dialog", lambda dialog: dialog.accept("@Priya which logo do we ship? *Blue?*"))
    _act_on(page, "which logo", "More actions")
    page.get_by_role("menuitem", name="Edit").click()
    expect(page.locator(".message", has_text="Blue?")).to_contain_text("(edited)")
    _act_on(page, "Blue?", "More actions")
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.locator(".message", has_text="which logo")).to_have_count(0)


@pytest.mark.needs("redphone")
def test_commands_are_offered_and_forms_say_what_is_missing(page: Page) -> None:
    box = page.get_by_label("Message #web-relaunch")
    box.fill("/red")
    expect(page.locator(".suggestions")).to_contain_text("/redphone")
    box.press("Enter")
    expect(box).to_have_value("/redphone ")
    box.press_sequentially("Nobody can sign up")
    box.press("Enter")
    form = page.get_by_role("dialog", name="Red phone")
    form.get_by_role("button", name="Page now").click()
    expect(form.get_by_role("alert").first).to_have_text("Please complete this required field.")
    expect(form.get_by_label("What is happening")).to_have_value("Nobody can sign up")
    form.get_by_label("Person to page").select_option(label="Gil (Tue 10:00)")
    expect(form).to_contain_text("That reaches nobody now.")
    form.get_by_label("Production down").check()
    form.get_by_label("What it hurts").fill("All new customers")
    form.get_by_role("button", name="Page now").click()
    expect(form.get_by_role("alert")).to_contain_text("Only full members")
    form.get_by_role("button", name="Cancel").click()
    expect(form).to_be_hidden()


@pytest.mark.needs("agreement", "home", "digest", "coach", "asks", "redphone", "availability")
def test_a_person_changes_every_setting_of_theirs_and_an_admin_every_one_of_the_workspace(
    page: Page, lone: Town
) -> None:
    for button, layer in (("My settings", Layer.PERSON), ("Workspace settings", Layer.WORKSPACE)):
        page.locator("#sidebar").get_by_role("button", name="Baton").click()
        page.get_by_role("tab", name="Home").click()
        page.get_by_role("button", name=button).click()
        form = page.get_by_role("dialog", name=button)
        settings = lone.app.bot.agreement.on(layer)
        for setting in settings:
            _fill(form, setting.label, OTHER_VALUES[setting.key])
        form.get_by_role("button", name="Save").click()
        saved = page.locator("#overlay")
        for setting in settings:
            expect(saved).to_contain_text(f"{setting.label}:")
        saved.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator("#conversation")).to_contain_text("Mon-Thu 08:00-12:00, 13:30-18:00")
    page.get_by_role("button", name="web-relaunch").click()
    _write(page, "Message #web-relaunch", "/digest")
    expect(page.locator(".ephemeral").last).to_contain_text("Your digest is off")
    _write(page, "Message #web-relaunch", "/redphone The site is down")
    form = page.get_by_role("dialog", name="Red phone")
    expect(form).to_contain_text("Money is lost")
    form.get_by_role("button", name="Cancel").click()


@pytest.mark.needs("agreement", "coach")
def test_an_admin_switches_the_coach_on_in_a_channel_and_sees_it_speak(
    page: Page, lone: Town
) -> None:
    lone.nobody_is_new()
    _write(page, "Message #web-relaunch", "Hi @Ana")
    lone.advance(seconds=95)
    _write(page, "Message #web-relaunch", "/baton settings channel")
    form = page.get_by_role("dialog", name="#web-relaunch")
    form.get_by_label("Coach", exact=True).select_option(label="On")
    form.get_by_role("button", name="Save").click()
    page.locator("#overlay").get_by_role("button", name="Close", exact=True).click()
    expect(page.locator(".ephemeral")).to_have_count(0)
    _write(page, "Message #web-relaunch", "Hello @Priya")
    lone.advance(seconds=95)
    expect(page.locator(".ephemeral")).to_contain_text("is all there is to answer so far")


@pytest.mark.needs("availability")
def test_a_leave_is_told_and_taken_back_in_the_page(page: Page) -> None:
    _write(page, "Message #web-relaunch", "/baton away until Friday")
    answer = page.locator(".ephemeral", has_text="I count you back on Mon 12 Oct 2026")
    answer.get_by_role("button", name="Undo").click()
    expect(page.locator(".ephemeral").last).to_contain_text("Taken back")


def test_whatever_people_write_stays_text(page: Page) -> None:
    evil = "<img src=x onerror=alert(1)> *bold* _it_ `co*de*` https://x.example :tada: <!channel>"
    _write(page, "Message #web-relaunch", evil)
    message = page.locator(".message", has_text="<img").locator(".text")
    expect(message).to_contain_text("<img src=x onerror=alert(1)>")
    expect(message.locator("img")).to_have_count(0)
    expect(message.locator("code")).to_have_text("co*de*")
    expect(message.get_by_role("link")).to_have_attribute("href", "https://x.example")
    expect(message).to_contain_text("🎉")


def test_what_is_not_possible_is_said_and_nothing_typed_is_lost(page: Page) -> None:
    _write(page, "Message #web-relaunch", "/nonsense now")
    expect(page.locator(".toast")).to_contain_text("/nonsense is not a valid command")
    expect(page.get_by_label("Message #web-relaunch")).to_have_value("/nonsense now")
    page.get_by_role("button", name="Traffic").click()
    expect(page.locator("#traffic")).to_contain_text("auth.test")


def _write(page: Page, where: str, text: str) -> None:
    box = page.get_by_label(where, exact=True)
    box.fill(text)
    box.press("Escape")  # no suggestion is taken
    box.press("Enter")


def _fill(form: Locator, label: str, value: str) -> None:
    field = form.get_by_label(re.compile(rf"^{label}( \(optional\))?$"))
    kind = field.evaluate("element => element.tagName")
    if kind == "SELECT":
        field.select_option(label=value)
    elif kind == "DIV":
        for box in field.get_by_role("checkbox").all():
            box.set_checked(
                box.evaluate("box => box.labels[0].innerText.trim()") in value.split("\n")
            )
    else:
        field.fill(value)


def _become(page: Page, name: str) -> None:
    page.get_by_label("You are").select_option(name)
    expect(page.locator("#sidebar label select option:checked")).to_contain_text(name)


def _act_on(page: Page, text: str, what: str) -> None:
    message = page.locator("#conversation .message", has_text=text)
    expect(message).to_have_count(1)
    for patience in (1_000, 3_000, 15_000):
        message.hover()  # again, for what is drawn anew meanwhile has slipped from the pointer
        with suppress(TooLate):
            message.get_by_label(what).click(timeout=patience)
            return
    raise AssertionError(f"nothing to click on: {what}")


def _picture(page: Page, request: pytest.FixtureRequest, folder: Path) -> None:
    """Takes the README's picture, if asked to by --picture."""
    wanted = request.config.getoption("--picture")
    path = Path(wanted) if wanted else folder / "page.png"
    page.screenshot(path=path)
    assert path.stat().st_size > 20_000
