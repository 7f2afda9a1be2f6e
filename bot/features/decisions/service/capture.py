"""Logging what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from bot.core import channels
from bot.core.blocks import Message
from bot.core.drafting import DRAFTS
from bot.core.ids import known_id
from bot.core.replies import Answer, OpenForm, View
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sight, may_see, sight
from bot.features.decisions.messages import capture as messages
from bot.features.decisions.modals import capture as modals
from bot.features.decisions.models import DecisionDraftRow, DecisionRow
from bot.features.decisions.queries import drafts
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules import filled as data
from bot.features.decisions.rules.filled import Filled
from bot.features.decisions.rules.prefilling import prefill
from bot.features.decisions.rules.registry import Decision, Fields, Place
from bot.features.decisions.service import access, local, recording, sources, spoken
from bot.features.decisions.service.spoken import Picked

KIND = "log"
RULES, MODEL, USED, STORED = "rules", "model", "used", "stored"
"""What a form's row keeps: the fields found by rules, those of a model, whether these were taken,
and which messages were known when it was opened."""


@dataclass(frozen=True, slots=True)
class Logged:
    """What became of a form that was sent off: the decision, and whether this form made it."""

    decision: Decision
    is_own: bool


def already_logged(uow: UnitOfWork, user_id: str, place: Place) -> Decision | None:
    """The decision that was logged from this thread before, for somebody who may see it."""
    row = queries.of_thread(uow, place.channel_id, place.root_ts) if place.root_ts else None
    if row is None or not (row.logged_by == user_id or can_be_found(uow, user_id, row.channel_id)):
        return None
    return recording.decision(uow, row)


def told_of(uow: UnitOfWork, user_id: str, logged: Decision) -> Message:
    """That a thread was logged before, and what replaced it, if its reader may open that."""
    number = logged.superseded_by
    after = access.opened(uow, user_id, number) if number is not None else None
    return messages.already_logged(logged, recording.decision(uow, after) if after else None)


def open_form(
    uow: UnitOfWork, user_id: str, picked: Picked, *, title: str = "", plainly: bool
) -> Answer | OpenForm:
    """The form that logs a decision, filled in by rules from its thread; or why there is none.

    Unless `plainly`, a model is asked, too, where there is a thread that it may read. A `title`
    that somebody typed comes before what was said.
    """
    logged = already_logged(uow, user_id, picked.place)
    if logged is not None:
        return Answer(told_of(uow, user_id, logged))
    if not can_be_found(uow, user_id, picked.place.channel_id):
        return Answer(messages.invite_me_first())
    draft_id, found = _draft(uow, user_id, picked, title=title, plainly=plainly)
    return OpenForm(modals.log_form(draft_id, found))


def form_with(uow: UnitOfWork, user_id: str, place: Place, filled: Filled) -> View | None:
    """The form that logs a decision, filled in by whoever asks for it; None: not there."""
    if not may_see(uow, user_id, place.channel_id):
        return None
    data_of = {RULES: data.as_data(filled), STORED: []}
    draft_id = drafts.add(uow, kind=KIND, user_id=user_id, place=place, filled=data_of)
    return modals.log_form(draft_id, filled)


def log(uow: UnitOfWork, reference: str, user_id: str, fields: Fields) -> Logged | None:
    """Logs a decision once and posts its card; None if this is not the person's form.

    The same form sent again finds what it made; another form about the same thread finds what was
    made before it.
    """
    draft = own_draft(uow, reference, user_id)
    if draft is None or not can_be_found(uow, user_id, draft.channel_id):
        return None
    if draft.number is not None:
        made = queries.get(uow, draft.number)
        return None if made is None else Logged(recording.decision(uow, made), is_own=True)
    row = _of_thread(uow, draft)
    if row is None and (row := _add(uow, draft, fields)) is not None:
        return Logged(recording.decision(uow, row), is_own=True)
    row = row or _of_thread(uow, draft)  # somebody else's may have come first just now
    if row is None or not (row.logged_by == user_id or may_see(uow, user_id, row.channel_id)):
        return None
    return Logged(recording.decision(uow, row), is_own=False)


def own_draft(uow: UnitOfWork, reference: str, user_id: str) -> DecisionDraftRow | None:
    """Somebody's form with this id, locked; None if it is not theirs, or was forgotten."""
    draft_id = known_id(reference)
    draft = drafts.get(uow, draft_id, lock=True) if draft_id else None
    if draft is None or draft.user_id != user_id or draft.kind != KIND:
        return None
    return draft


def filled_of(draft: DecisionDraftRow) -> Filled:
    """What a form shows: what rules found, or what a model did if its owner took that."""
    used = draft.filled.get(USED) and draft.filled.get(MODEL)
    return data.from_data(used or draft.filled[RULES])


def can_be_found(uow: UnitOfWork, user_id: str, channel_id: str) -> bool:
    """Whether somebody will see again what they log; that it cannot be checked is no reason."""
    return sight(uow, user_id, channel_id) is not Sight.CLOSED


def is_member_of(uow: UnitOfWork, channel_id: str) -> bool:
    """Whether Baton is in a channel and can post there."""
    channel = channels.find(uow.session, uow.team_id, channel_id)
    return channel is not None and channel.is_member


def _draft(
    uow: UnitOfWork, user_id: str, picked: Picked, *, title: str, plainly: bool
) -> tuple[UUID, Filled]:
    """Notes that somebody has a form open, and what it is filled in with."""
    place = picked.place
    said = spoken.read(uow, picked, user_id) if place.root_ts else []
    found = prefill(said, place.message_ts, local.today(uow, user_id))
    if title or not said:
        found = replace(found, fields=replace(found.fields, title=title))
    is_whole = is_member_of(uow, place.channel_id)
    if not is_whole:
        found = replace(found, flags=())  # there may be more that says so
    stored = [each.ts for each in spoken.stored(uow, place)] if place.root_ts else []
    is_to_be_drafted = not plainly and is_whole and bool(stored) and uow.setting(DRAFTS)
    draft_id = drafts.add(
        uow,
        kind=KIND,
        user_id=user_id,
        place=place,
        author_id=_author_of_text(found),
        filled={RULES: data.as_data(found), STORED: stored},
        draft_at=uow.now if is_to_be_drafted else None,
    )
    return draft_id, found


def _add(uow: UnitOfWork, draft: DecisionDraftRow, fields: Fields) -> DecisionRow | None:
    """The decision that a form makes, with its card; None if its thread was logged meanwhile."""
    fields = replace(fields, owner_id=fields.owner_id or draft.user_id)
    cites = data.confirmed(filled_of(draft).cites, fields)
    quoted = next((each.author_id for each in cites if each.field == "text" and each.quote), "")
    place = Place(draft.channel_id, draft.message_ts, draft.root_ts)
    row = recording.add(uow, fields, place, by=draft.user_id, author_id=quoted)
    if row is None:
        return None
    draft.number = row.number
    draft.draft_at = None
    if is_member_of(uow, row.channel_id):
        recording.post_card(uow, row)
    known: Mapping[str, list[str]] = draft.filled
    sources.keep(uow, row, cites, stored=known.get(STORED, []))
    return row


def _of_thread(uow: UnitOfWork, draft: DecisionDraftRow) -> DecisionRow | None:
    return queries.of_thread(uow, draft.channel_id, draft.root_ts) if draft.root_ts else None


def _author_of_text(found: Filled) -> str:
    return next((each.author_id for each in found.cites if each.field == "text"), "")
