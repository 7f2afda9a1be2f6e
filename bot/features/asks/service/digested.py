"""Has the digest that its reader got today say what became of an ask since."""

from bot.core import people, revisions
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.messages import digest
from bot.features.asks.models import AskRow
from bot.features.asks.rules.states import WAITING, State
from bot.features.asks.service import showing


def follow(uow: UnitOfWork, ask: AskRow) -> None:
    """Marks an ask in its answerer's newest digest; what is over has no menu there any more."""
    reader = people.find(uow.session, uow.team_id, ask.answerer_id)
    text = queries.text(uow, ask.text_id)
    stands_at = (text.card_ts if text else "") or ask.message_ts
    if reader is None or not stands_at:
        return
    state = State(ask.state)
    snoozed = showing.snoozed(uow, ask, reader)
    mark = digest.mark(state, reader.moment(snoozed) if snoozed else "")
    place = (ask.channel_id, stands_at)
    revisions.mark(uow, reader.user_id, place, mark, is_over=state not in WAITING)
