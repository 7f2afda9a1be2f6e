"""Ends asks and takes along those that hang on them: the one way out of waiting."""

from uuid import UUID

from bot.core import people
from bot.core.events import AskReopened, AskSettled
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.models import AskRow
from bot.features.asks.rules.notices import Notice
from bot.features.asks.rules.states import PASSED_ON, UNSETTLED, WAITING, How, Relation, State
from bot.features.asks.service import clocks, digested, drawing, notices


def settle(
    uow: UnitOfWork, ask: AskRow, to: State, *, by: str = "", how: How, words: str = ""
) -> bool:
    """Ends an ask; returns False if it was over before, or nothing is to be done.

    What it came from and what came from it ends with it, as far as it answers them.
    """
    if not _end(uow, ask, to, by=by, how=how, words=words):
        return False
    drawing.redraw_of(uow, ask)
    return True


def reopen(uow: UnitOfWork, ask: AskRow) -> bool:
    """Has an ask wait again, with the due time it had; what ended with it waits for it again."""
    parent = queries.get(uow, ask.parent_id) if ask.parent_id else None
    if parent is not None and not _wait_for_child(uow, parent, ask):
        return False
    if not queries.move(uow, ask, State.OPEN, nudge_at=uow.now):
        return False
    ask.round += 1
    uow.session.flush()
    uow.tell(AskReopened(team_id=uow.team_id, ask_id=ask.id))
    drawing.redraw_of(uow, ask)
    notices.redraw(uow, ask)
    digested.follow(uow, ask)
    if parent is not None and ask.relation == Relation.TURNED:
        pause(uow, parent)
    return True


def pause(uow: UnitOfWork, ask: AskRow) -> None:
    """The clock stands still while the asker owes an answer."""
    if ask.paused_at is None and ask.state in WAITING:
        ask.paused_at, ask.nudge_at = uow.now, None
        uow.session.flush()
        queries.note_step(uow, ask.id, "paused")
        notices.settle(uow, ask)


def resume(uow: UnitOfWork, ask_id: UUID | None) -> None:
    """The clock goes on, and the due time has moved by what would have been counted."""
    ask = queries.get(uow, ask_id) if ask_id else None
    answerer = people.find(uow.session, uow.team_id, ask.answerer_id) if ask else None
    if ask is None or answerer is None or ask.paused_at is None or ask.state not in UNSETTLED:
        return
    clock = queries.clock_of(ask).paused(ask.paused_at, uow.now, answerer.working_time)
    ask.paused_at = None
    ask.round += 1
    if ask.state == State.DELEGATED:  # it has a new clock when it comes back
        uow.session.flush()
        queries.note_step(uow, ask.id, "resumed")
        return
    if ask.state not in {State.ACCEPTED, State.OPEN}:
        queries.move(uow, ask, State.OPEN)
    clocks.set_clock(uow, ask, clock, answerer)
    queries.note_step(uow, ask.id, "resumed")
    drawing.redraw_of(uow, ask)


def give_back(uow: UnitOfWork, ask: AskRow, by: str) -> None:
    """What was passed on comes back to who had it, with a new clock."""
    if ask.state == State.DELEGATED and queries.move(uow, ask, State.OPEN, by=by):
        had_it = people.find(uow.session, uow.team_id, ask.answerer_id)
        if had_it is None or not had_it.is_member:
            leave(uow, ask)
            return
        clocks.restart(uow, ask)
        notices.tell(uow, ask, Notice.RETURNED, ask.answerer_id)


def leave(uow: UnitOfWork, ask: AskRow) -> None:
    """Ends an ask whose answerer is no full member any more.

    Who passed it on to them has it again; else who was asked, too, has it from now on; else the
    asker hears that nobody is asked any more.
    """
    if ask.relation not in PASSED_ON and _goes_to_heir(uow, ask):
        return
    to = State.DECLINED if ask.relation in PASSED_ON else State.EXPIRED
    is_told = ask.relation != Relation.DELEGATED and not queries.of_group(uow, ask)
    if settle(uow, ask, to, by=ask.answerer_id, how=How.LEFT) and is_told:
        notices.tell(uow, ask, Notice.LEFT, ask.asker_id)


def _goes_to_heir(uow: UnitOfWork, ask: AskRow) -> bool:
    """Has the first of those who were asked, too, hold it as if passed on; False: there is none."""
    asked = [each for each in queries.children(uow, ask.id) if each.relation == Relation.ESCALATED]
    heirs = [each for each in asked if each.state in UNSETTLED]
    if not heirs or not queries.move(uow, ask, State.DELEGATED, by=ask.answerer_id, nudge_at=None):
        return False
    heirs[0].relation = Relation.DELEGATED
    notices.settle(uow, ask)
    notices.tell(uow, ask, Notice.PASSED_ON, ask.asker_id)
    drawing.redraw_of(uow, ask)
    return True


def _end(
    uow: UnitOfWork, ask: AskRow, to: State, *, by: str = "", how: How, words: str = ""
) -> bool:
    if not queries.move(uow, ask, to, by=by, how=how, words=words):
        return False
    is_answered = to is State.ANSWERED
    team_id, ask_id = uow.team_id, ask.id
    uow.tell(
        AskSettled(team_id=team_id, ask_id=ask_id, is_answered=is_answered, by=by, state=to.value)
    )
    notices.settle(uow, ask)
    if is_answered:
        _answer_group(uow, ask, by)
    _settle_children(uow, ask, to, by)
    _tell_parent(uow, ask, to, by)
    if to in {State.ANSWERED, State.DECLINED}:
        _tell_asker(uow, ask, to, how)
    return True


def _wait_for_child(uow: UnitOfWork, parent: AskRow, child: AskRow) -> bool:
    """Whether what an ask came from waits with it; what it had answered does so again."""
    match child.relation:
        case Relation.DELEGATED | Relation.STAND_IN if parent.state == State.ANSWERED:
            if not queries.move(uow, parent, State.DELEGATED):
                return False
            uow.tell(AskReopened(team_id=uow.team_id, ask_id=parent.id))
            return True
        case Relation.DELEGATED | Relation.STAND_IN:
            return parent.state == State.DELEGATED
        case Relation.ESCALATED if parent.state == State.ANSWERED:
            return reopen(uow, parent)
    return parent.state in WAITING


def _answer_group(uow: UnitOfWork, ask: AskRow, by: str) -> None:
    for other in queries.of_group(uow, ask):
        _end(uow, other, State.ANSWERED, by=by, how=How.OTHER)


def _settle_children(uow: UnitOfWork, ask: AskRow, to: State, by: str) -> None:
    for child in queries.children(uow, ask.id):
        if child.state in UNSETTLED:
            is_same = to is State.ANSWERED and child.relation != Relation.TURNED
            end = State.ANSWERED if is_same else State.WITHDRAWN
            _end(uow, child, end, by=by, how=How.OTHER)


def _tell_parent(uow: UnitOfWork, ask: AskRow, to: State, by: str) -> None:
    if ask.relation == Relation.TURNED:
        resume(uow, ask.parent_id)
        _tell_who_asked_back(uow, ask)
        return
    parent = queries.get(uow, ask.parent_id) if ask.parent_id else None
    if parent is None or parent.state not in UNSETTLED:
        return
    if to is State.ANSWERED:
        _end(uow, parent, State.ANSWERED, by=by, how=How.OTHER)
    elif ask.relation in PASSED_ON and to in {State.EXPIRED, State.WENT_AHEAD}:
        _end(uow, parent, to, how=How.CLOCK)
    elif ask.relation in PASSED_ON and to in {State.DECLINED, State.WITHDRAWN}:
        give_back(uow, parent, by)


def _tell_who_asked_back(uow: UnitOfWork, ask: AskRow) -> None:
    """Who asked back by writing to Baton hears the answer with what waits for them again."""
    parent = queries.get(uow, ask.parent_id) if ask.parent_id else None
    if parent is not None and parent.state in WAITING and ask.channel_id.startswith("D"):
        notices.tell(uow, parent, Notice.RESUMED, parent.answerer_id)


def _tell_asker(uow: UnitOfWork, ask: AskRow, to: State, how: How) -> None:
    """Of what was said in a thread of theirs Slack tells the asker itself."""
    if how is How.LEFT:
        return  # told by whom it ends, or not at all: the asker left
    if ask.relation == Relation.DELEGATED and to is State.DECLINED:
        return  # whoever had it before has it again
    if ask.relation == Relation.TURNED and ask.channel_id.startswith("D"):
        return  # told with what waits for them again
    if ask.urgency == clocks.URGENT and to is State.ANSWERED and how is not How.OTHER:
        notices.tell(uow, ask, Notice.WAS_URGENT, ask.answerer_id)
    is_heard = how in {How.REPLY, How.REACTION, How.ASKER} and _is_theirs(uow, ask)
    if not is_heard and how is not How.OTHER:
        notices.tell(uow, ask, Notice(to), ask.asker_id)


def _is_theirs(uow: UnitOfWork, ask: AskRow) -> bool:
    """Whether the asker wrote in that thread themselves."""
    text = queries.text(uow, ask.text_id)
    return text is None or bool(text.completes_ts)
