"""What is kept of people in what other apps post, and how they are called there."""

from collections.abc import Sequence
from datetime import timedelta

from bot.core import revisions, visibility
from bot.core.keeping import Kept, Record, plain, rows
from bot.core.quotations import ERASED
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sight
from bot.features.digest.messages import apps as messages
from bot.features.digest.messages import logins as login_messages
from bot.features.digest.models import DigestAppMessageRow, DigestLoginRow, DigestReviewRow
from bot.features.digest.queries import apps, logins, reviews
from bot.features.digest.rules import apps as rules
from bot.features.digest.rules.apps import AppMessage
from bot.features.digest.rules.logins import names
from bot.features.digest.rules.reviews import KEPT_FOR as REVIEWS_KEPT_FOR
from bot.features.digest.rules.reviews import Told


def _logins(uow: UnitOfWork, user_id: str) -> list[str]:
    return sorted(set(logins.of_person(uow, user_id).values()))


def _about(uow: UnitOfWork, user_id: str) -> list[AppMessage]:
    """What was posted on somebody's behalf or speaks of them, by their name here or their login.

    Anybody can say that a login is theirs, so that counts only where they read it anyway.
    """
    called = _logins(uow, user_id)
    found = apps.speaking_of(uow, user_id, called)
    is_open = _open_to(uow, user_id, [each.channel_id for each in found])
    return [
        each
        for each in found
        if each.account_id == user_id
        or f"<@{user_id}" in each.text
        or (each.channel_id in is_open and any(names(each.text, login) for login in called))
    ]


def _reviews(uow: UnitOfWork, user_id: str) -> list[Told]:
    """What is told of somebody's logins where they read it."""
    found = reviews.of_logins(uow, _logins(uow, user_id))
    is_open = _open_to(uow, user_id, [each.channel_id for each in found])
    return [each for each in found if each.channel_id in is_open]


def _open_to(uow: UnitOfWork, user_id: str, channel_ids: Sequence[str]) -> frozenset[str]:
    sights = visibility.look(uow, user_id, channel_ids).sights
    return frozenset(each for each, sight in sights.items() if sight is Sight.OPEN)


def _export_texts(uow: UnitOfWork, user_id: str) -> list[Record]:
    return [
        {"app": each.app, "at": plain(each.at), "text": each.text} for each in _about(uow, user_id)
    ]


def _erase_texts(uow: UnitOfWork, user_id: str) -> int:
    theirs = _about(uow, user_id)
    revisions.replace(uow, [(each.channel_id, each.ts) for each in theirs], ERASED)
    return sum(apps.erase(uow, each) for each in theirs)


def _purge_texts(uow: UnitOfWork, days: int) -> int:
    oldest = uow.now - rules.KEPT_FOR
    texts = max(oldest, uow.now - timedelta(days=days))
    return apps.forget_old(uow, texts_before=texts, before=oldest)


def _export_reviews(uow: UnitOfWork, user_id: str) -> list[Record]:
    return [
        {"url": each.url, "asked_at": plain(each.asked_at), "settled_at": plain(each.settled_at)}
        for each in _reviews(uow, user_id)
    ]


def _erase_reviews(uow: UnitOfWork, user_id: str) -> int:
    return reviews.forget(uow, _reviews(uow, user_id))


# in this order: which texts and reviews are somebody's is known as long as their login is
KEPT_OF_APPS = (
    Kept(
        "texts of apps",
        messages.KEEPS,
        messages.KEPT_FOR,
        (DigestAppMessageRow,),
        _export_texts,
        _erase_texts,
        _purge_texts,
    ),
    Kept(
        "reviews",
        messages.REVIEWS,
        messages.REVIEWS_FOR,
        (DigestReviewRow,),
        _export_reviews,
        _erase_reviews,
        lambda uow, _days: reviews.forget_old(uow, before=uow.now - REVIEWS_KEPT_FOR),
    ),
    rows(
        "logins",
        DigestLoginRow,
        DigestLoginRow.user_id,
        what=login_messages.KEEPS,
        how_long=login_messages.KEPT_FOR,
    ),
)
