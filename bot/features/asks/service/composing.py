"""Asks that people compose: by a form, a command, a shortcut, or another feature for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from bot.core import attention, channels, message_store, people
from bot.core.blocks import Message
from bot.core.events import MessageSent, MessageShortcut
from bot.core.ids import known_id
from bot.core.people import Person
from bot.core.prose import addressed_in
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sight, sight
from bot.core.working_time import WorkingTime
from bot.features.asks import queries
from bot.features.asks.messages import answers
from bot.features.asks.models import AskRow, AskTextRow
from bot.features.asks.queries import Place
from bot.features.asks.rules.absence import Absence
from bot.features.asks.rules.clock import Clock
from bot.features.asks.rules.notices import Notice
from bot.features.asks.rules.pointing import Heard, Pointed
from bot.features.asks.rules.shown import StandIn, Words
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
    showing,
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

    `absent`: why somebody has another time than the usual one, or than the one that was named.
    `stand_ins`: who may be asked instead of somebody who is away.
    `over_budget`: the week had no urgent ones left, so it was asked as a standard one.
    `one_is_enough`: a group was asked, and one answer of it settles the ask. `later`: when those
    get it (their time) who are not open to it now. `off`: whom Baton may not write to.
    `is_elsewhere`: it was not posted where it was typed, since Baton is not there.
    """

    asked: Mapping[str, datetime] = field(default_factory=dict)
    left_out: Sequence[str] = ()
    over_budget: int | None = None
    in_channel: bool = False
    one_is_enough: bool = False
    is_new: bool = True
    absent: Mapping[str, Absence] = field(default_factory=dict)
    stand_ins: Mapping[str, StandIn] = field(default_factory=dict)
    later: Mapping[str, datetime] = field(default_factory=dict)
    off: Sequence[str] = ()
    is_elsewhere: bool = False
    is_paused: bool = False

    @property
    def is_later(self) -> bool:
        """Whether nobody who is asked has got it yet."""
        return bool(self.asked) and len(self.later) == len(self.asked)

    @property
    def is_nobody(self) -> bool:
        """Whether the words named nobody at all who could be asked."""
        return not (self.asked or self.left_out or self.off or self.is_paused)


@dataclass(frozen=True, slots=True)
class Audience:
    """Who would be asked: everybody by id, with their group if one answer of it is enough."""

    asker: Person
    channel_id: str
    wanted: Mapping[str, str]
    members: Mapping[str, Person | None]
    off: Sequence[str]


def compose(uow: UnitOfWork, given: Composed) -> Outcome:
    """Asks, once per request, and posts it where it belongs."""
    found = audience(uow, given)
    if isinstance(found, Outcome):
        return found
    asker, channel_id, members = found.asker, found.channel_id, found.members
    text = queries.add_text(uow, given.request_id, asker.user_id, channel_id, given.words)
    if text is None:
        return _as_before(uow, given, asker)
    is_urgent = given.is_urgent and restraint.may_be_urgent(uow, asker)
    urgency = clocks.URGENT if is_urgent else clocks.STANDARD
    asking = Asking(asker, Place(channel_id), uow.now, given.deadline, urgency, text.id)
    asked = _open(uow, asking, members, found.wanted)
    if channel_id:
        uow.outbox.post(drawing.key_of(text.id), channel_id, drawing.card(uow, text))
    return replace(
        _asked(uow, asked, asker, directly=not channel_id),
        left_out=[each for each in members if each not in asked],
        over_budget=restraint.budget(uow) if given.is_urgent and not is_urgent else None,
        off=found.off,
        is_elsewhere=not channel_id and given.channel_id[:1] in {"C", "G"},
    )


def audience(uow: UnitOfWork, given: Composed) -> Audience | Outcome:
    """Who would be asked now; if that is nobody, what would become of it instead."""
    asker = people.find(uow.session, uow.team_id, given.asker_id)
    if asker is None or not asker.is_member:
        return Outcome(left_out=given.people)
    if uow.workspace.is_paused:
        return Outcome(is_paused=True)
    channel_id = given.channel_id if can_post(uow, given.channel_id, asker) else ""
    wanted = opening.everybody_in(
        uow, given.people, given.groups, author_id=asker.user_id, channel_id=channel_id
    )
    known = {each: reachable(uow, each, channel_id) for each in wanted}
    off = [each for each in wanted if not _may_ask(uow, known[each], directly=not channel_id)]
    members = {each: person for each, person in known.items() if each not in off}
    if not any(members.values()):
        return Outcome(left_out=list(members), in_channel=bool(channel_id), off=off)
    return Audience(asker, channel_id, wanted, members, off)


def told(outcome: Outcome, now: datetime) -> Message:
    """What became of it, in words for the asker."""
    if outcome.is_paused:
        return answers.said(answers.PAUSED)
    return answers.asked(
        outcome.asked,
        outcome.left_out,
        outcome.over_budget,
        in_channel=outcome.in_channel,
        one_is_enough=outcome.one_is_enough,
        absent=outcome.absent,
        now=now,
        is_elsewhere=outcome.is_elsewhere,
        later=outcome.later,
        off=outcome.off,
        stand_ins=outcome.stand_ins,
    )


def why_nobody(outcome: Outcome, channel_id: str) -> str:
    """Why nobody was asked, in a sentence."""
    if outcome.is_paused:
        return answers.PAUSED
    if outcome.off:
        return answers.MAY_NOT_WRITE
    return answers.CANNOT_SEE if channel_id else answers.NOT_A_MEMBER


def _asked(
    uow: UnitOfWork, asked: Mapping[str, AskRow], asker: Person, *, directly: bool
) -> Outcome:
    """Who is asked until when, as the asker sees it; what goes directly is on its way then."""
    local = asker.working_time.local
    sent = {each: _send(uow, ask) for each, ask in asked.items()} if directly else {}
    shown = {each: showing.show(uow, ask, asker) for each, ask in asked.items()}
    return Outcome(
        {each: local(ask.due_at) for each, ask in asked.items()},
        in_channel=not directly,
        one_is_enough=_is_one_enough(asked.values()),
        absent={each: found.absence for each, found in shown.items() if found and found.absence},
        stand_ins={
            each: found.stand_in for each, found in shown.items() if found and found.stand_in
        },
        later={each: _there(uow, each, at) for each, at in sent.items() if at is not None},
    )


def _there(uow: UnitOfWork, user_id: str, at: datetime) -> datetime:
    person = people.find(uow.session, uow.team_id, user_id)
    return person.working_time.local(at) if person else at


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
            text = queries.text(uow, known_id(text_id))
            asks = queries.of_text(uow, text.id) if text else ()
            if text is not None and text.completes_ts:
                place = replace(place, root_ts=text.thread_ts)
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


def point_at(uow: UnitOfWork, event: MessageShortcut) -> tuple[Pointed, Heard]:
    """What somebody waits for a reply to; its words only where nobody else knows them."""
    author_id = event.message_user_id or ""
    place = (event.channel_id, event.message_ts, event.thread_ts or "", author_id)
    heard = _heard(uow, event.channel_id, event.message_ts)
    needs_words = heard is not Heard.KNOWN and not attention.is_off(uow, author_id)
    return Pointed(*place, event.text if needs_words else ""), heard


def wait_for(
    uow: UnitOfWork,
    request_id: str,
    pointed: Pointed,
    *,
    asker: Person,
    answerer: Person,
    deadline: datetime | None,
) -> AskRow | None:
    """Waits for somebody's reply to the message that was pointed at; None if it cannot be."""
    for known in queries.of_message(uow, pointed.channel_id, pointed.ts):
        between = (known.asker_id, known.answerer_id)
        if between == (asker.user_id, answerer.user_id) and known.state in UNSETTLED:
            return known
    is_known = _heard(uow, pointed.channel_id, pointed.ts) is Heard.KNOWN
    text = None if is_known else _text_of(uow, request_id, pointed, asker.user_id)
    source = text.id if text is not None else None
    place = Place(pointed.channel_id, pointed.ts, pointed.thread_ts or pointed.ts)
    ask = opening.open_one(uow, Asking(asker, place, uow.now, deadline, text_id=source), answerer)
    if ask is not None and source is not None:
        _send(uow, ask)
    elif ask is None and text is not None and not queries.of_text(uow, text.id):
        queries.drop_text(uow, text)
    return ask


def asked_by_message(uow: UnitOfWork, pointed: Pointed, answerer_id: str) -> AskRow | None:
    """What the message that was pointed at asks this person already, if anything."""
    asks = queries.of_message(uow, pointed.channel_id, pointed.ts)
    return next((ask for ask in asks if ask.answerer_id == answerer_id), None)


def refusal(uow: UnitOfWork, pointed: Pointed, answerer: Person) -> str:
    """Why somebody cannot be waited for, in a sentence; empty if they can."""
    directly = _heard(uow, pointed.channel_id, pointed.ts) is not Heard.KNOWN
    return delivering.refusal(uow, answerer, directly=directly)


def edit(uow: UnitOfWork, text: AskTextRow, words: Words, deadline: datetime | None) -> None:
    """The asker says it in other words, or until another time (None: it stays due when it was)."""
    queries.set_words(uow, text, words)
    drawing.requote(uow, text, showing.readable(uow, words.what))
    for ask in queries.of_text(uow, text.id):
        answerer = member(uow, ask.answerer_id)
        known = ask.due_at if ask.is_deadline else None
        if answerer is not None and ask.state in WAITING and deadline and deadline != known:
            found = clocks.policy(uow, ask.urgency, ask.channel_id)
            clocks.set_clock(uow, ask, Clock.started(uow.now, found, deadline), answerer)
        if ask.state in UNSETTLED:
            queries.note_step(uow, ask.id, "edited", by=text.asker_id)
            notices.redraw(uow, ask)
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


def whom(uow: UnitOfWork, event: MessageShortcut) -> str:
    """Who probably owes the reply: somebody the message names, or else its author."""
    named = [each for each in addressed_in(event.text) if each != event.user_id]
    likely = [*named, event.message_user_id or ""]
    return next((each for each in likely if each != event.user_id and member(uow, each)), "")


def member(uow: UnitOfWork, user_id: str) -> Person | None:
    """The person, if they are a full member and so can ask and be asked."""
    person = people.find(uow.session, uow.team_id, user_id)
    return person if person is not None and person.is_member else None


def _heard(uow: UnitOfWork, channel_id: str, ts: str) -> Heard:
    channel = channels.find(uow.session, uow.team_id, channel_id)
    if channel is None or not channel.is_member:
        return Heard.ELSEWHERE
    message = message_store.find(uow.session, uow.team_id, channel_id, ts)
    return Heard.MISSED if message is None else Heard.KNOWN


def _text_of(
    uow: UnitOfWork, request_id: str, pointed: Pointed, asker_id: str
) -> AskTextRow | None:
    """Keeps the words, unless their author wants to be left alone."""
    text = queries.add_text(uow, request_id, asker_id, pointed.channel_id, Words(pointed.words))
    if text is None:
        return queries.text_made_by(uow, request_id)
    text.message_ts, text.author_id = pointed.ts, pointed.author_id
    text.thread_ts = pointed.thread_ts
    if attention.is_off(uow, pointed.author_id):
        queries.empty_text(uow, text)
    uow.session.flush()
    return text


def reachable(uow: UnitOfWork, user_id: str, channel_id: str) -> Person | None:
    """The person, if they can be asked in this channel (or, without one, directly)."""
    person = member(uow, user_id)
    if person is not None and channel_id and sight(uow, user_id, channel_id) is Sight.CLOSED:
        return None
    return person


def clock_of(
    uow: UnitOfWork, user_ids: Sequence[str], group_ids: Sequence[str] = ()
) -> WorkingTime | None:
    """Whose time an asker means by "your time": that of the only one who is asked."""
    only = member(uow, user_ids[0]) if len(user_ids) == 1 and not group_ids else None
    return only.working_time if only else None


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


def _as_before(uow: UnitOfWork, given: Composed, asker: Person) -> Outcome:
    text = queries.text_made_by(uow, given.request_id)
    asks = [ask for ask in queries.of_text(uow, text.id) if not ask.parent_id] if text else []
    due = {ask.answerer_id: asker.working_time.local(ask.due_at) for ask in asks}
    in_channel = any(ask.channel_id and not ask.channel_id.startswith("D") for ask in asks)
    enough = _is_one_enough(asks)
    return Outcome(due, in_channel=in_channel, one_is_enough=enough, is_new=False)


def _is_one_enough(asks: Iterable[AskRow]) -> bool:
    return sum(bool(ask.group_id) for ask in asks) > 1
