"""The step of a workflow: a draft that its named owner confirms, or not."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core import attention, channels, message_store, people
from bot.core.attention import Route, Urgency
from bot.core.blocks import Message
from bot.core.events import MessageNotSent, MessageSent, StepStarted
from bot.core.ids import known_id
from bot.core.keeping import Kept, Record, plain
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.decisions.messages import steps as messages
from bot.features.decisions.models import DecisionDraftRow, DecisionRow
from bot.features.decisions.queries import registry
from bot.features.decisions.queries import steps as queries
from bot.features.decisions.rules import workflow as rules
from bot.features.decisions.rules.permalinks import Address
from bot.features.decisions.rules.registry import Decision, Fields, Place, Status, name_of
from bot.features.decisions.service import capture, placing, recording

_NOT_DECIDED: Final = frozenset({Status.PROPOSED, Status.REJECTED})


def start(event: StepStarted, uow: UnitOfWork) -> None:
    """A workflow came to the step: asks the owner it names, or ends with what is wrong with it."""
    execution = event.execution_id
    if uow.outbox.knows(rules.end_key(execution)):
        return
    draft = _draft_of(uow, event)
    if isinstance(draft, str):
        uow.outbox.fail_step(rules.end_key(execution), execution, draft)
        return
    row = queries.add(uow, execution, draft)
    if row is not None:
        _ask(uow, row)


def due(session: Session, now: datetime, limit: int) -> list[tuple[str, UUID]]:
    """(team, id) of the steps to be looked at by now."""
    return queries.due(session, now, limit)


def look(uow: UnitOfWork, step_id: UUID) -> None:
    """Asks an owner who could not be reached before, or ends what waited for too long."""
    row = queries.get(uow, step_id)
    if row is None or row.look_at is None or row.look_at > uow.now:
        return
    if uow.now >= row.opened_at + rules.WAITS:
        was_asked = uow.outbox.knows(rules.ask_key(row.execution))
        _give_up(uow, row, messages.NO_ANSWER if was_asked else messages.NOT_REACHED)
    else:
        _ask(uow, row)


def begun(uow: UnitOfWork, reference: str, user_id: str) -> Fields | None:
    """What the form begins with; None: the step is over, asks somebody else, or is hidden."""
    row = _theirs(uow, reference, user_id)
    if row is None or row.look_at is None or not may_see(uow, user_id, row.channel_id):
        return None
    filled = row.filled
    text = _said(uow, row)
    return Fields(filled[rules.TITLE], text, context=filled[rules.WHY], owner_id=user_id)


def log(uow: UnitOfWork, reference: str, user_id: str, fields: Fields) -> Decision | None:
    """Logs what the owner confirmed; None: the step is over, or asks somebody else.

    If somebody logged the thread meanwhile, that decision is what the workflow gets, unless it is
    only proposed, or was rejected: then the step fails.
    """
    row = _theirs(uow, reference, user_id)
    if row is None or not capture.can_be_found(uow, user_id, row.channel_id):
        return None
    if not queries.close(uow, row):
        before = registry.get(uow, row.number) if row.number is not None else None
        return recording.decision(uow, before) if before is not None else None
    fields = replace(fields, owner_id=fields.owner_id or user_id)
    decided = _logged(uow, row) or _add(uow, row, fields)
    if decided.status in _NOT_DECIDED:
        _fail(uow, row, _taken(uow, decided))
        decision = recording.decision(uow, decided)
        _say_instead(uow, row, messages.not_decided(decision))
        return decision
    queries.note_number(uow, row, decided.number)
    is_member = capture.is_member_of(uow, decided.channel_id)
    if is_member:
        recording.post_card(uow, decided)
    decision = recording.decision(uow, decided)
    if decision.permalink or not is_member:
        _end(uow, row, decision.permalink)
    _say_instead(uow, row, messages.logged(decision))
    return decision


def is_other(decision: Decision, fields: Fields, user_id: str) -> bool:
    """Whether a decision is not the one that somebody just confirmed."""
    logged = (decision.status, decision.fields.title, decision.logged_by)
    return logged != (Status.ACCEPTED, fields.title, user_id)


def refuse(uow: UnitOfWork, reference: str, user_id: str) -> bool:
    """The owner says that it is no decision; False: the step is over, or asks somebody else."""
    row = _theirs(uow, reference, user_id)
    if row is None or not queries.close(uow, row):
        return False
    _fail(uow, row, messages.REFUSED)
    _say_instead(uow, row, messages.refused(row.filled[rules.TITLE]))
    return True


def card_out(event: MessageSent, uow: UnitOfWork) -> None:
    """A decision has its place: the workflow that waits for its address goes on."""
    number = placing.number_of(event.key)
    for row in queries.of_decision(uow, number) if number is not None else ():
        _end(uow, row, uow.workspace.permalink(event.channel_id, event.ts))


def not_sent(event: MessageNotSent, uow: UnitOfWork) -> None:
    """The owner was not reached, or a card got no place."""
    execution = rules.execution_of(event.key)
    row = queries.of_execution(uow, execution) if execution else None
    if row is not None and queries.close(uow, row):
        _fail(uow, row, messages.NOT_REACHED)
    number = placing.number_of(event.key)
    for each in queries.of_decision(uow, number) if number is not None else ():
        _end(uow, each, "")


def _draft_of(uow: UnitOfWork, event: StepStarted) -> dict[str, Any] | str:
    """What is kept of a step that is in order, or the sentence that says what is wrong with it."""
    given = defaultdict(str, event.inputs)
    title = rules.title_of(people.readable(uow.session, uow.team_id, given[rules.TITLE]))
    why = rules.why_of(people.readable(uow.session, uow.team_id, given[rules.WHY]))
    owner_id, channel_id, url = (
        given[each].strip() for each in (rules.OWNER, rules.CHANNEL, rules.MESSAGE_URL)
    )
    owner = people.find(uow.session, uow.team_id, owner_id)
    address = rules.address_in(url, uow.workspace.url, channel_id)
    if not title or len(event.execution_id) > rules.LONGEST_ID:
        return messages.NO_TITLE
    if owner is None or not owner.is_member:
        return messages.NO_OWNER
    is_public = _is_public(uow, channel_id)
    if not may_see(uow, owner_id, channel_id) or not capture.is_member_of(uow, channel_id):
        return messages.NO_CHANNEL if is_public else messages.NOT_THERE
    if url and address is None:
        return messages.NO_MESSAGE if is_public else messages.NOT_THERE
    ts, root_ts = (address.ts, _root_of(uow, address)) if address else ("", "")
    logged = registry.of_thread(uow, channel_id, root_ts) if root_ts else None
    if logged is not None:
        return _taken(uow, logged)
    return {
        "user_id": owner_id,
        "channel_id": channel_id,
        "message_ts": ts,
        "root_ts": root_ts,
        "author_id": _author_of(uow, channel_id, ts),
        "filled": {rules.TITLE: title, rules.WHY: why},
    }


def _taken(uow: UnitOfWork, row: DecisionRow) -> str:
    """Why a thread's decision ends a step; whoever builds workflows may not see the channel."""
    if not _is_public(uow, row.channel_id):
        return messages.NOT_THERE
    return messages.taken(name_of(row.number), Status(row.status))


def _is_public(uow: UnitOfWork, channel_id: str) -> bool:
    channel = channels.find(uow.session, uow.team_id, channel_id)
    return channel is not None and not channel.is_private


def _root_of(uow: UnitOfWork, address: Address) -> str:
    """The thread of a message, also where its address does not name it."""
    place = (address.channel_id, address.ts)
    message = message_store.find(uow.session, uow.team_id, *place)
    return message.thread_root if message is not None else address.root_ts


def _author_of(uow: UnitOfWork, channel_id: str, ts: str) -> str:
    message = message_store.find(uow.session, uow.team_id, channel_id, ts)
    is_quoted = message is not None and not attention.is_off(uow, message.user_id)
    return message.user_id if message is not None and is_quoted else ""


def _said(uow: UnitOfWork, row: DecisionDraftRow) -> str:
    """The message that the workflow links to, as people read it."""
    message = message_store.find(uow.session, uow.team_id, row.channel_id, row.message_ts)
    if message is None or not row.author_id or attention.is_off(uow, row.author_id):
        return ""
    return people.readable(uow.session, uow.team_id, message.text)


def _ask(uow: UnitOfWork, row: DecisionDraftRow) -> None:
    """Asks the owner when they are open to it; the step waits for seven days from its start."""
    owner, end = people.find(uow.session, uow.team_id, row.user_id), row.opened_at + rules.WAITS
    key = rules.ask_key(row.execution)
    if owner is None or uow.outbox.knows(key):
        queries.wait(uow, row, end)
        return
    filled = row.filled
    told = messages.ask(str(row.id), filled[rules.TITLE], filled[rules.WHY], row.channel_id)
    route = attention.reach(uow, key, owner, told, urgency=Urgency.ROUTINE)
    if route is Route.NEVER:
        _give_up(uow, row, messages.NOT_REACHED)
        return
    opens_at = None if route is Route.NOW else attention.opens_at(uow, owner)
    queries.wait(uow, row, min(opens_at or end, end))


def _give_up(uow: UnitOfWork, row: DecisionDraftRow, sentence: str) -> None:
    if queries.close(uow, row):
        _fail(uow, row, sentence)
        _say_instead(uow, row, messages.too_late(row.filled[rules.TITLE]))


def _theirs(uow: UnitOfWork, reference: str, user_id: str) -> DecisionDraftRow | None:
    row = queries.get(uow, known_id(reference))
    return row if row is not None and row.user_id == user_id else None


def _logged(uow: UnitOfWork, row: DecisionDraftRow) -> DecisionRow | None:
    return registry.of_thread(uow, row.channel_id, row.root_ts) if row.root_ts else None


def _add(uow: UnitOfWork, row: DecisionDraftRow, fields: Fields) -> DecisionRow:
    place = Place(row.channel_id, row.message_ts, row.root_ts)
    added = recording.add(uow, fields, place, by=row.user_id, author_id=row.author_id)
    found = added or _logged(uow, row)
    if found is None:
        raise AssertionError("a decision that was just logged is gone")
    return found


def _end(uow: UnitOfWork, row: DecisionDraftRow, permalink: str) -> None:
    """The workflow goes on; where nothing could be posted it gets the channel's address."""
    outputs = {
        rules.DECISION_ID: name_of(row.number or 0),
        rules.DECISION_URL: permalink or uow.workspace.address(row.channel_id),
    }
    uow.outbox.end_step(rules.end_key(row.execution), row.execution, outputs)


def _fail(uow: UnitOfWork, row: DecisionDraftRow, sentence: str) -> None:
    uow.outbox.fail_step(rules.end_key(row.execution), row.execution, sentence)


def _say_instead(uow: UnitOfWork, row: DecisionDraftRow, message: Message) -> None:
    """Puts what came of it in the place of the question."""
    key = rules.ask_key(row.execution)
    uow.outbox.revise(f"{key}:over", of=key, message=message)


def _erase(uow: UnitOfWork, user_id: str) -> int:
    """No workflow waits any longer for somebody of whom nothing is kept."""
    for row in queries.of_owner(uow, user_id):
        if queries.close(uow, row):
            _fail(uow, row, messages.OWNER_ERASED)
    return queries.forget(uow, user_id)


def _export(uow: UnitOfWork, user_id: str) -> list[Record]:
    return [
        {"channel": row.channel_id, "at": plain(row.opened_at), **row.filled}
        for row in queries.of_owner(uow, user_id)
    ]


KEPT = Kept("workflow steps", messages.KEEPS, messages.KEPT_FOR, (), _export, _erase)
