"""How people are called in other services, as they tell it themselves."""

from bot.core import boards
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.queries import logins as queries


def link(uow: UnitOfWork, user_id: str, service: str, login: str) -> bool:
    """Notes how somebody is called; returns whether somebody else says the same of themselves.

    Nobody has to prove it: it only picks from what they may see anyway.
    """
    queries.link(uow, user_id, service, login)
    boards.touch(uow, [user_id])
    return queries.has_another(uow, user_id, service, login)


def unlink(uow: UnitOfWork, user_id: str, service: str) -> str | None:
    """Forgets how somebody is called, and returns it; None: it was not known."""
    login = queries.of_person(uow, user_id).get(service)
    queries.unlink(uow, user_id, service)
    boards.touch(uow, [user_id])
    return login


def linked(uow: UnitOfWork, user_id: str, service: str) -> str | None:
    """How somebody is called, if they told it."""
    return queries.of_person(uow, user_id).get(service)
