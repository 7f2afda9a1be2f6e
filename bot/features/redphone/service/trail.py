"""Notes in the audit trail what somebody did about pages, rotations and escalation policies."""

from enum import StrEnum
from typing import Any

from bot.core import audit
from bot.core.unit_of_work import UnitOfWork


class Thing(StrEnum):
    """What something was done about."""

    PAGE = "page"
    ROTATION = "rotation"
    POLICY = "policy"


def note(
    uow: UnitOfWork,
    thing: Thing,
    verb: str,
    by: str,
    *,
    about: str,
    before: Any = None,
    after: Any = None,
) -> None:
    """Adds a line; `about` names the very thing, `before` and `after` are plain JSON."""
    audit.record(
        uow.session,
        uow.team_id,
        at=uow.now,
        actor_id=by,
        action=action(thing, verb),
        about=about,
        before=before,
        after=after,
    )


def action(thing: Thing, verb: str) -> str:
    """What a line says was done, such as `page.resolved`."""
    return f"{thing}.{verb}"
