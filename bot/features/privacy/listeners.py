"""The entry points of privacy."""

from collections.abc import Sequence

from bot.core import attention
from bot.core.boards import BoardSection
from bot.core.bot import Bot
from bot.core.events import ButtonPressed, Command, Event, FormSubmitted
from bot.core.people import Person
from bot.core.replies import Answer, OpenForm, Reply, ShowNext, View
from bot.core.unit_of_work import UnitOfWork
from bot.features.privacy import messages, modals, service
from bot.features.privacy.rules import Overview


class Privacy:
    """Entry points that need what all features keep."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def answer_command(self, event: Command, uow: UnitOfWork) -> Reply:
        """Somebody types /baton privacy."""
        match event.text.strip().lower():
            case "":
                return Answer(messages.overview(self._overview(uow, event.user_id)))
            case "export":
                return self._export(uow, event.user_id)
            case "erase":
                return self._form(uow, event.user_id)
            case "off" | "on" as wanted:
                return self._switch(uow, event.user_id, off=wanted == "off")
            case _:
                return Answer(messages.unclear())

    def switch(self, event: Command, uow: UnitOfWork) -> Reply:
        """Somebody types /baton off or /baton on."""
        return self._switch(uow, event.user_id, off=event.verb == "off")

    def show(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Somebody wants to see what is kept of them."""
        return OpenForm(modals.overview(self._overview(uow, event.user_id)))

    def export(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Somebody wants to have what is kept of them."""
        return self._export(uow, event.user_id)

    def open_form(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Somebody wants it erased, and is asked whether they mean it."""
        return self._form(uow, event.user_id)

    def erase(self, event: FormSubmitted, uow: UnitOfWork) -> Reply:
        """Somebody means it, if they were asked."""
        if event.reference != event.user_id:
            return ShowNext(self._erase_form(uow, event.user_id))
        alone = bool(event.chosen.get(modals.ALONE))
        erased = service.erase(uow, self._bot.kept, event.user_id, leave_alone=alone)
        self._emit(service.switched(uow, event.user_id) if erased.is_off else [], uow)
        return ShowNext(modals.erased(erased))

    def _overview(self, uow: UnitOfWork, user_id: str) -> Overview:
        has_model = not self._bot.drafter.is_plain
        return service.overview(uow, self._bot.kept, user_id, has_model=has_model)

    def _export(self, uow: UnitOfWork, user_id: str) -> Reply:
        count = service.export(uow, self._bot.kept, user_id)
        return Answer(messages.cannot_write() if count is None else messages.on_its_way(count))

    def _form(self, uow: UnitOfWork, user_id: str) -> Reply:
        return OpenForm(self._erase_form(uow, user_id))

    def _erase_form(self, uow: UnitOfWork, user_id: str) -> View:
        return modals.erase_form(self._overview(uow, user_id), user_id)

    def _switch(self, uow: UnitOfWork, user_id: str, *, off: bool) -> Reply:
        changed = service.switch(uow, user_id, off=off)
        self._emit(changed, uow)
        if not changed:
            return Answer(messages.is_so_already(off=off))
        return Answer(messages.is_off() if off else messages.is_on())

    def _emit(self, events: Sequence[Event], uow: UnitOfWork) -> None:
        for event in events:
            self._bot.emit(event, uow)


def board(uow: UnitOfWork, person: Person) -> list[BoardSection]:
    """One small line, and the way back for somebody who is off."""
    return messages.on_board(is_off=attention.is_off(uow, person.user_id))
