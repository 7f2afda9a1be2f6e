"""What people think of their digests, and what comes of it."""

from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import figure
from bot.features.digest.messages import opinions as messages
from bot.features.digest.queries import opinions as queries
from bot.features.digest.rules import opinions as rules
from bot.features.digest.rules.opinions import DigestOf


def note(uow: UnitOfWork, user_id: str, digest: DigestOf, *, is_good: bool) -> bool | None:
    """Notes what somebody thinks of a digest of theirs; the newest opinion counts.

    Returns whether they found it good until now, None: they had not said.
    """
    before = queries.opinion(uow, user_id, digest.day)
    queries.note(uow, user_id, digest, is_good=is_good)
    return before


def quality(uow: UnitOfWork) -> str:
    """How many digests of each prompt and version were of use, a line each."""
    return messages.quality(
        (each.prompt, figure(each.people, (each.count, each.good / each.count)))
        for each in rules.quality(queries.everybodys(uow))
    )
