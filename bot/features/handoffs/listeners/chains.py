"""What people type and press about chains."""

from uuid import UUID

from bot.core import people
from bot.core.events import ButtonPressed, Command
from bot.core.replies import Answer, Replace, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import chains as messages
from bot.features.handoffs.rules.chains import Look, Request, Verb, parse, unwritten
from bot.features.handoffs.service import chains


def answer_command(event: Command, uow: UnitOfWork) -> Reply:
    """Somebody types /handoff chain."""
    request = parse(event.text)
    look = _look(uow, event.channel_id, event.user_id)
    if request.verb in {Verb.HELP, Verb.UNCLEAR}:
        return Answer(messages.how(is_unclear=request.verb is Verb.UNCLEAR))
    if look is None:
        return Answer(messages.not_here())
    if request.verb is Verb.SHOW:
        view = chains.view(uow, event.channel_id, look.reader, request.name)
        return Answer(messages.shown(view, look, request.name))
    if not chains.may_change(uow, event.channel_id, event.user_id):
        return Answer(messages.only_members(event.channel_id))
    return _change(uow, look, request)


def undo(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody takes back what they just changed."""
    chain_id, version, before = event.value.split("|", maxsplit=2)
    channel_id = chains.channel_of(uow, UUID(chain_id))
    look = _look(uow, channel_id, event.user_id)
    if look is None:
        return Replace(messages.changed_meanwhile())
    if not chains.may_change(uow, channel_id, event.user_id):
        return Answer(messages.only_members(channel_id))
    people_before = unwritten(before)
    chain = chains.put_back(uow, UUID(chain_id), version, people_before, by=event.user_id)
    return Replace(messages.undone(chain, look) if chain else messages.changed_meanwhile())


def _change(uow: UnitOfWork, look: Look, request: Request) -> Answer:
    unable = chains.cannot_carry(uow, look.channel_id, request.people)
    if unable:
        return Answer(messages.cannot_carry(unable))
    place = (look.channel_id, request.name)
    found = chains.change(uow, *place, request.people, by=look.reader.user_id)
    if found is None:
        return Answer(messages.nothing_to_end(request.name))
    if found.is_same:
        return Answer(messages.as_it_was(found.chain, look))
    return Answer(messages.changed(found.chain, found.before, look))


def _look(uow: UnitOfWork, channel_id: str, user_id: str) -> Look | None:
    """None: there can be no chain, or none that they may see."""
    reader = people.find(uow.session, uow.team_id, user_id)
    if reader is None or not chains.may_look(uow, channel_id, user_id):
        return None
    return Look(reader, channel_id, uow.now)
