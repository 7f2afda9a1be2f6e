"""Listens to every log line of a test at DEBUG, and looks for what people wrote and for secrets.

With `pytest --canaries` it does so for every test, and looks into the databases and exports, too.
Whatever people write in the local Slack is a canary, and so is every secret the bot is given.
"""

import json
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from bot.core import logs
from bot.playground.app import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from bot.playground.journal import Entry, Kind
from bot.playground.slack import LocalSlack
from bot.playground.world import BOT_USER_ID

TOKEN: Final = re.compile(r"xox[a-z]-[\w-]{4,}|xapp-[\w-]{4,}|xoxe\.|sk-ant-[\w-]{4,}")
SECRETS: Final = frozenset({BOT_TOKEN, APP_TOKEN, SIGNING_SECRET})
LOUD: Final = (
    *("slack_bolt", "slack_sdk", "anthropic", "httpx2", "httpcore2", "sqlalchemy.engine"),
    *("websockets", "apscheduler", "uvicorn", "alembic", "asyncio", "psycopg"),
)
"""Libraries that are set to DEBUG, as their own variables could."""
SHORTEST: Final = 12
"""What is shorter, or one word, stands in a line by chance."""
WRITTEN: Final = {Kind.MESSAGE, Kind.EDIT, Kind.COMMAND, Kind.SUBMIT}


@dataclass(frozen=True, slots=True)
class Line:
    """A log line: where the call stands, and all that was written."""

    place: str
    said: str


@dataclass
class Ear:
    """What was heard, from this process and from those it started."""

    records: list[logging.LogRecord] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def lines(self) -> list[Line]:
        """Every line that the handler writes, before tokens are hidden by their shape."""
        strict = logs.formatter("json", _unchanged, tells_place=True)
        shown = filter(logs.Quiet().filter, self.records)
        found = [_flat(json.loads(strict.format(record))) for record in shown]
        return found + [Line(_place(said), said) for said in self.others]

    def hits(self, words: Iterable[str]) -> list[str]:
        """The lines with a token or one of these words, each with the place of its call."""
        wanted = [*SECRETS, *words]
        return [
            f"{line.place} tells {each!r}: {line.said[:300]}"
            for line in self.lines()
            for each in [*TOKEN.findall(line.said), *(word for word in wanted if word in line.said)]
        ]


@contextmanager
def listening() -> Iterator[Ear]:
    """Has everything log at DEBUG, libraries included, and keeps it."""
    ear, plain = Ear(), logging.getLogRecordFactory()

    def keeping(*args: Any, **named: Any) -> logging.LogRecord:
        record = plain(*args, **named)
        ear.records.append(record)
        return record

    logs.configure("DEBUG", "console")
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.DEBUG)
    logging.setLogRecordFactory(keeping)
    try:
        yield ear
    finally:
        logging.setLogRecordFactory(plain)
        logs.configure("WARNING", "console")


def written(slack: LocalSlack) -> set[str]:
    """What people wrote in a local Slack, line by line and answer by answer."""
    return {part for entry in _of_people(slack) for part in _parts(entry)}


def never_seen_by(slack: LocalSlack, user_id: str) -> set[str]:
    """What others wrote and this person could never see, neither there nor in what we told them."""
    entries: Sequence[Entry] = slack.journal.entries
    seen = "\n".join(entry.text for entry in entries if user_id in {*entry.audience, entry.actor})
    world = slack.world.channels
    hidden = (
        entry
        for entry in _of_people(slack)
        if user_id not in {*entry.audience, entry.actor}
        if entry.channel not in world or world[entry.channel].kind != "channel"
    )
    return {part for entry in hidden for part in _parts(entry) if part not in seen}


def _of_people(slack: LocalSlack) -> Iterator[Entry]:
    for entry in slack.journal.entries:
        if entry.kind in WRITTEN and entry.actor != BOT_USER_ID:
            yield entry


def _parts(entry: Entry) -> set[str]:
    lines = [line.strip() for line in entry.text.splitlines()]
    answers = [line.partition(": ")[2].strip() for line in lines]
    return {each for each in (*lines, *answers) if len(each) >= SHORTEST and " " in each}


def _flat(line: dict[str, Any]) -> Line:
    place = f"{line.get('logger')} ({line.get('at')})"
    return Line(place, "\n".join(f"{name}={value}" for name, value in line.items()))


def _place(said: str) -> str:
    found = re.search(r"\bat\W{1,4}([\w./-]+:\d+)", said)
    return f"a process of its own ({found[1] if found else '?'})"


def _unchanged(text: str) -> str:
    return text
