"""Who tries the red phone out."""

from bot.core.events import Command
from bot.core.ids import new_id
from bot.core.replies import OpenForm
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import drills as messages
from bot.features.redphone.rules.pages import Origin
from bot.features.redphone.service import command as service


def answer_command(event: Command, uow: UnitOfWork) -> OpenForm:
    """Somebody types /redphone drill."""
    origin = Origin(str(new_id()), event.channel_id, is_drill=True)
    what = service.readable(uow, event.text.strip()) or messages.WHAT
    return OpenForm(service.fresh(uow, event.user_id, origin, what))
