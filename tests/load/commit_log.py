"""What became of pages, by PostgreSQL's own word: which transaction did what, and when it ended.

Triggers write each change into a table, with its transaction; the server keeps the instant at which
each transaction was committed (`track_commit_timestamp`). No process is asked for its own clock.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import text

from bot.core.db import Database
from bot.core.queue import State as QueueState
from bot.features.redphone.rules.states import State
from tests.load.stub_slack import POST, WEBHOOK, Arrival

_STEP: Final = re.compile(r"redphone:([0-9a-f-]{36}):\d+:\w+:\w*")
_OF_PAGE: Final = re.compile(r"redphone:([0-9a-f-]{36})")
_TRIGGER: Final = "trigger"
_SET_UP: Final = """
CREATE TABLE commit_log (
    id bigserial PRIMARY KEY, what text, row_id uuid, key text, act text, was text, now text,
    xid xid8 DEFAULT pg_current_xact_id()
);
CREATE FUNCTION log_page() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO commit_log (what, row_id, key, was, now)
    VALUES ('page', NEW.id, NEW.position, CASE TG_OP WHEN 'UPDATE' THEN OLD.state END, NEW.state);
    RETURN NULL;
END $$;
CREATE FUNCTION log_sent() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO commit_log (what, row_id, key, act, was, now)
    VALUES (TG_TABLE_NAME, NEW.id, NEW.key, TG_ARGV[0],
            CASE TG_OP WHEN 'UPDATE' THEN OLD.state END, NEW.state);
    RETURN NULL;
END $$;
CREATE FUNCTION log_attempt() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO commit_log (what, row_id, key, act, was, now)
    VALUES (TG_TABLE_NAME, NEW.id, NEW.key, NEW.payload ->> 'act',
            CASE TG_OP WHEN 'UPDATE' THEN OLD.state END, NEW.state);
    RETURN NULL;
END $$;
CREATE TRIGGER log_pages AFTER INSERT OR UPDATE OF state, position ON pages
    FOR EACH ROW EXECUTE FUNCTION log_page();
CREATE TRIGGER log_outbox AFTER INSERT OR UPDATE OF state ON outbox
    FOR EACH ROW WHEN (starts_with(NEW.key, 'redphone:')) EXECUTE FUNCTION log_sent('trigger');
CREATE TRIGGER log_attempts AFTER INSERT OR UPDATE OF state ON attempts
    FOR EACH ROW EXECUTE FUNCTION log_attempt();
"""
_READ: Final = text("""
SELECT what, row_id::text, key, act, was, now, xid::text,
       extract(epoch FROM pg_xact_commit_timestamp(xid::xid))::float8
FROM commit_log ORDER BY id
""")


@dataclass(frozen=True, slots=True)
class Change:
    """A row as a transaction left it; `at` is when that was committed (seconds since 1970)."""

    what: str
    row_id: str
    key: str
    act: str
    was: str | None
    now: str
    xid: str
    at: float


@dataclass(slots=True)
class Story:
    """One page: when it was pressed and taken, and what was claimed, settled and sent when."""

    pressed: float = 0.0
    taken: float | None = None
    positions: int = 0
    claims: dict[str, float] = field(default_factory=dict)
    settled: dict[str, float] = field(default_factory=dict)
    arrived: list[float] = field(default_factory=list)

    @property
    def first_after(self) -> float | None:
        """Seconds from the press to the first attempt's arrival."""
        return min(self.arrived) - self.pressed if self.arrived else None

    @property
    def claimed_late(self) -> list[str]:
        """Attempts that were claimed after somebody was on it."""
        return [key for key, at in self.claims.items() if self.taken and at > self.taken]

    @property
    def in_flight(self) -> list[str]:
        """Attempts that were claimed before somebody was on it, and settled after."""
        taken = self.taken
        if taken is None:
            return []
        begun = (key for key, at in self.claims.items() if at <= taken)
        return [key for key in begun if self.settled.get(key, taken + 1) > taken]


@dataclass(frozen=True, slots=True)
class Findings:
    """All pages, by id; messages without a page before them, and attempts that came twice."""

    pages: Mapping[str, Story]
    unfounded: int
    doubled: int


def set_up(database: Database) -> None:
    """Has the database note what happens to pages from now on."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql(_SET_UP)


def read(database: Database, arrivals: Sequence[Arrival]) -> Findings:
    """What became of every page, by what was committed and what arrived."""
    with database.engine.connect() as connection:
        changes = [Change(*row) for row in connection.execute(_READ)]
    stories: defaultdict[str, Story] = defaultdict(Story)
    for change in _last_of_each_transaction(changes):
        _note(stories, change)
    keys = {change.row_id: change.key for change in changes if change.what == "outbox"}
    pressed = {page_id: story.pressed for page_id, story in stories.items()}
    times: defaultdict[str, int] = defaultdict(int)
    unfounded = 0
    for each in arrivals:
        key = keys.get(each.key, each.key)
        found = _OF_PAGE.match(key)
        if each.what not in {POST, WEBHOOK} or (each.what == POST and found is None):
            continue
        if found is None or not 0 < pressed.get(found[1], 0) <= each.at:
            unfounded += 1
            continue
        times[key] += 1
        if _is_attempt(key, each.act or _TRIGGER):
            stories[found[1]].arrived.append(each.at)
    return Findings(dict(stories), unfounded, sum(count > 1 for count in times.values()))


def _note(stories: Mapping[str, Story], change: Change) -> None:
    if change.what == "page":
        story = stories[change.row_id]
        story.positions = max(story.positions, int(change.key))
        story.pressed = story.pressed or change.at
        if change.now == State.ACKNOWLEDGED and story.taken is None:
            story.taken = change.at
        return
    found = _OF_PAGE.match(change.key)
    if found is None or not _is_attempt(change.key, change.act):
        return
    story = stories[found[1]]
    if change.now == QueueState.LEASED and change.was == QueueState.READY:
        story.claims[change.key] = change.at
    elif change.now in {QueueState.DONE, QueueState.DEAD}:
        story.settled[change.key] = change.at


def _is_attempt(key: str, act: str) -> bool:
    return _STEP.fullmatch(key) is not None and act in {_TRIGGER, None}


def _last_of_each_transaction(changes: Sequence[Change]) -> list[Change]:
    """A row as each transaction found and left it: what it did in between was never seen."""
    last: dict[tuple[str, str], Change] = {}
    for change in changes:
        place = (change.row_id, change.xid)
        first = last.get(place)
        was = change.was if first is None else first.was
        last[place] = Change(
            change.what,
            change.row_id,
            change.key,
            change.act if first is None else first.act or change.act,
            was,
            change.now,
            change.xid,
            change.at,
        )
    return list(last.values())


def unsettled(database: Database) -> int:
    """How much about pages is still on its way."""
    busy = ", ".join(
        f"'{each}'" for each in (QueueState.READY, QueueState.LEASED, QueueState.UNKNOWN)
    )
    with database.reading() as session:
        counts = [
            session.scalar(text(f"SELECT count(*) FROM {table} WHERE state IN ({busy}) {more}"))  # noqa: S608 - ours
            for table, more in (("outbox", "AND starts_with(key, 'redphone:')"), ("attempts", ""))
        ]
    return sum(counts)
