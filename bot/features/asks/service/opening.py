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
from bot.features.asks.messages import hints
from bot.features.asks.models import AskRow
from bot.features.asks.queries import New, Place
from bot.features.asks.rules import settings, wording
from bot.features.asks.rules.clock import Clock
from bot.features.asks.rules.opening import MERGED_WITHIN, asked_at, is_fresh
from bot.features.asks.rules.states import WAITING, How, State
from bot.features.asks.service import clocks, hearing, settling

MOST_MEMBERS = 50
"""A larger group is an audience: nobody in it feels asked."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked, by what, and until when; an answerer by a group has its id."""

    asker: Person
    place: Place
    at: datetime
    deadline: datetime | None = None
    urgency: str = clocks.STANDARD
    text_id: UUID | None = None
    parent_id: UUID | None = None
    relation: str = ""


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
    found = deadlines.find(message.text, written=message.at, author=asker.working_time)
    deadline = found.at if isinstance(found, Deadline) else None
    for ask in queries.of_message(uow, message.channel_id, message.ts):
        if _is_own(ask, message):
            _withdraw_unless(wanted, uow, ask)
            if isinstance(event, MessageEdited) and not isinstance(found, Ambiguous):
                _follow_deadline(uow, ask, deadline)
    place = Place(message.channel_id, message.ts, message.thread_root)
    asking = Asking(asker, place, asked_at(message), deadline)
    asked = [
        new
        for user_id, group_id in wanted.items()
        if (new := _open_or_merge(uow, asking, message, user_id, group_id)) is not None
    ]
    for ask in asked:  # when all stand: what one of them replied is no answer for another
        hearing.catch_up(uow, ask)
    if asked and is_fresh(message, uow.now):
        _offer(uow, asked[0], message, found)


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


def _follow_deadline(uow: UnitOfWork, ask: AskRow, deadline: datetime | None) -> None:
    answerer = people.find(uow.session, uow.team_id, ask.answerer_id)
    known = ask.due_at if ask.is_deadline else None
    if answerer is not None and ask.state in WAITING and deadline != known:
        found = clocks.policy(uow, ask.urgency, ask.channel_id)
        clocks.set_clock(uow, ask, Clock.started(ask.asked_at, found, deadline), answerer)


def _open_or_merge(
    uow: UnitOfWork, asking: Asking, message: StoredMessage, user_id: str, group_id: str
) -> AskRow | None:
    answerer = people.find(uow.session, uow.team_id, user_id)
    if answerer is None or not answerer.is_member:
        return None
    for ask in queries.between(uow, message.user_id, user_id, message.channel_id):
        if _is_same(ask, message):
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


def _is_same(ask: AskRow, message: StoredMessage) -> bool:
    """What one author writes to the same person within minutes is one ask."""
    if ask.relation or ask.text_id or ask.message_ts == message.ts:
        return False
    is_in_thread = ask.root_ts != ask.message_ts
    same_thread = not is_in_thread or ask.root_ts == message.thread_root
    same_level = is_in_thread == message.is_reply and same_thread
    return same_level and abs(ask.asked_at - message.at) <= MERGED_WITHIN


def _merge(uow: UnitOfWork, ask: AskRow, asking: Asking, answerer: Person) -> bool:
    if not queries.claim_place(uow, asking.place, answerer.user_id, ask.id):
        return False
    if asking.at < ask.asked_at:
        ask.asked_at = asking.at
        ask.message_ts, ask.root_ts = asking.place.ts, asking.place.root_ts
    deadline = asking.deadline or (ask.due_at if ask.is_deadline else None)
    found = clocks.policy(uow, ask.urgency, ask.channel_id)
    clocks.set_clock(uow, ask, Clock.started(ask.asked_at, found, deadline), answerer)
    return True


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
        which = hints.which_time(str(ask.id), found.words, [local(at) for at in found.choices])
        uow.outbox.whisper(key, ask.channel_id, ask.asker_id, which, drop_after=until)
    elif wording.sounds_urgent(message.text) and ask.urgency == clocks.STANDARD:
        within = clocks.policy(uow, clocks.URGENT, ask.channel_id)
        offer = hints.offer_urgent(str(ask.id), within)
        uow.outbox.whisper(key, ask.channel_id, ask.asker_id, offer, drop_after=until)
