"""T13 and T14 with thousands of hostile bodies: 20,000 of each kind in the long form."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from bot.core.clock import SystemClock, monotonic
from bot.core.inbox import InboxRow
from bot.core.queue import State
from bot.slack.inbound import author_of, lane_of, parse_event, people_given, people_in
from bot.slack.ingress import Ingress, Verifier, challenge_in
from bot.slack.interactions import inputs_in, is_link, parse_interaction
from bot.slack.payloads import read_form, read_object
from tests.support.door import PATH, PATIENCE, SECRET, Door, sign, signed
from tests.support.door import door as doors
from tests.support.hostile_bodies import FORGED, HOSTILE

MANY: Final = 20_000
FEW: Final = 150
GROWTH: Final = 1.25
"""The most that what a process holds may grow by, once it has seen a tenth of it all."""

Tell = Callable[[str], None]


@pytest.fixture
def bodies(request: pytest.FixtureRequest) -> int:
    return MANY if request.config.getoption("--long") else FEW


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    def _tell(line: str) -> None:
        with capsys.disabled():
            print(f"\n{line}")  # noqa: T201 - a count that belongs into the output

    return _tell


def _with_each(bodies: int, work: Callable[[bytes, list[tuple[bytes, bytes]]], None]) -> int:
    """Calls it with so many hostile bodies and forged headers; returns with how many."""
    seen = 0

    @settings(
        max_examples=bodies,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(HOSTILE, FORGED)
    def each(body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
        nonlocal seen
        seen += 1
        work(body, headers)

    each()
    return seen


def test_t13_hostile_bodies_and_headers_at_the_verifier(bodies: int, tell: Tell) -> None:
    verifier = Verifier(SECRET)

    def verify(body: bytes, forged: list[tuple[bytes, bytes]]) -> None:
        right = [(name.encode(), value.encode()) for name, value in signed(body).items()]
        assert verifier.accepts(body, right)
        assert not verifier.accepts(body, forged)
        assert not verifier.accepts(body + b"\x00", right)
        if forged:
            assert verifier.accepts(body, [*right, *forged]) is not any(
                name.lower().startswith(b"x-slack") for name, _ in forged
            )

    tell(f"T13: {_with_each(bodies, verify)} hostile bodies at the verifier, none let in, no error")


def test_t14_hostile_bodies_in_the_parser_and_the_database(
    bodies: int, database_url: str, tell: Tell
) -> None:
    accepted = 0
    with doors(database_url, slack_api_url="http://127.0.0.1:9/api/") as door:
        ingress = Ingress(door.app.bot)

        def take_in(body: bytes, _: list[tuple[bytes, bytes]]) -> None:
            nonlocal accepted
            for payload in (read_object(body), read_form(body)):
                event = parse_event(payload)
                if event is not None:
                    accepted += 1
                    people_in(event)
                    people_given(event)
                lane_of(payload)
                author_of(payload)
                challenge_in(payload)
                parse_interaction(payload)
                inputs_in(payload)
                is_link(payload)
                ingress.accept(payload, body)

        seen = _with_each(bodies, take_in)
        stored = door.stored()
        while door.app._intake.step():
            pass
        lost = _in_state(door, State.LEASED)
    tell(f"T14: {seen} hostile bodies parsed, {accepted} events, {stored} stored, none got stuck")
    assert accepted > seen / 50, "too few get past the first check"
    assert lost == 0


def _in_state(door: Door, state: State) -> int:
    with door.database.reading() as session:
        return session.query(InboxRow).where(InboxRow.state == state).count()


def test_t14_hostile_bodies_over_http(bodies: int, sqlite_url: str, tell: Tell) -> None:
    counts: dict[int, int] = {}
    rss: list[int] = []
    began = monotonic()
    with _process(sqlite_url) as (port, process_id):
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

        def send(body: bytes, forged: list[tuple[bytes, bytes]]) -> None:
            is_signed = len(forged) % 2 == 0
            timestamp = str(int(SystemClock().now().timestamp()))
            signature = sign(timestamp, body, SECRET if is_signed else "another")
            headers = {
                "x-slack-request-timestamp": timestamp,
                "x-slack-signature": signature,
                "content-type": "application/json" if len(body) % 2 else "",
            }
            connection.request("POST", PATH, body, headers)
            answer = connection.getresponse()
            answer.read()
            counts[answer.status] = counts.get(answer.status, 0) + 1
            assert answer.status == (200 if is_signed else 401)
            if sum(counts.values()) == bodies // 10:
                rss.append(_rss(process_id))

        seen = _with_each(bodies, send)
        rss.append(_rss(process_id))
        connection.close()
    growth = rss[-1] / rss[0]
    tell(
        f"T14: {seen} hostile bodies over HTTP in {monotonic() - began:.0f} s, answered {counts}; "
        f"memory {rss[0] / 1024:.0f} -> {rss[-1] / 1024:.0f} MiB (x{growth:.2f})"
    )
    assert growth < GROWTH


@contextmanager
def _process(database_url: str) -> Iterator[tuple[int, int]]:
    """A door in a process of its own: its port and the process's id."""
    command = [sys.executable, "-m", "tests.support.door_process", database_url]
    with Popen(command, stdin=PIPE, stdout=PIPE, cwd=Path(__file__).parents[2]) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield int(process.stdout.readline()), process.pid
        process.stdin.close()


def _rss(process_id: int) -> int:
    """Kibibytes of memory that a process holds."""
    lines = Path(f"/proc/{process_id}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def test_the_strategy_makes_bodies_of_every_kind() -> None:
    kinds = set()

    def note(body: bytes, _: list[tuple[bytes, bytes]]) -> None:
        payload = read_object(body)
        kinds.add(type(parse_event(payload)))
        kinds.add(type(parse_interaction(read_form(body))))

    _with_each(FEW * 2, note)
    assert len(kinds) > 6
