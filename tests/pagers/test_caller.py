"""The lanes that call pagers: each attempt once, and told what became of it; on both databases."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from uuid import UUID

import pytest
from sqlalchemy import select

from bot import pagers
from bot.core import addresses, attempts, links, traces
from bot.core.addresses import AddressRow
from bot.core.attempts import TRIES, AttemptRow, lane_of
from bot.core.bot import Bot
from bot.core.clock import StoppedClock, SystemClock
from bot.core.encryption import Keyring
from bot.core.errors import PagerOutcomeUnknown, PagerRefused, PagerUnavailable
from bot.core.events import AttemptSettled
from bot.core.ids import new_id
from bot.core.ports import Act, Notice
from bot.core.queue import State
from bot.core.unit_of_work import House, UnitOfWork
from bot.pagers.caller import CALL_SECONDS, LEASE, Caller, Leftovers
from bot.pagers.patience import within
from tests.support.dying_caller import NAME, Book, die

TEAM = "T1"
ANA = "ana@acme.example"
CANARY = "canary words"


class Phone:
    """A pager that does what it is told, and remembers whom it called."""

    def __init__(
        self, name: str = "pagerduty", kind: str = "", does: Callable[[], None] = lambda: None
    ) -> None:
        self.name, self.address_kind, self._does = name, kind, does
        self.called: list[tuple[Notice, str]] = []

    def call(self, notice: Notice, address: str) -> None:
        self.called.append((notice, address))
        self._does()

    @property
    def keys(self) -> list[str]:
        return [notice.key for notice, _ in self.called]


@pytest.fixture
def told(bot: Bot) -> list[tuple[str, str, str]]:
    """What features are told: key, outcome, code."""
    heard: list[tuple[str, str, str]] = []

    def hear(event: AttemptSettled, uow: UnitOfWork) -> None:
        assert uow.team_id == event.team_id
        heard.append((event.key, event.outcome, event.error))

    bot.on(AttemptSettled, hear)
    return heard


@pytest.fixture
def machine(bot: Bot) -> StoppedClock:
    """The machine's clock, by which leases run."""
    bot.machine_clock = StoppedClock(SystemClock().now())
    return bot.machine_clock


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Where a caller in another process notes whom it called."""
    path = tmp_path / "book"
    path.touch()
    return path


def _queue(
    bot: Bot, key: str, pager: str = NAME, *, user_id: str = "", team: str = TEAM, **more: str
) -> None:
    act = Act(more.pop("act", Act.TRIGGER))
    notice = Notice(key, more.pop("incident", key), act, "Production down", CANARY)
    with bot.begin(team, during="job") as uow:
        assert attempts.queue(uow, key, pager, asdict(notice) | more, user_id=user_id)


def _row(bot: Bot, key: str) -> AttemptRow:
    with bot.database.reading() as session:
        row = attempts.find(session, TEAM, key)
    assert row is not None
    return row


def test_an_attempt_is_made_once_and_told_in_the_same_transaction(
    bot: Bot, told: list[tuple[str, str, str]]
) -> None:
    phone = Phone()
    _queue(bot, "a")
    caller = Caller(bot, phone)
    assert [caller.step(), caller.step()] == [True, False]
    assert phone.keys == ["a"]
    assert told == [("a", "accepted", "")]
    row = _row(bot, "a")
    assert (row.state, row.payload, row.error) == (State.DONE, {}, None)
    assert row.claimed_at == bot.clock.now()


def test_an_attempt_is_made_under_the_id_that_it_was_queued_under(bot: Bot) -> None:
    made_under: list[UUID | None] = []
    page = new_id()
    with traces.under(page):
        _queue(bot, "a")
    caller = Caller(bot, Phone(does=lambda: made_under.append(traces.current())))
    with traces.under():
        assert caller.step()
        assert traces.current() != page
    assert made_under == [page] == [_row(bot, "a").trace]


@pytest.mark.parametrize(
    ("problem", "outcome", "code"),
    [
        (PagerUnavailable("(503)"), "unavailable", "503"),
        (PagerRefused("(400 21211)"), "refused", "400 21211"),
        (PagerOutcomeUnknown("(ReadTimeout)"), "unknown", "ReadTimeout"),
        (KeyError(CANARY), "unknown", "KeyError"),
    ],
)
def test_what_goes_wrong_is_told_at_once_and_not_tried_again(
    problem: Exception, outcome: str, code: str, bot: Bot, told: list[tuple[str, str, str]]
) -> None:
    def fail() -> None:
        raise problem

    phone = Phone(does=fail)
    _queue(bot, "a")
    caller = Caller(bot, phone)
    assert [caller.step(), caller.step()] == [True, False]
    assert told == [("a", outcome, code)]
    row = _row(bot, "a")
    assert (row.state, row.payload, row.error) == (State.DONE, {}, f"{outcome}: {code}")


@pytest.mark.parametrize("act", [Act.ACKNOWLEDGE, Act.RESOLVE])
@pytest.mark.parametrize("problem", [PagerUnavailable("(503)"), PagerOutcomeUnknown("(cut off)")])
def test_what_calls_an_incident_off_is_said_again_under_its_key_until_it_arrived(
    problem: Exception,
    act: str,
    bot: Bot,
    told: list[tuple[str, str, str]],
    machine: StoppedClock,
) -> None:
    problems = [problem, problem]

    def fail_twice() -> None:
        if problems:
            raise problems.pop()

    phone = Phone(does=fail_twice)
    _queue(bot, "a", act=act)
    caller = Caller(bot, phone)
    for wait in (0, 2, 4):
        machine.advance(timedelta(seconds=wait))
        assert caller.step()
        assert not caller.step(), "not again at once"
    assert phone.keys == ["a", "a", "a"]
    assert told == [("a", "accepted", "")]
    assert (_row(bot, "a").state, _row(bot, "a").error) == (State.DONE, None)


def test_what_calls_an_incident_off_is_given_up_in_time_and_told(
    bot: Bot, told: list[tuple[str, str, str]], machine: StoppedClock
) -> None:
    def fail() -> None:
        raise PagerUnavailable("(503)")

    phone = Phone(does=fail)
    _queue(bot, "a", act="acknowledge", incident="1")
    _queue(bot, "b", incident="1")
    caller = Caller(bot, phone)
    for _ in range(TRIES):
        machine.advance(timedelta(seconds=8))
        assert caller.step()
    assert (phone.keys, told) == (["a"] * TRIES, [("a", "unavailable", "503")])
    assert caller.step(), "what is new about the same incident waits no longer"
    assert phone.keys[-1] == "b"


def test_a_refused_end_of_an_incident_is_not_said_again(
    bot: Bot, told: list[tuple[str, str, str]]
) -> None:
    def fail() -> None:
        raise PagerRefused("(401)")

    _queue(bot, "a", act="resolve")
    caller = Caller(bot, Phone(does=fail))
    assert [caller.step(), caller.step()] == [True, False]
    assert told == [("a", "refused", "401")]


@pytest.mark.parametrize("point", ["attempt.after_claim", "attempt.after_call"])
def test_the_end_of_an_incident_is_said_again_after_its_process_died(
    point: str,
    bot: Bot,
    database_url: str,
    book: Path,
    told: list[tuple[str, str, str]],
) -> None:
    bot.house = House(pagers=(NAME,))
    _queue(bot, "a", act="resolve")
    die(database_url, point, book)
    before = book.read_text()
    bot.machine_clock = StoppedClock(SystemClock().now())
    bot.machine_clock.advance(LEASE)
    _work_all(bot, book)
    _work_all(bot, book)
    assert book.read_text() == before + "a\n"
    assert told == [("a", "accepted", "")]


def test_callers_side_by_side_never_call_for_the_same_row(
    bot: Bot, told: list[tuple[str, str, str]]
) -> None:
    keys = [f"a{number}" for number in range(20)]
    for key in keys:
        _queue(bot, key)
    phone = Phone()

    def work() -> None:
        caller = Caller(bot, phone)
        while len(phone.called) < len(keys):
            caller.step()

    _together([work] * 3)
    assert sorted(phone.keys) == sorted(keys)
    assert sorted(told) == sorted((key, "accepted", "") for key in keys)


def _together(works: Sequence[Callable[[], object]]) -> None:
    threads = [Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()


def test_a_pager_that_hangs_holds_up_no_other(bot: Bot) -> None:
    begun, may_end = Event(), Event()

    def hang() -> None:
        begun.set()
        assert may_end.wait(20)

    hanging, quick = Phone("sms", does=hang), Phone("webhook")
    for phone in (hanging, quick):
        pagers.add(bot, phone)
        _queue(bot, phone.name, phone.name)
    assert bot.house.pagers == ("sms", "webhook")
    thread = Thread(target=bot.lanes[lane_of("sms")].step)
    thread.start()
    assert begun.wait(20)
    assert bot.lanes[lane_of("webhook")].step()
    assert quick.keys == ["webhook"]
    may_end.set()
    thread.join(20)


def test_queueing_wakes_the_lane_of_its_pager(bot: Bot) -> None:
    for name in ("sms", "webhook"):
        pagers.add(bot, Phone(name))
    _queue(bot, "a", "sms")
    assert bot.lanes[lane_of("sms")].wake.is_set()
    assert not bot.lanes[lane_of("webhook")].wake.is_set()


def test_what_is_about_one_incident_is_told_in_order(bot: Bot) -> None:
    begun, may_end = Event(), Event()

    def hang() -> None:
        begun.set()
        assert may_end.wait(20)

    phone = Phone(does=hang)
    for key in ("trigger", "resolve"):
        _queue(bot, key, incident="p1")
    thread = Thread(target=Caller(bot, phone).step)
    thread.start()
    assert begun.wait(20)
    assert not Caller(bot, phone).step(), "the first one is not over"
    may_end.set()
    thread.join(20)
    assert Caller(bot, phone).step()
    assert phone.keys == ["trigger", "resolve"]


def test_what_is_taken_back_in_time_is_not_made(bot: Bot, told: list[tuple[str, str, str]]) -> None:
    phone = Phone()
    for key in ("a", "b"):
        _queue(bot, key)
    assert Caller(bot, phone).step()
    with bot.begin(TEAM, during="job") as uow:
        assert attempts.cancel(uow, ["a", "b"]) == 1
    assert not Caller(bot, phone).step()
    assert (phone.keys, told) == (["a"], [("a", "accepted", "")])
    assert _row(bot, "b").payload == {}


@pytest.mark.parametrize("point", ["attempt.after_claim", "attempt.after_call"])
def test_an_attempt_whose_process_died_is_told_once_as_unknown_and_not_made_again(
    point: str,
    bot: Bot,
    database_url: str,
    book: Path,
    told: list[tuple[str, str, str]],
) -> None:
    _queue(bot, "a")
    die(database_url, point, book)
    calls = book.read_text()
    assert calls == ("a\n" if point == "attempt.after_call" else "")
    bot.machine_clock = StoppedClock(SystemClock().now())
    _work_all(bot, book)
    assert told == [], "its lease is not over: it may be alive"
    bot.machine_clock.advance(LEASE)
    _work_all(bot, book)
    assert told == [("a", "unknown", "lost")]
    assert book.read_text() == calls
    row = _row(bot, "a")
    assert (row.state, row.payload, row.error) == (State.DONE, {}, "unknown")


def test_an_attempt_that_was_settled_before_its_process_died_is_over(
    bot: Bot, database_url: str, book: Path, told: list[tuple[str, str, str]]
) -> None:
    _queue(bot, "a")
    die(database_url, "attempt.after_settle", book)
    bot.machine_clock = StoppedClock(SystemClock().now() + LEASE)
    _work_all(bot, book)
    assert (told, book.read_text()) == ([], "a\n")


def _work_all(bot: Bot, book: Path) -> None:
    """Several processes look at the same time."""
    works = [Leftovers(bot).step, Leftovers(bot).step, Caller(bot, Book(book)).step]
    _together(works)


def test_a_caller_that_froze_beyond_its_lease_changes_nothing_any_more(
    bot: Bot, machine: StoppedClock, told: list[tuple[str, str, str]]
) -> None:
    def freeze() -> None:
        machine.advance(LEASE + timedelta(seconds=1))
        Leftovers(bot).step()

    _queue(bot, "a")
    Caller(bot, Phone(does=freeze)).step()
    assert told == [("a", "unknown", "lost")]
    assert _row(bot, "a").error == "unknown"


def test_a_caller_that_froze_before_the_call_does_not_make_it(
    bot: Bot, machine: StoppedClock, told: list[tuple[str, str, str]]
) -> None:
    frozen = timedelta(seconds=CALL_SECONDS)

    class Freezing(Phone):
        @property
        def address_kind(self) -> str:  # asked for just before the call
            machine.advance(frozen)
            return ""

        @address_kind.setter
        def address_kind(self, _kind: str) -> None:
            pass

    phone = Freezing()
    _queue(bot, "a")
    Caller(bot, phone).step()
    assert phone.called == []
    assert told == [("a", "unavailable", "stood still")]


def test_an_attempt_for_a_pager_that_is_not_set_up_is_refused(
    bot: Bot, told: list[tuple[str, str, str]]
) -> None:
    pagers.add(bot, Phone("sms"))
    _queue(bot, "a", "sms")
    _queue(bot, "b", "voice")
    Leftovers(bot).step()
    Leftovers(bot).step()
    assert told == [("b", "refused", "not set up")]
    assert (_row(bot, "a").state, _row(bot, "b").payload) == (State.READY, {})


def test_the_address_and_the_link_are_filled_in_just_before_the_call(
    bot: Bot, told: list[tuple[str, str, str]]
) -> None:
    bot.house = House(Keyring({"k1": b"1" * 32}), "https://baton.example")
    with bot.begin(TEAM, during="job") as uow:
        row = addresses.hold(uow, "U1", addresses.EMAIL)
        addresses.close(row, bot.house.keyring, "address", ANA)
        link_id = links.make(uow, "redphone.acknowledge", "p1", "U1", lasts=timedelta(days=1))
    phone = Phone("email", "email")
    _queue(bot, "a", "email", user_id="U1", link_id=str(link_id))
    with bot.database.reading() as session:
        stored = [repr(row.payload) for row in session.scalars(select(AttemptRow))]
        kept = [row.address for row in session.scalars(select(AddressRow))]
    assert ANA not in "".join(stored + kept)
    Caller(bot, phone).step()
    ((notice, address),) = phone.called
    assert address == ANA
    assert notice.link.startswith("https://baton.example/")
    assert notice == Notice(
        "a", "a", Act.TRIGGER, "Production down", CANARY, link=notice.link, details={}
    )
    assert told == [("a", "accepted", "")]


@pytest.mark.parametrize("keyring", [Keyring(), Keyring({"k2": b"2" * 32})])
def test_without_an_address_that_can_be_read_nobody_is_called(
    keyring: Keyring, bot: Bot, told: list[tuple[str, str, str]]
) -> None:
    known = Keyring({"k1": b"1" * 32})
    bot.house = House(known)
    with bot.begin(TEAM, during="job") as uow:
        addresses.close(addresses.hold(uow, "U1", addresses.EMAIL), known, "address", ANA)
    bot.house = replace(bot.house, keyring=keyring)
    phone = Phone("email", "email")
    _queue(bot, "a", "email", user_id="U1")
    _queue(bot, "b", "email", user_id="U2")
    caller = Caller(bot, phone)
    assert [caller.step(), caller.step()] == [True, True]
    assert phone.called == []
    assert told == [("a", "refused", "no address"), ("b", "refused", "no address")]


def test_a_sealed_text_that_no_key_opens_reaches_nobody(
    bot: Bot, told: list[tuple[str, str, str]]
) -> None:
    bot.house = House(Keyring({"k1": b"1" * 32}))
    with bot.begin(TEAM, during="job") as uow:
        sealed = attempts.sealed(uow, "another", CANARY)
    _queue(bot, "a", sealed=sealed)
    phone = Phone()
    Caller(bot, phone).step()
    assert (phone.called, told) == ([], [("a", "refused", "not readable")])


def test_a_call_that_takes_too_long_is_left_alone() -> None:
    may_end = Event()

    def hang() -> None:
        may_end.wait(20)

    with pytest.raises(PagerOutcomeUnknown, match="too long"):
        within(0.05, hang)
    may_end.set()


def test_what_was_over_long_ago_is_forgotten(bot: Bot, clock: StoppedClock) -> None:
    for key in ("old", "waits"):
        _queue(bot, key, "sms" if key == "waits" else NAME)
    Caller(bot, Phone()).step()
    clock.advance(pagers.KEPT_FOR + timedelta(hours=1))
    _queue(bot, "new")
    Caller(bot, Phone()).step()
    pagers.forget_old(bot)
    with bot.database.reading() as session:
        left = set(session.scalars(select(AttemptRow.key)))
    assert left == {"waits", "new"}


def test_one_listener_that_fails_does_not_hold_up_what_others_are_told(
    bot: Bot, told: list[tuple[str, str, str]]
) -> None:
    def fail(event: AttemptSettled, _uow: UnitOfWork) -> None:
        if event.key == "a":
            raise RuntimeError

    bot.on(AttemptSettled, fail)
    for key in ("a", "b"):
        _queue(bot, key, "voice")
    Leftovers(bot).step()
    assert ("b", "refused", "not set up") in told
    assert (_row(bot, "a").state, _row(bot, "b").state) == (State.READY, State.DONE)
