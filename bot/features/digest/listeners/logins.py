"""How somebody says who they are in other services."""

from bot.core.events import ButtonPressed, Command
from bot.core.replies import Answer, Replace
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages import logins as messages
from bot.features.digest.rules.logins import GITHUB, SERVICES, read_login
from bot.features.digest.service import logins


def link(event: Command, uow: UnitOfWork) -> Answer:
    """Somebody types /baton link."""
    service, _, typed = event.text.partition(" ")
    if not service or (service.lower() == GITHUB and not typed):
        return Answer(messages.shown(logins.linked(uow, event.user_id, GITHUB)))
    if service.lower() not in SERVICES:
        return Answer(messages.unknown_service())
    login = read_login(typed.strip())
    if login is None:
        return Answer(messages.no_login())
    is_shared = logins.link(uow, event.user_id, GITHUB, login)
    return Answer(messages.linked(login, is_shared=is_shared))


def unlink(event: Command, uow: UnitOfWork) -> Answer:
    """Somebody types /baton unlink."""
    if event.text.lower() not in {"", *SERVICES}:
        return Answer(messages.unknown_service())
    login = logins.unlink(uow, event.user_id, GITHUB)
    return Answer(messages.unlinked(login) if login else messages.nothing_linked())


def unlink_pressed(event: ButtonPressed, uow: UnitOfWork) -> Replace:
    """Somebody takes their login back."""
    login = logins.unlink(uow, event.user_id, GITHUB)
    return Replace(messages.unlinked(login) if login else messages.nothing_linked())


def link_again(event: ButtonPressed, uow: UnitOfWork) -> Replace:
    """Somebody takes that back, too."""
    is_shared = logins.link(uow, event.user_id, GITHUB, event.value)
    return Replace(messages.linked(event.value, is_shared=is_shared))
