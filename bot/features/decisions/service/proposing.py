"""From the form that proposes a decision to its card."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from bot.core import attention, channels, people
from bot.core.attention import Urgency
from bot.core.ids import known_id
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sight, may_see, sight
from bot.features.decisions.messages import proposals as messages
from bot.features.decisions.models import DecisionDraftRow
from bot.features.decisions.queries import proposals as queries
from bot.features.decisions.queries import registry
from bot.features.decisions.rules.proposals import Terms
from bot.features.decisions.rules.registry import Change, Decision, Fields, Place, Status
from bot.features.decisions.service import closing, recording
from bot.features.decisions.service.proposals import columns, others

HERE = Place("")
"""No thread: the form asks for the channel."""


def start(uow: UnitOfWork, user_id: str, place: Place = HERE) -> UUID:
    """Notes that somebody has the form open, for this thread or for none; returns its id."""
    return queries.start_form(uow, user_id, place)


def form_of(uow: UnitOfWork, reference: str, user_id: str) -> DecisionDraftRow | None:
    """The form that somebody has open; None: it is not theirs, or was opened long ago."""
    form_id = known_id(reference)
    form = queries.form(uow, form_id) if form_id else None
    return form if form is not None and form.user_id == user_id else None


def logged_from(uow: UnitOfWork, place: Place) -> Decision | None:
    """The decision that this thread has already."""
    row = registry.of_thread(uow, place.channel_id, place.root_ts)
    return recording.decision(uow, row) if row is not None else None


def is_in(uow: UnitOfWork, channel_id: str) -> bool:
    """Whether Baton is in a channel and can post there."""
    channel = channels.find(uow.session, uow.team_id, channel_id)
    return channel is not None and channel.is_member


def not_there(uow: UnitOfWork, user_id: str, channel_id: str) -> str:
    """Why somebody cannot propose in a channel; empty if they can."""
    if not is_in(uow, channel_id):
        return messages.NOT_THERE
    return "" if may_see(uow, user_id, channel_id) else messages.NOT_OPEN


def unfit(uow: UnitOfWork, user_id: str, reviewers: Collection[str], channel_id: str) -> str:
    """Why these people cannot review what somebody proposes in a channel; empty if they can."""
    asked = [each for each in reviewers if each != user_id]
    if not asked:
        return messages.NO_REVIEWER
    for each in asked:
        person = people.find(uow.session, uow.team_id, each)
        name = person.name if person else "Somebody you picked"
        if person is None or not person.is_member:
            return messages.not_a_member(name)
        if sight(uow, each, channel_id) is Sight.CLOSED:
            return messages.not_in_channel(name)
    return ""


def card_not_sent(uow: UnitOfWork, number: int) -> None:
    """The card of a proposal whose thread is gone stands in the channel; else somebody is told."""
    row = registry.get(uow, number, lock=True)
    if row is None:
        return
    key = recording.card_key(number)
    if queries.get(uow, number) is not None and uow.outbox.post_outside(key):
        row.message_ts = row.root_ts = ""
        return
    person = people.find(uow.session, uow.team_id, row.logged_by)
    if person is not None:
        told = messages.no_card(recording.decision(uow, row))
        attention.reach(uow, f"{key}:none", person, told, urgency=Urgency.REPLY)


def propose(
    uow: UnitOfWork, form: DecisionDraftRow, fields: Fields, terms: Terms, channel_id: str
) -> bool:
    """Proposes a decision and posts its card; returns False if its thread has a decision.

    The same form proposes once.
    """
    if form.number is not None:
        return True
    by = form.user_id
    fields = replace(fields, owner_id=fields.owner_id or by)
    place = Place(channel_id, form.message_ts, form.root_ts)
    status, change = Status.PROPOSED, Change.PROPOSED
    row = recording.add(uow, fields, place, by=by, status=status, change=change)
    if row is None:
        return False
    at = {"opened_at": uow.now, "changed_at": uow.now, "closes_at": uow.now}
    queries.add(uow, columns(terms) | at | {"number": row.number, "proposer_id": by})
    queries.add_reviewers(uow, row.number, others(terms, by))
    closing.reckon(uow, row.number)
    recording.post_card(uow, row)
    form.number = row.number
    return True
