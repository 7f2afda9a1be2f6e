"""Posts what somebody wrote to Baton in a channel, in their name, and asks whom it asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core import channels, deadlines
from bot.core.deadlines import Deadline
from bot.core.prose import addressed_in
from bot.core.render import Addressed, Mrkdwn, mrkdwn
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks.messages import cards
from bot.features.asks.rules import wording
from bot.features.asks.rules.shown import Words
from bot.features.asks.service import composing, showing
from bot.features.asks.service.composing import Composed, Outcome


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of a post: of what it asks (None: nothing), and who is not there to hear of it."""

    outcome: Outcome | None
    unreached: Sequence[str]


def post(
    uow: UnitOfWork,
    request_id: str,
    words: str,
    people: Iterable[str],
    *,
    author_id: str,
    channel_id: str,
) -> Posted:
    """Posts it, once per request; of these people it mentions those who are in the channel.

    Whoever of them its words ask is asked by it.
    """
    named = named_in(uow, words, people)
    there = [each for each in named if _is_in(uow, channel_id, each)]
    unreached = [each for each in named if each not in there]
    called = showing.names(uow, there)
    given = Composed(f"post:{request_id}", author_id, Words(words), (), (), channel_id)
    outcome = _ask(uow, given, _as_slack_has_it(words, called))
    if outcome is None or not outcome.asked:
        card = cards.posted_for(author_id, words, called)
        uow.outbox.post(f"asks:post:{request_id}", channel_id, card)
    return Posted(outcome, unreached)


def named_in(uow: UnitOfWork, words: str, people: Iterable[str]) -> tuple[str, ...]:
    """Those of these people whom the words name, in order; quotes and code left out."""
    return addressed_in(_as_slack_has_it(words, showing.names(uow, people)))


def _ask(uow: UnitOfWork, given: Composed, said: str) -> Outcome | None:
    """Asks whom a text asks, as Slack has it; None: it asks nobody."""
    asked = [each for each in addressed_in(said) if each != given.asker_id]
    if not asked or not wording.expects_reply(said):
        return None
    deadline = _deadline(uow, given.asker_id, said, asked)
    return composing.compose(uow, replace(given, people=asked, deadline=deadline))


def _deadline(uow: UnitOfWork, author_id: str, said: str, asked: Sequence[str]) -> datetime | None:
    """The time that the words name, as whoever reads them now understands it."""
    author = composing.member(uow, author_id)
    if author is None:
        return None
    reader = composing.clock_of(uow, asked)
    found = deadlines.find(said, written=uow.now, author=author.working_time, reader=reader)
    return found.at if isinstance(found, Deadline) else None


def _is_in(uow: UnitOfWork, channel_id: str, user_id: str) -> bool:
    return channels.has_member(uow.session, uow.team_id, channel_id, user_id)


def _as_slack_has_it(words: str, called: Mapping[str, str]) -> Mrkdwn:
    return mrkdwn("{words}", words=Addressed(words, called))
