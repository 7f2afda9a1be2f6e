"""What other features do with asks, without knowing this one."""

from datetime import datetime
from uuid import UUID

from bot.core.people import Person
from bot.core.ports import Added, Addition, Draft, NewAsk
from bot.core.replies import View
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import modals, queries
from bot.features.asks.rules.states import How, State
from bot.features.asks.service import adding, composing, forms, settling, showing
from bot.features.asks.service.composing import Composed


class Ledger:
    """The asks feature as its siblings see it: see `bot.core.ports.AskLedger`."""

    def open(self, uow: UnitOfWork, new: NewAsk) -> UUID | None:
        """Asks somebody in somebody's name, once per key; None if they cannot be asked."""
        words = adding.words_of(Draft(new.what, new.context, new.kind))
        if not words.what:
            return None
        composing.compose(
            uow,
            Composed(
                new.key,
                new.asker_id,
                words,
                [new.answerer_id],
                channel_id=new.channel_id,
                deadline=new.due_at if new.due_at and new.due_at > uow.now else None,
            ),
        )
        text = queries.text_made_by(uow, new.key)
        asks = queries.of_text(uow, text.id) if text is not None else ()
        first = [ask for ask in asks if ask.parent_id is None]  # what it was passed on as is not it
        return first[0].id if first else None

    def hold(self, uow: UnitOfWork, ask_id: UUID) -> None:
        """Nobody else settles it meanwhile."""
        queries.get(uow, ask_id, lock=True)

    def close(self, uow: UnitOfWork, ask_id: UUID, *, by: str) -> bool:
        """It is answered; returns False if it was settled before."""
        ask = queries.get(uow, ask_id)
        return ask is not None and settling.settle(uow, ask, State.ANSWERED, by=by, how=How.OTHER)

    def withdraw(self, uow: UnitOfWork, ask_id: UUID) -> bool:
        """Nobody needs it any more; returns False if it was settled before."""
        ask = queries.get(uow, ask_id)
        return ask is not None and settling.settle(uow, ask, State.WITHDRAWN, how=How.OTHER)

    def reopen(self, uow: UnitOfWork, ask_id: UUID) -> bool:
        """Somebody waits for it again; returns False if somebody does, or it cannot be."""
        ask = queries.get(uow, ask_id)
        return ask is not None and ask.closed_at is not None and settling.reopen(uow, ask)

    def due_at(self, uow: UnitOfWork, ask_id: UUID) -> datetime | None:
        """When it is due; None if nobody waits for it."""
        ask = queries.get(uow, ask_id)
        if ask is None or ask.closed_at is not None:
            return None
        return showing.holding(uow, ask).due_at

    def address(self, uow: UnitOfWork, ask_id: UUID, reader: Person) -> str:
        """Where somebody whom it concerns can open it; empty: nowhere."""
        ask = queries.get(uow, ask_id)
        shown = showing.show(uow, ask, reader) if ask is not None else None
        return shown.address if shown is not None else ""

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
