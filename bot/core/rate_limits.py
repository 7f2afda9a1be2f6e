"""How fast Baton may send: the generic cell rate algorithm, one timestamp per limit.

GCRA as in ITU-T I.371: a call conforms if it is not earlier than the theoretical arrival time minus
the tolerance; each conforming call moves that time on by one interval.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.db import Base, insert_new


class RateLimitRow(Base):
    """The theoretical arrival time of the next call within one limit."""

    __tablename__ = "rate_limits"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    scope: Mapped[str] = mapped_column(String(80), primary_key=True)
    next_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class RateLimit:
    """One call per `interval`, up to `burst` at once."""

    interval: timedelta
    burst: int


LONGEST_PAUSE: Final = timedelta(minutes=15)
"""What lies further ahead was stored before the machine's clock was set back."""
PER_METHOD: Final = {
    "chat.postMessage": RateLimit(timedelta(seconds=0.2), 20),  # several hundred a minute
    "chat.postEphemeral": RateLimit(timedelta(seconds=0.6), 20),  # tier 4: 100 a minute
    "chat.update": RateLimit(timedelta(seconds=1.2), 10),  # tier 3: 50 a minute
    "views.publish": RateLimit(timedelta(seconds=0.6), 20),  # tier 4
    "views.update": RateLimit(timedelta(seconds=0.6), 20),  # tier 4
    "files.getUploadURLExternal": RateLimit(timedelta(seconds=0.6), 20),  # tier 4
    "files.completeUploadExternal": RateLimit(timedelta(seconds=0.6), 20),  # tier 4
    "functions.completeSuccess": RateLimit(timedelta(seconds=1.2), 10),  # tier 3
    "functions.completeError": RateLimit(timedelta(seconds=1.2), 10),  # tier 3
    "conversations.create": RateLimit(timedelta(seconds=3), 10),  # tier 2: 20 a minute
    "conversations.invite": RateLimit(timedelta(seconds=1.2), 20),  # tier 3
    "conversations.setTopic": RateLimit(timedelta(seconds=3), 10),  # tier 2
    "conversations.archive": RateLimit(timedelta(seconds=3), 10),  # tier 2
    "users.info": RateLimit(timedelta(seconds=0.6), 50),  # tier 4
    "usergroups.list": RateLimit(timedelta(seconds=3), 10),  # tier 2: 20 a minute
    "usergroups.users.list": RateLimit(timedelta(seconds=3), 10),  # tier 2
    "conversations.info": RateLimit(timedelta(seconds=1.2), 20),  # tier 3
    "conversations.members": RateLimit(timedelta(seconds=0.6), 20),  # tier 4
}
DIGESTS: Final = "digests"
"""The share of posts that digests may take, so that there is always room for what presses."""
OTHERS: Final = "others"
"""The share of posts that all but pages may take: a tenth is left to the red phone."""
_POSTS: Final = PER_METHOD["chat.postMessage"]
SHARES: Final = {
    scope: RateLimit(_POSTS.interval / share, int(_POSTS.burst * share))
    for scope, share in ((DIGESTS, 0.8), (OTHERS, 0.9))
}
PER_CHANNEL: Final = RateLimit(timedelta(seconds=1), 3)  # Slack asks for one message a second


def take(
    session: Session, team_id: str, limits: dict[str, RateLimit], now: datetime
) -> datetime | None:
    """Takes one call from every limit, or from none: then it returns when to try again."""
    rows = {scope: _row(session, team_id, scope, now) for scope in sorted(limits)}
    for scope, limit in limits.items():
        rows[scope].next_at = min(
            rows[scope].next_at, now + LONGEST_PAUSE + limit.burst * limit.interval
        )
    earliest = max(
        rows[scope].next_at - limit.interval * (limit.burst - 1) for scope, limit in limits.items()
    )
    if earliest > now:
        return earliest
    for scope, limit in limits.items():
        rows[scope].next_at = max(rows[scope].next_at, now) + limit.interval
    return None


def is_full(session: Session, team_id: str, scope: str, now: datetime) -> bool:
    """Whether no call in `scope` is allowed at that instant."""
    limit, row = (PER_METHOD | SHARES)[scope], _row(session, team_id, scope, now)
    return row.next_at - limit.interval * (limit.burst - 1) > now


def pause(session: Session, team_id: str, scope: str, until: datetime) -> None:
    """Lets nothing more through in `scope` before `until`; Slack asked for it."""
    limit = PER_METHOD.get(scope, PER_CHANNEL)
    row = _row(session, team_id, scope, until)
    row.next_at = max(row.next_at, until + limit.interval * (limit.burst - 1))


def paused_methods(session: Session, team_id: str, now: datetime) -> list[str]:
    """The methods that Slack lets rest at that instant: none is so full by our own calls."""
    rows = session.scalars(select(RateLimitRow).where(RateLimitRow.team_id == team_id))
    return [row.scope for row in rows if _is_paused(row, now)]


def _is_paused(row: RateLimitRow, now: datetime) -> bool:
    limit = PER_METHOD.get(row.scope)
    return limit is not None and row.next_at > now + limit.interval * limit.burst


def _row(session: Session, team_id: str, scope: str, now: datetime) -> RateLimitRow:
    key = (team_id, scope)
    row = session.get(RateLimitRow, key, with_for_update=True)
    if row is None:
        fresh = {"team_id": team_id, "scope": scope, "next_at": now}
        insert_new(session, RateLimitRow, [fresh])
        row = session.get_one(RateLimitRow, key, with_for_update=True)
    return row
