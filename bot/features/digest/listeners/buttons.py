"""What people press in their digest."""

from typing import Final

from bot.core.events import ButtonPressed
from bot.core.replies import Answer, Replace, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages import names
from bot.features.digest.messages import opinions as opinion_words
from bot.features.digest.messages import wishes as wish_words
from bot.features.digest.rules.opinions import DigestOf
from bot.features.digest.rules.wishes import WishFor
from bot.features.digest.service import opinions, wishes


def wish(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """More, or less, of a channel."""
    wanted = WishFor.read(event.value)
    before = wishes.wish(uow, event.user_id, wanted) if wanted else None
    if wanted is None or before is None:
        return Answer(wish_words.gone())
    if before is wanted.wish:
        return Answer(wish_words.holds_already(wanted.channel_id, before))
    return Answer(wish_words.noted(wanted.channel_id, wanted.wish, before))


def undo_wish(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Undo, under the answer to a wish."""
    wanted = WishFor.read(event.value)
    if wanted is None or wishes.wish(uow, event.user_id, wanted) is None:
        return Replace(wish_words.gone())
    return Replace(wish_words.undone(wanted.channel_id, wanted.wish))


def _think(event: ButtonPressed, uow: UnitOfWork, *, is_good: bool) -> Reply:
    digest = DigestOf.read(event.value)
    if digest is None:
        return Answer(opinion_words.gone())
    before = opinions.note(uow, event.user_id, digest, is_good=is_good)
    return Answer(opinion_words.thanks(is_good=is_good, before=before))


def find_good(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """👍."""
    return _think(event, uow, is_good=True)


def find_bad(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """👎."""
    return _think(event, uow, is_good=False)


BUTTONS: Final = {
    names.WISH: wish,
    names.UNDO_WISH: undo_wish,
    names.GOOD: find_good,
    names.BAD: find_bad,
}
