"""Hands things over: who has to carry them on, and where they go from there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from bot.core import attention, people
from bot.core.ports import AskLedger
from bot.core.render import clean
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.handoffs.messages import refusals
from bot.features.handoffs.models import HandoffBatonRow
from bot.features.handoffs.queries import batons as queries
from bot.features.handoffs.rules import batons as rules
from bot.features.handoffs.rules.items import Item, State, StepKind, To
from bot.features.handoffs.rules.relay import Next, starts_at
from bot.features.handoffs.service import blockers, cards, places, relay, told

_MOVING: Final = frozenset({StepKind.PASSED_ON, StepKind.MOVED})


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of an item that somebody handed over.

    `is_new`: it goes to somebody by this; else `baton` was on its way before, and they have it.
    `waits_until`: when whoever is to take it starts, if they do not work now. `refusal` says why
    there is no baton.
    """

    baton: HandoffBatonRow | None = None
    is_new: bool = False
    waits_until: datetime | None = None
    refusal: str = ""


def hand_over(  # noqa: PLR0917 - who, where, what, to whom
    uow: UnitOfWork,
    asks: AskLedger,
    sender_id: str,
    channel_id: str,
    item: Item,
    to: To,
    *,
    note_id: UUID | None = None,
) -> HandedOver:
    """Gives an item to a named person, or to whoever is next in a chain; once while it is open.

    Somebody who has the baton of this item hands that one on, and is its sender from then on. Its
    card stands below the message of the note, if that is queued, or below the message it is about.
    """
    refusal = _why_not(uow, sender_id, channel_id, item)
    if refusal:
        return HandedOver(refusal=refusal)
    key = _key(uow, sender_id, channel_id, item)
    known = queries.open_with(uow, key)
    if known is not None and known.holder_id != sender_id:
        return HandedOver(known)
    place = known.channel_id if known is not None else channel_id
    found = next_for(uow, sender_id, place, to)
    if isinstance(found, str):
        return HandedOver(refusal=found)
    values = _words(item) | {"sender_id": sender_id, "chain_id": found.chain_id, "note_id": note_id}
    begun = {"state": State.BACK, "holder_id": sender_id, "channel_id": place}
    baton = known or queries.add(uow, key, values | begun | {"offered_at": uow.now})
    if baton is None:
        return HandedOver(queries.open_with(uow, key))
    queries.set_words(uow, baton, values)
    said = f"baton:{baton.id}:{item.blocked_by}:{int(uow.now.timestamp())}"
    blockers.note_of(uow, asks, item, sender_id, place, key=said, baton_id=baton.id)
    offer(uow, baton, found.person.user_id, kind=StepKind.HANDED_OVER, by=sender_id)
    forget_question(uow, asks, baton)
    if known is None:
        cards.post(uow, baton, item)
    waits = found.starts_at if found.starts_at > uow.now else None
    return HandedOver(baton, is_new=True, waits_until=waits)


def hold_of(uow: UnitOfWork, channel_id: str, items: Sequence[Item]) -> None:
    """Nobody else moves meanwhile what is under way of these items.

    Whoever hands over several holds all of them first, so that no two wait for each other.
    """
    keys = [rules.key_of(each, channel_id) for each in items]
    queries.hold_with(uow, [*keys, *(rules.within(each, channel_id) for each in keys)])


def offer(
    uow: UnitOfWork,
    baton: HandoffBatonRow,
    user_id: str,
    *,
    kind: StepKind,
    by: str = "",
    words: str = "",
) -> bool:
    """Makes somebody the holder, who is to take it; returns False if it is elsewhere by now.

    They are told of it by their digest if that comes in time, else by a message.
    """
    person = people.find(uow.session, uow.team_id, user_id)
    if person is None:
        return False
    before = baton.holder_id
    is_moved = queries.move(
        uow,
        baton,
        State.OFFERED,
        holder_id=user_id,
        offered_at=uow.now,
        nudged_at=None,
        look_at=relay.look_first_at(uow, person, uow.now),
        tell_at=uow.now,
        tried=_tried(baton, kind),
    )
    if is_moved:
        queries.note_step(uow, baton, kind, by=by, words=words)
        told.follow(uow, baton, before)
    return is_moved


def come_back(uow: UnitOfWork, baton: HandoffBatonRow, *, words: str = "") -> bool:
    """Gives a baton back to its sender, who is told; returns False if it is elsewhere by now."""
    before = baton.holder_id
    values = {"holder_id": baton.sender_id, "look_at": None, "tell_at": uow.now}
    is_moved = queries.move(uow, baton, State.BACK, **values)
    if is_moved:
        queries.note_step(uow, baton, StepKind.CAME_BACK, words=words)
        told.follow(uow, baton, before)
    return is_moved


def forget_question(uow: UnitOfWork, asks: AskLedger, baton: HandoffBatonRow) -> None:
    """Nobody waits for the answer any more to a question that a baton was returned with."""
    if baton.ask_id is not None:
        asks.withdraw(uow, baton.ask_id)


def next_for(
    uow: UnitOfWork, by: str, channel_id: str, to: To, baton: HandoffBatonRow | None = None
) -> Next | str:
    """To whom something goes from somebody; or a sentence that says why it cannot.

    With a `baton` it goes on from where that is.
    """
    if to.user_id:
        return _named(uow, by, channel_id, to.user_id)
    if baton is not None and baton.chain_id is not None:
        found = relay.after(uow, baton)
    else:
        found = relay.first(uow, by, channel_id, to.chain_id)
    is_sender = found is not None and baton is not None and _is(found, baton.sender_id)
    return found if found is not None and not is_sender else refusals.NOBODY_NEXT


def _is(found: Next, user_id: str) -> bool:
    return found.person.user_id == user_id


def _named(uow: UnitOfWork, by: str, channel_id: str, user_id: str) -> Next | str:
    if user_id == by:
        return refusals.YOURSELF
    known = people.find(uow.session, uow.team_id, user_id)
    if known is None or not known.is_member:
        return refusals.NOT_A_MEMBER
    if attention.is_off(uow, user_id):
        return refusals.IS_OFF
    person = relay.may_carry(uow, user_id, channel_id)
    if person is None:
        return refusals.not_in_channel(known.name)
    at = starts_at(person.working_time, uow.now)
    return refusals.is_away(known.name) if at is None else Next(person, at)


def _why_not(uow: UnitOfWork, sender_id: str, channel_id: str, item: Item) -> str:
    """Why somebody can hand over nothing there; empty if they can."""
    sender = people.find(uow.session, uow.team_id, sender_id)
    if uow.workspace.is_paused:
        return refusals.PAUSED
    if sender is None or not sender.is_member:
        return refusals.YOU_NO_MEMBER
    not_there = places.not_there(uow, channel_id, sender_id)
    return not_there or ("" if clean(item.what).strip() else refusals.NO_WORDS)


def _key(uow: UnitOfWork, sender_id: str, channel_id: str, item: Item) -> str:
    """The key of an item; of one whose baton they may not see, one of this channel's own."""
    key = rules.key_of(item, channel_id)
    known = queries.open_with(uow, key)
    is_seen = known is None or may_see(uow, sender_id, known.channel_id)
    return key if is_seen else rules.within(key, channel_id)


def _words(item: Item) -> dict[str, Any]:
    most = rules.TEXT_LENGTH
    return {
        "what": " ".join(item.what.split())[: rules.WHAT_LENGTH],
        "progress": item.progress.strip()[:most],
        "why": item.why.strip()[:most],
        "next_step": item.next_step.strip()[:most],
        "watch_out": item.watch_out.strip()[:most],
        "links": [each[:most] for each in item.links[: rules.MOST_LINKS]],
    }


def _tried(baton: HandoffBatonRow, kind: StepKind) -> list[str]:
    """Those who were offered it and did not take it, since it was handed over."""
    if kind is StepKind.HANDED_OVER:
        return []
    passed = [baton.holder_id] if kind in _MOVING else []
    return list(dict.fromkeys([*baton.tried, *passed]))
