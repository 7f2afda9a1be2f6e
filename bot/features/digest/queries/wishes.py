"""Every statement on what people wish of channels."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select

from bot.core.db import affected, upsert
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.models import DigestWishRow
from bot.features.digest.rules.wishes import Wish


def of_person(uow: UnitOfWork, user_id: str) -> Mapping[str, Wish]:
    """What somebody wishes, by channel; of the others they read as usual."""

    def read(ids: Sequence[str]) -> dict[str, dict[str, Wish]]:
        theirs = (DigestWishRow.team_id == uow.team_id) & DigestWishRow.user_id.in_(ids)
        columns = (DigestWishRow.user_id, DigestWishRow.channel_id, DigestWishRow.wish)
        found: dict[str, dict[str, Wish]] = {}
        for who, channel_id, wish in uow.session.execute(select(*columns).where(theirs)):
            found.setdefault(who, {})[channel_id] = Wish(wish)
        return found

    return uow.for_reader("wishes", user_id, read) or {}


def wish(uow: UnitOfWork, user_id: str, channel_id: str, wish: Wish) -> None:
    """Notes what somebody wishes of a channel from now on; as usual needs no row."""
    key = {"team_id": uow.team_id, "user_id": user_id, "channel_id": channel_id}
    if wish is not Wish.USUAL:
        upsert(uow.session, DigestWishRow, {**key, "wish": wish})
        return
    theirs = delete(DigestWishRow).where(
        DigestWishRow.team_id == uow.team_id,
        DigestWishRow.user_id == user_id,
        DigestWishRow.channel_id == channel_id,
    )
    affected(uow.session, theirs)
