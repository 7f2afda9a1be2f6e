"""Every statement on the coach's tables."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session

from bot.core.db import affected, insert_new, portions, storable
from bot.core.events import MessagePosted
from bot.core.ids import new_id
from bot.core.message_store import MessageRow
from bot.core.unit_of_work import UnitOfWork
from bot.core.workspaces import WorkspaceRow
from bot.features.coach.models import CoachedRow, HintRow, LookRow, RefusalRow, WordingRow
from bot.features.coach.rules.catalogue import Part, Rule
from bot.features.coach.rules.wordings import LATE, About, Job, State, Wording

Place = tuple[str, str]
"""A message: the channel, and its `ts`."""


def look_later(uow: UnitOfWork, event: MessagePosted, at: datetime) -> None:
    """Notes that the coach looks at a message at that time, once."""
    row = {
        "team_id": uow.team_id,
        "channel_id": event.channel_id,
        "ts": event.ts,
        "user_id": event.user_id,
        "kind": event.kind.value,
        "look_at": at,
    }
    insert_new(uow.session, LookRow, [row])


def due(session: Session, now: datetime, limit: int) -> list[tuple[str, Place]]:
    """(team, message) of those to be looked at by now, the oldest first."""
    rows = select(LookRow.team_id, LookRow.channel_id, LookRow.ts).where(LookRow.look_at <= now)
    found = session.execute(rows.order_by(LookRow.look_at).limit(limit))
    return [(team_id, (channel_id, ts)) for team_id, channel_id, ts in found]


def take_look(uow: UnitOfWork, place: Place) -> LookRow | None:
    """The look at a message, which nobody else takes; None if somebody did."""
    row = uow.session.get(LookRow, (uow.team_id, *place))
    if row is None or not affected(uow.session, delete(LookRow).where(*_at(uow, place))):
        return None
    uow.session.expunge(row)
    return row


def drop_looks(uow: UnitOfWork, user_id: str) -> int:
    """Has the coach look at none of somebody's messages; returns how many it would have."""
    theirs = (LookRow.team_id == uow.team_id) & (LookRow.user_id == user_id)
    return affected(uow.session, delete(LookRow).where(theirs))


def drop_old_looks(uow: UnitOfWork, before: datetime) -> int:
    """Deletes looks that were due before then and never taken; returns how many."""
    old = (LookRow.team_id == uow.team_id) & (LookRow.look_at < before)
    return affected(uow.session, delete(LookRow).where(old))


def was_hinted(uow: UnitOfWork, channel_id: str, root_ts: str, rule: Rule) -> bool:
    """Whether this kind of hint was given, or counted, in that thread before."""
    return uow.session.get(HintRow, (uow.team_id, channel_id, root_ts, rule)) is not None


def record_hint(uow: UnitOfWork, place: Place, root_ts: str, rule: Rule, mode: str) -> bool:
    """Notes that a message gets a hint, or would; returns False if its thread had one."""
    channel_id, ts = place
    row = {
        "team_id": uow.team_id,
        "channel_id": channel_id,
        "root_ts": root_ts,
        "rule": rule.value,
        "ts": ts,
        "mode": mode,
        "outcome": "",
        "given_at": uow.now,
    }
    return insert_new(uow.session, HintRow, [row]) == 1


def note_outcome(uow: UnitOfWork, place: Place, rule: Rule, outcome: str) -> None:
    """Notes what became of a hint first."""
    channel_id, ts = place
    given = update(HintRow).where(
        HintRow.team_id == uow.team_id,
        HintRow.channel_id == channel_id,
        HintRow.ts == ts,
        HintRow.rule == rule,
        HintRow.outcome == "",
    )
    uow.session.execute(given.values(outcome=outcome))


def counts(
    uow: UnitOfWork, channel_id: str, since: datetime, until: datetime
) -> Mapping[tuple[str, str, str], int]:
    """How many hints of a channel there were in a time, by rule, mode and outcome."""
    columns = (HintRow.rule, HintRow.mode, HintRow.outcome)
    rows = (
        select(*columns, func.count())
        .where(
            HintRow.team_id == uow.team_id,
            HintRow.channel_id == channel_id,
            HintRow.given_at >= since,
            HintRow.given_at < until,
        )
        .group_by(*columns)
    )
    return {(rule, mode, end): count for rule, mode, end, count in uow.session.execute(rows)}


def hints_at(uow: UnitOfWork, places: Iterable[Place]) -> Sequence[HintRow]:
    """The hints for the messages in these places."""
    found: list[HintRow] = []
    for channel_id, group in groupby(sorted(places), key=itemgetter(0)):
        for some in portions([ts for _, ts in group]):
            rows = select(HintRow).where(
                HintRow.team_id == uow.team_id,
                HintRow.channel_id == channel_id,
                HintRow.ts.in_(some),
            )
            found += uow.session.scalars(rows)
    return found


def forget(uow: UnitOfWork, places: Iterable[Place]) -> int:
    """Deletes the hints for the messages in these places; returns how many."""
    hints = hints_at(uow, places)
    for hint in hints:
        uow.session.delete(hint)
    return len(hints)


def forget_old(uow: UnitOfWork, before: datetime) -> int:
    """Deletes the hints given before then; returns how many."""
    old = (HintRow.team_id == uow.team_id) & (HintRow.given_at < before)
    return affected(uow.session, delete(HintRow).where(old))


def meet(uow: UnitOfWork, user_id: str) -> None:
    """Notes since when Baton works for somebody."""
    insert_new(uow.session, CoachedRow, [_coached(uow, user_id) | {"since": uow.now}])


def since(uow: UnitOfWork, user_id: str) -> datetime | None:
    """Since when Baton works for somebody; None: longer than it is noted."""
    row = uow.session.get(CoachedRow, (uow.team_id, user_id))
    return row.since if row is not None else None


def claim_hint(uow: UnitOfWork, user_id: str, rest: timedelta, *, is_shown: bool) -> bool:
    """Takes somebody's one hint of these hours; returns False if they had it.

    Those that are only counted have hours of their own.
    """
    insert_new(uow.session, CoachedRow, [_coached(uow, user_id)])
    column = CoachedRow.hinted_at if is_shown else CoachedRow.shadowed_at
    had: ColumnElement[bool] = or_(column.is_(None), column <= uow.now - rest)
    one = update(CoachedRow).where(
        CoachedRow.team_id == uow.team_id, CoachedRow.user_id == user_id, had
    )
    return affected(uow.session, one.values({column: uow.now})) == 1


def refuse(uow: UnitOfWork, user_id: str, rule: Rule) -> int:
    """Counts that a kind of hint was of no help to somebody; returns how often by now."""
    key = {"team_id": uow.team_id, "user_id": user_id, "rule": rule.value}
    insert_new(uow.session, RefusalRow, [key | {"count": 0, "off_until": None}])
    row = uow.session.get(
        RefusalRow, tuple(key.values()), with_for_update=True, populate_existing=True
    )
    if row is None:
        return 0
    row.count += 1
    uow.session.flush()
    return row.count


def stay_away(uow: UnitOfWork, user_id: str, rule: Rule, until: datetime) -> None:
    """Has a kind of hint stay away from somebody until then, and counts anew."""
    row = uow.session.get(RefusalRow, (uow.team_id, user_id, rule.value))
    if row is not None:
        row.count, row.off_until = 0, until
        uow.session.flush()


def come_back(uow: UnitOfWork, user_id: str, rule: Rule) -> None:
    """Lets a kind of hint come to somebody again."""
    row = uow.session.get(RefusalRow, (uow.team_id, user_id, rule.value))
    if row is not None:
        uow.session.delete(row)
        uow.session.flush()


def staying_away(uow: UnitOfWork, user_id: str) -> Mapping[str, datetime]:
    """The kinds of hints that stay away from somebody, and until when."""
    rows = select(RefusalRow.rule, RefusalRow.off_until).where(
        RefusalRow.team_id == uow.team_id,
        RefusalRow.user_id == user_id,
        RefusalRow.off_until > uow.now,
    )
    return {rule: until for rule, until in uow.session.execute(rows) if until is not None}


def busy_threads(session: Session, since: datetime, least: int) -> list[tuple[str, str, str]]:
    """(team, channel, thread) in which two people wrote so much since then; "" is no thread."""
    thread = func.coalesce(MessageRow.thread_ts, "")
    rows = (
        select(MessageRow.team_id, MessageRow.channel_id, thread)
        .where(
            MessageRow.team_id.in_(select(WorkspaceRow.team_id)),  # leads to the index
            MessageRow.at >= since,
            MessageRow.is_kept,
            MessageRow.is_deleted.is_(False),
            MessageRow.user_id != "",
        )
        .group_by(MessageRow.team_id, MessageRow.channel_id, thread)
        .having(func.count() >= least)
    )
    return [(team_id, channel_id, root) for team_id, channel_id, root in session.execute(rows)]


def _coached(uow: UnitOfWork, user_id: str) -> dict[str, object]:
    nothing = {"since": None, "hinted_at": None, "shadowed_at": None}
    return {"team_id": uow.team_id, "user_id": user_id, **nothing}


def _at(uow: UnitOfWork, place: Place) -> tuple[ColumnElement[bool], ...]:
    channel_id, ts = place
    return (LookRow.team_id == uow.team_id, LookRow.channel_id == channel_id, LookRow.ts == ts)


def wording(uow: UnitOfWork, wording_id: UUID | None) -> Job | None:
    """What is, or was, worded under this id."""
    row = uow.session.get(WordingRow, (uow.team_id, wording_id)) if wording_id else None
    return _job(row) if row is not None else None


def wording_about(uow: UnitOfWork, about: About) -> Job | None:
    """What is, or was, worded for somebody about a message."""
    row = uow.session.scalars(select(WordingRow).where(*_wording_about(uow, about))).first()
    return _job(row) if row is not None else None


def add_wording(
    uow: UnitOfWork, about: About, rev: str, state: State, missing: Sequence[Part] = ()
) -> Job | None:
    """Has something worded, or notes (`done`) that there is nothing to wait for.

    None: somebody was faster.
    """
    job = Job(new_id(), about, rev, state, uow.now, tuple(missing), {})
    row = {
        "team_id": uow.team_id,
        "id": job.id,
        "kind": about.kind.value,
        "user_id": about.user_id,
        "channel_id": about.channel_id,
        "ts": about.ts,
        "rev": rev,
        "state": state.value,
        "made_at": uow.now,
        "claimed_at": None,
        "missing": [part.value for part in missing],
        "parts": {},
    }
    return job if insert_new(uow.session, WordingRow, [row]) == 1 else None


def wordings_due(session: Session, now: datetime, limit: int) -> list[tuple[str, UUID]]:
    """(team, id) of what waits to be worded, or was left undone by whoever took it on.

    Where Baton is paused it goes on waiting.
    """
    left = (WordingRow.state == State.DRAFTING) & (WordingRow.claimed_at <= now - LATE)
    rows = select(WordingRow.team_id, WordingRow.id).where(
        WordingRow.state != State.DONE,
        (WordingRow.state == State.WAITING) | left,
        WordingRow.team_id.in_(
            select(WorkspaceRow.team_id).where(WorkspaceRow.paused_at.is_(None))
        ),
    )
    found = session.execute(rows.order_by(WordingRow.made_at).limit(limit))
    return [(team_id, wording_id) for team_id, wording_id in found]


def claim_wording(uow: UnitOfWork, wording_id: UUID) -> Job | None:
    """Takes something on, as it was before; None if somebody was faster."""
    row = uow.session.get(WordingRow, (uow.team_id, wording_id), populate_existing=True)
    if row is None:
        return None
    before = _job(row)
    claimed = update(WordingRow).where(
        WordingRow.team_id == uow.team_id,
        WordingRow.id == wording_id,
        WordingRow.state == before.state,
        (WordingRow.state == State.WAITING) | (WordingRow.claimed_at <= uow.now - LATE),
    )
    values = {"state": State.DRAFTING, "claimed_at": uow.now}
    taken = affected(uow.session, claimed.values(**values)) == 1
    uow.session.expire(row)
    return before if taken else None


def put_wording_back(uow: UnitOfWork, job: Job) -> None:
    """Has something that was taken on wait again."""
    mine = (WordingRow.team_id == uow.team_id) & (WordingRow.id == job.id)
    back = update(WordingRow).where(mine, WordingRow.state == State.DRAFTING)
    uow.session.execute(back.values(state=State.WAITING, claimed_at=None))


def finish_wording(uow: UnitOfWork, job: Job, parts: Mapping[str, str]) -> bool:
    """Keeps the words of a draft's new version; False: nobody waits for it any more."""
    mine = (WordingRow.team_id == uow.team_id, WordingRow.id == job.id, WordingRow.rev == job.rev)
    done = update(WordingRow).where(*mine, WordingRow.state == State.DRAFTING)
    kept = {name: storable(words) for name, words in parts.items()}
    return affected(uow.session, done.values(state=State.DONE, parts=kept)) == 1


def drop_wording(uow: UnitOfWork, wording_id: UUID) -> bool:
    """Deletes what was worded, or was to be; returns False if it is gone."""
    one = (WordingRow.team_id == uow.team_id) & (WordingRow.id == wording_id)
    return affected(uow.session, delete(WordingRow).where(one)) == 1


def drafts_at(uow: UnitOfWork, channel_id: str, ts: str) -> Sequence[Job]:
    """The reviewed drafts in a place."""
    return _drafts(uow, WordingRow.channel_id == channel_id, WordingRow.ts == ts)


def drafts_of(uow: UnitOfWork, user_id: str) -> Sequence[Job]:
    """The reviewed drafts of somebody."""
    return _drafts(uow, WordingRow.user_id == user_id)


def drafts_before(uow: UnitOfWork, before: datetime) -> Sequence[Job]:
    """The drafts that were reviewed before then."""
    return _drafts(uow, WordingRow.made_at < before)


def drop_wordings_of(uow: UnitOfWork, user_id: str) -> int:
    """Deletes everything that was worded for somebody; returns how many."""
    theirs = (WordingRow.team_id == uow.team_id) & (WordingRow.user_id == user_id)
    return affected(uow.session, delete(WordingRow).where(theirs))


def drop_old_wordings(uow: UnitOfWork, before: datetime) -> int:
    """Deletes what was worded before then; returns how many."""
    old = (WordingRow.team_id == uow.team_id) & (WordingRow.made_at < before)
    return affected(uow.session, delete(WordingRow).where(old))


def _drafts(uow: UnitOfWork, *where: ColumnElement[bool]) -> Sequence[Job]:
    theirs = (WordingRow.team_id == uow.team_id) & (WordingRow.kind == Wording.DRAFT)
    return [_job(row) for row in uow.session.scalars(select(WordingRow).where(theirs, *where))]


def _wording_about(uow: UnitOfWork, about: About) -> tuple[ColumnElement[bool], ...]:
    return (
        WordingRow.team_id == uow.team_id,
        WordingRow.kind == about.kind,
        WordingRow.user_id == about.user_id,
        WordingRow.channel_id == about.channel_id,
        WordingRow.ts == about.ts,
    )


def _job(row: WordingRow) -> Job:
    about = About(Wording(row.kind), row.user_id, row.channel_id, row.ts)
    missing = tuple(Part(each) for each in row.missing)
    return Job(row.id, about, row.rev, State(row.state), row.made_at, missing, dict(row.parts))
