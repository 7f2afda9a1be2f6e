"""What privacy does."""

from collections.abc import Sequence

from bot.core import attention, keeping, message_store, people
from bot.core.agreement import changing
from bot.core.agreement.changing import Change
from bot.core.agreement.setting import Layer, person_scope
from bot.core.attention import OFF, Route, Urgency
from bot.core.drafting import DRAFTS
from bot.core.events import SettingChanged
from bot.core.ids import new_id
from bot.core.keeping import Kept
from bot.core.unit_of_work import UnitOfWork
from bot.features.privacy import messages, rules
from bot.features.privacy.rules import Erased, Overview, Topic


def overview(uow: UnitOfWork, kept: Sequence[Kept], user_id: str, *, has_model: bool) -> Overview:
    """What is kept of people in this workspace, as this person should know it."""
    texts = rules.texts_for(uow.setting(message_store.RETENTION))
    return Overview(
        tuple(
            Topic(each.name, each.what, each.how_long.format(texts=texts))
            for each in kept
            if not each.is_trace
        ),
        attention.is_off(uow, user_id),
        tuple(keeping.warnings(uow, kept, user_id)),
        _stays(kept),
        uses_model=has_model and uow.setting(DRAFTS),
    )


def export(uow: UnitOfWork, kept: Sequence[Kept], user_id: str) -> int | None:
    """Writes to somebody everything that is kept of them; returns in how many parts.

    None: nothing can be written to them now.
    """
    person = people.find(uow.session, uow.team_id, user_id)
    data = keeping.exported(uow, kept, user_id)
    parts = rules.parts(data)
    key = f"privacy:{new_id()}"
    if person is None:
        return None
    counts = {name: len(records) for name, records in data.items()}
    summary = messages.summary(counts, len(parts))
    if attention.reach(uow, key, person, summary, urgency=Urgency.REPLY) is not Route.NOW:
        return None
    for number, part in enumerate(parts, start=1):
        message = messages.part(part, number, len(parts))
        attention.reach(uow, f"{key}:{number}", person, message, urgency=Urgency.REPLY, under=key)
    return len(parts)


def erase(uow: UnitOfWork, kept: Sequence[Kept], user_id: str, *, leave_alone: bool) -> Erased:
    """Erases everything of somebody at once; whoever was left alone still is."""
    is_off = attention.is_off(uow, user_id) or leave_alone
    counts = keeping.erase(uow, kept, user_id)
    if is_off:
        switch(uow, user_id, off=True)
    return Erased(counts, _stays(kept), is_off)


def switch(uow: UnitOfWork, user_id: str, *, off: bool) -> list[SettingChanged]:
    """Leaves somebody alone, or no longer; returns what is to be told to the house."""
    said = True if off else None
    change = Change(OFF, person_scope(user_id), after=said)
    made = changing.change(uow, [change], by=user_id)
    return switched(uow, user_id) if made else []


def switched(uow: UnitOfWork, user_id: str) -> list[SettingChanged]:
    """What the house is told when somebody was switched off or on."""
    return [SettingChanged(team_id=uow.team_id, key=OFF.key, layer=Layer.PERSON, scope_id=user_id)]


def _stays(kept: Sequence[Kept]) -> tuple[str, ...]:
    return tuple(each.stays for each in kept if each.stays)
