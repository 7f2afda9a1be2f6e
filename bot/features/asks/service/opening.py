"""Opens asks from what people write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.core import deadlines, groups, message_store, people
from bot.core.deadlines import Ambiguous, Deadline
from bot.core.events import MessageEdited, MessagePosted
from bot.core.message_store import StoredMessage
from bot.core.people import Person
from bot.core.prose import addressed_in, groups_addressed_in
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sight, sight
from bot.features.asks import queries
from bot.features.asks.messages import answers, hints
from bot.features.asks.models import AskRow
from bot.features.asks.queries import New, Place
from bot.features.asks.rules import settings, wording
from bot.features.asks.rules.clock import Clock
from bot.features.asks.rules.opening import (
    FRESH,
    MERGED_WITHIN,
    asked_at,
    has_own_time,
    is_fresh,
)
from bot.features.asks.rules.states import WAITING, How, State
from bot.features.asks.service import clocks, hearing, settling, showing, stand_ins

MOST_MEMBERS = 50
"""A larger group is an audience: nobody in it feels asked."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked, by what, and until when; an answerer by a group has its id.

    `has_time`: its words name a time, even if it can be read in two ways.
    """

    asker: Person
    place: Place
    at: datetime
    deadline: datetime | None = None
    urgency: str = clocks.STANDARD
    text_id: UUID | None = None
    parent_id: UUID | None = None
    relation: str = ""
    has_time: bool = False


def follow(event: MessagePosted | MessageEdited, uow: UnitOfWork) -> None:
    """Opens an ask for everybody a message asks by now, and withdraws those it no longer asks.

    Asked are full members, unless they cannot open the channel. What the message says is what the
    store has: it may have been changed, answered or deleted before this event came.
    """
    message = message_store.current(uow.session, event)
    asker = people.find(uow.session, uow.team_id, event.user_id)
    if message is None or asker is None or not asker.is_member:
        return
    parent_id = event.parent_user_id if isinstance(event, MessagePosted) else ""
    wanted = _wanted(uow, message, parent_id)
    only = people.find(uow.session, uow.team_id, next(iter(wanted))) if len(wanted) == 1 else None
    found = deadlines.find(
        message.text,
        written=message.at,
        author=asker.working_time,
        reader=only.working_time if only else None,
    )
    deadline = found.at if isinstance(found, Deadline) else None
    changed_at = message.edited_at or message.at
    is_over = deadline is not None and deadline <= changed_at
    for ask in queries.of_message(uow, message.channel_id, message.ts):
        if _is_own(ask, message):
            _withdraw_unless(wanted, uow, ask)
            if isinstance(event, MessageEdited) and is_over:
                _tell_it_is_over(uow, ask, changed_at)
            elif isinstance(event, MessageEdited) and not isinstance(found, Ambiguous):
                earliest = _earliest(uow, ask, asker, message, deadline)
                _follow_deadline(uow, ask, earliest, message)
    place = Place(message.channel_id, message.ts, message.thread_root)
    has_time = found is not None and has_own_time(message.text, found.words)
    named = None if is_over else deadline
    asking = Asking(asker, place, asked_at(message), named, has_time=has_time)
    asked = [
        new
        for user_id, group_id in wanted.items()
        if (new := _open_or_merge(uow, asking, message, user_id, group_id)) is not None
    ]
    for ask in asked:  # when all stand: what one of them replied is no answer for another
        hearing.catch_up(uow, ask)
    if asked and is_fresh(message, uow.now):
        _offer(uow, asked[0], message, found)
        _offer_stand_ins(uow, asked, asker)


def open_one(
    uow: UnitOfWork, asking: Asking, answerer: Person, group_id: str = ""
) -> AskRow | None:
    """Opens an ask; None if there is one of this message to this person, or they may not see it."""
    place = asking.place
    is_in_channel = bool(place.channel_id) and not place.channel_id.startswith("D")
    if is_in_channel and sight(uow, answerer.user_id, place.channel_id) is Sight.CLOSED:
        return None  # what cannot be checked now is checked whenever it is shown
    policy = clocks.policy(uow, asking.urgency, place.channel_id)
    clock = Clock.started(asking.at, policy, asking.deadline)
    return queries.insert(
        uow,
        New(
            place=place,
            asker_id=asking.asker.user_id,
            answerer_id=answerer.user_id,
            asked_at=asking.at,
            clock=clock,
            due_at=clock.due(answerer.working_time),
            nudge_at=uow.now,
            urgency=asking.urgency,
            group_id=group_id,
            text_id=asking.text_id,
            parent_id=asking.parent_id,
            relation=asking.relation,
        ),
    )


def everybody_in(
    uow: UnitOfWork,
    user_ids: Sequence[str],
    group_ids: Sequence[str],
    *,
    author_id: str,
    channel_id: str,
) -> Mapping[str, str]:
    """The people who are asked, by id, with the group in which one answer is enough (or none)."""
    wanted = dict.fromkeys((each for each in user_ids if each != author_id), "")
    each_answers = uow.setting(settings.GROUPS_EACH, channel_id=channel_id)
    for group_id in group_ids:
        members = groups.members(uow.session, uow.team_id, group_id) - {author_id}
        if len(members) <= MOST_MEMBERS:
            for user_id in sorted(members):
                wanted.setdefault(user_id, "" if each_answers else group_id)
    return wanted


def withdraw_message(uow: UnitOfWork, channel_id: str, ts: str) -> None:
    """A message is gone, and what only it asked for is withdrawn."""
    asks = queries.of_message(uow, channel_id, ts)
    queries.forget_place(uow, channel_id, ts)
    for ask in asks:
        left = [each for each in queries.places_of(uow, ask.id) if not each.is_direct]
        if not left:
            settling.settle(uow, ask, State.WITHDRAWN, by=ask.asker_id, how=How.ASKER)
        elif ask.message_ts == ts:
            ask.message_ts, ask.root_ts = left[0].ts, left[0].root_ts
            uow.session.flush()


def _wanted(uow: UnitOfWork, message: StoredMessage, parent_id: str) -> Mapping[str, str]:
    if not wording.expects_reply(message.text):
        return {}
    place = {"author_id": message.user_id, "channel_id": message.channel_id}
    users, teams = addressed_in(message.text), groups_addressed_in(message.text)
    if users or teams:
        return everybody_in(uow, users, teams, **place)
    root = _root_author(uow, message, parent_id)
    return everybody_in(uow, [root] if root else [], [], **place)


def _root_author(uow: UnitOfWork, message: StoredMessage, parent_id: str) -> str:
    """Whom a reply that names nobody asks: who began the thread, unless they are asked back."""
    if not message.is_reply:
        return ""
    asks = queries.under(uow, message.channel_id, message.thread_root)
    if any(ask.answerer_id == message.user_id for ask in asks):
        return ""
    root = message_store.find(uow.session, uow.team_id, message.channel_id, message.thread_root)
    return root.user_id if root is not None else parent_id


def _is_own(ask: AskRow, message: StoredMessage) -> bool:
    """Whether it is what this message's words ask for, and somebody waits for it."""
    is_derived = bool(ask.relation) or ask.text_id is not None
    return not is_derived and ask.state in WAITING and ask.asker_id == message.user_id


def _withdraw_unless(wanted: Mapping[str, str], uow: UnitOfWork, ask: AskRow) -> None:
    places = [place for place in queries.places_of(uow, ask.id) if not place.is_direct]
    if ask.answerer_id not in wanted and len(places) <= 1:
        settling.settle(uow, ask, State.WITHDRAWN, by=ask.asker_id, how=How.EDIT)


def _follow_deadline(
    uow: UnitOfWork, ask: AskRow, deadline: datetime | None, message: StoredMessage
) -> None:
    answerer = people.find(uow.session, uow.team_id, ask.answerer_id)
    is_without = deadline is None and not ask.is_deadline
    if answerer is None or ask.state not in WAITING or is_without:
        return
    policy = clocks.policy(uow, ask.urgency, ask.channel_id)
    clock = Clock.started(max(ask.asked_at, asked_at(message)), policy, deadline)
    if message.edited_at is not None and clock.due(answerer.working_time) <= message.edited_at:
        clock = Clock.started(message.edited_at, policy, deadline)
    if deadline is None or not ask.is_deadline or clock.due(answerer.working_time) != ask.due_at:
        clocks.set_clock(uow, ask, clock, answerer)


def _why_no_time(message: StoredMessage, found: Deadline | Ambiguous | None, asker: Person) -> str:
    if found is not None:
        return ""
    return deadlines.why_not(message.text, written=message.at, author=asker.working_time)


def _tell_it_moved(uow: UnitOfWork, ask: AskRow, asker: Person) -> None:
    """A deadline that the answerer cannot keep is later than it was named; or they are away."""
    shown = showing.show(uow, ask, asker)
    if shown is not None:
        told = answers.has_until(ask.answerer_id, shown.due, shown.absence, shown.stand_in)
        key, until = f"asks:{ask.id}:moved", uow.now + FRESH
        uow.outbox.whisper(key, ask.channel_id, ask.asker_id, told, drop_after=until)


def _offer_stand_ins(uow: UnitOfWork, asks: Sequence[AskRow], asker: Person) -> None:
    """Of those who are away the author is told, once, who may be asked instead."""
    for ask in asks:
        if stand_ins.of(uow, ask) is not None:
            _tell_it_moved(uow, ask, asker)


def _tell_it_is_over(uow: UnitOfWork, ask: AskRow, at: datetime) -> None:
    """An edit names a time that has passed: what was promised stays."""
    asker = people.find(uow.session, uow.team_id, ask.asker_id)
    if asker is not None and ask.state in WAITING and uow.now - at <= FRESH:
        key, until = f"asks:{ask.id}:over:{int(at.timestamp())}", uow.now + FRESH
        told = hints.is_over(ask.answerer_id, asker.working_time.local(ask.due_at))
        uow.outbox.whisper(key, ask.channel_id, ask.asker_id, told, drop_after=until)


def _open_or_merge(
    uow: UnitOfWork, asking: Asking, message: StoredMessage, user_id: str, group_id: str
) -> AskRow | None:
    answerer = people.find(uow.session, uow.team_id, user_id)
    if answerer is None or not answerer.is_member:
        return None
    for ask in queries.between(uow, message.user_id, user_id, message.channel_id):
        if _is_same(uow, ask, message, asking):
            return ask if _merge(uow, ask, asking, answerer) else None
        if wording.is_chaser(message.text) and ask.asked_at < message.at:
            return None
    return open_one(uow, asking, answerer, group_id) or _asked_again(uow, message, user_id)


def _asked_again(uow: UnitOfWork, message: StoredMessage, user_id: str) -> AskRow | None:
    """An edit named somebody again whom it had left out before."""
    for ask in queries.of_message(uow, message.channel_id, message.ts):
        was_left_out = ask.state == State.WITHDRAWN and ask.closed_how == How.EDIT
        if ask.answerer_id == user_id and was_left_out and settling.reopen(uow, ask):
            clocks.restart(uow, ask)
            return ask
    return None


def _is_same(uow: UnitOfWork, ask: AskRow, message: StoredMessage, asking: Asking) -> bool:
    """What one author writes to the same person within minutes is one ask.

    What comes later and has its own time is one of its own: it must not move the first one's.
    """
    if ask.relation or ask.text_id or ask.message_ts == message.ts:
        return False
    is_in_thread = ask.root_ts != ask.message_ts
    same_thread = not is_in_thread or ask.root_ts == message.thread_root
    same_level = is_in_thread == message.is_reply and same_thread
    if not same_level or abs(ask.asked_at - message.at) > MERGED_WITHIN:
        return False
    is_later = message.at >= ask.asked_at
    return not (asking.has_time if is_later else _has_time(uow, ask, asking.asker))


def _has_time(uow: UnitOfWork, ask: AskRow, asker: Person) -> bool:
    """Whether the message that opened an ask names a time of its own."""
    message = message_store.find(uow.session, uow.team_id, ask.channel_id, ask.message_ts)
    if message is None:
        return ask.is_deadline
    found = deadlines.find(message.text, written=message.at, author=asker.working_time)
    return found is not None and has_own_time(message.text, found.words)


def _merge(uow: UnitOfWork, ask: AskRow, asking: Asking, answerer: Person) -> bool:
    if not queries.claim_place(uow, asking.place, answerer.user_id, ask.id):
        return False
    if asking.at < ask.asked_at:
        ask.asked_at = asking.at
        ask.message_ts, ask.root_ts = asking.place.ts, asking.place.root_ts
    named = (asking.deadline, ask.due_at if ask.is_deadline else None)
    deadline = min((each for each in named if each), default=None)
    found = clocks.policy(uow, ask.urgency, ask.channel_id)
    clocks.set_clock(uow, ask, Clock.started(ask.asked_at, found, deadline), answerer)
    return True


def _earliest(
    uow: UnitOfWork, ask: AskRow, asker: Person, message: StoredMessage, deadline: datetime | None
) -> datetime | None:
    """The earliest deadline that the messages of an ask name; `deadline` is this one's."""
    named = [deadline]
    for place in queries.places_of(uow, ask.id):
        where = (uow.session, uow.team_id, place.channel_id, place.ts)
        other = message_store.find(*where) if place.ts != message.ts else None
        if other is not None and not place.is_direct:
            found = deadlines.find(other.text, written=other.at, author=asker.working_time)
            named.append(found.at if isinstance(found, Deadline) else None)
    return min((each for each in named if each), default=None)


def _offer(
    uow: UnitOfWork, ask: AskRow, message: StoredMessage, found: Deadline | Ambiguous | None
) -> None:
    """What the words leave open is asked of the author, and not guessed."""
    asker = people.find(uow.session, uow.team_id, ask.asker_id)
    if asker is None or ask.state not in WAITING:
        return
    key, until = f"asks:{ask.id}:which", uow.now + timedelta(minutes=10)
    if isinstance(found, Ambiguous):
        local = asker.working_time.local
        which = hints.which_time(
            str(ask.id), found.words, [local(at) for at in found.choices], uow.now
        )
        uow.outbox.whisper(key, ask.channel_id, ask.asker_id, which, drop_after=until)
    elif isinstance(found, Deadline) and ask.due_at != found.at and ask.is_deadline:
        _tell_it_moved(uow, ask, asker)
    elif why := _why_no_time(message, found, asker):
        uow.outbox.whisper(key, ask.channel_id, ask.asker_id, hints.no_time(why), drop_after=until)
    elif wording.sounds_urgent(message.text) and ask.urgency == clocks.STANDARD:
        within = clocks.policy(uow, clocks.URGENT, ask.channel_id)
        offer = hints.offer_urgent(str(ask.id), within)
        uow.outbox.whisper(key, ask.channel_id, ask.asker_id, offer, drop_after=until)
