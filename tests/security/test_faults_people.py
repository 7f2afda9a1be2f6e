"""Who may read changes between draft and send, and what Slack refuses: over HTTP."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import delete, select, update

from bot.core.outbox import OutboxRow
from bot.core.queue import State
from bot.core.rate_limits import RateLimitRow
from tests.support.databases import Rows, fill
from tests.support.lookout import Lookout
from tests.support.ports import free_port
from tests.support.town import Town, town

TEAM: Final = "T0TIDELINE"
MEI: Final = "U0MEI0000"
LEADS: Final = "G0LEADS00"
INFRA: Final = "C0INFRA00"
CANARY: Final = "CANARYWORD"
NIGHT: Final = datetime(2026, 10, 6, 20, 0, tzinfo=UTC)
REFUSALS: Final = (
    "is_archived",
    "channel_not_found",
    "not_in_channel",
    "restricted_action",
    "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
    "restricted_action_non_threadable_channel",
    "restricted_action_thread_locked",
    "messages_tab_disabled",
    "as_user_not_supported",
    "msg_too_long",
    "user_disabled",
    "user_not_found",
    "cannot_dm_bot",
    "team_access_not_granted",
    "access_denied",
    "ekm_access_denied",
    "some_code_of_tomorrow",
)
KINDS: Final[dict[str, dict[str, Any]]] = {
    "deactivated": {"deleted": True},
    "guest": {"is_restricted": True},
    "single-channel-guest": {"is_ultra_restricted": True},
    "stranger": {"is_stranger": True},
    "external": {"team": "T0ELSEWHERE"},
}


@pytest.fixture
def wired(sqlite_url: str, acquaintance: Rows) -> Iterator[Town]:
    """A town that the bot knows, over HTTP."""
    fill(sqlite_url, acquaintance)
    with town(sqlite_url, http_port=free_port()) as living:
        yield living


@pytest.mark.slow
@pytest.mark.needs("decisions")
def test_f36_each_refusal_ends_one_message_with_its_reason_and_holds_nothing_back(
    reached: Town, lookout: Lookout
) -> None:
    for code in REFUSALS:
        reached.slack.faults(methods=[{"method": "chat.postMessage", "error": code}])
        _decides(reached, f"We take {code}")
        with reached.app.bot.database.reading() as session:
            dead = select(OutboxRow).where(OutboxRow.state == State.DEAD)
            (row,) = session.scalars(dead)
            assert code in str(row.error)
        with reached.app.bot.database.transaction() as session:
            session.execute(delete(OutboxRow).where(OutboxRow.state == State.DEAD))
        _decides(reached, f"And then {code} again")
        assert f"And then {code} again" in str(reached.posts_in("#infra"))
        problems = [each for each in lookout.problems() if "refused" not in each]
        assert problems == [], code
        reached.tom.types("#infra", "/decision list")
        assert f"We take {code}" in reached.whispers_to(reached.tom)[-1], "and nothing is lost"


def _decides(town: Town, text: str) -> None:
    ts = town.tom.says("#infra", text)
    town.tom.picks("Log a decision", "#infra", ts)
    town.tom.fills_in({})
    town.settle()


@pytest.mark.slow
@pytest.mark.needs("asks", "digest", "home")
@pytest.mark.parametrize("kind", KINDS)
def test_f37_whoever_is_no_member_any_more_is_written_to_no_more(kind: str, wired: Town) -> None:
    lookout = Lookout(wired)
    wired.tom.says("#infra", f"@Mei which logo do we ship? {CANARY}")
    wired.settle()
    if kind == "deactivated":
        wired.tom.deactivates("Mei")
    else:
        _changes(wired, **KINDS[kind])
    wired.settle()
    before = len(wired.writes_to(wired.mei))
    wired.tom.says("#infra", "@Mei and which colour? Please answer today.")
    for _ in range(5):
        wired.advance(hours=12)
    assert wired.writes_to(wired.mei)[before:] == []
    assert wired.whispers_to(wired.mei) == []
    problems, calls = lookout.problems(), wired.slack.traffic()
    lookout.finish()
    assert problems == []
    refused = [each for each in calls if each["outcome"] in {"user_disabled", "cannot_dm_bot"}]
    assert refused == []


def _changes(town: Town, **changes: object) -> None:
    """Something about Mei's account changes, and Slack tells of it."""
    account = town.server.slack.world.users[MEI]
    _on_loop(town, lambda: town.server.slack.change_account(account, "changed", changes))


def _on_loop(town: Town, act: Callable[[], object]) -> None:
    loop = town.server._loop
    assert loop is not None
    loop.call_soon_threadsafe(act)
    town.slack.settled()


@pytest.mark.needs("asks")
def test_f37_whoever_was_renamed_is_called_by_the_new_name(wired: Town) -> None:
    wired.tom.says("#infra", "@Mei which logo do we ship?")
    wired.settle()
    _changes(wired, name="Mika <!channel>", real_name="Mika")
    wired.settle()
    wired.advance(hours=13)
    assert "<!channel>" not in str(wired.slack.traffic()[-50:])


WAYS: Final[dict[str, Callable[[Town], None]]] = {
    "left": lambda town: town.tom.removes("Priya", "#leads"),
    "left-without-a-word": lambda town: _members(town, LEADS).remove("U0PRIYA00"),
    "became-a-guest": lambda town: town.tom.makes("Priya", "guest"),
    "was-deactivated": lambda town: town.tom.deactivates("Priya"),
    "baton-was-removed": lambda town: town.tom.removes("Baton", "#leads"),
    "off": lambda town: town.priya.types("#general", "/baton off"),
}
"""After these nothing of the private channel reaches Priya."""


@pytest.mark.slow
@pytest.mark.needs("digest", "asks")
@pytest.mark.parametrize("way", WAYS)
def test_f38_what_closes_a_channel_between_draft_and_send_drops_the_line(
    way: str, wired: Town
) -> None:
    told = _sent_after(wired, "#leads", WAYS[way])
    assert CANARY not in str(told)


@pytest.mark.slow
@pytest.mark.needs("digest", "asks")
def test_f38_a_channel_that_turned_private_is_closed_to_whoever_is_not_in_it(wired: Town) -> None:
    def turns(town: Town) -> None:
        infra = town.server.slack.world.channels[INFRA]
        infra.members.remove("U0PRIYA00")
        infra.kind = "group"
        _converts(town, "channel_convert_to_private")

    assert CANARY not in str(_sent_after(wired, "#infra", turns))


@pytest.mark.slow
@pytest.mark.needs("digest", "asks")
def test_f38_a_channel_that_turned_public_stays_open_to_its_members(wired: Town) -> None:
    def turns(town: Town) -> None:
        town.server.slack.world.channels[LEADS].kind = "channel"
        _converts(town, "channel_convert_to_public", LEADS)

    assert CANARY in str(_sent_after(wired, "#leads", turns))


def _converts(town: Town, subtype: str, channel: str = INFRA) -> None:
    ts = town.server.slack.clock.ts()
    event = {
        "type": "message",
        "subtype": subtype,
        "channel": channel,
        "ts": ts,
        "user": "U0TOM0000",
    }
    where = town.server.slack.world.channels[channel]
    _on_loop(town, lambda: town.server.slack._send(event, where))


def _members(town: Town, channel: str) -> list[str]:
    return town.server.slack.world.channels[channel].members


def _sent_after(town: Town, channel: str, change: Callable[[Town], None]) -> list[str]:
    """What Priya was sent, where the change came when it was all queued already."""
    if channel == "#leads":
        town.tom.invites("Baton", "#leads")
    town.move_to(NIGHT)
    town.tom.says(channel, f"We hire a second designer. {CANARY}")
    town.tom.says(channel, f"@Priya can you look at the budget? {CANARY}")
    town.tom.says("#web-relaunch", "The pump is back.")
    town.settle()
    full = {"method": "chat.postMessage", "status": 429, "retry_after": "1", "times": 10_000}
    town.slack.faults(methods=[full])
    town.slack.next_morning("Priya")
    _run_until_queued(town)
    change(town)
    town.slack.settled()
    town.slack.advance(timedelta(seconds=61))  # what is known of a channel is good for a minute
    _run_jobs(town)
    town.slack.faults()
    with town.app.bot.database.transaction() as session:
        session.execute(delete(RateLimitRow))
        past = datetime(2020, 1, 1, tzinfo=UTC)
        session.execute(
            update(OutboxRow).where(OutboxRow.state == State.READY).values(not_before=past)
        )
    town.settle()
    return town.writes_to(town.priya)


def _run_until_queued(town: Town) -> None:
    for _ in range(50):
        _run_jobs(town)
        with town.app.bot.database.reading() as session:
            waiting = select(OutboxRow.id).where(
                OutboxRow.recipient == "U0PRIYA00", OutboxRow.state == State.READY
            )
            if session.scalars(waiting).all():
                return
    raise AssertionError("nothing was queued for Priya")


def _run_jobs(town: Town) -> None:
    for job in town.app.bot.jobs:
        job.run(town.app.bot)
    town.slack.settled()
