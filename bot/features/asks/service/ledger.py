"""What other features do with asks, without knowing this one."""

from datetime import datetime
from uuid import UUID

from bot.core.ports import Added, Addition, Draft, NewAsk
from bot.core.replies import View
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import modals, queries
from bot.features.asks.rules.shown import Words
from bot.features.asks.rules.states import How, State
from bot.features.asks.service import adding, composing, forms, settling
from bot.features.asks.service.composing import Composed


class Ledger:
    """The asks feature as its siblings see it: see `bot.core.ports.AskLedger`."""

    def open(self, uow: UnitOfWork, new: NewAsk) -> UUID | None:
        """Asks somebody in somebody's name, once per key; None if they cannot be asked."""
        composing.compose(
            uow,
            Composed(
                new.key,
                new.asker_id,
                Words(new.what, new.context),
                [new.answerer_id],
                channel_id=new.channel_id,
                deadline=new.due_at,
            ),
        )
        text = queries.text_made_by(uow, new.key)
        asks = queries.of_text(uow, text.id) if text is not None else ()
        return asks[0].id if asks else None

    def close(self, uow: UnitOfWork, ask_id: UUID, *, by: str) -> bool:
        """It is answered; returns False if it was settled before."""
        ask = queries.get(uow, ask_id)
        return ask is not None and settling.settle(uow, ask, State.ANSWERED, by=by, how=How.OTHER)

    def withdraw(self, uow: UnitOfWork, ask_id: UUID) -> bool:
        """Nobody needs it any more; returns False if it was settled before."""
        ask = queries.get(uow, ask_id)
        return ask is not None and settling.settle(uow, ask, State.WITHDRAWN, how=How.OTHER)

    def due_at(self, uow: UnitOfWork, ask_id: UUID) -> datetime | None:
        """When it is due; None if nobody waits for it."""
        ask = queries.get(uow, ask_id)
        return ask.due_at if ask is not None and ask.closed_at is None else None

    def add(self, uow: UnitOfWork, addition: Addition) -> Added:
        """Posts it under its message, unless it cannot stand there, and completes what it asks."""
        return adding.add(uow, addition)

    def composer(self, uow: UnitOfWork, draft: Draft) -> View | None:
        """The form that asks, with a draft in it."""
        words = adding.words_of(draft)
        return forms.composer(uow, words, people=draft.people, source=draft.source, by=draft.by)

    def post_form(self, _uow: UnitOfWork, draft: Draft) -> View | None:
        """The form that posts in a channel, with a draft in it."""
        return modals.post(draft.what, draft.source)
