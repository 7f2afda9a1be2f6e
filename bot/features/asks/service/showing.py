"""Asks as one reader may see them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.core import channels, message_store, people
from bot.core.people import Person
from bot.core.response_clock import CountedIn, counted
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sifted, sift
from bot.features.asks import queries
from bot.features.asks.models import AskRow, AskTextRow
from bot.features.asks.rules.shown import AskShown, Words
from bot.features.asks.rules.states import UNSETTLED, Relation, State


def waiting_on(uow: UnitOfWork, reader: Person) -> Sifted[AskShown]:
    """What the reader is asked for, by due time."""
    return _shown(uow, queries.waiting_on(uow, reader.user_id), reader)


def asked_by(uow: UnitOfWork, reader: Person) -> Sifted[AskShown]:
    """What the reader waits for, by due time."""
    rows = queries.asked_by(uow, reader.user_id)
    return _shown(uow, [ask for ask in rows if ask.parent_id is None], reader)


def settled_for(
    uow: UnitOfWork, reader: Person, since: datetime, *states: State
) -> Sifted[AskShown]:
    """The reader's asks that got into one of these states since then."""
    rows = queries.settled_for(uow, reader.user_id, since, states)
    return _shown(uow, [ask for ask in rows if ask.parent_id is None], reader)


def show(uow: UnitOfWork, ask: AskRow, reader: Person) -> AskShown | None:
    """The ask as the reader may be shown it, unless its message is gone."""
    message = message_store.find(uow.session, uow.team_id, ask.channel_id, ask.message_ts)
    text = queries.text(uow, ask.text_id)
    if message is None and text is None:
        return None
    elsewhere = is_elsewhere(uow, ask)
    held = holding(uow, ask)
    answerer = people.find(uow.session, uow.team_id, held.answerer_id)
    there = answerer.working_time if answerer else reader.working_time
    parent = queries.get(uow, ask.parent_id) if ask.parent_id else None
    thread_ts = ask.root_ts if ask.root_ts != ask.message_ts else None
    link = uow.workspace.permalink(ask.channel_id, ask.message_ts, thread_ts)
    return AskShown(
        id=str(ask.id),
        asker_id=ask.asker_id,
        answerer_id=ask.answerer_id,
        channel_id=ask.channel_id,
        message_ts=ask.message_ts,
        permalink="" if not ask.message_ts or is_with_baton(uow, ask) else link,
        quote=_quote(uow, ask, reader, elsewhere=elsewhere),
        state=State(ask.state),
        asked=reader.working_time.local(ask.asked_at),
        due=reader.working_time.local(held.due_at),
        due_there=there.local(held.due_at),
        age=counted(ask.asked_at, uow.now, CountedIn.WORKING_HOURS, there),
        is_overdue=held.due_at <= uow.now and held.paused_at is None,
        is_urgent=ask.urgency == "urgent",
        is_paused=held.paused_at is not None,
        is_elsewhere=elsewhere,
        fallback=readable(uow, text.fallback) if text else "",
        group_id=ask.group_id,
        parent_answerer_id=parent.answerer_id if parent else "",
        holder_id=held.answerer_id if held is not ask else "",
        reason=_reason(uow, ask),
    )


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
    message = message_store.find(uow.session, uow.team_id, ask.channel_id, ask.message_ts)
    return message.text if message is not None else ""


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
        if child.relation == Relation.DELEGATED and child.state in UNSETTLED:
            return holding(uow, child)
    return ask


def words_of(row: AskTextRow) -> Words:
    """What a composed ask says."""
    return Words(row.what, row.context, row.kind, row.proposal, row.fallback, row.reason)


def readable(uow: UnitOfWork, text: str) -> str:
    """A text that came from Slack, as people read it."""
    return people.readable(uow.session, uow.team_id, text)


def _shown(uow: UnitOfWork, asks: Iterable[AskRow], reader: Person) -> Sifted[AskShown]:
    found: Sequence[AskShown] = [
        each for ask in asks if (each := show(uow, ask, reader)) is not None
    ]
    free = tuple(each for each in found if each.is_direct or each.is_elsewhere)
    bound = [each for each in found if each not in free]
    seen = sift(uow, reader.user_id, bound, channel_of=lambda each: each.channel_id)
    both = sorted((*free, *seen.seen), key=lambda each: each.due)
    return Sifted(tuple(both), seen.held_back)


def _reason(uow: UnitOfWork, ask: AskRow) -> str:
    if ask.state != State.DECLINED:
        return ""
    said = [step.words for step in queries.steps(uow, ask.id) if step.step == State.DECLINED]
    return readable(uow, said[-1]) if said else ""


def _quote(uow: UnitOfWork, ask: AskRow, reader: Person, *, elsewhere: bool) -> str | None:
    """What was said; of a conversation that Baton cannot look into, only to who brought it."""
    text = queries.text(uow, ask.text_id)
    if text is not None:
        is_theirs = not elsewhere or reader.user_id in {ask.asker_id, text.author_id}
        return readable(uow, text.what) if text.is_kept and is_theirs else None
    message = message_store.find(uow.session, uow.team_id, ask.channel_id, ask.message_ts)
    return readable(uow, message.text) if message is not None and message.is_kept else None
