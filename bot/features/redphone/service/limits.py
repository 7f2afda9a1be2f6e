"""Whether somebody may page now, and what else they can do."""

from collections.abc import Sequence

from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.queries import limits as queries
from bot.features.redphone.rules import limits as rules
from bot.features.redphone.rules.limits import Limited
from bot.features.redphone.rules.pages import HUMAN_ROUTE
from bot.features.redphone.service import reviews, rotations


def judge(uow: UnitOfWork, caller_id: str, *, is_drill: bool = False) -> Limited | None:
    """What speaks against another page of somebody's; None: nothing."""
    paged = queries.paged(uow, uow.now - rules.PERIOD)
    if is_drill:
        return rules.judge_drill([each.at for each in paged if each.is_drill], uow.now)
    real = [each for each in paged if not each.is_drill]
    return rules.judge(
        [each.at for each in real if each.caller_id == caller_id],
        [each.at for each in real],
        uow.now,
        is_tightened=reviews.is_tightened(uow, caller_id),
    )


def human_route(uow: UnitOfWork) -> tuple[Sequence[str], Sequence[str]]:
    """What people do where the red phone does not help, as it was set, and who is on call."""
    found = rotations.all_of(uow)
    on_call = [each.person.user_id for each in found if each.person is not None]
    return uow.setting(HUMAN_ROUTE), list(dict.fromkeys(on_call))
