"""What holds rows of the outbox back: the limits they share, as far as this process knows them."""

from datetime import datetime
from threading import Lock

from sqlalchemy import ColumnElement, or_

from bot.core.attention import Urgency
from bot.core.outbox import POSTS, Method, OutboxRow
from bot.core.queue import State
from bot.core.rate_limits import DIGESTS, OTHERS, PER_CHANNEL, PER_METHOD, SHARES, RateLimit


class Pauses:
    """What a workspace's limits hold back: there is no use in claiming more of it.

    Methods, and what may take only a share of the posts: digests, and all that is not urgent. What
    is urgent is claimed all the same, once, so that whoever queued it is told how long it takes.

    Only this process remembers them; the limits themselves are in the database.
    """

    def __init__(self) -> None:
        self._until: dict[tuple[str, str], datetime] = {}
        self._lock = Lock()

    def add(self, team_id: str, scope: str, until: datetime) -> None:
        """Holds a method back, or a share."""
        with self._lock:
            self._until[team_id, scope] = until

    def free(self, team_id: str, now: datetime) -> list[ColumnElement[bool]]:
        """Which rows of a workspace are not held back at that instant."""
        with self._lock:
            self._until = {held: until for held, until in self._until.items() if until > now}
            held = sorted(scope for team, scope in self._until if team == team_id)
        return [or_(OutboxRow.state == State.UNKNOWN, _is_not(scope)) for scope in held]


def limits(row: OutboxRow) -> dict[str, RateLimit]:
    """The limits within which a row may be sent."""
    found = shared_limits(row)
    if row.method in POSTS:
        found[f"channel:{row.recipient}"] = PER_CHANNEL
    return found


def shared_limits(row: OutboxRow) -> dict[str, RateLimit]:
    """The limits that a row has in common with others of its workspace."""
    found = {row.method: PER_METHOD[row.method]}
    if row.urgency == Urgency.DIGEST:
        found[DIGESTS] = SHARES[DIGESTS]
    if row.method == Method.POST and not row.urgent:
        found[OTHERS] = SHARES[OTHERS]
    return found


def _is_not(scope: str) -> ColumnElement[bool]:
    if scope == DIGESTS:
        return OutboxRow.urgency != Urgency.DIGEST
    if scope == OTHERS:
        return or_(OutboxRow.urgent, OutboxRow.method != Method.POST)
    is_to_be_told = OutboxRow.urgent & OutboxRow.error.is_(None)
    return or_(OutboxRow.method != scope, is_to_be_told)
