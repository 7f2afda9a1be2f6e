"""What happens when a page reaches nobody: its caller is told at once what else they can do."""

from collections.abc import Sequence

from bot.core import attention, people
from bot.core.attention import Urgency
from bot.core.blocks import Message
from bot.core.render import Mrkdwn
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import escalating as messages
from bot.features.redphone.messages import progress
from bot.features.redphone.models import PageRow, PageStepRow
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.queries import steps
from bot.features.redphone.rules.policies import TARGET
from bot.features.redphone.rules.states import EventKind, State, StepState
from bot.features.redphone.service import (
    alarming,
    limits,
    notices,
    outside,
    policies,
    standing,
    targets,
    timeline,
)


def exhaust(uow: UnitOfWork, page: PageRow) -> None:
    """Everybody was tried as often as the policy says; anybody can still be on it."""
    if not queries.move(uow, page.id, {State.OPEN}, State.EXHAUSTED, next_at=None):
        return
    page = queries.page(uow, page.id) or page
    made = steps.of(uow, page.id)
    timeline.note(uow, page.id, EventKind.EXHAUSTED)
    standing.record(uow, page, "", "exhausted")
    if uow.outbox.knows(notices.of_caller(page)):  # else the first message to them says so
        what, route = standing.words(uow, page), _route(uow, page)
        told = messages.nobody_answered if made else messages.nobody_there
        _tell_caller(
            uow, page, f"exhausted:{page.position}", told(what, route, is_drill=page.is_drill)
        )
    alarming.say_nobody_answered(uow, page)
    outside.say_nobody_answered(uow, page)
    standing.show(uow, page)
    steps.close(uow, page.id)


def tell_unreached(uow: UnitOfWork, page: PageRow) -> None:
    """If nothing reached anybody, and nothing will by itself, the caller is told, once."""
    made = [each for each in steps.of(uow, page.id) if each.user_id]
    if made and not any(_may_arrive(uow, each) for each in made):
        what, route = standing.words(uow, page), _route(uow, page)
        told = messages.nobody_reached(_people(made), what, route, is_drill=page.is_drill)
        _tell_caller(uow, page, "unreached", told)


def note_nobody(uow: UnitOfWork, page: PageRow, contact: str) -> None:
    """Notes once that there is nobody behind a contact who can be paged."""
    meant = page.target if contact == TARGET else contact
    left = people.names(uow.session, uow.team_id, [meant.partition(":")[2]])
    text = messages.nobody_behind(policies.name_of(uow, meant) or "".join(left.values()))
    known = {(each.kind, each.text) for each in timeline.of(uow, page.id)}
    if (EventKind.NOT_REACHED, text) not in known:
        timeline.note(uow, page.id, EventKind.NOT_REACHED, text=text)


def _route(uow: UnitOfWork, page: PageRow) -> Mrkdwn:
    lines, on_call = limits.human_route(uow)
    return progress.route(lines, [each for each in on_call if each != page.caller_id])


def _tell_caller(uow: UnitOfWork, page: PageRow, fact: str, told: Message) -> None:
    caller = targets.member(uow, page.caller_id)
    if caller is not None:
        key = f"redphone:{page.id}:{fact}"
        attention.reach(uow, key, caller, told, urgency=Urgency.PAGE)


def _may_arrive(uow: UnitOfWork, step: PageStepRow) -> bool:
    is_awaited = step.settle_by is not None and step.settle_by > uow.now
    return step.state == StepState.SENT or (step.state == StepState.QUEUED and is_awaited)


def _people(made: Sequence[PageStepRow]) -> list[str]:
    return list(dict.fromkeys(each.user_id for each in made))
