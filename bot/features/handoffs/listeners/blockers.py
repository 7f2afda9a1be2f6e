"""Blockers: what people type and press about them, and what changes them."""

from bot.core import people
from bot.core.blocks import Message
from bot.core.boards import BoardSection
from bot.core.bot import Bot
from bot.core.digests import DigestSection, Reader
from bot.core.events import (
    AskReopened,
    AskSettled,
    ButtonPressed,
    Command,
    FormSubmitted,
    Interaction,
    PersonLeft,
)
from bot.core.people import Person
from bot.core.render import clean
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import blockers as messages
from bot.features.handoffs.messages import refusals
from bot.features.handoffs.modals import blockers as modals
from bot.features.handoffs.rules.blockers import Request, parse
from bot.features.handoffs.service import blockers, blockers_shown


def follow_end(event: AskSettled, uow: UnitOfWork) -> None:
    """An ask is settled."""
    blockers.follow_end(uow, event)


def follow_reopening(event: AskReopened, uow: UnitOfWork) -> None:
    """Somebody waits for an ask again."""
    blockers.follow_reopening(uow, event.ask_id)


class Blocking:
    """What needs the ledger of asks."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def note(self, event: Command, uow: UnitOfWork) -> Reply:
        """Somebody types /handoff blocked."""
        request = parse(event.text)
        what = clean(people.readable(uow.session, uow.team_id, request.what)).strip()
        if not request.people or not what:
            return OpenForm(modals.blocked(event.channel_id, request.people, what))
        if event.user_id in request.people:
            return Answer(refusals.said(refusals.YOURSELF_WAITED_FOR))
        return Answer(self._noted(uow, event, event.channel_id, Request(request.people, what)))

    def submit(self, event: FormSubmitted, uow: UnitOfWork) -> Reply:
        """The form is sent off."""
        who, said = event.chosen.get(modals.WHO, ()), event.values.get(modals.WHAT, "")
        what = clean(said).strip()
        if not who or event.user_id in who:
            wrong = refusals.YOURSELF_WAITED_FOR if who else refusals.NOBODY_PICKED
            return FieldErrors({modals.WHO: wrong})
        if not what:
            return FieldErrors({modals.WHAT: refusals.NO_WHAT_FOR})
        return ShowNext(modals.told(self._noted(uow, event, event.reference, Request(who, what))))

    def show(self, event: Command, uow: UnitOfWork) -> Reply:
        """Somebody types /handoff blockers."""
        person = people.find(uow.session, uow.team_id, event.user_id)
        if person is None:
            return Answer(refusals.said(messages.NOTHING))
        asks = self._bot.asks
        by = blockers_shown.blocking(uow, asks, person)
        return Answer(messages.listed(by, blockers_shown.blocked_by(uow, asks, person)))

    def close(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """One of the two says that it blocks nobody any more."""
        row, person = blockers.find(uow, event.value), self._person(uow, event)
        if row is None or person is None:
            return Answer(refusals.said(messages.CLOSED_BEFORE))
        if event.user_id not in {row.blocked_id, row.blocker_id}:
            return Answer(refusals.said(messages.NOT_YOURS))
        if not blockers.close(uow, self._bot.asks, row, event.user_id):
            return Answer(refusals.said(messages.CLOSED_BEFORE))
        return Answer(messages.closed(blockers_shown.shown(uow, self._bot.asks, row, person)))

    def again(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """One of the two takes that back."""
        row = blockers.find(uow, event.value)
        if row is None or event.user_id not in {row.blocked_id, row.blocker_id}:
            return Answer(refusals.said(messages.NOT_YOURS))
        is_open = blockers.again(uow, self._bot.asks, row)
        return Answer(refusals.said(messages.OPEN_AGAIN if is_open else messages.NOT_AGAIN))

    def follow_departure(self, event: PersonLeft, uow: UnitOfWork) -> None:
        """Somebody's account is not active any more."""
        blockers.follow_departure(uow, self._bot.asks, event.user_id)

    def in_digest(self, uow: UnitOfWork, reader: Reader) -> DigestSection | None:
        """What is in the reader's way."""
        return messages.in_digest(blockers_shown.blocking(uow, self._bot.asks, reader.person))

    def over_in_digest(self, uow: UnitOfWork, reader: Reader) -> DigestSection | None:
        """What was, until after their last digest."""
        asks = self._bot.asks
        found = blockers_shown.unblocked(uow, asks, reader.person, reader.since)
        return messages.over_in_digest(found)

    def board(self, uow: UnitOfWork, person: Person) -> BoardSection:
        """What is in the way of a board's owner."""
        return messages.on_board(blockers_shown.blocking(uow, self._bot.asks, person))

    def _noted(
        self, uow: UnitOfWork, event: Command | FormSubmitted, channel_id: str, said: Request
    ) -> Message:
        """Notes what somebody said of each of them, and tells what is noted."""
        asks, person = self._bot.asks, self._person(uow, event)
        how = event.view_id if isinstance(event, FormSubmitted) else event.trigger_id
        found = []
        for user_id in said.people:
            row = blockers.note(
                uow,
                asks,
                key=f"said:{how}:{user_id}",
                channel_id=channel_id,
                blocked_id=event.user_id,
                blocker_id=user_id,
                what=said.what,
            )
            if row is not None and person is not None:
                told = blockers_shown.shown(uow, asks, row, person)
                is_new = row.key == f"said:{how}:{user_id}"
                found.append((told, blockers_shown.why_not(uow, row), is_new))
        return messages.noted(found)

    def _person(self, uow: UnitOfWork, event: Interaction) -> Person | None:
        return people.find(uow.session, uow.team_id, event.user_id)
