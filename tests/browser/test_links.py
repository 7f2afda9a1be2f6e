"""Links over real HTTP: opening one changes nothing, and of many presses exactly one acts."""

import logging
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import select

from bot.browser.links import MOST_A_MINUTE, MOST_ADDRESSES, Turnstile
from bot.core import links, logs
from bot.core.bot import Bot
from bot.core.clock import StoppedClock
from bot.core.links import LinkEntry, LinkPage, LinkRow
from bot.core.unit_of_work import House, UnitOfWork
from bot.core.workspaces import Workspace, save
from tests.support.browser import page_of
from tests.support.browsing import door, ring

TEAM, NAME = "T1", "things.do"
HOUR: Final = timedelta(hours=1)
NASTY = "<script>alert(1)</script> & \"quoted\" 'too' ü"


class Things:
    """A feature that counts what was done, in the database, as features do."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str]] = []
        self.breaks = False

    def show(self, _uow: UnitOfWork, reference: str, user_id: str) -> LinkPage:
        if self.done:
            return LinkPage("Taken", f"{self.done[0][1]} has it.", button="Do it")
        return LinkPage("Free", f"Shall {user_id} do {reference}?", [NASTY, "two\nlines"], "Do it")

    def act(self, uow: UnitOfWork, reference: str, user_id: str) -> LinkPage:
        if self.breaks:
            raise RuntimeError("https://baton.example/l/0123456789abcdef0123456789abcdef")
        assert uow.session.in_transaction()
        self.done.append((reference, user_id))
        return LinkPage("Done", f"{user_id} has it now.")


@pytest.fixture
def things(bot: Bot) -> Things:
    doing = Things()
    with bot.database.transaction() as session:
        save(session, Workspace(TEAM, "Town", "town", "B1", "U0", frozenset()), now=bot.clock.now())
    bot.on_link(NAME, LinkEntry(doing.show, doing.act))
    return doing


@pytest.fixture
def web(bot: Bot, things: Things) -> Iterator[httpx2.Client]:
    assert things.done == []
    with door(bot) as address, httpx2.Client(base_url=address, trust_env=False) as client:
        yield client


def _link(bot: Bot, user_id: str = "U1", *, lasts: timedelta = HOUR, name: str = NAME) -> str:
    with bot.begin(TEAM, during="job") as uow:
        link_id = links.make(uow, name, "thing-1", user_id, lasts=lasts)
    assert link_id is not None
    return _address(bot, link_id)


def _address(bot: Bot, link_id: UUID) -> str:
    house = bot.house
    with bot.reading() as (session, _):
        return links.url(session, house.keyring, str(house.public_url), TEAM, link_id)


def test_looking_changes_nothing_and_pressing_does_it_once(
    bot: Bot, web: httpx2.Client, things: Things
) -> None:
    address = _link(bot)
    for _ in range(3):
        shown = web.get(address)
        assert shown.status_code == 200
        assert "Do it</button>" in shown.text
    assert web.head(address).status_code == 200
    assert web.get(address, headers={"sec-purpose": "prefetch"}).status_code == 200
    assert things.done == []
    pressed = web.post(address)
    assert pressed.status_code == 200
    assert "U1 has it now." in pressed.text
    assert things.done == [("thing-1", "U1")]


def test_the_second_press_is_told_who_has_it(bot: Bot, web: httpx2.Client, things: Things) -> None:
    address = _link(bot)
    web.post(address)
    for again in (web.post(address), web.get(address)):
        assert again.status_code == 200
        assert "U1 has it." in again.text
        assert "<button" not in again.text
    assert len(things.done) == 1


@pytest.mark.slow
def test_of_fifty_presses_at_once_exactly_one_acts(
    bot: Bot, web: httpx2.Client, things: Things
) -> None:
    address = _link(bot)

    def press(_number: int) -> httpx2.Response:
        with httpx2.Client(trust_env=False, timeout=30) as client:
            return client.post(address)

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(press, range(50)))
    assert things.done == [("thing-1", "U1")]
    assert len([each for each in answers if "has it now" in each.text]) == 1
    assert {each.status_code for each in answers} <= {200, 503}
    assert all("U1 has it" in each.text for each in answers if each.status_code == 200)
    assert web.get(address).status_code == 200


def test_a_press_that_fails_uses_nothing_up(bot: Bot, web: httpx2.Client, things: Things) -> None:
    address, things.breaks = _link(bot), True
    failed = web.post(address)
    assert failed.status_code == 503
    assert "Nothing was done" in failed.text
    things.breaks = False
    assert "has it now" in web.post(address).text


def test_what_opens_nothing_says_so_calmly(
    bot: Bot, web: httpx2.Client, things: Things, clock: StoppedClock
) -> None:
    address = _link(bot, lasts=HOUR)
    unknown = [f"/l/{'0' * links.TOKEN_LENGTH}", "/l/short", "/l/%00", "/l/" + "x" * 5_000]
    for path in (*unknown, address + "0"):
        for answer in (web.get(path), web.post(path)):
            assert answer.status_code == 404
            assert "This link opens nothing" in answer.text
    clock.advance(HOUR)
    for answer in (web.get(address), web.post(address)):
        assert answer.status_code == 410
        assert "This link is too old" in answer.text
    assert things.done == []


def test_a_link_of_a_feature_that_is_gone_opens_nothing(bot: Bot, web: httpx2.Client) -> None:
    assert web.get(_link(bot, name="gone.do")).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize(
    ("headers", "is_own"),
    [
        ({}, True),
        ({"origin": "null"}, True),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"origin": "https://elsewhere.example"}, False),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
    ],
)
def test_only_its_own_page_presses(
    bot: Bot, web: httpx2.Client, things: Things, headers: dict[str, str], is_own: bool
) -> None:
    answer = web.post(_link(bot), headers=headers)
    assert answer.status_code == (200 if is_own else 403)
    assert len(things.done) == is_own


def test_its_own_origin_may_press(bot: Bot, web: httpx2.Client, things: Things) -> None:
    origin = {"origin": str(bot.house.public_url)}
    assert web.post(_link(bot), headers=origin).status_code == 200
    assert len(things.done) == 1


def test_a_long_body_is_never_read(bot: Bot, web: httpx2.Client, things: Things) -> None:
    assert web.post(_link(bot), content=b"x" * 10_000).status_code == 200
    assert len(things.done) == 1


def test_other_methods_are_refused(bot: Bot, web: httpx2.Client, things: Things) -> None:
    address = _link(bot)
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert web.request(method, address).status_code == 405
    assert things.done == []


def test_nothing_is_kept_run_or_framed(bot: Bot, web: httpx2.Client) -> None:
    shown = web.get(_link(bot))
    policy = shown.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert shown.headers["cache-control"] == "no-store"
    assert shown.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in shown.headers["x-robots-tag"]
    assert "<script" not in shown.text
    assert "&lt;script&gt;" in shown.text
    assert "set-cookie" not in shown.headers


def test_the_token_stands_nowhere(
    bot: Bot, web: httpx2.Client, things: Things, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    address, things.breaks = _link(bot), True
    token = address.rpartition("/")[2]
    web.get(address)
    web.post(address)
    assert token not in caplog.text.replace(f"POST {address}", "").replace(f"GET {address}", "")
    with bot.reading() as (session, _):
        row = session.scalars(select(LinkRow)).one()
    values = [str(getattr(row, column.key)) for column in LinkRow.__mapper__.column_attrs]
    assert not [value for value in values if token in value]


def test_a_log_line_shows_no_token(capsys: pytest.CaptureFixture[str]) -> None:
    token = "0123456789abcdef" * 2
    try:
        logs.configure("INFO", "json")
        try:
            raise ValueError(f"https://baton.example/l/{token}")
        except ValueError:
            logging.getLogger("uvicorn.error").exception("GET /l/%s", token)
            logs.get("x").warning("opened", address=f"http://127.0.0.1/l/{token}?x")
    finally:
        logs.configure("WARNING", "console")
    written = capsys.readouterr().err
    assert "/l/\\u2026?x" in written
    assert token not in written


@pytest.mark.slow
def test_one_address_is_let_in_so_often_a_minute(bot: Bot, web: httpx2.Client) -> None:
    address = _link(bot)
    answers = [web.get(address).status_code for _ in range(MOST_A_MINUTE + 1)]
    assert answers[-2:] == [200, 429]


def test_what_is_counted_stays_bounded() -> None:
    turnstile = Turnstile(2)
    assert [turnstile.lets_in("a") for _ in range(3)] == [True, True, False]
    assert all(turnstile.lets_in(f"address {number}") for number in range(3 * MOST_ADDRESSES))
    assert len(turnstile._counts) == MOST_ADDRESSES


def test_without_keys_or_an_address_there_are_no_links(bot: Bot, things: Things) -> None:
    assert things.done == []
    for house in (House(), House(keyring=ring()), House(public_url="https://baton.example")):
        bot.house = house
        with bot.begin(TEAM, during="job") as uow:
            assert links.make(uow, NAME, "thing-1", "U1", lasts=HOUR) is None


def test_a_link_outlives_a_change_of_keys_as_long_as_its_key_is_there(
    bot: Bot, web: httpx2.Client, things: Things
) -> None:
    house, newer = bot.house, ring()
    with bot.begin(TEAM, during="job") as uow:
        link_id = links.make(uow, NAME, "thing-1", "U1", lasts=HOUR)
    assert link_id is not None
    before = _address(bot, link_id)
    both = type(newer)({**newer.keys, **house.keyring.keys})
    bot.house = House(both, house.public_url)
    assert _address(bot, link_id) == before
    bot.house = House(newer, house.public_url)
    assert _address(bot, link_id) == ""
    assert "has it now" in web.post(before).text, "it was handed over before"
    assert things.done


def test_a_used_link_is_not_handed_over(bot: Bot, web: httpx2.Client) -> None:
    with bot.begin(TEAM, during="job") as uow:
        link_id = links.make(uow, NAME, "thing-1", "U1", lasts=HOUR)
    assert link_id is not None
    web.post(_address(bot, link_id))
    assert _address(bot, link_id) == ""


@pytest.mark.slow
def test_whoever_holds_it_sees_a_page_and_presses(
    bot: Bot, web: httpx2.Client, things: Things, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    address = _link(bot)
    assert address.startswith(str(web.base_url))
    with page_of(address) as page:
        folder = Path(request.config.getoption("--picture") or tmp_path)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for width in (320, 1024):
                page.set_viewport_size({"width": width, "height": 640})
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                if folder.is_dir():
                    page.screenshot(path=folder / f"link-{scheme}-{width}.png")
        assert re.search(
            r"rgb\(34, 34, 38\)",
            str(page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor")),
        )
        assert things.done == []
        page.get_by_role("button", name="Do it").press("Enter")
        page.get_by_role("heading", name="Done").wait_for()
        assert page.get_by_role("button").count() == 0
    assert things.done == [("thing-1", "U1")]
