"""What the clock does to digests."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, TypeVar

from bot.core import logs
from bot.core.bot import Bot
from bot.core.clock import monotonic
from bot.core.plain_drafter import draft_or_plain
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.rules import channels as channel_rules
from bot.features.digest.rules.languages import Untranslated
from bot.features.digest.rules.mornings import Due
from bot.features.digest.rules.slices import Slice, is_given_up
from bot.features.digest.service import channels, drafting, sending, translating

log = logs.get(__name__)

BATCH: Final = 1_000
PORTION: Final = 25
"""So many readers of a workspace share what is read for them."""
SENDING_SECONDS: Final = 30.0
AT_ONCE: Final = 4
"""Calls side by side: 60 channels at 45 seconds each are through in twelve minutes."""
DRAFTING_SECONDS: Final = 60.0
"""After this long a run takes on nothing more: the next tick goes on."""

T = TypeVar("T")


def draft_ahead(bot: Bot) -> None:
    """Has the talk of those channels worded whose readers' digests come soon."""
    _ahead(bot, drafting.undrafted, drafting.claim_drafts, _draft)


def translate_ahead(bot: Bot) -> None:
    """Has what was worded put into the languages of those whose digests come soon."""
    _ahead(bot, translating.untranslated, translating.claim, _translate)


def _ahead(
    bot: Bot,
    soon: Callable[..., Sequence[tuple[str, Due]]],
    claim: Callable[..., Sequence[T]],
    make: Callable[[Bot, tuple[str, T]], None],
) -> None:
    """Has work done that digests need which come soon, several pieces of it at once."""
    if bot.drafter.is_plain:
        return
    ends = monotonic() + DRAFTING_SECONDS
    while monotonic() < ends:
        with bot.reading() as (session, now):
            due = soon(session, now, BATCH)
        parts = _taken_on(bot, due, claim)
        if not parts:
            return
        with ThreadPoolExecutor(AT_ONCE, "digest-ahead") as calls:
            list(calls.map(partial(make, bot), parts))


def _taken_on(
    bot: Bot, soon: Iterable[tuple[str, Due]], claim: Callable[..., Sequence[T]]
) -> list[tuple[str, T]]:
    """As many pieces of work as there are calls at once, of those that are needed first."""
    parts: list[tuple[str, T]] = []
    for team_id, due in soon:
        try:
            with bot.begin(team_id, during="job") as uow:
                mine = claim(uow, due, limit=AT_ONCE - len(parts))
        except Exception:
            log.exception("digest not drafted", team=team_id)
            continue
        parts += [(team_id, part) for part in mine]
        if len(parts) == AT_ONCE:
            break
    return parts


def _draft(bot: Bot, part: tuple[str, Slice]) -> None:
    """One call, between two units of work; what goes wrong leaves the channel plain."""
    team_id, piece = part
    if is_given_up(piece.needed_at, bot.clock.now()):
        return
    draft = draft_or_plain(bot.drafter, drafting.request(team_id, piece))
    try:
        with bot.begin(team_id, during="job") as uow:
            drafting.keep_draft(uow, piece, draft)
    except Exception:
        log.exception("draft not kept", team=team_id)


def _translate(bot: Bot, part: tuple[str, Untranslated]) -> None:
    """One call, between two units of work; what goes wrong leaves the lines as they are."""
    team_id, piece = part
    draft = draft_or_plain(bot.drafter, translating.request(team_id, piece))
    try:
        with bot.begin(team_id, during="job") as uow:
            translating.keep(uow, piece, draft)
    except Exception:
        log.exception("translation not kept", team=team_id)


def give_up_drafts(bot: Bot) -> None:
    """Leaves plain what was not drafted in time, so that no digest waits for it."""
    with bot.reading() as (session, now):
        are_overdue = drafting.are_overdue(session, now)
    if are_overdue:
        with bot.database.transaction() as session:
            drafting.give_up(session, now)


def send_due(bot: Bot) -> None:
    """Sends every digest whose morning has come."""

    def send(uow: UnitOfWork, some: Sequence[Due]) -> None:
        sending.send(uow, some, bot.digest_sources)

    ends = monotonic() + SENDING_SECONDS
    while monotonic() < ends:
        with bot.reading() as (session, now):
            due = sending.due(session, now, BATCH)
        bot.together(due, send, reader_of=lambda each: each.user_id, portion=PORTION)
        if len(due) < BATCH:
            return


def send_to_channels(bot: Bot) -> None:
    """Posts the digest of every channel whose time has come."""

    def send(uow: UnitOfWork, due: channel_rules.Due) -> None:
        channels.send(uow, due, bot.digest_sources)

    with bot.reading() as (session, now):
        due = channels.due(session, now, BATCH)
    bot.each(due, send)
