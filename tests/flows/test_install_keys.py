"""The keys of the tokens are changed while real processes work, and start, over real HTTP."""

import re
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Self

import pytest
from sqlalchemy import func, insert, select

from bot.core import addresses, dead_letters, installations
from bot.core.addresses import AddressRow
from bot.core.clock import monotonic
from bot.core.encryption import Keyring, new_key
from bot.core.outbox import OutboxRow
from bot.core.queue import State
from bot.playground.client import LocalSlackClient, NoAnswer
from bot.playground.process import AppProcess
from tests.support.open_town import FIRST, OpenTown, open_town
from tests.support.shell import Shell

ADDRESSES = 300  # so that changing the keys takes some portions, and some time
ROUNDS = 3  # odd: the newer key is the last one
PATIENCE = 120.0
_WORSE = re.compile(r"\[(warning|error|critical) *\]|Traceback")


class Talk:
    """People in both workspaces type commands and write, without a pause, as long as it is open."""

    def __init__(self, place: OpenTown) -> None:
        self._clients = (place.slack, place.second)
        self._is_over = Event()
        self._thread = Thread(target=self._talk, daemon=True)
        self.asked = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._is_over.set()
        self._thread.join(PATIENCE)

    def answered(self) -> int:
        """How many of the commands were answered."""
        return sum(
            entry["kind"] == "ephemeral" and "take" in entry["text"]
            for slack in self._clients
            for entry in slack.journal()
        )

    def _talk(self) -> None:
        while not self._is_over.is_set():
            for slack in self._clients:
                self._asks(slack)

    def _asks(self, slack: LocalSlackClient) -> None:
        if self.asked % 10 == 0:  # commands are answered at once, and events may wait
            slack.person("Tom").says("#infra", f"@Mei number {self.asked}, do we take it?")
        self.asked += 1
        with suppress(NoAnswer):  # which is counted by what is missing
            slack.person("Mei").types("#infra", "/decision find take")


def _keep_addresses(place: OpenTown, keyring: Keyring) -> None:
    rows = []
    for number in range(ADDRESSES):
        row = AddressRow(team_id=FIRST, user_id=f"U{number}", kind="email")
        addresses.close(row, keyring, "address", f"{number}@example.com")
        empty = {"wanted": "", "code": "", "tries": 0, "sent": 0}
        own = {"team_id": FIRST, "user_id": row.user_id, "kind": row.kind, "address": row.address}
        rows.append(own | empty | {"entered_at": place.app.bot.clock.now()})
    with place.app.bot.database.transaction() as session:
        session.execute(insert(AddressRow), rows)


def _starts(worker: AppProcess, keys: str) -> None:
    """Ends it, and starts it with these keys; returns when it works."""
    assert worker.stop() == 0
    before = _log(worker).count(" ready ")
    worker.start(BATON_ENCRYPTION_KEYS=keys)
    deadline, waiting = monotonic() + PATIENCE, Event()
    while _log(worker).count(" ready ") == before:
        assert monotonic() < deadline, _log(worker)
        assert not worker.has_ended, _log(worker)
        waiting.wait(0.05)


def _log(worker: AppProcess) -> str:
    return worker.log.read_text(errors="replace") if worker.log.exists() else ""


@pytest.mark.needs("decisions", "asks")
@pytest.mark.long
def test_t16_keys_are_changed_under_traffic_and_nothing_fails(
    database_url: str, tmp_path: Path
) -> None:
    old, new = new_key(), new_key()
    both = {True: f"{new},{old}", False: f"{old},{new}"}
    with open_town(database_url, baton_encryption_keys=both[False]) as place:
        worker = AppProcess(place.environment, tmp_path, command="worker")
        for slack in (place.slack, place.second):
            place.moves_in(slack)
        _keep_addresses(place, place.app.bot.house.keyring)
        renewed = 0
        try:
            _starts(worker, both[False])
            with Talk(place) as talk:
                for number in range(ROUNDS):
                    keys = both[number % 2 == 0]
                    _starts(worker, keys)
                    told = Shell(tmp_path)(
                        "keys", "rotate", **(place.environment | {"BATON_ENCRYPTION_KEYS": keys})
                    )
                    assert told.returncode == 0, told.stderr
                    renewed += int(told.stdout.partition(": ")[2].partition(".")[0])
                _starts(worker, new)
            place.settle()
        finally:
            worker.stop()
        starts = _log(worker).count(" ready ")
        worse = [line for line in _log(worker).splitlines() if _WORSE.search(line)]
        refused = [
            each
            for slack in (place.slack, place.second)
            for each in place.calls(slack)
            if not each.endswith(": ok")
        ]
        with place.app.bot.database.reading() as session:
            dead = len(dead_letters.every(session))
            lost = session.scalar(
                select(func.count()).where(OutboxRow.state.in_([State.DEAD, State.UNKNOWN]))
            )
            ids = {row.token.partition(":")[0] for row in installations.every(session)}
        answered, dialect = talk.answered(), place.app.bot.database.dialect
    print(  # noqa: T201
        f"T16 {dialect}: {ROUNDS} changes of keys, {renewed} texts, {starts} starts of a worker, "
        f"{talk.asked} commands, {answered} answered, {len(worse) + len(refused) + dead} errors"
    )
    assert (worse, refused, dead, lost) == ([], [], 0, 0)
    assert answered == talk.asked > 0
    assert renewed == ROUNDS * (ADDRESSES + 2)
    assert ids == {new.partition(":")[0]}
