"""Offers whoever settled something in a thread to log it, once, and lists what nobody logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from bot.core import attention, channels, message_store, people
from bot.core.agreement.changing import Change
from bot.core.agreement.setting import person_scope
from bot.core.attention import Route, Urgency
from bot.core.digests import Reader
from bot.core.events import MessageEdited, MessagePosted, instant_of
from bot.core.keeping import Kept, Record, plain
from bot.core.message_store import StoredMessage
from bot.core.people import Person
from bot.core.quotations import linked
from bot.core.render import Link
from bot.core.rooms import is_social
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sifted, may_see, sift
from bot.core.working_time import WorkingTime
from bot.features.decisions.messages import offers as messages
from bot.features.decisions.models import DecisionOfferRow
from bot.features.decisions.queries import offers as queries
from bot.features.decisions.queries import registry
from bot.features.decisions.queries.offers import Place
from bot.features.decisions.rules import offers as rules
from bot.features.decisions.rules.offers import State
from bot.features.decisions.service import threads


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """Something that was settled in a thread and is in no record.

    `settled` are the words that settle it, as a link to them.
    """

    channel_id: str
    root_ts: str
    decided_ts: str
    settled: Link


def watch(event: MessagePosted | MessageEdited, uow: UnitOfWork) -> None:
    """A message may settle something: its thread is looked at when that could be offered first."""
    at = event.at if isinstance(event, MessagePosted) else instant_of(event.edited_ts)
    if uow.now - at > rules.FRESH or not _is_offered_in(uow, event.channel_id):
        return
    queries.watch(uow, (event.channel_id, event.thread_ts or event.ts), at + rules.WAIT)


def due(session: Session, now: datetime, limit: int) -> list[tuple[str, Place]]:
    """(team, thread) of those to be looked at by now."""
    return queries.due(session, now, limit)


def look(uow: UnitOfWork, place: Place) -> None:
    """Judges a thread as it stands now, and offers what it settled if it is time."""
    if not queries.take(uow, place):
        return
    said = threads.said(uow, place)
    found = rules.settled(said)
    if found is None:
        _wait_for_more(uow, place, said)
    elif not _is_missing(uow, place, found):
        queries.drop(uow, place)
    else:
        at = rules.due_at(found.at, _working_times(uow, said))
        if at > uow.now:
            queries.look_again(uow, place, at)
        else:
            _offer(uow, place, said, found)


def refuse(uow: UnitOfWork, place: Place, user_id: str) -> bool:
    """Whoever was asked says that it is no decision; False: they were not asked, or long ago."""
    if not queries.refuse(uow, place, user_id):
        return False
    key = _key(place)
    uow.outbox.revise(f"{key}:no", of=key, message=messages.no_decision(place[0]))
    return True


def wanting(user_id: str, *, on: bool) -> Change:
    """The change by which somebody gets offers, or gets none."""
    after = None if on else rules.OFFER_ME.kind.plain(on)
    return Change(rules.OFFER_ME, person_scope(user_id), after=after)


def unrecorded(uow: UnitOfWork, channel_id: str, since: datetime) -> Sequence[Unrecorded]:
    """What was settled in a channel and is not recorded yet, as found out since then.

    For those who are in the channel: who may see it is for the caller to ask.
    """
    found = queries.unrecorded(uow, since, channel_id=channel_id)
    return _as_they_stand(uow, found)


def unrecorded_for(uow: UnitOfWork, reader: Reader) -> Sifted[Unrecorded] | None:
    """What is not recorded of the threads somebody took part in; None: they were told this week."""
    local = reader.person.working_time.local
    if not rules.is_first_of_week(local(reader.since), local(uow.now)):
        return None
    user_id = reader.person.user_id
    since = min(reader.since, uow.now - rules.WEEK)
    rows = queries.unrecorded(uow, since, with_user=user_id)
    sifted = sift(uow, user_id, rows, channel_of=lambda row: row.channel_id)
    return Sifted(tuple(_as_they_stand(uow, sifted.seen)), sifted.held_back)


def _is_missing(uow: UnitOfWork, place: Place, found: StoredMessage) -> bool:
    """Whether what was settled lately is in no record, where records are wanted."""
    is_recent = uow.now - found.at <= rules.WEEK
    is_recorded = registry.of_thread(uow, *place) is not None
    return is_recent and not is_recorded and _is_offered_in(uow, place[0])


def _wait_for_more(uow: UnitOfWork, place: Place, said: Sequence[StoredMessage]) -> None:
    """Nothing is settled so far; where people still talk it is looked at once more."""
    again = max((each.at for each in said), default=uow.now) + rules.WAIT
    if len(said) > 1 and again > uow.now and _is_offered_in(uow, place[0]):
        queries.look_again(uow, place, again)
    else:
        queries.drop(uow, place)


def _offer(
    uow: UnitOfWork, place: Place, said: Sequence[StoredMessage], found: StoredMessage
) -> None:
    """Asks whoever settled it, or who began the thread if they are away; else nobody."""
    give_up = partial(queries.finish, uow, place, State.NOT_OFFERED, decided_ts=found.ts)
    person = _to_ask(uow, place, (found.user_id, said[0].user_id))
    if person is None or not uow.setting(rules.OFFER_ME, user_id=person.user_id):
        give_up()
        return
    told = messages.offer(
        place[0],
        found.ts,
        place[1],
        _link(uow, found),
        is_theirs=person.user_id == found.user_id,
    )
    route = attention.reach(uow, _key(place), person, told, urgency=Urgency.ROUTINE)
    opens_at = attention.opens_at(uow, person)
    if route is Route.NOW:
        done = {"decided_ts": found.ts, "decider_id": person.user_id}
        queries.finish(uow, place, State.OFFERED, **done)
    elif opens_at is None or opens_at <= uow.now:
        give_up()
    else:
        queries.look_again(uow, place, opens_at)


def _to_ask(uow: UnitOfWork, place: Place, user_ids: Sequence[str]) -> Person | None:
    """The first of them who is here: in the channel, at work soon, and not left alone."""
    for user_id in dict.fromkeys(user_ids):
        person = people.find(uow.session, uow.team_id, user_id)
        if person is None or not may_see(uow, user_id, place[0]):
            continue
        opens_at = attention.opens_at(uow, person)
        if opens_at is not None and opens_at - uow.now <= rules.REACHED_WITHIN:
            return person
    return None


def _working_times(uow: UnitOfWork, said: Sequence[StoredMessage]) -> list[WorkingTime]:
    ids = dict.fromkeys(each.user_id for each in said)
    found = (people.find(uow.session, uow.team_id, each) for each in ids)
    return [each.working_time for each in found if each is not None and each.is_member]


def _is_offered_in(uow: UnitOfWork, channel_id: str) -> bool:
    """Whether it is a channel for work in which Baton is, among people of one workspace."""
    channel = channels.find(uow.session, uow.team_id, channel_id)
    if channel is None or not channel.is_member or channel.is_shared or is_social(channel.name):
        return False
    return uow.setting(rules.OFFERS, channel_id=channel_id)


def _as_they_stand(uow: UnitOfWork, rows: Sequence[DecisionOfferRow]) -> list[Unrecorded]:
    """What these threads settled, in the words that stand there now.

    Left out are words that are deleted, and those of people who want to be left alone.
    """
    pairs = [
        (row, message_store.find(uow.session, uow.team_id, row.channel_id, row.decided_ts))
        for row in rows
    ]
    return [
        Unrecorded(row.channel_id, row.root_ts, row.decided_ts, _link(uow, message))
        for row, message in pairs
        if message is not None and not attention.is_off(uow, message.user_id)
    ]


def _link(uow: UnitOfWork, message: StoredMessage) -> Link:
    words = people.readable(uow.session, uow.team_id, message.text) if message.is_kept else None
    place = (message.channel_id, message.ts, message.thread_ts)
    return linked(uow.workspace.permalink(*place), words)


def _key(place: Place) -> str:
    channel_id, root_ts = place
    return f"decisions:offer:{channel_id}:{root_ts}"


def _export(uow: UnitOfWork, user_id: str) -> list[Record]:
    return [
        {"channel": row.channel_id, "thread": row.root_ts, "offered": plain(row.offered_at)}
        for row in queries.offered_to(uow, user_id)
    ]


KEPT = Kept(
    "decision offers",
    messages.KEEPS,
    messages.KEPT_FOR,
    (DecisionOfferRow,),
    _export,
    queries.forget_person,
    lambda uow, _days: queries.forget_old(uow, uow.now - rules.KEPT_FOR),
)
