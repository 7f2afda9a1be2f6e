"""States of installations: each is good once, in its browser, whoever races for it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from bot.core import oauth_states
from bot.core.bot import Bot
from bot.core.clock import StoppedClock
from bot.core.db import Database
from bot.core.installing import Outcome, Returned
from bot.core.oauth_states import GOOD_FOR, KEPT_FOR, OAuthStateRow, Secrets, State
from tests.conftest import NOW
from tests.support.slack_oauth import oauth_with

PAIRS = 200


def _begin(database: Database, browser: str = "") -> Secrets:
    with database.transaction() as session:
        return oauth_states.begin(session, browser, now=NOW)


def _take(database: Database, given: Secrets, *, after: timedelta = timedelta()) -> State:
    with database.transaction() as session:
        return oauth_states.take(session, given, now=NOW + after)


def test_secrets_are_long_and_never_the_same(database: Database) -> None:
    made = [_begin(database) for _ in range(5)]
    values = {each for secrets in made for each in (secrets.state, secrets.browser)}
    assert len(values) == 10
    assert {len(each) for each in values} == {43}, "256 bits"


def test_a_browser_keeps_its_secret_and_never_brings_one_of_another_shape(
    database: Database,
) -> None:
    first = _begin(database)
    assert _begin(database, first.browser).browser == first.browser
    for odd in ("", "short", "A" * 44, "A" * 42 + "\n", "ü" * 43, "A" * 10_000):
        assert _begin(database, odd).browser != odd


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (timedelta(), State.GOOD),
        (GOOD_FOR - timedelta(microseconds=1), State.GOOD),
        (GOOD_FOR, State.EXPIRED),
        (KEPT_FOR * 2, State.EXPIRED),
    ],
)
def test_it_is_good_for_ten_minutes(database: Database, after: timedelta, expected: State) -> None:
    made = _begin(database)
    assert _take(database, made, after=after) is expected
    assert _take(database, made, after=after) is State.UNKNOWN


def test_whatever_is_brought_is_judged(database: Database) -> None:
    made = _begin(database)
    for odd in ("", "x", "\x00", "\ud800", "A" * 43, "' OR 1=1 --", "é" * 99_999):
        assert _take(database, Secrets(odd, made.browser)) is State.UNKNOWN
        assert _take(database, Secrets(made.state, odd)) is State.FOREIGN
    assert _take(database, made) is State.GOOD


@pytest.mark.slow
def test_t18_of_two_racers_for_one_state_exactly_one_installs(
    bot: Bot, clock: StoppedClock
) -> None:
    """200 pairs at the whole way in: 200 successes, and as many codes that Slack was asked for."""
    assert clock.now() == NOW
    with oauth_with(bot) as (oauth, api), ThreadPoolExecutor(2) as racers:
        start = Barrier(2)

        def race(pair: int, racer: int, state: str, browser: str) -> Outcome:
            returned = Returned(state=state, code=f"code-{pair}-{racer}", browser=browser)
            start.wait()
            return oauth.finish(returned).outcome

        outcomes: list[Outcome] = []
        for pair in range(PAIRS):
            begun = oauth.begin("")
            state = begun.address.rpartition("state=")[2]
            running = [racers.submit(race, pair, racer, state, begun.browser) for racer in range(2)]
            outcomes += [each.result() for each in running]
        installed, over = (outcomes.count(each) for each in (Outcome.INSTALLED, Outcome.OVER))
        exchanged = len(api.calls("oauth.v2.access"))
    dialect = bot.database.dialect
    print(f"T18 {dialect}: {PAIRS} pairs, {installed} successes, {exchanged} codes exchanged")  # noqa: T201
    assert (installed, over, exchanged) == (PAIRS, PAIRS, PAIRS)
    with bot.reading() as (session, _):
        assert session.scalar(select(func.count()).select_from(OAuthStateRow)) == 0
