"""Whatever a browser brings to the door for installing: it sees a page of ours, and none of it."""

from collections.abc import Iterator, Sequence
from typing import Final, Self
from urllib.parse import urlencode

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.bot import Bot
from tests.support.slack_oauth import InstallDoor, install_door

CANARY: Final = "zqcanaryzq"
NAMES: Final = ("state", "code", "error", "redirect_uri", "next", "team", "error_description", "é")
NASTY: Final = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=1>',
    "https://evil.example/",
    "//evil.example",
    "javascript:alert(1)",
    "a\r\nset-cookie: x=1",
    "\x00",
    "access_denied",
    "' OR 1=1 --",
    "%s%n{0}",
    "\ufffe\u202e",
    "A" * 43,
    "x" * 3_000,
)
VALUES = st.one_of(st.sampled_from(NASTY), st.text(max_size=60)).map(lambda text: text + CANARY)
QUERIES = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=6)
COOKIES = st.one_of(
    st.sampled_from(["", "baton-install=", "=", ";;", "__Host-baton-install=x", "baton-install"]),
    st.text(
        st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=60
    ),
).map(lambda text: (text + CANARY).strip())
OFTEN = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
MANY_A_MINUTE: Final = 60


class Crowd:
    """Browsers of many addresses, so that none of them comes too often."""

    def __init__(self, door: InstallDoor) -> None:
        self.door, self._number = door, 0
        self._browser = httpx2.Client()

    def get(self, path: str, cookie: str = "") -> httpx2.Response:
        """What a browser without a memory is answered."""
        if self._number % MANY_A_MINUTE == 0:
            address = f"127.0.1.{self._number // MANY_A_MINUTE + 1}"
            self._browser.close()
            self._browser = httpx2.Client(
                transport=httpx2.HTTPTransport(local_address=address, verify=False), timeout=20
            )
        self._number += 1
        self._browser.cookies.clear()
        headers = {b"cookie": cookie.encode("latin-1")} if cookie else {}
        return self._browser.get(self.door.url + path, headers=headers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._browser.close()


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """It is not about databases."""
    return sqlite_url


@pytest.fixture
def crowd(bot: Bot) -> Iterator[Crowd]:
    with install_door(bot) as door, Crowd(door) as browsers:
        yield browsers


def _is_ours(answer: httpx2.Response, *statuses: int) -> None:
    assert answer.status_code in statuses, answer.text
    said = answer.text + "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
    assert CANARY not in said
    assert "evil.example" not in said


def _query(pairs: Sequence[tuple[str, str]]) -> str:
    return urlencode([(name, value.encode(errors="surrogatepass")) for name, value in pairs])


@OFTEN
@given(pairs=QUERIES, cookie=COOKIES)
def test_nothing_that_comes_back_is_shown_followed_or_fatal(
    crowd: Crowd, pairs: list[tuple[str, str]], cookie: str
) -> None:
    answer = crowd.get(f"/slack/oauth_redirect?{_query(pairs)}", cookie)
    _is_ours(answer, 200, 400, 410)
    assert "location" not in answer.headers
    assert crowd.door.api.journal == [], "without a state of ours Slack is never asked"
    assert crowd.door.installed == []


@OFTEN
@given(pairs=QUERIES, cookie=COOKIES)
def test_whoever_begins_is_sent_to_slack_whatever_they_ask_for(
    crowd: Crowd, pairs: list[tuple[str, str]], cookie: str
) -> None:
    answer = crowd.get(f"/slack/install?{_query(pairs)}", cookie)
    _is_ours(answer, 302)
    assert answer.headers["location"].startswith(f"{crowd.door.api.url}/oauth/v2/authorize?")


@pytest.mark.slow
@OFTEN
@given(code=VALUES)
def test_a_good_state_with_a_hostile_code_installs_nothing(crowd: Crowd, code: str) -> None:
    begun = crowd.get("/slack/install")
    state = begun.headers["location"].rpartition("state=")[2]
    cookie = begun.headers["set-cookie"].partition(";")[0]
    query = _query([("state", state), ("code", code)])
    _is_ours(crowd.get(f"/slack/oauth_redirect?{query}", cookie), 400)
    assert crowd.door.installed == []
    assert not [each for each in crowd.door.api.journal if each.query], "a code goes in the body"


def test_what_is_no_query_at_all_is_none(crowd: Crowd) -> None:
    state = crowd.door.starts()
    for raw in (
        "%", "%ff%fe=%80", "state", "=&=&&", "state=%00", "state[]=1", ";", "a" * 20_000,
        f"state={state}&state={state}&code=1", f"state={state}%00&code=1",
        "&".join(f"p{number}=1" for number in range(3_000)),
    ):  # fmt: skip
        _is_ours(crowd.get(f"/slack/oauth_redirect?{raw}"), 200, 400, 410)
    answer = crowd.door.returns(state=state, code="code-1")
    assert answer.status_code == 200, "it was not used up"
