"""Every statement on how people are called in other services."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, exists, select

from bot.core.db import affected, portions, upsert
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.models import DigestLoginRow


def link(uow: UnitOfWork, user_id: str, service: str, login: str) -> None:
    """Somebody is called so from now on."""
    key = {"team_id": uow.team_id, "user_id": user_id, "service": service}
    upsert(uow.session, DigestLoginRow, key | {"login": login})


def unlink(uow: UnitOfWork, user_id: str, service: str) -> bool:
    """Nothing is known any more; returns False if nothing was."""
    theirs = delete(DigestLoginRow).where(
        DigestLoginRow.team_id == uow.team_id,
        DigestLoginRow.user_id == user_id,
        DigestLoginRow.service == service,
    )
    return affected(uow.session, theirs) == 1


def of_person(uow: UnitOfWork, user_id: str) -> dict[str, str]:
    """How somebody is called, by service."""

    def read(ids: Sequence[str]) -> dict[str, dict[str, str]]:
        theirs = (DigestLoginRow.team_id == uow.team_id) & DigestLoginRow.user_id.in_(ids)
        columns = (DigestLoginRow.user_id, DigestLoginRow.service, DigestLoginRow.login)
        found: dict[str, dict[str, str]] = {}
        for who, service, login in uow.session.execute(select(*columns).where(theirs)):
            found.setdefault(who, {})[service] = login
        return found

    return uow.for_reader("logins", user_id, read) or {}


def called(uow: UnitOfWork, service: str, logins: Collection[str]) -> set[str]:
    """Ids of those who say that they have one of these logins."""
    found: set[str] = set()
    for some in portions(sorted(logins)):
        rows = select(DigestLoginRow.user_id).where(
            DigestLoginRow.team_id == uow.team_id,
            DigestLoginRow.service == service,
            DigestLoginRow.login.in_(some),
        )
        found.update(uow.session.scalars(rows))
    return found


def has_another(uow: UnitOfWork, user_id: str, service: str, login: str) -> bool:
    """Whether somebody else says that they are called so, too."""
    others = exists().where(
        DigestLoginRow.team_id == uow.team_id,
        DigestLoginRow.service == service,
        DigestLoginRow.login == login,
        DigestLoginRow.user_id != user_id,
    )
    return bool(uow.session.scalar(select(others)))
