"""Every statement on the tables of asks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.core import boards, inbox
from bot.core.db import (
    UtcDateTime,
    affected,
    forget_lasting,
    grouped,
    insert_new,
    lasting,
    portions,
)
from bot.core.ids import new_id
from bot.core.response_clock import CountedIn
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks.models import (
    AskNoticeRow,
    AskPlaceRow,
    AskRow,
    AskStandingRow,
    AskStepRow,
    AskTextRow,
    ScheduledRow,
    UrgentWeekRow,
)
from bot.features.asks.rules.clock import Clock
from bot.features.asks.rules.scheduling import Plan
from bot.features.asks.rules.shown import Words
from bot.features.asks.rules.states import UNSETTLED, WAITING, How, State, states_before

OPENED: Final = "opened"
SNOOZED: Final = "snoozed"
_ANSWER: Final = "answer:"
_STANDING: Final = "where asks stand"
_NOT_CLOSED: Final = {"closed_at": None, "closed_by": "", "closed_how": ""}
_STANDS: Final = (
    "text_id",
    "state",
    "clock_from",
    "seconds_left",
    "counted_in",
    "is_deadline",
    "due_at",
    "paused_at",
    "nudge_at",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A message that asks; without a `ts` it is not posted yet."""

    channel_id: str
    ts: str = ""
    root_ts: str = ""

    @property
    def is_direct(self) -> bool:
        """Whether it stands in a conversation of Baton's with one of the two."""
        return self.channel_id.startswith("D")


@dataclass(frozen=True, slots=True)
class New:
    """An ask to be opened."""

    place: Place
    asker_id: str
    answerer_id: str
    asked_at: datetime
    clock: Clock
    due_at: datetime
    nudge_at: datetime
    urgency: str = "standard"
    group_id: str = ""
    text_id: UUID | None = None
    parent_id: UUID | None = None
    relation: str = ""


def insert(uow: UnitOfWork, new: New) -> AskRow | None:
    """Opens an ask; None if this message asked this person before."""
    ask_id = new_id()
    if new.place.ts and not claim_place(uow, new.place, new.answerer_id, ask_id):
        return None
    row = {
        "team_id": uow.team_id,
        "id": ask_id,
        "channel_id": new.place.channel_id,
        "message_ts": new.place.ts,
        "root_ts": new.place.root_ts,
        "asker_id": new.asker_id,
        "answerer_id": new.answerer_id,
        "group_id": new.group_id,
        "text_id": new.text_id,
        "parent_id": new.parent_id,
        "relation": new.relation,
        "state": State.OPEN,
        "urgency": new.urgency,
        "round": 1,
        "asked_at": new.asked_at,
        **_clock_values(new.clock),
        "due_at": new.due_at,
        "nudge_at": new.nudge_at,
        **_NOT_CLOSED,
    }
    insert_new(uow.session, AskRow, [row])
    ask = _fresh(uow, ask_id)
    _touch(uow, ask)
    note_step(uow, ask_id, OPENED, by=new.asker_id)
    return ask


def claim_place(uow: UnitOfWork, place: Place, answerer_id: str, ask_id: UUID) -> bool:
    """Notes that a message asks somebody; returns False if that is known."""
    row = {
        "team_id": uow.team_id,
        "channel_id": place.channel_id,
        "ts": place.ts,
        "answerer_id": answerer_id,
        "root_ts": place.root_ts,
        "ask_id": ask_id,
    }
    forget_lasting(uow.session, _STANDING)
    return insert_new(uow.session, AskPlaceRow, [row]) == 1


def set_clock(
    uow: UnitOfWork, ask: AskRow, clock: Clock, due_at: datetime, nudge_at: datetime | None
) -> None:
    """Sets when an ask is due."""
    for name, value in _clock_values(clock).items():
        setattr(ask, name, value)
    ask.due_at, ask.nudge_at = due_at, nudge_at
    uow.session.flush()
    _touch(uow, ask)


def clock_of(ask: AskRow) -> Clock:
    """The clock of an ask."""
    since, left = ask.clock_from or ask.asked_at, timedelta(seconds=ask.seconds_left)
    deadline = ask.due_at if ask.is_deadline else None
    return Clock(since, left, _counted_in(ask), deadline)


def note_standing(uow: UnitOfWork, ask: AskRow, completed_by: UUID) -> None:
    """Notes how an ask stands before a text completes it."""
    values = {name: getattr(ask, name) for name in _STANDS}
    key = {"team_id": uow.team_id, "completed_by": completed_by, "ask_id": ask.id}
    uow.session.add(AskStandingRow(**key, **values))
    uow.session.flush()


def standings(uow: UnitOfWork, completed_by: UUID) -> Mapping[UUID, AskStandingRow]:
    """How the asks stood that a text completed, by id, until that text is out."""
    rows = select(AskStandingRow).where(
        AskStandingRow.team_id == uow.team_id, AskStandingRow.completed_by == completed_by
    )
    return {row.ask_id: row for row in uow.session.scalars(rows)}


def restore(uow: UnitOfWork, ask: AskRow, stood: AskStandingRow) -> None:
    """Has an ask stand as it did."""
    for name in _STANDS:
        setattr(ask, name, getattr(stood, name))
    uow.session.flush()


def forget_standings(uow: UnitOfWork, completed_by: UUID) -> None:
    """What completed them is out, or is not: it is not needed any more."""
    uow.session.execute(
        delete(AskStandingRow).where(
            AskStandingRow.team_id == uow.team_id, AskStandingRow.completed_by == completed_by
        )
    )


def get(uow: UnitOfWork, ask_id: UUID, *, lock: bool = False) -> AskRow | None:
    """The ask with this id; with a `lock` nobody else moves it meanwhile."""
    place = (uow.team_id, ask_id)
    return uow.session.get(AskRow, place, with_for_update=lock, populate_existing=lock)


def of_message(uow: UnitOfWork, channel_id: str, ts: str) -> Sequence[AskRow]:
    """Every ask that this very message opened or belongs to."""
    given = {"team_id": uow.team_id, "channel_id": channel_id, "ts": ts}
    return uow.session.scalars(_OF_MESSAGE, given).unique().all()


def under(uow: UnitOfWork, channel_id: str, root_ts: str) -> Sequence[AskRow]:
    """The asks that an answer in this thread may settle."""
    return [ask for ask in placed_under(uow, channel_id, root_ts) if ask.state in UNSETTLED]


def threads_with_asks(
    session: Session, team_id: str, threads: Collection[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Those of the threads, by channel and root, in which an ask has a message."""
    found: set[tuple[str, str]] = set()
    channel_ids = sorted({channel_id for channel_id, _ in threads})
    for some in portions(sorted({root_ts for _, root_ts in threads})):
        given = {"team_id": team_id, "channel_ids": channel_ids, "roots": some}
        found.update((row.channel_id, row.root_ts) for row in session.execute(_THREADS, given))
    return found & set(threads)


def waited_for_in(
    session: Session, team_id: str, user_ids: Collection[str]
) -> set[tuple[str, str]]:
    """Of these people, who is waited for, with the channel in which they were asked."""
    found: set[tuple[str, str]] = set()
    for some in portions(sorted(user_ids)):
        given = {"team_id": team_id, "user_ids": some}
        found.update(
            (row.answerer_id, row.channel_id) for row in session.execute(_WAITED_FOR, given)
        )
    return found


def placed_under(uow: UnitOfWork, channel_id: str, root_ts: str) -> Sequence[AskRow]:
    """The asks that have a message in this thread, settled or not."""
    given = {"team_id": uow.team_id, "channel_id": channel_id, "root_ts": root_ts}
    return uow.session.scalars(_IN_THREAD, given).unique().all()


def states_under(
    uow: UnitOfWork, channel_id: str, roots_ts: Iterable[str]
) -> Mapping[str, Sequence[State]]:
    """Where the asks stand that have a message in one of these threads, by the thread."""
    same = (AskPlaceRow.team_id == AskRow.team_id) & (AskPlaceRow.ask_id == AskRow.id)
    rows = (
        select(AskPlaceRow.root_ts, AskRow.state)
        .join(AskRow, same)
        .where(
            AskPlaceRow.team_id == uow.team_id,
            AskPlaceRow.channel_id == channel_id,
            AskPlaceRow.root_ts.in_(set(roots_ts)),
        )
    )
    found: dict[str, list[State]] = {}
    for root_ts, state in uow.session.execute(rows):
        found.setdefault(root_ts, []).append(State(state))
    return found


def places_of(uow: UnitOfWork, ask_id: UUID) -> Sequence[Place]:
    """The messages of an ask, the oldest first."""
    known: dict[UUID, Sequence[Place]] = lasting(uow.session, _STANDING, dict)
    if ask_id not in known:
        known[ask_id] = _places(uow, [ask_id]).get(ask_id, [])
    return known[ask_id]


def places_of_all(uow: UnitOfWork, ask_ids: Sequence[UUID]) -> Sequence[Place]:
    """The messages of many asks, which are remembered for when they are asked about one by one."""
    known: dict[UUID, Sequence[Place]] = lasting(uow.session, _STANDING, dict)
    strange = [ask_id for ask_id in ask_ids if ask_id not in known]
    if strange:
        found = _places(uow, strange)
        known.update({ask_id: found.get(ask_id, []) for ask_id in strange})
    return [place for ask_id in ask_ids for place in known[ask_id]]


def note_answer(uow: UnitOfWork, ask: AskRow, channel_id: str, ts: str) -> None:
    """Remembers by which direct message an ask was answered in its present round."""
    claim_place(uow, Place(channel_id, ts, f"{_ANSWER}{ask.round}"), ask.answerer_id, ask.id)


def answered_by(uow: UnitOfWork, channel_id: str, ts: str) -> Sequence[tuple[AskRow, int]]:
    """What was answered by this direct message, and in which of its rounds."""
    here = (AskPlaceRow.channel_id == channel_id, AskPlaceRow.ts == ts)
    rows = select(AskPlaceRow).where(
        AskPlaceRow.team_id == uow.team_id, *here, AskPlaceRow.root_ts.startswith(_ANSWER)
    )
    found = [(get(uow, place.ask_id), place) for place in uow.session.scalars(rows)]
    return [(ask, int(place.root_ts.removeprefix(_ANSWER))) for ask, place in found if ask]


def forget_place(uow: UnitOfWork, channel_id: str, ts: str) -> None:
    """A message asks nobody any more."""
    forget_lasting(uow.session, _STANDING)
    gone = delete(AskPlaceRow).where(
        AskPlaceRow.team_id == uow.team_id,
        AskPlaceRow.channel_id == channel_id,
        AskPlaceRow.ts == ts,
    )
    uow.session.execute(gone)


def between(uow: UnitOfWork, asker_id: str, answerer_id: str, channel_id: str) -> Sequence[AskRow]:
    """What somebody waits for from somebody in a channel, by age."""
    given = {
        "team_id": uow.team_id,
        "answerer_id": answerer_id,
        "asker_id": asker_id,
        "channel_id": channel_id,
    }
    return uow.session.scalars(_BETWEEN, given).all()


def waiting_on(uow: UnitOfWork, user_id: str) -> Sequence[AskRow]:
    """What somebody is asked for, by due time."""

    def read(ids: Sequence[str]) -> Mapping[str, Sequence[AskRow]]:
        given = {"team_id": uow.team_id, "answerer_ids": ids}
        found = uow.session.scalars(_WAITING_ON, given).all()
        _read_ahead(uow, found, ids)
        return grouped(found, by=lambda ask: ask.answerer_id)

    return uow.for_reader("asks that wait", user_id, read) or ()


def waiting_in(uow: UnitOfWork, channel_id: str, user_id: str) -> Sequence[AskRow]:
    """What somebody was asked for in one channel, by due time."""
    given = {"team_id": uow.team_id, "channel_id": channel_id, "answerer_id": user_id}
    return uow.session.scalars(_WAITING_IN, given).all()


def waited_for(uow: UnitOfWork) -> Sequence[str]:
    """Ids of everybody whom somebody waits for."""
    rows = select(AskRow.answerer_id).where(AskRow.team_id == uow.team_id, _WAITS).distinct()
    return uow.session.scalars(rows).all()


def asked_by(uow: UnitOfWork, user_id: str) -> Sequence[AskRow]:
    """What somebody waits for, by due time."""
    return _by_due(uow, AskRow.asker_id == user_id, AskRow.closed_at.is_(None), _UNSETTLED)


def settled_for(
    uow: UnitOfWork, user_id: str, since: datetime, states: Iterable[State]
) -> Sequence[AskRow]:
    """Somebody's asks that got into one of these states since then."""
    ended = tuple(states)

    def read(ids: Sequence[str]) -> Mapping[str, Sequence[AskRow]]:
        settled = AskRow.state.in_(ended) & (AskRow.closed_at >= since)
        found = _by_due(uow, AskRow.asker_id.in_(ids), settled)
        _read_ahead(uow, found, ids)
        return grouped(found, by=lambda ask: ask.asker_id)

    return uow.for_reader(("asks settled", ended, since), user_id, read) or ()


def answers_of(uow: UnitOfWork, user_id: str, since: datetime, until: datetime) -> Sequence[AskRow]:
    """What others asked that somebody answered from `since` (included) to `until` (not).

    Also what they answered for somebody else, or answered and its asker closed.
    """
    ids = select(AskStepRow.ask_id).where(
        AskStepRow.team_id == uow.team_id,
        AskStepRow.at >= since,
        AskStepRow.at < until,
        AskStepRow.step == State.ANSWERED,
    )
    by_asker = (AskRow.answerer_id == user_id) & (AskRow.closed_by == AskRow.asker_id)
    return _by_due(
        uow,
        AskRow.id.in_(ids),
        AskRow.state == State.ANSWERED,
        AskRow.asker_id != user_id,
        (AskRow.closed_by == user_id) | by_asker,
    )


def children(uow: UnitOfWork, ask_id: UUID) -> Sequence[AskRow]:
    """The asks that came from this one."""
    return uow.session.scalars(_CHILDREN, {"team_id": uow.team_id, "parent_id": ask_id}).all()


def of_text(uow: UnitOfWork, text_id: UUID) -> Sequence[AskRow]:
    """The asks that say this text."""
    return _by_due(uow, AskRow.text_id == text_id)


def of_group(uow: UnitOfWork, ask: AskRow) -> Sequence[AskRow]:
    """The other members of a group who were asked by the same words and are waited for."""
    if not ask.group_id:
        return []
    message = (AskRow.channel_id == ask.channel_id) & (AskRow.message_ts == ask.message_ts)
    sources = [AskRow.text_id == ask.text_id] if ask.text_id else []
    same = or_(*sources, message) if ask.message_ts else or_(*sources)
    return _by_due(uow, AskRow.group_id == ask.group_id, same, AskRow.id != ask.id, _UNSETTLED)


def to_nudge(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, UUID]]:
    """(team, ask) of the asks whose clock has to be looked at, the longest due first.

    Those of a conversation of which events still wait are looked at as soon as they were heard.
    """
    return session.execute(_TO_NUDGE, {"now": now, "limit": limit}).all()


def move(
    uow: UnitOfWork,
    ask: AskRow,
    to: State,
    *,
    by: str = "",
    how: How | None = None,
    words: str = "",
    **values: Any,
) -> bool:
    """Takes a step of the table of transitions; returns False if somebody was faster."""
    is_end = to not in UNSETTLED
    closed = {"closed_at": uow.now, "closed_by": by, "closed_how": how or ""}
    stands = {"nudge_at": None, "paused_at": None} if is_end else {}
    given = {"state": to, **(closed if is_end else _NOT_CLOSED), **stands, **values}
    step = _step(tuple(sorted(given)))
    where = {"of": uow.team_id, "ask_id": ask.id, "before": sorted(states_before(to))}
    uow.session.flush()
    moved = uow.session.connection().execute(step, given | where).rowcount == 1
    _fresh(uow, ask.id)
    if moved:
        _touch(uow, ask)
        note_step(uow, ask.id, to, by=by, words=words)
    return moved


def note_step(uow: UnitOfWork, ask_id: UUID, step: str, *, by: str = "", words: str = "") -> None:
    """Writes a line of an ask's history."""
    row = {
        "team_id": uow.team_id,
        "id": new_id(),
        "ask_id": ask_id,
        "at": uow.now,
        "step": step,
        "by": by,
        "words": words,
    }
    insert_new(uow.session, AskStepRow, [row])


def steps(uow: UnitOfWork, ask_id: UUID) -> Sequence[AskStepRow]:
    """The history of an ask, the oldest line first."""
    rows = select(AskStepRow).where(AskStepRow.team_id == uow.team_id, AskStepRow.ask_id == ask_id)
    return uow.session.scalars(rows.order_by(AskStepRow.id)).all()


def snoozed_at(uow: UnitOfWork, ask_id: UUID) -> datetime | None:
    """When the answerer last said that they want to hear nothing of an ask for now."""
    return uow.once(("snoozed", ask_id), lambda: _snoozed_at(uow, [ask_id]).get(ask_id))


def reword(uow: UnitOfWork, ask: AskRow, by: str, at: datetime, words: str) -> None:
    """Puts other words into what somebody answered at that instant, by Slack's clock."""
    said = [
        step
        for step in steps(uow, ask.id)
        if step.by == by and step.step in {State.ANSWERED, State.DECLINED}
    ]
    if said:
        min(said, key=lambda step: abs(step.at - at)).words = words
        uow.session.flush()


def add_text(
    uow: UnitOfWork, request_id: str, asker_id: str, channel_id: str, words: Words
) -> AskTextRow | None:
    """Keeps what a composed ask says; None if it was made before."""
    text_id = new_id()
    row = {
        "team_id": uow.team_id,
        "id": text_id,
        "request_id": request_id,
        "asker_id": asker_id,
        "channel_id": channel_id,
        "message_ts": "",
        "thread_ts": "",
        "author_id": "",
        "completes_ts": "",
        "card_ts": "",
        **_words(words),
        "is_kept": True,
        "made_at": uow.now,
    }
    return text(uow, text_id) if insert_new(uow.session, AskTextRow, [row]) else None


def set_words(uow: UnitOfWork, row: AskTextRow, words: Words) -> None:
    """Puts other words into a composed ask."""
    for name, value in _words(words).items():
        setattr(row, name, value)
    uow.session.flush()


def text(uow: UnitOfWork, text_id: UUID | None) -> AskTextRow | None:
    """What a composed ask says."""
    return uow.session.get(AskTextRow, (uow.team_id, text_id)) if text_id else None


def empty_text(uow: UnitOfWork, row: AskTextRow) -> None:
    """Deletes the words of what somebody pointed at, and whose they were; that it was stays."""
    set_words(uow, row, Words(""))
    row.author_id, row.is_kept = "", False
    uow.session.flush()


def drop_text(uow: UnitOfWork, row: AskTextRow) -> None:
    """Forgets what nobody was asked with."""
    uow.session.delete(row)
    uow.session.flush()


def pointed_at(uow: UnitOfWork, channel_id: str, ts: str) -> Sequence[AskTextRow]:
    """The kept texts of those who wait for a reply to this message."""
    here = (AskTextRow.channel_id == channel_id, AskTextRow.message_ts == ts)
    return uow.session.scalars(_kept_texts(uow, *here)).all()


def completing(uow: UnitOfWork, channel_id: str, ts: str) -> Sequence[AskTextRow]:
    """The kept texts with which its author completed this message."""
    here = (AskTextRow.channel_id == channel_id, AskTextRow.completes_ts == ts)
    rows = _kept_texts(uow, *here, AskTextRow.completes_ts != "")
    return uow.session.scalars(rows).all()


def pointed_from(uow: UnitOfWork, author_id: str) -> Sequence[AskTextRow]:
    """The kept texts of messages by somebody to which others wait for a reply."""
    return uow.session.scalars(_kept_texts(uow, AskTextRow.author_id == author_id)).all()


def text_made_by(uow: UnitOfWork, request_id: str) -> AskTextRow | None:
    """The text that was made by this request."""
    found = select(AskTextRow).where(
        AskTextRow.team_id == uow.team_id, AskTextRow.request_id == request_id
    )
    return uow.session.scalar(found)


def add_notice(
    uow: UnitOfWork, ask: AskRow, kind: str, person_id: str, at: datetime, *, key: str
) -> None:
    """Notes that somebody is to be told something about an ask; the same is told once."""
    row = {
        "team_id": uow.team_id,
        "id": new_id(),
        "key": key,
        "ask_id": ask.id,
        "kind": kind,
        "person_id": person_id,
        "at": at,
    }
    insert_new(uow.session, AskNoticeRow, [row])


def notice(uow: UnitOfWork, notice_id: UUID) -> AskNoticeRow | None:
    """The notice with this id, which only this unit of work deals with now."""
    return uow.session.get(AskNoticeRow, (uow.team_id, notice_id), with_for_update=True)


def notices_due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, UUID]]:
    """(team, notice) of what is to be told by now, the oldest first."""
    due = select(AskNoticeRow.team_id, AskNoticeRow.id).where(
        AskNoticeRow.told_at.is_(None), AskNoticeRow.at <= now
    )
    return session.execute(due.order_by(AskNoticeRow.at).limit(limit)).all()


def notices_of(uow: UnitOfWork, ask_id: UUID) -> Sequence[AskNoticeRow]:
    """What was, or is to be, told about an ask."""
    return uow.session.scalars(_NOTICES, {"team_id": uow.team_id, "ask_id": ask_id}).all()


def drop_notice(uow: UnitOfWork, row: AskNoticeRow) -> None:
    """There is nothing to tell any more."""
    uow.session.delete(row)
    uow.session.flush()


def spend_urgent(uow: UnitOfWork, user_id: str, week: date, budget: int) -> bool:
    """Takes one urgent ask of a week's budget; returns False if there is none left."""
    fresh = {"team_id": uow.team_id, "user_id": user_id, "week": week}
    insert_new(uow.session, UrgentWeekRow, [fresh | {"spent": 0, "was_urgent": 0, "was_not": 0}])
    one = update(UrgentWeekRow).where(*_week(uow, user_id, week), UrgentWeekRow.spent < budget)
    return affected(uow.session, one.values(spent=UrgentWeekRow.spent + 1)) == 1


def count_urgency(uow: UnitOfWork, user_id: str, week: date, *, was_urgent: bool) -> None:
    """Counts whether an urgent ask of somebody's was one."""
    column = UrgentWeekRow.was_urgent if was_urgent else UrgentWeekRow.was_not
    week_of = update(UrgentWeekRow).where(*_week(uow, user_id, week))
    uow.session.execute(week_of.values({column: column + 1}))


def urgent_tally(uow: UnitOfWork, user_id: str, since: date) -> tuple[int, int, int]:
    """How many urgent asks somebody made since then; how many were called urgent, and not."""
    row = UrgentWeekRow
    total = select(
        func.coalesce(func.sum(row.spent), 0),
        func.coalesce(func.sum(row.was_urgent), 0),
        func.coalesce(func.sum(row.was_not), 0),
    ).where(row.team_id == uow.team_id, row.user_id == user_id, row.week >= since)
    spent, was_urgent, was_not = uow.session.execute(total).one()
    return int(spent), int(was_urgent), int(was_not)


def asked_since(uow: UnitOfWork, since: datetime, channel_id: str = "") -> Sequence[AskRow]:
    """What was asked since then, in one channel or anywhere."""
    where = [AskRow.asked_at >= since]
    return _by_due(uow, *where, *([AskRow.channel_id == channel_id] if channel_id else []))


def of_person(uow: UnitOfWork, user_id: str) -> Sequence[AskRow]:
    """Everything that somebody asked for or was asked for, by due time."""
    return _by_due(uow, _concerns(user_id))


def texts_of(uow: UnitOfWork, user_id: str) -> Sequence[AskTextRow]:
    """What somebody composed."""
    rows = select(AskTextRow).where(
        AskTextRow.team_id == uow.team_id, AskTextRow.asker_id == user_id
    )
    return uow.session.scalars(rows.order_by(AskTextRow.made_at)).all()


def words_of(uow: UnitOfWork, user_id: str) -> Sequence[AskStepRow]:
    """What somebody said about asks in forms."""
    rows = select(AskStepRow).where(
        AskStepRow.team_id == uow.team_id, AskStepRow.by == user_id, AskStepRow.words != ""
    )
    return uow.session.scalars(rows.order_by(AskStepRow.at)).all()


def forget_person(uow: UnitOfWork, user_id: str) -> int:
    """Deletes what somebody asked for or was asked for; returns how many things."""
    ids = select(AskRow.id).where(AskRow.team_id == uow.team_id, _concerns(user_id))
    count = _forget_parts(uow, ids)
    theirs = (
        delete(AskRow).where(AskRow.team_id == uow.team_id, _concerns(user_id)),
        delete(AskTextRow).where(AskTextRow.team_id == uow.team_id, AskTextRow.asker_id == user_id),
        delete(UrgentWeekRow).where(
            UrgentWeekRow.team_id == uow.team_id, UrgentWeekRow.user_id == user_id
        ),
        delete(AskNoticeRow).where(
            AskNoticeRow.team_id == uow.team_id, AskNoticeRow.person_id == user_id
        ),
        delete(AskPlaceRow).where(
            AskPlaceRow.team_id == uow.team_id, AskPlaceRow.answerer_id == user_id
        ),
    )
    count += sum(affected(uow.session, statement) for statement in theirs)
    by_them = update(AskStepRow).where(AskStepRow.team_id == uow.team_id, AskStepRow.by == user_id)
    return count + affected(uow.session, by_them.values(by="", words=""))


def forget_old(uow: UnitOfWork, before: datetime) -> int:
    """Deletes what was asked before then and is settled; returns how many."""
    old = (AskRow.team_id == uow.team_id) & (AskRow.asked_at < before)
    ids = select(AskRow.id).where(old)
    parts = _forget_parts(uow, ids)
    texts = delete(AskTextRow).where(AskTextRow.team_id == uow.team_id, AskTextRow.made_at < before)
    weeks = delete(UrgentWeekRow).where(
        UrgentWeekRow.team_id == uow.team_id, UrgentWeekRow.week < before.date()
    )
    statements = (delete(AskRow).where(old), texts, weeks)
    return parts + sum(affected(uow.session, each) for each in statements)


def empty_texts(uow: UnitOfWork, before: datetime) -> int:
    """Deletes the words of composed asks and of steps that are older; returns how many."""
    texts = update(AskTextRow).where(
        AskTextRow.team_id == uow.team_id, AskTextRow.made_at < before, AskTextRow.is_kept
    )
    said = update(AskStepRow).where(
        AskStepRow.team_id == uow.team_id, AskStepRow.at < before, AskStepRow.words != ""
    )
    emptied = texts.values(**_words(Words("")), is_kept=False)
    return affected(uow.session, emptied) + affected(uow.session, said.values(words=""))


def schedule(
    uow: UnitOfWork,
    request_id: str,
    author_id: str,
    words: Words,
    at: datetime,
    *,
    channel_id: str,
    people: Iterable[str],
    is_ask: bool,
    is_urgent: bool,
    deadline: datetime | None,
) -> ScheduledRow:
    """Notes what goes out at an instant, once per request."""
    row = {
        "team_id": uow.team_id,
        "id": new_id(),
        "request_id": request_id,
        "author_id": author_id,
        "channel_id": channel_id,
        "people": " ".join(people),
        "is_ask": is_ask,
        "is_urgent": is_urgent,
        **_words(words),
        "deadline": deadline,
        "state": Plan.WAITING,
        "why": "",
        "made_at": uow.now,
        "at": at,
        "look_at": at,
    }
    insert_new(uow.session, ScheduledRow, [row])
    boards.touch(uow, [author_id])
    made = select(ScheduledRow).where(
        ScheduledRow.team_id == uow.team_id, ScheduledRow.request_id == request_id
    )
    return uow.session.scalars(made).one()


def scheduled(uow: UnitOfWork, row_id: UUID) -> ScheduledRow | None:
    """What goes out later, by its id."""
    return uow.session.get(ScheduledRow, (uow.team_id, row_id))


def scheduled_due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, UUID]]:
    """(team, what) of all that has to be looked at by now, the longest due first."""
    due = select(ScheduledRow.team_id, ScheduledRow.id).where(ScheduledRow.look_at <= now)
    return session.execute(due.order_by(ScheduledRow.look_at).limit(limit)).all()


def scheduled_by(uow: UnitOfWork, author_id: str) -> Sequence[ScheduledRow]:
    """What somebody wrote for later, the next first."""
    rows = select(ScheduledRow).where(
        ScheduledRow.team_id == uow.team_id, ScheduledRow.author_id == author_id
    )
    return uow.session.scalars(rows.order_by(ScheduledRow.at, ScheduledRow.id)).all()


def claim_scheduled(
    uow: UnitOfWork,
    row: ScheduledRow,
    to: Plan,
    *,
    due_by: datetime | None = None,
    look_at: datetime | None = None,
) -> bool:
    """Ends the waiting of what goes out later; returns False if somebody was faster.

    With `due_by` only if it is to go out by then. It has to be looked at again at `look_at`.
    """
    waits = update(ScheduledRow).where(
        ScheduledRow.team_id == uow.team_id,
        ScheduledRow.id == row.id,
        ScheduledRow.state.in_({Plan.WAITING, Plan.HELD}),
        ScheduledRow.look_at.is_not(None),
    )
    if due_by is not None:
        waits = waits.where(ScheduledRow.at <= due_by, ScheduledRow.state == Plan.WAITING)
    claimed = affected(uow.session, waits.values(state=to, look_at=look_at)) == 1
    boards.touch(uow, [row.author_id])
    uow.session.refresh(row)
    return claimed


def set_plan(
    uow: UnitOfWork, row: ScheduledRow, state: Plan, *, look_at: datetime | None, why: str = ""
) -> None:
    """Notes where it stands, and when it has to be looked at again; without `why` that stays."""
    row.state, row.look_at, row.why = state, look_at, why or row.why
    uow.session.flush()
    boards.touch(uow, [row.author_id])


def empty_scheduled(uow: UnitOfWork, row: ScheduledRow) -> None:
    """Deletes the words of what nobody needs here any more."""
    for name, value in _words(Words("")).items():
        setattr(row, name, value)
    uow.session.flush()


def forget_scheduled(uow: UnitOfWork, before: datetime) -> int:
    """Deletes what was written before then and is over; what its author waits for stays."""
    stands = ScheduledRow.state.in_({Plan.WAITING, Plan.HELD, Plan.CANCELLED})
    old = delete(ScheduledRow).where(
        ScheduledRow.team_id == uow.team_id,
        ScheduledRow.made_at < before,
        or_(ScheduledRow.look_at.is_(None), ~stands),
    )
    return affected(uow.session, old)


def forget_author(uow: UnitOfWork, user_id: str) -> int:
    """Deletes what somebody has go out later, and takes them off what others have."""
    others = select(ScheduledRow).where(
        ScheduledRow.team_id == uow.team_id, ScheduledRow.people.contains(user_id, autoescape=True)
    )
    for row in uow.session.scalars(others):
        row.people = " ".join(each for each in row.people.split() if each != user_id)
    uow.session.flush()
    theirs = delete(ScheduledRow).where(
        ScheduledRow.team_id == uow.team_id, ScheduledRow.author_id == user_id
    )
    return affected(uow.session, theirs)


_WAITS: ColumnElement[bool] = AskRow.state.in_(WAITING)
_UNSETTLED: ColumnElement[bool] = AskRow.state.in_(UNSETTLED)
_OURS: Final = AskRow.team_id == bindparam("team_id")


def _placed(*where: ColumnElement[bool]) -> Select[AskRow]:
    """Asks by where they stand, by age."""
    same = (AskPlaceRow.team_id == AskRow.team_id) & (AskPlaceRow.ask_id == AskRow.id)
    place = AskPlaceRow.channel_id == bindparam("channel_id")
    rows = select(AskRow).join(AskPlaceRow, same).where(_OURS, place, *where)
    return _as_it_stands(rows.where(AskPlaceRow.team_id == AskRow.team_id), AskRow.asked_at)


def _as_it_stands(rows: Select[AskRow], by: InstrumentedAttribute[datetime]) -> Select[AskRow]:
    """In order, and as others left it meanwhile: what was loaded before is loaded anew."""
    return rows.order_by(by, AskRow.id).execution_options(populate_existing=True)


def _all_places() -> Select[Any]:
    places = AskPlaceRow.__table__.c
    rows = select(places.ask_id, places.channel_id, places.ts, places.root_ts).where(
        places.team_id == bindparam("team_id"),
        places.ask_id.in_(bindparam("ask_ids", expanding=True)),
    )
    return rows.order_by(places.ts)


def _threads() -> Select[Any]:
    places = AskPlaceRow.__table__.c
    return select(places.channel_id, places.root_ts).where(
        places.team_id == bindparam("team_id"),
        places.channel_id.in_(bindparam("channel_ids", expanding=True)),
        places.root_ts.in_(bindparam("roots", expanding=True)),
    )


@cache
def _step(names: tuple[str, ...]) -> Update:
    """The change of these columns of an ask that stands in one of the states `before`."""
    asks: Any = AskRow.__table__
    return (
        update(asks)
        .where(
            asks.c.team_id == bindparam("of"),
            asks.c.id == bindparam("ask_id"),
            asks.c.state.in_(bindparam("before", expanding=True)),
        )
        .values({name: bindparam(name) for name in names})
        .execution_options(preserve_rowcount=True)
    )


def _fresh(uow: UnitOfWork, ask_id: UUID) -> AskRow:
    return uow.session.scalars(_ONE, {"team_id": uow.team_id, "ask_id": ask_id}).one()


_ONE: Final = (
    select(AskRow)
    .where(_OURS, AskRow.id == bindparam("ask_id"))
    .execution_options(populate_existing=True)
)
_PLACES: Final = _all_places()
_THREADS: Final = _threads()
_OF_MESSAGE: Final = _placed(AskPlaceRow.ts == bindparam("ts"))
_IN_THREAD: Final = _placed(AskPlaceRow.root_ts == bindparam("root_ts"))
_CHILDREN: Final = _as_it_stands(
    select(AskRow).where(_OURS, AskRow.parent_id == bindparam("parent_id")), AskRow.due_at
)
_BETWEEN: Final = _as_it_stands(
    select(AskRow).where(
        _OURS,
        AskRow.answerer_id == bindparam("answerer_id"),
        AskRow.asker_id == bindparam("asker_id"),
        AskRow.channel_id == bindparam("channel_id"),
        _WAITS,
    ),
    AskRow.asked_at,
)
_WAITING_ON: Final = _as_it_stands(
    select(AskRow).where(
        _OURS, AskRow.answerer_id.in_(bindparam("answerer_ids", expanding=True)), _WAITS
    ),
    AskRow.due_at,
)
_WAITING_IN: Final = _as_it_stands(
    select(AskRow).where(
        _OURS,
        AskRow.answerer_id == bindparam("answerer_id"),
        AskRow.channel_id == bindparam("channel_id"),
        _WAITS,
    ),
    AskRow.due_at,
)
_WAITED_FOR: Final = (
    select(AskRow.answerer_id, AskRow.channel_id)
    .where(_OURS, AskRow.answerer_id.in_(bindparam("user_ids", expanding=True)), _WAITS)
    .distinct()
)
_TO_NUDGE: Final = (
    select(AskRow.team_id, AskRow.id)
    .where(
        AskRow.nudge_at <= bindparam("now", type_=UtcDateTime()),
        ~inbox.is_unread(AskRow.team_id, AskRow.channel_id),
    )
    .order_by(AskRow.nudge_at)
    .limit(bindparam("limit"))
)
_NOTICES: Final = (
    select(AskNoticeRow)
    .where(AskNoticeRow.team_id == bindparam("team_id"), AskNoticeRow.ask_id == bindparam("ask_id"))
    .order_by(AskNoticeRow.id)
)
"""What is asked for at every other event is built once."""


def _touch(uow: UnitOfWork, ask: AskRow) -> None:
    """Both whom an ask concerns see it on their boards."""
    boards.touch(uow, [ask.asker_id, ask.answerer_id])


def _kept_texts(uow: UnitOfWork, *where: ColumnElement[bool]) -> Select[AskTextRow]:
    return select(AskTextRow).where(AskTextRow.team_id == uow.team_id, AskTextRow.is_kept, *where)


def _theirs(uow: UnitOfWork, *where: ColumnElement[bool]) -> Select[AskRow]:
    return select(AskRow).where(AskRow.team_id == uow.team_id, *where)


def _by_due(uow: UnitOfWork, *where: ColumnElement[bool]) -> Sequence[AskRow]:
    return uow.session.scalars(_theirs(uow, *where).order_by(AskRow.due_at, AskRow.id)).all()


def _places(uow: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, list[Place]]:
    found: dict[UUID, list[Place]] = {}
    given = {"team_id": uow.team_id, "ask_ids": ids}
    for ask_id, *place in uow.session.execute(_PLACES, given):
        found.setdefault(ask_id, []).append(Place(*place))
    return found


def _read_ahead(uow: UnitOfWork, asks: Sequence[AskRow], readers: Sequence[str]) -> None:
    """Where the asks of many readers stand is read for all of them at once."""
    if len(readers) == 1:
        return
    ids = [ask.id for ask in asks]
    found, snoozed = _places(uow, ids), _snoozed_at(uow, ids)
    known: dict[UUID, Sequence[Place]] = lasting(uow.session, _STANDING, dict)
    for ask in asks:
        known[ask.id] = found.get(ask.id, [])
        uow.once(("snoozed", ask.id), partial(snoozed.get, ask.id))


def _snoozed_at(uow: UnitOfWork, ask_ids: Sequence[UUID]) -> Mapping[UUID, datetime]:
    rows = select(AskStepRow).where(
        AskStepRow.team_id == uow.team_id,
        AskStepRow.ask_id.in_(ask_ids),
        AskStepRow.step == SNOOZED,
    )
    return {row.ask_id: row.at for row in uow.session.scalars(rows.order_by(AskStepRow.id))}


def _concerns(user_id: str) -> ColumnElement[bool]:
    return or_(AskRow.asker_id == user_id, AskRow.answerer_id == user_id)


def _forget_parts(uow: UnitOfWork, ids: Select[UUID]) -> int:
    forget_lasting(uow.session, _STANDING)
    return sum(
        affected(
            uow.session, delete(table).where(table.team_id == uow.team_id, table.ask_id.in_(ids))
        )
        for table in (AskPlaceRow, AskStepRow, AskNoticeRow, AskStandingRow)
    )


def _week(uow: UnitOfWork, user_id: str, week: date) -> tuple[ColumnElement[bool], ...]:
    row = UrgentWeekRow
    return row.team_id == uow.team_id, row.user_id == user_id, row.week == week


def _clock_values(clock: Clock) -> dict[str, Any]:
    return {
        "clock_from": clock.since,
        "seconds_left": int(clock.left.total_seconds()),
        "counted_in": clock.counted_in,
        "is_deadline": clock.deadline is not None,
    }


def _counted_in(ask: AskRow) -> CountedIn:
    return CountedIn(ask.counted_in)


def _words(words: Words) -> dict[str, str]:
    return {
        "what": words.what,
        "context": words.context,
        "kind": words.kind,
        "proposal": words.proposal,
        "fallback": words.fallback,
        "reason": words.reason,
    }
