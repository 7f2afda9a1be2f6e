"""Asks that people compose: by a form, a command, a shortcut, or another feature for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bot.core import channels, message_store, people
from bot.core.events import MessageSent, MessageShortcut
from bot.core.ids import known_id
from bot.core.people import Person
from bot.core.prose import addressed_in
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.models import AskRow, AskTextRow
from bot.features.asks.queries import Place
from bot.features.asks.rules.clock import Clock
from bot.features.asks.rules.notices import Notice
from bot.features.asks.rules.shown import Words
from bot.features.asks.rules.states import UNSETTLED, WAITING, How, State
from bot.features.asks.service import (
    clocks,
    delivering,
    drawing,
    hearing,
    notices,
    opening,
    restraint,
    settling,
)
from bot.features.asks.service.opening import Asking


@dataclass(frozen=True, slots=True)
class Composed:
    """What somebody wants to ask. Without a channel it goes to each answerer directly."""

    request_id: str
    asker_id: str
    words: Words
    people: Sequence[str]
    groups: Sequence[str] = ()
    channel_id: str = ""
    deadline: datetime | None = None
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it: who was asked, until when (the asker's time), and who could not be.

    `over_budget`: the week had no urgent ones left, so it was asked as a standard one. `later`:
    when those get it (the asker's time) who are not open to it now. `off`: whom Baton may not
    write to. `is_elsewhere`: it was not posted where it was typed, since Baton is not there.
    """

    asked: Mapping[str, datetime] = field(default_factory=dict)
    left_out: Sequence[str] = ()
    over_budget: int | None = None
    in_channel: bool = False
    is_new: bool = True
    later: Mapping[str, datetime] = field(default_factory=dict)
    off: Sequence[str] = ()
    is_elsewhere: bool = False
    is_paused: bool = False


def compose(uow: UnitOfWork, given: Composed) -> Outcome:
    """Asks, once per request, and posts it where it belongs."""
    asker = people.find(uow.session, uow.team_id, given.asker_id)
    if asker is None or not asker.is_member:
        return Outcome(left_out=given.people)
    if uow.workspace.is_paused:
        return Outcome(is_paused=True)
    channel_id = given.channel_id if can_post(uow, given.channel_id, asker) else ""
    wanted = opening.everybody_in(
        uow, given.people, given.groups, author_id=asker.user_id, channel_id=channel_id
    )
    known = {each: member(uow, each) for each in wanted}
    off = [each for each in wanted if not _may_ask(uow, known[each], directly=not channel_id)]
    members = {each: person for each, person in known.items() if each not in off}
    if not any(members.values()):
        return Outcome(left_out=list(members), in_channel=bool(channel_id), off=off)
    text = queries.add_text(uow, given.request_id, asker.user_id, channel_id, given.words)
    if text is None:
        return _as_before(uow, given)
    is_urgent = given.is_urgent and restraint.may_be_urgent(uow, asker)
    asking = Asking(
        asker,
        Place(channel_id),
        uow.now,
        given.deadline,
        clocks.URGENT if is_urgent else clocks.STANDARD,
        text.id,
    )
    asked = _open(uow, asking, members, wanted)
    if not asked:  # nobody of them may see the channel
        return Outcome(left_out=list(members), in_channel=bool(channel_id), off=off)
    sent = {} if channel_id else {each: _send(uow, ask) for each, ask in asked.items()}
    if channel_id:
        uow.outbox.post(drawing.key_of(text.id), channel_id, drawing.card(uow, text))
    budget = restraint.budget(uow) if given.is_urgent and not is_urgent else None
    left_out = [each for each in members if each not in asked]
    local = asker.working_time.local
    return Outcome(
        {user_id: local(ask.due_at) for user_id, ask in asked.items()},
        left_out,
        budget,
        bool(channel_id),
        later={each: local(at) for each, at in sent.items() if at is not None},
        off=off,
        is_elsewhere=not channel_id and given.channel_id[:1] in {"C", "G"},
    )


def own_text(uow: UnitOfWork, text_id: str, user_id: str) -> AskTextRow | None:
    """What somebody composed, if it is theirs."""
    text = queries.text(uow, known_id(text_id))
    return text if text is not None and text.asker_id == user_id else None


def can_post(uow: UnitOfWork, channel_id: str, asker: Person) -> bool:
    """Whether Baton and the asker are both in a channel."""
    channel = channels.find(uow.session, uow.team_id, channel_id) if channel_id else None
    if channel is None or not channel.is_member or channel_id.startswith("D"):
        return False
    return channels.has_member(uow.session, uow.team_id, channel_id, asker.user_id)


def place_card(event: MessageSent, uow: UnitOfWork) -> None:
    """A composed ask is out: answers are expected under it from now on."""
    place = Place(event.channel_id, event.ts, event.ts)
    match event.key.split(":"):
        case ["asks", text_id, "card"]:
            found = known_id(text_id)
            asks = queries.of_text(uow, found) if found else ()
        case ["asks", ask_id, _round, _kind, person_id, *_]:
            found = known_id(ask_id)
            ask = queries.get(uow, found) if found else None
            if ask is not None and person_id == ask.asker_id:
                # what they reply there is passed on
                queries.claim_place(uow, place, ask.answerer_id, ask.id)
            asks = [ask] if ask is not None and person_id == ask.answerer_id else ()
        case _:
            return
    for ask in [each for each in asks if _place(uow, each, place)]:
        hearing.catch_up(uow, ask)


def not_posted(uow: UnitOfWork, key: str) -> None:
    """The message that asks could not be posted: nobody is waited for, and the asker is told."""
    match key.split(":"):
        case ["asks", text_id, "card"]:
            found = known_id(text_id)
            asks = queries.of_text(uow, found) if found else ()
        case ["asks", ask_id, _round, Notice.ASKED, _person_id]:
            found = known_id(ask_id)
            ask = queries.get(uow, found) if found else None
            asks = [ask] if ask is not None else ()
        case _:
            return
    gone = [ask for ask in asks if settling.settle(uow, ask, State.WITHDRAWN, how=How.CLOCK)]
    for ask in gone[:1]:
        notices.tell(uow, ask, Notice.NOT_POSTED, ask.asker_id)


def point_at(uow: UnitOfWork, event: MessageShortcut) -> AskTextRow | None:
    """Somebody waits for a reply to a message: keeps what the shortcut carries."""
    text = queries.add_text(
        uow, f"shortcut:{event.trigger_id}", event.user_id, event.channel_id, Words(event.text)
    )
    if text is not None:
        text.message_ts, text.author_id = event.message_ts, event.message_user_id or ""
        text.thread_ts = event.thread_ts or ""
        uow.session.flush()
    return text


def wait_for(
    uow: UnitOfWork, text_id: UUID, asker_id: str, answerer_id: str, deadline: datetime | None
) -> AskRow | None:
    """Waits for somebody's reply to the message that was pointed at; None if it cannot be."""
    text, asker = queries.text(uow, text_id), member(uow, asker_id)
    answerer = member(uow, answerer_id)
    if text is None or asker is None or answerer is None or text.asker_id != asker_id:
        return None
    known = [each for each in queries.of_text(uow, text.id) if each.answerer_id == answerer_id]
    if known:
        return known[0]
    place = Place(text.channel_id, text.message_ts, text.thread_ts or text.message_ts)
    source = None if is_inside(uow, text) else text.id
    ask = opening.open_one(uow, Asking(asker, place, uow.now, deadline, text_id=source), answerer)
    if ask is not None and source is not None:
        _send(uow, ask)
    return ask


def refusal(uow: UnitOfWork, text_id: UUID, answerer: Person) -> str:
    """Why somebody cannot be waited for, in a sentence; empty if they can."""
    text = queries.text(uow, text_id)
    directly = text is not None and not is_inside(uow, text)
    return delivering.refusal(uow, answerer, directly=directly)


def edit(uow: UnitOfWork, text: AskTextRow, words: Words, deadline: datetime | None) -> None:
    """The asker says it in other words, or until another time (None: it stays due when it was)."""
    queries.set_words(uow, text, words)
    for ask in queries.of_text(uow, text.id):
        answerer = member(uow, ask.answerer_id)
        known = ask.due_at if ask.is_deadline else None
        if answerer is not None and ask.state in WAITING and deadline and deadline != known:
            found = clocks.policy(uow, ask.urgency, ask.channel_id)
            clocks.set_clock(uow, ask, Clock.started(ask.asked_at, found, deadline), answerer)
        if ask.state in UNSETTLED:
            queries.note_step(uow, ask.id, "edited", by=text.asker_id)
    drawing.redraw(uow, text)


def withdraw(uow: UnitOfWork, text: AskTextRow) -> UUID | None:
    """The asker takes it back from everybody; the first ask that was, or None if none waited."""
    waited = [ask for ask in queries.of_text(uow, text.id) if ask.state in UNSETTLED]
    for ask in waited:
        settling.settle(uow, ask, State.WITHDRAWN, by=ask.asker_id, how=How.ASKER)
    return waited[0].id if waited else None


def unwithdraw(uow: UnitOfWork, ask: AskRow) -> bool:
    """The asker asks again after all, all whom they had asked with the same words."""
    text = queries.text(uow, ask.text_id)
    asks = [each for each in queries.of_text(uow, text.id) if not each.parent_id] if text else [ask]
    found = [settling.reopen(uow, each) for each in asks if each.state == State.WITHDRAWN]
    return any(found)


def is_inside(uow: UnitOfWork, text: AskTextRow) -> bool:
    """Whether the message that was pointed at is one that Baton can see."""
    message = message_store.find(uow.session, uow.team_id, text.channel_id, text.message_ts)
    channel = channels.find(uow.session, uow.team_id, text.channel_id)
    return channel is not None and channel.is_member and message is not None


def whom(uow: UnitOfWork, event: MessageShortcut) -> str:
    """Who probably owes the reply: somebody the message names, or else its author."""
    named = [each for each in addressed_in(event.text) if each != event.user_id]
    likely = [*named, event.message_user_id or ""]
    return next((each for each in likely if each != event.user_id and member(uow, each)), "")


def member(uow: UnitOfWork, user_id: str) -> Person | None:
    """The person, if they are a full member and so can ask and be asked."""
    person = people.find(uow.session, uow.team_id, user_id)
    return person if person is not None and person.is_member else None


def _open(
    uow: UnitOfWork,
    asking: Asking,
    members: Mapping[str, Person | None],
    wanted: Mapping[str, str],
) -> dict[str, AskRow]:
    asked = {}
    for user_id, answerer in members.items():
        ask = opening.open_one(uow, asking, answerer, wanted[user_id]) if answerer else None
        if ask is not None:
            asked[user_id] = ask
    return asked


def _may_ask(uow: UnitOfWork, person: Person | None, *, directly: bool) -> bool:
    return person is None or delivering.may_ask(uow, person, directly=directly)


def _send(uow: UnitOfWork, ask: AskRow) -> datetime | None:
    return delivering.send(uow, ask, Notice.ASKED)


def _place(uow: UnitOfWork, ask: AskRow, place: Place) -> bool:
    if not queries.claim_place(uow, place, ask.answerer_id, ask.id):
        return False
    if not ask.message_ts and (not ask.channel_id or ask.channel_id == place.channel_id):
        ask.channel_id, ask.message_ts, ask.root_ts = place.channel_id, place.ts, place.root_ts
        uow.session.flush()
    return True


def _as_before(uow: UnitOfWork, given: Composed) -> Outcome:
    text = queries.text_made_by(uow, given.request_id)
    asks = queries.of_text(uow, text.id) if text else ()
    return Outcome({ask.answerer_id: ask.due_at for ask in asks}, is_new=False)
