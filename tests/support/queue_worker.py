"""A worker in a process of its own: claims one event, waits to be told, then settles it.

Its effect, a row that bears its name, is part of the transaction in which it settles.
"""

import sys
from datetime import timedelta
from threading import Event

from bot.core import inbox, queue
from bot.core.clock import SystemClock
from bot.core.db import Database
from bot.core.errors import LeaseLost
from bot.core.inbox import InboxRow
from bot.core.queue import Claim
from bot.core.turns import Turns

LEASE = timedelta(seconds=1)
TRIES = 400


def claim(database: Database) -> Claim[InboxRow]:
    """The event, as soon as it can be had."""
    waiting = Event()
    for _ in range(TRIES):
        with database.transaction() as session:
            claims = inbox.claim(
                session, Turns(InboxRow), now=SystemClock().now(), lease=LEASE, limit=1
            )
        if claims:
            return claims[0]
        waiting.wait(0.05)
    raise SystemExit("nothing to claim")


def main(url: str, name: str) -> None:
    """Says `claimed`, waits for a line, and says what came of settling."""
    database = Database(url)
    claimed = claim(database)
    print("claimed", flush=True)  # noqa: T201
    sys.stdin.readline()
    try:
        with database.transaction() as session:
            now = SystemClock().now()
            inbox.deliver_later(session, claimed.row, name, "none", now=now)
            queue.finish(session, claimed)
    except LeaseLost:
        print("lease lost", flush=True)  # noqa: T201
    else:
        print("finished", flush=True)  # noqa: T201
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
