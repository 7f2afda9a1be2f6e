"""Asks as one reader may see them."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.core import channels, message_store, people
from bot.core.message_store import StoredMessage
from bot.core.people import Person
from bot.core.render import shorten
from bot.core.response_clock import CountedIn, counted
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sifted, sift
from bot.core.working_time import WorkingTime
from bot.features.asks import queries
from bot.features.asks.models import AskRow, AskTextRow, ScheduledRow
from bot.features.asks.rules import wording
from bot.features.asks.rules.absence import Absence, absence
from bot.features.asks.rules.shown import AskShown, Part, Words
from bot.features.asks.rules.states import PASSED_ON, RUNNING, UNSETTLED, WAITING, Relation, State
from bot.features.asks.service import stand_ins

ALL_PARTS: Final = 280
"""As many characters are quoted of an ask that was written in several messages."""


def waiting_on(uow: UnitOfWork, reader: Person) -> Sifted[AskShown]:
    """What the reader is asked for, by due time; nothing that goes ahead without them by now."""
    rows = queries.waiting_on(uow, reader.user_id)
    return _shown(uow, [ask for ask in rows if not goes_ahead(uow, ask)], reader)


def asked_by(uow: UnitOfWork, reader: Person) -> Sifted[AskShown]:
    """What the reader waits for, by due time."""
    rows = queries.asked_by(uow, reader.user_id)
    return _shown(uow, [ask for ask in rows if ask.parent_id is None], reader)


def settled_for(
    uow: UnitOfWork, reader: Person, since: datetime, *states: State
) -> Sifted[AskShown]:
    """The reader's asks that got into one of these states since then."""
    rows = queries.settled_for(uow, reader.user_id, since, states)
    return _shown(uow, _once_a_group(ask for ask in rows if ask.parent_id is None), reader)


def show(uow: UnitOfWork, ask: AskRow, reader: Person) -> AskShown | None:
    """The ask as the reader may be shown it, unless its message is gone."""
    text = queries.text(uow, ask.text_id)
    if text is None and not message_store.find(uow.session, uow.team_id, *_place(ask)):
        return None
    parts = _parts(uow, ask)
    held = holding(uow, ask)
    there = (people.find(uow.session, uow.team_id, held.answerer_id) or reader).working_time
    stands_at = (text.card_ts if text else "") or ask.message_ts
    return AskShown(
        id=str(ask.id),
        asker_id=ask.asker_id,
        answerer_id=ask.answerer_id,
        channel_id=ask.channel_id,
        message_ts=stands_at,
        permalink=_link(uow, ask, stands_at),
        quote=_joined(parts) if parts else _quote(uow, ask, reader),
        state=State(ask.state),
        asked=reader.working_time.local(ask.asked_at),
        due=reader.working_time.local(held.due_at),
        due_there=there.local(held.due_at),
        age=counted(ask.asked_at, uow.now, CountedIn.WORKING_HOURS, there),
        is_overdue=held.due_at <= uow.now and held.paused_at is None,
        locale=reader.locale,
        is_urgent=ask.urgency == "urgent",
        is_paused=held.paused_at is not None,
        is_elsewhere=is_elsewhere(uow, ask),
        fallback=readable(uow, text.fallback) if text else "",
        group_id=ask.group_id,
        parent_answerer_id=_parent_answerer(uow, ask),
        parts=parts,
        closed_by=ask.closed_by,
        absence=_absence(held, there),
        holder_id=held.answerer_id if held is not ask else "",
        is_with_stand_in=held is not ask and held.relation == Relation.STAND_IN,
        stand_in=stand_ins.of(uow, held) if reader.user_id == ask.asker_id else None,
        reason=_reason(uow, ask),
        completes_ts=text.completes_ts if text else "",
        gets_it=_gets_it(uow, held, there),
        address=_address(uow, ask, stands_at, reader),
        snoozed=snoozed(uow, ask, reader),
    )


def _place(ask: AskRow) -> tuple[str, str]:
    return ask.channel_id, ask.message_ts


def _parent_answerer(uow: UnitOfWork, ask: AskRow) -> str:
    parent = queries.get(uow, ask.parent_id) if ask.parent_id else None
    return parent.answerer_id if parent else ""


def steps(uow: UnitOfWork, ask: AskRow) -> list[tuple[datetime, str, str, str]]:
    """What happened to an ask: when (in the asker's time), what, by whom, and their words."""
    asker = people.find(uow.session, uow.team_id, ask.asker_id)
    return [
        (
            asker.working_time.local(step.at) if asker else step.at,
            step.step,
            step.by,
            readable(uow, step.words),
        )
        for step in queries.steps(uow, ask.id)
    ]


def said_in(uow: UnitOfWork, ask: AskRow) -> str:
    """What an ask says, as Slack has it; empty if it is not kept."""
    text = queries.text(uow, ask.text_id)
    if text is not None:
        return text.what
    return "\n".join(message.text for message in _messages(uow, ask))


def read_ahead(uow: UnitOfWork, asks: Sequence[AskRow]) -> None:
    """What these asks say is read in one go, for when they are asked about one by one."""
    wordless = [ask for ask in asks if ask.text_id is None]
    stamps = {(ask.channel_id, ask.message_ts) for ask in wordless}
    places = queries.places_of_all(uow, [ask.id for ask in wordless])
    stamps |= {(place.channel_id, place.ts) for place in places if not place.is_direct}
    message_store.read_ahead(uow.session, uow.team_id, stamps)


def is_elsewhere(uow: UnitOfWork, ask: AskRow) -> bool:
    """Whether it was asked in a conversation that Baton is not in."""
    if not ask.channel_id or not ask.text_id:
        return False
    text = queries.text(uow, ask.text_id)
    if text is None or not text.message_ts:
        return False
    channel = channels.find(uow.session, uow.team_id, ask.channel_id)
    return channel is None or not channel.is_member


def is_with_baton(uow: UnitOfWork, ask: AskRow) -> bool:
    """Whether it stands in a conversation of Baton's with one of the two."""
    return ask.channel_id.startswith("D") and not is_elsewhere(uow, ask)


def holding(uow: UnitOfWork, ask: AskRow) -> AskRow:
    """The ask of whoever has it now, if the answerer passed it on; else the ask itself."""
    if ask.state != State.DELEGATED:
        return ask
    for child in queries.children(uow, ask.id):
        if child.relation in PASSED_ON and child.state in UNSETTLED:
            return holding(uow, child)
    return ask


def snoozed_until(uow: UnitOfWork, ask: AskRow, answerer: Person) -> datetime | None:
    """Until when the answerer wants to hear nothing of an ask: the day after they said so."""
    said = queries.snoozed_at(uow, ask.id)
    return next_day(answerer, said) if said else None


def next_day(answerer: Person, at: datetime) -> datetime:
    """When somebody's next working day begins."""
    when = answerer.working_time
    return when.next_start(when.end_of_day_of(at) + timedelta(seconds=1))


def words_of(row: AskTextRow | ScheduledRow) -> Words:
    """What a composed ask says, or something that goes out later."""
    return Words(row.what, row.context, row.kind, row.proposal, row.fallback, row.reason)


def goes_ahead(uow: UnitOfWork, ask: AskRow) -> bool:
    """Whether its time is over, and the clock is about to end it for want of an answer."""
    if ask.state not in RUNNING or ask.paused_at is not None or ask.due_at > uow.now:
        return False
    text = queries.text(uow, ask.text_id)
    return text is not None and bool(text.fallback)


def names(uow: UnitOfWork, user_ids: Iterable[str]) -> Mapping[str, str]:
    """What people are called, by id."""
    return people.names(uow.session, uow.team_id, user_ids)


def readable(uow: UnitOfWork, text: str) -> str:
    """A text that came from Slack, as people read it."""
    return people.readable(uow.session, uow.team_id, text)


def _gets_it(uow: UnitOfWork, ask: AskRow, there: WorkingTime) -> datetime | None:
    """When what goes to the answerer directly reaches them (their time): its clock runs from then.

    None: it has, or it stands in a channel.
    """
    is_to_come = ask.clock_from is not None and ask.clock_from > uow.now
    if ask.text_id is None or not is_to_come or ask.paused_at is not None:
        return None
    return there.local(ask.clock_from) if ask.clock_from else None


def snoozed(uow: UnitOfWork, ask: AskRow, reader: Person) -> datetime | None:
    """Until when the reader hears nothing of what they are asked for: nobody else's business."""
    if reader.user_id != ask.answerer_id or ask.state not in WAITING:
        return None
    until = snoozed_until(uow, ask, reader)
    return reader.working_time.local(until) if until is not None and until > uow.now else None


def _shown(uow: UnitOfWork, asks: Iterable[AskRow], reader: Person) -> Sifted[AskShown]:
    found: Sequence[AskShown] = [
        each for ask in asks if (each := show(uow, ask, reader)) is not None
    ]
    free = tuple(each for each in found if each.is_direct or each.is_elsewhere)
    bound = [each for each in found if each not in free]
    seen = sift(uow, reader.user_id, bound, channel_of=lambda each: each.channel_id)
    both = sorted((*free, *seen.seen), key=lambda each: each.due)
    return Sifted(tuple(both), seen.held_back)


def _link(uow: UnitOfWork, ask: AskRow, ts: str) -> str:
    """Where people can read it; empty if that is nowhere else."""
    if not ts or is_with_baton(uow, ask):
        return ""
    return uow.workspace.permalink(ask.channel_id, ts, ask.root_ts if ask.root_ts != ts else None)


def _absence(held: AskRow, there: WorkingTime) -> Absence | None:
    """Why the time to answer is not the usual one, if so."""
    start = held.clock_from or held.asked_at
    return absence(start, held.due_at, there, is_deadline=held.is_deadline)


def _address(uow: UnitOfWork, ask: AskRow, ts: str, reader: Person) -> str:
    """Where the reader can open it: its message, or else what Baton wrote to them about it."""
    link = _link(uow, ask, ts)
    if link:
        return link
    if ask.channel_id and not ask.channel_id.startswith("D"):
        return uow.workspace.address(ask.channel_id)
    told = [row.key for row in queries.notices_of(uow, ask.id) if row.person_id == reader.user_id]
    out = [sent for key in reversed(told) if (sent := uow.outbox.sent(key)) is not None]
    return uow.workspace.permalink(out[0].channel_id, out[0].ts) if out else uow.workspace.profile


def _messages(uow: UnitOfWork, ask: AskRow) -> list[StoredMessage]:
    """What its author wrote to ask this, the oldest first; without what only chases."""
    places = queries.places_of(uow, _original(uow, ask).id)
    stamps = {place.ts for place in places if not place.is_direct}
    where = (uow.session, uow.team_id, ask.channel_id)
    found = [message_store.find(*where, ts) for ts in sorted({*stamps, ask.message_ts})]
    return [
        each
        for each in found
        if each is not None and (each.ts == ask.message_ts or not wording.is_chaser(each.text))
    ]


def _original(uow: UnitOfWork, ask: AskRow) -> AskRow:
    """The ask whose words were passed on, or asked of others, too."""
    has_words = ask.relation in PASSED_ON | {Relation.ESCALATED}
    parent = queries.get(uow, ask.parent_id) if has_words and ask.parent_id else None
    return _original(uow, parent) if parent is not None else ask


def _parts(uow: UnitOfWork, ask: AskRow) -> tuple[Part, ...]:
    messages = _messages(uow, ask) if ask.text_id is None else []
    if len(messages) <= 1:
        return ()
    thread_ts = ask.root_ts if ask.root_ts != ask.message_ts else None
    return tuple(
        Part(
            each.ts,
            uow.workspace.permalink(ask.channel_id, each.ts, thread_ts),
            readable(uow, each.text) if each.is_kept else None,
        )
        for each in messages
    )


def _joined(parts: Sequence[Part]) -> str | None:
    """The beginning of each part, on a line of its own."""
    each = max(ALL_PARTS // len(parts), 40)
    return "\n".join(shorten(part.quote, each) for part in parts if part.quote) or None


def _once_a_group(asks: Iterable[AskRow]) -> list[AskRow]:
    """One answer settled the ask for all of a group: it is told once."""
    found: dict[Hashable, AskRow] = {}
    for ask in asks:
        same = (ask.group_id, ask.text_id or (ask.channel_id, ask.message_ts), ask.closed_at)
        found.setdefault(same if ask.group_id and ask.state == State.ANSWERED else ask.id, ask)
    return list(found.values())


def _reason(uow: UnitOfWork, ask: AskRow) -> str:
    if ask.state != State.DECLINED:
        return ""
    said = [step.words for step in queries.steps(uow, ask.id) if step.step == State.DECLINED]
    return readable(uow, said[-1]) if said else ""


def _quote(uow: UnitOfWork, ask: AskRow, reader: Person) -> str | None:
    """What was said; of a message that Baton did not hear itself, only to who brought it."""
    text = queries.text(uow, ask.text_id)
    if text is not None:
        is_theirs = not text.message_ts or reader.user_id in {ask.asker_id, text.author_id}
        return readable(uow, text.what) if text.is_kept and is_theirs else None
    message = message_store.find(uow.session, uow.team_id, ask.channel_id, ask.message_ts)
    return readable(uow, message.text) if message is not None and message.is_kept else None
