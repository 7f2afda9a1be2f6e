"""T13 and T14 with thousands of hostile bodies: 20,000 of each kind in the long form."""

import asyncio
from collections import Counter
from collections.abc import Callable
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from typing import Final

import pytest

from bot.core.clock import monotonic
from bot.core.inbox import InboxRow
from bot.core.queue import State
from bot.playground.app import SIGNING_SECRET
from bot.slack.inbound import author_of, lane_of, parse_event, people_given, people_in
from bot.slack.ingress import PATH, Verifier, challenge_in
from bot.slack.interactions import inputs_in, is_link, parse_interaction
from bot.slack.payloads import Json, read_form, read_object
from tests.support.door import (
    PATIENCE,
    SECRET,
    Door,
    signed,
)
from tests.support.door import door as doors
from tests.support.flood import (
    Forged,
    behind_a_socket,
    in_mib,
    memory_of,
    of_the_town,
    running,
    settled_memory_of,
    with_each,
)
from tests.support.hostile_bodies import BATCH
from tests.support.socket_door import SlacksEnd, envelope

MANY: Final = 20_000
FEW: Final = 500
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


def test_t13_hostile_bodies_and_headers_at_the_verifier(bodies: int, tell: Tell) -> None:
    verifier = Verifier(SECRET)

    def verify(body: bytes, forged: Forged) -> None:
        right = [(name.encode(), value.encode()) for name, value in signed(body).items()]
        assert verifier.accepts(body, right)
        assert not verifier.accepts(body, forged)
        assert not verifier.accepts(body + b"\x00", right)
        if forged:
            assert verifier.accepts(body, [*right, *forged]) is not any(
                name.lower().startswith(b"x-slack") for name, _ in forged
            )

    tell(f"T13: {with_each(bodies, verify)} hostile bodies at the verifier, none let in, no error")


@pytest.mark.slow
def test_t14_hostile_bodies_in_the_parser_and_the_database(
    bodies: int, database_url: str, tell: Tell
) -> None:
    accepted = 0
    with doors(database_url, slack_api_url="http://127.0.0.1:9/api/") as door:
        ingress = door.app._ingress

        async def store(payload: Json, body: bytes) -> None:
            if (stored := ingress.add(payload, body)) is not None:
                await stored

        def take_in(body: bytes, _: Forged) -> None:
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
                asyncio.run(store(payload, body))

        seen = with_each(bodies, take_in)
        stored = door.stored()
        while door.app._intake.step():
            pass
        lost = _in_state(door, State.LEASED)
    tell(f"T14: {seen} hostile bodies parsed, {accepted} events, {stored} stored, none got stuck")
    assert accepted > seen / 100, "too few get past the first check"
    assert lost == 0


def _in_state(door: Door, state: State) -> int:
    with door.database.reading() as session:
        return session.query(InboxRow).where(InboxRow.state == state).count()


@pytest.mark.slow
def test_t14_hostile_bodies_over_http(
    bodies: int, sqlite_url: str, tmp_path: Path, tell: Tell
) -> None:
    counts: Counter[int] = Counter()
    rss: dict[int, int] = {}
    began = monotonic()
    with running(sqlite_url, tmp_path) as (port, process_id):
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

        def send(body: bytes, forged: Forged) -> None:
            body = of_the_town(body)
            is_signed = (len(body) + len(forged)) % 4 != 0
            content_type = "application/json" if len(body) % 2 else ""
            secret = SIGNING_SECRET if is_signed else "another"
            headers = {"content-type": content_type, **signed(body, secret=secret)}
            connection.request("POST", PATH, body, headers)
            try:
                answer = connection.getresponse()
                answer.read()
            except OSError:
                connection.close()  # the same body is tried again, over another connection
                raise
            counts[answer.status] += 1
            assert answer.status == (200 if is_signed else 401)
            if counts.total() == bodies // 10:
                rss[counts.total()] = settled_memory_of(process_id)
            if counts.total() == bodies // 2:
                rss[counts.total()] = memory_of(process_id)

        seen = with_each(bodies, send)
        rss[seen] = memory_of(process_id)
        connection.close()
    tell(
        f"T14: {seen} hostile bodies over HTTP in {monotonic() - began:.0f} s, answered "
        f"{dict(counts)}; memory {in_mib(rss)}"
    )
    assert "listener failed" not in (tmp_path / "bot.log").read_text()
    assert rss[seen] / rss[bodies // 10] < GROWTH


@pytest.mark.slow
def test_t14_hostile_frames_over_a_socket(bodies: int, sqlite_url: str, tell: Tell) -> None:
    due: Counter[str] = Counter()
    rss: dict[int, int] = {}
    said, began = count(1), monotonic()
    with SlacksEnd() as end, behind_a_socket(sqlite_url, end.url) as process_id:

        def send(body: bytes, _: Forged) -> None:
            number = next(said)
            frame = _framed(body, number)
            message = read_object(frame)
            if isinstance(message.get("envelope_id"), str):
                due[message["envelope_id"]] += 1
            end.says(frame)
            if number % BATCH == 0:
                due[end.tries()] += 1
            if number in {bodies // 10, bodies // 2}:
                rss[number] = memory_of(process_id)

        seen = with_each(bodies, send)
        end.waits(lambda end: due <= end.acknowledged)
        due[end.tries()] += 1
        rss[seen] = memory_of(process_id)
        opened = end.opened
    tell(
        f"T14: {seen} hostile frames over a socket in {monotonic() - began:.0f} s, {due.total()} "
        f"acknowledged once each; memory {in_mib(rss)}"
    )
    assert end.acknowledged == due
    assert opened == 1
    assert seen > due.total() > seen / 10
    assert rss[seen] / rss[bodies // 10] < GROWTH


def _framed(body: bytes, number: int) -> str | bytes:
    """A body as a frame, or as what an envelope holds."""
    kinds = ("events_api", "events_api", "interactive", "slash_commands")
    text = body.decode(errors="replace")
    frames: list[str | bytes] = [body, text]
    frames += [envelope(text, f"e{number}", kind) for kind in kinds]
    return frames[number % len(frames)]


@pytest.mark.slow
def test_the_strategy_makes_bodies_of_every_kind() -> None:
    kinds = set()

    def note(body: bytes, _: Forged) -> None:
        payload = read_object(body)
        kinds.add(type(parse_event(payload)))
        kinds.add(type(parse_interaction(read_form(body))))

    with_each(FEW * 4, note)
    assert len(kinds) > 4
