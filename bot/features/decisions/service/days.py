"""What decisions tell of somebody's day: what they settled, and what they have proposed."""

from datetime import datetime

from bot.core.days import Day, DayItem, DayKind
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import days as messages
from bot.features.decisions.queries import days as queries
from bot.features.decisions.queries import proposals
from bot.features.decisions.queries.days import Stretch
from bot.features.decisions.rules.registry import Decision
from bot.features.decisions.service import proposal_cards, recording


def of_day(uow: UnitOfWork, day: Day) -> list[DayItem]:
    """What somebody logged, settled and reviewed that day, and their open proposals."""
    of = Stretch(day.person.user_id, day.since, day.until)
    return [*_decided(uow, of), *_settled(uow, of), *_reviewed(uow, of), *_open(uow, of.user_id)]


def _decided(uow: UnitOfWork, of: Stretch) -> list[DayItem]:
    made = recording.decisions(uow, queries.decided(uow, of))
    return [_item(DayKind.DONE, messages.decided(each), each, each.decided_at) for each in made]


def _settled(uow: UnitOfWork, of: Stretch) -> list[DayItem]:
    found: list[DayItem] = []
    for row, concern in queries.settled(uow, of):
        decision = recording.decision(uow, row)
        what = messages.settled(decision, proposal_cards.concern(concern))
        at = concern.settled_at or concern.raised_at
        found.append(_item(DayKind.DONE, what, decision, at, part=f":concern:{concern.serial}"))
    return found


def _reviewed(uow: UnitOfWork, of: Stretch) -> list[DayItem]:
    found: list[DayItem] = []
    for row, at in queries.reviewed(uow, of):
        decision = recording.decision(uow, row)
        what = messages.reviewed(decision)
        found.append(_item(DayKind.DONE, what, decision, at, part=":review"))
    return found


def _open(uow: UnitOfWork, proposer_id: str) -> list[DayItem]:
    """Their open proposals; those with a concern about them wait for whoever raised it."""
    concerns = proposals.concerned(uow, proposer_id)
    held_up = {row.number for row, _ in concerns}
    found: list[DayItem] = []
    for row, concern in concerns:
        decision = recording.decision(uow, row)
        what = messages.held_up(decision, proposal_cards.concern(concern))
        part = f":concern:{concern.serial}"
        at, by = concern.raised_at, concern.raiser_id
        found.append(_item(DayKind.BLOCKED, what, decision, at, part=part, by=by))
    for row, proposal in proposals.open_of(uow, proposer_id):
        if row.number not in held_up:
            decision = recording.decision(uow, row)
            what = messages.proposed(decision)
            found.append(_item(DayKind.IN_PROGRESS, what, decision, proposal.opened_at))
    return found


def _item(
    kind: DayKind, what: str, decision: Decision, at: datetime, *, part: str = "", by: str = ""
) -> DayItem:
    root = (decision.place.channel_id, decision.place.root_ts)
    return DayItem(
        kind,
        what,
        f"decision:{decision.number}{part}",
        at,
        (decision.address,),
        decision.place.channel_id,
        by,
        frozenset({root}) if decision.place.root_ts else frozenset(),
    )
