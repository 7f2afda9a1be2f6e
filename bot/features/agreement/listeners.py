"""The entry points of the working agreement."""

from collections.abc import Sequence

from bot.core import people
from bot.core.agreement.setting import WORKSPACE, Scope, person_scope
from bot.core.boards import BoardSection
from bot.core.bot import Bot
from bot.core.events import ButtonPressed, Command, FormSubmitted, MessageNotSent, MessageSent
from bot.core.people import Person
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.features.agreement import messages, modals, rules, service


class Settings:
    """Entry points that need to know every setting there is."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def answer_command(self, event: Command, uow: UnitOfWork) -> Reply:
        """Somebody types /baton settings."""
        scope = rules.scope_wanted(event.text, channel_id=event.channel_id, user_id=event.user_id)
        if scope is None:
            return Answer(messages.unclear(event.text))
        return self._open(uow, scope, event.user_id)

    def open_mine(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Somebody wants to see their own settings."""
        return self._open(uow, person_scope(event.user_id), event.user_id)

    def open_workspace(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """An admin wants to see everybody's settings."""
        return self._open(uow, WORKSPACE, event.user_id)

    def save(self, event: FormSubmitted, uow: UnitOfWork) -> Reply:
        """Somebody sends a settings form off."""
        reference = rules.read_reference(event.reference)
        if reference is None or not service.may(uow, event.user_id, reference.scope):
            return ShowNext(modals.not_allowed("Settings"))
        scope = reference.scope
        settings = self._bot.agreement.on(scope.layer)
        given = rules.given_in(event)
        values, wrong = rules.read_form(settings, given)
        if wrong:
            return FieldErrors(wrong)
        title = service.title_of(uow, scope)
        if service.reference(uow, scope, lock=True) != reference:
            fields = service.with_given(service.fields(self._bot, uow, scope), given)
            return ShowNext(self._form(uow, scope, fields, event.user_id, is_again=True))
        changes = service.save(self._bot, uow, scope, values, by=event.user_id)
        return ShowNext(modals.saved(title, changes))

    def switch_off(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Somebody switches something off with one click."""
        return self._switch(event, uow, on=False)

    def switch_on(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Somebody switches something on with one click."""
        return self._switch(event, uow, on=True)

    def refused(self, event: MessageNotSent, uow: UnitOfWork) -> None:
        """Slack does not let Baton post in a channel any more."""
        service.note_refused(uow, self._bot.agreement, event)

    def posted(self, event: MessageSent, uow: UnitOfWork) -> None:
        """It does."""
        service.lift_refused(uow, self._bot.agreement, event)

    def board(self, uow: UnitOfWork, person: Person) -> BoardSection:
        """The settings on somebody's board."""
        is_admin = service.is_admin(uow, person.user_id)
        refused = service.refused_for(self._bot.agreement, uow, person)
        return messages.on_board(refused, is_admin=is_admin)

    def _switch(self, event: ButtonPressed, uow: UnitOfWork, *, on: bool) -> Reply:
        setting = service.switch(self._bot, uow, event.value, event.user_id, on=on)
        if setting is None:
            return Answer(messages.no_such_switch())
        return Answer(messages.switched(setting, on=on))

    def _open(self, uow: UnitOfWork, scope: Scope, user_id: str) -> Reply:
        if not service.knows(uow, scope):
            return Answer(messages.not_here())
        if not service.may(uow, user_id, scope):
            return Answer(messages.not_allowed(service.title_of(uow, scope)))
        return OpenForm(self._form(uow, scope, service.fields(self._bot, uow, scope), user_id))

    def _form(
        self,
        uow: UnitOfWork,
        scope: Scope,
        fields: Sequence[rules.Field],
        reader_id: str,
        *,
        is_again: bool = False,
    ) -> dict[str, object]:
        reader = people.find(uow.session, uow.team_id, reader_id)
        local = reader.working_time.local if reader else lambda instant: instant
        past = service.history(self._bot, uow, scope)
        return modals.settings_form(
            service.title_of(uow, scope),
            service.reference(uow, scope),
            fields,
            [messages.past_line(each, local(each.at)) for each in past],
            note=modals.changed_meanwhile() if is_again else None,
        )
