"""Turns a clock round: whoever asks back waits for the asker, and the first clock stands still."""

from bot.core import people
from bot.core.events import instant_of
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.models import AskRow
from bot.features.asks.queries import New, Place
from bot.features.asks.rules.clock import Clock
from bot.features.asks.rules.states import UNSETTLED, Relation
from bot.features.asks.service import clocks, settling


def turn(uow: UnitOfWork, ask: AskRow, place: Place, by: str) -> AskRow | None:
    """The answerer asked back: the asker owes an answer, and the clock stands still until then.

    Returns what the asker owes; None if that is nothing.
    """
    if by != ask.answerer_id or ask.relation == Relation.TURNED or ask.state not in UNSETTLED:
        return None
    reverse = _open(uow, ask, place)
    if reverse is not None:
        settling.pause(uow, ask)
    return reverse


def reverse_of(uow: UnitOfWork, ask: AskRow) -> AskRow | None:
    """What the asker owes for this ask, if anything."""
    owed = [
        child
        for child in queries.children(uow, ask.id)
        if child.relation == Relation.TURNED and child.state in UNSETTLED
    ]
    return owed[0] if owed else None


def _open(uow: UnitOfWork, ask: AskRow, place: Place) -> AskRow | None:
    asker = people.find(uow.session, uow.team_id, ask.asker_id)
    if asker is None or not asker.is_member:
        return None
    for known in queries.of_message(uow, place.channel_id, place.ts):
        if known.answerer_id == ask.asker_id and known.parent_id is None:
            known.parent_id, known.relation = ask.id, Relation.TURNED
            uow.session.flush()
            return known if known.state in UNSETTLED else None
    at = instant_of(place.ts)
    policy = clocks.policy(uow, ask.urgency, ask.channel_id)
    clock = Clock.started(at, policy)
    return queries.insert(
        uow,
        New(
            place=place,
            asker_id=ask.answerer_id,
            answerer_id=ask.asker_id,
            asked_at=at,
            clock=clock,
            due_at=clock.due(asker.working_time),
            nudge_at=uow.now,
            urgency=ask.urgency,
            parent_id=ask.id,
            relation=Relation.TURNED,
        ),
    )
