"""What is kept of people by the red phone: given out, erased and forgotten in time."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from bot.core.audit import FORGOTTEN
from bot.core.blocks import Message
from bot.core.ids import new_id
from bot.core.keeping import Kept, Record, as_data
from bot.core.render import mrkdwn
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import kept as words
from bot.features.redphone.models import (
    EscalationPolicyRow,
    PageEventRow,
    PageResponderRow,
    PageReviewRow,
    PageRow,
    PageStepRow,
    RotationFeedRow,
    RotationLayerRow,
    RotationOverrideRow,
    RotationRow,
    RotationShiftRow,
)
from bot.features.redphone.queries import keeping as queries
from bot.features.redphone.queries import pages as page_queries
from bot.features.redphone.queries import rotations as rotation_queries
from bot.features.redphone.rules import rotations as rules
from bot.features.redphone.rules.policies import TARGET
from bot.features.redphone.service import acknowledging, layers, leaving, standing

A_YEAR: Final = timedelta(days=365)
_OURS: Final = {"form_id", "policy", "position", "next_at", "alarmed_at", "asked_at", "decays"}
_THEIRS: Final = {"what", "impact", "resolution", "caller_id", "resolved_by", "acknowledged_by"}
"""Of a page that somebody else sent these are not the reader's."""


def erase_pages(uow: UnitOfWork, user_id: str) -> int:
    """Deletes what somebody sent, and their name in what they got and were on.

    What they had is paged on. What they sent and is still open goes on without their name, and
    goes once it is over: see `purge_pages`.
    """
    acknowledging.leave(uow, user_id)
    uow.session.flush()
    count = _forget(uow, queries.ended(uow, user_id))
    going_on = [each.id for each in queries.sent_by(uow, user_id)]
    count += queries.unname_caller(uow, user_id) + queries.unname(uow, user_id)
    uow.session.expire_all()
    for page_id in going_on:
        page = page_queries.page(uow, page_id)
        if page is not None:
            standing.show(uow, page)
    return count


def export_pages(uow: UnitOfWork, user_id: str) -> list[Record]:
    """What somebody sent with their words, what they got without, and what they did about them."""
    sent = [as_data(each, leave_out=_OURS) for each in queries.sent_by(uow, user_id)]
    got = [as_data(each, leave_out=_OURS | _THEIRS) for each in queries.concerning(uow, user_id)]
    did = [
        as_data(each, leave_out={"page_id", "user_id"}) for each in queries.events_by(uow, user_id)
    ]
    hidden = {"user_id", "page_id", "ask_at"}
    found = [as_data(each, leave_out=hidden) for each in queries.reviews_by(uow, user_id)]
    return [*sent, *got, *did, *found]


def purge_pages(uow: UnitOfWork, days: int) -> int:
    """Empties words that are too old; deletes pages of a year, and of whoever was erased."""
    count = queries.forget_words(uow, uow.now - timedelta(days=max(days, 1)))
    longest = max(timedelta(days=days), A_YEAR)
    count += queries.forget_pages(uow, queries.old_pages(uow, uow.now - longest))
    return count + _forget(uow, queries.ended(uow, FORGOTTEN))


def warn_of_pages(uow: UnitOfWork, user_id: str) -> str:
    """Whoever is on an open page should not just vanish."""
    had = [each for each in page_queries.open_pages(uow) if each.acknowledged_by == user_id]
    return words.ON_A_PAGE if had else ""


def erase_turns(uow: UnitOfWork, user_id: str) -> int:
    """Takes somebody out of rotations and escalation policies; nobody else's turn moves."""
    left = sum(leaving.take_out(uow, row, user_id) for row in rotation_queries.rotations(uow))
    pages, policies, turns, events = queries.naming(uow, user_id)
    for page in pages:
        page.policy = _policy_without(page.policy, user_id)
    for policy in policies:
        policy.policy = _policy_without(policy.policy, user_id)
    for layer in turns:
        layer.members = [each for each in layer.members if each != user_id]
    for event in events:
        event.text = event.text.replace(f"<@{user_id}>", FORGOTTEN).replace(user_id, FORGOTTEN)
    uow.session.flush()
    count = left + sum(map(len, (pages, policies, turns, events)))
    return count + queries.leave_rotations(uow, user_id)


def export_turns(uow: UnitOfWork, user_id: str) -> list[Record]:
    """Where somebody takes turns, their swaps and shifts, and the policies that name them."""
    names = queries.rotation_names(uow)
    _, policies, turns, _ = queries.naming(uow, user_id)
    swaps, shifts = queries.overrides_of(uow, user_id), queries.shifts_of(uow, user_id)
    return [
        *({"takes turns in": names.get(each.rotation_id), "every": each.every} for each in turns),
        *({"stands in the policy": each.name} for each in policies),
        *(_turn(swap, names) for swap in swaps),
        *(_turn(shift, names) for shift in shifts),
    ]


def purge_turns(uow: UnitOfWork, _days: int) -> int:
    """Deletes swaps and shifts of more than a year ago."""
    return queries.forget_old_turns(uow, uow.now - A_YEAR)


def warn_of_turns(uow: UnitOfWork, user_id: str) -> str:
    """Whoever is on call should not just vanish."""
    told = ""
    for row in rotation_queries.rotations(uow):
        rotation = layers.rotation_of(uow, row)
        if rules.on_call(rotation, uow.now) != user_id:
            continue
        others = replace(rotation, able=rotation.able - {user_id})
        if rules.on_call(others, uow.now) is None:
            return words.NOBODY_LEFT
        told = words.SOMEBODY_ELSE
    return told


def _forget(uow: UnitOfWork, page_ids: Collection[UUID]) -> int:
    """Deletes pages, also where they are shown."""
    erased = Message(mrkdwn("{text}", text=words.ERASED))
    for key in queries.messages_of(uow, page_ids):
        if uow.outbox.knows(key):
            uow.outbox.revise(f"{key}:erased:{new_id()}", of=key, message=erased)
    return queries.forget_pages(uow, page_ids)


def _policy_without(policy: dict[str, Any], user_id: str) -> dict[str, Any]:
    """The policy without somebody; a level that had nobody else is for whomever the page is for."""
    own = f"person:{user_id}"

    def without(level: dict[str, Any]) -> dict[str, Any]:
        left = [each for each in level["contacts"] if each != own]
        return level | {"contacts": left or [TARGET]}

    return policy | {"levels": [without(each) for each in policy["levels"]]}


def _turn(row: RotationOverrideRow | RotationShiftRow, names: dict[UUID, str]) -> Record:
    others = {"rotation_id", "user_id", "instead_of", "made_by"}
    return {"rotation": names.get(row.rotation_id, "")} | as_data(row, leave_out=others)


KEPT: Final = (
    Kept(
        "pages",
        words.PAGES,
        words.PAGES_FOR,
        (PageRow, PageStepRow, PageEventRow, PageResponderRow, PageReviewRow),
        export_pages,
        erase_pages,
        purge_pages,
        stays=words.PAGES_STAY,
        warning=warn_of_pages,
    ),
    Kept(
        "on call",
        words.ON_CALL,
        words.ON_CALL_FOR,
        (
            EscalationPolicyRow,
            RotationRow,
            RotationLayerRow,
            RotationOverrideRow,
            RotationFeedRow,
            RotationShiftRow,
        ),
        export_turns,
        erase_turns,
        purge_turns,
        stays=words.ON_CALL_STAYS,
        warning=warn_of_turns,
    ),
)
